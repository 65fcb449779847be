"""The tables are sound, and every kind of unsound table is found before the program starts."""

from dataclasses import replace

import pytest

from suggestions.domain import lifecycle
from suggestions.domain.actions import Action
from suggestions.domain.guards import SEAL_ACTIONS
from suggestions.domain.labels import ACTIONS, STATES
from suggestions.domain.lifecycle import TABLES, check_tables, handling, suggestion
from suggestions.domain.lifecycle.step import Field, Stage, Step
from suggestions.domain.states import CoState, Life, Seal
from suggestions.usecases.effects import held


def test_the_tables_are_sound() -> None:
    assert check_tables(held()) == []


def broken(monkeypatch: pytest.MonkeyPatch, life: Life, table: tuple[Step, ...]) -> list[str]:
    monkeypatch.setitem(TABLES, life, table)
    return check_tables(held())


def without(table: tuple[Step, ...], *actions: Action) -> tuple[Step, ...]:
    return tuple(step for step in table if step.action not in actions)


def changed(table: tuple[Step, ...], action: Action, **changes: object) -> tuple[Step, ...]:
    return tuple(replace(step, **changes) if step.action is action else step for step in table)  # type: ignore[arg-type]


def test_a_state_that_nothing_reaches_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    faults = broken(monkeypatch, Life.HANDLING, without(handling.TABLE, Action.SIGN_REPLY))
    assert "handling: state signed is never reached" in faults
    assert "handling: state replied is never reached" in faults


_ENDING = (Action.ASSIGN, Action.RECORD_OFFLINE, Action.DECLINE, Action.WITHDRAW, Action.RETURN_FOR_REVISION)


def test_a_state_that_nothing_leaves_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    table = without(suggestion.TABLE, *_ENDING)
    faults = broken(monkeypatch, Life.SUGGESTION, table)
    assert "suggestion: no way ends from submitted" in faults
    assert "suggestion: no way ends from drafting" in faults
    assert not [fault for fault in faults if "no way ends from assigned" in fault]


def test_an_action_without_a_label_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = {action: label for action, label in ACTIONS.items() if action is not Action.COMMENT}
    monkeypatch.setattr(lifecycle, "ACTIONS", labels)
    assert check_tables(held()) == ["handling.comment has no label"]


def test_a_state_without_a_label_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    states = {**STATES, Life.CO_HANDLING: {CoState.INVITED: "待报意见"}}
    monkeypatch.setattr(lifecycle, "STATES", states)
    assert "co_handling: state accepted has no label" in check_tables(held())


def test_a_field_without_a_label_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    table = changed(handling.TABLE, Action.COMMENT, asks=(Field("comment", ""),))
    assert broken(monkeypatch, Life.HANDLING, table) == ["handling.comment asks a field without label"]


def test_a_personal_step_without_own_words_or_content_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    table = changed(handling.TABLE, Action.APPROVE_PLAN, asks=(), binds=None)
    assert broken(monkeypatch, Life.HANDLING, table) == [
        "handling.approve_plan is personal but does not ask the person's own words",
        "handling.approve_plan is personal but bound to no content",
    ]


def test_an_effect_without_its_function_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    table = changed(handling.TABLE, Action.COMMENT, has_effect=True)
    faults = ["handling.comment promises an effect that usecases/progress.py does not hold"]
    assert broken(monkeypatch, Life.HANDLING, table) == faults
    assert (Stage.PROGRESS, Action.COMMENT) not in held()


def test_every_seal_has_its_action_and_every_personal_step_its_seal() -> None:
    personal = {step.personal: step.action for table in TABLES.values() for step in table if step.personal}
    assert personal == SEAL_ACTIONS
    assert list(SEAL_ACTIONS) == list(Seal)
