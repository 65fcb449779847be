"""The scenes of the model check: each condition by itself, and the pairs that meet in real life."""

from collections.abc import Mapping
from typing import Any

from suggestions.domain.actions import Action as A
from suggestions.domain.states import CoState
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as W
from tests.domain.model.case import NEXT_UNIT, Case, Co, Fate, Hand, Letter, Rating, Words
from tests.domain.model.scene import CO_STEPS, PROMISES, REDO, Scene

RETURNS = frozenset({A.REASSIGN, A.REQUEST_RETURN, A.GRANT_RETURN, A.REFUSE_RETURN, A.RETRACT_RETURN})
EXTENSIONS = frozenset({A.REQUEST_EXTENSION, A.GRANT_EXTENSION, A.REFUSE_EXTENSION})
WITHDRAWAL = frozenset({A.WITHDRAW, A.TALK_ALONE, A.AGREE_WITHDRAWAL})
MISTAKES = frozenset({A.RECALL_PLAN, A.RECALL_REPLY, A.VOID_SIGNATURE, A.CORRECT_REPLY, A.REFUSE_ENDORSEMENT})
CLASSES = frozenset({A.CHALLENGE_CLASS, A.SETTLE_CLASS})
PAPER = frozenset({A.ENTER_ON_PAPER, A.CONFIRM_ON_PAPER})
JOINT = frozenset({A.INVITE_COSIGNER, A.COSIGN, A.REMOVE_COSIGNER, A.REVISE})
MERGING = frozenset({A.MERGE, A.UNMERGE})
REPORTS = frozenset({A.REPORT_PROMISE, A.RATE_PROMISE})
ELSEWHERE = RETURNS | {A.TRANSFER}
MOVING = frozenset({A.REASSIGN, A.GRANT_RETURN, A.TRANSFER, A.REQUEST_RETURN})

ASSIGNED = Words(W.ASSIGNED)
RECEIVED = Hand(state=S.RECEIVED)
WORKING = Hand(
    state=S.IN_PROGRESS,
    handler=12,
    opened=frozenset({11}),
    read=frozenset({11}),
    is_split=True,
    plan="plain",
    contact="met",
    urged="late",
)
LETTER = Letter(frozenset({41}), has_passage=False, is_promising=False, drafter=12, opinion="yes")
REPLIED = WORKING._replace(state=S.REPLIED, letter=LETTER)
OPENED = (Rating(41, "satisfied", is_open=True),)
FOLLOWED = REPLIED._replace(state=S.FOLLOW_UP, ratings=OPENED, is_coordinated=True)


def begun(*handlings: Hand, words: Words = ASSIGNED) -> tuple[Case, ...]:
    """One case that stands somewhere in the middle."""
    return (Case(words, handlings),)


ANSWERED = Words(W.ASSIGNED, is_answered=True)
FOLLOWED_TOO = FOLLOWED._replace(unit=NEXT_UNIT, is_coordinated=False)
PLANNED_AGAIN = WORKING._replace(state=S.PLANNING, round=2, plan="", urged="")
SECOND_ROUND = RECEIVED._replace(round=2, handler=12, is_split=True)

PRESSED: Mapping[str, Any] = {"is_supervised": True, "is_coordinated": True}
OPINION_OWED = WORKING._replace(plan="co", co=Co())
SILENT_CO = frozenset({A.CANCEL_CO_OPINION})

SINGLE: tuple[Scene, ...] = (
    Scene("平常的一件", extra=JOINT | {A.DECLINE, A.RETURN_FOR_REVISION, A.MERGE, A.UNMERGE}),
    Scene(
        "单位没有审核人",
        fates=frozenset({Fate.NO_REVIEWER}),
        extra=MISTAKES - {A.RECALL_PLAN},
        seeds=begun(WORKING),
        may_edit=True,
    ),
    Scene(
        "协办单位不回话",
        fates=frozenset({Fate.CO_SILENT}),
        extra=CO_STEPS,
        seeds=begun(OPINION_OWED),
        not_relied_on=SILENT_CO,
    ),
    Scene(
        "协办单位没有局长",
        fates=frozenset({Fate.CO_WITHOUT_DIRECTOR}),
        extra=CO_STEPS,
        seeds=begun(OPINION_OWED),
        not_relied_on=SILENT_CO,
    ),
    Scene(
        "代表不说话",
        fates=frozenset({Fate.DEPUTY_SILENT}),
        extra=CLASSES | {A.CORRECT_RATING, A.CHANGE_LEAD, A.DENY_CONTACT},
        seeds=begun(WORKING._replace(contact="")),
        not_relied_on=frozenset({A.CHANGE_LEAD}),
    ),
    Scene("领衔代表去世", fates=frozenset({Fate.DEPUTY_DEAD}), extra=frozenset({A.CHANGE_LEAD, A.RETURN_FOR_REVISION})),
    Scene(
        "承诺办不到",
        fates=frozenset({Fate.PROMISE_IMPOSSIBLE}),
        extra=PROMISES | REPORTS | {A.REOPEN},
        seeds=begun(WORKING),
        may_promise=True,
        may_dislike_promise=True,
    ),
    Scene("承办人调走", fates=frozenset({Fate.HANDLER_GONE}), extra=frozenset({A.RECALL_PLAN})),
    Scene("局长外出，有人主持工作", fates=frozenset({Fate.STAND_IN})),
    Scene("重新办理", extra=REDO | {A.CORRECT_RATING}, seeds=begun(RECEIVED), may_dissatisfy=True),
    Scene("中途撤回", extra=WITHDRAWAL | JOINT, book="shanghai", not_relied_on=frozenset({A.WITHDRAW})),
)

