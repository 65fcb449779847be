"""The record: a step that was taken, chained to the one before; only ever added to."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suggestions.domain import chain
from suggestions.domain.actions import Action
from suggestions.domain.story import Past
from suggestions.models.base import Base, PlainData, UtcDateTime

OFFICE = "office"


def case_chain(suggestion_id: int) -> str:
    """The name of a case's chain."""
    return f"case:{suggestion_id}"


class Event(Base):
    """One event of a case's chain, or of the office chain; triggers refuse to change, delete or replace it."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("actor_id", "idempotency_key"),
        CheckConstraint(
            "life <> 'handling' OR action NOT IN ('read_original','approve_plan','urge','sign_reply','coordinate') OR "
            "(proof IS NOT NULL AND content_hash IS NOT NULL AND post_id IS NOT NULL AND actor_id IS NOT NULL "
            "AND actor_role = 'director')",
            name="personal_has_proof",
        ),
        Index("ix_event_suggestion_seq", "suggestion_id", "seq"),
        Index("ix_event_handling", "handling_id"),
        Index("ix_event_action", "action"),
    )

    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id"))
    handling_id: Mapped[int | None] = mapped_column(ForeignKey("handling.id"))
    co_handling_id: Mapped[int | None] = mapped_column(ForeignKey("co_handling.id"))
    life: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(40))
    round: Mapped[int] = mapped_column(default=0)
    from_state: Mapped[str | None] = mapped_column(String(40))
    to_state: Mapped[str | None] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    actor_name: Mapped[str] = mapped_column(String(100))
    actor_role: Mapped[str] = mapped_column(String(20))
    actor_title: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    unit_name: Mapped[str] = mapped_column(String(100))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    is_acting: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    on: Mapped[date] = mapped_column("on_day", Date)
    proof: Mapped[str | None] = mapped_column(String(20))
    content_hash: Mapped[str | None] = mapped_column(String(64))
    is_evidence: Mapped[bool] = mapped_column(default=False)
    cause_seq: Mapped[int | None]
    idempotency_key: Mapped[str | None] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(PlainData)
    salt: Mapped[str] = mapped_column(String(32))
    commitment: Mapped[str] = mapped_column(String(64))
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    HEAD = (
        "chain", "seq", "suggestion_id", "handling_id", "co_handling_id", "life", "action", "round", "from_state",
        "to_state", "actor_id", "actor_name", "actor_role", "actor_title", "unit_id", "unit_name", "post_id",
        "is_acting", "at", "on", "proof", "content_hash", "is_evidence", "cause_seq", "idempotency_key", "salt",
        "commitment",
    )  # fmt: skip

    def head(self) -> dict[str, Any]:
        """Every column that the hash covers, as plain data: times in UTC to the microsecond, days in ISO form."""
        values = {name: getattr(self, name) for name in self.HEAD}
        values["at"] = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        values["on"] = self.on.isoformat()
        return values

    def seal(self, prev: str) -> None:
        """Fix the event as the next of its chain: commitment to the payload, previous hash, own hash."""
        self.prev = prev
        self.commitment = chain.commitment(self.salt, self.payload)
        self.hash = chain.link(prev, self.head())

    def past(self) -> Past:
        """The event as the domain reads it."""
        return Past(
            seq=self.seq,
            action=Action(self.action),
            round=self.round,
            actor_id=self.actor_id or 0,
            actor_name=self.actor_name,
            actor_title=self.actor_title,
            unit_name=self.unit_name,
            at=self.at,
            on=self.on,
            payload=self.payload,
            handling_id=self.handling_id,
            co_handling_id=self.co_handling_id,
            is_acting=self.is_acting,
            actor_role=self.actor_role,
            is_evidence=self.is_evidence,
            proof=self.proof,
            content_hash=self.content_hash,
            hash=self.hash,
        )
