"""Hostile files are refused before anything opens them: by content, size, ratio and what is packed inside."""

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from io import BytesIO
from itertools import chain, islice
from pathlib import PurePath

from suggestions.documents import ole
from suggestions.documents.parts import PartReader, RefusedError, is_xml
from suggestions.domain.errors import Invalid

MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes that all entries of a package may have together when unpacked."""
MAX_RATIO = 200
"""How many times its own size a package may unpack to."""
MAX_ENTRIES = 5000
"""Entries of a package."""
MAX_XML = 64 * 1024 * 1024
"""Bytes of XML in a package: a parser needs several times as much memory."""
MAX_PIXELS = 100_000_000
"""Width times height of a picture: a browser unpacks all of it to show it."""

_CHUNK = 64 * 1024
_REMEMBERED = 16
_REMEMBER_AT_MOST = 2000
# Digests of parts that were read through and are clean: styles and settings are the same in thousands of papers.
_CLEAN: dict[bytes, None] = {}
_OLE = b"\xd0\xcf\x11\xe0"
_FOREIGN = {_OLE: "对象或宏", b"PK\x03\x04": "其他压缩文件", b"MZ\x90\x00": "程序", b"\x7fELF": "程序"}
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, LookupError, struct.error)


class MediaType(StrEnum):
    """The kinds of file that are accepted; nothing else is."""

    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLS = "application/vnd.ms-excel"
    PDF = "application/pdf"
    OFD = "application/ofd"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"


_EXTENSIONS = {
    ".docx": MediaType.DOCX,
    ".doc": MediaType.DOC,
    ".xlsx": MediaType.XLSX,
    ".xls": MediaType.XLS,
    ".pdf": MediaType.PDF,
    ".ofd": MediaType.OFD,
    ".jpg": MediaType.JPEG,
    ".jpeg": MediaType.JPEG,
    ".png": MediaType.PNG,
    ".tif": MediaType.TIFF,
    ".tiff": MediaType.TIFF,
}
_KINDS = {
    MediaType.DOCX: "Word 文档",
    MediaType.DOC: "旧版 Word 文档（.doc）",
    MediaType.XLSX: "Excel 工作簿",
    MediaType.XLS: "旧版 Excel 工作簿（.xls）",
    MediaType.PDF: "PDF 文件",
    MediaType.OFD: "OFD 文件",
    MediaType.JPEG: "JPG 图片",
    MediaType.PNG: "PNG 图片",
    MediaType.TIFF: "TIFF 图片",
}
_OLD = {"doc": MediaType.DOC, "xls": MediaType.XLS}
_MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": MediaType.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": MediaType.XLSX,
}


def accept(data: bytes, name: str, *, only: MediaType | tuple[MediaType, ...] | None = None) -> MediaType:
    """The kind of a file that may be kept and opened; raises Invalid, naming the file, for every other one.

    This is the one call for an upload: content and extension agree, a package is checked to its last byte, a picture
    is of a size that can be shown. With `only`, another kind is refused too.
    """
    wanted = (only,) if isinstance(only, MediaType) else only or ()
    kind = sniff(data, name, wanted)
    if wanted and kind not in wanted:
        raise Invalid(f"“{shown(name)}”是{_KINDS[kind]}，这里需要{_KINDS[wanted[0]]}，请换一个文件。")
    if kind in {MediaType.DOCX, MediaType.XLSX, MediaType.OFD}:
        check_zip(data, name)
    elif kind in {MediaType.JPEG, MediaType.PNG} and not is_showable(data):
        raise Invalid(f"“{shown(name)}”尺寸过大或已损坏，无法显示，请缩小或重新扫描后再上传。")
    return kind


def sniff(data: bytes, name: str, wanted: Sequence[MediaType] = ()) -> MediaType:
    """The kind of a file by its content; raises Invalid when it is none of ours or the extension says another.

    It looks at a few bytes and at one small part of a package: use `accept` before opening the file.
    """
    expected = _EXTENSIONS.get(PurePath(name).suffix.lower())
    try:
        kind = _kind_of(data)
    except RefusedError as error:
        raise Invalid(f"“{shown(name)}”{error}。") from error
    if kind is None:
        asked = "或".join(_KINDS[each] for each in wanted) or " Word、Excel、PDF、OFD、JPG、PNG 或 TIFF 文件"
        raise Invalid(f"“{shown(name)}”的内容不是可接收的格式，请上传{asked}。")
    if kind is not expected:
        raise Invalid(f"“{shown(name)}”的内容是{_KINDS[kind]}，与扩展名不符，请改用原来的格式和扩展名后再上传。")
    return kind


def kind_of_checked(name: str) -> MediaType:
    """The kind of a file that `accept` or a reader passed before: it agrees with the extension."""
    return _EXTENSIONS[PurePath(name).suffix.lower()]


def check_zip(data: bytes, name: str) -> None:
    """Read a package once in small pieces, keeping none; raises Invalid with the reason when it must not be opened.

    Refused are bombs (unpacked size, ratio, entries, a header that lies), passwords, paths that lead outside, DOCTYPE
    and entities, macros, embedded objects and files, links to outside other than hyperlinks, and runaway sheets.
    """
    try:
        with _opened(data) as archive:
            _judge_directory(archive.infolist(), len(data))
            xml_left = MAX_XML
            for entry in archive.infolist():
                xml_left -= _judge_entry(archive, entry, xml_left)
    except RefusedError as error:
        raise Invalid(f"“{shown(name)}”{error}。") from error
    except _BROKEN as error:
        raise Invalid(f"“{shown(name)}”已损坏，无法打开，请重新导出或扫描后再上传。") from error


def is_showable(data: bytes) -> bool:
    """Whether a PNG or JPEG says its size in its head and that size is at most MAX_PIXELS."""
    size = _png_size(data) if data.startswith(b"\x89PNG") else _jpeg_size(data)
    return size is not None and 0 < size[0] * size[1] <= MAX_PIXELS


def shown(name: str) -> str:
    """A file's name as a sentence may quote it: the last part of the path, without control signs, at most 80 signs."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "?", re.split(r"[/\\]", name)[-1])[
        :80
    ]


