"""What the statistics read: how each counted thing stands, and how many stand alike."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suggestions.models.base import Base


class Standing(Base):
    """One counted thing, narrow and derived: `shape` is its row (domain/counting.py), `marks` its days and months.

    `target_id` is the id of the suggestion, handling, promise or co-handling; `round` is 1 for what the first round
    came to, and 2 for how a handling that was handled anew stands now.
    """

    __tablename__ = "standing"
    __table_args__ = (
        UniqueConstraint("kind", "target_id", "round"),
        Index("ix_standing_year_unit", "year", "unit_id"),
        Index("ix_standing_year_lead", "year", "lead_id"),
        Index("ix_standing_year_shape", "year", "shape"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(1))
    target_id: Mapped[int]
    round: Mapped[int]
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), index=True)
    handling_id: Mapped[int | None] = mapped_column(ForeignKey("handling.id"))
    year: Mapped[int]
    """The year of assignment; of a promise the year in which it was made."""
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    category: Mapped[str] = mapped_column(String(40), default="")
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    is_lead_hidden: Mapped[bool] = mapped_column(default=False)
    shape: Mapped[str] = mapped_column(String(60))
    marks: Mapped[str] = mapped_column(String(400), default="")


class Tally(Base):
    """How many standings of a year are alike: in all, of one unit, of one category, by month, by days, by light."""

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dim: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    shape: Mapped[str] = mapped_column(String(60), primary_key=True)
    times: Mapped[int]
