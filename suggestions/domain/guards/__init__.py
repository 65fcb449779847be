"""What must be true before a step: each guard answers with sentences a person can act on; one file per stage."""

from collections.abc import Mapping

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.guards import (
    assignment,
    changing,
    co_handling,
    extension,
    feedback,
    follow_up,
    intake,
    key_items,
    merging,
    offline,
    paper,
    planning,
    publication,
    receipt,
    reply,
    supervision,
)
from suggestions.domain.guards.guard import SEAL_ACTIONS, Guard, acts_in_person

__all__ = ["GUARDS", "SEAL_ACTIONS", "Guard", "missing"]

_OF_STAGES: Mapping[Action, tuple[Guard, ...]] = {
    **intake.GUARDS,
    **merging.GUARDS,
    **offline.GUARDS,
    **changing.GUARDS,
    **key_items.GUARDS,
    **receipt.GUARDS,
    **assignment.GUARDS,
    **planning.GUARDS,
    **extension.GUARDS,
    **reply.GUARDS,
    **co_handling.GUARDS,
    **feedback.GUARDS,
    **supervision.GUARDS,
    **paper.GUARDS,
    **publication.GUARDS,
    **follow_up.GUARDS,
}
GUARDS: Mapping[Action, tuple[Guard, ...]] = {
    **_OF_STAGES,
    **{action: (acts_in_person, *_OF_STAGES.get(action, ())) for action in SEAL_ACTIONS.values()},
}


def missing(action: Action, facts: Facts) -> list[str]:
    """Every sentence that stands between this step and now; empty when nothing is lacking."""
    return [sentence for guard in GUARDS.get(action, ()) for sentence in guard(facts)]
