"""The archive of a case (归档卷): papers, letters, originals bound into one PDF with cover, contents and page numbers.

Each part is drawn by itself into a file, foreign ones in a process with limits, and all are bound in another; so memory
holds one part at a time here, and what would be too much is named on a sheet of its own.
"""

import gc
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app
from pypdf import PdfReader

from suggestions.documents import child, office, readings, store
from suggestions.documents.confined import bind
from suggestions.documents.letters.as_pdf import dress, write
from suggestions.documents.letters.parts import LetterPaper
from suggestions.documents.papers import as_pdf
from suggestions.documents.papers.from_word import paper_of_word
from suggestions.documents.papers.parts import Form, Heading, Paper, Table, Text
from suggestions.documents.safety import MediaType, kind_of_checked
from suggestions.documents.scans import PAGED
from suggestions.domain.errors import Invalid, Missing, NotNow

MAX_BYTES = 150 * 1024 * 1024
"""How much of kept files is bound in; the rest is named."""
_A4 = child.Limits(seconds=60, memory=1536, output=64)
_BINDING = child.Limits(seconds=120, memory=2048, output=512)
_NUMBERS = """<html lang="zh-CN"><style>
@page {{ size: A4; margin: 15mm 26mm; @top-right {{ vertical-align: top; font: 9pt {0}; content: "第" counter(page) "页　共{1}页"; }} }}
div {{ break-after: page; }}
</style>{2}<p></p></html>"""
"""Empty pages, each with its number."""


