"""A person's own due dates, by the posts held today: what the calendar shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from suggestions import clock
from suggestions.domain import limits, rulebook
from suggestions.domain.promise_round import round_on
from suggestions.domain.states import UNIT_ROLES, CoState, HandlingState, Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Post, Promise, Suggestion
from suggestions.models.promise_round import owing

_OWED = (CoState.INVITED, CoState.SENT_BACK)


@dataclass(frozen=True)
class OwnDate:
    """One due date, with a key that stays the same while its day moves."""

    key: str
    on: date
    text: str
    address: str


def own_dates(person_id: int, posts: Iterable[Post]) -> list[OwnDate]:
    """What is due from this person, the earliest first; a handler's own cases, in the other posts the whole unit's."""
    found: dict[str, OwnDate] = {}
    for post in posts:
        for each in _of_post(person_id, post):
            found[each.key] = each
    return sorted(found.values(), key=lambda each: (each.on, each.key))


def _of_post(person_id: int, post: Post) -> Iterator[OwnDate]:
    if post.role is Role.DEPUTY:
        own: ColumnElement[bool] = Handling.suggestion_id.in_(
            select(Suggestion.id).where(Suggestion.lead_id == person_id)
        )
        yield from _ratings(own & (Handling.state == HandlingState.REPLIED))
        for promise, handling in _promises(own & Promise.rating_due_on.is_not(None)):
            if promise.rating_due_on is not None:
                yield _date(f"rate-{promise.id}", promise.rating_due_on, handling, f"评价承诺第{promise.number}项到期")
    elif post.role in UNIT_ROLES and post.unit_id is not None:
        own = Handling.unit_id == post.unit_id
        if post.role is Role.HANDLER:
            own &= Handling.handler_id == person_id
        yield from _handlings(own & Handling.state.in_(limits.BEFORE_REPLY))
        kept = Promise.fulfilled_on.is_(None) & Promise.released_on.is_(None)
        followed = Handling.state.in_((HandlingState.FOLLOW_UP, HandlingState.CLOSED))
        for promise, handling in _promises(own & kept & followed):
            yield _date(f"promise-{promise.id}", promise.due_on, handling, f"承诺第{promise.number}项到期")
        yield from _opinions(post.unit_id)
        if post.role in (Role.DIRECTOR, Role.HANDLER):
            yield from _reports(own, post)


def _handlings(wanted: ColumnElement[bool]) -> Iterator[OwnDate]:
    query = select(Handling).where(wanted, Handling.next_due_on.is_not(None))
    for handling in db.session.scalars(query.options(joinedload(Handling.suggestion))):
        if handling.next_due_on is not None:
            rules = rulebook.load(handling.suggestion.rulebook, handling.suggestion.ruled_on)
            name = limits.name_of(handling.next_due, rules)
            yield _date(f"handling-{handling.id}", handling.next_due_on, handling, f"{name}到期")


def _ratings(wanted: ColumnElement[bool]) -> Iterator[OwnDate]:
    query = select(Handling).where(wanted, Handling.rating_due_on.is_not(None))
    for handling in db.session.scalars(query.options(joinedload(Handling.suggestion))):
        if handling.rating_due_on is not None:
            yield _date(f"handling-{handling.id}", handling.rating_due_on, handling, "代表评价到期")


def _promises(wanted: ColumnElement[bool]) -> list[tuple[Promise, Handling]]:
    query = select(Promise, Handling).join(Handling, Promise.handling_id == Handling.id).where(wanted)
    return [(p, h) for p, h in db.session.execute(query.options(joinedload(Handling.suggestion)))]


def _reports(own: ColumnElement[bool], post: Post) -> Iterator[OwnDate]:
    """The last day of the yearly round, once for all the cases that owe a report in it."""
    today = clock.today()
    round = round_on(rulebook.load(current_app.config["RULEBOOK"], today), today)
    number = db.session.scalar(select(func.count()).select_from(Handling).where(own, owing(round)))
    if number:
        text = f"{round.year}年第四季度承诺落实情况报告到期（{number}件）"
        yield OwnDate(f"report-{round.year}-{post.unit_id}", round.closes_on, text, "/promises?show=report")


def _opinions(unit_id: int) -> Iterator[OwnDate]:
    query = select(CoHandling).where(CoHandling.unit_id == unit_id, CoHandling.state.in_(_OWED))
    loaded = query.options(joinedload(CoHandling.handling).joinedload(Handling.suggestion))
    for co in db.session.scalars(loaded):
        yield _date(f"co-{co.id}", co.due_on, co.handling, "协办意见到期")


def _date(key: str, on: date, handling: Handling, what: str) -> OwnDate:
    return OwnDate(key, on, f"{handling.number_text}《{handling.suggestion.title}》{what}", f"/handlings/{handling.id}")
