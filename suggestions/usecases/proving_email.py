"""Proving an e-mail address: nothing but a code goes there before its person has given that code back."""

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from flask import current_app
from sqlalchemy import delete, func, select, update

from suggestions import clock
from suggestions.domain.errors import Invalid, NotNow
from suggestions.domain.reaching import CODE_GUESSES, CODE_LASTS, CODES_A_DAY, Channel, Sending
from suggestions.extensions import db
from suggestions.models import Delivery, EmailCode, Notice, Person, Reach
from suggestions.notify.message import Message, NotSentError, Sender, UncertainError
from suggestions.usecases.transaction import use_case

_DIGITS = 6
_KEPT_FOR = timedelta(days=1)


def code_of(row: EmailCode) -> str:
    """The code itself: of its salt and the house's secret, so that who reads the database cannot give it."""
    key, words = str(current_app.config["SECRET_KEY"]).encode(), f"{row.person_id}\n{row.email}\n{row.salt}".encode()
    return f"{int.from_bytes(hmac.new(key, words, sha256).digest()[:8]) % 10**_DIGITS:0{_DIGITS}}"


def newest(reach: Reach) -> EmailCode | None:
    """The code that was asked for last and can still be given; None when there is none for this address."""
    query = select(EmailCode).where(EmailCode.person_id == reach.person_id).order_by(EmailCode.id.desc()).limit(1)
    row = db.session.scalar(query)
    is_alive = row is not None and row.email == reach.email and datetime.now(UTC) - row.asked_at < CODE_LASTS
    return row if is_alive and row is not None and row.guesses < CODE_GUESSES else None


@use_case
def ask_code(person_id: int) -> None:
    """Put a new code for the person's address into the outbox; the one before is dead. NotNow after too many."""
    reach, now = db.session.get(Reach, person_id, with_for_update=True), datetime.now(UTC)
    if reach is None or not reach.email or reach.is_email_proven:
        raise NotNow("现在不用验证：没有写邮件地址，或者已经验证过了。")
    db.session.execute(delete(EmailCode).where(EmailCode.asked_at < now - _KEPT_FOR))
    asked = db.session.scalar(select(func.count()).where(EmailCode.person_id == person_id)) or 0
    if asked >= CODES_A_DAY:
        raise NotNow(f"今天不能再发验证码：一天最多发{CODES_A_DAY}个，请明天再试。")
    waiting = (EmailCode.person_id == person_id, EmailCode.state == Sending.WAITING)
    db.session.execute(update(EmailCode).where(*waiting).values(state=Sending.DROPPED))
    db.session.add(EmailCode(person_id=person_id, email=reach.email, salt=secrets.token_hex(16), asked_at=now))


def prove(person_id: int, code: str) -> None:
    """Take the address as the person's own, for whoever gives the newest code; Invalid (counted) for any other."""
    if not _judge(person_id, "".join(code.split())):
        reach = db.session.get(Reach, person_id)
        left = newest(reach) if reach is not None else None
        if left is None:
            minutes = CODE_LASTS // timedelta(minutes=1)
            said = f"验证码不对，或者已经作废：{minutes}分钟内有效，输错{CODE_GUESSES}次就作废。请再要一个。"
        else:
            said = f"验证码不对，还可以试{CODE_GUESSES - left.guesses}次。"
        raise Invalid("邮件地址还没有验证。", {"code": said})


@use_case
def _judge(person_id: int, code: str) -> bool:
    reach = db.session.get(Reach, person_id, with_for_update=True)
    row = newest(reach) if reach is not None else None
    if reach is None or row is None:
        return False
    if not hmac.compare_digest(code_of(row).encode(), code.encode()):
        row.guesses += 1
        return False
    reach.is_email_proven = True
    db.session.execute(delete(EmailCode).where(EmailCode.person_id == person_id))
    now = clock.now().astimezone(clock.CHINA)
    held = select(Delivery).join(Notice).where(Notice.person_id == person_id, Delivery.state == Sending.WAITING)
    for delivery in db.session.scalars(held.where(Delivery.channel == Channel.MAIL).with_for_update(of=Delivery)):
        delivery.due_at = reach.rhythm().due_at(now)
    return True


@use_case
def _claim() -> tuple[int, Message] | None:
    """Take the next code that may leave, so that nobody else takes it; what is too old stays in the house."""
    query = select(EmailCode).where(EmailCode.state == Sending.WAITING).order_by(EmailCode.id).limit(1)
    while (row := db.session.scalar(query.with_for_update(skip_locked=True))) is not None:
        person, reach = db.session.get_one(Person, row.person_id), db.session.get(Reach, row.person_id)
        if reach is not None and person.is_active and newest(reach) is row:
            row.state = Sending.SENDING
            return row.id, Message(f"code-{row.id}", row.email, person.name, "", (), code_of(row))
        row.state = Sending.DROPPED
        db.session.flush()
    return None


@use_case
def _settle(id: int, state: Sending, error: str = "") -> None:
    db.session.execute(update(EmailCode).where(EmailCode.id == id).values(state=state, last_error=error[:300]))


def deliver_codes(mail: Sender) -> tuple[int, int, int]:
    """Send the codes that wait, each once: how many were sent, failed, or are of unknown fate. None is tried again."""
    counts = {Sending.SENT: 0, Sending.FAILED: 0, Sending.UNKNOWN: 0}
    while (taken := _claim()) is not None:
        id, message = taken
        state, error = Sending.SENT, ""
        try:
            mail.send(message)
        except NotSentError as fault:
            state, error = Sending.FAILED, str(fault)
        except UncertainError as fault:
            state, error = Sending.UNKNOWN, str(fault)
        _settle(id, state, error)
        counts[state] += 1
    return counts[Sending.SENT], counts[Sending.FAILED], counts[Sending.UNKNOWN]
