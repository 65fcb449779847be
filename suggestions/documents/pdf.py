"""The text of a PDF original, read in a child process: pages of paragraphs, put together again from printed lines."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from suggestions.documents.asks import opens_item
from suggestions.documents.child import Limits, OutOfLimitsError, read_confined
from suggestions.documents.layout import opens_label
from suggestions.documents.safety import shown
from suggestions.documents.words import plain
from suggestions.domain.errors import Invalid

MAX_PAGES = 300
"""Pages of one original."""
_LIMITS = Limits(seconds=30, memory=1024, output=32)
_FURNITURE = re.compile(
    r"[-—–－\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页|\s*/\s*\d{1,3})?[-—–－\s]*"
)
_FEW = 10
# Signs of the shortest line that may run on: a page of short lines is a form, no text.
_LINE = 15


@dataclass(frozen=True)
class PageText:
    """The words of one page as paragraphs; `is_blank` when it has hardly any text, as a scan."""

    paragraphs: tuple[str, ...]
    is_blank: bool


@dataclass(frozen=True)
class _Line:
    """One printed line: its text, its edges in points, its page from 0."""

    text: str
    left: float
    right: float
    page: int


def read_pages(data: bytes, name: str) -> tuple[PageText, ...]:
    """The pages of a PDF; raises Invalid, naming the file, when it is hostile, locked, broken or endless.

    A paragraph that runs over the page stands on the page where it begins.
    """
    try:
        said = json.loads(read_confined("pdf_text", data, str(MAX_PAGES), limits=_LIMITS))
    except OutOfLimitsError as error:
        raise Invalid(
            f"“{shown(name)}”太大或结构异常，没能在限定的时间和内存内读完，请重新导出或打印扫描后再上传。"
        ) from error
    if "refused" in said:
        raise Invalid(f"“{shown(name)}”{said['refused']}。")
    printed = [
        [_Line(text, left, right, page) for text, left, right in lines if not _FURNITURE.fullmatch(text)]
        for page, lines in enumerate(said["pages"])
    ]
    readable = [lines if _is_readable("".join(line.text for line in lines)) else [] for lines in printed]
    kept: list[list[str]] = [[] for _ in readable]
    for text, page in _paragraphs([line for lines in readable for line in lines]):
        kept[page].append(text)
    signs = [sum(len(plain(line.text)) for line in lines) for lines in readable]
    return tuple(PageText(tuple(texts), few < _FEW) for texts, few in zip(kept, signs, strict=True))


def _is_readable(text: str) -> bool:
    """Whether the fonts say what their signs mean: private and unknown signs would be nonsense."""
    strange = sum(1 for sign in text if "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd")
    return strange * 20 <= len(text)


def _paragraphs(lines: Sequence[_Line]) -> Iterator[tuple[str, int]]:
    """Join a line to the one before where that one is full and this one begins neither an item nor a label."""
    if not lines:
        return
    margin = Counter(round(line.left / 3) for line in lines).most_common(1)[0][0] * 3
    edge = sorted(line.right for line in lines)[-max(1, len(lines) // 10)]
    text, page = lines[0].text, lines[0].page
    for before, line in pairwise(lines):
        sign = max(8.0, (before.right - before.left) / max(1, len(plain(before.text))))
        is_full = before.right > edge - 2 * sign and len(plain(before.text)) >= _LINE
        is_indented = line.left > margin + sign
        if is_full and not is_indented and not opens_item(line.text) and not opens_label(line.text):
            text += (" " if text[-1].isascii() and line.text[0].isascii() else "") + line.text
        else:
            yield text, page
            text, page = line.text, line.page
    yield text, page
