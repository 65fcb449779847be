"""The promises of the replies: measure, owner, date, proof."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suggestions.models.base import Base


class Promise(Base):
    """A promise (承诺事项): open until it is fulfilled with proof, or released."""

    __tablename__ = "promise"
    __table_args__ = (
        UniqueConstraint("handling_id", "number"),
        CheckConstraint("fulfilled_on IS NULL OR proof <> ''", name="fulfilled_has_proof"),
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

    @property
    def is_open(self) -> bool:
        """Neither fulfilled nor released."""
        return self.fulfilled_on is None
