"""What the working-day table holds: each announced year with its holidays, as people say them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import select

from suggestions.domain.holidays import MADE_UP
from suggestions.domain.workdays import WEEKDAYS, Day
from suggestions.extensions import db
from suggestions.models import CalendarDay, CalendarYear

_SHOWN = 3


@dataclass(frozen=True)
class Spell:
    """One holiday: its days off in a row, and the weekend days worked in exchange."""

    name: str
    off: str
    length: int
    worked: str


@dataclass(frozen=True)
class Year:
    """An announced year."""

    year: int
    spells: tuple[Spell, ...]


def years() -> list[Year]:
    """The newest announced years first, three of them, each with its holidays."""
    newest = db.session.scalars(select(CalendarYear.year).order_by(CalendarYear.year.desc()).limit(_SHOWN)).all()
    found = []
    for year in newest:
        of_year = CalendarDay.on.between(date(year, 1, 1), date(year, 12, 31))
        rows = db.session.scalars(select(CalendarDay).where(of_year).order_by(CalendarDay.on))
        found.append(Year(year, tuple(spells(Day(row.on, row.is_workday, row.name) for row in rows))))
    return found


def spells(days: Iterable[Day]) -> list[Spell]:
    """The holidays in order, each as 10月1日至7日, 7天, 上班：9月20日（周日）、10月10日（周六）."""
    listed = sorted(days, key=lambda day: day.on)
    off = [day for day in listed if not day.is_workday]
    worked = [day for day in listed if day.is_workday]
    found = []
    for _, run in groupby(enumerate(off), key=lambda at: at[1].on - timedelta(days=at[0])):
        held = [day for _, day in run]
        first, last = held[0], held[-1]
        names = list(dict.fromkeys(day.name for day in held))
        made_up = [_said(day.on) for day in worked if day.name.removesuffix(MADE_UP) in names]
        found.append(Spell("、".join(names), _range(first.on, last.on), len(held), "、".join(made_up)))
    return found


def _said(on: date) -> str:
    return f"{on.month}月{on.day}日（{WEEKDAYS[on.weekday()]}）"


def _range(first: date, last: date) -> str:
    return _said(first) if first == last else f"{_said(first)}至{_said(last)}"
