"""Reminding: one notice for everybody whom a light calls, in the transaction of its event."""

from datetime import date

from flask import current_app
from sqlalchemy import ColumnElement, and_, false, or_, select

from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import near_on
from suggestions.domain.facts import SYSTEM, Facts
from suggestions.domain.lifecycle.step import Audience
from suggestions.domain.promise_round import Round, round_on
from suggestions.domain.reminders import (
    Call,
    call_of_countersignature,
    call_of_opinion,
    call_of_report,
    calls_of_handling,
)
from suggestions.domain.rulebook import Called
from suggestions.domain.states import ANSWERED, HANDLING_ENDS, CoState, HandlingState, Life
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling
from suggestions.models.calendar import calendar
from suggestions.models.case import Case
from suggestions.models.promise_round import owing
from suggestions.usecases import outbox
from suggestions.usecases.judging import facts_for, owed_of
from suggestions.usecases.taking import Taking

_IN_UNIT = {
    Called.REVIEWER: Audience.REVIEWERS,
    Called.DIRECTOR: Audience.DIRECTOR,
    Called.SUPERVISOR: Audience.SUPERVISORS,
    Called.DEPUTY: Audience.LEAD,
}
_IN_CO_UNIT = {
    Called.HANDLER: Audience.CO_UNIT,
    Called.DIRECTOR: Audience.CO_DIRECTOR,
    Called.SUPERVISOR: Audience.SUPERVISORS,
}
_OWED = (CoState.INVITED, CoState.GIVEN, CoState.SENT_BACK)


def remind(taking: Taking) -> None:
    """Tell everybody whom the light calls; where no handler is named yet, the office is told in their place."""
    called = [Called(who) for who in taking.payload["called"]]
    handling = taking.of_handling
    if taking.co is not None:
        audiences = tuple(_IN_CO_UNIT[who] for who in called if who in _IN_CO_UNIT)
    else:
        first = Audience.HANDLER if handling.handler_id else Audience.CLERKS
        audiences = tuple({Called.HANDLER: first, **_IN_UNIT}[who] for who in called)

    def tell(event: Event) -> None:
        outbox.tell(
            outbox.recipients(audiences, taking.case, handling, taking.co, event),
            event,
            text=f"{handling.number_text}《{taking.suggestion.title}》{taking.payload['text']}",
            address=f"/handlings/{handling.id}",
        )

    taking.after.append(tell)


def alight(today: date) -> list[int]:
    """Ids of the suggestions with a light that is yellow or red today, and of those where a signature may be owed."""
    opinion = select(CoHandling.id).where(
        CoHandling.handling_id == Handling.id, CoHandling.state.in_(_OWED), CoHandling.yellow_on <= today
    )
    signing = select(CoHandling.id).where(CoHandling.handling_id == Handling.id, CoHandling.state == CoState.ACCEPTED)
    to_sign = and_(Handling.state == HandlingState.IN_PROGRESS, signing.exists())
    runs = Handling.state.not_in(HANDLING_ENDS) | (Handling.next_due == "promise")
    lit = and_(runs, or_(Handling.yellow_on <= today, opinion.exists(), to_sign))
    return list(db.session.scalars(select(Handling.suggestion_id).where(or_(lit, _is_to_report(today))).distinct()))


def _round(today: date) -> Round:
    """The round of reports by the rulebook of the house: a yearly duty follows no single case."""
    return round_on(rulebook.load(current_app.config["RULEBOOK"], today), today)


def _is_to_report(today: date) -> ColumnElement[bool]:
    round = _round(today)
    is_lit = today >= near_on(round.due, calendar(db.session()))
    return and_(owing(round), Handling.state != HandlingState.RATED) if is_lit else false()


def _unreported(case: Case, row: Handling, round: Round) -> int:
    """On how many promises the report is owed; on those of a past case from the first round after it came in."""
    kept = case.story(row.id).last(Action.KEEP_PAST)
    if row.state not in ANSWERED or row.state is HandlingState.RATED or (kept and kept.on > round.closes_on):
        return 0
    return sum(
        1
        for promise in case.promises
        if promise.handling_id == row.id
        and promise.released_on is None
        and round.is_about(promise.made_on)
        and (promise.reported_on is None or promise.reported_on < round.opens_on)
    )


def calls(case: Case) -> list[tuple[Life, int, Call]]:
    """Whom the lights of a case call today, by the row that each light belongs to."""
    found: list[tuple[Life, int, Call]] = []
    for row in case.handlings:
        facts = facts_for(case, SYSTEM, Life.HANDLING, row.id)
        found += [(Life.HANDLING, row.id, call) for call in calls_of_handling(facts, owed_of(facts, row))]
        round = _round(facts.today)
        if call := call_of_report(facts, round, _unreported(case, row, round)):
            found.append((Life.HANDLING, row.id, call))
    for co in case.co_handlings:
        if co.state in _OWED and co.due_on is not None:
            if call := call_of_opinion(_facts_of(case, co), co.yellow_on, co.due_on):
                found.append((Life.CO_HANDLING, co.id, call))
        elif co.state is CoState.ACCEPTED and (call := call_of_countersignature(_facts_of(case, co))):
            found.append((Life.CO_HANDLING, co.id, call))
    return found


def _facts_of(case: Case, co: CoHandling) -> Facts:
    return facts_for(case, SYSTEM, Life.CO_HANDLING, co.id)
