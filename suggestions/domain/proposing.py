"""What the inspection office may give its opinion on: the one request or dispute that waits for the deputies office."""

from suggestions.domain.actions import Action
from suggestions.domain.states import HandlingState
from suggestions.domain.story import Past, Story


def waiting(story: Story, state: HandlingState, round: int, *, is_extension_asked: bool) -> Past | None:
    """What the deputies office has to decide on a handling: the request, or the opening of the rating; None without."""
    match state:
        case HandlingState.RETURN_REQUESTED:
            return story.last(Action.REQUEST_RETURN, round=round)
        case HandlingState.CONTESTED:
            return story.last(Action.OPEN_RATING, round=round)
        case _ if is_extension_asked:
            return story.last(Action.REQUEST_EXTENSION, round=round)
        case _:
            return None


def proposal_on(story: Story, asked: Past | None) -> Past | None:
    """The inspection office's opinion on this request; None where it gave none."""
    given = story.all(Action.PROPOSE)
    return next((past for past in given if asked is not None and past.payload["request"] == asked.seq), None)
