"""The text of an OFD original (GB/T 33190): kept whole, read from its pages by zip and XML, never unpacked to disk."""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from suggestions.documents.asks import opens_item
from suggestions.documents.layout import opens_label
from suggestions.documents.pdf import MAX_PAGES, PageText
from suggestions.documents.safety import MediaType, accept, shown
from suggestions.documents.words import plain
from suggestions.domain.errors import Invalid

MAX_PART = 4 * 1024 * 1024
"""Bytes of one XML part: a page of text has some tens of thousands."""
_SPACE = "ofdspec.org"
_FEW, _LINE = 10, 15


def read_pages(data: bytes, name: str) -> tuple[PageText, ...]:
    """The pages of an OFD; raises Invalid, naming the file, when it is hostile, broken or no OFD inside."""
    accept(data, name, only=MediaType.OFD)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return tuple(_pages(archive))
    except (ParseError, DefusedXmlException, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Invalid(f"“{shown(name)}”不是规范的 OFD 文件，或已损坏，请重新导出后再上传。") from error


def _pages(archive: zipfile.ZipFile) -> Iterator[PageText]:
    roots = [_path("", element.text) for element in _find(_part(archive, "OFD.xml", "OFD"), "DocRoot")]
    for root in roots or [""]:
        document = _part(archive, root, "Document")
        found = _find(document, "Page")
        if not 0 < len(found) <= MAX_PAGES:
            raise ValueError("no pages, or too many")
        for page in found:
            texts = list(_paragraphs(_part(archive, _path(root, page.get("BaseLoc")), "Page")))
            yield PageText(tuple(texts), sum(len(plain(text)) for text in texts) < _FEW)


def _path(beside: str, written: str | None) -> str:
    """Where a part lies: from the root of the package, or beside the part that names it; never outside."""
    path = (written or "").strip()
    folder = "" if path.startswith("/") else posixpath.dirname(beside)
    found = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    if found.startswith("..") or found == ".":
        raise ValueError("a part outside the package")
    return found


def _part(archive: zipfile.ZipFile, path: str, root: str) -> Element:
    entry = archive.getinfo(path)
    if entry.file_size > MAX_PART:
        raise ValueError("a part too large")
    element: Element = fromstring(archive.read(entry), forbid_dtd=True)
    space, _, local = element.tag.rpartition("}")
    if local != root or _SPACE not in space:
        raise ValueError("foreign XML")
    return element


def _find(element: Element, name: str) -> list[Element]:
    return [child for child in element.iter() if child.tag.rpartition("}")[2] == name]


def _paragraphs(page: Element) -> Iterator[str]:
    """The text of a page from top to bottom; lines of the same height in one, full lines run on."""
    lines: dict[int, list[tuple[float, str]]] = {}
    for item in _find(page, "TextObject"):
        box = [float(number) for number in (item.get("Boundary") or "0 0 0 0").split()]
        for code in _find(item, "TextCode"):
            height = box[1] + float(code.get("Y") or 0)
            lines.setdefault(round(height / 2), []).append((box[0] + float(code.get("X") or 0), code.text or ""))
    rows = ["".join(text for _, text in sorted(pieces)).strip() for _, pieces in sorted(lines.items())]
    rows = [row for row in rows if row]
    longest = max((len(plain(row)) for row in rows), default=0)
    text, length = "", 0
    for row in rows:
        is_full = length >= max(longest - 2, _LINE)
        if is_full and not opens_item(row) and not opens_label(row):
            text += row
        else:
            if text:
                yield text
            text = row
        length = len(plain(row))
    if text:
        yield text
