"""Handled anew: what changed from the reply that did not satisfy to the next one, request by request."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.letter import Letter, differences
from suggestions.domain.story import Past, Story

_SAME_REQUEST = 0.6
_UNCHANGED = 0.9
_COMPARABLE = 0.3
"""Below this likeness a text was written anew, and marking every sign of it would show nothing."""
_SHORTEST_KEPT = 2
_SAME, _CHANGED = ("same",), ("old", "new")
Piece = tuple[str, str]


@dataclass(frozen=True)
class Answered:
    """The answer to one request in one reply; its text in pieces ("same" | "old" | "new")."""

    result_class: str
    proof: str
    done_on: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Pair:
    """One request with both answers; None where a reply had none. `is_unchanged`: the same was answered twice."""

    request: str
    before: Answered | None
    after: Answered | None
    is_unchanged: bool
    score: str
    """The code of the deputy's rating of the first answer; empty when there was none."""
    reason: str


@dataclass(frozen=True)
class Comparison:
    """Both replies beside each other, and what the deputy said of the first."""

    pairs: tuple[Pair, ...]
    before_class: str
    after_class: str
    reasons: tuple[str, ...]
    before: Past
    """The dispatch of the reply that did not satisfy."""
    promised_before: tuple[Past, ...]
    promised_since: tuple[Past, ...]

    @property
    def unchanged(self) -> int:
        """How many requests got the same answer as before."""
        return sum(pair.is_unchanged for pair in self.pairs)


def first_reply(story: Story, round: int) -> Past | None:
    """The dispatch of the newest reply before this round."""
    return next(iter(reversed([e for e in story.all(Action.DISPATCH) if e.round < round])), None)


def compare(story: Story, round: int, now: Letter) -> Comparison | None:
    """The reply of this round beside the last of the rounds before; None in a first round."""
    sent = first_reply(story, round)
    signed = None if sent is None else story.signed_as_sent(sent)
    if sent is None or signed is None:
        return None
    then: Letter = signed.payload["letter"]
    ratings = story.ratings(sent.round) if story.is_rating_open(sent.round) else ()
    return Comparison(
        pairs=tuple(_pairs(then, now, ratings)),
        before_class=str(_settled(story, sent.round) or then.get("result_class", "")),
        after_class=str(_settled(story, round) or now.get("result_class", "")),
        reasons=tuple(str(past.payload["reason"]) for past in ratings if past.payload.get("reason")),
        before=sent,
        promised_before=tuple(e for e in story.all(Action.ADD_PROMISE) if e.round <= sent.round),
        promised_since=tuple(e for e in story.all(Action.ADD_PROMISE) if e.round > sent.round),
    )


def _settled(story: Story, round: int) -> str:
    settled = story.class_settled(round)
    return "" if settled is None else str(settled.payload["result_class"])


def _pairs(then: Letter, now: Letter, ratings: Sequence[Past]) -> Iterator[Pair]:
    """The requests of the new reply, each with the old answer to the request most like it; then what is left of old."""
    left = {_number(answer): answer for answer in then["answers"]}
    for answer in now["answers"]:
        request = _request(now, _number(answer))
        number = _most_alike(request, {key: _request(then, key) for key in left})
        yield _pair(request, left.pop(number, None), answer, ratings)
    for number, answer in left.items():
        yield _pair(_request(then, number), answer, None, ratings)


def _number(answer: Mapping[str, Any]) -> int:
    return int(answer["request_no"])


def _request(letter: Letter, number: int) -> str:
    requests = letter.get("requests", ())
    return str(requests[number - 1]) if 0 < number <= len(requests) else f"第{number}条"


def _most_alike(request: str, others: Mapping[int, str]) -> int:
    likeness = {number: _likeness(request, text) for number, text in others.items()}
    best = max(likeness, key=likeness.__getitem__, default=0)
    return best if likeness.get(best, 0) >= _SAME_REQUEST else 0


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _pair(
    request: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, ratings: Sequence[Past]
) -> Pair:
    old, new = (str(answer["text"]) if answer else "" for answer in (before, after))
    likeness = _likeness(old, new)
    pieces = smoothed(differences(old, new)) if likeness >= _COMPARABLE else [("old", old), ("new", new)]
    rows = [row for past in ratings for row in past.payload["scores"] if before and _number(row) == _number(before)]
    return Pair(
        request=request,
        before=_answered(before, [piece for piece in pieces if piece[0] != "new"]),
        after=_answered(after, [piece for piece in pieces if piece[0] != "old"]),
        is_unchanged=bool(before and after) and likeness >= _UNCHANGED,
        score=str(rows[0]["score"]) if rows else "",
        reason="；".join(str(row["reason"]) for row in rows if row.get("reason")),
    )


def _answered(answer: Mapping[str, Any] | None, pieces: Sequence[Piece]) -> Answered | None:
    if answer is None:
        return None
    proof, done_on = (str(answer.get(key) or "") for key in ("proof", "done_on"))
    return Answered(str(answer["result_class"]), proof, done_on, tuple(piece for piece in pieces if piece[1]))


def smoothed(pieces: Sequence[Piece]) -> list[Piece]:
    """The same edits, without single signs that happen to stand in both texts between two changes."""
    last = len(pieces) - 1
    spread: list[Piece] = []
    for at, (op, text) in enumerate(pieces):
        if op == "same" and 0 < at < last and len(text) < _SHORTEST_KEPT:
            spread += [("old", text), ("new", text)]
        else:
            spread.append((op, text))
    joined: list[Piece] = []
    for is_same, run in groupby(spread, key=lambda piece: piece[0] == "same"):
        parts = list(run)
        texts = [(op, "".join(text for of, text in parts if of == op)) for op in (_SAME if is_same else _CHANGED)]
        joined += [piece for piece in texts if piece[1]]
    return joined
