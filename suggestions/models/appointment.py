"""A director's appointment that one person proposes and a second one decides on."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suggestions.domain.states import Role
from suggestions.models.base import Base, Code, UtcDateTime
from suggestions.models.person import Person, Unit


class AppointmentState(StrEnum):
    """Waiting for the second person, or how it ended."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Appointment(Base):
    """A proposal that becomes a post when somebody else confirms it; the database refuses one person as both."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint(
            "state = 'withdrawn' OR decided_by_id IS NULL OR proposed_by_id IS NULL OR decided_by_id <> proposed_by_id",
            name="two_persons",
        ),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> person_id", name="not_for_oneself"),
        CheckConstraint("(state = 'proposed') = (decided_by_id IS NULL)", name="decided_by_somebody"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="to_after_from"),
        CheckConstraint(
            "NOT is_acting OR (document <> '' AND scan_sha256 <> '' AND to_on IS NOT NULL)", name="acting_has_document"
        ),
        Index("ix_appointment_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[AppointmentState] = mapped_column(Code(AppointmentState), default=AppointmentState.PROPOSED)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(Code(Role))
    title: Mapped[str] = mapped_column(String(100), default="")
    is_acting: Mapped[bool] = mapped_column(default=False)
    """Whether the person only stands in (主持工作), on the document named and scanned here."""
    document: Mapped[str] = mapped_column(String(200), default="")
    scan_name: Mapped[str] = mapped_column(String(200), default="")
    scan_sha256: Mapped[str] = mapped_column(String(64), default="")
    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date | None] = mapped_column(Date)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None when it was proposed on the command line."""
    proposed_by_name: Mapped[str] = mapped_column(String(100))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_by_name: Mapped[str] = mapped_column(String(100), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500), default="")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    unit: Mapped[Unit | None] = relationship()
