"""Due dates and lights beside an oracle that walks day by day over a calendar written by hand; what it would catch."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import pytest

from suggestions.domain import deadlines, limits, rulebook
from suggestions.domain.deadlines import ONE_DAY
from suggestions.domain.rulebook import Unit
from suggestions.domain.workdays import Calendar
from tests.domain.oracle import asking
from tests.domain.oracle.comparing import disagreements
from tests.domain.oracle.days import AFTER, BEFORE, KNOWN, Days, walk
from tests.domain.oracle.law import LAWS

SEED = 20260209
ENOUGH = 1_500
"""So many lives at most before a seeded fault is found."""


def test_ten_thousand_random_lives_agree_with_the_oracle() -> None:
    assert list(islice(disagreements(SEED, 10_000), 3)) == []


@pytest.mark.parametrize("notice", [-1, 0, 1, 2])
def test_every_day_is_worked_as_the_notices_say(notice: int) -> None:
    days: Days = BEFORE if notice < 0 else AFTER[notice]
    program = asking.calendar(notice)
    for on in walk(date(2018, 1, 1), date(KNOWN + 1, 12, 31)):
        assert program.is_workday(on) is days.is_worked(on), on


def test_every_term_of_every_place_is_among_the_oracles() -> None:
    for place, law in LAWS.items():
        terms = rulebook.load(place).terms
        assert set(law.terms) == set(terms)
        said = {key: (t.amount, str(t.unit), t.near.amount, str(t.near.unit)) for key, t in terms.items()}
        assert said == {key: (t.amount, t.unit, t.near, t.near_unit) for key, t in law.terms.items()}, place


Fault = Callable[[pytest.MonkeyPatch], None]
FAULTS: dict[str, Fault] = {}


def fault(seed: Fault) -> Fault:
    FAULTS[seed.__name__] = seed
    return seed


def counted_otherwise(patch: pytest.MonkeyPatch, **changes: Callable[..., object]) -> None:
    """Let the terms end otherwise, wherever they are counted."""
    for name, changed in changes.items():
        for module in (deadlines, limits):
            if hasattr(module, name):
                patch.setattr(module, name, changed)


@fault
def the_first_day_is_counted(patch: pytest.MonkeyPatch) -> None:
    right = Calendar.add_workdays
    patch.setattr(Calendar, "add_workdays", lambda self, start, n: right(self, start - ONE_DAY, n))


@fault
def one_working_day_more(patch: pytest.MonkeyPatch) -> None:
    right = Calendar.add_workdays
    patch.setattr(Calendar, "add_workdays", lambda self, start, n: right(self, start, n + 1 if n > 0 else n))


@fault
def a_make_up_saturday_is_not_worked(patch: pytest.MonkeyPatch) -> None:
    right = Calendar.is_workday
    patch.setattr(Calendar, "is_workday", lambda self, on: on.weekday() < 5 and right(self, on))


@fault
def a_holiday_on_a_weekday_is_worked(patch: pytest.MonkeyPatch) -> None:
    right = Calendar.is_workday
    patch.setattr(Calendar, "is_workday", lambda self, on: on.weekday() < 5 or right(self, on))


@fault
def a_last_day_off_is_not_moved(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Calendar, "next_workday", lambda _self, on: on)


@fault
def a_last_day_off_is_moved_back(patch: pytest.MonkeyPatch) -> None:
    right = Calendar.add_workdays
    patch.setattr(Calendar, "next_workday", lambda self, on: right(self, on + ONE_DAY, -1))


@fault
def a_month_without_the_day_ends_in_the_next(patch: pytest.MonkeyPatch) -> None:
    def rolled(start: date, months: int) -> date:
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return date(year, month + 1, 1) + timedelta(days=start.day - 1)

    counted_otherwise(patch, add_months=rolled)


@fault
def a_month_has_thirty_days(patch: pytest.MonkeyPatch) -> None:
    counted_otherwise(patch, add_months=lambda start, months: start + timedelta(days=30 * months))


@fault
def an_extension_does_not_count(patch: pytest.MonkeyPatch) -> None:
    right = deadlines.due
    counted_otherwise(patch, due=lambda term, start, calendar, extended_months=0: right(term, start, calendar))


@fault
def the_contact_runs_from_the_assignment(patch: pytest.MonkeyPatch) -> None:
    right = limits.contact_due

    def early(handling, rules, calendar):  # type: ignore[no-untyped-def]
        return handling.received_on and right(replace(handling, received_on=handling.assigned_on), rules, calendar)

    patch.setattr(limits, "contact_due", early)


@fault
def the_reply_runs_from_receipt(patch: pytest.MonkeyPatch) -> None:
    right = limits.reply_due

    def late(handling, *rest):  # type: ignore[no-untyped-def]
        return right(replace(handling, assigned_on=handling.received_on or handling.assigned_on), *rest)

    patch.setattr(limits, "reply_due", late)


@fault
def the_redo_runs_from_the_assignment(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(limits, "round_start", lambda _facts: None)


@fault
def the_rating_runs_from_dispatch(patch: pytest.MonkeyPatch) -> None:
    right = limits.rating_due
    patch.setattr(limits, "rating_due", lambda sent, _delivered, *rest: right(sent, sent, *rest))


@fault
def an_early_delivery_is_overlooked(patch: pytest.MonkeyPatch) -> None:
    right = limits.rating_due
    patch.setattr(limits, "rating_due", lambda sent, _delivered, *rest: right(sent, None, *rest))


@fault
def a_return_always_runs_from_the_assignment(patch: pytest.MonkeyPatch) -> None:
    right = limits.return_due
    patch.setattr(limits, "return_due", lambda handling, *rest: right(replace(handling, received_on=None), *rest))


@fault
def yellow_comes_a_day_late(patch: pytest.MonkeyPatch) -> None:
    right = deadlines.near_on
    counted_otherwise(patch, near_on=lambda due, calendar: right(due, calendar) + ONE_DAY)


@fault
def near_is_always_in_calendar_days(patch: pytest.MonkeyPatch) -> None:
    right = deadlines.near_on

    def plain(due: deadlines.Due, calendar: Calendar) -> date:
        near = replace(due.term.near, unit=Unit.DAYS)
        return right(replace(due, term=replace(due.term, near=near)), calendar)

    counted_otherwise(patch, near_on=plain)


@fault
def red_on_the_last_day_itself(patch: pytest.MonkeyPatch) -> None:
    right = deadlines.light
    patch.setattr(
        deadlines,
        "light",
        lambda today, yellow, red, **more: right(today, yellow, red and red - ONE_DAY, **more),
    )


@fault
def work_is_behind_a_day_early(patch: pytest.MonkeyPatch) -> None:
    right = deadlines.checkpoints
    counted_otherwise(patch, checkpoints=lambda *known: {key: on - ONE_DAY for key, on in right(*known).items()})


@fault
def a_second_round_asks_for_the_contact_again(patch: pytest.MonkeyPatch) -> None:
    right = limits.running

    def forgetful(facts, begun_on):  # type: ignore[no-untyped-def]
        yield from right(facts, begun_on)
        if facts.of_handling.round > 1 and facts.of_handling.dispatched_on is None:
            yield limits.contact_due(facts.of_handling, facts.rulebook, facts.calendar)

    patch.setattr(limits, "running", forgetful)


@fault
def an_open_promise_hides_an_answer_that_is_owed(patch: pytest.MonkeyPatch) -> None:
    right = limits.owed

    def first(facts, begun_on):  # type: ignore[no-untyped-def]
        found = right(facts, begun_on)
        return [each for each in found if each.term == "promise"] or found

    patch.setattr(limits, "owed", first)


@fault
def an_old_case_takes_the_new_law(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rulebook, "valid_on", lambda versions, _on: versions[-1])


@fault
def a_new_notice_dates_nothing_anew(patch: pytest.MonkeyPatch) -> None:
    right = asking.calendar
    patch.setattr(asking, "calendar", lambda _notice: right(-1))


@fault
def a_year_to_come_is_taken_for_certain(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Calendar, "is_provisional", lambda *_: False)


@pytest.mark.parametrize("seed", FAULTS.values(), ids=FAULTS)
def test_the_oracle_finds_a_fault(seed: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    seed(monkeypatch)
    assert next(disagreements(SEED, ENOUGH), None) is not None
