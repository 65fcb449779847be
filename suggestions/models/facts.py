"""Loads what the guards judge: one case, in a handful of statements, as rows and as plain facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.errors import Missing
from suggestions.domain.facts import (
    Actor,
    CoFacts,
    Facts,
    FileFacts,
    HandlingFacts,
    PromiseFacts,
    SuggestionFacts,
)
from suggestions.domain.states import Life, Role
from suggestions.domain.story import Story
from suggestions.domain.workdays import Calendar, Day
from suggestions.models.calendar import CalendarDay, CalendarYear
from suggestions.models.co_handling import CoHandling
from suggestions.models.event import Event
from suggestions.models.handling import Handling
from suggestions.models.person import Post
from suggestions.models.promise import Promise
from suggestions.models.suggestion import Cosigner, File, Suggestion

_calendars: dict[str, Calendar] = {}


def calendar(session: Session) -> Calendar:
    """The working-day table of this database, read once per process until `forget_calendar`."""
    key = str(session.get_bind().engine.url)
    if key not in _calendars:
        days = {d.on: Day(d.on, d.is_workday, d.name) for d in session.scalars(select(CalendarDay))}
        years = frozenset(session.scalars(select(CalendarYear.year)))
        if not years:
            return Calendar(days, years)
        _calendars[key] = Calendar(days, years)
    return _calendars[key]


def forget_calendar() -> None:
    """Read the working-day table anew at the next question, because it was changed."""
    _calendars.clear()


@dataclass(frozen=True)
class Case:
    """A suggestion with everything under it, as rows."""

    suggestion: Suggestion
    cosigners: tuple[Cosigner, ...]
    files: tuple[File, ...]
    handlings: tuple[Handling, ...]
    co_handlings: tuple[CoHandling, ...]
    promises: tuple[Promise, ...]
    events: tuple[Event, ...]

    def handling(self, id: int) -> Handling:
        """The handling of this id; Missing when the case has none."""
        return _one(self.handlings, id)

    def co_handling(self, id: int) -> CoHandling:
        """The co-handling of this id; Missing when the case has none."""
        return _one(self.co_handlings, id)

    def with_promise(self, promise: Promise) -> "Case":
        """The case with a promise that was just made."""
        return replace(self, promises=(*self.promises, promise))

    def with_cosigner(self, cosigner: Cosigner) -> "Case":
        """The case with a deputy who was just invited."""
        return replace(self, cosigners=(*self.cosigners, cosigner))

    def story(self, handling_id: int | None) -> Story:
        """The story of one handling; of the suggestion itself for None.

        An opinion that went along to the next unit takes its own events with it.
        """
        owed = {co.id for co in self.co_handlings if co.handling_id == handling_id}
        return Story(tuple(e.past() for e in self.events if e.handling_id == handling_id or e.co_handling_id in owed))


_Row = TypeVar("_Row", Handling, CoHandling)


def _one(rows: tuple[_Row, ...], id: int) -> _Row:
    for row in rows:
        if row.id == id:
            return row
    raise Missing


def suggestion_id_of(session: Session, life: Life, id: int) -> int:
    """Which case a row belongs to; Missing when there is no such row."""
    if life is Life.SUGGESTION:
        return id
    query = select(Handling.suggestion_id)
    if life is Life.HANDLING:
        query = query.where(Handling.id == id)
    else:
        query = query.join(CoHandling, CoHandling.handling_id == Handling.id).where(CoHandling.id == id)
    found = session.scalar(query)
    if found is None:
        raise Missing
    return found


def load_case(session: Session, suggestion_id: int, *, is_locked: bool = False) -> Case:
    """Load a case; with `is_locked` its suggestion's row is held until the transaction ends. Missing when absent."""
    fresh = {"populate_existing": True} if is_locked else {}
    query = select(Suggestion).where(Suggestion.id == suggestion_id).execution_options(**fresh)
    query = query.with_for_update() if is_locked else query.options(joinedload(Suggestion.lead))
    suggestion = session.scalar(query)
    if suggestion is None:
        raise Missing
    handlings = session.scalars(
        select(Handling)
        .where(Handling.suggestion_id == suggestion_id)
        .options(joinedload(Handling.unit), joinedload(Handling.handler))
        .order_by(Handling.id),
        execution_options=fresh,
    ).all()
    return Case(
        suggestion=suggestion,
        cosigners=tuple(
            session.scalars(
                select(Cosigner)
                .where(Cosigner.suggestion_id == suggestion_id)
                .options(joinedload(Cosigner.person))
                .order_by(Cosigner.position)
            )
        ),
        files=tuple(session.scalars(select(File).where(File.suggestion_id == suggestion_id).order_by(File.id))),
        handlings=tuple(handlings),
        co_handlings=tuple(
            session.scalars(
                select(CoHandling)
                .join(CoHandling.handling)
                .where(Handling.suggestion_id == suggestion_id)
                .options(joinedload(CoHandling.unit), contains_eager(CoHandling.handling))
                .order_by(CoHandling.id),
                execution_options=fresh,
            )
        )
        if handlings
        else (),
        promises=tuple(
            session.scalars(
                select(Promise)
                .join(Handling, Promise.handling_id == Handling.id)
                .where(Handling.suggestion_id == suggestion_id)
                .order_by(Promise.handling_id, Promise.number)
            )
        )
        if handlings
        else (),
        events=tuple(session.scalars(select(Event).where(Event.suggestion_id == suggestion_id).order_by(Event.seq))),
    )


