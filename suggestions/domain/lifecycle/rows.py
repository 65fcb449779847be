"""How the rows of the handling are written: spans of states that several stages share, and the row itself."""

from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.step import Field, Rule, Stage, Step
from suggestions.domain.states import HandlingState, Life, State, span

OPEN = (*span(HandlingState.ASSIGNED, HandlingState.FOLLOW_UP), HandlingState.RETURN_REQUESTED)
WORKING = span(HandlingState.PLANNING, HandlingState.FOLLOW_UP)
REASON = (Field("reason", "理由"),)


def handling_row(
    stage: Stage, action: Action, origins: tuple[State, ...], to: State | None, *who: Rule, **more: object
) -> Step:
    """A row of the handling's table."""
    return Step(action, Life.HANDLING, origins, to, who, stage=stage, **more)  # type: ignore[arg-type]
