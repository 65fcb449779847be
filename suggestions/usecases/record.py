"""The record: how an event is added to its chain."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Event, Setting, Suggestion
from suggestions.models.event import OFFICE, case_chain
from suggestions.usecases import counting

OFFICE_HEAD = "office_head"


@dataclass(frozen=True)
class Entry:
    """What an event says, before it is given its place in the chain."""

    life: str
    action: str
    actor: Actor
    payload: dict[str, Any]
    handling_id: int | None = None
    co_handling_id: int | None = None
    round: int = 0
    from_state: str | None = None
    to_state: str | None = None
    proof: str | None = None
    content_hash: str | None = None
    is_evidence: bool = False
    cause_seq: int | None = None
    idempotency_key: str | None = None


def _event(entry: Entry, chain: str, seq: int, suggestion_id: int | None, at: datetime) -> Event:
    actor = entry.actor
    return Event(
        chain=chain,
        seq=seq,
        suggestion_id=suggestion_id,
        handling_id=entry.handling_id,
        co_handling_id=entry.co_handling_id,
        life=entry.life,
        action=entry.action,
        round=entry.round,
        from_state=entry.from_state,
        to_state=entry.to_state,
        actor_id=None if actor.role is Role.SYSTEM else actor.person_id,
        actor_name=actor.name,
        actor_role=actor.role,
        actor_title=actor.title,
        unit_id=actor.unit_id,
        unit_name=actor.unit_name,
        post_id=actor.post_id,
        is_acting=actor.is_acting,
        at=at,
        on=at.astimezone(clock.CHINA).date(),
        proof=entry.proof,
        content_hash=entry.content_hash,
        is_evidence=entry.is_evidence,
        cause_seq=entry.cause_seq,
        idempotency_key=entry.idempotency_key,
        payload=entry.payload,
        salt=secrets.token_hex(16),
    )


def add_to_case(suggestion: Suggestion, entry: Entry, *, not_before: datetime | None = None) -> Event:
    """Add the next event of a case; the suggestion's row is locked, so its head is the head. Time never goes back."""
    at = max(clock.now(), not_before) if not_before else clock.now()
    event = _event(entry, case_chain(suggestion.id), suggestion.chain_seq + 1, suggestion.id, at)
    event.seal(suggestion.chain_hash)
    suggestion.chain_seq, suggestion.chain_hash = event.seq, event.hash
    db.session.add(event)
    counting.touch(suggestion.id)
    return event


def taken(person_id: int, key: str | None) -> Event | None:
    """The event that this sheet of this person's became; None while it was not taken."""
    same = select(Event).where(Event.actor_id == person_id, Event.idempotency_key == key)
    return db.session.scalar(same) if key else None


def add_to_office(entry: Entry) -> Event:
    """Add the next event of the office chain: acts on persons, posts, rulebooks, calendars."""
    head = db.session.scalar(select(Setting).where(Setting.key == OFFICE_HEAD).with_for_update())
    if head is None:
        head = Setting(key=OFFICE_HEAD, value=f"0 {'0' * 64}")
        db.session.add(head)
    seq, prev = head.value.split()
    event = _event(entry, OFFICE, int(seq) + 1, None, clock.now())
    event.seal(prev)
    head.value = f"{event.seq} {event.hash}"
    db.session.add(event)
    return event
