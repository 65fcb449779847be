"""An original page by page: PDF and scans as pictures, OFD as its text, Word as blocks; for every room with papers."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import send_file
from werkzeug.wrappers import Response

from suggestions.documents import office, readings, scans, store
from suggestions.documents.rendering import render_docx
from suggestions.documents.safety import MediaType, kind_of_checked
from suggestions.domain.errors import Invalid
from suggestions.web.blocks import drawn


@dataclass(frozen=True)
class Leaves:
    """What of a paper can be shown in a page: blocks, or so many drawn pages, or its text alone; all may be empty."""

    blocks: list[dict[str, Any]]
    pages: int = 0
    texts: tuple[str, ...] = ()


def leaves(sha256: str, name: str) -> Leaves:
    """A kept paper as it can be shown; nothing for a kind that has to be downloaded."""
    kind = kind_of_checked(name)
    if kind in scans.PAGED:
        return Leaves([], scans.page_count(sha256, name))
    try:
        if kind is MediaType.DOCX:
            return Leaves([drawn(block) for block in render_docx(store.read(sha256), name)])
        if kind is MediaType.DOC:
            return Leaves([drawn(block) for block in render_docx(office.kept_docx(sha256, name), f"{name}.docx")])
        if kind is MediaType.OFD:
            return Leaves([], texts=readings.lines_of(sha256, name))
    except Invalid:
        return Leaves([])
    return Leaves([])


def picture(sha256: str, page: int) -> Response:
    """One drawn page; it never changes, for it lies under the digest of its file."""
    answer = send_file(BytesIO(scans.page_png(sha256, page)), mimetype="image/png", etag=f"{sha256}-{page}")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
