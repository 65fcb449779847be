"""What the deputies wrote, who signed it, and the files it came in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suggestions.domain.states import SuggestionState
from suggestions.models.base import Base, Code, PlainData, UtcDateTime
from suggestions.models.person import Person


class Suggestion(Base):
    """A suggestion (建议): known by congress, term, session, series and number; head of its case's chain."""

    __tablename__ = "suggestion"
    __table_args__ = (
        UniqueConstraint("congress", "term", "session", "series", "number"),
        CheckConstraint(
            "state IN ('drafting','submitted','merged','declined','withdrawn') OR number IS NOT NULL",
            name="assigned_has_number",
        ),
        Index("ix_suggestion_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[SuggestionState] = mapped_column(Code(SuggestionState))
    congress: Mapped[str] = mapped_column(String(40), default="")
    term: Mapped[int] = mapped_column(default=0)
    session: Mapped[int] = mapped_column(default=0)
    series: Mapped[str] = mapped_column(String(20), default="session")
    number: Mapped[str | None] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200), default="")
    content: Mapped[str] = mapped_column(Text, default="")
    asked: Mapped[list[str]] = mapped_column(PlainData, default=list)
    """The numbered requests as the document itself has them: where the handler's splitting starts from."""
    category: Mapped[str] = mapped_column(String(40), default="", index=True)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_on_paper: Mapped[bool] = mapped_column(default=False)
    is_name_hidden: Mapped[bool] = mapped_column(default=False)
    is_key: Mapped[bool] = mapped_column(default=False)
    is_cross_year: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_lead_gone: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The lead deputy died, left office or belongs to the unit, and no joint deputy follows: nobody rates for them."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"), index=True)
    outside: Mapped[dict[str, Any] | None] = mapped_column(PlainData)
    """What was noted of a case that was handled outside this program: of a past year, or a secret one.

    Of a secret one: `unit` (id), `unit_name`, `assigned_on`, `replied_on` and `rating`, the last two empty until known.
    """
    phone: Mapped[str] = mapped_column(String(40), default="")
    rulebook: Mapped[str] = mapped_column(String(40))
    ruled_on: Mapped[date] = mapped_column(Date)
    """The day whose version of the rulebook holds for this case, whatever changes later."""
    submitted_on: Mapped[date | None] = mapped_column(Date)
    assigned_on: Mapped[date | None] = mapped_column(Date)
    chain_seq: Mapped[int] = mapped_column(default=0)
    chain_hash: Mapped[str] = mapped_column(String(64), default="0" * 64)
    lead: Mapped[Person | None] = relationship(foreign_keys=[lead_id])
    cosigners: Mapped[list["Cosigner"]] = relationship(order_by="Cosigner.position")
    files: Mapped[list["File"]] = relationship(order_by="File.id", primaryjoin="File.suggestion_id == Suggestion.id")

    @property
    def number_text(self) -> str:
        """The number as it is spoken: 第001号, or 未编号."""
        return f"第{self.number}号" if self.number else "未编号"


class Cosigner(Base):
    """A joint deputy (联名代表): counts once confirmed in person, or as named in a handover."""

    __tablename__ = "cosigner"
    __table_args__ = (UniqueConstraint("suggestion_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()


class File(Base):
    """A file of a case, stored under its digest; an original belongs to the suggestion itself."""

    __tablename__ = "file"
    __table_args__ = (Index("ix_file_sha256", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), index=True)
    handling_id: Mapped[int | None] = mapped_column(ForeignKey("handling.id"))
    is_original: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
