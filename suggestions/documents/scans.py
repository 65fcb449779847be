"""Pages as pictures, drawn when somebody looks at them: PDF and scans, page by page, kept beside the files."""

from pathlib import Path

from flask import current_app

from suggestions.documents import store
from suggestions.documents.child import Limits, OutOfLimitsError, read_confined
from suggestions.documents.pdf import MAX_PAGES
from suggestions.documents.safety import MediaType, shown
from suggestions.domain.errors import Invalid, Missing

WIDTH = 1240
"""Pixels across a drawn page: A4 at 150 dots an inch."""
PICTURES = frozenset({MediaType.PNG, MediaType.JPEG, MediaType.TIFF})
PAGED = PICTURES | {MediaType.PDF}
"""Kinds of which every page can be drawn."""
_LIMITS = Limits(seconds=30, memory=1536, output=32)


def count_pages(data: bytes, name: str) -> int:
    """How many pages a PDF or scan has; raises Invalid, naming the file, when they cannot be shown."""
    try:
        pages = int(read_confined("page_image", data, "0", str(WIDTH), limits=_LIMITS))
    except (OutOfLimitsError, ValueError) as error:
        raise Invalid(f"“{shown(name)}”尺寸过大或已损坏，无法逐页显示，请缩小或重新扫描后再上传。") from error
    if not 0 < pages <= MAX_PAGES:
        raise Invalid(f"“{shown(name)}”有{pages}页，一份建议原件应在1到{MAX_PAGES}页之间，请核对后再上传。")
    return pages


def page_count(sha256: str, name: str) -> int:
    """How many pages a kept file has, counted once; 0 when they cannot be shown."""
    kept = _kept(sha256, "count")
    if not kept.exists():
        try:
            store.put_aside(kept, str(count_pages(store.read(sha256), name)).encode())
        except Invalid:
            store.put_aside(kept, b"0")
    return int(kept.read_bytes())


def page_png(sha256: str, page: int) -> bytes:
    """One page of a kept file as PNG, counted from 1; Missing when there is no such page."""
    if not 0 < page <= MAX_PAGES:
        raise Missing
    kept = _kept(sha256, f"{page}.png")
    if not kept.exists():
        try:
            store.put_aside(
                kept, read_confined("page_image", store.read(sha256), str(page), str(WIDTH), limits=_LIMITS)
            )
        except OutOfLimitsError as error:
            raise Missing("这一页显示不出来，请下载原文件查看。") from error
    return kept.read_bytes()


def _kept(sha256: str, name: str) -> Path:
    return Path(current_app.config["FILES_DIR"]) / "drawn" / sha256[:2] / sha256 / name
