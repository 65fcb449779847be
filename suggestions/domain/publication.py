"""What of a letter may stand before everybody: its public text, as the unit's office prepared it from the letter."""

import difflib
from collections.abc import Sequence
from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.letter import Letter, differences
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


def decision(story: Story, round: int | None = None) -> Past | None:
    """The newest word on the letter that went out last, published or withheld; None while it has none.

    Of one round if asked. A letter that is corrected or comes out of a redo is decided on anew.
    """
    sent = story.last(Action.DISPATCH, round=round)
    if sent is None or story.is_corrected(sent):
        return None
    return story.after(sent).last(Action.PUBLISH, Action.WITHHOLD, round=round)


def published(story: Story) -> Past | None:
    """The publication that stands: of the letter that went out last, and not withheld since."""
    newest = decision(story)
    return newest if newest is not None and newest.action is Action.PUBLISH else None


Pieces = tuple[tuple[str, str], ...]
"""("same" | "del" | "ins", text): what both have, what the public does not read, what only the public reads."""
_ALIKE = 0.5


def side_by_side(letter: Sequence[str], public: Sequence[str]) -> list[tuple[Pieces, Pieces]]:
    """The paragraphs of a letter beside those of its public text, each with what the other lacks marked."""
    rows: list[tuple[Pieces, Pieces]] = []
    left, right = 0, 0
    for a, b in (*_pairs(letter, public), (len(letter), len(public))):
        rows += [((("del", text),), ()) for text in letter[left:a]]
        rows += [((), (("ins", text),)) for text in public[right:b]]
        if a < len(letter):
            parts = differences(letter[a], public[b])
            kept = tuple(("same" if op == "same" else "del", text) for op, text in parts if op != "new")
            shown = tuple(("same" if op == "same" else "ins", text) for op, text in parts if op != "old")
            rows.append((kept, shown))
        left, right = a + 1, b + 1
    return rows


def _pairs(letter: Sequence[str], public: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraph answers to which, in order: the pairs that have most in common altogether."""
    best = [[0.0] * (len(public) + 1) for _ in range(len(letter) + 1)]
    alike = [[_alike(one, other) for other in public] for one in letter]
    for a in reversed(range(len(letter))):
        for b in reversed(range(len(public))):
            paired = alike[a][b] + best[a + 1][b + 1] if alike[a][b] else 0.0
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    pairs, a, b = [], 0, 0
    while a < len(letter) and b < len(public):
        if alike[a][b] and best[a][b] == alike[a][b] + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _alike(one: str, other: str) -> float:
    """How much two paragraphs have in common; 0 for too little to be the same one."""
    if one == other:
        return 1.0
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _ALIKE else 0.0
