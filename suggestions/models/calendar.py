"""The working-day table as the office keeps it, and the few settings that live in the database."""

import time
from datetime import date

from sqlalchemy import Boolean, Date, Integer, String, cast, null, select, union_all
from sqlalchemy.orm import Mapped, Session, mapped_column

from suggestions.domain.workdays import Calendar, Day
from suggestions.models.base import Base


class CalendarDay(Base):
    """An exceptional day: a holiday, or a weekend day on which people work (调休)."""

    __tablename__ = "calendar_day"

    on: Mapped[date] = mapped_column("on_day", Date, primary_key=True)
    is_workday: Mapped[bool]
    name: Mapped[str] = mapped_column(String(40))


class CalendarYear(Base):
    """A year whose holidays have been announced; every other year is provisional."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Setting(Base):
    """A value that must be the same for every process, such as the practice day."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


SECONDS_KEPT = 30
"""How long a process goes on with the working-day table that it has read, when another process changed it."""
# Both in one statement, so that no announcement comes between them.
_TABLE = union_all(
    select(CalendarDay.on, CalendarDay.is_workday, CalendarDay.name, cast(null(), Integer).label("year")),
    select(cast(null(), Date), cast(null(), Boolean), cast(null(), String), CalendarYear.year),
)
_calendars: dict[str, tuple[float, Calendar]] = {}


def calendar(session: Session) -> Calendar:
    """The working-day table of this database: read anew after `forget_calendar`, and every `SECONDS_KEPT` seconds."""
    key, now = str(session.get_bind().engine.url), time.monotonic()
    read_at, known = _calendars.get(key, (0.0, None))
    if known is None or now - read_at > SECONDS_KEPT:
        rows = session.execute(_TABLE).all()
        days = {on: Day(on, is_workday, name) for on, is_workday, name, year in rows if year is None}
        known = Calendar(days, frozenset(row.year for row in rows if row.year is not None))
        if known.announced_years:
            _calendars[key] = now, known
    return known


def forget_calendar() -> None:
    """Read the working-day table anew at the next question, because it was changed."""
    _calendars.clear()
