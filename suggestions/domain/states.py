"""Where a suggestion, a handling and a co-handling can stand."""

from enum import StrEnum


class Life(StrEnum):
    """The three lives: what the deputies wrote, one unit's handling of it, another unit's opinion."""

    SUGGESTION = "suggestion"
    HANDLING = "handling"
    CO_HANDLING = "co_handling"


class SuggestionState(StrEnum):
    """What the deputies wrote: drafting → submitted → assigned → closed."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    ASSIGNED = "assigned"
    MERGED = "merged"
    CLOSED = "closed"
    DECLINED = "declined"
    OFFLINE = "offline"
    WITHDRAWN = "withdrawn"
    PAST = "past"


class HandlingState(StrEnum):
    """One unit's handling, in the order in which "a … b" runs through the workflow tables."""

    ASSIGNED = "assigned"
    RECEIVED = "received"
    PLANNING = "planning"
    PLAN_REVIEW = "plan_review"
    IN_PROGRESS = "in_progress"
    SIGNING = "signing"
    SIGNED = "signed"
    REPLIED = "replied"
    RATED = "rated"
    CONTESTED = "contested"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    RETURN_REQUESTED = "return_requested"
    REASSIGNED = "reassigned"
    TERMINATED = "terminated"


class CoState(StrEnum):
    """Another unit's opinion, owed to one handling."""

    INVITED = "invited"
    GIVEN = "given"
    SENT_BACK = "sent_back"
    RELEASED = "released"
    ACCEPTED = "accepted"
    SILENT = "silent"
    CANCELLED = "cancelled"


State = SuggestionState | HandlingState | CoState

FINAL: frozenset[State] = frozenset(
    {
        SuggestionState.CLOSED,
        SuggestionState.DECLINED,
        SuggestionState.OFFLINE,
        SuggestionState.WITHDRAWN,
        SuggestionState.PAST,
        HandlingState.CLOSED,
        HandlingState.REASSIGNED,
        HandlingState.TERMINATED,
        CoState.SILENT,
        CoState.CANCELLED,
    }
)
HANDLING_ENDS: tuple[HandlingState, ...] = tuple(state for state in HandlingState if state in FINAL)
"""Where a handling has ended, whatever the way."""


def span(first: HandlingState, last: HandlingState) -> tuple[HandlingState, ...]:
    """The states from `first` to `last` in the workflow's order, both included, final states left out."""
    order = list(HandlingState)
    return tuple(s for s in order[order.index(first) : order.index(last) + 1] if s not in FINAL)


ANSWERED = (*span(HandlingState.REPLIED, HandlingState.FOLLOW_UP), HandlingState.CLOSED)
"""Where the letter went out and stands."""
MERGEABLE = (
    *span(HandlingState.ASSIGNED, HandlingState.IN_PROGRESS),
    HandlingState.RETURN_REQUESTED,
    HandlingState.REASSIGNED,
)
"""Where no handling may stand beyond, so that another suggestion can still be merged in: no reply was submitted."""


class Role(StrEnum):
    """The hats a person can wear; each is held through a post with dates."""

    DEPUTY = "deputy"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    DIRECTOR = "director"
    REVIEWER = "reviewer"
    HANDLER = "handler"
    CLERK = "clerk"
    SYSADMIN = "sysadmin"
    SECADMIN = "secadmin"
    AUDITOR = "auditor"
    SYSTEM = "system"


UNIT_ROLES = frozenset({Role.DIRECTOR, Role.REVIEWER, Role.HANDLER, Role.CLERK})


class Seal(StrEnum):
    """The five personal steps of a bureau's director (五个亲自), in their order."""

    READ = "read"
    PLAN = "plan"
    URGE = "urge"
    SIGN = "sign"
    COORDINATE = "coordinate"
