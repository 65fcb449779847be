"""Writes a ledger as .xlsx, row by row, so that its length costs no memory: what a person wrote never is a formula."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import IO, Any

from suggestions.documents.ledgers.sheet import Column, Kind, Ledger, Sheet, Value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767
"""As many characters as a cell of a workbook holds."""
_CUT = "……（下文见系统）"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DAY, _GENERAL, _QUOTED = "yyyy-mm-dd", "General", "quoted"
_FIRST_MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001 the workbook keeps its dates without zone; this one says nothing
_HEAD_FILL, _HEAD_HEIGHT = "E8EEF4", 30


def write(ledger: Ledger, target: IO[bytes], note: Callable[[], object] = lambda: None) -> None:
    """Write the workbook to an open binary file; `note` is called after each row."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook(write_only=True)
    book._fonts[0] = _font()
    book.properties.title = ledger.title
    book.properties.creator = ""
    book.properties.created = book.properties.modified = _FIRST_MOMENT
    for sheet in ledger.sheets:
        _write(book.create_sheet(sheet.name), sheet, note)
    book.save(target)


def _write(page: Any, sheet: Sheet, note: Callable[[], object]) -> None:
    letters = [_letter(at) for at in range(len(sheet.columns))]
    for letter, column in zip(letters, sheet.columns, strict=True):
        page.column_dimensions[letter].width = column.width
    page.freeze_panes = "A2"
    page.sheet_view.zoomScale = 110
    page.row_dimensions[1].height = _HEAD_HEIGHT
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = _openpyxl().worksheet.properties.PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    page.append(list(_heads(page, sheet.columns)))
    pens = [_pen(page, column) for column in sheet.columns]
    length = 1
    for row in sheet.rows:
        page.append([pen(value) for pen, value in zip(pens, row, strict=True)])
        length += 1
        note()
    page.auto_filter.ref = f"A1:{letters[-1]}{length}"


def _heads(page: Any, columns: Sequence[Column]) -> Iterator[Any]:
    openpyxl = _openpyxl()
    for column in columns:
        cell = openpyxl.cell.WriteOnlyCell(page, value=column.title)
        cell.font = _font(is_bold=True)
        cell.fill = openpyxl.styles.PatternFill("solid", fgColor=_HEAD_FILL)
        cell.alignment = openpyxl.styles.Alignment(vertical="center", wrap_text=True)
        yield cell


def _pen(page: Any, column: Column) -> Callable[[Value], Any]:
    """What puts a value into a column: one cell for each look, filled anew, since a row is written at once."""
    openpyxl = _openpyxl()
    kept: dict[str, Any] = {}

    def cell_of(look: str) -> Any:
        # A look is fixed once: the book keeps it by the cell, and would change with it.
        if look not in kept:
            cell = kept[look] = openpyxl.cell.WriteOnlyCell(page)
            wraps = column.kind in (Kind.TEXT, Kind.LONG)
            cell.alignment = openpyxl.styles.Alignment(vertical="top", wrap_text=wraps)
            if look == _QUOTED:
                cell.quotePrefix = True
            else:
                cell.number_format = look
        return kept[look]

    def put(value: Value) -> Any:
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            cell = cell_of(_format(value))
            cell.value = value
            return cell
        text = plain(value)
        cell = cell_of(_QUOTED if text.startswith(_LIKE_A_FORMULA) else _GENERAL)
        cell.value = text
        cell.data_type = "s"
        return cell

    return put


def plain(text: str) -> str:
    """Text as a cell can hold it: without signs that XML has no room for, and no longer than a cell is."""
    kept = _ESCAPE_LIKE.sub("_x005F_", _NOT_IN_XML.sub("", text))
    return kept if len(kept) <= LONGEST else kept[: LONGEST - len(_CUT)] + _CUT


def _format(value: int | date | Decimal) -> str:
    if isinstance(value, date):
        return _DAY
    if isinstance(value, int):
        return "0"
    digits = max(-int(value.as_tuple().exponent) - 2, 0)
    return "0" + ("." + "0" * digits if digits else "") + "%"


@cache
def _font(*, is_bold: bool = False) -> Any:
    """The library's own font, with its parts in the order that the schema asks for and the library does not keep."""
    fonts = _openpyxl().styles.fonts

    class Font(fonts.Font):  # type: ignore[misc, name-defined]
        __nested__ = fonts.Font.__nested__
        __elements__ = ("b", "sz", "color", "name", "family", "scheme")

    usual = fonts.DEFAULT_FONT
    return Font(usual.name, usual.sz, is_bold or None, color=usual.color, family=usual.family, scheme=usual.scheme)


def _letter(at: int) -> str:
    name: str = _openpyxl().utils.get_column_letter(at + 1)
    return name


def _openpyxl() -> Any:
    """The library, when the first ledger is asked for: no other page has to wait until it is loaded."""
    import openpyxl  # noqa: PLC0415
    import openpyxl.worksheet.properties  # noqa: PLC0415

    return openpyxl
