"""Hostile files are refused, each with a sentence that names it; good ones pass."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
import pytest

from suggestions.documents import parts, safety
from suggestions.documents.rendering import render_docx
from suggestions.documents.safety import MediaType, accept, check_zip, sniff
from suggestions.domain.errors import Invalid
from tests.documents.making import PRACTICE, practice_original, repacked, saved, word, workbook

DOCUMENT, TYPES, LINKS = "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def png(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(12)


def linked(kind: str, *, is_external: bool = True) -> Callable[[bytes], bytes]:
    mode = b' TargetMode="External"' if is_external else b""
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        + kind.encode()
        + b'" Target="http://example.invalid/x"'
        + mode
        + b"/></Relationships>"
    )
    return lambda rels: rels.replace(b"</Relationships>", link)


def in_body(markup: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"<w:body>", b"<w:body>" + markup)


def with_doctype(xml: bytes) -> bytes:
    head, body = xml.split(b"?>", 1)
    return head + b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + body


def far_cell() -> bytes:
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"] = "编号"
    made.worksheets[0]["XFD1048576"] = "x"
    return saved(made.save)


def with_size(data: bytes, name: str, size: int, crc: int | None = None) -> bytes:
    """The package with a lie in the directory about one entry's unpacked size (and its checksum)."""
    changed = bytearray(data)
    at = 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        length = struct.unpack_from("<H", changed, at + 28)[0]
        if changed[at + 46 : at + 46 + length] == name.encode():
            struct.pack_into("<I", changed, at + 24, size)
            if crc is not None:
                struct.pack_into("<I", changed, at + 16, crc)
        at += 4
    return bytes(changed)


def lying(checked: int = 100) -> bytes:
    """Says 100 bytes, unpacks to 30 MB; the checksum is that of the first few, so that a trusting reader is content."""
    content = b"<a>" + b" " * 30_000_000 + b"</a>"
    data = repacked(practice_original(), {"word/media.xml": content})
    return with_size(data, "word/media.xml", 100, zlib.crc32(content[:checked]))


def encrypted_flag(data: bytes) -> bytes:
    changed = bytearray(data)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := changed.find(sign, at + 1)) >= 0:
            changed[at + offset] |= 1
    return bytes(changed)


def many_entries() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(safety.MAX_ENTRIES + 1):
            archive.writestr(str(number), b"")
    return target.getvalue()


def two_of_a_name() -> bytes:
    target = io.BytesIO(practice_original())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(target, "a") as archive:
        archive.writestr(DOCUMENT, b"<x/>")
    return target.getvalue()


def bomb() -> bytes:
    return repacked(practice_original(), {DOCUMENT: b"<a>" + b" " * 60_000_000 + b"</a>"})


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (bomb, "压缩炸弹"),
    "a lying size": (lying, "已损坏"),
    "a lying size that knows our question": (lambda: lying(101), "实际不符"),
    "a size that promises more": (lambda: with_size(practice_original(), DOCUMENT, 9999), "实际不符"),
    "a wrong checksum": (lambda: with_size(practice_original(), DOCUMENT, 4227, 1), "已损坏"),
    "too many entries": (many_entries, "超过5000个"),
    "an entity": (lambda: repacked(practice_original(), {DOCUMENT: with_doctype}), "DOCTYPE"),
    "an entity in a picture's clothes": (
        lambda: repacked(practice_original(), {"word/a.png": b'\xef\xbb\xbf<!DOCTYPE x [<!ENTITY e "e">]><x/>'}),
        "DOCTYPE",
    ),
    "an entity in UTF-16": (
        lambda: repacked(practice_original(), {DOCUMENT: "<?xml version='1.0'?><!DOCTYPE x><x/>".encode("utf-16")}),
        "DOCTYPE",
    ),
    "broken XML": (lambda: repacked(practice_original(), {DOCUMENT: lambda xml: xml[:900]}), "不完整"),
    "a macro": (lambda: repacked(practice_original(), {"word/vbaProject.bin": OLE}), "宏"),
    "a macro by another name": (lambda: repacked(practice_original(), {"word/font.bin": OLE}), "对象或宏"),
    "a macro type": (
        lambda: repacked(
            practice_original(),
            {TYPES: lambda xml: xml.replace(b"wordprocessingml.document.main", b"ms-word.macroEnabled.main")},
        ),
        "宏",
    ),
    "an OLE object": (lambda: repacked(practice_original(), {"word/embeddings/oleObject1.bin": OLE}), "对象"),
    "a package inside": (lambda: repacked(practice_original(), {"word/embeddings/a.xlsx": workbook(["a"])}), "压缩"),
    "an object link": (
        lambda: repacked(practice_original(), {LINKS: linked("oleObject", is_external=False)}),
        "嵌入了对象",
    ),
    "a foreign picture": (lambda: repacked(practice_original(), {LINKS: linked("image")}), "外部链接"),
    "a foreign template": (lambda: repacked(practice_original(), {LINKS: linked("attachedTemplate")}), "外部模板"),
    "a DDE field in two runs": (
        lambda: repacked(
            practice_original(),
            {
                DOCUMENT: in_body(
                    b"<w:p><w:r><w:instrText>DDEA</w:instrText></w:r><w:r><w:t>x</w:t></w:r>"
                    b"<w:r><w:instrText>UTO c:\\x</w:instrText></w:r></w:p>"
                )
            },
        ),
        "DDE",
    ),
    "a path outside": (lambda: repacked(practice_original(), {"../../etc/x": b"x"}), "路径"),
    "another compression": (lambda: repacked(practice_original(), {}, zipfile.ZIP_BZIP2), "压缩方法"),
    "a password on the package": (lambda: encrypted_flag(practice_original()), "密码"),
    "a password by Office": (lambda: OLE, "密码"),
    "two of one name": (two_of_a_name, "同名"),
    "something appended": (lambda: practice_original() + practice_original("002"), "拼接"),
    "half a file": (lambda: practice_original()[:20_000], "已损坏"),
    "an empty file": (lambda: b"", "空文件"),
    "a picture": (lambda: png(10, 10), "PNG 图片"),
    "a page": (lambda: b"<html><script>alert(1)</script></html>", "不是可接收的格式"),
    "any zip": (lambda: repacked(many_small(), {}), "不是可接收的格式"),
    "a workbook": (lambda: workbook(["a"]), "Excel 工作簿"),
}


