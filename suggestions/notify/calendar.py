"""A person's due dates as a calendar file (.ics)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Day:
    """One due date: a key that never changes, the day, its words, and the address of its page."""

    key: str
    on: date
    text: str
    url: str


def as_ics(days: Iterable[Day], now: datetime) -> bytes:
    """The calendar of these days, each as a whole day."""
    calendar = Calendar()
    calendar.add("prodid", "-//suggestions//due dates//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "代表建议办理期限")
    for day in days:
        event = Event()
        event.add("uid", f"{day.key}@suggestions")
        event.add("dtstamp", now)
        event.add("dtstart", day.on)
        event.add("summary", day.text)
        event.add("url", day.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
