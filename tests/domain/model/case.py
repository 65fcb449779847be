"""A case in the abstract: what of it decides who may do what next, finite and hashable; and the people around it."""

from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from suggestions.domain.facts import SYSTEM, Actor
from suggestions.domain.states import CoState, HandlingState, Role, SuggestionState

UNIT, CO_UNIT, NEXT_UNIT = 1, 2, 3


class Fate(StrEnum):
    """What may befall the people of a case at any moment, and is never taken back."""

    NO_REVIEWER = "承办单位的审核人都离任了"
    CO_SILENT = "协办单位从此不回话"
    CO_WITHOUT_DIRECTOR = "协办单位没有局长了"
    DEPUTY_SILENT = "代表们从此不评价、不确认、什么也不说"
    DEPUTY_DEAD = "领衔代表去世"
    PROMISE_IMPOSSIBLE = "承诺再也办不到"
    HANDLER_GONE = "承办人调走了"
    STAND_IN = "局长外出，由副局长主持工作"


class Co(NamedTuple):
    """Another unit's opinion."""

    state: CoState = CoState.INVITED
    is_own: bool = False
    is_late: bool = False
    is_signed: bool = False
    round: int = 1
    """In which round it was accepted or gone without."""


class Letter(NamedTuple):
    """The newest draft of the reply in this round, and what stands on it."""

    leads: frozenset[int]
    has_passage: bool
    is_promising: bool
    drafter: int
    opinion: str = ""
    """What the reviewer said of it: nothing, "yes" or "no"."""
    is_edited: bool = False
    signed_opinion: str = ""
    """The same of the text that the director changed at signing."""
    is_passage_old: bool = False
    """The co-unit let the days pass in which it may sign its passage."""


class Rating(NamedTuple):
    """What one lead deputy said."""

    by: int
    overall: str
    is_open: bool = False
    is_corrected: bool = False


class Hand(NamedTuple):
    """One unit's handling: where it stands and what has happened in this round."""

    unit: int = UNIT
    state: HandlingState = HandlingState.ASSIGNED
    round: int = 1
    handler: int = 0
    opened: frozenset[int] = frozenset()
    read: frozenset[int] = frozenset()
    is_split: bool = False
    plan: str = ""
    attempts: int = 0
    contact: str = ""
    urged: str = ""
    is_supervised: bool = False
    is_late: bool = False
    asked_extension: bool = False
    extended: bool = False
    letter: Letter | None = None
    is_voided: bool = False
    is_corrected: bool = False
    ratings: tuple[Rating, ...] = ()
    challenge: str = ""
    is_coordinated: bool = False
    promise: str = ""
    is_promise_reported: bool = False
    is_promise_reopened: bool = False
    paper: str = ""
    co: Co | None = None


class Words(NamedTuple):
    """What the deputies wrote, and the suggestion that may be merged into it."""

    state: SuggestionState
    is_on_paper: bool = False
    joint: str = ""
    """The joint deputy: nobody, "invited", "confirmed" or "agreed" (to withdraw)."""
    lead: int = 41
    is_lead_gone: bool = False
    other: SuggestionState | None = None
    """Where another suggestion on the same matter stands; None where there is none."""
    is_answered: bool = False
    is_heard: bool = False


class Case(NamedTuple):
    """A suggestion with everything under it, and what befell its people."""

    words: Words | None = None
    handlings: tuple[Hand, ...] = ()
    fates: frozenset[Fate] = frozenset()

    def with_hand(self, at: int, **changes: Any) -> "Case":
        """The case with one of its handlings changed."""
        hand = self.handlings[at]._replace(**changes)
        return self._replace(handlings=(*self.handlings[:at], hand, *self.handlings[at + 1 :]))

    def with_co(self, at: int, **changes: Any) -> "Case":
        """The case with the co-handling of one of its handlings changed."""
        co = self.handlings[at].co
        assert co is not None
        return self.with_hand(at, co=co._replace(**changes))

    def with_words(self, **changes: Any) -> "Case":
        """The case with its suggestion changed."""
        assert self.words is not None
        return self._replace(words=self.words._replace(**changes))


