"""The reply's text: every request answered with its proof, every promise accounted for, edits kept as differences."""

from dataclasses import replace
from typing import Any

import pytest

from suggestions.domain import letter as letters
from tests.domain.making import LETTER, PROMISE, REQUESTS, answer, facts, letter

PROMISING = "我局将在6月底前建成电梯20部。"
UNACCOUNTED = f"还差：“{PROMISING}”说的是以后的事，请记入承诺，或者在起草页注明为什么不是承诺。"


def faults(text: dict[str, Any], **changes: Any) -> list[str]:
    return letters.text_faults(text, facts("named_handler", REQUESTS, **changes))


def test_a_complete_letter_lacks_nothing() -> None:
    assert faults(letter()) == []


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"answers": LETTER["answers"][:1]}, ["还差：第2条诉求没有答复。"]),
        ({"answers": []}, ["还差：第1条诉求没有答复。", "还差：第2条诉求没有答复。"]),
        ({"answers": answer(" ")}, ["还差：第1条诉求没有答复。"]),
        ({"answers": answer("已办。", "A", "")}, ["还差：第1条诉求定为A类，没有写明办成的事实。"]),
        ({"answers": answer("正在办。", "B", "文件")}, ["还差：第1条诉求定为B类，没有写明完成日期。"]),
        ({"answers": answer("正在办。", "B", "", "2026-06-30")}, []),
        ({"answers": answer("办不了。", "C", "")}, ["还差：第1条诉求定为C类，没有写明办不了的依据。"]),
        ({"answers": answer("已上报。", "D", "")}, ["还差：第1条诉求定为D类，没有写明上报的文号。"]),
        ({"answers": answer(PROMISING)}, [UNACCOUNTED]),
        ({"closing": PROMISING}, [UNACCOUNTED]),
        ({"passages": [{"co_handling": "9", "text": PROMISING}]}, [UNACCOUNTED]),
        ({"answers": answer(PROMISING), "not_promises": [{"sentence": PROMISING, "reason": "引用"}]}, []),
        ({"answers": answer(PROMISING), "not_promises": [{"sentence": PROMISING, "reason": ""}]}, [UNACCOUNTED]),
        ({"publication": ""}, ["还差：没有定公开属性。"]),
        ({"publication": "withheld"}, ["还差：不主动公开，没有写明理由。"]),
        ({"publication": "withheld", "publication_ground": "涉及个人住址"}, []),
    ],
)
def test_what_a_text_lacks(changes: dict[str, Any], sentences: list[str]) -> None:
    assert faults(letter(**changes)) == sentences


def test_a_promise_in_the_ledger_accounts_for_its_sentence() -> None:
    text = letter(answers=answer(PROMISING))
    assert faults(text, promises=(PROMISE,)) == []
    nearly = replace(PROMISE, sentence="我局将于6月底前建成电梯20部。")
    assert faults(text, promises=(nearly,)) == []
    another = replace(PROMISE, sentence="明年起每部电梯补助二十万元。")
    assert faults(text, promises=(another,)) == [UNACCOUNTED]


@pytest.mark.parametrize(
    "sentence",
    [
        "我局将尽快办理。",
        "计划建成两处站点。",
        "拟新增床位50张。",
        "力争全部完成。",
        "下一步加强巡查。",
        "12月底前完成。",
        "年底前开工。",
        "明年启动二期。",
        "逐步推开。",
    ],
)
def test_what_speaks_of_the_future_is_a_promise(sentence: str) -> None:
    assert letters.promising_sentences(letter(answers=answer(sentence))) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    ["已将其列入清单。", "我们将此件转交街道办理。", "已于2月10日挂牌。", "拟定了方案。", "计划生育服务站已经并入。"],
)
def test_what_was_done_is_none(sentence: str) -> None:
    assert letters.promising_sentences(letter(answers=answer(sentence))) == []


def test_a_signature_is_bound_to_every_word_class_and_mark() -> None:
    base = letters.content_hash(letter())
    changes: list[dict[str, Any]] = [
        {"opening": "您好："},
        {"closing": "谢谢。"},
        {"answers": answer("手续已由七项减为三项！")},
        {"answers": answer("手续已由七项减为三项。", "B")},
        {"publication": "withheld"},
        {"result_class": "B"},
        {"addressees": ["陈立群"]},
        {"passages": [{"co_handling": "9", "text": "一段"}]},
    ]
    hashes = {letters.content_hash(letter(**change)) for change in changes}
    assert len(hashes) == len(changes)
    assert base not in hashes
    assert letters.content_hash(dict(reversed(letter().items()))) == base


def test_the_directors_edits_take_the_place_of_the_drafted_texts() -> None:
    edits = {"answer_1": "手续已由七项减为两项。", "closing": "谢谢。", "remark": "发", "result_class": "D"}
    changed = letters.with_edits(LETTER, edits)
    assert changed["answers"][0] == {**LETTER["answers"][0], "text": "手续已由七项减为两项。"}
    assert changed["answers"][1] == LETTER["answers"][1]
    assert changed["closing"] == "谢谢。"
    assert changed["opening"] == LETTER["opening"]
    assert changed["result_class"] == "A"
    assert letters.with_edits(LETTER, {}) == dict(LETTER)
    assert letters.edited_fields(changed) == {
        "opening": LETTER["opening"],
        "closing": "谢谢。",
        "answer_1": "手续已由七项减为两项。",
        "answer_2": "每部补助二十万元。",
    }


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("三项。", "两项。", [("old", "三"), ("new", "两"), ("same", "项。")]),
        ("同样。", "同样。", [("same", "同样。")]),
        ("", "新。", [("new", "新。")]),
        ("旧。", "", [("old", "旧。")]),
    ],
)
def test_edits_are_kept_as_differences(old: str, new: str, parts: list[tuple[str, str]]) -> None:
    found = letters.differences(old, new)
    assert found == parts
    assert "".join(text for kind, text in found if kind != "new") == old
    assert "".join(text for kind, text in found if kind != "old") == new


def test_the_passage_of_a_co_unit_is_found_by_its_co_handling() -> None:
    text = letter(passages=[{"co_handling": "9", "text": "一段"}, {"co_handling": "10", "text": "又一段"}])
    assert letters.passage_of(text, 10) == "又一段"
    assert letters.passage_of(text, 11) is None
