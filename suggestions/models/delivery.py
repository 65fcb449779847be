"""How a person wishes to be reached, and each notice's way out on each channel."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suggestions.domain.reaching import Channel, Rhythm, Sending
from suggestions.models.base import Base, Code, PlainData, UtcDateTime
from suggestions.models.notice import Notice
from suggestions.models.person import Person


class Reach(Base):
    """What one person chose: channels, address, quiet hours, digest, and a calendar of which only a hash is kept."""

    __tablename__ = "reach"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    channels: Mapped[list[str]] = mapped_column(PlainData, default=list)
    email: Mapped[str] = mapped_column(String(254), default="")
    is_email_proven: Mapped[bool] = mapped_column(default=False)
    """Whether its person gave back the code that was sent there; before, nothing else goes there."""
    quiet_from: Mapped[int | None]
    quiet_to: Mapped[int | None]
    digest_at: Mapped[int | None]
    calendar_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    person: Mapped[Person] = relationship()

    def rhythm(self) -> Rhythm:
        """When this person wants to hear."""
        return Rhythm(self.quiet_from, self.quiet_to, self.digest_at)


class Delivery(Base):
    """One notice on one channel; the database refuses a second one."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("notice_id", "channel"), Index("ix_delivery_state_due_at", "state", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    channel: Mapped[Channel] = mapped_column(Code(Channel))
    state: Mapped[Sending] = mapped_column(Code(Sending), default=Sending.WAITING)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The real moment, whatever the practice day, since which somebody is sending it."""
    last_error: Mapped[str] = mapped_column(String(300), default="")
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When somebody who saw that it failed asked for another try."""
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    notice: Mapped[Notice] = relationship()
