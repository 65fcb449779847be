"""Workbooks on their way in: kept with their papers between the form, the preview and the confirmation."""

from typing import Any

from werkzeug.datastructures import FileStorage

from suggestions.documents import store
from suggestions.domain.actions import Action
from suggestions.domain.states import Life
from suggestions.usecases import housekeeping
from suggestions.usecases.filing import Upload
from suggestions.web.guard import visitor

Pair = tuple[Upload, list[Upload]]
"""A workbook and the papers that came with it."""


def keep(workbook: FileStorage, papers: list[Any] | None) -> tuple[Pair, list[dict[str, str]]]:
    """Store the files of a form; with them how they are remembered. Invalid where one cannot be kept."""
    files = [workbook, *(file for file in papers or () if file and file.filename)]
    kept = [
        {"name": (f.filename or "").replace("\\", "/").rsplit("/", 1)[-1], "sha256": store.keep(f.read())}
        for f in files
    ]
    return _uploads(kept), kept


def remember(action: Action, kept: list[dict[str, str]]) -> None:
    """Remember for this person which files wait to be confirmed."""
    housekeeping.save_working_copy(visitor().person.id, Life.SUGGESTION, 0, str(action), {"files": kept})


def waiting(action: Action) -> Pair | None:
    """The files that wait for this person to confirm; None when there are none."""
    copy = housekeeping.working_copy(visitor().person.id, Life.SUGGESTION, 0, str(action))
    return _uploads(copy.content["files"]) if copy else None


def forget(action: Action) -> None:
    """Nothing waits any more."""
    housekeeping.drop_working_copy(visitor().person.id, Life.SUGGESTION, 0, str(action))


def _uploads(kept: list[dict[str, str]]) -> Pair:
    files = [Upload(name=file["name"], data=store.read(file["sha256"])) for file in kept]
    return files[0], files[1:]
