"""The conditions for whole lists say the same as the question that every step asks first."""

from dataclasses import replace

from sqlalchemy import select

from suggestions.domain import rulebook
from suggestions.domain.facts import Actor
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Suggestion
from suggestions.models.case import Case, load_case
from suggestions.models.facts import facts_of
from suggestions.queries.visible import co_handlings_for, handlings_for, suggestions_for
from tests.queries.conftest import NOON, House


def cases() -> list[Case]:
    ids = db.session.scalars(select(Suggestion.id).order_by(Suggestion.id)).all()
    return [replace(load_case(db.session(), id), events=()) for id in ids]


def seen(actor: Actor, all_cases: list[Case]) -> dict[Life, set[int]]:
    found: dict[Life, set[int]] = {life: set() for life in Life}
    for case in all_cases:
        rules = rulebook.load(case.suggestion.rulebook, case.suggestion.ruled_on)
        rows = [(Life.SUGGESTION, case.suggestion.id)]
        rows += [(Life.HANDLING, row.id) for row in case.handlings]
        rows += [(Life.CO_HANDLING, row.id) for row in case.co_handlings]
        for life, id in rows:
            facts = facts_of(db.session(), case, actor=actor, now=NOON, rules=rules, life=life, target_id=id)
            if sight(facts) is not Sight.NOTHING:
                found[life].add(id)
    return found


def test_every_person_sees_in_lists_exactly_what_sight_lets_them_see(house: House) -> None:
    all_cases = cases()
    everybody = house.everybody()
    assert {actor.role for actor in everybody} == set(Role) - {Role.SYSTEM}
    for actor in everybody:
        expected = seen(actor, all_cases)
        listed = {
            Life.SUGGESTION: set(db.session.scalars(select(Suggestion.id).where(suggestions_for(actor)))),
            Life.HANDLING: set(db.session.scalars(select(Handling.id).where(handlings_for(actor)))),
            Life.CO_HANDLING: set(db.session.scalars(select(CoHandling.id).where(co_handlings_for(actor)))),
        }
        assert listed == expected, (actor.name, actor.role)


def test_the_comparison_is_not_between_empty_lists(house: House) -> None:
    counts = {
        name: len(db.session.scalars(select(Handling.id).where(handlings_for(house.actor(name)))).all())
        for name in ("director", "cohandler", "supervisor", "inspector", "deputy", "sysadmin", "auditor")
    }
    assert counts == {
        "director": 27,
        "cohandler": 3,
        "supervisor": 28,
        "inspector": 28,
        "deputy": 5,
        "sysadmin": 0,
        "auditor": 28,
    }


def test_a_unit_does_not_see_what_its_neighbour_owes(house: House) -> None:
    neighbour = house.actor("cohandler")
    rows = db.session.scalars(select(CoHandling).where(co_handlings_for(neighbour))).all()
    assert {row.unit_id for row in rows} == {neighbour.unit_id}
    shared = db.session.scalars(
        select(CoHandling).where(CoHandling.handling_id.in_([row.handling_id for row in rows]))
    ).all()
    assert len(shared) > len(rows)


def test_a_post_of_a_unit_without_a_unit_sees_nothing(house: House) -> None:
    homeless = replace(house.actor("director"), unit_id=None)
    assert not db.session.scalars(select(Handling.id).where(handlings_for(homeless))).all()
    assert not db.session.scalars(select(CoHandling.id).where(co_handlings_for(homeless))).all()
    assert not db.session.scalars(select(Suggestion.id).where(suggestions_for(homeless))).all()
