"""The few parts of a checked Word package that reading needs; what many papers share is parsed once."""

import posixpath
import zipfile
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.oxml.parser import parse_xml

from suggestions.documents.numbering import Numbering, Shapes, Styles

_SHARED = 1024 * 1024


class Package:
    """An opened package: its main part as an element, and what that is related to; KeyError where one is missing."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._names = {name.lower(): name for name in self._archive.namelist()}
        main = next(target for kind, target in self._links("").values() if kind == "officeDocument")
        self.element: Any = parse_xml(self._blob(main))
        self._related = self._links(main)
        if not self._related:
            raise ValueError("a document without styles and lists would lose its numbers without a word")

    def related(self, link: str) -> bytes:
        """The bytes behind a relationship of the main part; empty when there are none."""
        _, target = self._related.get(link, ("", ""))
        return self._blob(target) if target.lower() in self._names else b""

    def styles(self) -> Styles:
        """The styles of the document."""
        blob = self._first("styles")
        return _styles(blob) if len(blob) < _SHARED else _styles.__wrapped__(blob)

    def numbering(self) -> Numbering:
        """The running list numbers of the document, begun anew."""
        blob = self._first("numbering")
        return Numbering(_shapes(blob) if len(blob) < _SHARED else _shapes.__wrapped__(blob), self.styles())

    def _first(self, kind: str) -> bytes:
        return next((self._blob(target) for found, target in self._related.values() if found == kind), b"")

    def _blob(self, path: str) -> bytes:
        return self._archive.read(self._names[path.lower()])

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part inside the package: by their id, the last word of the kind and the target."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path.lower() not in self._names:
            return {}
        return {
            link.get("Id", ""): (link.get("Type", "").rpartition("/")[2], _target(folder, link.get("Target", "")))
            for link in parse_xml(self._blob(path))
            if link.get("TargetMode", "") != "External"
        }


def _target(folder: str, written: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, written)).lstrip("/")


@lru_cache(maxsize=32)
def _styles(blob: bytes) -> Styles:
    return Styles(parse_xml(blob) if blob else None)


@lru_cache(maxsize=32)
def _shapes(blob: bytes) -> Shapes:
    return Shapes(parse_xml(blob) if blob else None)
