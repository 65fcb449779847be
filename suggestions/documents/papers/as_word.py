"""A paper as a Word file in the styles of the letters; the same paper gives the same bytes."""

from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Mm, Pt

from suggestions.documents.letters import as_word
from suggestions.documents.letters import measures as m
from suggestions.documents.letters.parts import LetterPaper
from suggestions.documents.letters.word_styles import Style
from suggestions.documents.letters.word_tables import LABEL, LINE, add_table
from suggestions.documents.papers.parts import Form, Heading, NewPage, Paper, Part, Picture, Table, Text

MEDIA_TYPE = as_word.MEDIA_TYPE
_ALIGNED = {"center": ALIGN.CENTER, "right": ALIGN.RIGHT}
_HIGHEST = 200.0


def render(paper: Paper | LetterPaper) -> bytes:
    """The paper as .docx; a letter in the letter format."""
    if isinstance(paper, LetterPaper):
        return as_word.render(paper)
    document = as_word.begun(paper.title, paper.unit)
    as_word.number_pages(document, paper.warning)
    title = document.add_paragraph(paper.title, style=Style.TITLE)
    title.paragraph_format.space_after = Pt(m.LINE / 2)
    for block in paper.blocks:
        _add(document, block)
    return as_word.finished(document)


def _add(document: Document, block: Part) -> None:
    match block:
        case Heading(text):
            document.add_paragraph(text, style=Style.HEADING)
        case Text():
            _text(document, block)
        case Table(head, widths, rows, is_small):
            wide = [LINE * share / sum(widths) for share in widths]
            style = Style.SMALL_CELL if is_small else Style.CELL
            add_table(document, [head, *rows] if head else rows, wide, has_head=bool(head), style=style)
            document.add_paragraph("", style=Style.CELL)
        case Form():
            _form(document, block)
        case Picture():
            _picture(document, block)
        case NewPage():
            first = document.add_paragraph(style=Style.ROOM).paragraph_format
            first.page_break_before, first.line_spacing = True, Pt(1)


def _text(document: Document, block: Text) -> None:
    for line in block.text.split("\n"):
        paragraph = document.add_paragraph(line, style=Style.CELL if block.is_note else Style.BODY)
        if block.align in _ALIGNED:
            paragraph.style = Style.CELL if block.is_note else Style.FLUSH
            paragraph.alignment = _ALIGNED[block.align]


def _form(document: Document, block: Form) -> None:
    """One table: lines of two pairs have four cells, lines of one draw their words out."""
    half = LINE / 2 - LABEL
    widths = (LABEL, half, LABEL, half) if block.is_double else (LABEL, LINE - LABEL)
    rows = [[text for pair in line for text in pair] for line in block.lines]
    add_table(document, rows, widths, has_head=False)
    document.add_paragraph("", style=Style.CELL)


def _picture(document: Document, block: Picture) -> None:
    paragraph = document.add_paragraph(style=Style.CELL)
    # Lines of a fixed height would cut the picture off.
    paragraph.paragraph_format.line_spacing = 1.0
    try:
        drawn: Any = paragraph.add_run().add_picture(BytesIO(block.data))
    except UnrecognizedImageError:
        paragraph.add_run("（图片无法显示）")
        return
    drawn._inline.docPr.set("descr", block.words)
    scale = min(1.0, Mm(LINE) / drawn.width, Mm(_HIGHEST) / drawn.height)
    drawn.width, drawn.height = round(drawn.width * scale), round(drawn.height * scale)