def _kind_of(data: bytes) -> MediaType | None:
    if not data:
        raise RefusedError("是空文件，请重新选择")
    if data.startswith(_OLE):
        return _OLD.get(ole.kind_of(data) or "")
    if data.startswith(b"PK\x03\x04"):
        return _package_kind(data)
    for start, kind in (
        (b"%PDF-", MediaType.PDF),
        (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
        (b"\xff\xd8\xff", MediaType.JPEG),
        (b"II*\0", MediaType.TIFF),
        (b"MM\0*", MediaType.TIFF),
    ):
        if data.startswith(start):
            return kind
    return None


def _package_kind(data: bytes) -> MediaType | None:
    try:
        with _opened(data) as archive:
            _judge_directory(archive.infolist(), len(data))
            names = archive.namelist()
            if "OFD.xml" in names:
                return MediaType.OFD
            if "[Content_Types].xml" not in names:
                return None
            reader = PartReader()
            _judge_entry(archive, archive.getinfo("[Content_Types].xml"), 1024 * 1024, reader)
    except _BROKEN as error:
        raise RefusedError("已损坏，无法打开，请重新导出后再上传") from error
    kinds = {_MAIN_PARTS[kind] for kind in reader.content_types if kind in _MAIN_PARTS}
    return kinds.pop() if len(kinds) == 1 else None


def _opened(data: bytes) -> zipfile.ZipFile:
    """Open the directory only, after counting its entries in the raw bytes: the count in its own tail may lie."""
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise RefusedError(f"内部文件超过{MAX_ENTRIES}个，不是正常的办公文件，不能接收")
    if data.count(b"PK\x05\x06") != 1:
        raise RefusedError("已损坏或拼接了其他文件，请重新导出后再上传")
    return zipfile.ZipFile(BytesIO(data))


def _judge_directory(entries: list[zipfile.ZipInfo], size: int) -> None:
    if any(entry.flag_bits & 0x2041 for entry in entries):
        raise RefusedError("设了密码，请取消密码后再上传")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > size * MAX_RATIO:
        raise RefusedError(f"解压后有{unpacked // 1024 // 1024}MB，超出上限，可能是压缩炸弹，不能接收")
    if sum(entry.compress_size for entry in entries) > size:
        raise RefusedError("内部各部分互相重叠，不是正常的办公文件，不能接收")
    if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
        raise RefusedError("用了办公软件不用的压缩方法，不能接收")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise RefusedError("内部有两个同名的部分，不是正常的办公文件，不能接收")
    if any(_leads_outside(name) for name in names):
        raise RefusedError("内部的路径指向文件以外，不能接收")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise RefusedError("含有宏，请另存为不含宏的格式后再上传")


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/")


def _judge_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, xml_left: int, reader: PartReader | None = None
) -> int:
    """Read one entry through; answers how many bytes of XML it had."""
    pieces = _pieces(archive, entry)
    head = next(pieces, b"")
    for start, what in _FOREIGN.items():
        if head.startswith(start):
            raise RefusedError(f"内部嵌入了{what}，请去掉后再上传")
    if not is_xml(entry.filename, head) or entry.is_dir():
        for _ in pieces:
            pass
        return 0
    if reader is None:
        kept = [head, *islice(pieces, _REMEMBERED)]
        is_whole = len(kept) <= _REMEMBERED
        digest = hashlib.sha256(b"".join(kept)).digest()
        size = sum(map(len, kept))
        if is_whole and size <= xml_left and digest in _CLEAN:
            return size
        size = _read_through(PartReader(), chain(kept, pieces), xml_left)
        if is_whole:
            _CLEAN[digest] = None
            if len(_CLEAN) > _REMEMBER_AT_MOST:
                _CLEAN.pop(next(iter(_CLEAN)), None)
        return size
    return _read_through(reader, chain((head,), pieces), xml_left)


def _read_through(reader: PartReader, pieces: Iterable[bytes], xml_left: int) -> int:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > xml_left:
            raise RefusedError("内部的文字部分过大，请拆分后再上传")
        reader.feed(piece)
    reader.feed(b"", is_last=True)
    return size


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes of one entry, never more than it declares: a stream that is longer or shorter is refused.

    The reader stops at the declared size without a word, so it is asked for one byte more.
    """
    declared, read = entry.file_size, 0
    entry.file_size = declared + 1
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                read += len(piece)
                if read > declared:
                    break
                yield piece
    finally:
        entry.file_size = declared
    if read != declared:
        raise RefusedError("所写的大小与实际不符，可能是压缩炸弹，不能接收")


def _png_size(data: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", data[16:24]) if len(data) >= 24 and data[12:16] == b"IHDR" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk the segments up to the frame header (SOF0 to SOF15 without DHT, JPG and DAC)."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
