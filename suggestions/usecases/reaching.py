"""How a person wishes to be reached: housekeeping of one's own, without legal meaning."""

import secrets
from collections.abc import Collection
from email.errors import MessageError
from email.headerregistry import Address

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.errors import Invalid
from suggestions.domain.reaching import GROUPS, Channel, Rhythm, Sending
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Delivery, Notice, Person, Reach
from suggestions.usecases.accounts import token_hash
from suggestions.usecases.transaction import use_case


def reach_of(person_id: int) -> Reach:
    """What a person chose; nothing chosen yet is an empty row, not kept."""
    return db.session.get(Reach, person_id) or Reach(person_id=person_id, channels=[], email="")


def is_deputy(person: Person) -> bool:
    """Whether this person is or was a deputy: a group would learn which suggestion is whose."""
    return any(post.role is Role.DEPUTY for post in person.posts)


def _faults(person: Person, channels: Collection[Channel], email: str, rhythm: Rhythm) -> dict[str, str]:
    faults = {}
    if (Channel.MAIL in channels or email) and not _is_address(email):
        faults["email"] = "邮件地址写得不对，例如 name@example.cn。" if email else "选了电子邮件，就要写邮件地址。"
    if GROUPS & set(channels) and is_deputy(person):
        faults["channels"] = "代表的提醒不发到群里，免得别人看到哪一件是谁提的；请用电子邮件。"
    if (rhythm.quiet_from is None) != (rhythm.quiet_to is None):
        faults["quiet_to"] = "安静时段要写从几点到几点，或者都不选。"
    elif rhythm.quiet_from is not None and rhythm.quiet_from == rhythm.quiet_to:
        faults["quiet_to"] = "安静时段的开始和结束不能一样。"
    elif rhythm.digest_at is not None and rhythm.is_quiet(rhythm.digest_at):
        faults["digest_at"] = "合并发送的时间在安静时段里，请换一个。"
    return faults


def _is_address(email: str) -> bool:
    try:
        address = Address(addr_spec=email)
    except (ValueError, MessageError, IndexError):
        return False
    return email.isascii() and "." in address.domain and len(email) <= 254 and not any(sign.isspace() for sign in email)


@use_case
def set_reach(person_id: int, *, channels: Collection[Channel], email: str, rhythm: Rhythm) -> None:
    """Keep what a person chose, for what is told from now on; Invalid by field. What waits follows the new choice."""
    person = db.session.get_one(Person, person_id)
    if faults := _faults(person, channels, email, rhythm):
        raise Invalid("还没有存。", faults)
    reach = _kept(person_id)
    reach.is_email_proven = reach.is_email_proven and reach.email == email
    reach.channels, reach.email = sorted(channels), email
    reach.quiet_from, reach.quiet_to, reach.digest_at = rhythm.quiet_from, rhythm.quiet_to, rhythm.digest_at
    waiting = select(Delivery).join(Notice).where(Notice.person_id == person_id, Delivery.state == Sending.WAITING)
    now = clock.now().astimezone(clock.CHINA)
    for delivery in db.session.scalars(waiting.with_for_update(of=Delivery)):
        if delivery.channel in channels:
            delivery.due_at = max(delivery.due_at, now) if delivery.attempts else rhythm.due_at(now)
        else:
            delivery.state, delivery.last_error = Sending.DROPPED, "本人不再用这个渠道"


def _kept(person_id: int) -> Reach:
    reach = reach_of(person_id)
    db.session.add(reach)
    return reach


@use_case
def new_calendar(person_id: int) -> str:
    """Give a person a new secret calendar address; the one before is dead. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    _kept(person_id).calendar_hash = token_hash(token)
    return token


@use_case
def revoke_calendar(person_id: int) -> None:
    """Let the person's calendar address be dead."""
    _kept(person_id).calendar_hash = None


def calendar_owner(token: str) -> Person | None:
    """Whose calendar this is; None when it was revoked, never was, or the account is closed."""
    reach = db.session.scalar(select(Reach).where(Reach.calendar_hash == token_hash(token)))
    return reach.person if reach is not None and reach.person.is_active else None
