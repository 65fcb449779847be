"""What must be true before a step: each guard's sentence appears, and disappears when the thing is done."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import FunctionType, ModuleType
from typing import Any

import pytest

from suggestions.domain import guards
from suggestions.domain import letter as letters
from suggestions.domain.actions import Action as A
from suggestions.domain.canonical import digest
from suggestions.domain.facts import FileFacts
from suggestions.domain.guards import GUARDS, missing
from suggestions.domain.states import CoState
from suggestions.domain.story import Past
from tests.domain.making import CO, FILE, HANDLING, PROMISE, REQUESTS, SUGGESTION, answer, facts, letter, past

ROUND_TWO = replace(HANDLING, round=2)
OPENED = past(3, A.OPEN_ORIGINAL, payload={"sha256": FILE.sha256})
READ = past(4, A.READ_ORIGINAL, payload={"remark": "先办"})
APPROVED = past(6, A.APPROVE_PLAN, payload={"remark": "可"})
URGED = past(9, A.URGE, payload={"demand": "明天回"})
COORDINATED = past(22, A.COORDINATE, payload={"with_whom": "住建委"})


def contact(seq: int, form: str = "visit", on: str = "2026-03-01", **more: Any) -> Past:
    return past(seq, A.RECORD_CONTACT, "named_handler", payload={"form": form, "contacted_on": on}, **more)


def draft(seq: int = 12, who: str = "named_handler", round: int = 1, on: date = date(2026, 3, 1), **words: Any) -> Past:
    text = letter(**words)
    bound = letters.content_hash(text)
    return past(seq, A.DRAFT_REPLY, who, payload={"letter": text}, content_hash=bound, round=round, on=on)


def endorsed(seq: int = 13, action: A = A.ENDORSE, kind: str = "secrecy", **words: Any) -> Past:
    payload = {"kind": kind, "opinion": "可公开", "reason": "有住址"}
    return past(seq, action, "reviewer", payload=payload, content_hash=letters.content_hash(letter(**words)))


def signed(seq: int = 15, bound: str | None = None, **words: Any) -> Past:
    text = letter(**words)
    found = bound or letters.content_hash(text)
    return past(seq, A.SIGN_REPLY, payload={"letter": text, "remark": "发"}, content_hash=found)


def co_signed(passage: str, action: A = A.COUNTERSIGN, co_id: int = CO.id) -> Past:
    return past(14, action, "co_handler", co_handling_id=co_id, content_hash=digest(passage))


PASSAGE = "区人力社保局已核定配套用房两处。"
WITH_PASSAGE: Mapping[str, Any] = {"passages": [{"co_handling": str(CO.id), "text": PASSAGE}]}
# Everything that submitting a reply asks for.
READY = (REQUESTS, contact(3), APPROVED, URGED, draft(), endorsed())
NO_CONTACT = "还差：还没有联系过代表；联系一次，或者在三个不同的日子各记一次未接通。"
DENIED = NO_CONTACT.replace("代表；", "代表（记过的联系被代表否认）；")
DIFFERS = "签批的正文与局长签的不一致，不能发出，请报告审计员。"
NOT_PRESSED = "还差：方案审定以后，局长本人还没有督促过（督促、听取汇报或现场检查至少一次）。"
NO_SECRECY = "还差：这一稿没有保密审核意见，请审核人审。"


def replaced(*story: Past) -> tuple[Past, ...]:
    """The ready story with these events in place of those of the same actions, by order of number."""
    gone = {e.action for e in story}
    return tuple(sorted((*(e for e in READY if e.action not in gone), *story), key=lambda e: e.seq))


def lacking(*actions: A) -> tuple[Past, ...]:
    """The ready story without the events of these actions."""
    return tuple(e for e in READY if e.action not in actions)


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, []),
        ({"title": " "}, ["还差：没有标题。"]),
        ({"content": "\n"}, ["还差：没有正文。"]),
        ({"lead_id": None}, ["还差：没有领衔代表。"]),
        ({"is_on_paper": True, "files": ()}, ["还差：纸质建议没有附扫描件。"]),
        ({"is_on_paper": True}, []),
        (
            {"cosigners": {42: False, 43: False, 44: True}},
            ["还差：有2位联名代表没有本人确认；等他们确认，或者取消邀请。"],
        ),
        ({"title": "", "lead_id": None}, ["还差：没有标题。", "还差：没有领衔代表。"]),
    ],
)
def test_submit(changes: dict[str, Any], sentences: list[str]) -> None:
    assert missing(A.SUBMIT, facts("lead_deputy", suggestion=replace(SUGGESTION, **changes))) == sentences


def test_read_original_needs_every_file_opened_by_the_directors_own_account() -> None:
    second = FileFacts(2, "附件.pdf", "b" * 64)
    two = replace(SUGGESTION, files=(FILE, second))
    by_another = past(3, A.OPEN_ORIGINAL, "named_handler", payload={"sha256": FILE.sha256})
    one, other = (f"还差：《{name}》还没有用您本人的账号打开看完。" for name in ("第001号.docx", "附件.pdf"))
    assert missing(A.READ_ORIGINAL, facts("director", by_another, suggestion=two)) == [one, other]
    assert missing(A.READ_ORIGINAL, facts("director", OPENED, suggestion=two)) == [other]
    also = past(5, A.OPEN_ORIGINAL, payload={"sha256": second.sha256})
    assert missing(A.READ_ORIGINAL, facts("director", OPENED, also, suggestion=two)) == []


def test_submit_plan_needs_requests_and_a_measure_for_each() -> None:
    none = facts("named_handler", words={"measures": []})
    assert missing(A.SUBMIT_PLAN, none) == ["还差：还没有拆分诉求。"]
    one = facts("named_handler", REQUESTS, words={"measures": [{"request_no": "2"}]})
    assert missing(A.SUBMIT_PLAN, one) == ["还差：第1条诉求没有措施、责任人和日期。"]
    both = facts("named_handler", REQUESTS, words={"measures": [{"request_no": "2"}, {"request_no": "1"}]})
    assert missing(A.SUBMIT_PLAN, both) == []


@pytest.mark.parametrize("action", [A.APPROVE_PLAN, A.SIGN_REPLY])
def test_who_approves_or_signs_has_read_the_original_in_this_round(action: A) -> None:
    sentence = ["还差：您本人还没有阅看原件。"]
    assert missing(action, facts("director")) == sentence
    assert missing(action, facts("director", past(4, A.READ_ORIGINAL, "foreign_director"))) == sentence
    assert missing(action, facts("director", READ, handling=ROUND_TWO)) == sentence
    assert missing(action, facts("director", READ)) == []


@pytest.mark.parametrize(
    ("story", "sentences"),
    [
        (READY, []),
        (lacking(A.RECORD_CONTACT), [NO_CONTACT]),
        (
            (*READY, past(30, A.DENY_CONTACT, "lead_deputy", payload={"contact": "3"})),
            [DENIED],
        ),
        ((*READY, past(30, A.CONFIRM_CONTACT, "lead_deputy", payload={"contact": "3"})), []),
        (replaced(contact(3, "attempt", "2026-03-01"), contact(4, "attempt", "2026-03-02")), [NO_CONTACT]),
        (replaced(*(contact(seq, "attempt", "2026-03-01") for seq in (3, 4, 5))), [NO_CONTACT]),
        (replaced(*(contact(seq, "attempt", f"2026-03-0{seq}") for seq in (3, 4, 5))), []),
        (lacking(A.URGE), [NOT_PRESSED]),
        (replaced(replace(URGED, seq=5)), [NOT_PRESSED]),
        (lacking(A.ENDORSE), [NO_SECRECY]),
        (replaced(endorsed(closing="另一稿。")), [NO_SECRECY]),
        (replaced(endorsed(kind="legal")), [NO_SECRECY]),
        ((*READY, endorsed(20, A.REFUSE_ENDORSEMENT)), ["还差：保密审核没有通过：有住址"]),
        ((*READY, endorsed(20, A.REFUSE_ENDORSEMENT), endorsed(21)), []),
        (lacking(A.DRAFT_REPLY), ["还差：还没有起草复函。"]),
        ((REQUESTS,), [NO_CONTACT, "还差：还没有起草复函。", NOT_PRESSED]),
        ((), [NO_CONTACT, "还差：还没有起草复函。", NOT_PRESSED]),
        ((REQUESTS, draft()), [NO_CONTACT, NO_SECRECY, NOT_PRESSED]),
    ],
)
def test_submit_reply(story: tuple[Past, ...], sentences: list[str]) -> None:
    assert missing(A.SUBMIT_REPLY, facts("named_handler", *story)) == sentences


def test_what_the_first_round_had_does_not_count_in_the_second() -> None:
    assert missing(A.SUBMIT_REPLY, facts("named_handler", *READY, handling=ROUND_TWO)) == [
        NO_CONTACT,
        "还差：还没有起草复函。",
        NOT_PRESSED,
    ]


@pytest.mark.parametrize(
    ("co", "story", "sentences"),
    [
        (CoState.INVITED, (), ["还差：区人力社保局的协办意见还没有到或者还没有采用。"]),
        (CoState.RELEASED, (), ["还差：区人力社保局的协办意见还没有到或者还没有采用。"]),
        (CoState.SILENT, (), []),
        (CoState.CANCELLED, (), []),
        (CoState.ACCEPTED, (), ["还差：区人力社保局还没有会签复函中写到它的那一段。"]),
        (CoState.ACCEPTED, (co_signed("改过的一段。"),), ["还差：区人力社保局还没有会签复函中写到它的那一段。"]),
        (CoState.ACCEPTED, (co_signed(PASSAGE, co_id=8),), ["还差：区人力社保局还没有会签复函中写到它的那一段。"]),
        (CoState.ACCEPTED, (co_signed(PASSAGE),), []),
        (CoState.ACCEPTED, (co_signed(PASSAGE, A.DISSENT),), []),
    ],
)
def test_every_co_opinion_is_settled_before_the_reply_is_submitted(
    co: CoState, story: tuple[Past, ...], sentences: list[str]
) -> None:
    ready = replaced(draft(on=date(2026, 3, 9), **WITH_PASSAGE), endorsed(**WITH_PASSAGE))
    judged = facts("named_handler", *ready, *story, co_handlings=(replace(CO, state=co),))
    assert missing(A.SUBMIT_REPLY, judged) == sentences


def test_a_letter_that_does_not_speak_of_the_co_unit() -> None:
    judged = facts("named_handler", *READY, co_handlings=(CO,))
    assert missing(A.SUBMIT_REPLY, judged) == ["还差：复函没有写到区人力社保局的意见。"]


def test_who_lets_the_days_pass_has_not_countersigned_and_holds_nothing_up() -> None:
    ready = replaced(draft(on=date(2026, 3, 2), **WITH_PASSAGE), endorsed(**WITH_PASSAGE))
    waiting = facts("named_handler", *ready, co_handlings=(CO,), today=date(2026, 3, 9))
    assert missing(A.SUBMIT_REPLY, waiting) == ["还差：区人力社保局还没有会签复函中写到它的那一段。"]
    assert missing(A.SUBMIT_REPLY, replace(waiting, today=date(2026, 3, 10))) == []


@pytest.mark.parametrize("action", [A.ENDORSE, A.REFUSE_ENDORSEMENT])
def test_nobody_endorses_the_own_draft(action: A) -> None:
    assert missing(action, facts("reviewer")) == ["还没有可以审核的稿子。"]
    assert missing(action, facts("reviewer", draft(who="reviewer"))) == ["这一稿是您自己起草的，要由别人审核。"]
    assert missing(action, facts("reviewer", draft(), handling=ROUND_TWO)) == ["还没有可以审核的稿子。"]
    assert missing(action, facts("reviewer", draft())) == []


def test_sign_reply_asks_the_text_guards_again_for_the_text_that_is_shown() -> None:
    judged = facts("director", READ, *READY)
    assert missing(A.SIGN_REPLY, judged) == []
    emptied = replace(judged, words={"remark": "发", "answer_2": " "})
    assert missing(A.SIGN_REPLY, emptied) == ["还差：第2条诉求没有答复。"]
    promising = replace(judged, words={"remark": "发", "answer_1": "我局将在6月底前建成电梯20部。"})
    sentence = "还差：“我局将在6月底前建成电梯20部。”说的是以后的事，请记入承诺，或者在起草页注明为什么不是承诺。"
    assert missing(A.SIGN_REPLY, promising) == [sentence]
    assert missing(A.SIGN_REPLY, replace(promising, promises=(PROMISE,))) == []


def test_dispatch_needs_the_signed_content_unchanged_and_endorsed() -> None:
    assert missing(A.DISPATCH, facts("clerk", *READY)) == ["还差：没有签批。"]
    assert missing(A.DISPATCH, facts("clerk", *READY, signed())) == []
    edited: dict[str, Any] = {"answers": answer("手续已由七项减为两项。")}
    again = "还差：局长签批时改了文字，要在签批的这一稿上再做一次保密审核。"
    assert missing(A.DISPATCH, facts("clerk", *READY, signed(**edited))) == [again]
    assert missing(A.DISPATCH, facts("clerk", *READY, signed(**edited), endorsed(16, **edited))) == []
    refused = endorsed(16, A.REFUSE_ENDORSEMENT, **edited)
    assert missing(A.DISPATCH, facts("clerk", *READY, signed(**edited), refused)) == [
        "还差：签批的这一稿保密审核没有通过。"
    ]
    assert missing(A.DISPATCH, facts("clerk", *READY, signed(bound="f" * 64))) == [DIFFERS]


def test_a_rating_is_corrected_once() -> None:
    rated, corrected = past(19, A.RATE, "lead_deputy"), past(20, A.CORRECT_RATING, "lead_deputy")
    nothing = ["您没有还封存着的评价可以更正。"]
    assert missing(A.CORRECT_RATING, facts("lead_deputy", rated)) == []
    assert missing(A.CORRECT_RATING, facts("lead_deputy", rated, past(21, A.OPEN_RATING, "system"))) == nothing
    assert missing(A.CORRECT_RATING, facts("lead_deputy", rated, corrected)) == ["评价已经更正过一次，不能再改。"]
    assert missing(A.CORRECT_RATING, facts("lead_deputy", rated, corrected, handling=ROUND_TWO)) == nothing


def test_a_redo_is_ordered_once() -> None:
    assert missing(A.ORDER_REDO, facts("supervisor")) == []
    sentence = ["已经重新办理过1次；请召集双方，作出协调结论。"]
    assert missing(A.ORDER_REDO, facts("supervisor", handling=ROUND_TWO)) == sentence


@pytest.mark.parametrize(("day", "is_free"), [(1, False), (7, False), (8, True)])
def test_the_lamp_is_lit_once_in_seven_days(day: int, is_free: bool) -> None:
    lit = past(8, A.LIGHT_UP, "lead_deputy", on=date(2026, 3, 1))
    found = missing(A.LIGHT_UP, facts("lead_deputy", lit, today=date(2026, 3, day)))
    assert found == ([] if is_free else ["3月1日刚亮过灯，7天内只能亮一次；可以直接打电话。"])


def test_close_needs_all_five_seals_of_this_round_and_no_open_promise() -> None:
    seals = [f"还差：“亲自{name}”还没有做。" for name in ("阅原件", "审方案", "督促", "签复函", "协调")]
    assert missing(A.CLOSE, facts("director")) == seals
    story = (READ, APPROVED, URGED, signed(), COORDINATED)
    assert missing(A.CLOSE, facts("director", *story)) == []
    for at, sentence in enumerate(seals):
        rest = story[:at] + story[at + 1 :]
        assert missing(A.CLOSE, facts("director", *rest)) == [sentence]
    assert missing(A.CLOSE, facts("director", *story, handling=ROUND_TWO)) == seals
    open_promise = "还差：承诺第1项“建成电梯20部”没有兑现，2026年6月30日到期。"
    assert missing(A.CLOSE, facts("director", *story, promises=(PROMISE,))) == [open_promise]
    assert missing(A.CLOSE, facts("director", *story, promises=(replace(PROMISE, is_open=False),))) == []


def test_close_needs_a_coordination_after_the_plan() -> None:
    early = replace(COORDINATED, seq=5)
    story = (READ, early, APPROVED, URGED, signed())
    assert missing(A.CLOSE, facts("director", *story)) == ["还差：协调要在方案审定之后再做一次。"]
    assert missing(A.CLOSE, facts("director", *story, COORDINATED)) == []


def test_every_guard_stands_before_some_step() -> None:
    used = {guard for row in GUARDS.values() for guard in row} | {guards.guard.acts_in_person}
    written = {
        value
        for stage in vars(guards).values()
        if isinstance(stage, ModuleType) and stage.__name__.startswith(guards.__name__)
        for name, value in vars(stage).items()
        if not name.startswith("_") and isinstance(value, FunctionType) and value.__module__ == stage.__name__
    }
    assert used == written
