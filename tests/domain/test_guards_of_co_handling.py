"""What must be true before a step on an owed opinion."""

from dataclasses import replace
from datetime import date

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.guards import missing
from tests.domain.making import CO, facts, past
from tests.domain.test_guards import WITH_PASSAGE, draft


def test_going_on_without_an_opinion_needs_its_term_over_and_the_office_pressing() -> None:
    late = date(2026, 3, 28)
    pressed = past(30, A.SUPERVISE, "supervisor", payload={"demand": "快报"})
    not_over, not_pressed = "协办期限到2026-03-27，还没有过。", "还差：人代工委还没有督办过一次。"
    on_the_day = facts("director", co=CO, today=CO.due_on)
    assert missing(A.GO_ON_WITHOUT, on_the_day) == [not_over, not_pressed]
    assert missing(A.GO_ON_WITHOUT, replace(on_the_day, today=late)) == [not_pressed]
    inspected = past(29, A.SUPERVISE, "inspector", payload={"demand": "快报"})
    assert missing(A.GO_ON_WITHOUT, facts("director", inspected, co=CO, today=late)) == [not_pressed]
    assert missing(A.GO_ON_WITHOUT, facts("director", pressed, co=CO, today=late)) == []


@pytest.mark.parametrize("action", [A.COUNTERSIGN, A.DISSENT])
def test_there_is_a_passage_to_sign(action: A) -> None:
    sentence = ["主办单位还没有写到贵单位的那一段，写好后会提醒您。"]
    assert missing(action, facts("co_handler", co=CO)) == sentence
    assert missing(action, facts("co_handler", draft(), co=CO)) == sentence
    assert missing(action, facts("co_handler", draft(**WITH_PASSAGE), co=CO)) == []
