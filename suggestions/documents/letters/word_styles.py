"""The named styles of a Word letter, each with its official fonts, so that an office can go on working in it."""

from enum import StrEnum
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from suggestions.documents.letters import measures as m
from suggestions.documents.letters.fonts import Face


class Style(StrEnum):
    """The styles by the names that an office sees in Word."""

    BODY = "公文正文"
    FLUSH = "公文主送"
    HEADING = "公文一级标题"
    TITLE = "公文标题"
    LETTERHEAD = "发文机关标志"
    MARK = "公文右上标记"
    WARNING = "未签发标记"
    NUMBER = "发文字号"
    SIGNATURE = "公文署名"
    COPIES = "公文抄送"
    NOTE = "公文存证"
    PAGE = "公文页码"
    ROOM = "公文留空"
    CELL = "公文表格"
    SMALL_CELL = "公文小字表格"


_LOOKS: dict[Style, tuple[Face, float, float, Any, int]] = {
    # face, size and line in points, alignment, first-line indent in characters
    Style.BODY: (Face.BODY, m.CHARACTER, m.LINE, ALIGN.JUSTIFY, 2),
    Style.FLUSH: (Face.BODY, m.CHARACTER, m.LINE, ALIGN.LEFT, 0),
    Style.HEADING: (Face.HEADING, m.CHARACTER, m.LINE, ALIGN.LEFT, 2),
    Style.TITLE: (Face.TITLE, m.TITLE, m.TITLE_LINE, ALIGN.CENTER, 0),
    Style.LETTERHEAD: (Face.TITLE, 36, 36, ALIGN.CENTER, 0),
    Style.MARK: (Face.HEADING, m.SMALL, 20, ALIGN.RIGHT, 0),
    Style.WARNING: (Face.HEADING, m.CHARACTER, 20, ALIGN.RIGHT, 0),
    Style.NUMBER: (Face.BODY, m.CHARACTER, m.LINE, ALIGN.RIGHT, 0),
    Style.SIGNATURE: (Face.BODY, m.CHARACTER, m.LINE, ALIGN.RIGHT, 0),
    Style.COPIES: (Face.BODY, m.SMALL, 22, ALIGN.LEFT, 0),
    Style.NOTE: (Face.BODY, m.NOTE, 14, ALIGN.LEFT, 0),
    Style.PAGE: (Face.NUMBER, m.SMALL, m.SMALL, ALIGN.LEFT, 0),
    Style.ROOM: (Face.BODY, m.NOTE, m.NOTE, ALIGN.LEFT, 0),
    Style.CELL: (Face.BODY, m.CELL, m.CELL_LINE, ALIGN.LEFT, 0),
    Style.SMALL_CELL: (Face.BODY, m.NOTE, m.SMALL_CELL_LINE, ALIGN.LEFT, 0),
}
_BROUGHT_ALONG = {
    "Normal",
    "Header",
    "HeaderChar",
    "Footer",
    "FooterChar",
    "DefaultParagraphFont",
    "TableNormal",
    "TableGrid",
    "NoList",
}
"""Of the 164 styles of an empty document those that a paper stands on: an office finds its own, not theirs."""
_TIGHT = (Style.BODY, Style.FLUSH, Style.HEADING, Style.NUMBER, Style.SIGNATURE)


def furnish(document: Document) -> None:
    """Put the styles into a fresh document and make Chinese its language."""
    for foreign in [style for style in document.styles if style.style_id not in _BROUGHT_ALONG]:
        foreign.delete()
    normal = document.styles["Normal"]
    _fonts(normal.element, Face.BODY)
    normal.font.size = Pt(m.CHARACTER)
    _language(document)
    for style, (face, size, line, align, first) in _LOOKS.items():
        made = document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = normal
        made.quick_style = True
        _fonts(made.element, face)
        made.font.size = Pt(size)
        shape = made.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
        shape.space_before = shape.space_after = Pt(0)
        shape.alignment = align
        # A page of the standard is full: 22 lines, even when one line of a paragraph stays behind.
        shape.widow_control = False
        _on_no_grid(made.element)
        if first:
            indent(made, first=first)
        if style in _TIGHT:
            _tighter(made.element)
        if style is Style.HEADING:
            shape.keep_with_next = True
    head = document.styles[Style.LETTERHEAD]
    for style in (head, document.styles[Style.WARNING]):
        style.font.color.rgb = RGBColor.from_string(m.RED)
    # The page's middle is the letterhead's, not the middle of the type area.
    side = (m.PAGE[0] - m.RULE_WIDTH) / 2
    head.paragraph_format.left_indent = Pt((side - m.LEFT) * m.MM)
    head.paragraph_format.right_indent = Pt((side - m.RIGHT) * m.MM)
    indent(document.styles[Style.COPIES], left=1, right=1, size=m.SMALL)


def indent(kept: Any, *, first: float = 0, left: float = 0, right: float = 0, size: float = m.CHARACTER) -> None:
    """Indents in characters, said both as Word counts characters and in points for who does not."""
    shape = kept.paragraph_format
    holder = kept._p if isinstance(kept, Paragraph) else kept.element
    step = size + (m.TIGHTER if size == m.CHARACTER else 0)
    for name, count, place in (
        ("firstLine", first, "first_line_indent"),
        ("start", left, "left_indent"),
        ("end", right, "right_indent"),
    ):
        if count:
            setattr(shape, place, Pt(count * step))
            if float(count).is_integer():
                word = {"firstLine": "firstLineChars", "start": "leftChars", "end": "rightChars"}[name]
                holder.get_or_add_pPr().find(qn("w:ind")).set(qn(f"w:{word}"), str(int(count * 100)))


def _fonts(element: Any, face: Face) -> None:
    kept = element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        kept.attrib.pop(qn(f"w:{theme}"), None)
    for where in ("ascii", "hAnsi", "eastAsia", "cs"):
        kept.set(qn(f"w:{where}"), str(face))


def _language(document: Document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")


def _tighter(element: Any) -> None:
    spacing = OxmlElement("w:spacing")
    # Twentieths of a point; the nearest whole one that still lets 28 characters into the line.
    spacing.set(qn("w:val"), "-5")
    properties = element.get_or_add_rPr()
    size = properties.find(qn("w:sz"))
    size.addprevious(spacing)


def _on_no_grid(element: Any) -> None:
    """Lines keep their own distance, and no room is added between Chinese and Latin signs: 28 characters are 28."""
    spacing = element.get_or_add_pPr().find(qn("w:spacing"))
    for name in ("w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        switch = OxmlElement(name)
        switch.set(qn("w:val"), "0")
        spacing.addprevious(switch)
