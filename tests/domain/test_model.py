"""Nothing sticks: from every case that can come about, steps of ordinary people and of the terms lead to an end.

Each scene is searched whole: what the real rows, rules and guards allow is followed, whatever befalls people may befall
them at any moment, and the way out may not rest on a step that nobody owes (a withdrawal, another unit, a cancelled
opinion). What a step changes is told by `model/`, written from the workflow paper and not from the use cases.
"""

from functools import cache

import pytest

from suggestions.domain.actions import Action
from suggestions.domain.lifecycle import STATES_OF
from suggestions.domain.states import Life, SuggestionState
from tests.domain.model import scenes
from tests.domain.model.case import Fate
from tests.domain.model.scene import CAUSED, INERT, Scene
from tests.domain.model.search import Found, search

searched = cache(search)
HANDLED_ELSEWHERE = {(Life.SUGGESTION, SuggestionState.PAST), (Life.SUGGESTION, SuggestionState.OFFLINE)}
"""Cases that begin here at their end."""


@pytest.mark.parametrize("scene", scenes.ALL, ids=lambda scene: scene.name)
def test_no_case_can_get_stuck(scene: Scene) -> None:
    found = searched(scene)
    assert found.counterexample() == ""
    assert found.ends > 0


@pytest.mark.parametrize("scene", scenes.ALL, ids=lambda scene: scene.name)
def test_a_scene_shows_what_it_promises(scene: Scene) -> None:
    found = searched(scene)
    assert scene.extra - found.taken == set()
    assert {fate for case in found.came for fate in case.fates} == scene.fates
    assert scene.not_relied_on <= scene.actions


def every_scene() -> list[Found]:
    return [searched(scene) for scene in scenes.ALL]


def test_every_state_of_the_three_lives_is_reached() -> None:
    reached = {state for found in every_scene() for state in found.states}
    assert reached | HANDLED_ELSEWHERE == {(life, state) for life in Life for state in STATES_OF[life]}


def test_every_action_is_taken_or_changes_nothing_on_which_an_end_depends() -> None:
    taken = {action for found in every_scene() for action in found.taken}
    assert taken.isdisjoint(INERT)
    assert taken | INERT.keys() | CAUSED == set(Action)


def test_everything_that_may_befall_people_does() -> None:
    assert {fate for scene in scenes.ALL for fate in scene.fates} == set(Fate)
