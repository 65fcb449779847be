"""Random (role, relation, state, action), answered as the table written by hand says; `make bench` asks a million."""

from dataclasses import replace

import pytest

from benchmarks import permissions
from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle import TABLES
from suggestions.domain.sight import Sight
from suggestions.domain.states import Life
from tests.domain import deciding
from tests.domain.deciding import Question, decided, disagreements, written
from tests.domain.expected import ORDINARY_FACTS

SOME = 10_000


def test_ten_thousand_random_questions_are_answered_as_the_table_says() -> None:
    assert disagreements(seed=20, count=SOME) == []


@pytest.mark.parametrize(
    ("action", "state", "actor", "answer"),
    [
        ("sign_reply", "signing", "director", "signed"),
        ("sign_reply", "signing", "clerk", "403"),
        ("sign_reply", "replied", "director", "409"),
        ("sign_reply", "signing", "sibling_director", "404"),
        ("sign_reply", "signing", "co_director", "403"),
        ("dispatch", "signed", "foreign_clerk", "404"),
        ("rate", "replied", "lead_deputy", "rated"),
        ("rate", "replied", "joint_deputy", "403"),
        ("rate", "replied", "other_deputy", "404"),
        ("close", "follow_up", "sysadmin", "404"),
        ("close", "follow_up", "auditor", "403"),
    ],
)
def test_both_answer_in_the_order_sight_rule_state(action: str, state: str, actor: str, answer: str) -> None:
    asked = Question("handling", action, state, actor, ORDINARY_FACTS)
    assert (decided(asked), written(asked)) == (answer, answer)


def sow(patch: pytest.MonkeyPatch, action: Action, **changes: object) -> None:
    """Change the rows of an action."""
    table = TABLES[Life.HANDLING]
    wrong = tuple(replace(row, **changes) if row.action is action else row for row in table)  # type: ignore[arg-type]
    assert wrong != table
    patch.setitem(TABLES, Life.HANDLING, wrong)


def test_a_step_given_to_the_wrong_person_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    sow(monkeypatch, Action.DISPATCH, who=(rules.clerk_of_unit, rules.director_of_unit))
    found = disagreements(seed=3, count=3 * SOME)
    assert found
    assert all(line.startswith("handling dispatch in ") and " by director " in line for line in found)


def test_a_step_taken_from_its_person_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    sow(monkeypatch, Action.RATE, who=(rules.system,))
    assert any(" rate in " in line and " by lead_deputy " in line for line in disagreements(seed=3, count=3 * SOME))


def test_a_case_shown_to_those_who_must_not_see_it_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "sight", lambda _facts: Sight.OFFICE)
    assert any("the table 404" in line for line in disagreements(seed=3, count=SOME))


def test_the_measurement_says_how_many_differ(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert permissions.ask(1000) == 0
    assert capsys.readouterr().out.startswith("1000 random (role, relation, state, action): 0 disagreements, ")
    monkeypatch.setattr(deciding, "sight", lambda _facts: Sight.NOTHING)
    assert permissions.ask(100) > 0
