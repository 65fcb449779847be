"""The working-day table as the office keeps it, and the few settings that live in the database."""

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

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
