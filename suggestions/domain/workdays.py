"""Working days: the calendar by which every term is counted, make-up Saturdays included."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")

# A year's holiday notice can reach back into the last days of December: those for 2008 and 2019 began on 29 December.
NEXT_YEARS_REACH = timedelta(days=5)


@dataclass(frozen=True)
class Day:
    """One exceptional day: a holiday on any day of the week, or a working day at a weekend; `name` says why."""

    on: date
    is_workday: bool
    name: str


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: the exceptional days by date, and the years whose holidays have been announced."""

    days: Mapping[date, Day]
    announced_years: frozenset[int]

    def is_workday(self, on: date) -> bool:
        """Say whether this day is worked: Monday to Friday, unless the day is listed."""
        day = self.days.get(on)
        return day.is_workday if day else on.weekday() < 5

    def add_workdays(self, start: date, n: int) -> date:
        """Return the n-th working day after `start` (itself not counted), or before it when n is negative."""
        step = timedelta(days=1 if n > 0 else -1)
        on, left = start, abs(n)
        while left:
            on += step
            left -= self.is_workday(on)
        return on

    def next_workday(self, on: date) -> date:
        """Return this day when it is worked, else the first working day after it."""
        while not self.is_workday(on):
            on += timedelta(days=1)
        return on

    def skipped(self, start: date, end: date) -> list[tuple[date, str]]:
        """List the days not worked after `start` up to and with `end`, each with its reason: 周六, 春节假期."""
        return [(on, self._reason(on)) for on in dates_after(start, end) if not self.is_workday(on)]

    def made_up(self, start: date, end: date) -> list[Day]:
        """List the weekend days worked in exchange for a holiday, after `start` up to and with `end`."""
        found = (self.days.get(on) for on in dates_after(start, end))
        return [day for day in found if day and day.is_workday]

    def workdays_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and with `end`; negative when `end` is the earlier one."""
        if end < start:
            return -self.workdays_between(end, start)
        return sum(self.is_workday(on) for on in dates_after(start, end))

    def is_provisional(self, start: date, end: date) -> bool:
        """Say whether a day from `start` to `end` is in a year not announced yet: there weekends are only assumed."""
        first, last = min(start, end), max(start, end)
        years = range(first.year, (last + NEXT_YEARS_REACH).year + 1)
        return any(year not in self.announced_years for year in years)

    def _reason(self, on: date) -> str:
        day = self.days.get(on)
        return f"{day.name}假期" if day else WEEKDAYS[on.weekday()]


def dates_after(start: date, end: date) -> Iterator[date]:
    """Yield every date after `start` up to and with `end`."""
    for number in range(1, (end - start).days + 1):
        yield start + timedelta(days=number)


def seed_days() -> list[Day]:
    """Return the exceptional days of every year the holiday library knows, in order of date, named in Chinese."""
    names = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    holidays = [Day(on, False, names[name]) for on, name in chinese_calendar.holidays.items()]
    made_up = [Day(on, True, f"{names[name]}调休上班") for on, name in chinese_calendar.workdays.items()]
    return sorted(holidays + made_up, key=lambda day: day.on)


def seed_years() -> list[int]:
    """Return the years the library knows whole: those with a National Day, the last holiday of every notice."""
    national_day = chinese_calendar.Holiday.national_day.value
    return sorted({on.year for on, name in chinese_calendar.holidays.items() if name == national_day})
