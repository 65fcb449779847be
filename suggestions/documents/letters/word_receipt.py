"""The receipt form behind a Word letter: a page of its own that the deputy fills in by hand and sends back."""

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from suggestions.documents.letters import measures as m
from suggestions.documents.letters.parts import Receipt
from suggestions.documents.letters.word_styles import Style
from suggestions.documents.letters.word_tables import LABEL, LINE, add_table


def add(document: Document, receipt: Receipt) -> None:
    """Put the form on a new page of the document."""
    first = document.add_paragraph("附件", style=Style.HEADING)
    first.paragraph_format.page_break_before = True
    first.paragraph_format.first_line_indent = Pt(0)
    first._p.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), "0")
    title = document.add_paragraph(receipt.title, style=Style.TITLE)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(m.LINE / 2)
    add_table(document, receipt.lines, (LABEL, LINE - LABEL), has_head=False)
    document.add_paragraph(receipt.return_to, style=Style.CELL).paragraph_format.space_before = Pt(6)