def suggestion_facts(case: Case) -> SuggestionFacts:
    """The suggestion as the guards see it."""
    row = case.suggestion
    return SuggestionFacts(
        id=row.id,
        version=row.version,
        state=row.state,
        number=row.number or "",
        title=row.title,
        content=row.content,
        lead_id=row.lead_id,
        is_on_paper=row.is_on_paper,
        is_key=row.is_key,
        entered_by_id=row.entered_by_id,
        cosigners={c.person_id: c.confirmed_at is not None for c in case.cosigners},
        files=tuple(FileFacts(f.id, f.name, f.sha256) for f in case.files if f.is_original),
        first_reply_on=next((e.on for e in case.events if e.action == Action.DISPATCH), None),
    )


def handling_facts(row: Handling) -> HandlingFacts:
    """A handling as the guards see it."""
    return HandlingFacts(
        id=row.id,
        version=row.version,
        state=row.state,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        is_government=row.unit.is_government,
        endorsement_kinds=None if row.unit.endorsement_kinds is None else tuple(row.unit.endorsement_kinds),
        round=row.round,
        handler_id=row.handler_id,
        assigned_on=row.assigned_on,
        reply_term=row.reply_term,
        received_on=row.received_on,
        contacted_on=row.contacted_on,
        planned_on=row.planned_on,
        urged_on=row.urged_on,
        drafted_on=row.drafted_on,
        dispatched_on=row.dispatched_on,
        rated_on=row.rated_on,
        reply_due_on=row.reply_due_on,
        rating_due_on=row.rating_due_on,
        result_class=row.result_class,
        extended_months=row.extended_months,
        extension_asked_on=row.extension_asked_on,
    )


def co_facts(row: CoHandling) -> CoFacts:
    """A co-handling as the guards see it."""
    return CoFacts(
        id=row.id,
        version=row.version,
        handling_id=row.handling_id,
        state=row.state,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        is_own_invitation=row.is_own_invitation,
        due_on=row.due_on,
        opinion=row.opinion,
    )


def promise_facts(row: Promise) -> PromiseFacts:
    """A promise as the guards see it."""
    return PromiseFacts(
        id=row.id,
        number=row.number,
        handling_id=row.handling_id,
        request_no=row.request_no,
        measure=row.measure,
        sentence=row.sentence,
        owner=row.owner,
        due_on=row.due_on,
        is_open=row.is_open,
        is_released=row.released_on is not None,
        is_release_asked=row.release_asked_on is not None and row.is_open,
        is_to_rate=row.rating_due_on is not None,
        reopened=row.reopened,
    )


def has_reviewer(session: Session, unit_id: int | None, today: date) -> bool:
    """Whether anybody holds a reviewer's post in this unit on this day."""
    held = Post.from_on <= today, Post.to_on.is_(None) | (Post.to_on >= today)
    return bool(session.scalar(select(exists().where(Post.unit_id == unit_id, Post.role == Role.REVIEWER, *held))))


def facts_of(
    session: Session,
    case: Case | None,
    *,
    actor: Actor,
    now: datetime,
    rules: rulebook.Rulebook,
    life: Life = Life.SUGGESTION,
    target_id: int | None = None,
    words: Mapping[str, Any] | None = None,
    is_reviewed: bool | None = None,
) -> Facts:
    """The facts for one person acting on one row of a case; `case` is None before a suggestion exists.

    `is_reviewed` is what is known already of whether the clerk's own unit holds a reviewer's post today.
    """
    base = Facts(
        actor=actor, now=now, today=now.date(), rulebook=rules, calendar=calendar(session), suggestion=None, words=words
    )
    if case is None:
        return base
    handling = co = None
    if life is Life.HANDLING and target_id is not None:
        handling = case.handling(target_id)
    elif life is Life.CO_HANDLING and target_id is not None:
        co = case.co_handling(target_id)
        handling = case.handling(co.handling_id)
    handling_id = None if handling is None else handling.id
    is_own_clerk = actor.role is Role.CLERK and handling is not None and handling.unit_id == actor.unit_id
    if is_own_clerk and is_reviewed is None:
        is_reviewed = has_reviewer(session, actor.unit_id, base.today)
    return replace(
        base,
        suggestion=suggestion_facts(case),
        handling=None if handling is None else handling_facts(handling),
        co=None if co is None else co_facts(co),
        handlings=tuple(handling_facts(h) for h in case.handlings),
        co_handlings=tuple(co_facts(c) for c in case.co_handlings if handling_id in (None, c.handling_id)),
        promises=tuple(promise_facts(p) for p in case.promises if handling_id in (None, p.handling_id)),
        story=case.story(handling_id),
        has_reviewer=is_reviewed is not False or not is_own_clerk,
    )
