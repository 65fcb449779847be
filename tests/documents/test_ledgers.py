"""A ledger as a workbook: text stays text, dates are dates, numbers are numbers, and the head stands still."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl

from suggestions.documents.ledgers import workbook
from suggestions.documents.ledgers.sheet import Column, Kind, Ledger, Sheet, Value

COLUMNS = (
    Column("编号", width=10),
    Column("标题", Kind.LONG, 46),
    Column("日期", Kind.DATE, 12),
    Column("件数", Kind.COUNT, 9),
    Column("率", Kind.SHARE, 9),
)
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.com","看")',
    "+86 23 1234",
    "-5",
    "@SUM(A1:A9)",
    "\t=1",
    "#REF!",
    "TRUE",
    "2026-02-09",
    "001",
    "{=A1}",
)


def written(rows: Sequence[Sequence[Value]], note: Any = lambda: None) -> Any:
    kept = BytesIO()
    workbook.write(Ledger("台账", (Sheet("主办件", COLUMNS, rows),), len(rows)), kept, note)
    return openpyxl.load_workbook(BytesIO(kept.getvalue()))["主办件"]


def test_what_a_person_wrote_is_never_a_formula() -> None:
    page = written([(text, text, None, None, None) for text in HOSTILE])
    for at, text in enumerate(HOSTILE, start=2):
        for letter in "AB":
            cell = page[f"{letter}{at}"]
            assert (cell.data_type, cell.value) == ("s", text)
            assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t"))


def test_dates_and_numbers_can_be_worked_with() -> None:
    page = written([("001", "标题", date(2026, 2, 9), 0, Decimal("0.958")), ("002", "", None, 12, Decimal("1.00"))])
    day, count, share = page["C2"], page["D2"], page["E2"]
    assert (day.value, day.is_date, day.number_format) == (datetime(2026, 2, 9), True, "yyyy-mm-dd")  # noqa: DTZ001
    assert (count.value, count.data_type) == (0, "n")
    assert (share.value, share.number_format) == (0.958, "0.0%")
    assert page["E3"].number_format == "0%"
    assert [page[f"{letter}3"].value for letter in "BC"] == [None, None]


def test_the_head_stands_still_and_filters_and_columns_are_wide_enough() -> None:
    page = written([("001", "标题", None, 1, None)] * 3)
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:E4"
    assert [cell.value for cell in page[1]] == ["编号", "标题", "日期", "件数", "率"]
    assert all(cell.font.bold for cell in page[1])
    assert [page.column_dimensions[letter].width for letter in "ABCDE"] == [10, 46, 12, 9, 9]
    assert page.print_title_rows == "$1:$1"


def test_signs_that_no_workbook_holds_are_left_out_and_long_texts_say_so() -> None:
    page = written([("\x00第\x0b一\ud800号", "长" * 40_000, None, None, None), ("_x0041_", "一\n二", None, None, None)])
    assert page["A2"].value == "第一号"
    assert len(page["B2"].value) == workbook.LONGEST
    assert page["B2"].value.endswith("……（下文见系统）")
    # A workbook spells a sign that XML cannot hold as _x0041_; who wrote just that must read just that.
    assert (page["A3"].value, page["B3"].value) == ("_x005F_x0041_", "一\n二")


def test_rows_are_taken_while_they_are_written() -> None:
    taken: list[int] = []
    noted: list[int] = []

    def rows() -> Iterator[Sequence[Value]]:
        for at in range(3):
            assert len(noted) == at
            taken.append(at)
            yield f"{at}", "", None, at, None

    kept = BytesIO()
    workbook.write(Ledger("台账", (Sheet("主办件", COLUMNS, rows()),), 3), kept, lambda: noted.append(1))
    assert taken == [0, 1, 2]
    assert len(noted) == 3
