"""What must be true before a step: each guard answers with sentences a person can act on; one file per stage."""

from collections.abc import Mapping

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.guards import (
    assignment,
    co_handling,
    extension,
    feedback,
    follow_up,
    intake,
    planning,
    receipt,
    reply,
    supervision,
)
from suggestions.domain.guards.guard import SEAL_ACTIONS, Guard

__all__ = ["GUARDS", "SEAL_ACTIONS", "Guard", "missing"]

GUARDS: Mapping[Action, tuple[Guard, ...]] = {
    **intake.GUARDS,
    **receipt.GUARDS,
    **assignment.GUARDS,
    **planning.GUARDS,
    **extension.GUARDS,
    **reply.GUARDS,
    **co_handling.GUARDS,
    **feedback.GUARDS,
    **supervision.GUARDS,
    **follow_up.GUARDS,
}


def missing(action: Action, facts: Facts) -> list[str]:
    """Every sentence that stands between this step and now; empty when nothing is lacking."""
    return [sentence for guard in GUARDS.get(action, ()) for sentence in guard(facts)]
