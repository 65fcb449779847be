"""The list of past years: read under the names that offices use, each fault in its place, promises where they stand."""

from datetime import date
from typing import Any

import pytest

from suggestions.documents.past import read_past
from suggestions.documents.rows import Handover, PastNote, PastPromise
from suggestions.documents.word import text_in
from suggestions.documents.words import Meeting, Series
from suggestions.practice import PAST
from tests.documents.past_making import GOOD, PROMISE, past_list


def read(*rows: dict[str, Any], promises: tuple[dict[str, Any], ...] = (), **how: str) -> Handover:
    return read_past(past_list(rows or (GOOD,), promises, **how), "往年.xlsx", "云山区")


def note(handover: Handover, at: int = 0) -> PastNote:
    found = handover.rows[at].past
    assert found is not None
    return found


def said(handover: Handover) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.message) for fault in handover.faults]


def test_a_good_row_to_the_last_cell() -> None:
    handover = read(promises=(PROMISE,))
    assert handover.faults == ()
    row = handover.rows[0]
    assert (row.number, row.lead, row.joint, row.main_units) == ("301", "陈立群", ("刘素芬",), ("区民政局",))
    assert row.past == PastNote(
        meeting=Meeting("云山区", 19, 5),
        year=2025,
        content="",
        document_number="云山民政函〔2025〕90号",
        replied_on=date(2025, 5, 6),
        reply="已修缮三处，其余两处计划于2026年3月底前修好。",
        reply_name="",
        result_class="B",
        rating="满意",
        handler="韩冬梅",
        promises=(PastPromise("修好其余两处养老设施", "韩冬梅", date(2026, 3, 31), is_kept=False, done="未完成"),),
    )


def test_columns_under_other_names_and_a_promise_in_the_row_itself() -> None:
    renamed = {
        "案号": "301",
        "届次": "十九届四次会议（闭会期间）",
        "年度": "2024年",
        "案由": GOOD["建议标题"],
        "提出人": "陈立群",
        "承办单位": "区民政局",
        "交办时间": "2024/2/20",
        "文号": "云山民政函〔2024〕5号",
        "答复时间": "2024年5月7日",
        "答复内容": "已经办好。",
        "办理结果": "a类",
        "满意度": "未评",
        "承诺事项": "加装扶手",
        "责任人": "潘一舟",
        "完成期限": "2026年6月30日",
        "落实情况": None,
    }
    handover = read(renamed, title="")
    assert handover.faults == ()
    found = note(handover)
    assert found.meeting == Meeting("云山区", 19, 4, Series.BETWEEN)
    assert (found.year, found.document_number, found.replied_on) == (2024, "云山民政函〔2024〕5号", date(2024, 5, 7))
    assert (found.reply, found.result_class, found.rating) == ("已经办好。", "a类", "未评")
    assert found.promises == (PastPromise("加装扶手", "潘一舟", date(2026, 6, 30), is_kept=False, done=""),)


@pytest.mark.parametrize(
    ("done", "is_kept"),
    [
        ("已完成", True),
        ("2025年9月办结", True),
        ("未完成", False),
        ("正在推进", False),
        ("/", False),
        ("已装三处，还没装完", False),
    ],
)
def test_whether_a_promise_was_kept_is_read_from_its_words(done: str, is_kept: bool) -> None:
    assert note(read(promises=({**PROMISE, "完成情况": done},))).promises[0].is_kept is is_kept


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"复函日期": None}, "L列 复函日期", "缺复函日期，请填写，例如 2025-05-06。"),
        ({"复函日期": "五月"}, "L列 复函日期", "不是有效的日期，请写成 2025-05-06 或 2025年5月6日。"),
        ({"复函日期": "2025-02-01"}, "L列 复函日期", "复函日期早于交办日期（2025-02-18），请核对。"),
        ({"复函正文": None}, "M列 复函正文", "没有复函：请写复函正文，或者在“复函”一列写上文件名，把文件一起上传。"),
        (
            {"主办单位": "区民政局、区财政局", "协办单位": None},
            "G列 主办单位",
            "往年件一行只写一个主办单位；分办的请写牵头答复的单位，其余写在“协办单位”一列。",
        ),
        ({"建议编号": "甲"}, "A列 建议编号", "看不懂这个建议编号，请写成 001 或 第001号。"),
        ({"届次": "去年"}, "P列 届次", "看不懂是哪一次会议，请写成“第十九届第五次会议”。"),
        ({"年度": "乙巳"}, "P列 年度", "看不懂这个年度，请写成 2025。"),
        ({"复函": "a/复函.docx"}, "P列 复函", "只写文件名，不带文件夹，例如 第112号复函.docx。"),
    ],
)
def test_each_fault_is_named_in_its_place(cells: dict[str, Any], column: str, message: str) -> None:
    assert said(read({**GOOD, **cells})) == [(3, column, message)]


