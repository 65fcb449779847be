"""A Word original as plain blocks for the reading room, drawn by a page macro: no markup of the file gets through."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from docx.oxml.ns import qn

from suggestions.documents.safety import MediaType, is_showable
from suggestions.documents.word import (
    TABLE,
    Paragraph,
    Word,
    blocks,
    descend,
    is_on,
    open_word,
    rows,
    runs,
    text_boxes,
    text_of,
)

_PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}
_DEEPEST_HEADING = 6


class Kind(StrEnum):
    """What a block is; UNSHOWN says in its runs what could not be drawn, so that nobody believes to have seen it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    IMAGE = "image"
    UNSHOWN = "unshown"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look; line breaks in it are \\n, tabs \\t."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_underlined: bool = False


@dataclass(frozen=True)
class Image:
    """A picture from inside the file: its sha256 in hex, its media type by content (PNG or JPEG), and its bytes."""

    sha256: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Cell:
    """A table cell: its blocks and how many columns it spans; cells merged downwards are empty below the first."""

    blocks: tuple["Block", ...]
    columns: int = 1


@dataclass(frozen=True)
class Block:
    """One block: level 1 to 6 of a heading or depth from 0 of a list item, `number` as printed before the text."""

    kind: Kind
    runs: tuple[Run, ...] = ()
    align: str = "left"
    level: int = 0
    number: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    image: Image | None = None

    @property
    def text(self) -> str:
        """The text of the block without its number."""
        return "".join(run.text for run in self.runs)


def render_docx(data: bytes, name: str = "原件.docx") -> tuple[Block, ...]:
    """The main text of a .docx in order, blank paragraphs left out; raises Invalid when it is hostile or broken."""
    word = open_word(data, name)
    found = tuple(_blocks(word, word.body))
    if any(True for _ in descend(word.body, {qn("w:footnoteReference"), qn("w:endnoteReference")})):
        found += (_unshown("原件有脚注或尾注，本页没有显示，请下载原件查看。"),)
    return found


def _blocks(word: Word, container: Any) -> Iterator[Block]:
    for element in blocks(container):
        if element.tag == TABLE:
            yield _table(word, element)
        else:
            yield from _paragraph(word, word.paragraph(element))


def _paragraph(word: Word, paragraph: Paragraph) -> Iterator[Block]:
    """The text, then what hangs on it: pictures and text boxes."""
    if paragraph.text.strip():
        yield _text_block(word, paragraph)
    for drawing in descend(paragraph.element, _PICTURES):
        boxes = list(text_boxes(drawing))
        for box in boxes:
            yield from _blocks(word, box)
        if not boxes:
            yield from _pictures(word, drawing)


def _text_block(word: Word, paragraph: Paragraph) -> Block:
    level = _heading_level(word, paragraph)
    kind = Kind.HEADING if level else Kind.LIST_ITEM if paragraph.number else Kind.PARAGRAPH
    return Block(
        kind,
        tuple(run for run in map(_run, runs(paragraph.element)) if run.text),
        _ALIGNMENTS.get(word.property_of(paragraph.element, "w:jc"), "left"),
        level or paragraph.depth,
        paragraph.number,
    )


def _heading_level(word: Word, paragraph: Paragraph) -> int:
    """1 to 6 by the outline level that Word itself goes by; 0 for text."""
    outline = word.property_of(paragraph.element, "w:outlineLvl")
    return min(int(outline) + 1, _DEEPEST_HEADING) if outline in set("012345678") else 0


def _run(run: Any) -> Run:
    look = run.find(qn("w:rPr"))
    underline = look.find(qn("w:u")) if look is not None else None
    is_underlined = underline is not None and underline.get(qn("w:val"), "single") != "none"
    return Run(text_of(run), is_on(look, "w:b"), is_on(look, "w:i"), is_underlined)


def _table(word: Word, table: Any) -> Block:
    return Block(Kind.TABLE, rows=tuple(tuple(_cell(word, cell) for cell in row) for row in rows(table)))


def _cell(word: Word, cell: Any) -> Cell:
    look = cell.find(qn("w:tcPr"))
    span = look.find(qn("w:gridSpan")) if look is not None else None
    columns = span.get(qn("w:val"), "1") if span is not None else "1"
    is_small = columns.isascii() and columns.isdigit() and len(columns) < 3
    return Cell(tuple(_blocks(word, cell)), max(1, int(columns)) if is_small else 1)


def _pictures(word: Word, drawing: Any) -> Iterator[Block]:
    found = list(descend(drawing, {qn("a:blip"), _VML_IMAGE}))
    for picture in found:
        relation = picture.get(qn("r:embed")) or picture.get(qn("r:id")) or ""
        yield _image(word, relation)
    if not found:
        yield _unshown("此处有图形或图表，本页无法显示，请下载原件查看。")


def _image(word: Word, relation: str) -> Block:
    data = word.package.related(relation)
    kind = MediaType.PNG if data.startswith(b"\x89PNG\r\n\x1a\n") else MediaType.JPEG
    if not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or not is_showable(data):
        return _unshown("此处的图片不是 PNG 或 JPG，或尺寸过大，本页无法显示，请下载原件查看。")
    return Block(Kind.IMAGE, image=Image(hashlib.sha256(data).hexdigest(), kind, data))


def _unshown(sentence: str) -> Block:
    return Block(Kind.UNSHOWN, (Run(sentence),))