_SECRECY = ("secrecy",)
DIRECTOR = Actor(11, "沈怀远", Role.DIRECTOR, unit_id=UNIT, title="局长")
STAND_IN = Actor(16, "吴海平", Role.DIRECTOR, unit_id=UNIT, title="主持工作的副局长", is_acting=True)
_OF_UNIT = (
    Actor(14, "方志诚", Role.REVIEWER, unit_id=UNIT, title="审核人", endorsement_kinds=_SECRECY),
    Actor(15, "何雨", Role.CLERK, unit_id=UNIT, title="局办公室"),
)
_HANDLERS = (
    Actor(12, "韩冬梅", Role.HANDLER, unit_id=UNIT, title="承办人"),
    Actor(13, "潘一舟", Role.HANDLER, unit_id=UNIT, title="另一位承办人"),
)
_OF_NEXT_UNIT = (
    Actor(31, "赵文博", Role.DIRECTOR, unit_id=NEXT_UNIT, title="后一单位局长"),
    Actor(32, "罗明", Role.HANDLER, unit_id=NEXT_UNIT, title="后一单位承办人"),
    Actor(34, "江月", Role.REVIEWER, unit_id=NEXT_UNIT, title="后一单位审核人", endorsement_kinds=_SECRECY),
    Actor(35, "谭小雪", Role.CLERK, unit_id=NEXT_UNIT, title="后一单位办公室"),
)
_OF_CO_UNIT = (
    Actor(21, "许倩", Role.HANDLER, unit_id=CO_UNIT, title="协办单位承办人"),
    Actor(22, "马国强", Role.DIRECTOR, unit_id=CO_UNIT, title="协办单位局长"),
)
_LEAD = Actor(41, "陈立群", Role.DEPUTY, title="领衔代表")
_JOINT = Actor(42, "刘素芬", Role.DEPUTY, title="联名代表")
_OTHER_LEAD = Actor(44, "石磊", Role.DEPUTY, title="并入件的领衔代表")
OFFICE = (
    Actor(51, "周敏", Role.SUPERVISOR, title="人代工委"),
    Actor(53, "高原", Role.SUPERVISOR, title="人代工委另一位"),
)
NAMES = {
    actor.person_id: actor.name
    for actor in (SYSTEM, DIRECTOR, STAND_IN, *_OF_UNIT, *_HANDLERS, *_OF_NEXT_UNIT, *_OF_CO_UNIT, *OFFICE)
} | {deputy.person_id: deputy.name for deputy in (_LEAD, _JOINT, _OTHER_LEAD)}


def handlers_of(unit: int, fates: frozenset[Fate]) -> tuple[int, ...]:
    """Who can be named as handler in a unit today."""
    if unit == NEXT_UNIT:
        return (32,)
    return (13,) if Fate.HANDLER_GONE in fates else (12, 13)


@cache
def people(fates: frozenset[Fate], units: frozenset[int]) -> tuple[Actor, ...]:
    """Everybody of the office, of these units and of the deputies who can still act, each in one post."""
    found = [SYSTEM, *OFFICE, *(_OF_NEXT_UNIT if NEXT_UNIT in units else ())]
    if Fate.STAND_IN in fates:
        found += [replace(DIRECTOR, stood_in_by=STAND_IN.name), STAND_IN]
    else:
        found.append(DIRECTOR)
    found += [actor for actor in _OF_UNIT if Fate.NO_REVIEWER not in fates or actor.role is not Role.REVIEWER]
    found += [actor for actor in _HANDLERS if actor.person_id in handlers_of(UNIT, fates)]
    if CO_UNIT in units and Fate.CO_SILENT not in fates:
        found += _OF_CO_UNIT[: 1 if Fate.CO_WITHOUT_DIRECTOR in fates else 2]
    if Fate.DEPUTY_SILENT not in fates:
        found += [_JOINT, _OTHER_LEAD] if Fate.DEPUTY_DEAD in fates else [_LEAD, _JOINT, _OTHER_LEAD]
    return tuple(found)
