"""The promise register (承诺台账): every promise of a unit, or of all, with its light and what became of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload

from suggestions.domain import chain
from suggestions.domain.facts import Actor
from suggestions.domain.limits import PROMISE_NEAR
from suggestions.domain.promise_round import Round
from suggestions.domain.states import HandlingState
from suggestions.domain.story import Past
from suggestions.models import Event, Handling, Person, Promise, Suggestion, Unit
from suggestions.models.promise_round import is_reported, owes_report
from suggestions.queries.counts import Scope
from suggestions.queries.dues import promise_lamp
from suggestions.queries.lights import Lamp, spoken
from suggestions.queries.paging import Chip, Page
from suggestions.queries.past_page import session_of
from suggestions.queries.promise_filters import IS_OPEN, SHOWN, Ground, Wanted, of_wanted
from suggestions.queries.promise_words import BECAME, became
from suggestions.queries.waiting import lead_words


@dataclass(frozen=True)
class Line:
    """One promise: whose, until when, its light, and what became of it, oldest first."""

    handling_id: int
    number: str
    text: str
    source: str
    sub: str
    owner: str
    due_text: str
    light: Lamp
    tags: tuple[str, ...]
    past: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """One page of the register, with every count and choice beside it."""

    lines: tuple[Line, ...]
    chips: tuple[Chip, ...]
    page: Page
    kept: int
    units: tuple[tuple[str, str], ...]
    handlers: tuple[tuple[str, str], ...]
    years: tuple[int, ...]


def visible(scope: Scope) -> ColumnElement[bool]:
    """The promises of the handlings that this person's unit answers for: never those of a unit that it helps."""
    own = true() if scope.units is None else Handling.unit_id.in_(scope.units)
    return and_(own, Handling.state != HandlingState.REASSIGNED)


def register(
    session: Session, actor: Actor, scope: Scope, asks: Wanted, *, today: date, round: Round, page: int = 1
) -> Register:
    """One page of the register: what is open first, by its day; then what is kept or released."""
    on = Ground(today, round)
    narrowed = and_(visible(scope), of_wanted(asks))
    shown = SHOWN[asks.show].condition(on) if asks.show else true()
    counts = _counts(session, narrowed, shown, on)
    at = Page.nearest(page, counts["total"])
    rows = session.execute(_rows(round).where(narrowed, shown).offset(at.before).limit(at.length)).all()
    told = _told(session, [promise for promise, *_ in rows])
    return Register(
        lines=tuple(_line(row, actor, today, round, told[row[0].id]) for row in rows),
        chips=tuple(Chip(code, of.label, counts[code], of.light) for code, of in SHOWN.items()),
        page=at,
        kept=counts["in_kept"],
        units=_named(session, scope, Unit, Handling.unit_id) if scope.units is None or len(scope.units) > 1 else (),
        handlers=_named(session, scope, Person, Handling.handler_id) if scope.units is not None else (),
        years=_years(session, scope),
    )


def _rows(round: Round) -> Select[Any]:
    owes, reported = owes_report(round), is_reported(round)
    return (
        select(Promise, Handling, and_(owes, ~reported), and_(owes, reported))
        .join(Handling, Handling.id == Promise.handling_id)
        .join(Handling.suggestion)
        .options(
            contains_eager(Handling.suggestion).defer(Suggestion.content),
            contains_eager(Handling.suggestion).joinedload(Suggestion.lead).load_only(Person.name),
            joinedload(Handling.unit).load_only(Unit.name),
            joinedload(Handling.handler).load_only(Person.name),
        )
        .order_by(case((IS_OPEN, 0), else_=1), Promise.due_on, Promise.id)
    )


def _counts(
    session: Session, narrowed: ColumnElement[bool], shown: ColumnElement[bool], on: Ground
) -> Mapping[str, int]:
    asked = {code: of.condition(on) for code, of in SHOWN.items()}
    asked |= {"total": shown, "in_kept": and_(shown, Promise.fulfilled_on.is_not(None))}
    times = [func.coalesce(func.sum(case((of, 1), else_=0)), 0).label(code) for code, of in asked.items()]
    query = select(*times).select_from(Promise).join(Handling, Handling.id == Promise.handling_id)
    found = session.execute(query.join(Handling.suggestion).where(narrowed)).one()
    return {code: int(times) for code, times in found._mapping.items()}


def _told(session: Session, promises: Sequence[Promise]) -> Mapping[int, list[Past]]:
    """The steps on each of these promises, oldest first; one statement."""
    found: dict[int, list[Past]] = defaultdict(list)
    query = select(Event).where(
        Event.handling_id.in_({promise.handling_id for promise in promises}), Event.action.in_(list(BECAME))
    )
    for event in session.scalars(query.order_by(Event.handling_id, Event.seq)):
        if not chain.is_erased(event.payload):
            found[int(event.payload["promise"])].append(event.past())
    return found


def _line(row: Any, actor: Actor, today: date, round: Round, told: Sequence[Past]) -> Line:
    promise, handling, owes, reported = row
    suggestion = handling.suggestion
    lead = lead_words(suggestion.lead.name if suggestion.lead else None, actor, is_hidden=suggestion.is_name_hidden)
    handler = f"承办人{handling.handler.name}" if handling.handler else ""
    report = f"{round.year}年第四季度"
    tags = (
        f"往年件 {session_of(suggestion)}" if handling.is_past else "",
        "跨年度" if promise.due_on.year > promise.made_on.year else "",
        "变更过" if promise.changed else "",
        "重新打开过" if promise.reopened else "",
        "申请终止" if promise.is_open and promise.release_asked_on else "",
        "等代表评价" if promise.rating_due_on else "",
        f"{report}已报告" if reported else f"{report}待报告" if owes and today >= round.opens_on else "",
    )
    return Line(
        handling_id=handling.id,
        number=handling.number_text,
        text=promise.measure,
        source=promise.sentence,
        sub=" · ".join(filter(None, (suggestion.title, handling.unit.name, lead, handler))),
        owner=promise.owner,
        due_text=spoken(promise.due_on, today),
        light=promise_lamp(
            promise.due_on,
            promise.due_on - PROMISE_NEAR,
            promise.fulfilled_on,
            today,
            released_on=promise.released_on,
        ),
        tags=tuple(filter(None, tags)),
        past=tuple(became(past, today) for past in told),
    )


def _of_promises(scope: Scope, *columns: Any) -> Select[Any]:
    query = select(*columns).select_from(Promise).join(Handling, Handling.id == Promise.handling_id)
    return query.where(visible(scope)).distinct()


def _named(
    session: Session, scope: Scope, table: type[Person] | type[Unit], column: Any
) -> tuple[tuple[str, str], ...]:
    query = _of_promises(scope, table.id, table.name).join(table, table.id == column).order_by(table.id)
    return tuple((str(id), name) for id, name in session.execute(query))


def _years(session: Session, scope: Scope) -> tuple[int, ...]:
    found = session.scalars(_of_promises(scope, extract("year", Promise.made_on)))
    return tuple(sorted((int(year) for year in found), reverse=True))
