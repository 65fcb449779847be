"""The archive of a case: every part in its order, its page in the contents, and by name what could not be bound in."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from flask import Flask
from PIL import Image

from suggestions.documents import store
from suggestions.documents.archive import MAX_BYTES, Cover, Kept, Piece, bound
from suggestions.documents.letters.parts import plain
from suggestions.documents.papers import as_pdf
from suggestions.documents.papers.parts import Form, NewPage, Paper, Text
from tests.documents.writing import drawn_text
from tests.servers import missing


def kept(name: str, data: bytes) -> Kept:
    return Kept(name, store.keep(data), len(data))


def turned(paper: Paper) -> bytes:
    """A paper whose pages lie on their side, as a scanner leaves them."""
    writer, made = pypdf.PdfWriter(), BytesIO()
    for page in pypdf.PdfReader(BytesIO(as_pdf.render(paper))).pages:
        writer.add_page(page).rotate(90)
    writer.write(made)
    return made.getvalue()


def picture(kind: str, *sizes: tuple[int, int]) -> bytes:
    made = BytesIO()
    first, *others = [Image.new("RGB", size, "navy") for size in sizes]
    first.save(made, kind, **({"save_all": True, "append_images": others} if others else {}))
    return made.getvalue()


def bookmarks(reader: pypdf.PdfReader, found: list[Any]) -> Iterator[tuple[str, int]]:
    """Every bookmark with the page that it leads to, counted from 1."""
    for mark in found:
        if isinstance(mark, list):
            yield from bookmarks(reader, mark)
        else:
            yield mark.title, (reader.get_destination_page_number(mark) or 0) + 1


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_an_archive_has_every_part_on_the_page_that_its_contents_say(empty_app: Flask, tmp_path: Path) -> None:
    if said := as_pdf.lacking():
        missing(said)
    with empty_app.app_context():
        two_pages = Paper("办理单", "区民政局", (Text("第一页的话"), NewPage(), Text("第二页的话")))
        foreign = turned(Paper("来函", "区财政局", (Text("补贴标准已经核定"),)))
        huge = Kept("录像.pdf", "ab" * 32, MAX_BYTES + 1)
        pieces = (
            Piece("一、办理文书", "办理单", lambda: two_pages),
            Piece("二、附件", "来函.pdf", kept("来函.pdf", foreign)),
            Piece("二、附件", "现场.png", kept("现场.png", picture("PNG", (40, 30)))),
            Piece("二、附件", "扫描.tif", kept("扫描.tif", picture("TIFF", (300, 400), (400, 300)))),
            Piece("二、附件", "坏.pdf", kept("坏.pdf", b"%PDF-1.7 broken")),
            Piece("二、附件", "名单.xlsx", kept("名单.xlsx", b"PK a workbook")),
            Piece("二、附件", "录像.pdf", huge),
        )
        cover = Cover("第010号建议办理归档卷", "区民政局", Form([(("建议编号", "第010号"),)]))
        data = bound(cover, pieces, tmp_path).read_bytes()
    reader = pypdf.PdfReader(BytesIO(data))
    first = [3, 5, 6, 7, 9, 10, 11]
    assert len(reader.pages) == 11
    assert reader.metadata is not None
    assert reader.metadata.title == "第010号建议办理归档卷"
    assert dict(bookmarks(reader, reader.outline)) == {
        "封面": 1,
        "目录": 2,
        "一、办理文书": 3,
        "二、附件": 5,
        **{piece.title: page for piece, page in zip(pieces, first, strict=True)},
    }
    texts = [drawn_text(data, page) for page in range(11)]
    for number, text in enumerate(texts, start=1):
        assert f"第{number}页共11页" in text
    assert "共11页，含封面和目录" in texts[0]
    for number, (piece, page) in enumerate(zip(pieces, first, strict=True), start=1):
        assert plain(f"{number}{piece.title}{page}") in texts[1]
    assert "第二页的话" in texts[3]
    assert "补贴标准已经核定" in texts[4]
    assert {tuple(map(round, page.mediabox.upper_right)) for page in reader.pages} == {(595, 842)}
    for page, file, why in ((8, pieces[4], "已损坏"), (9, pieces[5], "画不成页面"), (10, pieces[6], "太大")):
        assert isinstance(file.source, Kept)
        assert all(plain(words) in texts[page] for words in (file.source.name, file.source.sha256, why))
