"""Whose a handling is, and by when: what must be true before a return, a reassignment, an extension."""

from dataclasses import replace
from datetime import date

import pytest

from suggestions.domain import limits, rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import MergedFacts
from suggestions.domain.guards import missing
from suggestions.domain.states import CoState, HandlingState, SuggestionState
from tests.domain.making import CALENDAR, CO, CO_UNIT, FOREIGN, HANDLING, PROMISE, SUGGESTION, UNIT, facts

PLANNING = replace(HANDLING, state=HandlingState.PLANNING)
SHANGHAI = rulebook.load("shanghai")


@pytest.mark.parametrize(("today", "is_late"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True)])
def test_a_return_is_asked_for_within_ten_working_days_of_the_assignment(today: date, is_late: bool) -> None:
    judged = facts(handling=PLANNING, today=today)
    assert missing(A.REQUEST_RETURN, judged) == (
        ["申请退办的期限到2026年2月28日，已经过了，不再受理；由本单位办理。"] if is_late else []
    )


def test_elsewhere_a_return_is_counted_from_receipt() -> None:
    received = replace(PLANNING, received_on=date(2026, 2, 12))
    assert limits.return_due(received, SHANGHAI, CALENDAR).start == date(2026, 2, 12)
    assert limits.return_due(received, rulebook.load("chongqing"), CALENDAR).start == date(2026, 2, 9)


def test_no_return_in_a_later_round_nor_with_a_promise_still_open() -> None:
    again = facts(handling=replace(PLANNING, round=2), today=date(2026, 2, 10))
    assert missing(A.REQUEST_RETURN, again) == ["责成重新办理的件不能退办，由本单位办理。"]
    promised = facts(handling=PLANNING, today=date(2026, 2, 10), promises=(PROMISE,))
    assert [s for s in missing(A.REQUEST_RETURN, promised) if "承诺第1项" in s]


@pytest.mark.parametrize("action", [A.REASSIGN, A.GRANT_RETURN, A.TRANSFER])
def test_the_next_unit_neither_handles_nor_co_handles_already(action: A) -> None:
    other = replace(HANDLING, id=8, unit_id=FOREIGN, unit_name="区财政局")
    judged = facts("supervisor", handlings=(HANDLING, other), co_handlings=(CO,))
    assert missing(action, replace(judged, words={"unit": str(FOREIGN)})) == [
        "区财政局已经是本件的承办单位，请另选一个。"
    ]
    assert missing(action, replace(judged, words={"unit": str(CO_UNIT)})) == [
        "区人力社保局正在协办这一件；先取消它的协办，再改由它承办。"
    ]
    gone = replace(other, state=HandlingState.REASSIGNED)
    cancelled = replace(CO, state=CoState.CANCELLED)
    free = replace(judged, handlings=(HANDLING, gone), co_handlings=(cancelled,))
    for unit in (FOREIGN, CO_UNIT, 99):
        assert missing(action, replace(free, words={"unit": str(unit)})) == []
    assert HANDLING.unit_id == UNIT


def test_an_extension_is_asked_for_until_the_due_day() -> None:
    assert missing(A.REQUEST_EXTENSION, facts(today=date(2026, 5, 9))) == []
    assert missing(A.REQUEST_EXTENSION, facts(today=date(2026, 5, 10))) == [
        "答复期限到2026年5月9日，已经过了；延期要在到期以前提出。"
    ]


def test_an_extension_has_a_cap_and_some_terms_have_none() -> None:
    longest = facts(handling=replace(HANDLING, extended_months=3))
    assert missing(A.REQUEST_EXTENSION, longest) == ["已经延长三个月，是最长的了，不能再延。"]
    redo = facts(handling=replace(HANDLING, round=2))
    assert missing(A.REQUEST_EXTENSION, redo) == ["“重新办理后答复”的期限不能延长。"]
    complex_in_shanghai = facts(handling=replace(HANDLING, reply_term="complex"), rulebook=SHANGHAI)
    assert "不能延长" in missing(A.REQUEST_EXTENSION, complex_in_shanghai)[0]


def test_one_request_at_a_time_is_decided_once() -> None:
    pending = replace(HANDLING, extension_asked_on=date(2026, 3, 9))
    assert missing(A.REQUEST_EXTENSION, facts(handling=pending)) == ["2026年3月9日申请的延期，人代工委还没有决定。"]
    for action in (A.GRANT_EXTENSION, A.REFUSE_EXTENSION):
        assert missing(action, facts("supervisor", handling=pending)) == []
        assert missing(action, facts("supervisor")) == ["没有等待决定的延期申请。"]


def test_extended_months_are_counted_from_the_start_and_said() -> None:
    extended = limits.reply_due(replace(HANDLING, extended_months=1), SHANGHAI, CALENDAR)
    assert extended.on == date(2026, 6, 9)
    assert any("已延期一个月" in line.text and "5月9日" in line.text for line in extended.lines)


def test_a_request_to_return_stops_no_clock() -> None:
    standing = replace(HANDLING, state=HandlingState.RETURN_REQUESTED)
    owed = {str(due.term.key) for due in limits.running(facts(handling=standing), HANDLING.assigned_on)}
    assert owed == {"first_contact", "reply_ordinary"}
    gone = facts(handling=replace(HANDLING, state=HandlingState.REASSIGNED))
    assert limits.next_limits(gone, HANDLING.assigned_on) == limits.Limits()


def test_a_redo_is_not_given_to_another_unit_while_a_promise_is_open() -> None:
    again = replace(HANDLING, state=HandlingState.RECEIVED, round=2)
    judged = facts("supervisor", handling=again, handlings=(again,), promises=(PROMISE,), words={"unit": "3"})
    assert missing(A.REASSIGN, judged) == ["还差：承诺第1项“建成电梯20部”没有兑现，2026年6月30日到期。"]
    kept = replace(judged, promises=(replace(PROMISE, is_open=False),))
    assert missing(A.REASSIGN, kept) == []


def test_what_was_withdrawn_is_reopened_only_for_those_merged_into_it() -> None:
    withdrawn = replace(SUGGESTION, state=SuggestionState.WITHDRAWN)
    judged = facts("supervisor", suggestion=withdrawn)
    assert missing(A.REOPEN, judged) == ["建议已经撤回，不能恢复办理。"]
    other = MergedFacts(2, "又一件", "同一件事。", 44)
    assert missing(A.REOPEN, replace(judged, suggestion=replace(withdrawn, merged=(other,)))) == []
