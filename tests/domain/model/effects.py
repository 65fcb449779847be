"""Where each step leads the abstract case: written from the workflow paper, independent of the use cases."""

from collections.abc import Callable, Mapping
from typing import Any

from suggestions.domain import lifecycle, rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.states import FINAL, CoState, Life
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as W
from tests.domain.model import plain, telling
from tests.domain.model.case import NEXT_UNIT, Case, Co
from tests.domain.model.plain import Taken


def moved(taken: Taken) -> Case:
    """The case after a step: the state as the row says, then what the step does beside moving."""
    step, case = taken.step, taken.case
    if step.to is not None and not step.is_start:
        match step.life:
            case Life.SUGGESTION:
                case = case.with_words(state=step.to)
            case Life.HANDLING:
                case = case.with_hand(taken.at, state=step.to)
            case Life.CO_HANDLING:
                case = case.with_co(taken.at, state=step.to)
    effect = EFFECTS.get((step.life, step.action))
    return case if effect is None else effect(taken._replace(case=case))


def cause(case: Case, book: str, life: Life, action: A, at: int = 0) -> Case:
    """A step of the system, by the real row; NotNow or NotAllowed where the house could not take it."""
    facts = telling.system_facts(case, book, life, at)
    found = {Life.SUGGESTION: facts.suggestion, Life.HANDLING: facts.handling, Life.CO_HANDLING: facts.co}[life]
    state = None if found is None else found.state
    row = lifecycle.row_for(life, action, state, facts)
    return moved(Taken(case, book, row, at, facts, {}))


def _hand(**changes: Any) -> Callable[[Taken], Case]:
    return lambda t: t.case.with_hand(t.at, **changes)


def _words(**changes: Any) -> Callable[[Taken], Case]:
    return lambda t: t.case.with_words(**changes)


def _co(**changes: Any) -> Callable[[Taken], Case]:
    return lambda t: t.case.with_co(t.at, **changes)


def _change_lead(t: Taken) -> Case:
    words, case = t.of_suggestion, t.case
    if words.joint in ("confirmed", "agreed"):
        return case.with_words(lead=42, joint="")
    case = case.with_words(is_lead_gone=True)
    if words.other is not W.MERGED:
        for at, hand in enumerate(case.handlings):
            if hand.state is S.REPLIED:
                case = cause(case, t.book, Life.HANDLING, A.WAIVE_RATING, at)
    return case


def _withdraw(t: Taken) -> Case:
    case = t.case
    if t.of_suggestion.other is W.MERGED:
        return case
    for at, hand in enumerate(case.handlings):
        if hand.state not in FINAL:
            case = cause(case, t.book, Life.HANDLING, A.TERMINATE, at)
    return case


def _terminate(t: Taken) -> Case:
    case = t.case.with_hand(t.at, asked_extension=False)
    if t.hand.co is not None and t.hand.co.state not in FINAL:
        case = cause(case, t.book, Life.CO_HANDLING, A.CANCEL_CO_OPINION, t.at)
    return case


def _approve(t: Taken) -> Case:
    co = t.hand.co
    if t.hand.plan != "co":
        return t.case
    if co is None:
        return t.case.with_hand(t.at, co=Co(is_own=True))
    is_over = co.state in (CoState.ACCEPTED, CoState.SILENT) and co.round < t.hand.round
    if co.state is CoState.CANCELLED or is_over:
        return cause(t.case, t.book, Life.CO_HANDLING, A.REINVITE_CO_OPINION, t.at)
    return t.case


def _ask_extension(t: Taken) -> Case:
    case = t.case.with_hand(t.at, asked_extension=True)
    if rulebook.load(t.book).extension_needs_consent:
        return case
    return cause(case, t.book, Life.HANDLING, A.GRANT_EXTENSION, t.at)


def _dispatch(t: Taken) -> Case:
    case = t.case.with_words(is_answered=True)
    return case if t.facts.lead_names else cause(case, t.book, Life.HANDLING, A.WAIVE_RATING, t.at)


def _close(t: Taken) -> Case:
    is_last = all(hand.state in FINAL for hand in t.case.handlings)
    if t.of_suggestion.state is W.ASSIGNED and is_last:
        return cause(t.case, t.book, Life.SUGGESTION, A.COMPLETE)
    return t.case


def _reopen(t: Taken) -> Case:
    if t.of_suggestion.state is W.CLOSED:
        return cause(t.case, t.book, Life.SUGGESTION, A.REOPEN)
    return t.case


