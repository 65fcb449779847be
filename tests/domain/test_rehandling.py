"""Handled anew: requests find their earlier answers, edits are marked on their side, a copied answer is called one."""

from datetime import UTC, datetime
from typing import Any

from suggestions.domain.actions import Action as A
from suggestions.domain.rehandling import Comparison, compare, smoothed
from suggestions.domain.story import Past, Story

LIGHTS = "建议在老街加装路灯"
CARE = "建议增加社区日间照料床位"
NEW = "建议公布每个站点的开放时间"


def past(seq: int, action: A, round: int, **payload: Any) -> Past:
    at = datetime(2026, 3, seq, tzinfo=UTC)
    return Past(seq, action, round, 1, "韩冬梅", "科长", "区民政局", at, at.date(), payload)


def letter(*answers: tuple[int, str, str], requests: tuple[str, ...], result_class: str = "B") -> dict[str, Any]:
    rows = [{"request_no": str(no), "text": text, "result_class": mark, "proof": "批复"} for no, text, mark in answers]
    return {"answers": rows, "requests": list(requests), "result_class": result_class}


FIRST = letter((1, "老街的路灯将逐步加装。", "B"), (2, "已经增加床位二十张，全部开放。", "A"), requests=(LIGHTS, CARE))
SECOND = letter(
    (1, "已经增加床位二十张，全部开放。", "A"),
    (2, "老街的路灯已经加装四十盏。", "A"),
    (3, "开放时间已经公布。", "A"),
    requests=(CARE, LIGHTS, NEW),
    result_class="A",
)


def story(*more: Past) -> Story:
    scores = [
        {"request_no": "1", "score": "dissatisfied", "reason": "还是黑的"},
        {"request_no": "2", "score": "satisfied"},
    ]
    return Story(
        (
            past(1, A.ADD_PROMISE, 1, number=1, measure="加装路灯", owner="韩冬梅", due_on="2026-06-30"),
            past(2, A.SIGN_REPLY, 1, letter=FIRST),
            past(3, A.DISPATCH, 1, document_number="云山民政函〔2026〕1号"),
            past(4, A.RATE, 1, scores=scores, overall="dissatisfied", reason="说了将，没有灯。"),
            past(5, A.OPEN_RATING, 1),
            past(6, A.ORDER_REDO, 1),
            past(7, A.ADD_PROMISE, 2, number=2, measure="公布时间", owner="韩冬梅", due_on="2026-07-30"),
            *more,
        )
    )


def compared(told: Story, now: dict[str, Any] = SECOND) -> Comparison:
    found = compare(told, 2, now)
    assert found is not None
    return found


def test_each_request_stands_beside_its_earlier_answer_whatever_its_number_was() -> None:
    care, lights, new = compared(story()).pairs
    assert (care.request, care.is_unchanged, care.score) == (CARE, True, "satisfied")
    assert (lights.request, lights.score, lights.reason) == (LIGHTS, "dissatisfied", "还是黑的")
    assert lights.before is not None
    assert lights.after is not None
    assert (lights.before.result_class, lights.after.result_class) == ("B", "A")
    assert "".join(text for _, text in lights.before.pieces) == "老街的路灯将逐步加装。"
    assert "".join(text for _, text in lights.after.pieces) == "老街的路灯已经加装四十盏。"
    assert {op for op, _ in lights.before.pieces} == {"same", "old"}
    assert {op for op, _ in lights.after.pieces} == {"same", "new"}
    assert (new.before, new.is_unchanged, new.score) == (None, False, "")


def test_the_whole_says_class_reason_and_promises_of_both_rounds() -> None:
    found = compared(story())
    assert (found.before_class, found.after_class, found.unchanged) == ("B", "A", 1)
    assert found.reasons == ("说了将，没有灯。",)
    assert [e.payload["number"] for e in found.promised_before] == [1]
    assert [e.payload["number"] for e in found.promised_since] == [2]
    settled = compared(story(past(8, A.SETTLE_CLASS, 1, result_class="C")))
    assert (settled.before_class, settled.after_class) == ("C", "A")


def test_a_request_that_is_answered_no_more_stays_to_be_seen() -> None:
    left = compared(story(), letter((1, "开放时间已经公布。", "A"), requests=(NEW,))).pairs
    assert [(pair.request, pair.after is None) for pair in left] == [(NEW, False), (LIGHTS, True), (CARE, True)]


def test_a_text_written_anew_is_shown_whole_and_a_first_round_has_nothing_beside_it() -> None:
    anew = letter((1, "经协调区财政局，资金到位。", "A"), requests=(LIGHTS,))
    (lights, _) = compared(story(), anew).pairs
    assert lights.before is not None
    assert lights.before.pieces == (("old", "老街的路灯将逐步加装。"),)
    assert compare(story(), 1, FIRST) is None
    sealed = Story(tuple(e for e in story().events if e.action is not A.OPEN_RATING))
    assert compared(sealed).reasons == ()


def test_single_signs_between_two_changes_are_no_likeness() -> None:
    pieces = [("same", "路灯"), ("old", "将"), ("same", "的"), ("new", "已"), ("same", "加装。")]
    assert smoothed(pieces) == [("same", "路灯"), ("old", "将的"), ("new", "的已"), ("same", "加装。")]
