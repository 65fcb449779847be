"""Says what the guards judge: the rows of one case as plain facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.facts import (
    Actor,
    CoFacts,
    Facts,
    FileFacts,
    HandlingFacts,
    MergedFacts,
    PromiseFacts,
    SuggestionFacts,
)
from suggestions.domain.states import Life, Role
from suggestions.models.actors import has_reviewer
from suggestions.models.calendar import calendar
from suggestions.models.case import Case
from suggestions.models.co_handling import CoHandling
from suggestions.models.handling import Handling
from suggestions.models.promise import Promise


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
        lead_name=row.lead.name if row.lead else "",
        is_lead_gone=row.is_lead_gone,
        merged=tuple(
            MergedFacts(s.id, s.title, s.content, s.lead_id, s.lead.name if s.lead else "") for s in case.merged
        ),
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
