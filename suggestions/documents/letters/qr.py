"""The QR mark of a letter: the whole line of its evidence, so that anyone may hold it against the record."""

from io import BytesIO

import segno


def png(line: str) -> bytes:
    """The mark as a PNG with its quiet zone, the same bytes for the same line."""
    kept = BytesIO()
    segno.make(line, error="m", micro=False).save(kept, kind="png", scale=6, border=2)
    return kept.getvalue()
