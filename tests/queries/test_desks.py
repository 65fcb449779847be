"""What each role finds on the desk after a fortnight of practice, in a number of statements that stays the same."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select, update

from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import Light
from suggestions.domain.states import UNIT_ROLES, HandlingState, Life
from suggestions.extensions import db
from suggestions.models import Event, Handling, Suggestion, WorkingCopy
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.congress import CongressDesk
from suggestions.queries.desks.director import DirectorDesk
from suggestions.queries.desks.handler import HandlerDesk
from suggestions.queries.desks.items import Desk
from suggestions.queries.waiting import HIDDEN
from tests.queries.conftest import NOON, House, desk, groups, numbers

# A page has five of its eight: session, practice day and notices take the others.
MOST = 5
ROLES = ("director", "handler", "reviewer", "clerk", "deputy", "supervisor", "inspector", "sysadmin", "auditor")


def in_state(house: House, state: HandlingState) -> list[str]:
    actor = house.actor("director")
    query = select(Handling).where(Handling.unit_id == actor.unit_id, Handling.state == state)
    return sorted(row.suggestion.number or "" for row in db.session.scalars(query))


def test_the_director_finds_the_five_groups_in_order_each_with_its_act(house: House) -> None:
    found = desk(house, "director", DirectorDesk)
    five = found.groups[:5]
    assert [group.heading for group in five] == ["待阅原件", "待审方案", "待督促", "待签复函", "待协调"]
    assert [group.character for group in five] == ["阅", "审", "督", "签", "协"]
    acts = (A.READ_ORIGINAL, A.APPROVE_PLAN, A.URGE, A.SIGN_REPLY, A.COORDINATE)
    for group, act in zip(five, acts, strict=True):
        assert group.items
        assert all(item.form and item.form.action is act and item.wait and item.light for item in group.items)
    assert sorted(numbers(five[0].items)) == in_state(house, HandlingState.RECEIVED)
    assert sorted(numbers(five[1].items)) == in_state(house, HandlingState.PLAN_REVIEW)
    assert sorted(numbers(five[3].items)) == in_state(house, HandlingState.SIGNING)


def test_the_director_is_told_what_is_owed_to_other_units(house: House) -> None:
    owed = groups(desk(house, "director", DirectorDesk))["g-co"]
    assert [(item.form.life, item.form.action) for item in owed if item.form] == [
        (Life.CO_HANDLING, A.RELEASE_CO_OPINION)
    ]
    assert "区卫生健康委" in owed[0].wait


def test_what_is_behind_waits_for_urging_until_the_director_urges(house: House) -> None:
    row = house.handling("012")
    assert row.state is HandlingState.PLANNING
    row.yellow_on, row.yellow_reason = NOON.date(), "还没有联系代表"
    db.session.flush()
    found = groups(desk(house, "director", DirectorDesk))["g-urge"]
    item = next(item for item in found if item.number == "第012号")
    assert item.light
    assert (item.light.kind, item.light.rest) == (Light.NEAR, "还没有联系代表")
    row.urged_on = NOON.date()
    db.session.flush()
    assert "012" not in numbers(groups(desk(house, "director", DirectorDesk))["g-urge"])


def test_at_most_three_cannot_wait_and_red_comes_first(house: House) -> None:
    late = datetime(2026, 5, 12, 12, tzinfo=NOON.tzinfo)
    found = desk(house, "director", DirectorDesk, late)
    assert len(found.urgent) == 3
    assert len({item.page for item in found.urgent}) == 3
    assert not {"004", "013"} & set(numbers(found.urgent)), "the deputy's turn is not the director's to hurry"
    assert found.greeting[-1] == "，3件不能等"
    assert {item.light.kind for item in found.urgent if item.light} == {Light.OVER}
    assert numbers(desk(house, "director", DirectorDesk).urgent) == ["126", "017", "112"], (
        "a promise of the year before is late, the deputy's lamp wants its answer tomorrow, another promise is near"
    )


def test_the_record_of_the_year_counts_the_own_events_alone(house: House) -> None:
    found = desk(house, "director", DirectorDesk)
    actor = house.actor("director")
    signed = db.session.scalars(
        select(Event.handling_id).where(Event.actor_id == actor.person_id, Event.action == A.SIGN_REPLY)
    ).all()
    rows = {row.character: row for row in found.record.rows}
    assert found.record.heading == "2026年本人履职记录"
    assert rows["签"].done == len(set(signed)) > 0
    assert rows["签"].due == rows["签"].done + len(groups(found)["g-sign"])
    assert all(row.done <= row.due for row in rows.values())
    other = desk(house, "otherdirector", DirectorDesk)
    assert [(row.done, row.due) for row in other.record.rows] == [(0, 0)] * 5
    next_year = desk(house, "director", DirectorDesk, datetime(2027, 1, 5, 9, tzinfo=NOON.tzinfo))
    assert {row.done for row in next_year.record.rows} == {0}


def test_a_new_director_must_read_before_signing(house: House) -> None:
    new = replace(house.actor("director"), person_id=house.actor("otherdirector").person_id, name="新局长")
    found = desk_of(new, NOON)
    assert isinstance(found, DirectorDesk)
    signing = set(in_state(house, HandlingState.SIGNING))
    assert signing <= set(numbers(groups(found)["g-read"]))
    assert all("还差：您本人还没有阅看原件。" in item.missing for item in groups(found)["g-sign"])


def test_the_handler_finds_the_own_cases_with_everything_that_is_missing(house: House) -> None:
    found = groups(desk(house, "handler", HandlerDesk))
    mine = house.actor("handler").person_id
    listed = {number for id in ("g-plan", "g-reply", "g-keep", "g-wait") for number in numbers(found.get(id, ()))}
    query = select(Handling).where(Handling.handler_id == mine, Handling.state != HandlingState.CLOSED)
    promised = {"112", "126"}
    assert listed == {row.suggestion.number for row in db.session.scalars(query)} | promised, (
        "one promise is nobody's yet"
    )
    reply = {item.number: item for item in found["g-reply"]}
    ready, lacking = reply["第008号"], reply["第015号"]
    assert ready.form
    assert ready.form.action is A.SUBMIT_REPLY
    assert ready.missing == ()
    assert lacking.form
    assert lacking.form.action is A.DRAFT_REPLY
    assert any("会签" in sentence for sentence in lacking.missing)
    assert any("保密审核" in sentence for sentence in lacking.missing)


def test_the_handler_sees_urgings_without_answer(house: House) -> None:
    found = groups(desk(house, "handler2", HandlerDesk))["g-answer"]
    assert {item.form.action for item in found if item.form} == {A.ANSWER_URGING}
    assert any("代表亮灯" in item.wait for item in found)


def test_the_handler_of_a_co_unit_finds_what_the_unit_owes(house: House) -> None:
    found = desk(house, "cohandler", HandlerDesk)
    owed = groups(found)["g-co"]
    assert numbers(owed) == ["001", "016"]
    assert {item.form.action for item in owed if item.form} == {A.GIVE_CO_OPINION}
    assert all("区民政局" in item.wait for item in owed)
    assert [term.date_iso for term in found.terms] == ["2026-03-27", "2026-03-27"]


def test_a_passage_waits_for_the_countersignature_of_the_unit_that_it_speaks_of(house: House) -> None:
    owed = {item.number: item for item in groups(desk(house, "handler", HandlerDesk))["g-co"]}
    item = owed["第023号"]
    assert item.form
    assert (item.form.life, item.form.action) == (Life.CO_HANDLING, A.COUNTERSIGN)
    assert item.light
    assert item.light.kind is Light.OK
    assert item.due_on
    assert item.due_on > NOON.date()


def test_a_draft_is_found_by_its_writer_alone(house: House) -> None:
    row = house.handling("008")
    kept = WorkingCopy(
        person_id=house.actor("handler").person_id,
        life=str(Life.HANDLING),
        target_id=row.id,
        action=str(A.RECORD_PROGRESS),
        content={"progress": "秘密的草稿"},
        saved_at=NOON,
    )
    db.session.add(kept)
    db.session.flush()
    mine, other = desk(house, "handler", HandlerDesk), desk(house, "handler2", HandlerDesk)
    assert [(draft.text, draft.form.action) for draft in mine.drafts] == [("第008号 记进展", A.RECORD_PROGRESS)]
    assert other.drafts == ()
    assert "秘密的草稿" not in repr(mine) + repr(other)


def test_the_reviewer_finds_drafts_that_were_not_endorsed(house: House) -> None:
    found = groups(desk(house, "reviewer", Desk))["g-endorse"]
    assert numbers(found) == ["015"]
    assert found[0].form
    assert found[0].form.action is A.ENDORSE
    assert "保密审核" in found[0].wait
    without = desk_of(replace(house.actor("reviewer"), endorsement_kinds=("legal",)), NOON)
    assert isinstance(without, Desk)
    assert groups(without)["g-endorse"] == ()


def test_the_clerk_receives_and_sends(house: House) -> None:
    found = groups(desk(house, "clerk", Desk))
    assert numbers(found["g-receive"]) == ["001"] == in_state(house, HandlingState.ASSIGNED)
    assert numbers(found["g-send"]) == in_state(house, HandlingState.SIGNED)
    assert all(item.form and item.form.action is A.RECEIVE for item in found["g-receive"])
    assert all(item.form and item.form.action is A.DISPATCH for item in found["g-send"])


def test_a_letter_that_is_not_public_turns_red_on_the_clerks_desk(house: House) -> None:
    """Sent on 11 February; twenty working days later it is 17 March, five before that yellow."""
    for day, light in ((1, Light.OK), (17, Light.NEAR), (18, Light.OVER)):
        found = groups(desk(house, "clerk", Desk, datetime(2026, 3, day, 9, tzinfo=NOON.tzinfo)))["g-publish"]
        assert numbers(found) == ["010", "002", "003", "004", "013"], "none of a past year"
        first = found[0]
        assert first.light
        assert first.form
        assert (first.light.kind, first.form.action, first.wait) == (
            light,
            A.DRAFT_PUBLIC_TEXT,
            "2月11日发出，还没有拟公开稿。",
        )


def test_no_desk_of_a_unit_touches_a_rating_that_is_not_open(house: House) -> None:
    rated = house.handling("013")
    assert rated.state is HandlingState.RATED
    for actor in house.everybody():
        if actor.role in UNIT_ROLES:
            db.session.expunge_all()
            found = desk_of(actor, NOON)
            loaded = {row.action for row in db.session.identity_map.values() if isinstance(row, Event)}
            assert not loaded & {A.RATE, A.CORRECT_RATING}, (actor.unit_name, actor.role)
            assert "satisfied" not in repr(found)


def test_a_hidden_name_is_hidden_from_every_desk_of_the_unit(house: House) -> None:
    db.session.execute(update(Suggestion).values(is_name_hidden=True))
    for name in ("director", "handler", "handler2", "clerk", "reviewer"):
        found = repr(desk_of(house.actor(name), NOON))
        assert HIDDEN in found
        assert "罗正国代表" not in found
    assert "罗正国代表" in repr(desk(house, "supervisor", CongressDesk))


@pytest.mark.parametrize("username", ROLES)
def test_a_desk_takes_as_many_statements_with_twice_the_rows(house: House, username: str) -> None:
    actor = house.actor(username)
    desk_of(actor, NOON)
    before, first = house.counted(lambda: desk_of(actor, NOON))
    house.double()
    after, second = house.counted(lambda: desk_of(actor, NOON))
    assert first == second <= MOST
    if username not in ("sysadmin", "deputy", "auditor"):
        assert isinstance(before, Desk)
        assert isinstance(after, Desk)
        once, twice = (sum(len(group.items) for group in found.groups) for found in (before, after))
        assert twice > 1.5 * once > 0, "the doubled rows are not on the desk, so nothing was measured"
