"""A code on its way to an e-mail address, by which a person shows that they read what arrives there."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from suggestions.domain.reaching import Sending
from suggestions.models.base import Base, Code, UtcDateTime


class EmailCode(Base):
    """One code for one address; the code itself is made of its salt and the house's secret, and kept nowhere."""

    __tablename__ = "email_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    salt: Mapped[str] = mapped_column(String(40))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The real moment, whatever the practice day."""
    guesses: Mapped[int] = mapped_column(default=0)
    """How often a wrong code was given for it."""
    state: Mapped[Sending] = mapped_column(Code(Sending), default=Sending.WAITING)
    last_error: Mapped[str] = mapped_column(String(300), default="")
