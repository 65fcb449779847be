"""Both replies of what was handled anew, side by side, as far as this person may read them."""

from dataclasses import dataclass
from datetime import date

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.letter import Letter
from suggestions.domain.rehandling import Answered, Comparison, Pair, Piece, compare
from suggestions.domain.sight import Sight, sight
from suggestions.domain.story import Past
from suggestions.queries.lights import spoken

_MARKS = {"same": "same", "old": "del", "new": "ins"}


@dataclass(frozen=True)
class Side:
    """One answer: its class, what proves it, its text in pieces ("same" | "del" | "ins")."""

    class_mark: str
    ground: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """One request with both answers; None where there was none."""

    request: str
    before: Side | None
    after: Side | None
    rating: str
    is_unchanged: bool


@dataclass(frozen=True)
class Rehandling:
    """What changed from the first reply to the second."""

    line: str
    warning: str
    reasons: tuple[str, ...]
    rows: tuple[Row, ...]
    promised_before: tuple[str, ...]
    promised_since: tuple[str, ...]


def rehandling_of(facts: Facts) -> Rehandling | None:
    """What changed since the reply that did not satisfy; None in a first round, and while there is nothing to see."""
    if facts.handling is None or facts.handling.round == 1 or sight(facts) is Sight.CO_UNIT:
        return None
    now = _letter(facts)
    found = None if now is None else compare(facts.story, facts.handling.round, now)
    return None if found is None else _shown(found, facts)


def _letter(facts: Facts) -> Letter | None:
    """The reply of this round: to its deputies once it went out, to the others as it stands."""
    story, round = facts.story, facts.of_handling.round
    if sight(facts) is not Sight.DEPUTY:
        return story.letter(round)
    sent = story.last(Action.DISPATCH, round=round)
    signed = None if sent is None or story.is_corrected(sent) else story.signed_as_sent(sent)
    return None if signed is None else signed.payload["letter"]


def _shown(found: Comparison, facts: Facts) -> Rehandling:
    classes = found.before_class, found.after_class
    grade = f"总的仍是{classes[0]}类" if classes[0] == classes[1] else f"总的由{classes[0]}类改为{classes[1]}类"
    sent = f"上一次{spoken(found.before.on, facts.today)}发出，{found.before.payload['document_number']}"
    return Rehandling(
        line=f"{sent}；{grade}",
        warning=f"有{found.unchanged}条的答复同上一次几乎一样。" if found.unchanged else "",
        reasons=found.reasons,
        rows=tuple(_row(pair, facts) for pair in found.pairs),
        promised_before=tuple(_promise(past, facts) for past in found.promised_before),
        promised_since=tuple(_promise(past, facts) for past in found.promised_since),
    )


def _row(pair: Pair, facts: Facts) -> Row:
    label = facts.rulebook.ratings[pair.score].label if pair.score else ""
    rating = f"{label}：{pair.reason}" if pair.reason else label
    return Row(pair.request, _side(pair.before, facts), _side(pair.after, facts), rating, pair.is_unchanged)


def _side(answer: Answered | None, facts: Facts) -> Side | None:
    if answer is None:
        return None
    ground = f"{spoken(date.fromisoformat(answer.done_on), facts.today)}完成" if answer.done_on else answer.proof
    return Side(answer.result_class, ground, tuple((_MARKS[op], text) for op, text in answer.pieces))


def _promise(past: Past, facts: Facts) -> str:
    """A promise as it was made, and how it stands now."""
    words, number = past.payload, int(past.payload["number"])
    now = next((p for p in facts.promises if p.number == number), None)
    stands = "" if now is None else "没有兑现" if now.is_open else "终止" if now.is_released else "已兑现"
    due = spoken(date.fromisoformat(words["due_on"]), facts.today)
    return f"{words['measure']}（{words['owner']}，{due}前{f'；{stands}' if stands else ''}）"
