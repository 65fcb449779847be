"""Delivering: taking what is due out of the outbox, once; a message whose fate is unknown is never sent again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.errors import Missing, NotNow
from suggestions.domain.reaching import GROUPS, KEPT_FOR, UNKNOWN_AFTER, UNPROVEN_WAITS, Channel, Sending, wait_after
from suggestions.extensions import db
from suggestions.models import Delivery, Notice, Person, Reach
from suggestions.notify.message import Line, Message, NotSentError, Sender, UncertainError
from suggestions.usecases.proving_email import deliver_codes
from suggestions.usecases.reaching import is_deputy
from suggestions.usecases.transaction import use_case

_AT_ONCE = 50


@dataclass(frozen=True)
class Delivered:
    """How many messages (not notices) went out, failed for now or for good, or are of unknown fate."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class _Claim:
    ids: tuple[int, ...]
    channel: Channel
    message: Message


def _due(channels: Collection[Channel], now: datetime) -> Delivery | None:
    query = select(Delivery).where(
        Delivery.state == Sending.WAITING, Delivery.due_at <= now, Delivery.channel.in_(list(channels))
    )
    return db.session.scalar(
        query.order_by(Delivery.due_at, Delivery.id).limit(1).with_for_update(skip_locked=True, of=Delivery)
    )


def _others(first: Delivery, now: datetime) -> list[Delivery]:
    """What else is due to the same person on the same channel, for one message."""
    query = (
        select(Delivery)
        .join(Notice)
        .where(
            Delivery.state == Sending.WAITING,
            Delivery.due_at <= now,
            Delivery.channel == first.channel,
            Delivery.id != first.id,
            Notice.person_id == first.notice.person_id,
        )
    )
    query = query.order_by(Delivery.id).limit(_AT_ONCE - 1).with_for_update(skip_locked=True, of=Delivery)
    return list(db.session.scalars(query))


def _hindrance(delivery: Delivery, person: Person, reach: Reach | None, now: datetime) -> tuple[Sending, str] | None:
    if reach is None or delivery.channel not in reach.channels or not person.is_active:
        return Sending.DROPPED, "本人不再用这个渠道，或者账号已停用"
    if delivery.channel in GROUPS and is_deputy(person):
        return Sending.DROPPED, "代表的提醒不发到群里"
    if now - (delivery.asked_at or delivery.notice.created_at) > KEPT_FOR:
        is_unproven = delivery.channel is Channel.MAIL and not reach.is_email_proven
        why = "过了三天，邮件地址还没有验证" if is_unproven else "过了三天没有发出，不再发"
        return Sending.FAILED, delivery.last_error or why
    return None


@use_case
def claim(channels: Collection[Channel], site: str) -> _Claim | None:
    """Take the next message that may leave now, so that nobody else takes it; None when nothing is due."""
    now = clock.now().astimezone(clock.CHINA)
    while (first := _due(channels, now)) is not None:
        person = db.session.get_one(Person, first.notice.person_id)
        reach = db.session.get(Reach, person.id)
        if hindrance := _hindrance(first, person, reach, now):
            first.state, first.last_error = hindrance
        elif reach is not None and first.channel is Channel.MAIL and not reach.is_email_proven:
            first.due_at = now + UNPROVEN_WAITS
        elif reach is not None and (later := reach.rhythm().after_quiet(now)) > now:
            first.due_at = later
        elif reach is not None:
            rows = [first, *(_others(first, now) if reach.digest_at is not None else ())]
            for row in rows:
                row.state, row.claimed_at, row.attempts = Sending.SENDING, datetime.now(UTC), row.attempts + 1
            lines = tuple(Line(row.notice.text, f"{site.rstrip('/')}{row.notice.address}") for row in rows)
            to = reach.email if first.channel is Channel.MAIL else ""
            message = Message(f"delivery-{first.id}-{first.attempts}", to, person.name, person.phone, lines)
            return _Claim(tuple(row.id for row in rows), first.channel, message)
        db.session.flush()
    return None


@use_case
def settle(ids: Collection[int], state: Sending, error: str = "") -> None:
    """Mark what became of claimed rows: sent, of unknown fate, or failed and waiting while a try is left."""
    now = clock.now().astimezone(clock.CHINA)
    rows = select(Delivery).where(Delivery.id.in_(ids), Delivery.state.in_((Sending.SENDING, Sending.UNKNOWN)))
    for row in db.session.scalars(rows.order_by(Delivery.id).with_for_update()):
        row.state, row.last_error = state, error[:300]
        if state is Sending.SENT:
            row.sent_at = now
        elif state is Sending.FAILED and (wait := wait_after(row.attempts)) is not None:
            row.state, row.due_at = Sending.WAITING, now + wait


@use_case
def send_again(id: int, *, person_id: int | None = None) -> None:
    """Let a message that did not get through be tried once more: by its own person, or (None) by the administrator.

    Whether one of unknown fate arrived only its own person can know. Missing for what is not theirs, NotNow when the
    channel is no longer used.
    """
    row = db.session.get(Delivery, id, with_for_update=True)
    if (
        row is None
        or person_id not in (None, row.notice.person_id)
        or not _may_be_tried(row, is_own=person_id is not None)
    ):
        raise Missing("这条提醒不用再送了：已经送到，或者本人不再用这个渠道。")
    now = clock.now().astimezone(clock.CHINA)
    row.state, row.due_at, row.asked_at = Sending.WAITING, now, now
    person = db.session.get_one(Person, row.notice.person_id)
    if hindrance := _hindrance(row, person, db.session.get(Reach, person.id), now):
        raise NotNow(f"现在不能再送：{hindrance[1]}。")


def _may_be_tried(row: Delivery, *, is_own: bool) -> bool:
    waits_again = row.state is Sending.WAITING and row.attempts > 0
    return waits_again or row.state is Sending.FAILED or (is_own and row.state is Sending.UNKNOWN)


@use_case
def give_up_unknown() -> int:
    """Mark what was taken long ago and never marked, because its sender died in between; how many notices."""
    old = select(Delivery).where(
        Delivery.state == Sending.SENDING, Delivery.claimed_at < datetime.now(UTC) - UNKNOWN_AFTER
    )
    rows = db.session.scalars(old.order_by(Delivery.id).with_for_update(skip_locked=True)).all()
    for row in rows:
        row.state, row.last_error = Sending.UNKNOWN, "发送时程序中断了，不知道发出没有，不再发第二次"
    return len(rows)


def deliver(ways: Mapping[Channel, Sender], site: str) -> Delivered:
    """Send everything that is due, message by message, no transaction held while the network is waited for."""
    sent, failed, unknown = deliver_codes(ways[Channel.MAIL]) if Channel.MAIL in ways else (0, 0, 0)
    unknown += give_up_unknown()
    while ways and (taken := claim(list(ways), site)) is not None:
        try:
            ways[taken.channel].send(taken.message)
        except NotSentError as fault:
            settle(taken.ids, Sending.FAILED, str(fault))
            failed += 1
        except UncertainError as fault:
            settle(taken.ids, Sending.UNKNOWN, str(fault))
            unknown += 1
        else:
            settle(taken.ids, Sending.SENT)
            sent += 1
    return Delivered(sent, failed, unknown)
