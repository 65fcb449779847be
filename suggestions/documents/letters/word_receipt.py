"""The receipt form behind a Word letter: a page of its own that the deputy fills in by hand and sends back."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from suggestions.documents.letters import measures as m
from suggestions.documents.letters.parts import Receipt
from suggestions.documents.letters.word_styles import Style

_WIDTHS = (34.0, m.PAGE[0] - m.LEFT - m.RIGHT - 34.0)
_REASON_LINES = 3


def boxes(scale: Sequence[str]) -> str:
    """What can be ticked, each with its box: □满意　□基本满意."""
    return "　".join(f"□{label}" for label in scale)


def rows(receipt: Receipt) -> list[tuple[str, str]]:
    """The form line by line, as (what is asked, what stands there or can be ticked)."""
    asked = [
        (f"第{number}条", f"{text}\n{boxes(receipt.part_scale)}") for number, text in enumerate(receipt.requests, 1)
    ]
    return [
        *receipt.facts,
        ("联系我的方式", f"{boxes((*receipt.contact_forms, '没有联系'))}\n共＿＿＿次"),
        *asked,
        ("办理态度", boxes(receipt.part_scale)),
        ("办理结果", boxes(receipt.part_scale)),
        ("总的评价", boxes(receipt.overall_scale)),
        ("不满意的理由", "\n" * _REASON_LINES),
        ("要求重新办理", boxes(("是", "否"))),
        ("代表签名", "\n日期：＿＿＿＿年＿＿月＿＿日"),
    ]


def add(document: Document, receipt: Receipt) -> None:
    """Put the form on a new page of the document."""
    first = document.add_paragraph("附件", style=Style.HEADING)
    first.paragraph_format.page_break_before = True
    first.paragraph_format.first_line_indent = Pt(0)
    first._p.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), "0")
    title = document.add_paragraph(receipt.title, style=Style.TITLE)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(m.LINE / 2)
    lines = rows(receipt)
    table = document.add_table(rows=len(lines), cols=2)
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, wide in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(wide)
    for at, (asked, there) in enumerate(lines):
        for place, (text, wide) in enumerate(zip((asked, there), _WIDTHS, strict=True)):
            cell = table.cell(at, place)
            cell.width = Mm(wide)
            _fill(cell, text)
        _whole(table.rows[at])
    document.add_paragraph(receipt.return_to, style=Style.CELL).paragraph_format.space_before = Pt(6)


def _fill(cell: Any, text: str) -> None:
    for at, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.style = Style.CELL
        paragraph.add_run(line)


def _whole(row: Any) -> None:
    """A row is not cut in two by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
