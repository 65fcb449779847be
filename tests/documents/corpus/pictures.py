"""Scans: pictures of one page and of several, too large ones, broken ones and false ones."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.documents.test_safety import jpeg, png


def picture(kind: str, width: int = 620, height: int = 877, mode: str = "RGB") -> bytes:
    target = BytesIO()
    Image.new(mode, (width, height), 1 if mode in {"1", "P"} else None).save(target, kind)
    return target.getvalue()


def tiff(pages: int, mode: str = "L", packing: str | None = None) -> bytes:
    target = BytesIO()
    first, *rest = [Image.new(mode, (620, 877)) for _ in range(pages)]
    first.save(target, "TIFF", save_all=True, append_images=rest, compression=packing)
    return target.getvalue()


def claims(width: int, height: int) -> bytes:
    """A TIFF that says a size and has nothing behind it."""
    tags = ((256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8))
    more = ((277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 1))
    entries = b"".join(struct.pack("<HHII", *tag) for tag in (*tags, *more))
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 9) + entries + bytes(4)


def looping() -> bytes:
    """A TIFF whose next page is itself."""
    made = bytearray(claims(10, 10))
    made[-4:] = struct.pack("<I", 8)
    return bytes(made)


def packed_png() -> bytes:
    """A PNG of a modest size whose pixels unpack to a hundred times more than they are."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 100, 100, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(bytes(40_000_000), 9)
    parts = [
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in (head, body, b"IEND")
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PICTURES = {
    "scan.png": lambda: picture("PNG"),
    "scan.jpg": lambda: picture("JPEG"),
    "scan.JPEG": lambda: picture("JPEG", mode="L"),
    "scan.tif": lambda: tiff(1),
    "scan-three-pages.tiff": lambda: tiff(3),
    "scan-fax.tif": lambda: tiff(2, "1", "group4"),
    "scan-palette.png": lambda: picture("PNG", mode="P"),
    "scan-long.png": lambda: picture("PNG", 800, 24_000, "1"),
    "scan-more-than-it-says.png": packed_png,
    "scan-many-pages.tif": lambda: tiff(301, "1", "group4"),
    "scan-flood.png": lambda: png(60_000, 60_000),
    "scan-flood.jpg": lambda: jpeg(65_000, 65_000),
    "scan-flood.tif": lambda: claims(60_000, 60_000),
    "scan-loop.tif": looping,
    "scan-half.jpg": lambda: picture("JPEG")[:120],
    "scan-half.tif": lambda: tiff(1)[:40],
    "scan-named-pdf.pdf": lambda: picture("PNG"),
    "scan-webp.png": lambda: picture("WEBP"),
    "scan-svg.png": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
}
