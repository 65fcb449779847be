"""Filing: what is uploaded is checked, stored under its digest and listed in its case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from suggestions.documents import safety, store
from suggestions.extensions import db
from suggestions.models import File
from suggestions.usecases.taking import Taking


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name for people, its bytes."""

    name: str
    data: bytes


def keep_for(
    suggestion_id: int,
    upload: Upload,
    *,
    is_original: bool,
    at: datetime,
    by: int | None,
    handling_id: int | None = None,
) -> File:
    """Check one file, store it and list it in its case; Invalid names the file and what is wrong with it."""
    media_type = safety.accept(upload.data, upload.name)
    file = File(
        suggestion_id=suggestion_id,
        handling_id=handling_id,
        is_original=is_original,
        name=upload.name,
        media_type=media_type,
        size=len(upload.data),
        sha256=store.keep(upload.data),
        added_at=at,
        added_by_id=by,
    )
    db.session.add(file)
    return file


def keep(taking: Taking, uploads: Iterable[Upload], *, is_original: bool = False) -> list[File]:
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
