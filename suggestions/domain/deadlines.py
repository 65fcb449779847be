"""Deadlines: the day a term ends on and why, when its light turns yellow or red, and how much is left."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from suggestions.domain.due_lines import Counting, Line, season_lines, term_lines
from suggestions.domain.rulebook import Near, Rulebook, Season, Term, Unit
from suggestions.domain.workdays import Calendar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """A due date that explains itself; provisional when it rests on a year whose holidays are not announced."""

    on: date
    term: Term | Season
    start: date
    is_provisional: bool
    explain: Callable[[], tuple[Line, ...]] = field(compare=False, repr=False)
    extended_months: int = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """Why it is this day; written only when it is read, for most days are only compared."""
        return self.explain()


class Light(StrEnum):
    """The colour of a term: blue, yellow, red; done and not begun have none."""

    OK = "ok"
    NEAR = "near"
    OVER = "over"
    DONE = "done"
    NONE = "none"


def due(term: Term, start: date, calendar: Calendar, *, extended_months: int = 0) -> Due:
    """Return the day by which the term must be met, counted from `start`, which is not counted itself.

    Months end on the corresponding day, or the month's last (Civil Code art. 202); a last day that is not worked
    moves to the next that is (art. 203). An extension is counted from the same start; raises ValueError when it is
    longer than the term allows.
    """
    if not 0 <= extended_months <= term.extension_months:
        raise ValueError(f"{term.key}: {extended_months} months of extension, at most {term.extension_months} allowed")
    nominal_on = _counted(term, start, calendar, extended_months)
    on = calendar.next_workday(nominal_on)
    is_provisional = calendar.is_provisional(start, on)

    def explain() -> tuple[Line, ...]:
        count = Counting(
            term=term,
            start=start,
            months=term.amount + extended_months,
            nominal_on=nominal_on,
            on=on,
            unextended_on=calendar.next_workday(_counted(term, start, calendar, 0)),
            longest_on=calendar.next_workday(_counted(term, start, calendar, term.extension_months)),
            extended_months=extended_months,
            is_provisional=is_provisional,
        )
        return term_lines(count, calendar)

    return Due(on, term, start, is_provisional, explain, extended_months)


def due_in_year(season: Season, year: int) -> Due:
    """Return the last day of a yearly duty in this year; it is never moved, for afterwards it is another season."""
    explain = partial(season_lines, season, year)
    return Due(season.closes_on(year), season, season.opens_on(year), is_provisional=False, explain=explain)


def add_months(start: date, months: int) -> date:
    """Return the corresponding day so many months later, or the last day of a month that has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def near_on(due: Due, calendar: Calendar) -> date:
    """Return the first day on which the light is yellow; never before the term began."""
    return max(near_before(due.on, due.term.near, calendar), due.start)


def near_before(on: date, near: Near, calendar: Calendar) -> date:
    """Return the day so long before the last one, in the unit that the term is near by."""
    return calendar.add_workdays(on, -near.amount) if near.unit is Unit.WORKDAYS else on - timedelta(days=near.amount)


def light(today: date, yellow_on: date | None, red_after: date | None, *, is_done: bool = False) -> Light:
    """Return the light of a term: red only after its last day, none while it has not begun (`red_after` is None)."""
    if is_done:
        return Light.DONE
    if red_after is None:
        return Light.NONE
    if today > red_after:
        return Light.OVER
    return Light.NEAR if yellow_on is not None and today >= yellow_on else Light.OK


def checkpoints(rulebook: Rulebook, reply: Due, received_on: date | None, calendar: Calendar) -> dict[str, date]:
    """Return the first day on which the light is yellow when this work is still missing: contact, plan, urge, draft.

    Plan, urging and draft are due at fractions of the reply term, in calendar days from its start, extensions included;
    contact after so many working days since receipt, and is left out before that.
    """
    behind = rulebook.behind
    span = (reply.on - reply.start).days
    parts = {"plan": behind.plan, "urge": behind.urge, "draft": behind.draft}
    found = {key: reply.start + timedelta(days=span * n // m) + ONE_DAY for key, (n, m) in parts.items()}
    if received_on is None:
        return found
    return {"contact": calendar.add_workdays(received_on, behind.contact_workdays) + ONE_DAY, **found}


def remaining(today: date, due_on: date, unit: Unit, calendar: Calendar) -> str:
    """Say how much is left or overdue: 还剩10个工作日, 今天到期, 超4个工作日; calendar days only for a term in days."""
    if today == due_on:
        return "今天到期"
    is_over = today > due_on
    if unit is Unit.DAYS:
        return f"{'超' if is_over else '还剩'}{abs((due_on - today).days)}天"
    count = abs(calendar.workdays_between(today, due_on))
    if count == 0:
        return "已过期，不到1个工作日" if is_over else "还剩不到1个工作日"
    return f"{'超' if is_over else '还剩'}{count}个工作日"


def _counted(term: Term, start: date, calendar: Calendar, extended_months: int) -> date:
    if term.unit is Unit.WORKDAYS:
        return calendar.add_workdays(start, term.amount)
    if term.unit is Unit.DAYS:
        return start + timedelta(days=term.amount)
    return add_months(start, term.amount + extended_months)
