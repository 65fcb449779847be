"""The handover workbook: the practice one to the last cell, odd ones as offices send them, each fault in its place."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from suggestions.documents.handover import Fault, Handover, HandoverRow, read_handover
from suggestions.documents.words import Meeting, Series
from suggestions.domain.errors import Invalid
from tests.documents.making import HEADER, PRACTICE, ROW, TITLE, repacked, saved, workbook


def read(*rows: Sequence[object], merge: str = "") -> Handover:
    return read_handover(workbook(*rows, merge=merge), "清单.xlsx")


def with_cell(place: int, value: object, number: str = "001") -> list[object]:
    return [number, *ROW[1:place], value, *ROW[place + 1 :]] if place else [value, *ROW[1:]]


def only_fault(handover: Handover) -> Fault:
    assert len(handover.faults) == 1, handover.faults
    return handover.faults[0]


@pytest.fixture(scope="module")
def practice() -> Handover:
    return read_handover((PRACTICE / "handover.xlsx").read_bytes(), "handover.xlsx")


def test_the_first_practice_row_to_the_last_cell(practice: Handover) -> None:
    assert practice.meeting == Meeting("云山区", 19, 6, Series.SESSION)
    assert practice.rows[0] == HandoverRow(
        row=3,
        number="001",
        title="关于规范和签订社区工作者劳动合同的建议",
        category="社区治理",
        lead="陈立群",
        delegation="上河街道代表团",
        joint=("刘素芬", "何建平", "邓小红"),
        phone="023-55500001",
        main_units=("区民政局",),
        co_units=("区人力社保局", "区财政局"),
        is_key=True,
        assigned_on=date(2026, 2, 9),
        is_complex=False,
        original_name="第001号.docx",
    )


def test_all_practice_rows_say_what_another_reader_reads(practice: Handover) -> None:
    sheet = openpyxl.load_workbook(BytesIO((PRACTICE / "handover.xlsx").read_bytes())).worksheets[0]
    expected = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
    got = [
        [
            *(place, f"第{row.number}号", row.title, row.category, row.lead, row.delegation, "、".join(row.joint)),
            *(row.phone, "、".join(row.main_units), "、".join(row.co_units), "是" if row.is_key else "否"),
            *(row.assigned_on, "6个月" if row.is_complex else "3个月", row.original_name),
        ]
        for place, row in enumerate(practice.rows, start=1)
    ]
    for row in expected:
        row[11] = row[11].date() if isinstance(row[11], datetime) else row[11]
    assert got == expected
    assert len(got) == 24
    assert practice.faults == ()
    assert practice.sound_rows == practice.rows
    assert [row.row for row in practice.rows] == list(range(3, 27))


def test_columns_are_named_with_their_letter(practice: Handover) -> None:
    assert practice.column_of("main_units") == "I列 主办单位"
    assert read((TITLE,), HEADER, ROW).column_of("phone") == "联系电话"


def test_a_workbook_as_some_offices_send_it() -> None:
    blank: tuple[object, ...] = ()
    handover = read(
        ("附件2",),
        (TITLE,),
        *([blank] * 4),
        ("会办单位", "交办时间", "序号", "承办单位（主办）", "案　由", "联名代表", "提出人", "案号", "办理时限", "重点督办"),
        ("区教委\n区财政局", 46062, 1, "区民政局、区人力社保局", "关于甲\n的建议", "向　明 唐 伟", "陈立群（上河街道代表团）", "０１２", "6个月", "√"),
        blank,
        (None, datetime.fromisoformat("2026-02-10T09:00"), 2, "区民政局", "关于乙的建议", "无", "王惠兰", 13, None, "否"),
        (None, None, 3),
        (None, "二〇二六年二月十一日", 4, "区民政局", "关于丙的建议", "——", "王 伟", "第014号", "2026年8月10日前", None),
        ("合计", None, 3, None, "3件"),
        ("备注：原件另送", None),
    )  # fmt: skip
    assert handover.faults == ()
    first, second, third = handover.rows
    assert (first.row, first.number, first.title) == (8, "012", "关于甲的建议")
    assert (first.lead, first.delegation, first.joint) == ("陈立群", "上河街道代表团", ("向明", "唐伟"))
    assert (first.main_units, first.co_units) == (("区民政局", "区人力社保局"), ("区教委", "区财政局"))
    assert (first.assigned_on, first.is_complex, first.is_key) == (date(2026, 2, 9), True, True)
    assert (second.row, second.number, second.assigned_on, second.joint) == (10, "013", date(2026, 2, 10), ())
    assert (third.row, third.lead, third.assigned_on, third.is_complex) == (12, "王伟", date(2026, 2, 11), True)


@pytest.mark.parametrize(
    "written",
    ["2026-02-09", "2026/2/9", "2026.2.9", "2026年2月9日", "２０２６．２．９", 46062, "46062", date(2026, 2, 9), datetime.fromisoformat("2026-02-09T08:00")],
)  # fmt: skip
def test_dates_of_every_kind(written: object) -> None:
    handover = read((TITLE,), HEADER, with_cell(6, written))
    assert handover.faults == ()
    assert handover.rows[0].assigned_on == date(2026, 2, 9)


def test_a_header_of_two_rows_and_cells_merged_downwards() -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in (
        (TITLE,),
        ("编号", "标题", "领衔代表", "办理单位", None, "交办日期"),
        (None, None, None, "主办", "协办", None),
        ("001", "关于甲的建议", "陈立群", "区民政局", "区财政局", "2026-02-09"),
        ("002", "关于乙的建议", "王惠兰", None, None, None),
    ):
        sheet.append(row)
    for merged in ("A1:F1", "D2:E2", "A2:A3", "D4:D5", "F4:F5"):
        sheet.merge_cells(merged)
    handover = read_handover(saved(made.save), "清单.xlsx")
    assert handover.faults == ()
    assert [(row.row, row.main_units, row.co_units, row.assigned_on) for row in handover.rows] == [
        (4, ("区民政局",), ("区财政局",), date(2026, 2, 9)),
        (5, ("区民政局",), (), date(2026, 2, 9)),
    ]
    assert handover.column_of("co_units") == "E列 协办"


def test_between_sessions_is_its_own_series() -> None:
    handover = read(("云山区第十九届人民代表大会第六次会议闭会期间代表建议交办清单",), HEADER, ROW, merge="A1:G1")
    assert handover.meeting == Meeting("云山区", 19, 6, Series.BETWEEN)


@pytest.mark.parametrize(
    ("place", "value", "column", "message"),
    [
        (0, None, "A列 建议编号", "缺建议编号"),
        (0, "待编", "A列 建议编号", "看不懂"),
        (1, "  ", "B列 建议标题", "缺建议标题"),
        (2, None, "C列 领衔代表", "缺领衔代表"),
        (2, "陈立群、刘素芬", "C列 领衔代表", "只能是一人"),
        (4, "无", "E列 主办单位", "缺主办单位"),
        (5, "区民政局、区财政局", "F列 协办单位", "区民政局既是主办单位又是协办单位"),
        (6, None, "G列 交办日期", "缺交办日期"),
        (6, "2026-02-30", "G列 交办日期", "不是有效的日期"),
        (6, "1926-02-09", "G列 交办日期", "不是有效的日期"),
        (1, "关于\u202e甲的建议", "B列 建议标题", "控制符号"),
    ],
)
def test_a_fault_names_row_column_value_and_what_to_do(place: int, value: object, column: str, message: str) -> None:
    handover = read((TITLE,), HEADER, with_cell(1, "关于乙的建议", "002"), with_cell(place, value))
    fault = only_fault(handover)
    assert (fault.row, fault.column, fault.value) == (4, column, "" if value is None else str(value))
    assert message in fault.message
    assert fault.message.endswith("。")
    assert [row.row for row in handover.sound_rows] == [3]
    assert [row.row for row in handover.rows] == [3, 4]


@pytest.mark.parametrize(
    ("heading", "value", "message"),
    [
        ("是否重点", "也许", "“是”或“否”"),
        ("答复期限", "尽快", "“3个月”"),
        ("答复期限", "2027-02-09", "“3个月”"),
        ("原件", "../../secret.docx", "只写文件名"),
    ],
)
def test_faults_of_the_columns_that_may_be_left_out(heading: str, value: str, message: str) -> None:
    fault = only_fault(read((TITLE,), (*HEADER, heading), (*ROW, value)))
    assert (fault.row, fault.column, fault.value) == (3, f"H列 {heading}", value)
    assert message in fault.message


def test_a_number_twice_names_both_rows() -> None:
    handover = read((TITLE,), HEADER, ROW, with_cell(1, "关于乙的建议", "002"), with_cell(0, "第１号"))
    assert [(fault.row, fault.column, fault.value) for fault in handover.faults] == [
        (3, "A列 建议编号", "001"),
        (5, "A列 建议编号", "001"),
    ]
    assert {fault.message for fault in handover.faults} == {"建议编号001在第3、5行重复出现，请核对。"}
    assert [row.number for row in handover.sound_rows] == ["002"]


def test_all_faults_come_at_once_in_the_order_of_rows() -> None:
    handover = read((TITLE,), HEADER, with_cell(6, "待定"), with_cell(1, None, "002"), with_cell(4, None, "003"))
    assert [(fault.row, fault.column) for fault in handover.faults] == [
        (3, "G列 交办日期"),
        (4, "B列 建议标题"),
        (5, "E列 主办单位"),
    ]


def test_a_sheet_without_a_number_column_is_one_fault() -> None:
    handover = read((TITLE,), ("甲", "标题", "领衔代表", "丙"), ("001", "x", "y", "z"), ("002", "x", "y", "z"))
    fault = only_fault(handover)
    assert (fault.row, fault.column, fault.value) == (2, "表头", "甲、标题、领衔代表、丙")
    assert handover.rows == ()


def test_a_header_below_the_tenth_row_is_not_looked_for() -> None:
    assert only_fault(read((TITLE,), *([("",)] * 9), HEADER, ROW)).column == "表头"
    assert read((TITLE,), *([("",)] * 8), HEADER, ROW).rows[0].row == 11


def test_a_missing_column_is_named_once_and_nothing_is_sound() -> None:
    handover = read((TITLE,), HEADER[:6], ROW[:6], ("002", *ROW[1:6]))
    fault = only_fault(handover)
    assert (fault.row, fault.column) == (2, "表头")
    assert "交办日期" in fault.message
    assert handover.sound_rows == ()


def test_a_title_without_session_is_a_fault() -> None:
    handover = read(("代表建议交办清单",), HEADER, ROW)
    assert handover.meeting is None
    assert (only_fault(handover).row, only_fault(handover).column) == (1, "标题行")
    assert handover.sound_rows == ()


def test_one_column_twice_is_a_fault_but_the_surer_name_wins() -> None:
    fault = only_fault(read((TITLE,), (*HEADER, "主办单位"), (*ROW, "区财政局")))
    assert (fault.row, fault.column) == (2, "H列 主办单位")
    handover = read((TITLE,), (*HEADER, "承办单位"), (*ROW, "区财政局"))
    assert handover.faults == ()
    assert handover.rows[0].main_units == ("区民政局",)


def test_two_lists_are_not_half_read_and_hidden_sheets_are_not_read() -> None:
    made = openpyxl.Workbook()
    for sheet in (made.worksheets[0], made.create_sheet("续表")):
        for row in ((TITLE,), HEADER, ROW):
            sheet.append(row)
    fault = only_fault(read_handover(saved(made.save), "清单.xlsx"))
    assert (fault.column, fault.value) == ("工作表", "Sheet、续表")
    made.worksheets[1].sheet_state = "hidden"
    assert len(read_handover(saved(made.save), "清单.xlsx").rows) == 1


def test_an_error_in_a_formula_counts_as_empty() -> None:
    made = openpyxl.load_workbook(BytesIO(workbook((TITLE,), HEADER, ROW)))
    made.worksheets[0]["B3"] = "#REF!"
    made.worksheets[0]["B3"].data_type = "e"
    assert only_fault(read_handover(saved(made.save), "清单.xlsx")).message.startswith("缺建议标题")


def test_a_broken_workbook_is_refused_by_name() -> None:
    broken = repacked(workbook(HEADER), {"xl/_rels/workbook.xml.rels": b"<Relationships/>"})
    for data in (broken, b"PK\x03\x04", b"not a workbook"):
        with pytest.raises(Invalid, match=r"“清单\.xlsx”"):
            read_handover(data, "清单.xlsx")
