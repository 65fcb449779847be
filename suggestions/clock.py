"""The one clock: it gives today and now, and in practice mode the day that anyone may move forward."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

from flask import current_app

from suggestions.extensions import db
from suggestions.models.calendar import Setting

CHINA = timezone(timedelta(hours=8), "中国标准时间")
PRACTICE_DAY = "practice_day"
_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)


@contextmanager
def pinned(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment, for the practice history and for tests."""
    token = _pinned.set(moment.replace(tzinfo=moment.tzinfo or CHINA))
    try:
        yield
    finally:
        _pinned.reset(token)


def now() -> datetime:
    """This moment in China's time; in practice mode the time of day on the practice day."""
    moment = _pinned.get() or datetime.now(UTC).astimezone(CHINA)
    if _pinned.get() is None and (day := practice_day()):
        moment = datetime.combine(day, moment.timetz())
    return moment


def today() -> date:
    """The day in China."""
    return now().astimezone(CHINA).date()


def practice_day() -> date | None:
    """The movable practice day; None outside practice mode."""
    if not current_app.config["PRACTICE"]:
        return None
    known = db.session.info
    if PRACTICE_DAY not in known:
        setting = db.session.get(Setting, PRACTICE_DAY)
        known[PRACTICE_DAY] = date.fromisoformat(setting.value) if setting else None
    day: date | None = known[PRACTICE_DAY]
    return day


def forget() -> None:
    """Read the practice day anew at the next question, because it was moved."""
    db.session.info.pop(PRACTICE_DAY, None)
