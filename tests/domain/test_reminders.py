"""Whom the lights call that have no column of their own: a countersignature, and a rating whose reminder was missed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.limits import owed
from suggestions.domain.reminders import call_of_countersignature, calls_of_handling, is_deputy_warned
from suggestions.domain.states import HandlingState
from suggestions.domain.story import Past, Story
from tests.domain.making import CO, HANDLING, facts, letter, past

PASSAGE = {"co_handling": str(CO.id), "text": "区人力社保局已核定配套用房两处。"}
SHOWN = past(
    1, Action.DRAFT_REPLY, "named_handler", on=date(2026, 3, 10), payload={"letter": letter(passages=[PASSAGE])}
)


def signing(today: date, *told: Past, **changes: Any) -> Facts:
    handling = replace(HANDLING, state=changes.pop("state", HandlingState.IN_PROGRESS))
    return replace(facts(handling=handling, co=CO, story=Story((SHOWN, *told))), today=today)


# Put before the co-unit on Tuesday 10 March: five working days end on the 17th, and yellow from Friday the 13th.
@pytest.mark.parametrize(
    ("day", "called"),
    [
        (12, None),
        (13, ("handler",)),
        (14, None),
        (15, None),
        (16, ("handler",)),
        (17, ("handler",)),
        (18, None),
        (30, None),
    ],
)
def test_a_countersignature_calls_near_its_end_and_after_it_nobody(day: int, called: tuple[str, ...] | None) -> None:
    call = call_of_countersignature(signing(date(2026, 3, day)))
    assert (call and call.called) == called
    assert call is None or "3月17日到期" in call.text


def test_a_countersignature_that_nobody_owes_calls_nobody() -> None:
    day = date(2026, 3, 16)
    assert call_of_countersignature(signing(day, state=HandlingState.SIGNING)) is None
    assert call_of_countersignature(replace(signing(day), story=Story())) is None
    key = "near:1:countersign:2026-03-17"
    told = past(2, Action.REMIND, "system", co_handling_id=CO.id, payload={"key": key, "called": ["handler"]})
    assert call_of_countersignature(signing(day, told)) is None


def rated_late(today: date, *reminded: date) -> Facts:
    handling = replace(HANDLING, state=HandlingState.REPLIED, dispatched_on=date(2026, 3, 2))
    story = Story(
        tuple(
            past(at, Action.REMIND, "system", on=on, payload={"key": "x", "called": ["deputy"]})
            for at, on in enumerate(reminded, 1)
        )
    )
    return replace(facts(handling=handling, story=story), today=today)


def test_a_rating_whose_reminder_was_missed_is_reminded_first_and_lapses_another_day() -> None:
    late, next_day = date(2026, 6, 1), date(2026, 6, 2)
    unwarned = rated_late(late)
    assert not is_deputy_warned(unwarned)
    (call,) = calls_of_handling(unwarned, owed(unwarned, date(2026, 2, 9)))
    assert "deputy" in call.called
    assert "请评价复函" in call.text
    assert not is_deputy_warned(rated_late(late, late))
    warned = rated_late(next_day, late)
    assert is_deputy_warned(warned)
    assert calls_of_handling(warned, owed(warned, date(2026, 2, 9))) == []
