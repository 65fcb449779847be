"""A list of past years (往年件清单), read whole: what was asked and answered, and the promises that are still open."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from suggestions.documents.handover import HEADER_ROWS, SheetReader, no_header
from suggestions.documents.headings import PAST_NAMES, REQUIRED, Field, Header, find_header
from suggestions.documents.rows import Fault, Handover, HandoverRow, PastNote, PastPromise
from suggestions.documents.sheets import Sheet, visible_sheets
from suggestions.documents.words import (
    Meeting,
    cell_text,
    is_nothing,
    one_line,
    plain,
    read_date,
    read_meeting,
    read_names,
    suggestion_number,
)

_UNKEPT = re.compile("未|没|尚|正在|推进|跟踪|部分|进行|不")
_KEPT = re.compile("完成|兑现|落实|办结|办好|办成|建成|已")
_PROMISE_COLUMNS = (Field.PROMISE, Field.PROMISE_OWNER, Field.PROMISE_DUE_ON, Field.PROMISE_DONE)


@dataclass(frozen=True)
class _Beside:
    """A promise of the second sheet: of which suggestion, where it stands, and what is wrong with it."""

    number: str
    meeting: str
    promise: PastPromise
    place: Fault
    faults: tuple[Fault, ...]


def read_past(data: bytes, name: str, area: str) -> Handover:
    """Read a list of past years whole; raises Invalid, naming the file, when it is hostile, broken or no workbook.

    `area` (云山区) stands in where a session is written without it. Promises stand in columns of the list, or, with
    the number of their suggestion, on a second sheet. Everything that is wrong is a Fault, in the order of the rows.
    """
    sheets = visible_sheets(data, name)
    headed = [(sheet, header) for sheet in sheets if (header := find_header(sheet.texts, HEADER_ROWS, PAST_NAMES))]
    lists = [pair for pair in headed if Field.TITLE in pair[1].columns or Field.PROMISE not in pair[1].columns]
    if not lists:
        return Handover(None, (), (no_header(sheets),))
    sheet, header = lists[0]
    if len(lists) > 1:
        names = "、".join(other.name for other, _ in lists)
        return Handover(None, (), (Fault(header.row + 1, "工作表", names, "有不止一张往年件清单，请只留一张。"),))
    beside = [
        found
        for other, above in headed
        if (other, above) not in lists
        for found in _PromiseReader(other, above).promises()
    ]
    read = _PastReader(sheet, header, area, beside).read()
    lost = tuple(_fault_of(found, read.rows) for found in beside)
    faults = (*read.faults, *(fault for fault in lost if fault))
    return replace(read, faults=tuple(sorted(faults, key=lambda fault: fault.row)))


def _fault_of(found: _Beside, rows: Sequence[HandoverRow]) -> Fault | None:
    """Why nobody knows in which suggestion a promise was made; None when it is known."""
    same = sum(1 for row in rows if row.number == found.number)
    if not found.number:
        said = "缺建议编号，不知道是哪一件的承诺。"
    elif not same:
        said = f"清单里没有第{found.number}号，请核对编号。"
    elif same > 1 and not found.meeting:
        said = f"清单里有{same}件第{found.number}号，请在“届次”一列写明是哪一次会议的。"
    else:
        return None
    return replace(found.place, value=found.number or found.promise.measure, message=said, blames=0)


def _meeting_in(written: str, area: str) -> Meeting | None:
    """The session as a cell writes it, with the area left out or not: 第十九届第五次会议."""
    return read_meeting(written) or read_meeting(f"{area}{plain(written)}")


class _PromiseCells:
    """Reads one promise out of the cells of a row, whichever sheet the row stands on."""

    def __init__(self, header: Header, cells: list[object], number: int, sheet: str = "") -> None:
        self._header = header
        self._cells = cells
        self._number = number
        self._sheet = sheet
        self.faults: list[Fault] = []

    def read(self) -> PastPromise | None:
        """The promise; None when the row has none."""
        if all(is_nothing(self._text(each)) for each in _PROMISE_COLUMNS):
            return None
        done = one_line(self._text(Field.PROMISE_DONE))
        is_kept = self._is_kept(done)
        measure = self._needed(Field.PROMISE, "缺承诺事项，请写明答应做成什么。")
        owner = self._needed(Field.PROMISE_OWNER, "缺责任人，请写明谁负责。", is_asked=not is_kept)
        due_on = self._due_on(is_asked=not is_kept)
        return PastPromise(measure, owner, due_on, is_kept, "" if is_nothing(done) else done)

    def place(self, field: Field) -> str:
        """The column as a person finds it, with the sheet where that is another one than the list."""
        name = self._header.name_of(field)
        return f"“{self._sheet}”表 {name}" if self._sheet else name

    def number(self) -> str:
        """The number of the suggestion that the promise was made in; empty when none can be read."""
        return suggestion_number(self._text(Field.NUMBER)) or ""

    def meeting(self) -> str:
        """The session of that suggestion as it is written; empty when it is not."""
        written = one_line(self._text(Field.MEETING))
        return "" if is_nothing(written) else written

    def fault(self, field: Field, message: str) -> Fault:
        """A fault of this row, in this column."""
        return Fault(self._number, self.place(field), self._text(field), message)

    def _is_kept(self, done: str) -> bool:
        if is_nothing(done) or _UNKEPT.search(done):
            return False
        if not _KEPT.search(done):
            self.faults.append(self.fault(Field.PROMISE_DONE, "看不出有没有兑现，请写“已完成”或者“未完成”。"))
        return True

    def _due_on(self, *, is_asked: bool) -> date | None:
        if not self._needed(Field.PROMISE_DUE_ON, "缺期限，请写明哪一天前做成。", is_asked=is_asked):
            return None
        day = read_date(self._cell(Field.PROMISE_DUE_ON))
        if day is None and is_asked:
            words = "期限不是有效的日期，请写成 2026-06-30 或 2026年6月30日。"
            self.faults.append(self.fault(Field.PROMISE_DUE_ON, words))
        return day

    def _needed(self, field: Field, message: str, *, is_asked: bool = True) -> str:
        written = one_line(self._text(field))
        if not is_nothing(written):
            return written
        if is_asked:
            self.faults.append(self.fault(field, message))
        return ""

    def _cell(self, field: Field) -> object:
        column = self._header.columns.get(field)
        return None if column is None or column >= len(self._cells) else self._cells[column]

    def _text(self, field: Field) -> str:
        return cell_text(self._cell(field))


class _PromiseReader:
    """Reads the second sheet: one promise a row, each with the number of its suggestion."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self._sheet = sheet
        self._header = header

    def promises(self) -> Iterator[_Beside]:
        """Each promise with the number and the session that it names."""
        self._sheet.fill_down(self._header.row)
        for index in range(self._header.row + 1, len(self._sheet.cells)):
            cells = _PromiseCells(self._header, self._sheet.cells[index], index + 1, self._sheet.name)
            promise = cells.read()
            if promise is not None:
                place = cells.fault(Field.NUMBER, "")
                yield _Beside(cells.number(), cells.meeting(), promise, place, tuple(cells.faults))


