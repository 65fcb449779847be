"""Whatever people do in whatever order: nothing happens outside the hand-written table, and no case gets stuck."""

import random

import pytest
from flask import Flask

from suggestions.domain.errors import NotAllowed
from suggestions.domain.states import FINAL
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from tests.domain.expected import EXPECTED, POSSIBLE
from tests.usecases.lives import Attempt, Lives

CO_UNITS = {"010": "区住房城乡建委", "013": "区公安分局"}
LEADS = {"009": "deputy2", "010": "邓小红", "013": "谭学文", "015": "周志强"}
SEEDS = (1, 2)


def _lives(play: Play, number: str, seed: int) -> Lives:
    unit = CO_UNITS.get(number)
    co = (f"handler@{unit}", f"director@{unit}") if unit else ()
    people = ("director", "handler", "handler2", "reviewer", "clerk", "supervisor", "inspector", "auditor", *co)
    return Lives(play, number, random.Random(seed), (*people, LEADS[number]))


ACTORS = {"director": "director", "reviewer": "reviewer", "clerk": "clerk", "supervisor": "supervisor"} | {
    "inspector": "inspector",
    "auditor": "auditor",
}


def _actors(attempt: Attempt, lead: str) -> set[str]:
    """What a person may be to the case in the words of the hand-written table."""
    if attempt.who == lead:
        return {"lead_deputy"}
    if attempt.who.startswith("handler@"):
        return {"co_handler"}
    if attempt.who.startswith("director@"):
        return {"co_director"}
    if attempt.who in ("handler", "handler2"):
        return {"named_handler", "other_handler"}
    return {ACTORS[attempt.who]}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("number", ["009", "010"])
def test_a_random_life_keeps_to_the_table_and_comes_to_an_end(app: Flask, play: Play, number: str, seed: int) -> None:
    lives = _lives(play, number, seed)
    for _ in range(60):
        lives.some_step()
    lead = LEADS[number]
    for attempt in lives.attempts:
        targets = {
            target
            for actor in _actors(attempt, lead)
            for target in POSSIBLE.get((attempt.life, attempt.action, attempt.before, actor), ())
        }
        if attempt.refusal is None:
            assert attempt.after in targets or attempt.before in targets, attempt
        elif isinstance(attempt.refusal, NotAllowed):
            here = [
                (attempt.life, attempt.action, attempt.before, actor) in EXPECTED for actor in _actors(attempt, lead)
            ]
            assert not all(here), attempt
    assert any(attempt.refusal is None for attempt in lives.attempts)
    lives.to_the_end()
    assert lives.state() in FINAL, [(a.action, a.who, a.refusal and vars(a.refusal)) for a in lives.attempts[-40:]]
    assert verify().faults == ()
