"""Housekeeping without legal meaning: the only writes beside steps and acts of office, all of them in this file.

Login sessions and failed attempts are kept by accounts.py, how a person is reached by reaching.py, delivering.py and
proving_email.py, which are housekeeping of the same kind.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from suggestions import clock
from suggestions.domain.errors import Invalid
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import LoginSession, Notice, Person, Setting, WorkingCopy
from suggestions.usecases.transaction import use_case

SEEN_EVERY = timedelta(minutes=5)


def working_copy(person_id: int, life: Life, target_id: int, action: str) -> WorkingCopy | None:
    """What this person is still writing in this form."""
    return db.session.scalar(
        select(WorkingCopy).where(
            WorkingCopy.person_id == person_id,
            WorkingCopy.life == life,
            WorkingCopy.target_id == target_id,
            WorkingCopy.action == action,
        )
    )


@use_case
def save_working_copy(person_id: int, life: Life, target_id: int, action: str, content: Mapping[str, Any]) -> datetime:
    """Keep what a person is writing, for that person alone; the real moment it was kept."""
    copy = working_copy(person_id, life, target_id, action)
    if copy is None:
        copy = WorkingCopy(person_id=person_id, life=life, target_id=target_id, action=action)
        db.session.add(copy)
    copy.content = dict(content)
    copy.saved_at = datetime.now(UTC)
    return copy.saved_at


@use_case
def drop_working_copy(person_id: int, life: Life, target_id: int, action: str) -> None:
    """Forget a working copy, because its words have become a step."""
    db.session.execute(
        delete(WorkingCopy).where(
            WorkingCopy.person_id == person_id,
            WorkingCopy.life == life,
            WorkingCopy.target_id == target_id,
            WorkingCopy.action == action,
        )
    )


@use_case
def note_seen(login_id: int) -> None:
    """Note that a session is in use."""
    db.session.execute(update(LoginSession).where(LoginSession.id == login_id).values(last_seen_at=clock.now()))


@use_case
def read_notices(person_id: int) -> None:
    """Mark everything told to a person as read."""
    db.session.execute(
        update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None)).values(read_at=clock.now())
    )


@use_case
def set_preference(person_id: int, *, is_large: bool | None = None, is_contrast: bool | None = None) -> None:
    """Keep a person's large type and high contrast."""
    person = db.session.get_one(Person, person_id)
    if is_large is not None:
        person.is_large = is_large
    if is_contrast is not None:
        person.is_contrast = is_contrast


@use_case
def set_practice_day(day: date) -> None:
    """Move the practice day, forward only; Invalid for a day behind."""
    setting = db.session.get(Setting, clock.PRACTICE_DAY)
    if setting is None:
        db.session.add(Setting(key=clock.PRACTICE_DAY, value=day.isoformat()))
    elif day < date.fromisoformat(setting.value):
        raise Invalid("练习日只能往后走。")
    else:
        setting.value = day.isoformat()
    clock.forget()