SIDES: tuple[Scene, ...] = (
    Scene("退办、改办和移交", extra=ELSEWHERE, not_relied_on=MOVING, has_clock=True),
    Scene("延期", extra=EXTENSIONS, seeds=begun(RECEIVED), book="zhejiang", has_clock=True),
    Scene("延期不须同意", extra=frozenset({A.REQUEST_EXTENSION}), seeds=begun(RECEIVED), has_clock=True),
    Scene("分类异议", extra=CLASSES | REDO, seeds=begun(REPLIED, words=ANSWERED), may_dissatisfy=True),
    Scene("只有纸质意见", extra=PAPER, fates=frozenset({Fate.DEPUTY_SILENT}), seeds=begun(WORKING)),
    Scene(
        "并案",
        extra=MERGING | REDO | {A.WITHDRAW, A.TALK_ALONE, A.CHANGE_LEAD},
        seeds=begun(WORKING, words=Words(W.ASSIGNED, other=W.SUBMITTED)),
        not_relied_on=frozenset({A.WITHDRAW}),
        may_dissatisfy=True,
    ),
    Scene("分办和恢复办理", extra=frozenset({A.REOPEN}), seeds=begun(FOLLOWED, FOLLOWED_TOO, words=ANSWERED)),
    Scene("增加分办单位", extra=frozenset({A.ADD_UNIT}), seeds=begun(FOLLOWED, words=ANSWERED)),
)

PAIRS: tuple[Scene, ...] = (
    Scene(
        "重新办理中协办单位不回话",
        fates=frozenset({Fate.CO_SILENT}),
        extra=CO_STEPS - {A.SUPERVISE},
        seeds=begun(
            PLANNED_AGAIN._replace(is_supervised=True, co=Co(CoState.ACCEPTED, is_signed=True)), words=ANSWERED
        ),
        plan_names_co=True,
        not_relied_on=SILENT_CO,
    ),
    Scene(
        "重新办理中代表去世",
        fates=frozenset({Fate.DEPUTY_DEAD}),
        extra=frozenset({A.CONCLUDE_DISPUTE, A.CHANGE_LEAD}),
        seeds=begun(SECOND_ROUND, words=ANSWERED),
        may_dissatisfy=True,
    ),
    Scene(
        "重新办理中改办，承诺还没有兑现",
        extra=PROMISES | {A.REASSIGN},
        seeds=(
            *begun(SECOND_ROUND._replace(promise="open"), words=ANSWERED),
            *begun(SECOND_ROUND, words=ANSWERED),
        ),
        not_relied_on=frozenset({A.REASSIGN}),
    ),
    Scene(
        "重新办理中局长外出，没有审核人",
        fates=frozenset({Fate.STAND_IN, Fate.NO_REVIEWER}),
        seeds=begun(SECOND_ROUND, words=ANSWERED),
    ),
    Scene(
        "承办人调走，承诺办不到",
        fates=frozenset({Fate.HANDLER_GONE, Fate.PROMISE_IMPOSSIBLE}),
        extra=PROMISES - {A.ADD_PROMISE} | REPORTS | {A.REOPEN},
        seeds=begun(FOLLOWED._replace(promise="open"), words=ANSWERED),
        may_dislike_promise=True,
        not_relied_on=frozenset({A.FULFIL_PROMISE}),
    ),
    Scene(
        "移交中协办单位不回话",
        fates=frozenset({Fate.CO_SILENT}),
        extra=frozenset({A.RELEASE_CO_OPINION, A.ACCEPT_CO_OPINION, A.COUNTERSIGN, A.GO_ON_WITHOUT}) | {A.TRANSFER},
        seeds=begun(OPINION_OWED._replace(**PRESSED, letter=LETTER, co=Co(CoState.GIVEN))),
        not_relied_on=frozenset({A.TRANSFER}),
    ),
    Scene(
        "并案后撤回，代表不说话",
        fates=frozenset({Fate.DEPUTY_SILENT}),
        extra=frozenset({A.WITHDRAW, A.TALK_ALONE, A.UNMERGE, A.MERGE}),
        seeds=begun(WORKING, words=Words(W.ASSIGNED, other=W.MERGED)),
        not_relied_on=frozenset({A.WITHDRAW, A.UNMERGE}),
    ),
    Scene(
        "撤回以后为并入件办结，承诺被代表重新打开，又办不到",
        fates=frozenset({Fate.PROMISE_IMPOSSIBLE}),
        extra=PROMISES - {A.ADD_PROMISE} | REPORTS | {A.REOPEN},
        seeds=begun(FOLLOWED._replace(promise="kept"), words=Words(W.WITHDRAWN, other=W.MERGED, is_answered=True)),
        may_dislike_promise=True,
    ),
    Scene(
        "复函发出以后增加协办单位，它不回话",
        fates=frozenset({Fate.CO_SILENT}),
        extra=CO_STEPS - {A.SUPERVISE} | {A.ADD_UNIT, A.CORRECT_REPLY},
        seeds=begun(WORKING._replace(**PRESSED)),
        not_relied_on=SILENT_CO,
        adds_only_co=True,
    ),
    Scene(
        "更正复函时换领衔代表，又没有审核人",
        fates=frozenset({Fate.DEPUTY_DEAD, Fate.NO_REVIEWER}),
        extra=MISTAKES - {A.RECALL_PLAN} | {A.CHANGE_LEAD},
        seeds=begun(REPLIED, words=Words(W.ASSIGNED, joint="confirmed", is_answered=True)),
    ),
)

ALL = (*SINGLE, *SIDES, *PAIRS)
