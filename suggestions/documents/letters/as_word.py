"""A reply letter as a Word file in GB/T 9704 letter format; the same letter gives the same bytes."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from suggestions.documents.letters import measures as m
from suggestions.documents.letters import parts, qr, rules, word_receipt
from suggestions.documents.letters.word_styles import Style, furnish, indent
from suggestions.documents.letters.word_xml import (
    anchored_picture,
    bottom_block,
    fixed_zip,
    name_stand_ins,
    page_number,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FIRST_MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001 Word keeps its dates without zone; this one says nothing


def render(letter: parts.LetterPaper) -> bytes:
    """The letter as .docx: letterhead and marks in the first page's header, the text in the body, the receipt after."""
    document = begun("".join(letter.title), letter.unit, letter.number)
    document.sections[0].different_first_page_header_footer = True
    _first_header(document, letter)
    _other_headers(document, letter)
    _text(document, letter)
    _end(document, letter)
    if letter.receipt:
        word_receipt.add(document, letter.receipt)
    return finished(document)


def begun(title: str, unit: str, number: str = "") -> Document:
    """A fresh file with the styles and the page of the standard, that says what it is and when nothing."""
    document = docx.Document()
    furnish(document)
    name_stand_ins(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(m.PAGE[0]), Mm(m.PAGE[1])
    section.top_margin, section.bottom_margin = Mm(m.TOP), Mm(m.BOTTOM)
    section.left_margin, section.right_margin = Mm(m.LEFT), Mm(m.RIGHT)
    section.header_distance = Mm(m.MARKS_TOP)
    # The dash stands in the middle of its line.
    section.footer_distance = Mm(m.BOTTOM - m.PAGE_NUMBER_BELOW - m.SMALL / m.MM / 2)
    document.settings.odd_and_even_pages_header_footer = True
    kept = document.core_properties
    kept.title, kept.author, kept.language = title, unit, "zh-CN"
    kept.comments, kept.last_modified_by, kept.keywords = "", "", number
    kept.created = kept.modified = _FIRST_MOMENT
    kept.revision = 1
    return document


def finished(document: Document) -> bytes:
    """The file as bytes, the same for the same words."""
    kept = BytesIO()
    document.save(kept)
    return fixed_zip(kept.getvalue())


def _first_header(document: Document, letter: parts.LetterPaper) -> None:
    """Marks at 15 mm, letterhead at 30 mm, the first double line, and the free space above the number."""
    header = document.sections[0].first_page_header
    first = header.paragraphs[0]
    marks = [(text, Style.MARK) for text in letter.marks]
    if letter.warning or not marks:
        marks.insert(0, (letter.warning, Style.WARNING))
    size = m.letterhead_size(len(letter.letterhead))
    height = (m.letterhead_from(size) - m.MARKS_TOP) / len(marks)
    for at, (text, style) in enumerate(marks):
        paragraph = first if at == 0 else header.add_paragraph()
        paragraph.style = style
        paragraph.paragraph_format.line_spacing = Pt(height * m.MM)
        paragraph.add_run(text)
    head = header.add_paragraph(letter.letterhead, style=Style.LETTERHEAD)
    head.paragraph_format.line_spacing = Pt(size * m.MM)
    head.runs[0].font.size = Pt(round(size * m.MM * 2) / 2)
    room = header.add_paragraph(style=Style.ROOM)
    room.paragraph_format.line_spacing = Pt(m.below_letterhead(size) * m.MM)
    left = (m.PAGE[0] - m.RULE_WIDTH) / 2
    anchored_picture(room, rules.png(is_head=True), left=left, top=m.rules_at(size), wide=m.RULE_WIDTH, high=m.RULES)
    foot_at = m.PAGE[1] - m.FOOT_RULES_BOTTOM - m.RULES
    anchored_picture(room, rules.png(is_head=False), left=left, top=foot_at, wide=m.RULE_WIDTH, high=m.RULES)


def _other_headers(document: Document, letter: parts.LetterPaper) -> None:
    number_pages(document, letter.warning)
    document.sections[0].first_page_footer.paragraphs[0].style = Style.ROOM


def number_pages(document: Document, warning: str) -> None:
    """The page number at the outer side of every page, and what the paper is not yet at its head."""
    section = document.sections[0]
    for header, footer, is_left in (
        (section.header, section.footer, False),
        (section.even_page_header, section.even_page_footer, True),
    ):
        header.paragraphs[0].style = Style.WARNING
        header.paragraphs[0].add_run(warning)
        page_number(footer.paragraphs[0], is_left=is_left)


def _text(document: Document, letter: parts.LetterPaper) -> None:
    _line(document, letter.number, Style.NUMBER)
    for _ in range(2):
        _line(document, "", Style.BODY)
    for text in letter.title:
        _line(document, text, Style.TITLE)
    _line(document, "", Style.BODY)
    _broken(document, letter.addressees, Style.FLUSH)
    for block in letter.blocks:
        _line(document, block.text, Style.HEADING if block.is_heading else Style.BODY)
    # What follows never stands on a page without a line of the text.
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def _end(document: Document, letter: parts.LetterPaper) -> None:
    kept: list[Paragraph] = [_line(document, "", Style.BODY)]
    kept += [_line(document, text, Style.BODY) for text in letter.attachments]
    kept += [_line(document, "", Style.BODY) for _ in range(2)]
    for text, away in zip((letter.unit, letter.date), parts.signature_indents(letter.unit, letter.date), strict=True):
        kept.append(_line(document, text, Style.SIGNATURE))
        indent(kept[-1], right=away)
    kept += [_line(document, text, Style.BODY) for text in letter.notes]
    for paragraph in kept:
        paragraph.paragraph_format.keep_with_next = True
    _foot(document, letter)


def _foot(document: Document, letter: parts.LetterPaper) -> None:
    foot: list[Paragraph] = []
    if letter.evidence:
        mark = _line(document, "", Style.NOTE)
        mark.paragraph_format.line_spacing = Pt((m.QR + 1) * m.MM)
        mark.add_run().add_picture(BytesIO(qr.png(letter.evidence.line)), Mm(m.QR), Mm(m.QR))
        mark.add_run(f"　存证编码 {letter.evidence.code}")
        foot += [mark, _line(document, parts.HOW_TO_CHECK, Style.NOTE)]
    if letter.copies:
        foot.append(_line(document, f"抄送：{letter.copies}", Style.COPIES))
    bottom_block(document, foot)


def _line(document: Document, text: str, style: Style) -> Paragraph:
    return document.add_paragraph(text, style=style)


def _broken(document: Document, lines: Sequence[str], style: Style) -> None:
    paragraph = document.add_paragraph(style=style)
    for at, text in enumerate(lines):
        run = paragraph.add_run(text)
        if at < len(lines) - 1:
            run.add_break()
