"""Tables of a Word file in the type of the letters: of fixed widths, no row cut in two, the head on every page."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, RGBColor

from suggestions.documents.letters import measures as m
from suggestions.documents.letters.word_styles import Style

LINE = m.PAGE[0] - m.LEFT - m.RIGHT
"""The width of the type area in millimetres."""
LABEL = 31.0
"""How wide the label of a form is, in millimetres."""
Cell: TypeAlias = str | Sequence[tuple[str, str]]
"""Plain words, or pieces of ("same" | "del" | "ins", text); a line break begins a paragraph."""
_STRUCK = RGBColor(0x70, 0x70, 0x70)
_LONG = 400
"""Signs of a cell from which on its row may run over the page: it might be longer than one."""


def add_table(
    document: Document,
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    has_head: bool,
    style: Style = Style.CELL,
) -> Any:
    """Put a table at the end of the document; the widths are in millimetres, a head is set in bold."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Mm(wide)
    for at, cells in enumerate(rows):
        is_head = has_head and at == 0
        row = table.add_row()
        _fill(row, cells, widths, style, is_bold=is_head)
        properties = row._tr.get_or_add_trPr()
        if not is_long(cells):
            properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
    return table


def _fill(row: Any, cells: Sequence[Cell], widths: Sequence[float], style: Style, *, is_bold: bool) -> None:
    """The words cell by cell; a row of fewer cells draws its last one out to the edge."""
    places = list(row.cells)
    for place, wide in zip(places, widths, strict=True):
        place.width = Mm(wide)
    if len(cells) < len(places):
        places[len(cells) - 1] = places[len(cells) - 1].merge(places[-1])
    for place, words in zip(places, cells, strict=False):
        paragraph = place.paragraphs[0]
        paragraph.style = style
        for piece, text in [("same", words)] if isinstance(words, str) else words:
            for at, line in enumerate(text.split("\n")):
                if at:
                    paragraph = place.add_paragraph(style=style)
                _mark(paragraph.add_run(line), piece, is_bold=is_bold)


def _mark(run: Any, piece: str, *, is_bold: bool) -> None:
    run.bold = is_bold or None
    if piece == "del":
        run.font.strike, run.font.color.rgb = True, _STRUCK
    elif piece == "ins":
        run.font.underline = True


def is_long(cells: Sequence[Cell]) -> bool:
    """Whether a row may run over the end of a page, because it might be longer than one."""
    texts = (cell if isinstance(cell, str) else "".join(text for _, text in cell) for cell in cells)
    return any(len(text) > _LONG for text in texts)
