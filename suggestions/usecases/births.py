"""How a handling and a co-handling come into being: the row, its event, its term, its notices."""

from dataclasses import replace
from datetime import date
from typing import Any

from suggestions.domain import lifecycle, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import due, near_on
from suggestions.domain.facts import SYSTEM, Actor
from suggestions.domain.states import FINAL, CoState, HandlingState, Life
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Suggestion, Unit
from suggestions.models.calendar import calendar
from suggestions.models.case import Case, load_case
from suggestions.usecases import outbox, record
from suggestions.usecases.judging import reset_limits


def begin(
    suggestion: Suggestion,
    unit: Unit,
    *,
    part: int | None,
    reply_term: str,
    assigned_on: date,
    publication: str,
    cause: Event,
    succeeds: Handling | None = None,
    newborn: Case | None = None,
) -> Handling:
    """Begin one unit's handling: its reply term runs from the day of assignment (交办之日).

    A case that was born in this transaction (`newborn`) need not be loaded again. Where it succeeds another unit's,
    the opinions that are still owed go along, each with its record and its term.
    """
    rules = rulebook.load(suggestion.rulebook, suggestion.ruled_on)
    reply = due(rules.term(f"reply_{reply_term}"), assigned_on, calendar(db.session()))
    handling = Handling(
        state=HandlingState.ASSIGNED,
        suggestion_id=suggestion.id,
        suggestion=suggestion,
        unit_id=unit.id,
        unit=unit,
        part=part,
        reply_term=reply_term,
        publication=publication,
        assigned_on=assigned_on,
        reply_due_on=reply.on,
    )
    db.session.add(handling)
    db.session.flush()
    payload: dict[str, Any] = {
        "unit": unit.name,
        "assigned_on": assigned_on.isoformat(),
        "reply_due_on": reply.on.isoformat(),
    }
    if succeeds is not None:
        payload |= {
            "succeeds": succeeds.id,
            "from_unit": succeeds.unit.name,
            "co_units": _bring_opinions(succeeds, handling),
        }
    event = record.add_to_case(
        suggestion,
        record.Entry(
            life=Life.HANDLING,
            action=Action.BEGIN,
            actor=SYSTEM,
            payload=payload,
            handling_id=handling.id,
            round=1,
            to_state=HandlingState.ASSIGNED,
            cause_seq=cause.seq,
        ),
        not_before=cause.at,
    )
    db.session.flush()
    born = newborn and replace(newborn, handlings=(handling,), events=(*newborn.events, event))
    case = born or load_case(db.session(), suggestion.id)
    _tell(event, case, handling, None, Life.HANDLING)
    reset_limits(case, handling)
    return handling


def _bring_opinions(old: Handling, new: Handling) -> list[str]:
    """Owe to the new handling what was owed to the old one; the names of those units."""
    owed = [co for co in load_case(db.session(), old.suggestion_id).co_handlings if co.handling_id == old.id]
    brought = [co for co in owed if co.state not in FINAL]
    for co in brought:
        co.handling_id, co.handling = new.id, new
    return [co.unit.name for co in brought]


def invite(
    handling: Handling,
    unit: Unit,
    *,
    question: str,
    is_own_invitation: bool,
    started_on: date,
    by: Actor,
    cause: Event | None,
    newborn: Case | None = None,
) -> CoHandling:
    """Owe another unit's opinion to a handling: counted from the handover, or from the main unit's invitation.

    Where the rulebook counts from receipt, the handover stands for it until the handling is received.
    """
    suggestion = handling.suggestion
    rules = rulebook.load(suggestion.rulebook, suggestion.ruled_on)
    key = "co_opinion_invited" if is_own_invitation else "co_opinion"
    term = due(rules.term(key), started_on, calendar(db.session()))
    co = CoHandling(
        state=CoState.INVITED,
        handling_id=handling.id,
        handling=handling,
        unit_id=unit.id,
        unit=unit,
        is_own_invitation=is_own_invitation,
        question=question,
        term=key,
        started_on=started_on,
        due_on=term.on,
        yellow_on=near_on(term, calendar(db.session())),
        red_after=term.on,
    )
    db.session.add(co)
    db.session.flush()
    event = record.add_to_case(
        suggestion,
        record.Entry(
            life=Life.CO_HANDLING,
            action=Action.INVITE_CO_OPINION,
            actor=by,
            payload={"unit": unit.name, "question": question, "due_on": term.on.isoformat()},
            handling_id=handling.id,
            co_handling_id=co.id,
            round=handling.round,
            to_state=CoState.INVITED,
            cause_seq=cause.seq if cause else None,
        ),
        not_before=cause.at if cause else None,
    )
    db.session.flush()
    _tell(event, newborn or load_case(db.session(), suggestion.id), handling, co, Life.CO_HANDLING)
    return co


def invite_at_handover(handling: Handling, unit: Unit, cause: Event, *, newborn: Case | None = None) -> CoHandling:
    """Owe an opinion that the deputies office asked for: counted from the day of assignment (art. 20)."""
    return invite(
        handling,
        unit,
        question="",
        is_own_invitation=False,
        started_on=handling.assigned_on,
        by=SYSTEM,
        cause=cause,
        newborn=newborn,
    )


def _tell(event: Event, case: Case, handling: Handling, co: CoHandling | None, life: Life) -> None:
    suggestion = handling.suggestion
    step = lifecycle.rows(life, Action(event.action))[0]
    people = outbox.recipients(step.tells, case, handling, co, event)
    what = "请签收" if co is None else f"请在{co.due_on.month}月{co.due_on.day}日前报协办意见"
    outbox.tell(
        people,
        event,
        text=f"{handling.number_text}《{suggestion.title}》：{what}。",
        address=f"/handlings/{handling.id}",
    )
