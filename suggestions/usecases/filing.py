"""Filing: what is uploaded is checked, stored under its digest and listed in its case."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from suggestions.documents import safety, store
from suggestions.extensions import db
from suggestions.models import File
from suggestions.usecases.taking import Taking


class Brought(Protocol):
    """A file that somebody brought, wherever its bytes lie: they are fetched each time they are asked for."""

    @property
    def name(self) -> str:
        """Its name for people."""

    @property
    def data(self) -> bytes:
        """Its bytes."""

    @property
    def sha256(self) -> str:
        """Their SHA-256 in hex."""


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name for people, its bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of its bytes in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Stored:
    """A file that lies in the store already, under its digest: ten thousand of them take no memory."""

    name: str
    sha256: str

    @property
    def data(self) -> bytes:
        """Its bytes; Missing when they are gone."""
        return store.read(self.sha256)


@dataclass(frozen=True)
class OnDisk:
    """A file in a folder of the operator's; its bytes are read when they are needed."""

    path: Path

    @property
    def name(self) -> str:
        """The name it has there."""
        return self.path.name

    @property
    def data(self) -> bytes:
        """Its bytes now."""
        return self.path.read_bytes()

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of its bytes in hex, taken once."""
        return hashlib.sha256(self.data).hexdigest()


def keep_for(
    suggestion_id: int,
    upload: Brought,
    *,
    is_original: bool,
    at: datetime,
    by: int | None,
    handling_id: int | None = None,
    is_read: bool = False,
) -> File:
    """Check one file, store it and list it in its case; Invalid names the file and what is wrong with it.

    One that was read already (`is_read`) was checked then, to its last byte.
    """
    data = upload.data
    media_type = safety.kind_of_checked(upload.name) if is_read else safety.accept(data, upload.name)
    file = File(
        suggestion_id=suggestion_id,
        handling_id=handling_id,
        is_original=is_original,
        name=upload.name,
        media_type=media_type,
        size=len(data),
        sha256=store.keep(data),
        added_at=at,
        added_by_id=by,
    )
    db.session.add(file)
    return file


def keep(taking: Taking, uploads: Iterable[Brought], *, is_original: bool = False) -> list[File]:
    """Keep the files of a step."""
    return [
        keep_for(
            taking.suggestion.id,
            upload,
            is_original=is_original,
            at=taking.now,
            by=taking.facts.actor.person_id,
            handling_id=taking.handling.id if taking.handling else None,
        )
        for upload in uploads
    ]
