"""Judging a case: its facts under its own version of the law, and what it owes next."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from suggestions import clock
from suggestions.domain import limits, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import near_on
from suggestions.domain.facts import SYSTEM, Actor, Facts
from suggestions.domain.states import CoState, Life, State
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.models.case import Case
from suggestions.models.facts import facts_of, handling_facts


def facts_for(
    case: Case, by: Actor, life: Life, target_id: int | None, words: Mapping[str, Any] | None = None
) -> Facts:
    """The facts of one person acting on one row of a case, under the case's own version of the law."""
    rules = rulebook.load(case.suggestion.rulebook, case.suggestion.ruled_on)
    return facts_of(
        db.session(), case, actor=by, now=clock.now(), rules=rules, life=life, target_id=target_id, words=words
    )


def state_of(facts: Facts, life: Life) -> State:
    """Where the row acted upon stands."""
    match life:
        case Life.SUGGESTION:
            return facts.of_suggestion.state
        case Life.HANDLING:
            return facts.of_handling.state
        case Life.CO_HANDLING:
            return facts.of_co.state


def _begun_on(facts: Facts, handling: Handling) -> date:
    begun = facts.story.last(Action.BEGIN)
    return begun.on if begun else handling.assigned_on


def term_ends_on(case: Case, handling: Handling) -> date | None:
    """The day the first term of the law that runs for a handling ends, whatever answers to urgings are owed before."""
    facts = facts_for(case, SYSTEM, Life.HANDLING, handling.id)
    return min((term.on for term in limits.running(facts, _begun_on(facts, handling))), default=None)


def limits_of(facts: Facts, handling: Handling) -> limits.Limits:
    """What the handling owes next and when its light turns, by these facts."""
    return limits.next_limits(facts, _begun_on(facts, handling))


def owed_of(facts: Facts, handling: Handling) -> list[limits.Limits]:
    """Every term that runs for the handling, by these facts."""
    return limits.owed(facts, _begun_on(facts, handling))


def reset_limits(case: Case, handling: Handling) -> None:
    """Write down what the handling owes next and when its light turns; so too for countersignatures owed to it."""
    base = facts_for(case, SYSTEM, Life.HANDLING, handling.id)
    rules = base.rulebook
    found = limits_of(base, handling)
    handling.next_due, handling.next_due_on = found.term, found.due_on
    handling.yellow_on, handling.yellow_reason = found.yellow_on, found.yellow_reason
    handling.red_after = found.red_after
    handling.reply_due_on = limits.reply_due(
        handling_facts(handling), rules, base.calendar, limits.round_start(base)
    ).on
    for co in case.co_handlings:
        if co.handling_id == handling.id and co.state is CoState.ACCEPTED:
            signing = limits.countersign_due(base, co.id)
            co.yellow_on = near_on(signing, base.calendar) if signing else None
            co.red_after = signing.on if signing else None
