"""A Word original in the reading room: plain blocks, everything that is shown on paper, and a word on what is not."""

import hashlib
import struct
import zlib
from io import BytesIO

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from suggestions.documents.rendering import Block, Kind, render_docx
from tests.documents.making import practice_original, repacked, word


def picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" + bytes(6))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def fill(document: Document) -> None:
    document.add_heading("关于甲的建议", level=1)
    middle = document.add_paragraph()
    middle.alignment = WD_ALIGN_PARAGRAPH.CENTER
    middle.add_run("普通")
    middle.add_run("加粗").bold = True
    document.add_paragraph("第一条", style="List Number")
    document.add_paragraph("第二条", style="List Number")
    document.add_paragraph("   ")
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).text = "甲"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "<script>alert(1)</script>"
    document.add_picture(BytesIO(picture()))


def blocks() -> tuple[Block, ...]:
    return render_docx(word(fill=fill), "a.docx")


def test_blocks_come_in_order_with_their_look() -> None:
    heading, middle, first, second, table, image = blocks()
    assert (heading.kind, heading.level, heading.text) == (Kind.HEADING, 1, "关于甲的建议")
    assert (middle.kind, middle.align) == (Kind.PARAGRAPH, "center")
    assert [(run.text, run.is_bold) for run in middle.runs] == [("普通", False), ("加粗", True)]
    assert [(item.kind, item.number, item.text) for item in (first, second)] == [
        (Kind.LIST_ITEM, "1.", "第一条"),
        (Kind.LIST_ITEM, "2.", "第二条"),
    ]
    assert [[cell.columns for cell in row] for row in table.rows] == [[1, 2]]
    assert table.rows[0][1].blocks[0].text == "<script>alert(1)</script>"
    assert image.image is not None
    assert image.image.data == picture()
    assert image.image.sha256 == hashlib.sha256(picture()).hexdigest()
    assert image.image.media_type == "image/png"


def test_a_picture_that_no_browser_shows_is_said_aloud() -> None:
    data = repacked(word(fill=fill), {"word/media/image1.png": b"\xd7\xcd\xc6\x9a a metafile"})
    assert render_docx(data)[-1].kind is Kind.UNSHOWN
    assert "下载原件" in render_docx(data)[-1].text


def test_a_text_box_is_shown_once() -> None:
    box = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>'
        "<mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

    def put(document: Document) -> None:
        document.add_paragraph("around")._p.append(parse_xml(box))

    assert [block.text for block in render_docx(word(fill=put))] == ["around", "boxed"]


def test_footnotes_are_announced() -> None:
    def put(document: Document) -> None:
        note = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'
        document.add_paragraph("noted")._p.append(parse_xml(note))

    noted, announced = render_docx(word(fill=put))
    assert (noted.text, announced.kind) == ("noted", Kind.UNSHOWN)


def test_a_practice_original_is_rendered_whole() -> None:
    found = render_docx(practice_original())
    assert [block.align for block in found[:4]] == ["center", "center", "center", "left"]
    assert len(found) == 13
    assert found[-1].text == "三、建立与工作年限、职业资格挂钩的岗位等级和薪酬增长机制。"
