"""The red double lines of the letter format: thick above and thin below at the head, the other way at the foot."""

import struct
import zlib

from suggestions.documents.letters.measures import BETWEEN, RED, RULES, THICK, THIN

_PER_MM = 20


def bands(*, is_head: bool) -> tuple[tuple[float, float], ...]:
    """The two lines as (from, to) in millimetres below the upper edge of the pair."""
    first, second = (THICK, THIN) if is_head else (THIN, THICK)
    return (0.0, first), (first + BETWEEN, first + BETWEEN + second)


def png(*, is_head: bool) -> bytes:
    """The pair as a picture one dot wide, to be drawn out to its width; PNG by hand because it is eight red rows."""
    height = round(RULES * _PER_MM)
    red = bytes.fromhex(RED) + b"\xff"
    rows = b"".join(
        b"\x00" + (red if any(a * _PER_MM <= row < b * _PER_MM for a, b in bands(is_head=is_head)) else bytes(4))
        for row in range(height)
    )
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, height, 8, 6, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
