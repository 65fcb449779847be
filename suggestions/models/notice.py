"""The outbox: what a step tells people, written in the same transaction."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suggestions.models.base import Base, UtcDateTime


class Notice(Base):
    """One message of one event to one person; never twice."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("chain", "seq", "person_id"),
        ForeignKeyConstraint(["chain", "seq"], ["event.chain", "event.seq"]),
        Index("ix_notice_person_read", "person_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
