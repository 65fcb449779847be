"""A report as a Word file in the styles of the letters; the same report gives the same bytes."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm

from suggestions.documents.letters import measures as m
from suggestions.documents.letters.word_styles import Style, furnish
from suggestions.documents.letters.word_xml import fixed_zip, name_stand_ins, page_number
from suggestions.documents.reports.parts import Heading, Picture, ReportPaper, Table, Text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FIRST_MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001 Word keeps its dates without zone; this one says nothing
_LINE = m.PAGE[0] - m.LEFT - m.RIGHT


def render(report: ReportPaper) -> bytes:
    """The report as .docx."""
    document = docx.Document()
    furnish(document)
    name_stand_ins(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(m.PAGE[0]), Mm(m.PAGE[1])
    section.top_margin, section.bottom_margin = Mm(m.TOP), Mm(m.BOTTOM)
    section.left_margin, section.right_margin = Mm(m.LEFT), Mm(m.RIGHT)
    page_number(section.footer.paragraphs[0], is_left=False)
    kept = document.core_properties
    kept.title, kept.author, kept.language = report.title, report.unit, "zh-CN"
    kept.comments, kept.last_modified_by, kept.revision = "", "", 1
    kept.created = kept.modified = _FIRST_MOMENT
    document.add_paragraph(report.title, style=Style.TITLE)
    document.add_paragraph("", style=Style.BODY)
    for block in report.blocks:
        match block:
            case Heading(text):
                document.add_paragraph(text, style=Style.HEADING)
            case Text(text, is_note):
                document.add_paragraph(text, style=Style.CELL if is_note else Style.BODY)
            case Table():
                _table(document, block)
            case Picture():
                _picture(document, block)
    written = BytesIO()
    document.save(written)
    return fixed_zip(written.getvalue())


def _table(document: Document, block: Table) -> None:
    table = document.add_table(rows=0, cols=len(block.head))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = [Mm(_LINE * share / sum(block.widths)) for share in block.widths]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    for at, texts in enumerate((block.head, *block.rows)):
        row = table.add_row()
        _fill(row, texts, widths, is_head=at == 0)
    document.add_paragraph("", style=Style.CELL)


def _fill(row: Any, texts: Sequence[str], widths: Sequence[Any], *, is_head: bool) -> None:
    for cell, text, wide in zip(row.cells, texts, widths, strict=True):
        cell.width = wide
        paragraph = cell.paragraphs[0]
        paragraph.style = Style.CELL
        paragraph.add_run(text).bold = is_head or None
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        # The head comes again on every page that the table runs over.
        properties.append(OxmlElement("w:tblHeader"))


def _picture(document: Document, block: Picture) -> None:
    paragraph = document.add_paragraph(style=Style.CELL)
    # Lines of a fixed height would cut the picture off.
    paragraph.paragraph_format.line_spacing = 1.0
    drawn = paragraph.add_run().add_picture(BytesIO(block.data), Mm(_LINE))
    drawn._inline.docPr.set("descr", block.words)
