"""An import on its way: the workbook and papers that were brought, what was put right, and how far it has come."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from suggestions.models.base import Base, PlainData, UtcDateTime


class JobState(StrEnum):
    """Where an import stands: the papers are read, a person looks, the rows become cases; then it is over."""

    READING = "reading"
    READY = "ready"
    IMPORTING = "importing"
    DONE = "done"
    DROPPED = "dropped"


class ImportJob(Base):
    """One person's import of one workbook; it says nothing in law, the events of the cases do."""

    __tablename__ = "import_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    state: Mapped[str] = mapped_column(String(20))
    workbook: Mapped[dict[str, Any]] = mapped_column(PlainData)
    originals: Mapped[list[dict[str, Any]]] = mapped_column(PlainData)
    """Name and SHA-256 of each paper, in the order in which they were brought."""
    corrections: Mapped[dict[str, Any]] = mapped_column(PlainData)
    """What a person put right beside the papers: by number, then by field."""
    total: Mapped[int] = mapped_column(default=0)
    """Papers to read or rows to import, whichever is under way; `done` of them are."""
    done: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(String(300), default="")
    """Why it stopped, in a sentence; empty while nothing is wrong."""
    runner: Mapped[str] = mapped_column(String(40), default="")
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its runner was last seen at work."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
