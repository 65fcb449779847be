"""The visible sheets of an Excel workbook, checked before they are opened, as plain cells."""

import json
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from suggestions.documents.child import OutOfLimitsError, read_confined
from suggestions.documents.parts import MAX_CELLS
from suggestions.documents.safety import MediaType, accept, shown
from suggestions.documents.words import cell_text
from suggestions.domain.errors import Invalid


@dataclass(frozen=True)
class Sheet:
    """One sheet from A1 on: the cells as they came, and which are merged (corners counted from 0)."""

    name: str
    cells: list[list[object]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]

    @property
    def texts(self) -> list[list[str]]:
        """The cells as text."""
        return [[cell_text(cell) for cell in row] for row in self.cells]

    def fill_down(self, below: int) -> None:
        """Give every row below the one named the value of a cell that is merged over several rows."""
        for (top, column), (bottom, _) in self.merged:
            if top <= below or top >= len(self.cells) or column >= len(self.cells[top]):
                continue
            for row in self.cells[top + 1 : bottom + 1]:
                row[column] = self.cells[top][column]


def visible_sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets a person sees, in order; raises Invalid, naming the file, when it is hostile or broken."""
    if accept(data, name, only=(MediaType.XLSX, MediaType.XLS)) is MediaType.XLS:
        return _old_sheets(data, name)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return [
            _sheet(workbook.get_sheet_by_name(about.name))
            for about in workbook.sheets_metadata
            if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise Invalid(f"“{shown(name)}”已损坏，无法按 Excel 工作簿读取，请重新保存为 .xlsx 后再上传。") from error


def _sheet(sheet: CalamineSheet) -> Sheet:
    cells: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(sheet.name, cells, sheet.merged_cell_ranges or [])


def _old_sheets(data: bytes, name: str) -> list[Sheet]:
    """The same of an .xls, whose cells nobody has counted before: so in a child with limits."""
    try:
        said = json.loads(read_confined("old_workbook", data, str(MAX_CELLS)))
    except OutOfLimitsError as error:
        raise Invalid(f"“{shown(name)}”已损坏或太大，无法按 Excel 工作簿读取，请另存为 .xlsx 后再上传。") from error
    if said == "too large":
        raise Invalid(f"“{shown(name)}”的表格太大，或在很远的地方有一个孤立的单元格，请删去清单以外的行和列后再上传。")
    return [
        Sheet(
            title,
            [[date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell for cell in row] for row in rows],
            [(tuple(start), tuple(end)) for start, end in merged],
        )
        for title, rows, merged in said
    ]
