"""Random lives, as hypothesis walks them: ordinary people, willing people, meddlers, days that pass, new directors."""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import ClassVar

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from suggestions.extensions import db
from tests.databases import Databases
from tests.lives.doing import meddle, ordinary, read, to_the_end, willing
from tests.lives.house import DEPUTIES, LIVES, UNITS
from tests.lives.life import ACTIONS, Life
from tests.lives.places import known_here

DICE = st.integers(0, 2**32 - 1).map(random.Random)


@contextmanager
def copy(databases: Databases, folder: Path) -> Iterator[Flask]:
    """One application on a fresh copy of the house."""
    with known_here:
        yield from databases.copy(LIVES, folder)


class LivesMachine(RuleBasedStateMachine):
    """Every rule is a person's doing; the comparison is in every attempt."""

    fresh: ClassVar[Callable[[], AbstractContextManager[Flask]]]
    """Gives a context manager of one application on a fresh copy of the house."""
    done: ClassVar[dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        self._house = type(self).fresh()
        app = self._house.__enter__()
        self._context = app.app_context()
        self._context.push()
        self.life = Life(app)

    def teardown(self) -> None:
        """Leave nothing behind."""
        try:
            to_the_end(self.life, random.Random(1))
            self.life.end()
            for action, count in self.life.done.items():
                type(self).done[action] = type(self).done.get(action, 0) + count
        finally:
            db.session.rollback()
            self._context.pop()
            self._house.__exit__(None, None, None)

    @rule(dice=DICE, steps=st.integers(1, 14))
    def ordinary_people_go_on(self, dice: random.Random, steps: int) -> None:
        """The next steps of the ordinary way."""
        for _ in range(steps):
            if not ordinary(self.life, dice):
                return

    @rule(dice=DICE, action=st.sampled_from(ACTIONS))
    def somebody_willing(self, dice: random.Random, action: str) -> None:
        """Any action for which the time has come."""
        willing(self.life, dice, action)

    @rule(dice=DICE, action=st.sampled_from(ACTIONS))
    def somebody_meddles(self, dice: random.Random, action: str) -> None:
        """Anybody tries anything, in the right state or not, with a form filled in well or badly."""
        meddle(self.life, dice, action)

    @rule(days=st.sampled_from((1, 2, 4, 9, 25, 45)))
    def days_pass(self, days: int) -> None:
        """The calendar moves on."""
        self.life.pass_days(days)

    @rule(unit=st.sampled_from(sorted(UNITS)), days=st.sampled_from((0, 0, 3, 12)))
    def the_director_changes(self, unit: str, days: int) -> None:
        """A new director, or somebody who stands in."""
        self.life.change_director(unit, days)

    @rule(deputy=st.sampled_from(DEPUTIES))
    def a_term_ends(self, deputy: str) -> None:
        """A deputy is no deputy any more."""
        self.life.end_term(deputy)

    @rule(dice=DICE)
    def somebody_reads(self, dice: random.Random) -> None:
        """Two people open the page of a handling."""
        read(self.life, dice)