def test_faults_of_a_promise_name_its_sheet_and_blame_the_row_of_the_list() -> None:
    bad = {**PROMISE, "责任人": None, "期限": "年底", "完成情况": "好"}
    handover = read(promises=(PROMISE, {**bad, "完成情况": "未完成"}))
    assert said(handover) == [
        (3, "“承诺”表 C列 责任人", "缺责任人，请写明谁负责。"),
        (3, "“承诺”表 D列 期限", "期限不是有效的日期，请写成 2026-06-30 或 2026年6月30日。"),
    ]
    assert {fault.blamed for fault in handover.faults} == {3}
    unclear = read(promises=({**PROMISE, "完成情况": "好"},))
    assert said(unclear) == [(2, "“承诺”表 E列 完成情况", "看不出有没有兑现，请写“已完成”或者“未完成”。")]
    assert [fault.blamed for fault in unclear.faults] == [3]


def test_a_promise_of_no_suggestion_blames_none() -> None:
    handover = read(promises=({**PROMISE, "编号": "302"}, {**PROMISE, "编号": None}))
    assert said(handover) == [
        (2, "“承诺”表 A列 编号", "清单里没有第302号，请核对编号。"),
        (3, "“承诺”表 A列 编号", "缺建议编号，不知道是哪一件的承诺。"),
    ]
    assert {fault.blamed for fault in handover.faults} == {0}


def test_the_same_number_of_two_sessions_needs_the_session_beside_the_promise() -> None:
    rows = ({**GOOD, "届次": "第十九届第四次会议"}, {**GOOD, "届次": "第十九届第五次会议"})
    handover = read(*rows, promises=(PROMISE,))
    assert said(handover) == [(2, "“承诺”表 A列 编号", "清单里有2件第301号，请在“届次”一列写明是哪一次会议的。")]
    told = read(*rows, promises=({**PROMISE, "届次": "十九届五次"},))
    assert told.faults == ()
    assert [len(note(told, at).promises) for at in (0, 1)] == [0, 1]


def test_the_same_number_twice_in_one_session_is_named_twice() -> None:
    assert [(row, column) for row, column, _ in said(read(GOOD, {**GOOD, "复函文号": "函2号"}))] == [
        (3, "A列 建议编号"),
        (4, "A列 建议编号"),
    ]


def test_without_any_session_each_row_says_so() -> None:
    assert said(read(title="")) == [(2, "届次", "没有写明第几届第几次会议，请写成“第十九届第五次会议”。")]


def test_columns_that_are_needed_are_named_once() -> None:
    bare = {name: value for name, value in GOOD.items() if name not in ("复函日期", "主办单位")}
    assert said(read(bare)) == [
        (2, "表头", "没有写着“主办单位”“承办单位”“主办部门”的列，请补上。"),
        (2, "表头", "没有写着“复函日期”“答复日期”“答复时间”的列，请补上。"),
    ]


def test_no_list_and_two_lists_are_refused_by_name() -> None:
    assert "认不出表头" in read_past(past_list(({"甲": 1},)), "x.xlsx", "云山区").faults[0].message
    both = read(GOOD, promises=(GOOD,))
    assert [(fault.column, fault.value) for fault in both.faults] == [("工作表", "清单、承诺")]
    assert both.rows == ()


def test_the_practice_list_is_sound_and_its_reply_is_read_from_word() -> None:
    handover = read_past((PAST / "past.xlsx").read_bytes(), "past.xlsx", "云山区")
    assert handover.faults == ()
    assert [row.number for row in handover.rows] == ["112", "126", "135", "208"]
    assert [len(note(handover, at).promises) for at in range(4)] == [2, 1, 0, 0]
    file = PAST / "papers" / note(handover, 1).reply_name
    assert "二十四小时有人接听" in text_in(file.read_bytes(), file.name)
