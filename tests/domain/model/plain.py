"""What a step does to the abstract case beside moving it, where it causes no other step."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.lifecycle import Step
from suggestions.domain.states import FINAL, Role, span
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as W
from tests.domain.model.case import NEXT_UNIT, UNIT, Case, Co, Hand, Letter, Rating, Words

EARLY = frozenset(span(S.ASSIGNED, S.IN_PROGRESS))
_APPROVED = frozenset(span(S.IN_PROGRESS, S.FOLLOW_UP))


class Taken(NamedTuple):
    """A step that the rules and guards allow: by which row, on which handling, with which words."""

    case: Case
    book: str
    step: Step
    at: int
    facts: Facts
    words: Mapping[str, Any]

    @property
    def hand(self) -> Hand:
        """The handling acted upon, the state already moved."""
        return self.case.handlings[self.at]

    @property
    def of_suggestion(self) -> Words:
        """The suggestion, the state already moved."""
        assert self.case.words is not None
        return self.case.words

    @property
    def by(self) -> int:
        """Who acts."""
        return self.facts.actor.person_id


def draft(t: Taken) -> Case:
    return t.case._replace(words=Words(W.DRAFTING, is_on_paper=t.facts.actor.role is Role.SUPERVISOR))


def revise(t: Taken) -> Case:
    joint = "invited" if t.of_suggestion.joint and not t.of_suggestion.is_on_paper else t.of_suggestion.joint
    return t.case.with_words(joint=joint)


def assign(t: Taken) -> Case:
    co = Co() if t.words.get("co_units") else None
    units = (UNIT, NEXT_UNIT) if len(t.words["main_units"]) > 1 else (UNIT,)
    return t.case._replace(handlings=tuple(Hand(unit=unit, co=co) for unit in units))


def add_unit(t: Taken) -> Case:
    if t.words["role"] == "main":
        return t.case._replace(handlings=(*t.case.handlings, Hand(unit=NEXT_UNIT)))
    return t.case.with_hand(int(t.words["handling"]), co=Co())


def next_unit(t: Taken) -> Case:
    """The old handling ends; a new one begins elsewhere, and the opinion that is still owed goes along."""
    co = t.hand.co if t.hand.co is not None and t.hand.co.state not in FINAL else None
    old = Hand(unit=t.hand.unit, state=t.hand.state, round=t.hand.round, promise=t.hand.promise)
    case = t.case._replace(handlings=(*t.case.handlings[: t.at], old, *t.case.handlings[t.at + 1 :]))
    return case._replace(handlings=(*case.handlings, Hand(unit=NEXT_UNIT, co=co)))


def read(t: Taken) -> Case:
    handler = int(t.words.get("handler", t.hand.handler))
    return t.case.with_hand(t.at, read=t.hand.read | {t.by}, handler=handler)


def contact(t: Taken) -> Case:
    if t.words["form"] == "attempt":
        return t.case.with_hand(t.at, attempts=min(3, t.hand.attempts + 1))
    return t.case.with_hand(t.at, contact="met")


def urge(t: Taken) -> Case:
    return t.case.with_hand(t.at, urged="late" if t.hand.state in _APPROVED else t.hand.urged or "early")


def draft_reply(t: Taken) -> Case:
    has_passage = t.hand.co is not None and bool(t.words["passages"])
    drafted = Letter(frozenset(t.facts.lead_names), has_passage, bool(t.words["promises"]), t.by)
    return t.case.with_hand(t.at, letter=drafted)


def relettered(t: Taken, **changes: Any) -> Case:
    assert t.hand.letter is not None
    return t.case.with_hand(t.at, letter=t.hand.letter._replace(**changes))


def opinion(said: str) -> Callable[[Taken], Case]:
    def effect(t: Taken) -> Case:
        letter = t.hand.letter
        if letter is not None and t.hand.state is S.SIGNED and letter.is_edited:
            return relettered(t, signed_opinion=said)
        return relettered(t, opinion=said)

    return effect


def sign(t: Taken) -> Case:
    case = t.case.with_hand(t.at, asked_extension=False)
    return relettered(t._replace(case=case), is_edited="opening" in t.words, signed_opinion="")


def void(t: Taken) -> Case:
    case = t.case.with_hand(t.at, is_voided=True)
    return relettered(t._replace(case=case), is_edited=False, signed_opinion="")


def rate(t: Taken) -> Case:
    others = tuple(rating for rating in t.hand.ratings if rating.by != t.by)
    is_corrected = t.step.action is A.CORRECT_RATING
    own = Rating(t.by, str(t.words["overall"]), is_corrected=is_corrected)
    return t.case.with_hand(t.at, ratings=tuple(sorted((*others, own))))


def open(t: Taken) -> Case:
    return t.case.with_hand(t.at, ratings=tuple(rating._replace(is_open=True) for rating in t.hand.ratings))


def redo(t: Taken) -> Case:
    """A new round: what it must earn anew is bare; the promises and the co-handling stay as they are."""
    old = t.hand
    new = Hand(unit=old.unit, state=old.state, round=old.round + 1, handler=old.handler, is_split=old.is_split)
    kept = ("is_supervised", "promise", "is_promise_reported", "is_promise_reopened", "paper", "co")
    new = new._replace(**{name: getattr(old, name) for name in kept})
    return t.case.with_hand(t.at, **new._asdict())


def rate_promise(t: Taken) -> Case:
    case = t.case.with_hand(t.at, is_promise_reported=False)
    if t.words["score"] == "dissatisfied" and not t.hand.is_promise_reopened and t.hand.promise != "released":
        return case.with_hand(t.at, promise="open", is_promise_reopened=True)
    return case


def challenge(t: Taken) -> Case:
    return t.case.with_hand(t.at, challenge="insisted" if t.hand.challenge else "asked")


def settle(t: Taken) -> Case:
    return t.case.with_hand(t.at, challenge="final" if t.facts.actor.role is Role.SUPERVISOR else "answered")
