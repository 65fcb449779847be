"""The terms of the Chongqing rulebook as a person reads them in the regulation, counted by hand on the calendar."""

import calendar
from datetime import date, timedelta

import chinese_calendar

RECEIVE, RETURN, CO_OPINION, CO_OPINION_AGAIN, COUNTERSIGN = 3, 10, 30, 5, 5
DELIVERY, RATING, RATING_NEAR, WINDOW, LAMP = 3, 20, 5, 5, 7
REPLY = {"ordinary": 3, "complex": 6}
REDO, LONGEST_EXTENSION = 2, 3
ROUNDS = 2
CONSENTING = "consenting"
"""A place with Chongqing's rules where the deputies office must agree to an extension."""


def is_workday(day: date) -> bool:
    """Whether people work; where the year's holidays are not announced yet, from Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        # So the library answers for a year whose holidays are not announced yet.
        return day.weekday() < 5


def workdays(start: date, count: int) -> date:
    """The day on which so many working days have gone by; the first day is not counted."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def rating_ends(sent_on: date, delivered_on: date) -> date:
    """The end of the rating term, from the delivery or, at the latest, three working days after dispatch."""
    return workdays(min(delivered_on, workdays(sent_on, DELIVERY)), RATING)


def workdays_since(start: date, today: date) -> int:
    """How many working days went by after a day, today included."""
    days = (start + timedelta(days=at) for at in range(1, (today - start).days + 1))
    return sum(is_workday(day) for day in days)


def months(start: date, count: int) -> date:
    """The same day so many months later; a last day that is no working day moves on."""
    at = start.year * 12 + start.month - 1 + count
    year, month = at // 12, at % 12 + 1
    day = date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    while not is_workday(day):
        day += timedelta(days=1)
    return day
