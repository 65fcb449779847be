"""The calendar: make-up Saturdays, holidays, spans counted both ways, and years nobody has announced yet."""

from datetime import date, timedelta
from itertools import pairwise

import chinese_calendar
import pytest

from suggestions.domain.workdays import Calendar, Day, seed_days, seed_years

CALENDAR = Calendar({day.on: day for day in seed_days()}, frozenset(seed_years()))


@pytest.mark.parametrize(
    ("on", "is_worked"),
    [
        (date(2026, 2, 9), True),  # an ordinary Monday
        (date(2026, 2, 14), True),  # Saturday, made up for Spring Festival
        (date(2026, 2, 15), False),  # Sunday inside the holiday
        (date(2026, 2, 23), False),  # its last Monday
        (date(2026, 2, 28), True),  # Saturday, made up
        (date(2026, 3, 7), False),  # an ordinary Saturday
        (date(2026, 5, 9), True),  # Saturday, made up for Labour Day
    ],
)
def test_a_day_is_worked_or_not(on: date, is_worked: bool) -> None:
    assert CALENDAR.is_workday(on) is is_worked


def test_every_day_of_the_known_years_agrees_with_the_library() -> None:
    on, last = date(2024, 1, 1), date(2026, 12, 31)
    while on <= last:
        assert CALENDAR.is_workday(on) is chinese_calendar.is_workday(on), on
        on += timedelta(days=1)


def test_adding_workdays_does_not_count_the_first_day() -> None:
    assert CALENDAR.add_workdays(date(2026, 2, 9), 1) == date(2026, 2, 10)
    assert CALENDAR.add_workdays(date(2026, 2, 14), 1) == date(2026, 2, 24)
    assert CALENDAR.add_workdays(date(2026, 2, 9), 0) == date(2026, 2, 9)


def test_workdays_are_counted_back_too() -> None:
    assert CALENDAR.add_workdays(date(2026, 2, 24), -1) == date(2026, 2, 14)


def test_next_workday_is_the_day_itself_when_it_is_worked() -> None:
    assert CALENDAR.next_workday(date(2026, 5, 9)) == date(2026, 5, 9)
    assert CALENDAR.next_workday(date(2026, 5, 1)) == date(2026, 5, 6)


def test_skipped_days_come_with_their_reason() -> None:
    skipped = CALENDAR.skipped(date(2026, 2, 13), date(2026, 3, 1))
    assert skipped[0] == (date(2026, 2, 15), "春节假期")
    assert [on.day for on, reason in skipped if reason == "春节假期"] == list(range(15, 24))
    assert skipped[-1] == (date(2026, 3, 1), "周日")
    assert date(2026, 2, 28) not in dict(skipped)


def test_made_up_days_are_listed_with_their_holiday() -> None:
    made_up = CALENDAR.made_up(date(2026, 2, 9), date(2026, 2, 28))
    assert made_up == [Day(date(2026, 2, 14), True, "春节调休上班"), Day(date(2026, 2, 28), True, "春节调休上班")]


def test_workdays_between_is_signed() -> None:
    assert CALENDAR.workdays_between(date(2026, 2, 9), date(2026, 3, 13)) == 20
    assert CALENDAR.workdays_between(date(2026, 3, 13), date(2026, 2, 9)) == -20
    assert CALENDAR.workdays_between(date(2026, 2, 9), date(2026, 2, 9)) == 0


def test_a_year_nobody_announced_is_provisional_and_counts_weekends_only() -> None:
    assert not CALENDAR.is_provisional(date(2026, 2, 9), date(2026, 5, 9))
    assert CALENDAR.is_provisional(date(2026, 11, 1), date(2027, 1, 4))
    assert CALENDAR.is_provisional(date(2027, 1, 4), date(2026, 11, 1))
    assert CALENDAR.is_workday(date(2027, 1, 1))  # a Friday, only assumed
    assert not CALENDAR.is_workday(date(2027, 1, 2))


def test_the_last_days_of_december_wait_for_the_next_years_notice() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 1), date(2026, 12, 26))
    assert CALENDAR.is_provisional(date(2026, 12, 1), date(2026, 12, 29))


def test_seeds_are_exceptions_only_in_order_and_named_in_chinese() -> None:
    days = seed_days()
    assert all(one.on < other.on for one, other in pairwise(days))
    assert all(day.on.weekday() >= 5 for day in days if day.is_workday)
    assert all("\u4e00" <= day.name[0] <= "\u9fff" for day in days)
    assert Day(date(2026, 5, 9), True, "劳动节调休上班") in days
    assert Day(date(2026, 2, 17), False, "春节") in days


def test_seed_years_are_those_the_library_knows_whole() -> None:
    years = seed_years()
    assert years == list(range(years[0], years[-1] + 1))
    assert {2024, 2025, 2026} <= set(years)
    # So the library answers for a year whose holidays are not announced yet.
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(date(years[-1] + 1, 1, 1))
