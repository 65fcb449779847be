"""The program's tables against the table written by hand, for every actor, state and action; and unsound tables."""

from dataclasses import replace
from functools import cache

import pytest

from suggestions.domain import lifecycle
from suggestions.domain.actions import Action
from suggestions.domain.errors import NotAllowed, NotNow
from suggestions.domain.facts import Facts
from suggestions.domain.lifecycle import TABLES, handling, move, row_for
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import FINAL, HandlingState, Life, Role, State, SuggestionState
from tests.domain import expected
from tests.domain.deciding import BESIDE, DEVIATIONS, STATE_OF, case
from tests.domain.expected import ACTIONS, ACTORS, NOTHING, ORDINARY_FACTS, STATES, Key, expected_when, sees_when
from tests.domain.making import CO, PEOPLE, SUGGESTION, UNIT, facts

# What the regulation has and the program has not yet: the next issues shrink these, and the first test sees to it.
SIDE_PATHS: set[tuple[str, str]] = set()
SIDE_STATES: set[tuple[str, str]] = set()
SETTINGS = (
    ORDINARY_FACTS,
    ORDINARY_FACTS - {"government_unit"},
    ORDINARY_FACTS - {"secrecy"},
    *(
        ORDINARY_FACTS | {fact}
        for fact in ("paper", "bureau_only", "nobody_reviews", "new_director", "lapsed", "invited", "unnamed")
    ),
    ORDINARY_FACTS | {"dissatisfied"},
    (ORDINARY_FACTS | {"own_invitation"}) - {"named_at_assignment"},
    ORDINARY_FACTS | {"all_must_agree"},
    ORDINARY_FACTS | {"past_case"},
    ORDINARY_FACTS | {"past_case", "unnamed"},
)


def taken(life: Life, action: Action, here: State | None, judged: Facts) -> str | None:
    """Where the step leads in the program; None when it is refused."""
    try:
        row = row_for(life, action, here, judged)
    except (NotAllowed, NotNow):
        return None
    after = move(row, here, judged)
    return NOTHING if after is None else after.value


@cache
def program(true: frozenset[str]) -> dict[Key, str]:
    """The program's whole table under these facts, in the same shape as the one written by hand."""
    found: dict[Key, str] = {}
    for life, table in TABLES.items():
        actions = {step.action for step in table}
        for here in (None, *STATE_OF[life]):
            state = NOTHING if here is None else here.value
            for actor in (actor for actor in ACTORS if is_there(actor, true)):
                judged = case(life, state, actor, true)
                for action in actions:
                    if (after := taken(life, action, here, judged)) is not None:
                        found[life.value, action.value, state, actor] = after
    return found


def regulation(true: frozenset[str]) -> dict[Key, str]:
    """What is written by hand for these facts, side paths left out, with the rows that the program has beside it."""
    written = {
        key: after
        for key, after in expected_when(true).items()
        if key[:2] not in SIDE_PATHS and (key[0], key[2]) not in SIDE_STATES
    }
    return {key: after for key, after in (written | BESIDE).items() if is_there(key[3], true)}


def is_there(actor: str, true: frozenset[str]) -> bool:
    """Where nobody is named as handler, nobody is the named handler."""
    return actor != "named_handler" or "unnamed" not in true


def circumstances(true: frozenset[str]) -> set[str]:
    """The facts as the deviations name them."""
    missing = {"bureau_only": "district", "secrecy": "no_secrecy"}
    return set(true) | {name for fact, name in missing.items() if fact not in true}


def test_the_program_lacks_exactly_the_side_paths_and_has_nothing_beside_what_is_named() -> None:
    written = {(life, action) for life, actions in ACTIONS.items() for action in actions}
    coded = {(life.value, step.action.value) for life, table in TABLES.items() for step in table}
    assert written - coded == SIDE_PATHS
    assert coded - written == {key[:2] for key in BESIDE}
    written_states = {(life, state) for life, states in STATES.items() for state in states}
    coded_states = {(life, state.value) for life, states in STATE_OF.items() for state in states}
    assert written_states - coded_states == SIDE_STATES
    assert coded_states <= written_states
    assert {step.action for table in TABLES.values() for step in table} == set(Action)


def test_states_stand_in_the_order_of_the_regulation_and_end_where_it_says() -> None:
    for life, states in STATE_OF.items():
        coded = [state.value for state in states]
        if life == "handling":
            assert coded == [state for state in STATES[life] if state in coded]
        assert {state.value for state in states if state in FINAL} == expected.FINAL[life] & set(coded)


