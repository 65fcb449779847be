"""What a handling owes next, and its light: by the days left, and early when the work is behind."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from suggestions.domain.actions import Action
from suggestions.domain.deadlines import Light, light
from suggestions.domain.limits import Limits, next_limits
from suggestions.domain.states import HandlingState as S
from suggestions.domain.story import Story
from tests.domain.making import CALENDAR, HANDLING, PROMISE, facts, past

BEGUN = date(2026, 2, 9)
ONE_DAY = timedelta(days=1)
DONE: dict[str, Any] = {
    "contacted_on": date(2026, 2, 10),
    "planned_on": date(2026, 2, 24),
    "urged_on": date(2026, 2, 25),
    "drafted_on": date(2026, 2, 26),
}


def limits(state: S, *promises: Any, story: Story | None = None, **changes: Any) -> Limits:
    handling = replace(HANDLING, state=state, **changes)
    return next_limits(facts(handling=handling, promises=promises, story=story or Story()), BEGUN)


def test_before_receipt_the_receipt_is_owed_first() -> None:
    found = limits(S.ASSIGNED, received_on=None)
    assert (found.term, found.due_on, found.red_after) == ("receive", date(2026, 2, 12), date(2026, 2, 12))
    assert (found.yellow_on, found.yellow_reason) == (date(2026, 2, 11), "签收快到期")


def test_after_receipt_the_contact_is_owed_before_the_reply() -> None:
    found = limits(S.RECEIVED)
    assert (found.term, found.due_on) == ("first_contact", date(2026, 3, 13))
    # Five working days before 13 March; fifteen working days after receipt would be a day later.
    assert (found.yellow_on, found.yellow_reason) == (date(2026, 3, 6), "首次联系代表快到期")


def test_a_contact_leaves_the_reply_and_what_is_behind_turns_it_yellow_early() -> None:
    found = limits(S.PLANNING, contacted_on=date(2026, 2, 10))
    assert (found.term, found.due_on, found.red_after) == ("reply_ordinary", date(2026, 5, 9), date(2026, 5, 9))
    assert (found.yellow_on, found.yellow_reason) == (date(2026, 3, 11), "方案还没有审定")


@pytest.mark.parametrize(
    ("missing", "yellow_on", "reason"),
    [
        # 89 days from 9 February to 9 May: a third, a half and two thirds of them, and the day after.
        ("planned_on", date(2026, 3, 11), "方案还没有审定"),
        ("urged_on", date(2026, 3, 26), "局长还没有督促过"),
        ("drafted_on", date(2026, 4, 10), "复函还没有起草"),
    ],
)
def test_each_piece_of_missing_work_has_its_day(missing: str, yellow_on: date, reason: str) -> None:
    found = limits(S.IN_PROGRESS, **{**DONE, missing: None})
    assert (found.yellow_on, found.yellow_reason) == (yellow_on, reason)


def test_when_nothing_is_behind_the_light_follows_the_days_left() -> None:
    found = limits(S.SIGNING, **DONE)
    assert (found.yellow_on, found.yellow_reason) == (date(2026, 4, 24), "答复快到期")
    colours = {
        on: light(on, found.yellow_on, found.red_after)
        for on in (date(2026, 4, 23), date(2026, 4, 24), date(2026, 5, 9), date(2026, 5, 10))
    }
    assert list(colours.values()) == [Light.OK, Light.NEAR, Light.NEAR, Light.OVER]


def test_a_complex_reply_has_six_months() -> None:
    assert limits(S.SIGNED, reply_term="complex", **DONE).due_on == date(2026, 8, 10)


def test_after_dispatch_the_deputy_owes_the_rating() -> None:
    # Delivered at the latest on 27 February, three working days after; twenty working days from there.
    found = limits(S.REPLIED, dispatched_on=date(2026, 2, 24))
    assert (found.term, found.due_on) == ("rating", date(2026, 3, 26))
    assert CALENDAR.workdays_between(date(2026, 2, 27), date(2026, 3, 26)) == 20


def test_a_delivery_that_is_known_begins_the_rating_term_but_never_later_than_assumed() -> None:
    sent = past(20, Action.DISPATCH, "clerk", payload={"delivery": "in_person", "delivered_on": "2026-02-24"})
    handed_over = limits(S.REPLIED, dispatched_on=date(2026, 2, 24), story=Story((sent,)))
    assert handed_over.due_on == date(2026, 3, 23)
    later = past(21, Action.RECORD_DELIVERY, "clerk", payload={"delivered_on": "2026-02-25"})
    assert limits(S.REPLIED, dispatched_on=date(2026, 2, 24), story=Story((sent, later))).due_on == date(2026, 3, 24)
    late = past(21, Action.RECORD_DELIVERY, "clerk", payload={"delivered_on": "2026-03-20"})
    assert limits(S.REPLIED, dispatched_on=date(2026, 2, 24), story=Story((sent, late))).due_on == date(2026, 3, 26)


def test_a_sealed_rating_opens_after_its_window() -> None:
    found = limits(S.RATED, dispatched_on=date(2026, 2, 24), rated_on=date(2026, 3, 2))
    assert (found.term, found.due_on) == ("rating_window", date(2026, 3, 9))


@pytest.mark.parametrize("state", [S.CONTESTED, S.FOLLOW_UP, S.CLOSED])
def test_nothing_is_owed_where_no_term_runs(state: S) -> None:
    assert limits(state) == Limits()


def test_in_follow_up_the_first_open_promise_is_owed() -> None:
    later = replace(PROMISE, id=4, number=2, due_on=date(2026, 9, 30))
    kept = replace(PROMISE, id=5, number=3, due_on=date(2026, 3, 1), is_open=False)
    found = limits(S.FOLLOW_UP, later, PROMISE, kept)
    assert found == Limits("promise", date(2026, 6, 30), date(2026, 6, 15), "承诺第1项快到期", date(2026, 6, 30))
    assert limits(S.CLOSED, PROMISE) == limits(S.FOLLOW_UP, PROMISE)


def test_an_answer_is_owed_beside_the_promises() -> None:
    pressed = past(20, Action.SUPERVISE, "supervisor", payload={"answer_due_on": "2026-06-20"})
    found = limits(S.FOLLOW_UP, PROMISE, story=Story((pressed,)))
    assert (found.term, found.due_on, found.red_after) == ("answer", date(2026, 6, 20), date(2026, 6, 20))
    # The promise of 30 June turns the light yellow before the answer does.
    assert (found.yellow_on, found.yellow_reason) == (date(2026, 6, 15), "承诺第1项快到期")


def test_the_answer_to_a_lamp_has_the_term_of_the_rulebook() -> None:
    lit = past(20, Action.LIGHT_UP, payload={"answer_due_on": "2026-06-12"})
    found = limits(S.FOLLOW_UP, PROMISE, story=Story((lit,)))
    assert (found.term, found.due_on, found.yellow_reason) == ("light_up_answer", date(2026, 6, 12), "催办要回话")


def test_an_answer_due_on_a_day_off_is_near_one_working_day_before_the_last() -> None:
    pressed = past(20, Action.SUPERVISE, "supervisor", payload={"answer_due_on": "2026-06-21"})
    found = limits(S.CONTESTED, story=Story((pressed,)))
    # 19 to 21 June are a holiday: the last working day is Thursday the 18th.
    assert (found.due_on, found.yellow_on) == (date(2026, 6, 21), date(2026, 6, 17))


def test_a_second_round_counts_two_months_from_the_order_and_owes_no_first_contact() -> None:
    ordered = Story((past(20, Action.ORDER_REDO, "supervisor", on=date(2026, 6, 1)),))
    found = limits(S.RECEIVED, story=ordered, round=2)
    assert (found.term, found.due_on) == ("redo", date(2026, 8, 3))
    assert found.yellow_on is not None
    assert found.yellow_reason == "方案还没有审定"
