"""An export on its way: what was asked for by whom, how far it has come, and where the file lies for a while."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from suggestions.models.base import Base, UtcDateTime


class ExportState(StrEnum):
    """Where an export stands: it is being made, it can be taken along, or it failed and may be tried again."""

    MAKING = "making"
    DONE = "done"
    FAILED = "failed"


class ExportJob(Base):
    """One person's export; it says nothing in law, and goes when its file goes."""

    __tablename__ = "export_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    state: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(40))
    """Which export it is, such as the code of a ledger."""
    year: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    handling_id: Mapped[int | None] = mapped_column(ForeignKey("handling.id"))
    """The case that is bound; None for what is exported of a year."""
    title: Mapped[str] = mapped_column(String(200))
    file: Mapped[str] = mapped_column(String(100))
    """The name of its file in the folder of exports, which nobody can guess."""
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(String(300), default="")
    runner: Mapped[str] = mapped_column(String(40), default="")
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its runner was last seen at work."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
