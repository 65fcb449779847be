"""The working-day table as the office keeps it, and the few settings that live in the database."""

from datetime import date

from sqlalchemy import Date, String, select
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


_calendars: dict[str, Calendar] = {}


def calendar(session: Session) -> Calendar:
    """The working-day table of this database, read once per process until `forget_calendar`."""
    key = str(session.get_bind().engine.url)
    if key not in _calendars:
        days = {d.on: Day(d.on, d.is_workday, d.name) for d in session.scalars(select(CalendarDay))}
        years = frozenset(session.scalars(select(CalendarYear.year)))
        if not years:
            return Calendar(days, years)
        _calendars[key] = Calendar(days, years)
    return _calendars[key]


def forget_calendar() -> None:
    """Read the working-day table anew at the next question, because it was changed."""
    _calendars.clear()
