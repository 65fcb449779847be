"""What the offices above the units watch: where the late ones are stuck, what is promised this month, who contacted
nobody, and what was really done beside what was satisfied. All of it in one statement, for the desk and the big screen.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from suggestions.domain.actions import Action as A
from suggestions.domain.counting import Kind
from suggestions.domain.deadlines import Light
from suggestions.domain.facts import Actor
from suggestions.domain.labels import STATES
from suggestions.domain.rates import RATES
from suggestions.domain.states import HANDLING_ENDS, HandlingState, Life
from suggestions.domain.urging import URGINGS
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Promise, Standing, Suggestion, Tally, Unit
from suggestions.models.counting import counted_handlings
from suggestions.queries import charts
from suggestions.queries.charts import Chart
from suggestions.queries.counts import CONTACTED, Asked, Scope, known, may_be_known
from suggestions.queries.desks.items import Place
from suggestions.queries.desks.reports import round_of_house
from suggestions.queries.lights import OWED, WORDS, Lamp
from suggestions.queries.promise_filters import SHOWN, Ground
from suggestions.queries.statistics_tables import BESIDE, SAID_PARTS, Book, Number, Shown, counts_words
from suggestions.queries.visible import co_handlings_for, handlings_for

_SHOWN = 12
_COURSE = "course:"
_NEAR = timedelta(days=15)
_DONE = ("closed_all", "promises_kept", "class_a", "on_time_due", "published")
_HEAD = ("items", "replied", "closed", "tracking")
_SAID = ("satisfied_loose", "satisfied_strict", "returned")


@dataclass(frozen=True)
class Stuck:
    """How many late handlings stand at one step."""

    state: HandlingState
    words: str
    count: int


@dataclass(frozen=True)
class Silent:
    """A unit that contacted no deputy about any of its handlings of the year; how many these are."""

    asks: Asked
    name: str
    count: int


@dataclass(frozen=True)
class Promised:
    """A promise that falls due this month."""

    page: Place
    light: Lamp
    number: str
    measure: str
    unit: str
    due_on: date


@dataclass(frozen=True)
class Watch:
    """What is watched, ready for a page; the month's promises come with their full number."""

    asks: Asked
    stuck: tuple[Stuck, ...]
    promises: tuple[Promised, ...]
    promised: int
    kept: int
    late_opinions: int
    """How many handlings wait for an opinion that is late."""
    unreported: int
    unanswered: int
    """How many urgings are not answered though their day has passed."""
    silent: tuple[Silent, ...]
    done: tuple[Shown, ...]
    satisfied: tuple[Shown, ...]
    said: tuple[Number, ...]
    counts: str
    """What the numbers count: 建议 or 承办件."""
    head: Mapping[str, Number]
    course: Chart | None

    @property
    def shown(self) -> Mapping[str, Shown]:
        """The rates by their codes."""
        return {each.rate.code: each for each in (*self.done, *self.satisfied)}


def watch(actor: Actor, scope: Scope, today: date, *, is_opened: bool = False) -> Watch:
    """What this office watches on this day, in one statement; with `is_opened` nothing that is still sealed."""
    scope = replace(scope, is_veiled=True) if is_opened else scope
    rows: dict[str, list[Row[Any]]] = defaultdict(list)
    asked_for = (
        *_counted(scope),
        _silent(scope),
        _stuck(actor, today),
        *_owed(actor, today),
        _promises(actor, today),
        _unanswered(actor),
    )
    for row in db.session.execute(union_all(*asked_for)):
        rows[row.kind].append(row)
    years = [row.n for row in rows["year"] if row.n]
    asks = Asked(max(years, default=today.year), is_opened=is_opened)
    cells = known(((row.a, row.n) for row in rows["shape"]), scope, scope.kind, asks)
    book = Book(scope, asks, today, scope.kind, cells)
    months: dict[str, int] = defaultdict(int)
    for row in rows["course"]:
        months[row.a] += row.n
    for row in rows["marks"]:
        for mark in row.a.split(" "):
            if mark.startswith(_COURSE):
                months[mark.removeprefix(_COURSE)] += row.n
    course = charts.course({("course", scope.kind.value): months}, scope.kind, asks.year, today) if months else None
    promises = rows["promise"]
    return Watch(
        asks=asks,
        stuck=tuple(sorted(_steps(rows["stuck"]), key=lambda step: -step.count)),
        promises=tuple(_promised(row, today) for row in promises),
        promised=int(promises[0].n) if promises else 0,
        kept=int(promises[0].f) if promises else 0,
        late_opinions=rows["late"][0].n,
        unreported=rows["report"][0].n,
        unanswered=sum(1 for row in rows["urged"] if _was_due(row.a) < today.isoformat()),
        silent=tuple(Silent(asks.narrowed(unit=int(row.a)), row.b, row.n) for row in rows["silent"]),
        done=tuple(book.shown(RATES[code], *BESIDE.get(code, ())) for code in _DONE),
        satisfied=tuple(book.shown(RATES[code], *BESIDE.get(code, ())) for code in _SAID),
        said=tuple(book.number(code) for code in SAID_PARTS),
        counts=counts_words(scope.kind),
        head={code: book.number(code) for code in _HEAD},
        course=course,
    )


def _row(kind: str, n: Any, *texts: Any) -> list[ColumnElement[Any]]:
    """The columns that every part of the statement has: what it is, a number, and six texts."""
    named = zip("abcdef", [*texts, *[null()] * (6 - len(texts))], strict=True)
    return [literal(kind).label("kind"), n.label("n"), *(cast(text, Text).label(name) for name, text in named)]


def _newest() -> Any:
    return select(func.max(Tally.year)).where(Tally.dim == "all", Tally.times > 0).scalar_subquery()


