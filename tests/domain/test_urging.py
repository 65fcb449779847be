"""What became of an urging: its answer, its light, how long it took, and the work that followed."""

from datetime import date
from typing import Any

import pytest

from suggestions.domain.actions import Action
from suggestions.domain.deadlines import Light
from suggestions.domain.story import Past, Story
from suggestions.domain.urging import Outcome, outcome
from tests.domain.making import BOOK, CALENDAR, past

URGED = past(5, Action.URGE, on=date(2026, 3, 5), payload={"demand": "带回意见", "answer_due_on": "2026-03-10"})


def became(today: date, *after: Past, is_ended: bool = False, urged: Past = URGED) -> Outcome:
    story = Story((past(1, Action.RECORD_CONTACT, on=date(2026, 3, 2)), urged, *after))
    return outcome(story.urgings()[0], story, today, CALENDAR, rules=BOOK, is_ended=is_ended)


def answer(on: date) -> Past:
    return past(9, Action.ANSWER_URGING, "named_handler", on=on, payload={"urging": "5", "answer": "带回来了"})


# Urged on Thursday 5 March, answer due on Tuesday the 10th: yellow the working day before, red on the 11th.
@pytest.mark.parametrize(
    ("day", "light", "late"),
    [(6, Light.OK, 0), (9, Light.NEAR, 0), (10, Light.NEAR, 0), (11, Light.OVER, 1), (16, Light.OVER, 6)],
)
def test_an_answer_that_is_owed_has_a_light_of_its_own(day: int, light: Light, late: int) -> None:
    found = became(date(2026, 3, day))
    assert (found.light, found.days_late, found.workdays) == (light, late, None)
    assert found.is_waiting


def test_an_answer_takes_working_days_and_is_late_by_days_where_somebody_named_the_day() -> None:
    found = became(date(2026, 3, 20), answer(date(2026, 3, 12)))
    assert (found.light, found.workdays, found.days_late, found.late_text) == (Light.DONE, 5, 2, "2天")
    assert not found.is_waiting
    assert became(date(2026, 3, 20), answer(date(2026, 3, 9))).days_late == 0


def test_the_answer_to_a_lamp_is_late_by_working_days_as_the_rulebook_counts_it() -> None:
    lit = past(5, Action.LIGHT_UP, on=date(2026, 3, 5), payload={"demand": "何时开门", "answer_due_on": "2026-03-10"})
    found = became(date(2026, 3, 16), urged=lit)
    assert (found.light, found.days_late, found.late_text) == (Light.OVER, 4, "4个工作日")
    assert became(date(2026, 3, 10), urged=lit).late_text == ""


def test_a_case_that_ended_and_an_urging_without_a_day_owe_nothing() -> None:
    undated: dict[str, Any] = {"demand": "抓紧"}
    for found in (
        became(date(2026, 3, 20), is_ended=True),
        became(date(2026, 3, 20), urged=past(5, Action.URGE, payload=undated)),
    ):
        assert (found.light, found.days_late, found.is_waiting) == (Light.NONE, 0, False)


def test_what_followed_is_the_first_work_of_each_kind_after_the_urging() -> None:
    steps = (
        past(6, Action.COMMENT),
        past(7, Action.RECORD_PROGRESS, on=date(2026, 3, 6)),
        past(8, Action.RECORD_PROGRESS, on=date(2026, 3, 9)),
        past(10, Action.COORDINATE, on=date(2026, 3, 9)),
    )
    assert [step.seq for step in became(date(2026, 3, 20), *steps).followed] == [7, 10]
    assert became(date(2026, 3, 20)).followed == ()
