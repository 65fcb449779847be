"""Random lives through the real door keep to a model that was written by hand from the regulation."""

import random
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from suggestions.domain import guards, sight
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from tests.databases import Databases
from tests.lives.doing import ordinary, read, to_the_end
from tests.lives.life import Life
from tests.lives.machine import LivesMachine, copy

# A life that disagrees tells its own story; making it shorter would take longer than reading that.
BOUNDED = settings(
    max_examples=3,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


def machine_on(databases: Databases, folder: Path) -> type[LivesMachine]:
    """The machine, each life on a fresh copy of the house."""
    numbers = count()

    class Machine(LivesMachine):
        fresh = staticmethod(lambda: copy(databases, folder / f"files-{next(numbers)}"))
        done: ClassVar[dict[str, int]] = {}

    return Machine


def test_lives_keep_to_the_regulation_and_come_to_an_end(databases: Databases, tmp_path: Path) -> None:
    machine = machine_on(databases, tmp_path)
    run_state_machine_as_test(machine, settings=BOUNDED)
    assert {"assign", "read_original", "sign_reply", "rate", "close"} <= machine.done.keys()
    assert len(machine.done) > 20


def no_guard(patch: pytest.MonkeyPatch) -> None:
    """An original need not be opened before it is read."""
    patch.setattr(guards, "GUARDS", {**guards.GUARDS, A.READ_ORIGINAL: ()})


def a_guard_too_many(patch: pytest.MonkeyPatch) -> None:
    """Nobody ever signs."""

    def never(_facts: Facts) -> list[str]:
        return ["不签。"]

    patch.setattr(guards, "GUARDS", {**guards.GUARDS, A.SIGN_REPLY: (never,)})


def everybody_sees(patch: pytest.MonkeyPatch) -> None:
    """Whoever works in a unit sees every other unit's case."""
    patch.setattr(sight, "_of_unit", lambda _facts: sight.Sight.UNIT)


@pytest.mark.parametrize("fault", [no_guard, a_guard_too_many, everybody_sees])
def test_a_fault_in_the_house_is_found(
    sqlite_databases: Databases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[pytest.MonkeyPatch], None],
) -> None:
    fault(monkeypatch)
    with copy(sqlite_databases, tmp_path / "files") as app, app.app_context(), pytest.raises(AssertionError):
        a_life(Life(app))


def a_life(life: Life) -> None:
    """Ordinary people at work while a director reads in haste and others open the page of a case."""
    dice = random.Random(3)
    for _ in range(60):
        ordinary(life, dice)
        life.hasty("read_original", dice)
        read(life, dice)
    to_the_end(life, dice)
