"""Another unit's opinion, owed to one handling."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suggestions.domain.states import CoState
from suggestions.models.base import Base, Code
from suggestions.models.handling import Handling
from suggestions.models.person import Unit


class CoHandling(Base):
    """A co-handling (协办件): its own state, term and record beside the main unit's work."""

    __tablename__ = "co_handling"
    __table_args__ = (
        UniqueConstraint("handling_id", "unit_id"),
        Index("ix_co_handling_unit_state", "unit_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[CoState] = mapped_column(Code(CoState))
    handling_id: Mapped[int] = mapped_column(ForeignKey("handling.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    is_own_invitation: Mapped[bool] = mapped_column(default=False)
    question: Mapped[str] = mapped_column(Text, default="")
    term: Mapped[str] = mapped_column(String(40))
    started_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    opinion: Mapped[str] = mapped_column(Text, default="")
    yellow_on: Mapped[date | None] = mapped_column(Date)
    red_after: Mapped[date | None] = mapped_column(Date)
    """The last day of the term that its light follows: of the opinion while that is owed, of the countersignature once
    the opinion is accepted, and then None while none is owed."""
    handling: Mapped[Handling] = relationship()
    unit: Mapped[Unit] = relationship()
