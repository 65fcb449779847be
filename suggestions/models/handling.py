"""One unit's handling of a suggestion: where it stands, its dates, and the limits that its light follows."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suggestions.domain.states import HandlingState
from suggestions.models.base import Base, Code
from suggestions.models.person import Person, Unit
from suggestions.models.suggestion import Suggestion


class Handling(Base):
    """A handling (承办件), by the main unit or, when split, by one of several."""

    __tablename__ = "handling"
    __table_args__ = (
        CheckConstraint(
            "state IN ('assigned','reassigned','terminated','past') OR received_on IS NOT NULL OR is_past",
            name="received_has_date",
        ),
        CheckConstraint(
            "state NOT IN ('in_progress','signing','signed','replied','rated','contested') OR handler_id IS NOT NULL"
            " OR transferred_on IS NOT NULL",
            name="work_has_handler",
        ),
        CheckConstraint("state NOT IN ('replied','rated') OR document_number IS NOT NULL", name="reply_has_number"),
        Index(
            "uq_handling_unit_in_charge",
            "suggestion_id",
            "unit_id",
            unique=True,
            sqlite_where=text("state <> 'reassigned'"),
            postgresql_where=text("state <> 'reassigned'"),
        ),
        Index("ix_handling_unit_state", "unit_id", "state"),
        Index("ix_handling_red_after", "red_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[HandlingState] = mapped_column(Code(HandlingState))
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    part: Mapped[int | None]
    """Which part of a split suggestion: 1 for 第237-1号; None when the unit is the only main handler."""
    is_past: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Answered in a past year, outside this program: its promises are followed, itself it is never counted."""
    round: Mapped[int] = mapped_column(default=1)
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    reply_term: Mapped[str] = mapped_column(String(40))
    publication: Mapped[str] = mapped_column(String(20), default="")
    assigned_on: Mapped[date] = mapped_column(Date)
    received_on: Mapped[date | None] = mapped_column(Date)
    contacted_on: Mapped[date | None] = mapped_column(Date)
    planned_on: Mapped[date | None] = mapped_column(Date)
    urged_on: Mapped[date | None] = mapped_column(Date)
    drafted_on: Mapped[date | None] = mapped_column(Date)
    dispatched_on: Mapped[date | None] = mapped_column(Date)
    rated_on: Mapped[date | None] = mapped_column(Date)
    coordinated_on: Mapped[date | None] = mapped_column(Date)
    waived_on: Mapped[date | None] = mapped_column(Date)
    """The day on which it was found that nobody can rate this handling (无法评价)."""
    closed_on: Mapped[date | None] = mapped_column(Date)
    published_on: Mapped[date | None] = mapped_column(Date, index=True)
    """Since when everybody may read the letter's public text; None while it is not published."""
    reply_due_on: Mapped[date] = mapped_column(Date)
    extended_months: Mapped[int] = mapped_column(default=0)
    """By how many months this round's reply term was extended."""
    extension_asked_on: Mapped[date | None] = mapped_column(Date)
    """The day of a request for an extension that is still to be decided."""
    return_asked_on: Mapped[date | None] = mapped_column(Date)
    """The day of a request to return the handling that is still to be decided."""
    transferred_on: Mapped[date | None] = mapped_column(Date)
    """The day on which a successor unit took it over."""
    rating_due_on: Mapped[date | None] = mapped_column(Date)
    next_due: Mapped[str] = mapped_column(String(40), default="")
    """Which term comes next: the key of the rulebook."""
    next_due_on: Mapped[date | None] = mapped_column(Date)
    yellow_on: Mapped[date | None] = mapped_column(Date)
    yellow_reason: Mapped[str] = mapped_column(String(100), default="")
    red_after: Mapped[date | None] = mapped_column(Date)
    result_class: Mapped[str | None] = mapped_column(String(4))
    document_number: Mapped[str | None] = mapped_column(String(60), unique=True)
    suggestion: Mapped[Suggestion] = relationship()
    unit: Mapped[Unit] = relationship()
    handler: Mapped[Person | None] = relationship()

    @property
    def number_text(self) -> str:
        """The number of this handling: 第001号, or 第237-1号 when split."""
        number = self.suggestion.number
        return f"第{number}号" if self.part is None else f"第{number}-{self.part}号"
