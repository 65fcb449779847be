"""The list behind a number: exactly the rows that were counted, whoever counts them, paged by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy import Row as Found
from sqlalchemy.orm import Session, aliased

from suggestions.domain.counting import Kind, Reached, Row, Said
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor
from suggestions.domain.rate_parts import PARTS, Part
from suggestions.domain.states import HANDLING_ENDS
from suggestions.models import CoHandling, Handling, Person, Promise, Standing, Suggestion, Unit
from suggestions.queries.counts import Asked, Scope, kind_of, known, rows_asked, seen
from suggestions.queries.lights import spoken
from suggestions.queries.waiting import lead_words

PAGE = 50
LIGHTS = {"light_over": "超期", "light_near": "临近", "light_ok": "正常"}
SAID = {
    Said.SATISFIED: "满意",
    Said.MOSTLY: "基本满意",
    Said.UNDERSTOOD: "理解",
    Said.DISSATISFIED: "不满意",
    Said.SEALED: "已评价，还没公布",
    Said.WAITING: "等代表评价",
    Said.LAPSED: "逾期未评",
    Said.WAIVED: "没有人可以评价",
}


@dataclass(frozen=True)
class Listed:
    """One counted thing: what it is, whose, and how it stands; `life` and `id` say which page shows it."""

    number: str
    title: str
    sub: str
    how: str
    life: str
    id: int


@dataclass(frozen=True)
class List:
    """One page of what was counted, under the words of the part."""

    words: str
    measure: str
    of: str
    rows: tuple[Listed, ...]
    total: int
    first: int
    following: int | None
    """The key of the next page; None on the last."""

    @property
    def last(self) -> int:
        """The position of the last row on this page."""
        return self.first + len(self.rows) - 1


_OF = {Kind.SUGGESTION: "建议", Kind.HANDLING: "承办件", Kind.PROMISE: "承诺", Kind.CO_HANDLING: "协办意见"}


def listed(
    session: Session, actor: Actor, scope: Scope, asks: Asked, *, code: str, today: date, after: int = 0
) -> List:
    """The rows that were counted as this part, from a key on; Missing for a part that there is none of, or no right."""
    if not scope.is_listed or (code not in PARTS and code not in LIGHTS):
        raise Missing
    kind = kind_of(scope, asks)
    wanted: ColumnElement[bool] | None
    if code in LIGHTS:
        wanted, words, measure, kind = _lit(code, today), f"{LIGHTS[code]}的", "件", Kind.HANDLING
    else:
        part = PARTS[code]
        wanted = _counted(session, scope, asks, part=part, kind=kind, today=today)
        words, measure = part.words, part.measure
        kind = {"promises": Kind.PROMISE, "opinions": Kind.CO_HANDLING}.get(part.of, kind)
    if wanted is None:
        return List(words, measure, _OF[kind], (), total=0, first=1, following=None)
    wanted = and_(rows_asked(scope, asks), wanted)
    total, before = session.execute(
        select(func.count(), func.count().filter(Standing.id <= after))
        .select_from(Standing)
        .outerjoin(Handling, Handling.id == Standing.handling_id)
        .where(wanted)
    ).one()
    found = _standings(session, and_(wanted, Standing.id > after), PAGE + 1) if total else ()
    rows = tuple(_line(row, actor, scope, today) for row in found[:PAGE])
    following = found[PAGE - 1][0].id if len(found) > PAGE else None
    return List(words, measure, _OF[kind], rows, total, before + 1, following)


def key_items(session: Session, actor: Actor, scope: Scope, asks: Asked, today: date) -> tuple[Listed, ...]:
    """The items of the question that are under special supervision, each once as it stands now."""
    wanted = and_(rows_asked(scope, asks), Standing.kind == kind_of(scope, asks), Suggestion.is_key)
    # The newest round comes last, and stays.
    newest = {row[0].target_id: row for row in _standings(session, wanted)}
    return tuple(_line(row, actor, scope, today) for row in newest.values())


_lead, _main = aliased(Person), aliased(Unit)
_STANDINGS: Select[Any] = (
    select(Standing, Suggestion, Handling, _lead, Unit, _main, Promise, CoHandling)
    .join(Suggestion, Suggestion.id == Standing.suggestion_id)
    .outerjoin(Handling, Handling.id == Standing.handling_id)
    .outerjoin(_lead, _lead.id == Standing.lead_id)
    .outerjoin(Unit, Unit.id == Standing.unit_id)
    .outerjoin(_main, _main.id == Handling.unit_id)
    .outerjoin(Promise, and_(Standing.kind == Kind.PROMISE, Promise.id == Standing.target_id))
    .outerjoin(CoHandling, and_(Standing.kind == Kind.CO_HANDLING, CoHandling.id == Standing.target_id))
    .order_by(Standing.id)
)
"""Standings with everything that a line says of them, in the order of their keys."""


def _standings(session: Session, wanted: ColumnElement[bool], limit: int | None = None) -> Sequence[Found[Any]]:
    return session.execute(_STANDINGS.where(wanted).limit(limit)).all()


def _counted(
    session: Session, scope: Scope, asks: Asked, *, part: Part, kind: Kind, today: date
) -> ColumnElement[bool] | None:
    """The shapes that were counted, None when there are none: decided by the very definition that counted them."""
    shapes = session.scalars(select(Standing.shape).where(rows_asked(scope, asks)).distinct()).all()
    right = [
        shape
        for shape in shapes
        for row, _ in known(((shape, 1),), scope, kind, asks)
        if part.holds(row, today, asks.rounds)
    ]
    return Standing.shape.in_(right) if right else None


def _lit(code: str, today: date) -> ColumnElement[bool]:
    """Open handlings whose light is red, yellow or neither on this day; each once, as it stands now."""
    is_over = Handling.red_after < today
    is_near = and_(or_(Handling.red_after.is_(None), Handling.red_after >= today), Handling.yellow_on <= today)
    light = {
        "light_over": is_over,
        "light_near": is_near,
        "light_ok": and_(
            or_(Handling.red_after.is_(None), Handling.red_after >= today),
            or_(Handling.yellow_on.is_(None), Handling.yellow_on > today),
        ),
    }[code]
    is_now = or_(Standing.round == 2, Handling.round == 1)
    return and_(Standing.kind == Kind.HANDLING, is_now, Handling.state.not_in(HANDLING_ENDS), light)


def _line(row: Found[Any], actor: Actor, scope: Scope, today: date) -> Listed:
    standing, suggestion, handling, lead, unit, main, promise, co = row
    known_row = seen(standing.shape, scope)
    name = lead_words(lead.name if lead else None, actor, is_hidden=suggestion.is_name_hidden)
    number = f"第{suggestion.number}号" if handling is None else _number(suggestion, handling)
    place = ("suggestion", suggestion.id) if handling is None else ("handling", handling.id)
    whose = unit.name if unit else ""
    if promise is not None:
        sub, how = f"{whose} · {spoken(promise.due_on, today)}前", promise_words(promise, today)
        return Listed(number, promise.measure, sub, how, *place)
    if co is not None:
        how = {Reached.REPLIED: "已交", Reached.ENDED: "逾期未复"}.get(known_row.reached, "还没有交")
        on_time = "，按期" if known_row.is_on_time else ""
        return Listed(number, suggestion.title, f"{whose}协办，{main.name}主办", how + on_time, *place)
    told = [_reached_words(known_row, today)]
    if known_row.result_class:
        told.append(f"{known_row.result_class}类")
    told += filter(None, [said_words(known_row)])
    sub = " · ".join(filter(None, (name, suggestion.category, whose)))
    return Listed(number, suggestion.title, sub, "，".join(told), *place)


def _number(suggestion: Suggestion, handling: Handling) -> str:
    return f"第{suggestion.number}号" if handling.part is None else f"第{suggestion.number}-{handling.part}号"


def promise_words(promise: Promise | Found[Any], today: date) -> str:
    """How a promise stands, in a few words; of a whole promise, or of its three dates alone."""
    if promise.released_on is not None:
        return "终止"
    if promise.fulfilled_on is None:
        return "到期没有兑现" if promise.due_on < today else "还没到期"
    return "按期兑现" if promise.fulfilled_on <= promise.due_on else "过期才兑现"


def said_words(row: Row) -> str:
    """What the deputy said, and of an earlier round what still stands; empty while nothing is owed to be said."""
    own = "" if row.reached is Reached.OPEN and row.said is Said.WAITING else SAID[row.said]
    still = f"上一轮{SAID[row.still]}" if row.still else ""
    return "，".join(filter(None, (still, own)))


def _reached_words(row: Row, today: date) -> str:
    match row.reached:
        case Reached.OPEN:
            return f"还没答复，{spoken(row.due_on, today)}到期" if row.due_on else "还没答复"
        case Reached.REPLIED:
            return "按期答复" if row.is_on_time else "超期答复"
        case Reached.CLOSED:
            return "办结"
        case Reached.ENDED:
            return "撤回"
