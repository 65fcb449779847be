"""The handover workbook (交办清单) as offices send it, read whole: every row, and every fault with row and column."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from suggestions.documents.headings import ALL_NAMES, NAMES, REQUIRED, Field, Header, find_header, letters, too_long
from suggestions.documents.rows import Fault, Handover, HandoverRow
from suggestions.documents.sheets import Sheet, visible_sheets
from suggestions.documents.words import (
    FORBIDDEN,
    Meeting,
    cell_text,
    is_nothing,
    one_line,
    plain,
    read_date,
    read_meeting,
    read_months,
    read_names,
    read_person,
    read_units,
    read_yes,
    suggestion_number,
)

__all__ = ["HEADER_ROWS", "Fault", "Handover", "HandoverRow", "SheetReader", "no_header", "read_handover"]

HEADER_ROWS = 10
"""Rows from the top among which the header is looked for."""

_SIMPLE_MONTHS, _COMPLEX_MONTHS = 3, 6
_TOTAL = re.compile(r"(?:合计|总计|共计|小计|总数|共[0-9一二三四五六七八九十百]+件)")
_NOTE = re.compile(r"(?:备注|说明|注[:：]|填表|制表|经办人|审核人|联系人)")


def read_handover(data: bytes, name: str) -> Handover:
    """Read a workbook whole; raises Invalid, naming the file, only when it is hostile, broken or no workbook.

    Everything else that is wrong is a Fault: all of them at once, in the order of the rows.
    """
    sheets = visible_sheets(data, name)
    lists = [(sheet, header) for sheet in sheets if (header := find_header(sheet.texts, HEADER_ROWS))]
    if not lists:
        return Handover(None, (), (no_header(sheets),))
    sheet, header = lists[0]
    if len(lists) > 1:
        names = "、".join(other.name for other, _ in lists)
        return Handover(
            None, (), (Fault(header.row + 1, "工作表", names, "有不止一张交办清单，请只留一张，其余另存后分别导入。"),)
        )
    return SheetReader(sheet, header).read()


def no_header(sheets: list[Sheet]) -> Fault:
    """Name the row that looks most like a header, so that the person sees what was read."""
    rows = sheets[0].texts[:HEADER_ROWS] if sheets else []
    filled = [[plain(text) for text in row if text.strip()] for row in rows]
    fullest = max(range(len(filled)), key=lambda index: len(filled[index]), default=0)
    value = "、".join(filled[fullest]) if filled else ""
    names = "”“".join(NAMES[Field.NUMBER][:3])
    return Fault(
        fullest + 1, "表头", value[:200], f"前{HEADER_ROWS}行里没有写着“{names}”的列，认不出表头，请补上列名。"
    )


class SheetReader:
    """Reads the rows of one sheet below its header and gathers the faults."""

    required: tuple[Field, ...] = REQUIRED

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self._sheet = sheet
        self._header = header
        self._faults: list[Fault] = []
        self._row = header.row + 1
        self._cells: list[object] = []
        self._titled: Meeting | None = None

    def read(self) -> Handover:
        """The rows below the header, with the session that stands above it."""
        header, top = self._header, self._header.row + 1
        above = [one_line(" ".join(dict.fromkeys(filter(None, row)))) for row in self._sheet.texts[: header.row]]
        titles = [*above, "".join(above), self._sheet.name]
        meeting = self._titled = next(filter(None, map(read_meeting, titles)), None)
        if meeting is None:
            self._without_title("".join(above)[:200])
        for column, written in header.twice:
            self._add(Fault(top, f"{letters(column)}列 {written}", written, "表头里这一列出现了两次，请只留一列。"))
        for asked in self.required:
            if asked not in header.columns:
                names = "”“".join(ALL_NAMES[asked][:3])
                self._add(Fault(top, "表头", "", f"没有写着“{names}”的列，请补上。"))
        self._sheet.fill_down(header.row)
        rows = tuple(self._rows())
        self._same_numbers(rows)
        return Handover(
            meeting,
            rows,
            tuple(sorted(self._faults, key=lambda fault: fault.row)),
            {str(each): header.name_of(each) for each in Field},
        )

    def _without_title(self, above: str) -> None:
        """Say that no line above the header names the session."""
        words = "没有写明哪个地区第几届第几次会议，请写成“云山区第十九届人民代表大会第六次会议……”。"
        self._add(Fault(1, "标题行", above, words))

    def _rows(self) -> Iterator[HandoverRow]:
        for index in range(self._header.row + 1, len(self._sheet.cells)):
            self._row, self._cells = index + 1, self._sheet.cells[index]
            if not self._is_aside():
                yield self._read_row()

    def _is_aside(self) -> bool:
        """Whether the row is no suggestion: blank, a total, a note below the table, or the header once more."""
        if all(is_nothing(self._text(each)) for each in Field):
            return True
        first = next(plain(cell_text(cell)) for cell in self._cells if cell_text(cell).strip())
        is_undated = read_date(self._raw(Field.ASSIGNED_ON)) is None
        if _TOTAL.match(first) and is_undated and is_nothing(self._text(Field.LEAD)):
            return True
        if _NOTE.match(first) and all(is_nothing(self._text(each)) for each in (Field.LEAD, Field.MAIN_UNITS)):
            return is_undated
        return plain(self._text(Field.NUMBER)) in NAMES[Field.NUMBER]

    def _read_row(self) -> HandoverRow:
        for each in Field:
            if FORBIDDEN.search(self._text(each)):
                self._fault(each, "含有看不见的控制符号，请删去后重新输入。")
            if fault := too_long(each, self._text(each)):
                self._fault(each, fault)
        lead, delegation = self._lead()
        main_units, co_units = self._units()
        assigned_on = self._assigned_on()
        return HandoverRow(
            row=self._row,
            number=self._number(),
            title=self._needed(Field.TITLE, "缺建议标题，请填写。"),
            category=one_line(self._text(Field.CATEGORY)),
            lead=lead,
            delegation=delegation,
            joint=tuple(name for name in read_names(self._text(Field.JOINT)) if name != lead),
            phone=one_line(self._text(Field.PHONE)),
            main_units=main_units,
            co_units=co_units,
            is_key=self._is_key(),
            assigned_on=assigned_on,
            is_complex=self._is_complex(assigned_on),
            original_name=self._original_name(),
        )

    def _number(self) -> str:
        written = self._needed(Field.NUMBER, "缺建议编号，请填写，例如 001 或 第001号。")
        number = suggestion_number(written)
        if written and number is None:
            self._fault(Field.NUMBER, "看不懂这个建议编号，请写成 001 或 第001号。")
        return number or ""

    def _lead(self) -> tuple[str, str]:
        written = self._needed(Field.LEAD, "缺领衔代表，请填写姓名。")
        name, delegation = read_person(written)
        if "、" in name:
            self._fault(Field.LEAD, "领衔代表只能是一人，其余代表请写在“附议代表”一列。")
        group = plain(self._text(Field.DELEGATION))
        return name, delegation if is_nothing(group) else group

    def _units(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        self._needed(Field.MAIN_UNITS, "缺主办单位，请填写。")
        main_units, co_units = read_units(self._text(Field.MAIN_UNITS)), read_units(self._text(Field.CO_UNITS))
        if both := [unit for unit in co_units if unit in main_units]:
            self._fault(Field.CO_UNITS, f"{'、'.join(both)}既是主办单位又是协办单位，请只留一处。")
        return main_units, co_units

    def _is_key(self) -> bool:
        answer = read_yes(self._text(Field.IS_KEY))
        if answer is None:
            self._fault(Field.IS_KEY, "请写“是”或“否”。")
        return bool(answer)

    def _assigned_on(self) -> date | None:
        if not self._needed(Field.ASSIGNED_ON, "缺交办日期，请填写，例如 2026-02-09。"):
            return None
        day = read_date(self._raw(Field.ASSIGNED_ON))
        if day is None:
            self._fault(Field.ASSIGNED_ON, "不是有效的日期，请写成 2026-02-09 或 2026年2月9日。")
        return day

    def _is_complex(self, assigned_on: date | None) -> bool:
        """The column gives months, or the last day, which is compared with three and six months from handover."""
        written = self._text(Field.IS_COMPLEX)
        months = _SIMPLE_MONTHS if is_nothing(written) else read_months(written)
        last_day = read_date(re.sub("(?:之?前|以前)$", "", written.strip()))
        if months is None and assigned_on and last_day:
            terms = (_SIMPLE_MONTHS, _COMPLEX_MONTHS)
            months = next((term for term in terms if _is_about(last_day, assigned_on, term)), None)
        if months not in {_SIMPLE_MONTHS, _COMPLEX_MONTHS} and (assigned_on or not last_day):
            self._fault(Field.IS_COMPLEX, f"请写“{_SIMPLE_MONTHS}个月”，情况复杂的写“{_COMPLEX_MONTHS}个月”。")
        return months == _COMPLEX_MONTHS

    def _original_name(self) -> str:
        name = one_line(self._text(Field.ORIGINAL_NAME))
        if re.search(r"[/\\:]|^\.", name):
            self._fault(Field.ORIGINAL_NAME, "只写文件名，不带文件夹，例如 第001号.docx。")
        return "" if is_nothing(name) else name

    def _same_numbers(self, rows: tuple[HandoverRow, ...]) -> None:
        places: dict[tuple[str, object], list[int]] = defaultdict(list)
        for row in rows:
            places[row.number, row.past and row.past.meeting].append(row.row)
        for (number, _), found in places.items():
            if number and len(found) > 1:
                message = f"建议编号{number}在第{'、'.join(map(str, found))}行重复出现，请核对。"
                self._faults.extend(Fault(row, self._header.name_of(Field.NUMBER), number, message) for row in found)

    def _raw(self, asked: Field) -> object:
        column = self._header.columns.get(asked)
        return None if column is None else self._cells[column]

    def _text(self, asked: Field) -> str:
        return cell_text(self._raw(asked))

    def _needed(self, asked: Field, message: str) -> str:
        """The text of a cell that may not be empty; a column that is missing altogether was named once already."""
        written = one_line(self._text(asked))
        if not is_nothing(written):
            return written
        if asked in self._header.columns:
            self._fault(asked, message)
        return ""

    def _fault(self, asked: Field, message: str) -> None:
        self._add(Fault(self._row, self._header.name_of(asked), self._text(asked), message))

    def _add(self, fault: Fault) -> None:
        self._faults.append(fault)


def _is_about(day: date, start: date, months: int) -> bool:
    """Whether a day lies within ten days of so many months after the start: offices round to the month's end."""
    return abs(day - (start + timedelta(days=round(months * 30.44)))) <= timedelta(days=10)
