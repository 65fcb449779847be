"""An office's own words on its letters, version by version; the newest counts, an old letter keeps its own."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from suggestions.domain.actions import Action
from suggestions.domain.letter_form import LetterForm
from suggestions.domain.numbering import Issued
from suggestions.models.base import Base, UtcDateTime
from suggestions.models.event import Event
from suggestions.models.handling import Handling
from suggestions.models.person import Person, Unit


class LetterTemplate(Base):
    """One version of a unit's letter template: only ever added to."""

    __tablename__ = "letter_template"
    __table_args__ = (UniqueConstraint("unit_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    version: Mapped[int]
    letterhead: Mapped[str] = mapped_column(String(40), default="")
    series: Mapped[str] = mapped_column(String(40), default="")
    closing: Mapped[str] = mapped_column(String(400))
    contact: Mapped[str] = mapped_column(String(200), default="")
    copies: Mapped[str] = mapped_column(String(200), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    unit: Mapped[Unit] = relationship()
    made_by: Mapped[Person | None] = relationship()

    def form(self) -> LetterForm:
        """The words of this version."""
        return LetterForm(self.version, self.letterhead, self.series, self.closing, self.contact, self.copies)


def templates_of(session: Session, unit_id: int) -> list[LetterTemplate]:
    """Every version of a unit's template, newest first, each with who made it."""
    query = select(LetterTemplate).where(LetterTemplate.unit_id == unit_id).options(joinedload(LetterTemplate.made_by))
    return list(session.scalars(query.order_by(LetterTemplate.version.desc())))


def form_of(session: Session, unit_id: int) -> LetterForm:
    """The words that count now for a unit's letters; version 0 when it has said nothing."""
    query = select(LetterTemplate).where(LetterTemplate.unit_id == unit_id)
    newest = session.scalar(query.order_by(LetterTemplate.version.desc()).limit(1))
    return LetterForm() if newest is None else newest.form()


def numbers_of(session: Session, unit_id: int) -> list[Issued]:
    """Every number that a unit's letters went out under, oldest first, as the record says: corrected letters too."""
    sent = session.execute(
        select(Event, Handling)
        .join(Handling, Event.handling_id == Handling.id)
        .where(Event.action == Action.DISPATCH.value, Event.unit_id == unit_id)
        .options(joinedload(Handling.suggestion))
        .order_by(Event.at, Event.suggestion_id, Event.seq)
    )
    return [
        Issued(
            text=str(event.payload["document_number"]),
            on=event.on,
            reason=str(event.payload.get("gap_reason") or ""),
            case=handling.number_text,
            handling_id=handling.id,
        )
        for event, handling in sent
    ]