@pytest.mark.parametrize("true", SETTINGS, ids=lambda true: "+".join(sorted(true ^ ORDINARY_FACTS)) or "ordinary")
def test_every_actor_in_every_state_may_do_exactly_what_is_written(true: frozenset[str]) -> None:
    found, wanted = program(true), regulation(true)
    differing = {key for key in found.keys() | wanted.keys() if found.get(key) != wanted.get(key)}
    named = {key for key in differing if any((key[1], key[3], fact) in DEVIATIONS for fact in circumstances(true))}
    assert {key: (found.get(key), wanted.get(key)) for key in differing - named} == {}


def test_every_named_deviation_is_still_one() -> None:
    seen = set()
    for true in SETTINGS:
        found, wanted = program(true), regulation(true)
        for key in found.keys() | wanted.keys():
            if found.get(key) != wanted.get(key):
                seen |= {(key[1], key[3], fact) for fact in circumstances(true)}
    assert set(DEVIATIONS) <= seen


@pytest.mark.parametrize("true", [ORDINARY_FACTS, ORDINARY_FACTS - {"government_unit"}], ids=["government", "other"])
def test_who_sees_a_handling_at_all(true: frozenset[str]) -> None:
    seen = {
        ("handling", actor): 404 if sight(case("handling", "replied", actor, true)) is Sight.NOTHING else 200
        for actor in ACTORS
        if actor != "system"
    }
    assert seen == {key: status for key, status in sees_when(true).items() if key[0] == "handling"}


def test_how_much_each_sees() -> None:
    seen = {actor: sight(case("handling", "replied", actor, ORDINARY_FACTS)) for actor in ACTORS}
    assert {seen[actor] for actor in ("director", "named_handler", "other_handler", "reviewer", "clerk")} == {
        Sight.UNIT
    }
    assert {seen["co_handler"], seen["co_director"]} == {Sight.CO_UNIT}
    assert {seen["lead_deputy"], seen["joint_deputy"]} == {Sight.DEPUTY}
    assert (seen["supervisor"], seen["inspector"], seen["auditor"]) == (Sight.OFFICE, Sight.INSPECTOR, Sight.AUDIT)


def test_a_co_unit_sees_its_own_opinion_and_nobody_elses() -> None:
    other = replace(CO, id=10, unit_id=99)
    judged = facts("co_handler", co=other, co_handlings=(CO, other))
    assert sight(judged) is Sight.NOTHING


def test_a_draft_is_its_writers_alone() -> None:
    drafting = replace(SUGGESTION, state=SuggestionState.DRAFTING)
    for actor, wanted in (
        ("lead_deputy", Sight.DEPUTY),
        ("supervisor", Sight.NOTHING),
        ("other_deputy", Sight.NOTHING),
    ):
        assert sight(facts(actor, suggestion=drafting, handling=None, handlings=())) is wanted
    on_paper = replace(drafting, is_on_paper=True)
    assert sight(facts("supervisor", suggestion=on_paper, handling=None, handlings=())) is Sight.OFFICE


def test_no_administrator_may_take_any_step_and_the_auditor_only_reads() -> None:
    for role in (Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR):
        actor = replace(PEOPLE["director"], role=role, unit_id=UNIT)
        judged = replace(case("handling", "signing", "director", ORDINARY_FACTS), actor=actor)
        for life, table in TABLES.items():
            for step in table:
                if life is not Life.CO_HANDLING:
                    assert not lifecycle.may_take(step, judged)


def test_a_step_that_does_not_begin_here_says_where_the_case_stands() -> None:
    judged = case("handling", "replied", "director", ORDINARY_FACTS)
    with pytest.raises(NotNow, match="现在是“待评价”，不能“签批复函”"):
        row_for(Life.HANDLING, Action.SIGN_REPLY, HandlingState.REPLIED, judged)
    with pytest.raises(NotAllowed, match="“签批复函”不由您来办"):
        row_for(Life.HANDLING, Action.SIGN_REPLY, HandlingState.SIGNING, replace(judged, actor=PEOPLE["clerk"]))


def test_the_machine_itself_refuses_a_row_that_does_not_begin_here() -> None:
    row = next(step for step in handling.TABLE if step.action is Action.SIGN_REPLY)
    with pytest.raises(NotNow, match="现在不能“签批复函”"):
        move(row, HandlingState.REPLIED, facts())
