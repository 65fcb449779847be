"""Hand-over lists (交接清单): between whom, of which handlings, and what both signed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suggestions.domain.hand_over import Change, Parties, Stage
from suggestions.models.base import Base, Code, PlainData, UtcDateTime
from suggestions.models.person import Person, Unit

_UNSIGNED = text("stage IN ('open','given')")


class HandOver(Base):
    """A list that stands open until the giver and the taker signed the same; nobody signs for both."""

    __tablename__ = "hand_over"
    __table_args__ = (
        CheckConstraint("giver_id <> taker_id", name="two_parties"),
        CheckConstraint("given_by_id IS NULL OR given_by_id <> taker_id", name="two_signers"),
        CheckConstraint(
            "stage NOT IN ('given','taken') OR (digest <> '' AND content IS NOT NULL AND given_seq IS NOT NULL "
            "AND given_by_id IS NOT NULL)",
            name="given_is_signed",
        ),
        CheckConstraint("(stage = 'taken') = (taken_seq IS NOT NULL)", name="taken_is_signed"),
        CheckConstraint("given_by_id IS NULL OR given_by_id = giver_id OR ground <> ''", name="in_place_has_ground"),
        Index(
            "uq_hand_over_unsigned",
            "change",
            "unit_id",
            "giver_id",
            "taker_id",
            unique=True,
            sqlite_where=_UNSIGNED,
            postgresql_where=_UNSIGNED,
        ),
        Index("ix_hand_over_unit_stage", "unit_id", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change: Mapped[Change] = mapped_column(Code(Change))
    stage: Mapped[Stage] = mapped_column(Code(Stage), default=Stage.OPEN)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    taker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    opened_on: Mapped[date] = mapped_column(Date)
    content: Mapped[dict[str, Any] | None] = mapped_column(PlainData)
    """What the giver signed; None before."""
    digest: Mapped[str] = mapped_column(String(64), default="")
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who signed as the giver: the giver, or who stands in their place on a ground."""
    given_by_name: Mapped[str] = mapped_column(String(100), default="")
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_seq: Mapped[int | None]
    """The act's number in the office chain."""
    ground: Mapped[str] = mapped_column(String(20), default="")
    ground_words: Mapped[str] = mapped_column(String(300), default="")
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_seq: Mapped[int | None]
    unit: Mapped[Unit] = relationship()
    giver: Mapped[Person] = relationship(foreign_keys=[giver_id])
    taker: Mapped[Person] = relationship(foreign_keys=[taker_id])

    @property
    def parties(self) -> Parties:
        """Between whom it stands."""
        return Parties(self.change, self.unit_id, self.giver_id, self.taker_id)


class HandOverItem(Base):
    """A handling on a list: a handler's as it changes hands, a director's as the list is taken over."""

    __tablename__ = "hand_over_item"

    hand_over_id: Mapped[int] = mapped_column(ForeignKey("hand_over.id"), primary_key=True)
    handling_id: Mapped[int] = mapped_column(ForeignKey("handling.id"), primary_key=True, index=True)
