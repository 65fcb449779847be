"""Which function an action has: the one of its name, in the file of its stage."""

from collections.abc import Callable
from types import ModuleType

from suggestions.domain.actions import Action
from suggestions.domain.lifecycle import Stage, Step
from suggestions.usecases import (
    assignment,
    changing,
    clockwork,
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
    progress,
    publication,
    receipt,
    reply,
    supervision,
)
from suggestions.usecases.taking import Taking

_FILES: dict[Stage, ModuleType] = {
    Stage.INTAKE: intake,
    Stage.MERGING: merging,
    Stage.OFFLINE: offline,
    Stage.CHANGING: changing,
    Stage.KEY_ITEMS: key_items,
    Stage.RECEIPT: receipt,
    Stage.ASSIGNMENT: assignment,
    Stage.PLANNING: planning,
    Stage.PROGRESS: progress,
    Stage.EXTENSION: extension,
    Stage.CLOCKWORK: clockwork,
    Stage.REPLY: reply,
    Stage.FEEDBACK: feedback,
    Stage.PAPER: paper,
    Stage.PUBLICATION: publication,
    Stage.FOLLOW_UP: follow_up,
    Stage.SUPERVISION: supervision,
    Stage.CO_HANDLING: co_handling,
}


def effect_of(step: Step) -> Callable[[Taking], None]:
    """The function that does more than move for this action."""
    function: Callable[[Taking], None] = getattr(_FILES[step.stage], step.action.value)
    return function


def held() -> set[tuple[Stage, Action]]:
    """Every (stage, action) that has a function: the start of the program compares it with the tables."""
    return {
        (stage, action) for stage, file in _FILES.items() for action in Action if callable(getattr(file, action, None))
    }
