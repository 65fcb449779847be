"""The promises of the replies: measure, owner, date, proof."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suggestions.models.base import Base


class Promise(Base):
    """A promise (承诺事项): open until it is fulfilled with proof, or released, which counts as not kept."""

    __tablename__ = "promise"
    __table_args__ = (
        UniqueConstraint("handling_id", "number"),
        CheckConstraint("fulfilled_on IS NULL OR proof <> ''", name="fulfilled_has_proof"),
        CheckConstraint("released_on IS NULL OR release_ground <> ''", name="released_has_ground"),
        CheckConstraint("released_on IS NULL OR fulfilled_on IS NULL", name="released_is_not_kept"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handling_id: Mapped[int] = mapped_column(ForeignKey("handling.id"), index=True)
    number: Mapped[int]
    request_no: Mapped[int]
    sentence: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(100))
    due_on: Mapped[date] = mapped_column(Date, index=True)
    evidence: Mapped[str] = mapped_column(String(200))
    proof: Mapped[str] = mapped_column(Text, default="")
    made_on: Mapped[date] = mapped_column(Date)
    fulfilled_on: Mapped[date | None] = mapped_column(Date)
    changed: Mapped[int] = mapped_column(default=0)
    """How often its date or measure was changed."""
    reported_on: Mapped[date | None] = mapped_column(Date)
    rating_due_on: Mapped[date | None] = mapped_column(Date)
    """The end of the deputy's term to rate the last report; None when nothing waits to be rated."""
    rated: Mapped[str] = mapped_column(String(40), default="")
    """The deputy's last rating of it: a code of the rulebook."""
    reopened: Mapped[int] = mapped_column(default=0)
    release_asked_on: Mapped[date | None] = mapped_column(Date)
    release_ground: Mapped[str] = mapped_column(Text, default="")
    released_on: Mapped[date | None] = mapped_column(Date)

    @property
    def is_open(self) -> bool:
        """Neither fulfilled nor released."""
        return self.fulfilled_on is None and self.released_on is None