class _PastReader(SheetReader):
    """Reads the list itself: the rows of a handover, each with its session, its reply and its promises."""

    required = (*REQUIRED, Field.REPLIED_ON)

    def __init__(self, sheet: Sheet, header: Header, area: str, beside: Sequence[_Beside]) -> None:
        super().__init__(sheet, header)
        self._area = area
        self._beside = beside

    def _without_title(self, above: str) -> None:
        """Each row names its own session then; a row that does not is faulty by itself."""

    def _read_row(self) -> HandoverRow:
        row = super()._read_row()
        if len(row.main_units) > 1:
            words = "往年件一行只写一个主办单位；分办的请写牵头答复的单位，其余写在“协办单位”一列。"
            self._fault(Field.MAIN_UNITS, words)
        replied_on, meeting = self._replied_on(row.assigned_on), self._meeting()
        note = PastNote(
            meeting=meeting,
            year=self._year(replied_on or row.assigned_on),
            content=self._text(Field.CONTENT).strip(),
            document_number=plain(self._text(Field.DOCUMENT_NUMBER)) if self._has(Field.DOCUMENT_NUMBER) else "",
            replied_on=replied_on,
            reply=self._text(Field.REPLY).strip() if self._has(Field.REPLY) else "",
            reply_name=self._reply_name(),
            result_class=plain(self._text(Field.RESULT_CLASS)) if self._has(Field.RESULT_CLASS) else "",
            rating=plain(self._text(Field.RATING)) if self._has(Field.RATING) else "",
            handler="、".join(read_names(self._text(Field.HANDLER))),
            promises=tuple(self._promises_of(row.number, meeting)),
        )
        if not note.reply and not note.reply_name:
            self._fault(Field.REPLY, "没有复函：请写复函正文，或者在“复函”一列写上文件名，把文件一起上传。")
        return replace(row, past=note)

    @property
    def _place(self) -> str:
        return self._titled.area if self._titled else self._area

    def _has(self, field: Field) -> bool:
        return not is_nothing(self._text(field))

    def _meeting(self) -> Meeting | None:
        written = one_line(self._text(Field.MEETING))
        if is_nothing(written):
            if self._titled is None:
                self._fault(Field.MEETING, "没有写明第几届第几次会议，请写成“第十九届第五次会议”。")
            return self._titled
        found = _meeting_in(written, self._place)
        if found is None:
            self._fault(Field.MEETING, "看不懂是哪一次会议，请写成“第十九届第五次会议”。")
        return found

    def _year(self, answered_on: date | None) -> int:
        written = plain(self._text(Field.YEAR)).removesuffix("度").removesuffix("年")
        if is_nothing(written):
            return answered_on.year if answered_on else 0
        if re.fullmatch("20[0-9]{2}", written):
            return int(written)
        self._fault(Field.YEAR, "看不懂这个年度，请写成 2025。")
        return 0

    def _replied_on(self, assigned_on: date | None) -> date | None:
        if not self._needed(Field.REPLIED_ON, "缺复函日期，请填写，例如 2025-05-06。"):
            return None
        day = read_date(self._raw(Field.REPLIED_ON))
        if day is None:
            self._fault(Field.REPLIED_ON, "不是有效的日期，请写成 2025-05-06 或 2025年5月6日。")
        elif assigned_on and day < assigned_on:
            self._fault(Field.REPLIED_ON, f"复函日期早于交办日期（{assigned_on}），请核对。")
        return day

    def _reply_name(self) -> str:
        name = one_line(self._text(Field.REPLY_NAME))
        if re.search(r"[/\\:]|^\.", name):
            self._fault(Field.REPLY_NAME, "只写文件名，不带文件夹，例如 第112号复函.docx。")
        return "" if is_nothing(name) else name

    def _promises_of(self, number: str, meeting: Meeting | None) -> Iterator[PastPromise]:
        if self._has(Field.PROMISE):
            cells = _PromiseCells(self._header, self._cells, self._row)
            promise = cells.read()
            for fault in cells.faults:
                self._add(fault)
            if promise is not None:
                yield promise
        for found in self._beside:
            if found.number != number or (found.meeting and _meeting_in(found.meeting, self._place) != meeting):
                continue
            for fault in found.faults:
                self._add(replace(fault, blames=self._row))
            yield found.promise
