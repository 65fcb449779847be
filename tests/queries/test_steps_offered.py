"""The steps that a page offers are those that the door would take, with every sentence that the door would answer."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from suggestions.domain import guards, lifecycle, rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.errors import NotAllowed, NotNow
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import Suggestion
from suggestions.models.case import Case, load_case
from suggestions.models.facts import facts_of
from suggestions.practice.people import ACCOUNTS
from suggestions.practice.play import Play
from suggestions.queries.step_bar import step_bar
from suggestions.queries.steps import main_of, open_to, with_something
from tests.queries.conftest import NOON, House
from tests.usecases.walking import Walk

MORE_PEOPLE = (
    *("罗正国", "谭学文", "邓小红", "何建平", "clerk@区司法局", "handler@区司法局", "director@区司法局"),
    *("handler@区医保局", "director@区医保局", "reviewer@区卫生健康委", "director@区财政局"),
)
Offered = dict[tuple[Life, A, int | None], tuple[str, ...]]


def address(endpoint: str, **values: object) -> str:
    return f"{endpoint}?{'&'.join(f'{name}={value}' for name, value in values.items())}"


def judged(case: Case, actor: Actor, life: Life, id: int) -> Facts:
    rules = rulebook.load(case.suggestion.rulebook, case.suggestion.ruled_on)
    return facts_of(db.session(), case, actor=actor, now=NOON, rules=rules, life=life, target_id=id)


def door_says(facts: Facts, life: Life, co: int | None = None) -> Offered:
    """Every action that the door lets this person try on a row, with what the guards then lack."""
    row = {Life.SUGGESTION: facts.suggestion, Life.HANDLING: facts.handling, Life.CO_HANDLING: facts.co}[life]
    assert row is not None
    found: Offered = {}
    for action in A:
        try:
            lifecycle.row_for(life, action, row.state, facts)
        except (NotAllowed, NotNow):
            continue
        found[life, action, co] = tuple(guards.missing(action, facts))
    return found


def page_says(facts: Facts) -> Offered:
    return {(o.step.life, o.step.action, o.co.id if o.co else None): o.missing for o in open_to(facts)}


def test_the_page_offers_exactly_what_the_door_takes(house: House) -> None:
    people = [house.actor(name) for name in (*(account.username for account in ACCOUNTS), *MORE_PEOPLE)]
    offered = 0
    for id in db.session.scalars(select(Suggestion.id).order_by(Suggestion.id)).all():
        case = load_case(db.session(), id)
        for actor in people:
            facts = judged(case, actor, Life.SUGGESTION, id)
            assert page_says(facts) == door_says(facts, Life.SUGGESTION), (id, actor.name)
            for handling in case.handlings:
                facts = judged(case, actor, Life.HANDLING, handling.id)
                expected = door_says(facts, Life.HANDLING)
                for co in facts.co_handlings:
                    expected |= door_says(replace(facts, co=co), Life.CO_HANDLING, co.id)
                assert page_says(facts) == expected, (handling.number_text, actor.name, actor.role)
                offered += len(expected)
    assert offered > 500


def test_a_systems_step_is_offered_to_nobody(house: House) -> None:
    never = {A.BEGIN, A.LAPSE_RATING, A.COMPLETE}
    for id in db.session.scalars(select(Suggestion.id)).all():
        case = load_case(db.session(), id)
        for actor in (house.actor("supervisor"), house.actor("director"), house.actor("auditor")):
            for handling in case.handlings:
                facts = judged(case, actor, Life.HANDLING, handling.id)
                assert not never & {offer.step.action for offer in open_to(facts)}


@pytest.mark.parametrize("who", ["auditor", "sysadmin", "secadmin"])
def test_who_only_watches_is_offered_nothing(house: House, who: str) -> None:
    for id in db.session.scalars(select(Suggestion.id)).all():
        case = load_case(db.session(), id)
        for handling in case.handlings:
            assert open_to(judged(case, house.actor(who), Life.HANDLING, handling.id)) == []


def main(walk: Walk, who: str) -> A | None:
    facts = walk.facts(who)
    offer = main_of(with_something(open_to(facts), facts), facts)
    return None if offer is None else offer.step.action


def test_the_main_step_is_the_one_that_moves_the_case_on(play: Play) -> None:
    walk = Walk(play)
    assert main(walk, "clerk") is A.RECEIVE
    walk.until("received")
    assert main(walk, "clerk") is None
    walk.until("read")
    assert main(walk, "handler") is A.SPLIT_REQUESTS
    walk.until("planned")
    assert main(walk, "director") is A.APPROVE_PLAN
    walk.until("approved")
    assert main(walk, "director") is A.URGE
    assert main(walk, "handler") is A.DRAFT_REPLY
    walk.until("worked")
    assert main(walk, "director") is None
    walk.until("drafted")
    assert main(walk, "handler") is A.SUBMIT_REPLY
    walk.until("submitted")
    assert main(walk, "director") is A.SIGN_REPLY
    walk.until("signed")
    assert main(walk, "clerk") is A.DISPATCH
    walk.until("dispatched")
    assert main(walk, walk.lead) is A.RATE
    walk.until("rated")
    assert main(walk, walk.lead) is A.OPEN_RATING
    walk.until("followed")
    assert main(walk, "director") is A.COORDINATE
    walk.until("coordinated")
    assert main(walk, "director") is A.CLOSE


def test_what_nothing_calls_for_is_not_on_the_bar(play: Play) -> None:
    walk = Walk(play).until("approved")
    lead = {offer.step.action for offer in open_to(walk.facts(walk.lead))}
    assert {A.CONFIRM_CONTACT, A.DENY_CONTACT} <= lead
    shown = [view.label for view in step_bar(walk.facts(walk.lead), address).can]
    assert "确认联系" not in shown
    assert "亮灯催办" in shown
    walk.until("worked")
    assert "确认联系" in [view.label for view in step_bar(walk.facts(walk.lead), address).can]
    cannot = [view.label for view in step_bar(walk.facts("director"), address).cannot]
    assert not [label for label in cannot if label.startswith("逾期未复")]


def test_the_reading_room_is_open_before_every_file_was_opened(play: Play) -> None:
    walk = Walk(play).until("received")
    bar = step_bar(walk.facts("director"), address)
    assert [(view.label, view.is_main, view.is_personal) for view in bar.can if view.is_main] == [
        ("阅看原件", True, True)
    ]
    assert bar.can[0].url == f"steps.handling?id={walk.id}&action=read-original"
    assert "打开原件" not in [view.label for view in bar.can]


def test_a_refused_step_names_everything_that_is_missing(play: Play) -> None:
    walk = Walk(play).until("approved")
    refused = {view.label: view.missing for view in step_bar(walk.facts("handler"), address).cannot}
    assert len(refused["报签复函"]) == 4
    assert all(sentence.endswith("。") for sentence in refused["报签复函"])


def test_a_co_unit_finds_its_own_step_with_the_address_of_the_co_handling(play: Play) -> None:
    walk = Walk(play).until("approved")
    co = walk.co_handlings()[0]
    bar = step_bar(walk.facts(f"handler@{co.unit.name}"), address)
    assert [(view.label, view.url, view.is_main) for view in bar.can] == [
        ("报协办意见", f"steps.co_handling?id={co.id}&action=give-co-opinion", True)
    ]
