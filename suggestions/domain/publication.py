"""What of a letter may stand before everybody: its public text, as the unit's office prepared it from the letter."""

from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.letter import Letter
from suggestions.domain.story import Past, Story


def sent_letter(story: Story) -> tuple[Past, Letter] | None:
    """The dispatch that stands with the letter as it was signed; None while none went out, or it is being corrected."""
    sent = story.last(Action.DISPATCH)
    signed = None if sent is None or story.is_corrected(sent) else story.signed_as_sent(sent)
    return None if sent is None or signed is None else (sent, signed.payload["letter"])


def default_text(letter: Letter) -> str:
    """The letter's words without addressees, telephone and people to contact: what the office begins with."""
    answers = [str(answer["text"]) for answer in letter["answers"]]
    passages = [str(passage["text"]) for passage in letter.get("passages", ())]
    return "\n".join([*answers, *passages])


def drafted(story: Story) -> Past | None:
    """The newest public text of the letter that stands."""
    standing = sent_letter(story)
    return None if standing is None else story.after(standing[0]).last(Action.DRAFT_PUBLIC_TEXT)


def content(story: Story) -> dict[str, Any] | None:
    """What would be published, exactly: number, title, unit and text; None while no text was prepared."""
    text = drafted(story)
    return None if text is None else dict(text.payload)


def published(story: Story) -> Past | None:
    """The publication that stands: neither withheld since, nor of a letter that is being corrected."""
    newest = story.last(Action.PUBLISH, Action.WITHHOLD, Action.CORRECT_REPLY)
    return newest if newest is not None and newest.action is Action.PUBLISH else None