@dataclass(frozen=True)
class Kept:
    """A kept file of the case, by name and digest."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Piece:
    """One part of an archive: a paper that is made when its turn comes, or a kept file."""

    group: str
    title: str
    source: Callable[[], Paper | LetterPaper] | Kept


@dataclass(frozen=True)
class Cover:
    """What the cover says of the case."""

    title: str
    unit: str
    form: Form


@dataclass
class _Bound:
    """The parts as they were drawn: file name and pages of each."""

    folder: Path
    files: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    left: int = MAX_BYTES

    def add(self, data: bytes) -> None:
        name = f"{len(self.files)}.pdf"
        (self.folder / name).write_bytes(data)
        self.files.append(name)
        self.pages.append(_count(self.folder / name))
        # What drew the page holds its fonts in circles, 50 MB each time, until they are looked for.
        gc.collect()


def bound(cover: Cover, pieces: Sequence[Piece], folder: Path, note: Callable[[], object] = lambda: None) -> Path:
    """The archive as a PDF in a folder, `note` called after each piece; NotNow when it cannot be drawn here."""
    drawn = _Bound(folder)
    # What was there before the drawing need not be looked through after each piece.
    gc.freeze()
    try:
        for piece in pieces:
            drawn.add(_drawn(piece, drawn))
            note()
    finally:
        gc.unfreeze()
    contents = as_pdf.render(_contents(cover, pieces, [0] * len(pieces)))
    (folder / "contents.pdf").write_bytes(contents)
    before = 1 + _count(folder / "contents.pdf")
    first = [before + 1 + sum(drawn.pages[:at]) for at in range(len(pieces))]
    whole = before + sum(drawn.pages)
    (folder / "contents.pdf").write_bytes(as_pdf.render(_contents(cover, pieces, first)))
    (folder / "cover.pdf").write_bytes(as_pdf.render(_cover(cover, len(pieces), whole)))
    (folder / "numbers.pdf").write_bytes(_numbers(whole))
    _bind(cover, pieces, drawn, folder)
    return folder / "archive.pdf"


def _numbers(pages: int) -> bytes:
    return write(_NUMBERS.format(dress()["fonts"]["heading"], pages, "<div></div>" * (pages - 1)))


def _bind(cover: Cover, pieces: Sequence[Piece], drawn: _Bound, folder: Path) -> None:
    groups: list[dict[str, object]] = [
        {"title": "", "parts": [{"title": "封面", "file": "cover.pdf"}, {"title": "目录", "file": "contents.pdf"}]}
    ]
    for name in dict.fromkeys(piece.group for piece in pieces):
        parts = [
            {"title": piece.title, "file": file}
            for piece, file in zip(pieces, drawn.files, strict=True)
            if piece.group == name
        ]
        groups.append({"title": name, "parts": parts})
    order = {"title": cover.title, "unit": cover.unit, "groups": groups}
    (folder / "order.json").write_text(json.dumps(order, ensure_ascii=False), encoding="utf-8")
    try:
        child.run((sys.executable, "-I", bind.__file__, "order.json", "archive.pdf"), folder, _BINDING)
    except child.OutOfLimitsError as error:
        raise NotNow("现在不能装订归档卷：", ["材料太多，超过了内存和时间的限制。各份文书可以分别下载。"]) from error


def _count(path: Path) -> int:
    with path.open("rb") as file:
        return len(PdfReader(file).pages)


def _drawn(piece: Piece, so_far: _Bound) -> bytes:
    """A part as PDF; a file that cannot be shown as the sheet that names it."""
    kept = piece.source
    if not isinstance(kept, Kept):
        return as_pdf.render(kept())
    if kept.size > so_far.left:
        return as_pdf.render(_named(kept, "文件太大，没有装订进来。"))
    so_far.left -= kept.size
    try:
        return _file(kept)
    except (Invalid, Missing) as error:
        return as_pdf.render(_named(kept, str(error)))
    except child.OutOfLimitsError:
        return as_pdf.render(_named(kept, "文件已损坏，或者太大，画不成页面。"))


def _file(kept: Kept) -> bytes:
    kind = kind_of_checked(kept.name)
    if kind in PAGED:
        return _on_a4(kept)
    if kind is MediaType.DOCX:
        return as_pdf.render(paper_of_word(kept.name, store.read(kept.sha256)))
    if kind is MediaType.DOC:
        return as_pdf.render(paper_of_word(kept.name, office.kept_docx(kept.sha256, kept.name)))
    if kind is MediaType.OFD:
        lines = readings.lines_of(kept.sha256, kept.name)
        note = Text("OFD文件，这里只印它的文字；版式和印章以原文件为准。", is_note=True)
        return as_pdf.render(Paper(kept.name, "", (note, *(Text(line) for line in lines))))
    raise Invalid("这种文件画不成页面。")


def _on_a4(kept: Kept) -> bytes:
    """Drawn once, and kept beside the file."""
    path = Path(current_app.config["FILES_DIR"]) / "drawn" / kept.sha256[:2] / kept.sha256 / "a4.pdf"
    if not path.exists():
        store.put_aside(path, child.read_confined("a4", store.read(kept.sha256), limits=_A4))
    return path.read_bytes()


def _named(kept: Kept, why: str) -> Paper:
    """The sheet that stands for a file that could not be bound in."""
    size = f"{kept.size}字节（{kept.size / 1024 / 1024:.1f} MB）"
    lines = [(("文件名", kept.name),), (("大小", size),), (("SHA-256", kept.sha256),), (("为什么不在这里", why),)]
    note = Text("原文件留在系统里，按上面的指纹核对。", is_note=True)
    return Paper("未装订的文件", "", (Form(lines), note))


def _cover(cover: Cover, count: int, pages: int) -> Paper:
    more = ((("件数", f"{count}件"), ("页数", f"共{pages}页，含封面和目录")),)
    return Paper(cover.title, cover.unit, (Form([*cover.form.lines, *more]),))


def _contents(cover: Cover, pieces: Sequence[Piece], first: Sequence[int]) -> Paper:
    """The table of contents: number, paper, the page on which it begins."""
    return Paper("目录", cover.unit, tuple(_groups(pieces, first)))


def _groups(pieces: Sequence[Piece], first: Sequence[int]) -> Iterator[Heading | Table]:
    numbered = list(zip(range(1, len(pieces) + 1), pieces, first, strict=True))
    for name in dict.fromkeys(piece.group for piece in pieces):
        rows = [(str(number), piece.title, str(page)) for number, piece, page in numbered if piece.group == name]
        yield Heading(name)
        yield Table(("序号", "材料", "页码"), (3, 24, 4), rows)