def _counted(scope: Scope) -> Iterator[Select[Any]]:
    yield select(*_row("year", _newest()))
    if scope.units is None:
        of_year = Tally.year == _newest(), Tally.times > 0
        yield select(*_row("shape", Tally.times, Tally.shape)).where(*of_year, Tally.dim == "all")
        course = of_year, Tally.dim == "course", Tally.key == Kind.SUGGESTION.value
        yield select(*_row("course", Tally.times, Tally.shape)).where(*course[0], *course[1:])
        return
    own = _of_scope(scope), Standing.year == _newest()
    yield select(*_row("shape", func.count(), Standing.shape)).where(*own).group_by(Standing.shape)
    months = Standing.kind == Kind.HANDLING, Standing.marks.contains(_COURSE)
    yield select(*_row("marks", func.count(), Standing.marks)).where(*own, *months).group_by(Standing.marks)


def _of_scope(scope: Scope) -> ColumnElement[bool]:
    own = true() if scope.units is None else Standing.unit_id.in_(scope.units)
    return and_(own, may_be_known(scope))


def _silent(scope: Scope) -> Select[Any]:
    """Units none of whose handlings of the year holds a contact that the deputy did not deny."""
    handled = Standing.kind == Kind.HANDLING, Standing.handling_id.is_not(None), ~Standing.shape.like("he%")
    number = func.count(func.distinct(Standing.handling_id))
    return (
        select(*_row("silent", number, Unit.id, Unit.name))
        .select_from(Standing)
        .join(Unit, Unit.id == Standing.unit_id)
        .where(Standing.year == _newest(), _of_scope(scope), *handled)
        .group_by(Unit.id, Unit.name)
        .having(func.sum(case((CONTACTED, 1), else_=0)) == 0)
    )


def _stuck(actor: Actor, today: date) -> Select[Any]:
    late = Handling.state.not_in(HANDLING_ENDS), Handling.red_after < today, counted_handlings()
    query = select(*_row("stuck", func.count(), Handling.state)).where(handlings_for(actor), *late)
    return query.group_by(Handling.state)


def _owed(actor: Actor, today: date) -> Iterator[Select[Any]]:
    """How many handlings wait for a late opinion, and how many promises for the round's report."""
    late = co_handlings_for(actor), CoHandling.state.in_(OWED), CoHandling.red_after < today
    yield select(*_row("late", func.count(func.distinct(CoHandling.handling_id)))).where(*late)
    is_owed = SHOWN["report"].condition(Ground(today, round_of_house(today)))
    query = select(*_row("report", func.count())).select_from(Promise).join(Handling)
    yield query.where(handlings_for(actor), Handling.state != HandlingState.REASSIGNED, is_owed)


def _unanswered(actor: Actor) -> Select[Any]:
    """What was asked by each urging that nobody answered, on cases that have not ended."""
    urged, told = aliased(Event), aliased(Event)
    # The payload is text in one spelling: an answer names the number of its urging between quotation marks.
    names_it = cast(told.payload, Text).like(literal('%"urging":"') + cast(urged.seq, Text) + literal('"%'))
    answered = exists().where(told.handling_id == urged.handling_id, told.action == A.ANSWER_URGING, names_it)
    query = select(*_row("urged", urged.seq, urged.payload)).join(Handling, Handling.id == urged.handling_id)
    is_open = Handling.state.not_in(HANDLING_ENDS)
    return query.where(urged.action.in_(list(URGINGS)), is_open, handlings_for(actor), ~answered)


def _was_due(payload: str) -> str:
    """The day by which an urging was to be answered; the last of all days where none was named."""
    return str(json.loads(payload).get("answer_due_on") or date.max.isoformat())


def _promises(actor: Actor, today: date) -> Select[Any]:
    """The promises that fall due this month, those not kept first; of each group how many there are."""
    is_open = Promise.fulfilled_on.is_(None)
    with_part = Suggestion.number + "-" + cast(Handling.part, Text)
    number = case((Handling.part.is_(None), Suggestion.number), else_=with_part)
    columns = _row(
        "promise",
        func.count().over(),
        Handling.id,
        number,
        Promise.measure,
        Unit.name,
        case((is_open, cast(Promise.due_on, Text)), else_=literal("+") + cast(Promise.due_on, Text)),
        func.sum(case((is_open, 0), else_=1)).over(),
    )
    found = (
        select(*columns)
        .select_from(Promise)
        .join(Handling, Handling.id == Promise.handling_id)
        .join(Suggestion, Suggestion.id == Handling.suggestion_id)
        .join(Unit, Unit.id == Handling.unit_id)
        .where(
            handlings_for(actor),
            Handling.state != HandlingState.REASSIGNED,
            SHOWN["month"].condition(Ground(today, round_of_house(today))),
        )
        .order_by(is_open.desc(), Promise.due_on, Promise.id)
        .limit(_SHOWN)
        .subquery()
    )
    return select(found)


def _promised(row: Row[Any], today: date) -> Promised:
    is_kept, due_on = row.e.startswith("+"), date.fromisoformat(row.e.removeprefix("+"))
    kind = Light.OVER if due_on < today else Light.NEAR if due_on - _NEAR <= today else Light.OK
    lamp = Lamp(Light.DONE, "兑现") if is_kept else Lamp(kind, WORDS[kind])
    return Promised(Place(Life.HANDLING, int(row.a)), lamp, f"第{row.b}号", row.c, row.d, due_on)


def _steps(rows: list[Row[Any]]) -> Iterator[Stuck]:
    for row in rows:
        state = HandlingState(row.a)
        words = "承诺没有兑现" if state is HandlingState.FOLLOW_UP else STATES[Life.HANDLING][state]
        yield Stuck(state, words, row.n)