def many_small() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", b"a")
    return target.getvalue()


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_word_file_is_refused_by_name_and_reason(case: str) -> None:
    make, reason = HOSTILE[case]
    with pytest.raises(Invalid) as refusal:
        accept(make(), "folder/第009号\x00\u202e.docx")
    assert refusal.value.message.startswith("“第009号??.docx”")
    assert reason in refusal.value.message
    assert refusal.value.message.endswith("。")


@pytest.mark.parametrize("make", [bomb, lying])
def test_a_bomb_is_not_unpacked(make: Callable[[], bytes]) -> None:
    data = make()
    tracemalloc.start()
    try:
        with pytest.raises(Invalid):
            check_zip(data, "x.docx")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


def test_an_honest_big_file_streams_by_in_small_pieces() -> None:
    noise = b"".join(struct.pack(">I", number * 2654435761 % 2**32) for number in range(2_000_000))
    data = repacked(practice_original(), {"word/media/a.png": b"\x89PNG\r\n\x1a\n" + noise})
    tracemalloc.start()
    try:
        check_zip(data, "x.docx")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(data) > 1_000_000
    assert peak < 4_000_000


def test_too_much_xml_is_refused_before_a_parser_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_XML", 500_000)
    with pytest.raises(Invalid, match="过大"):
        check_zip(practice_original(), "x.docx")


def test_one_far_cell_is_refused_because_the_reader_would_take_all_memory() -> None:
    with pytest.raises(Invalid, match="孤立的单元格"):
        accept(far_cell(), "x.xlsx")


def test_far_cells_without_an_address_are_counted_too() -> None:
    rows = b'<row r="1048576"><c><v>1</v></c><c><v>1</v></c></row></sheetData>'
    data = repacked(workbook(["a"]), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", rows)})
    with pytest.raises(Invalid, match="孤立的单元格"):
        accept(data, "x.xlsx")


def test_empty_formatted_cells_far_below_do_no_harm() -> None:
    rows = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    data = repacked(workbook(["a"]), {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"</sheetData>", rows)})
    assert accept(data, "x.xlsx") is MediaType.XLSX


def test_a_hyperlink_is_no_foreign_link() -> None:
    data = repacked(practice_original(), {LINKS: linked("hyperlink")})
    assert accept(data, "x.docx") is MediaType.DOCX


def test_good_files_pass() -> None:
    for path in sorted(PRACTICE.rglob("*.*")):
        assert accept(path.read_bytes(), path.name) in {MediaType.DOCX, MediaType.XLSX}
    assert accept(png(100, 50), "a.PNG") is MediaType.PNG
    assert accept(jpeg(100, 50), "a.jpeg") is MediaType.JPEG
    assert accept(b"%PDF-1.7\n", "a.pdf") is MediaType.PDF
    ofd = repacked(many_small(), {"OFD.xml": b"<OFD/>"})
    assert accept(ofd, "a.ofd") is MediaType.OFD
    assert sniff(word("a"), "a.docx") is MediaType.DOCX


@pytest.mark.parametrize("picture", [png(20_000, 20_000), jpeg(20_000, 20_000), png(0, 5), b"\xff\xd8\xff\xe0"])
def test_a_picture_too_large_to_show_is_refused(picture: bytes) -> None:
    name = "a.png" if picture.startswith(b"\x89") else "a.jpg"
    with pytest.raises(Invalid, match="尺寸过大或已损坏"):
        accept(picture, name)


def test_every_reader_checks_before_it_opens() -> None:
    with pytest.raises(Invalid, match="DOCTYPE"):
        render_docx(repacked(practice_original(), {DOCUMENT: with_doctype}))
    with pytest.raises(Invalid, match="这里需要Word 文档"):
        accept(workbook(["a"]), "a.xlsx", only=MediaType.DOCX)


def test_a_part_is_xml_by_name_or_by_its_first_sign() -> None:
    assert parts.is_xml("a.XML", b"")
    assert parts.is_xml("a.bin", b" \r\n<x/>")
    assert not parts.is_xml("a.png", b"\x89PNG")
