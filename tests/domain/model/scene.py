"""What may happen in one search: which steps are tried, with which words, what may befall people, where it begins."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from suggestions.domain import paper
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.states import CoState
from suggestions.domain.states import HandlingState as S
from tests.domain.making import FILE
from tests.domain.model.case import NEXT_UNIT, UNIT, Case, Fate, Hand, handlers_of
from tests.domain.model.plain import EARLY

STRAIGHT = frozenset(
    {
        *(A.DRAFT, A.SUBMIT, A.ASSIGN, A.RECEIVE, A.OPEN_ORIGINAL, A.READ_ORIGINAL, A.SPLIT_REQUESTS, A.SUBMIT_PLAN),
        *(A.APPROVE_PLAN, A.RECORD_CONTACT, A.URGE, A.DRAFT_REPLY, A.ENDORSE, A.SUBMIT_REPLY, A.SIGN_REPLY),
        *(A.DISPATCH, A.RATE, A.OPEN_RATING, A.LAPSE_RATING, A.COORDINATE, A.CLOSE, A.NAME_HANDLER),
        *(A.RETURN_REPLY, A.RETURN_PLAN),
    }
)
CO_STEPS = frozenset(
    {
        *(A.GIVE_CO_OPINION, A.RETURN_CO_OPINION, A.RELEASE_CO_OPINION, A.ACCEPT_CO_OPINION, A.SEND_BACK_CO_OPINION),
        *(A.COUNTERSIGN, A.GO_ON_WITHOUT, A.CANCEL_CO_OPINION, A.SUPERVISE),
    }
)
PROMISES = frozenset({A.ADD_PROMISE, A.FULFIL_PROMISE, A.RELEASE_PROMISE, A.AGREE_RELEASE})
REDO = frozenset({A.ORDER_REDO, A.CONCLUDE_DISPUTE})
INERT: Mapping[A, str] = {
    A.CONFIRM_CONTACT: "a contact counts until it is denied",
    A.RECORD_PROGRESS: "a note",
    A.RECORD_DELIVERY: "moves a term, and terms end by themselves",
    A.ATTACH: "a note",
    A.COMMENT: "a note",
    A.LIGHT_UP: "an urging",
    A.PROPOSE: "binds nobody",
    A.ANSWER_URGING: "an answer to one",
    A.MARK_KEY: "a mark",
    A.MARK_CROSS_YEAR: "a mark",
    A.PLAN_SUPERVISION: "says who leads the supervision",
    A.REPORT_SUPERVISION: "a note",
    A.CHANGE_PROMISE: "another day for what stays open",
    A.DRAFT_PUBLIC_TEXT: "publication ends nothing and keeps nothing open",
    A.PUBLISH: "the same",
    A.WITHHOLD: "the same",
    A.DISSENT: "the same as a countersignature",
    A.NOTE_MERGER: "says in the other record what the merger did",
    A.IMPORT_HANDOVER: "begins as an assignment does",
    A.IMPORT_PAST: "begins at an end",
    A.KEEP_PAST: "the same, for its handling",
    A.RECORD_OFFLINE: "an end at once",
    A.DECLINE_COSIGNING: "what the lead could do too",
    A.REFUSE_RELEASE: "the promise is as before it was asked",
    A.REDATE: "another day for the terms that run",
    A.REMIND: "a message",
}
"""Actions that change nothing on which a later step or an end depends, and why."""
CAUSED = frozenset(
    {A.BEGIN, A.WAIVE_RATING, A.COMPLETE, A.TERMINATE, A.REINVITE_CO_OPINION, A.INVITE_CO_OPINION, A.NOTE_MERGER}
)
"""What the system does only as part of another step."""


@dataclass(frozen=True)
class Scene:
    """What may happen in one search: side steps beside the straight way, what may befall people, where it begins."""

    name: str
    extra: frozenset[A] = frozenset()
    fates: frozenset[Fate] = frozenset()
    not_relied_on: frozenset[A] = frozenset()
    """Steps that people may take, but on which no way out may rest."""
    book: str = "chongqing"
    seeds: tuple[Case, ...] = (Case(),)
    with_co: bool = False
    plan_names_co: bool = False
    may_dissatisfy: bool = False
    may_dislike_promise: bool = False
    adds_only_co: bool = False
    may_promise: bool = False
    may_edit: bool = False
    has_clock: bool = False

    @property
    def actions(self) -> frozenset[A]:
        """Every action that is tried."""
        return STRAIGHT | self.extra


def _overalls(scene: Scene) -> Iterator[dict[str, Any]]:
    yield {"overall": "satisfied"}
    if scene.may_dissatisfy:
        yield {"overall": "dissatisfied"}


def _drafts(scene: Scene, hand: Hand) -> Iterator[dict[str, Any]]:
    is_named = hand.co is not None and hand.co.state is not CoState.CANCELLED
    for promises in (False, True) if scene.may_promise else (False,):
        yield {"promises": promises, "passages": is_named}


def _added(case: Case, scene: Scene) -> Iterator[dict[str, Any]]:
    if len(case.handlings) < 2 and not scene.adds_only_co:
        yield {"role": "main", "unit": str(NEXT_UNIT)}
    for at, hand in enumerate(case.handlings):
        if scene.adds_only_co and hand.co is None and hand.state in EARLY:
            yield {"role": "co", "handling": str(at)}


def choices(action: A, scene: Scene, case: Case, at: int, facts: Facts) -> Iterable[dict[str, Any]]:  # noqa: C901, PLR0912
    """The words with which a step is tried; none where the form would have nothing to choose from."""
    hand = case.handlings[at] if case.handlings else Hand()
    open_promise: list[dict[str, Any]] = [{}] if hand.promise in ("open", "asked") else []
    match action:
        case A.ASSIGN:
            return [{"main_units": ["1"], "co_units": ["2"] if scene.with_co else []}]
        case A.REASSIGN | A.GRANT_RETURN | A.TRANSFER:
            is_first = hand.unit == UNIT and len(case.handlings) == 1
            return [{"unit": str(NEXT_UNIT)}] if is_first else []
        case A.READ_ORIGINAL if hand.state is S.RECEIVED:
            return [{"handler": str(handlers_of(hand.unit, case.fates)[0])}]
        case A.OPEN_ORIGINAL:
            return [{"sha256": FILE.sha256}]
        case A.NAME_HANDLER:
            return [{"handler": str(id)} for id in handlers_of(hand.unit, case.fates)[:1] if id != hand.handler]
        case A.RECORD_CONTACT:
            if Fate.DEPUTY_DEAD in case.fates:
                return [{"form": "attempt"}]
            return (
                [{"form": "visit"}] if A.DENY_CONTACT not in scene.extra else [{"form": "visit"}, {"form": "attempt"}]
            )
        case A.DENY_CONTACT:
            return [{}] if hand.contact == "met" else []
        case A.SUBMIT_PLAN:
            measures = [{"request_no": "1"}]
            named = [["none"]] if not scene.plan_names_co else [["none"], ["2"]]
            return [{"measures": measures, "co_units": units} for units in named]
        case A.DRAFT_REPLY:
            return _drafts(scene, hand)
        case A.ENDORSE | A.REFUSE_ENDORSEMENT:
            return [{"kind": kind} for kind in facts.endorses]
        case A.SIGN_REPLY:
            return [{}, {"opening": "局长改过的开头。"}] if scene.may_edit else [{}]
        case A.RATE | A.CORRECT_RATING:
            return _overalls(scene)
        case A.ADD_PROMISE:
            return [{}] if not hand.promise else []
        case A.FULFIL_PROMISE:
            return [] if Fate.PROMISE_IMPOSSIBLE in case.fates else open_promise
        case A.RELEASE_PROMISE:
            return open_promise
        case A.AGREE_RELEASE:
            return [{}] if hand.promise == "asked" else []
        case A.REPORT_PROMISE:
            return [{}] if hand.promise and hand.promise != "released" else []
        case A.RATE_PROMISE:
            scores = ("satisfied", "dissatisfied") if scene.may_dislike_promise else ("satisfied",)
            return [{"score": score} for score in scores] if hand.is_promise_reported else []
        case A.CONFIRM_ON_PAPER:
            return [{"entry": str(entry.seq)} for entry in paper.waiting(facts.story)]
        case A.ADD_UNIT:
            return _added(case, scene)
        case A.INVITE_COSIGNER | A.REMOVE_COSIGNER:
            assert case.words is not None
            return [{}] if bool(case.words.joint) is (action is A.REMOVE_COSIGNER) else []
        case A.CHANGE_LEAD:
            assert case.words is not None
            return [{}] if case.words.lead == 41 else []
        case A.INVITE_CO_OPINION:
            return [{}] if hand.co is None else []
        case _:
            return [{}]
