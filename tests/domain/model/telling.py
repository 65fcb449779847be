"""The abstract case told as the Facts that the rules and guards really judge, its story event by event."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from suggestions.domain import rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.canonical import digest
from suggestions.domain.facts import (
    SYSTEM,
    Actor,
    CoFacts,
    Facts,
    HandlingFacts,
    MergedFacts,
    PromiseFacts,
    SuggestionFacts,
)
from suggestions.domain.states import CoState, Life, Role, span
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as W
from suggestions.domain.story import Past, Story
from tests.domain.making import BOOK, CALENDAR, CO, FILE, HANDLING, NOW, PROMISE, SUGGESTION, TODAY
from tests.domain.making import past as past_of
from tests.domain.model.case import CO_UNIT, NAMES, UNIT, Case, Co, Fate, Hand, Letter, Words
from tests.domain.model.letters import PASSAGE, bare, hash_of, text_of

LONG_AGO = TODAY - timedelta(days=300)
_APPROVED = frozenset((*span(S.IN_PROGRESS, S.FOLLOW_UP), S.CLOSED))
_SIGNED = frozenset((*span(S.SIGNED, S.FOLLOW_UP), S.CLOSED))
_SENT = frozenset((*span(S.REPLIED, S.FOLLOW_UP), S.CLOSED))
_UNIT_NAMES = {UNIT: "区民政局", 3: "区住房城乡建委"}


class _Teller:
    """Writes events down one after another, each with the next number."""

    def __init__(self, round: int) -> None:
        self.events: list[Past] = []
        self.round = round

    def add(self, action: A, by: int = 0, *, round: int = 0, on: date = TODAY, co: bool = False, **payload: Any) -> int:
        """Tell one event; its number."""
        told = past_of(len(self.events) + 1, action, round=round or self.round, on=on, payload=payload)
        of_co = CO.id if co else None
        role = Role.SUPERVISOR if action is A.SUPERVISE else told.actor_role
        self.events.append(
            replace(told, actor_id=by, actor_name=NAMES.get(by, ""), actor_role=role, co_handling_id=of_co)
        )
        return len(self.events)

    def bind(self, content_hash: str) -> None:
        """Bind the last event to what was shown."""
        self.events[-1] = replace(self.events[-1], content_hash=content_hash)


@cache
def story(hand: Hand, fates: frozenset[Fate]) -> Story:
    """The story of one handling, in the order in which it could have happened."""
    tell = _Teller(hand.round)
    _tell_before(tell, hand)
    _tell_reading(tell, hand)
    _tell_plan(tell, hand)
    _tell_co(tell, hand)
    if hand.urged == "late":
        tell.add(A.URGE, 11, demand="快")
    _tell_letter(tell, hand)
    _tell_ratings(tell, hand)
    if hand.challenge:
        _tell_challenge(tell, hand)
    if hand.is_coordinated:
        tell.add(A.COORDINATE, 16 if Fate.STAND_IN in fates else 11)
    if hand.paper:
        tell.add(A.ENTER_ON_PAPER, int(hand.paper), entered="rate")
    return Story(tuple(tell.events))


def _tell_reading(tell: _Teller, hand: Hand) -> None:
    for person in sorted(hand.opened):
        tell.add(A.OPEN_ORIGINAL, person, sha256=FILE.sha256)
    for person in sorted(hand.read):
        tell.add(A.READ_ORIGINAL, person)
    for day in range(hand.attempts):
        tell.add(A.RECORD_CONTACT, 12, form="attempt", contacted_on=f"2026-03-0{day + 1}")
    if hand.contact:
        seq = tell.add(A.RECORD_CONTACT, 12, form="visit", contacted_on="2026-03-05")
        if hand.contact == "denied":
            tell.add(A.DENY_CONTACT, 41, contact=str(seq), reason="没有来过")


def _tell_plan(tell: _Teller, hand: Hand) -> None:
    if hand.urged == "early":
        tell.add(A.URGE, 11, demand="快")
    if hand.asked_extension:
        tell.add(A.REQUEST_EXTENSION, 11, months=1)
    if hand.plan:
        units = [str(CO_UNIT)] if hand.plan == "co" else ["none"]
        tell.add(A.SUBMIT_PLAN, 12, measures=[{"request_no": "1"}], hardest="用地", co_units=units)
    if hand.state in _APPROVED:
        tell.add(A.APPROVE_PLAN, 11)
    if hand.is_supervised:
        tell.add(A.SUPERVISE, 51, demand="督办")


def _tell_before(tell: _Teller, hand: Hand) -> None:
    """What earlier rounds left behind."""
    for round in range(1, hand.round):
        tell.add(A.RATE, 41, round=round, overall="dissatisfied", reason="没有办")
        tell.add(A.OPEN_RATING, round=round)
        tell.add(A.ORDER_REDO, 51, round=round, on=LONG_AGO if hand.is_late else TODAY)
    if hand.is_split:
        tell.add(A.SPLIT_REQUESTS, 12, requests=[{"text": "简化手续"}])


def _tell_co(tell: _Teller, hand: Hand) -> None:
    if hand.co is not None and hand.co.state in (CoState.ACCEPTED, CoState.SILENT):
        ended = A.ACCEPT_CO_OPINION if hand.co.state is CoState.ACCEPTED else A.GO_ON_WITHOUT
        tell.add(ended, 12, round=hand.co.round, co=True)


def _tell_letter(tell: _Teller, hand: Hand) -> None:
    letter = hand.letter
    if hand.is_corrected:
        old = Letter(frozenset({41}), has_passage=False, is_promising=False, drafter=12)
        tell.add(A.DRAFT_REPLY, 12, letter=text_of(old))
        tell.add(A.SIGN_REPLY, 11, letter=text_of(old))
        tell.add(A.DISPATCH, 15)
        tell.add(A.CORRECT_REPLY, 11)
    if letter is None:
        return
    text, day = bare(letter), LONG_AGO if letter.is_passage_old else TODAY
    tell.add(A.DRAFT_REPLY, letter.drafter, on=day, letter=text_of(letter))
    if letter.opinion:
        _tell_opinion(tell, letter.opinion, hash_of(text, False))
    if hand.co is not None and hand.co.is_signed:
        tell.add(A.COUNTERSIGN, 21, co=True)
        tell.bind(digest(PASSAGE))
    if hand.is_voided:
        tell.add(A.SIGN_REPLY, 11, letter=text_of(letter))
        tell.add(A.VOID_SIGNATURE, 15)
    if hand.state in _SIGNED:
        tell.add(A.SIGN_REPLY, 11, letter=text_of(letter, is_edited=letter.is_edited))
        tell.bind(hash_of(text, letter.is_edited))
        if letter.signed_opinion:
            _tell_opinion(tell, letter.signed_opinion, hash_of(text, letter.is_edited))
    if hand.state in _SENT:
        tell.add(A.DISPATCH, 15)


def _tell_opinion(tell: _Teller, opinion: str, content_hash: str) -> None:
    tell.add(A.ENDORSE if opinion == "yes" else A.REFUSE_ENDORSEMENT, 14, kind="secrecy", reason="不行")
    tell.bind(content_hash)


def _tell_ratings(tell: _Teller, hand: Hand) -> None:
    for is_open in (True, False):
        for rating in (rating for rating in hand.ratings if rating.is_open is is_open):
            tell.add(A.RATE, rating.by, overall=rating.overall, reason="没有办")
            if rating.is_corrected:
                tell.add(A.CORRECT_RATING, rating.by, overall=rating.overall, reason="没有办")
        if is_open and any(rating.is_open for rating in hand.ratings):
            tell.add(A.OPEN_RATING)


def _tell_challenge(tell: _Teller, hand: Hand) -> None:
    steps = ("asked", "answered", "insisted", "final")
    for said in steps[: steps.index(hand.challenge) + 1]:
        if said in ("asked", "insisted"):
            tell.add(A.CHALLENGE_CLASS, 41, result_class="B")
        else:
            tell.add(A.SETTLE_CLASS, 11, is_final=said == "final")


@cache
def suggestion_facts(words: Words) -> SuggestionFacts:
    """What the deputies wrote, as the guards see it."""
    return replace(
        SUGGESTION,
        state=words.state,
        is_on_paper=words.is_on_paper,
        lead_id=words.lead,
        lead_name=NAMES[words.lead],
        is_lead_gone=words.is_lead_gone,
        cosigners={42: words.joint != "invited"} if words.joint else {},
        first_reply_on=TODAY if words.is_answered else None,
        merged=(MergedFacts(2, "又一件", "同一件事。", 44, NAMES[44]),) if words.other is W.MERGED else (),
    )


@cache
def handling_facts(hand: Hand, at: int) -> HandlingFacts:
    """One handling as the guards see it."""
    begun = LONG_AGO if hand.is_late else TODAY
    return replace(
        HANDLING,
        id=7 + at * 100,
        state=hand.state,
        unit_id=hand.unit,
        unit_name=_UNIT_NAMES[hand.unit],
        round=hand.round,
        handler_id=hand.handler or None,
        assigned_on=begun,
        received_on=begun,
        extended_months=1 if hand.extended else 0,
        extension_asked_on=TODAY if hand.asked_extension else None,
        result_class="A" if hand.letter else None,
    )


@cache
def _co_facts(co: Co, at: int) -> CoFacts:
    due = TODAY - timedelta(days=1) if co.is_late else TODAY + timedelta(days=10)
    return replace(CO, handling_id=7 + at * 100, state=co.state, is_own_invitation=co.is_own, due_on=due)


def facts(case: Case, book: str, actor: Actor, life: Life, at: int = 0, *, is_other: bool = False) -> Facts:
    """The facts of one person acting on one row of the case; `is_other` for the suggestion that may be merged."""
    base = _other(case, book) if is_other else _facts(case, book, life, at)
    is_reviewed = Fate.NO_REVIEWER not in case.fates or base.handling is None or base.handling.unit_id != UNIT
    return but(base, actor=actor, has_reviewer=is_reviewed or actor.role is not Role.CLERK)


def but(facts: Facts, **changes: object) -> Facts:
    """The same facts but for these; dataclasses.replace would take most of the time of a search."""
    found = object.__new__(Facts)
    found.__dict__.update(facts.__dict__, **changes)
    return found


def system_facts(case: Case, book: str, life: Life, at: int = 0) -> Facts:
    """The facts as the system itself judges them."""
    return _facts(case, book, life, at)


_BASE = Facts(actor=SYSTEM, now=NOW, today=TODAY, rulebook=BOOK, calendar=CALENDAR, suggestion=None)


def _other(case: Case, book: str) -> Facts:
    """The facts of the suggestion that may be merged."""
    assert case.words is not None
    assert case.words.other is not None
    alone = replace(SUGGESTION, id=2, state=case.words.other, lead_id=44, cosigners={})
    return replace(_BASE, rulebook=rulebook.load(book), suggestion=alone)


@lru_cache(maxsize=8)
def _facts(case: Case, book: str, life: Life, at: int) -> Facts:
    words, rules = case.words, rulebook.load(book)
    if words is None:
        return replace(_BASE, rulebook=rules)
    handlings = tuple(handling_facts(hand, i) for i, hand in enumerate(case.handlings))
    of_suggestion = suggestion_facts(words)
    if life is Life.SUGGESTION:
        told = _story_of_words(words)
        return replace(_BASE, rulebook=rules, suggestion=of_suggestion, handlings=handlings, story=told)
    hand = case.handlings[at]
    co = None if hand.co is None else _co_facts(hand.co, at)
    return replace(
        _BASE,
        rulebook=rules,
        suggestion=of_suggestion,
        handling=handlings[at],
        co=co if life is Life.CO_HANDLING else None,
        handlings=handlings,
        co_handlings=() if co is None else (co,),
        promises=_promises(hand),
        story=story(hand, case.fates),
    )


@cache
def _promise(said: str, is_reported: bool, is_reopened: bool) -> PromiseFacts:
    return replace(
        PROMISE,
        is_open=said in ("open", "asked"),
        is_released=said == "released",
        is_release_asked=said == "asked",
        is_to_rate=is_reported,
        reopened=int(is_reopened),
    )


def _promises(hand: Hand) -> tuple[PromiseFacts, ...]:
    if not hand.promise:
        return ()
    return (_promise(hand.promise, hand.is_promise_reported, hand.is_promise_reopened),)


def _story_of_words(words: Words) -> Story:
    tell = _Teller(0)
    if words.is_heard:
        tell.add(A.TALK_ALONE, 51)
    if words.joint == "agreed":
        tell.add(A.AGREE_WITHDRAWAL, 42)
    return Story(tuple(tell.events))
