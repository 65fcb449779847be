"""The register: every handling that a person may see, red first, then yellow, then by number, paged by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy import String as Text
from sqlalchemy.orm import aliased

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Actor
from suggestions.domain.states import HANDLING_ENDS, UNIT_ROLES, CoState
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Person, Suggestion, Unit
from suggestions.queries.lights import OWED
from suggestions.queries.offline import OFFLINE, Offline, offline_of, offline_rows
from suggestions.queries.register_filters import (
    WAS_CHALLENGED,
    Ground,
    Quick,
    Wanted,
    condition,
    late_units,
    of_years,
    quick_for,
)
from suggestions.queries.register_lines import Line, line_of
from suggestions.queries.visible import handlings_for

PAGE = 25
Key = tuple[int, int, str, int]


@dataclass(frozen=True)
class Chip:
    """A frequent question with how many rows answer it."""

    quick: Quick
    count: int
    is_current: bool


@dataclass(frozen=True)
class Register:
    """One page of the register; `before` and `after` are keys for the neighbouring pages, empty where there is none."""

    lines: tuple[Line, ...]
    chips: tuple[Chip, ...]
    categories: tuple[tuple[str, str], ...]
    handlers: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    total: int
    first: int
    before: str
    after: str
    offline: Offline | None = None

    @property
    def last(self) -> int:
        """The position of the last row on this page."""
        return self.first + len(self.lines) - 1


class _Rows:
    """The rows of one person on one day: what they are made of, how they are ordered and narrowed."""

    def __init__(self, actor: Actor, today: date) -> None:
        self.actor = actor
        self.today = today
        self.owed = aliased(CoHandling)
        is_of_unit = actor.role in UNIT_ROLES
        self.is_co: ColumnElement[bool] = self.owed.id.is_not(None) if is_of_unit else false()
        main = case(
            (and_(Handling.is_past, Handling.next_due != "promise"), 3),
            (and_(Handling.state.in_(HANDLING_ENDS), not_(Handling.is_past)), 3),
            (Handling.red_after < today, 0),
            (and_(Handling.red_after >= today, Handling.yellow_on <= today), 1),
            else_=2,
        )
        is_to_sign = and_(self.owed.state == CoState.ACCEPTED, self.owed.red_after.is_not(None))
        other = case(
            (not_(or_(self.owed.state.in_(OWED), is_to_sign)), 3),
            (self.owed.red_after < today, 0),
            (self.owed.yellow_on <= today, 1),
            else_=2,
        )
        self.rank = case((self.is_co, other), else_=main) if is_of_unit else main
        self.order = (self.rank, func.length(Suggestion.number), Suggestion.number, Handling.id)
        self.is_of_unit = is_of_unit

    def joined(self, query: Select[Any]) -> Select[Any]:
        """The tables, and the rows that this person may see."""
        query = query.select_from(Handling).join(Suggestion, Suggestion.id == Handling.suggestion_id)
        query = query.outerjoin(Person, Person.id == Suggestion.lead_id)
        if self.is_of_unit:
            is_own_debt = and_(
                self.owed.handling_id == Handling.id,
                self.owed.unit_id == self.actor.unit_id,
                Handling.unit_id != self.actor.unit_id,
            )
            query = query.outerjoin(self.owed, is_own_debt)
        return query.where(handlings_for(self.actor))

    def asked(self, asks: Wanted) -> ColumnElement[bool]:
        """The rows that are asked for."""
        return condition(asks, Ground(self.actor, self.today, self.rank, self.is_co))


def register(actor: Actor, today: date, asks: Wanted, *, after: str = "", before: str = "") -> Register:
    """One page of the register in two statements: the rows, and every count beside them."""
    rows = _Rows(actor, today)
    found, has_more = _page(rows, asks, after, before)
    lines = tuple(line_of(row, actor, today) for row in found)
    counts = _counts(rows, asks, _parse(lines[0].key) if lines else None)
    chips = [
        Chip(quick, counts.number("chip", str(at)), asks == quick.asks) for at, quick in enumerate(quick_for(actor))
    ]
    first = counts.number("page", "before") + 1
    total = counts.number("page", "total")
    is_last = first + len(lines) - 1 >= total
    return Register(
        lines=lines,
        chips=tuple(chip for chip in chips if chip.count or not chip.quick.asks.arguments or chip.is_current),
        categories=counts.choices("category"),
        handlers=counts.choices("handler"),
        units=counts.choices("unit"),
        total=total,
        first=first,
        before=lines[0].key if lines and first > 1 else "",
        after=lines[-1].key if lines and (has_more or not is_last) else "",
        offline=offline_of(row for row in counts.rows if row.kind == OFFLINE),
    )


def _page(rows: _Rows, asks: Wanted, after: str, before: str) -> tuple[Sequence[Row[Any]], bool]:
    handler, unit = aliased(Person), Unit
    columns: list[Any] = [
        Handling.id,
        Handling.state,
        Handling.part,
        Handling.round,
        Handling.next_due_on,
        Handling.closed_on,
        Handling.is_past,
        Handling.next_due,
        Handling.rating_due_on,
        Suggestion.rulebook,
        Suggestion.ruled_on,
        Suggestion.term,
        Suggestion.session,
        Suggestion.series,
        Suggestion.number,
        Suggestion.title,
        Suggestion.category,
        Suggestion.is_key,
        Suggestion.is_name_hidden,
        Person.name.label("lead"),
        handler.name.label("handler"),
        unit.name.label("unit"),
        rows.rank.label("rank"),
        WAS_CHALLENGED.label("was_challenged"),
    ]
    if rows.is_of_unit:
        columns += [rows.owed.state.label("co_state"), rows.owed.due_on.label("co_due_on")]
        columns += [rows.owed.red_after.label("co_red_after"), _signature(rows.owed).label("signature")]
    if asks.light == "co_over":
        columns.append(late_units(rows.today).label("late_units"))
    query = rows.joined(select(*columns)).where(rows.asked(asks))
    query = query.join(unit, unit.id == Handling.unit_id).outerjoin(handler, handler.id == Handling.handler_id)
    limits = [literal(value) for value in key] if (key := _parse(before or after)) else None
    if limits and before:
        query = query.where(tuple_(*rows.order) < tuple_(*limits)).order_by(*(column.desc() for column in rows.order))
    else:
        if limits:
            query = query.where(tuple_(*rows.order) > tuple_(*limits))
        query = query.order_by(*rows.order)
    found = db.session.execute(query.limit(PAGE + 1)).all()
    has_more, found = len(found) > PAGE, found[:PAGE]
    if limits and before:
        return found[::-1], True
    return found, has_more


def _signature(owed: type[CoHandling]) -> ScalarSelect[Any]:
    """The last step by which a co-unit signed, or dissented from, what was written about it in this round."""
    is_of_round = Event.handling_id == Handling.id, Event.round == Handling.round
    is_signature = Event.co_handling_id == owed.id, Event.action.in_([str(A.COUNTERSIGN), str(A.DISSENT)])
    last = select(Event.action).where(*is_of_round, *is_signature).order_by(Event.seq.desc()).limit(1)
    return last.correlate(owed, Handling).scalar_subquery()


def _parse(key: str) -> Key | None:
    """The key of a row out of an address; None when it is none, so that the list begins at its beginning."""
    parts = key.split(".")
    if len(parts) != 4 or any(len(part) > 20 or not part.replace("-", "").isdecimal() for part in parts):
        return None
    rank, length, number, id = parts
    if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (rank, length, id)):
        return None
    return int(rank), int(length), number, int(id)


@dataclass(frozen=True)
class _Counts:
    rows: Sequence[Row[Any]]

    def number(self, kind: str, code: str) -> int:
        return next((int(row.times) for row in self.rows if row.kind == kind and row.code == code), 0)

    def choices(self, kind: str) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(((row.code, row.label) for row in self.rows if row.kind == kind), key=lambda c: c[1]))


def _counts(rows: _Rows, asks: Wanted, first: Key | None) -> _Counts:
    """Every count of the page in one statement: the frequent questions, the choices, the place of the first row."""
    quick = quick_for(rows.actor)
    flags = [case((rows.asked(each.asks), 1), else_=0).label(f"chip_{at}") for at, each in enumerate(quick)]
    is_asked = rows.asked(asks)
    earlier = false() if first is None else tuple_(*rows.order) < tuple_(*(literal(value) for value in first))
    seen = rows.joined(
        select(
            *flags,
            case((is_asked, 1), else_=0).label("is_asked"),
            case((and_(is_asked, earlier), 1), else_=0).label("is_before"),
            Suggestion.category,
            case((not_(rows.is_co), Handling.handler_id)).label("handler_id"),
            Handling.unit_id,
            case((of_years(asks), 1), else_=0).label("is_offered"),
        )
    ).cte("seen")
    flagged = [("chip", str(at), seen.c[f"chip_{at}"]) for at in range(len(quick))]
    flagged += [("page", "total", seen.c.is_asked), ("page", "before", seen.c.is_before)]
    parts: list[Select[Any]] = [
        select(
            literal(kind).label("kind"),
            literal(code).label("code"),
            literal("").label("label"),
            func.coalesce(func.sum(flag), 0).label("times"),
        ).select_from(seen)
        for kind, code, flag in flagged
    ]
    parts.append(
        select(literal("category"), seen.c.category, seen.c.category, func.count())
        .where(seen.c.category != "", seen.c.is_offered == 1)
        .group_by(seen.c.category)
    )
    named = ("handler", Person, seen, seen.c.handler_id) if rows.is_of_unit else ("unit", Unit, seen, seen.c.unit_id)
    parts.append(_named(*named))
    parts += [] if asks.arguments else offline_rows(rows.actor)
    return _Counts(db.session.execute(union_all(*parts)).all())


def _named(kind: str, table: type[Person] | type[Unit], seen: Any, column: Any) -> Select[Any]:
    counted = select(literal(kind), cast(table.id, Text), table.name, func.count())
    return counted.join(seen, and_(column == table.id, seen.c.is_offered == 1)).group_by(table.id, table.name)
