"""What reading an original found, kept beside the files: a paper is read once, however often it is looked at."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path, PurePath
from typing import Any

from flask import current_app

from suggestions.documents import ofd, store
from suggestions.documents.originals import Doubt, Original, read_original
from suggestions.documents.words import Meeting, Series, read_names

VERSION = 1
"""Of the readers: a greater one has every paper read again."""
CORRECTABLE = ("title", "lead", "delegation", "joint", "category", "content", "requests")
"""What a person may put right beside the paper; the values are texts, several names or requests by lines."""


def read(data: bytes, name: str, sha256: str) -> Original:
    """What an original says, from what was kept or from the paper itself; raises Invalid as reading it does.

    A refusal is not kept: a converter that is missing today may be there tomorrow.
    """
    path = _path(sha256, name)
    try:
        return _loaded(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        found = read_original(data, name)
        store.put_aside(path, json.dumps(asdict(found), ensure_ascii=False).encode())
        return found


def kept(sha256: str, name: str) -> Original | None:
    """What was read of a paper before; None when it was not."""
    try:
        return _loaded(json.loads(_path(sha256, name).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def lines_of(sha256: str, name: str) -> tuple[str, ...]:
    """Every paragraph of a kept OFD, to be read in the page; Invalid as reading it does."""
    return tuple(text for page in ofd.read_pages(store.read(sha256), name) for text in page.paragraphs)


def corrected(original: Original, words: Mapping[str, str]) -> Original:
    """The reading as a person put it right: what was confirmed or corrected is no doubt any more."""
    given: dict[str, Any] = {
        field: words[field].strip() for field in ("title", "lead", "delegation", "category") if field in words
    }
    if "joint" in words:
        given["joint"] = read_names(words["joint"])
    if "content" in words:
        given["paragraphs"] = tuple(line for line in words["content"].splitlines() if line.strip())
    if "requests" in words:
        given["requests"] = tuple(line.strip() for line in words["requests"].splitlines() if line.strip())
    return replace(original, **given, doubts=tuple(doubt for doubt in original.doubts if doubt.field not in words))


def settled(original: Original) -> Original:
    """The reading without its guesses: requests and names that nobody confirmed are left empty, never assumed."""
    doubtful = {doubt.field for doubt in original.doubts}
    empty: dict[str, Any] = {field: () for field in ("requests", "joint") if field in doubtful}
    return replace(original, **empty)


def _path(sha256: str, name: str) -> Path:
    kind = PurePath(name).suffix.lower().lstrip(".")
    folder = Path(current_app.config["FILES_DIR"]) / "read" / str(VERSION) / sha256[:2]
    return folder / f"{sha256}.{kind if kind.isalnum() and len(kind) <= 5 else 'x'}"


def _loaded(said: dict[str, Any]) -> Original:
    meeting = said["meeting"]
    return Original(
        **{
            **said,
            "meeting": Meeting(meeting["area"], meeting["term"], meeting["session"], Series(meeting["series"]))
            if meeting
            else None,
            "joint": tuple(said["joint"]),
            "paragraphs": tuple(said["paragraphs"]),
            "requests": tuple(said["requests"]),
            "doubts": tuple(Doubt(**doubt) for doubt in said["doubts"]),
        }
    )