_H, _C, _S = Life.HANDLING, Life.CO_HANDLING, Life.SUGGESTION
EFFECTS: Mapping[tuple[Life, A], Callable[[Taken], Case]] = {
    (_S, A.DRAFT): plain.draft,
    (_S, A.REVISE): plain.revise,
    (_S, A.INVITE_COSIGNER): lambda t: t.case.with_words(
        joint="confirmed" if t.of_suggestion.is_on_paper else t.of_suggestion.joint or "invited"
    ),
    (_S, A.COSIGN): _words(joint="confirmed"),
    (_S, A.REMOVE_COSIGNER): _words(joint=""),
    (_S, A.ASSIGN): plain.assign,
    (_S, A.ADD_UNIT): plain.add_unit,
    (_S, A.CHANGE_LEAD): _change_lead,
    (_S, A.TALK_ALONE): _words(is_heard=True),
    (_S, A.AGREE_WITHDRAWAL): _words(joint="agreed"),
    (_S, A.WITHDRAW): _withdraw,
    (_H, A.REASSIGN): plain.next_unit,
    (_H, A.GRANT_RETURN): plain.next_unit,
    (_H, A.OPEN_ORIGINAL): lambda t: t.case.with_hand(t.at, opened=t.hand.opened | {t.by}),
    (_H, A.READ_ORIGINAL): plain.read,
    (_H, A.NAME_HANDLER): lambda t: t.case.with_hand(t.at, handler=int(t.words["handler"])),
    (_H, A.SPLIT_REQUESTS): _hand(is_split=True),
    (_H, A.SUBMIT_PLAN): lambda t: t.case.with_hand(t.at, plan="co" if "2" in t.words["co_units"] else "plain"),
    (_H, A.APPROVE_PLAN): _approve,
    (_H, A.INVITE_CO_OPINION): _hand(co=Co(is_own=True)),
    (_H, A.RECORD_CONTACT): plain.contact,
    (_H, A.DENY_CONTACT): _hand(contact="denied"),
    (_H, A.URGE): plain.urge,
    (_H, A.SUPERVISE): _hand(is_supervised=True),
    (_H, A.REQUEST_EXTENSION): _ask_extension,
    (_H, A.GRANT_EXTENSION): _hand(asked_extension=False, extended=True),
    (_H, A.REFUSE_EXTENSION): _hand(asked_extension=False),
    (_H, A.DRAFT_REPLY): plain.draft_reply,
    (_H, A.ENDORSE): plain.opinion("yes"),
    (_H, A.REFUSE_ENDORSEMENT): plain.opinion("no"),
    (_H, A.SIGN_REPLY): plain.sign,
    (_H, A.VOID_SIGNATURE): plain.void,
    (_H, A.DISPATCH): _dispatch,
    (_H, A.CORRECT_REPLY): _hand(letter=None, is_voided=False, is_corrected=True),
    (_H, A.RATE): plain.rate,
    (_H, A.CORRECT_RATING): plain.rate,
    (_H, A.OPEN_RATING): plain.open,
    (_H, A.ORDER_REDO): plain.redo,
    (_H, A.COORDINATE): _hand(is_coordinated=True),
    (_H, A.ADD_PROMISE): _hand(promise="open"),
    (_H, A.FULFIL_PROMISE): _hand(promise="kept"),
    (_H, A.REPORT_PROMISE): _hand(is_promise_reported=True),
    (_H, A.RATE_PROMISE): plain.rate_promise,
    (_H, A.RELEASE_PROMISE): _hand(promise="asked"),
    (_H, A.AGREE_RELEASE): _hand(promise="released"),
    (_H, A.CHALLENGE_CLASS): plain.challenge,
    (_H, A.SETTLE_CLASS): plain.settle,
    (_H, A.ENTER_ON_PAPER): lambda t: t.case.with_hand(t.at, paper=str(t.by)),
    (_H, A.CONFIRM_ON_PAPER): _hand(paper=""),
    (_H, A.TRANSFER): _hand(unit=NEXT_UNIT, handler=0),
    (_H, A.TERMINATE): _terminate,
    (_H, A.CLOSE): _close,
    (_H, A.REOPEN): _reopen,
    (_C, A.SEND_BACK_CO_OPINION): _co(is_late=False),
    (_C, A.REINVITE_CO_OPINION): _co(is_late=False, is_own=True, is_signed=False),
    (_C, A.ACCEPT_CO_OPINION): lambda t: t.case.with_co(t.at, round=t.hand.round),
    (_C, A.GO_ON_WITHOUT): lambda t: t.case.with_co(t.at, round=t.hand.round),
    (_C, A.COUNTERSIGN): _co(is_signed=True),
    (_C, A.DISSENT): _co(is_signed=True),
}
