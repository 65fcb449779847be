"""The light of a row as it is shown: word and rest beside the colour."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from suggestions.domain import rulebook
from suggestions.domain.deadlines import Light, light, remaining
from suggestions.domain.limits import ANSWER, short_name
from suggestions.domain.rulebook import Rulebook, Unit
from suggestions.domain.states import CoState, HandlingState
from suggestions.domain.workdays import Calendar
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Suggestion
from suggestions.models.calendar import calendar

WORDS = {Light.OK: "正常", Light.NEAR: "临近", Light.OVER: "超期", Light.DONE: "办结", Light.NONE: "无期限"}
OWED = (CoState.INVITED, CoState.GIVEN, CoState.SENT_BACK)
"""Where an opinion is still owed to the main unit, so that its term runs."""


@dataclass(frozen=True)
class Lamp:
    """A light with its word, and what is left or what is late; `rest` may be empty."""

    kind: Light
    word: str
    rest: str = ""

    @property
    def rank(self) -> int:
        """The order in which people look: red, yellow, the rest, done."""
        return {Light.OVER: 0, Light.NEAR: 1, Light.DONE: 3}.get(self.kind, 2)


DONE = Lamp(Light.DONE, "办结")
SENT = Lamp(Light.DONE, "已交")
ENDS: Mapping[HandlingState, Lamp] = {
    HandlingState.CLOSED: DONE,
    HandlingState.REASSIGNED: Lamp(Light.DONE, "已改办"),
    HandlingState.TERMINATED: Lamp(Light.DONE, "终止"),
}
"""The light of a handling that has ended, by the way it did."""
PAST = Lamp(Light.DONE, "往年件")
NO_LAMP = Lamp(Light.NONE, WORDS[Light.NONE])


def spoken(on: date, today: date) -> str:
    """A day as it is said: 5月9日, with the year when it is another one."""
    return f"{on.month}月{on.day}日" if on.year == today.year else f"{on.year}年{on.month}月{on.day}日"


def lamp_of(handling: Handling, today: date, *, is_named: bool = True) -> Lamp:
    """The light of a handling's next term: what is behind or late is named, unless its name stands beside it."""
    if handling.state in ENDS and handling.next_due != "promise":
        return PAST if handling.is_past else ENDS[handling.state]
    unit = counted_in(rules_of(handling.suggestion), handling.next_due)
    kind = light(today, handling.yellow_on, handling.red_after)
    if kind is Light.NEAR and not handling.yellow_reason.endswith("快到期"):
        return Lamp(kind, WORDS[kind], handling.yellow_reason)
    lamp = _lamp(kind, today, handling.red_after, unit)
    if is_named and kind is Light.OVER:
        return replace(lamp, rest=short_name(handling.next_due, rules_of(handling.suggestion)) + lamp.rest)
    return lamp


def lamp_of_co(co: CoHandling, today: date) -> Lamp:
    """The light of what a co-unit owes: its opinion, and after it the countersignature; done while it owes neither."""
    is_to_sign = co.state is CoState.ACCEPTED and co.red_after is not None
    if co.state not in OWED and not is_to_sign:
        return Lamp(Light.DONE, "已交" if co.state in (CoState.RELEASED, CoState.ACCEPTED) else "已了")
    return _lamp(light(today, co.yellow_on, co.red_after), today, co.red_after, Unit.WORKDAYS)


def lamp_of_day(due_on: date, near_on: date, today: date, unit: Unit) -> Lamp:
    """The light of a day, what is left of it counted in this unit."""
    return _lamp(light(today, near_on, due_on), today, due_on, unit)


def days() -> Calendar:
    """The working-day table."""
    return calendar(db.session())


def rules_of(suggestion: Suggestion) -> Rulebook:
    """The version of the law that a suggestion follows."""
    return rulebook.load(suggestion.rulebook, suggestion.ruled_on)


def counted_in(rules: Rulebook, term: str) -> Unit:
    """What is left of a term, or late, is counted in: as the rulebook counts, in days for a day that somebody named."""
    if not term or term in ("promise", ANSWER):
        return Unit.DAYS
    return rules.term(term).unit


def _lamp(kind: Light, today: date, due_on: date | None, unit: Unit) -> Lamp:
    if due_on is None:
        return NO_LAMP
    rest = f"{spoken(due_on, today)}到期" if kind is Light.OK else remaining(today, due_on, unit, days())
    return Lamp(kind, WORDS[kind], rest)
