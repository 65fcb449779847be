"""A paper as a PDF in the type of the letters; what stands in for an official font is printed at its end."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from suggestions.documents.letters import as_pdf
from suggestions.documents.letters.parts import LetterPaper
from suggestions.documents.letters.word_tables import LABEL, LINE, is_long
from suggestions.documents.papers.parts import Form, Heading, NewPage, Paper, Part, Picture, Table, Text, Words

MEDIA_TYPE = as_pdf.MEDIA_TYPE
colophon, lacking = as_pdf.colophon, as_pdf.lacking
_pages = Environment(
    loader=FileSystemLoader([Path(__file__).parent, Path(as_pdf.__file__).parent]),
    autoescape=select_autoescape(("html",), default=False),
    undefined=StrictUndefined,
)


def render(paper: Paper | LetterPaper) -> bytes:
    """The paper as .pdf, a letter in the letter format; NotNow says what this machine lacks."""
    if isinstance(paper, LetterPaper):
        return as_pdf.render(paper)
    css = _pages.get_template("paper.css.jinja").render(**as_pdf.dress())
    page = _pages.get_template("paper.html").render(
        css=Markup(css),  # noqa: S704 made of the figures and font names of this house
        title=paper.title,
        unit=paper.unit,
        warning=paper.warning,
        blocks=[_drawn(block) for block in paper.blocks],
        colophon=as_pdf.colophon(),
    )
    return as_pdf.write(page)


def _drawn(block: Part) -> dict[str, Any]:
    """A part as the page takes it."""
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Text(text, is_note, align):
            looks = ("note" if is_note else "", align if align != "left" else "")
            return {"kind": "text", "lines": text.split("\n"), "look": " ".join(filter(None, looks))}
        case Table(head, widths, rows, is_small):
            drawn = [{"cells": [list(_pieces(cell)) for cell in row], "is_long": is_long(row)} for row in rows]
            return {"kind": "table", "shares": _shares(widths), "head": head, "rows": drawn, "is_small": is_small}
        case Form():
            return _form(block)
        case Picture(data, media_type, words):
            src = f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
            return {"kind": "picture", "src": src, "words": words}
        case NewPage():
            return {"kind": "new_page"}


def _form(block: Form) -> dict[str, Any]:
    is_double = block.is_double
    lines = [
        {
            "pairs": [(label, list(_pieces(words)), 3 if is_double and len(line) == 1 else 1) for label, words in line],
            "is_long": is_long([words for _, words in line]),
        }
        for line in block.lines
    ]
    half = LINE / 2 - LABEL
    shares = _shares((LABEL, half, LABEL, half) if is_double else (LABEL, LINE - LABEL))
    return {"kind": "form", "lines": lines, "shares": shares}


def _pieces(words: Words) -> Iterator[tuple[str, list[str]]]:
    for piece, text in [("same", words)] if isinstance(words, str) else words:
        yield piece, text.split("\n")


def _shares(widths: tuple[float, ...] | Any) -> list[float]:
    """Widths as percentages of the line."""
    return [round(100 * wide / sum(widths), 3) for wide in widths]
