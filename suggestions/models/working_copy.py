"""What somebody is still writing: seen by the writer alone, and never proof."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suggestions.models.base import Base, PlainData, UtcDateTime


class WorkingCopy(Base):
    """The autosaved words of one person for one form of one row."""

    __tablename__ = "working_copy"
    __table_args__ = (UniqueConstraint("person_id", "life", "target_id", "action"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    life: Mapped[str] = mapped_column(String(20))
    target_id: Mapped[int]
    action: Mapped[str] = mapped_column(String(40))
    content: Mapped[dict[str, Any]] = mapped_column(PlainData)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
