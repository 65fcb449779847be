"""What deputies, the offices above the units and the administrators find on their desks."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import Light
from suggestions.domain.states import HandlingState, Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Post, Promise
from suggestions.queries import charts
from suggestions.queries.counts import margins, scope_of
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.administrators import AdminDesk, AuditDesk
from suggestions.queries.desks.congress import CongressDesk
from suggestions.queries.desks.deputy import DeputyDesk
from suggestions.queries.register import register
from suggestions.queries.register_filters import Wanted
from suggestions.queries.urging_register import register as urgings
from tests.queries.conftest import NOON, House, desk, groups, numbers


def test_the_deputy_finds_own_suggestions_and_what_to_do(house: House) -> None:
    found = desk(house, "deputy", DeputyDesk)
    assert [(task.label, task.form.action) for task in found.tasks] == [("去看看", A.COSIGN), ("去评价", A.RATE)]
    assert [own.number for own in found.suggestions] == [
        "未编号",
        "第001号",
        "第004号",
        "第005号",
        "第112号",
        "第126号",
    ]
    assert found.suggestions[4].now == "往年件，答复过了。"
    assert found.suggestions[4].next == "下一项答应的事，最晚3月6日。"
    assert found.suggestions[1].role_line == "您领衔，附议3人"
    assert found.suggestions[1].now == "交给了区民政局，等签收。"
    other = desk(house, "deputy2", DeputyDesk)
    assert [task.form.action for task in other.tasks][:1] == [A.REVISE]


def test_a_deputy_is_not_asked_to_rate_the_own_unit(house: House) -> None:
    actor = replace(house.actor("deputy"), units=frozenset({house.handling("004").unit_id}))
    found = desk_of(actor, NOON)
    assert isinstance(found, DeputyDesk)
    assert A.RATE not in [task.form.action for task in found.tasks]


def test_a_deputy_is_not_told_what_is_behind_inside_the_unit(house: House) -> None:
    db.session.execute(update(Handling).values(yellow_on=NOON.date(), yellow_reason="局长还没有督促过"))
    found = desk(house, "deputy", DeputyDesk)
    assert "督促" not in repr([own.light for own in found.suggestions])
    assert Light.NEAR in [own.light.kind for own in found.suggestions if own.light]


def test_a_contact_waits_for_the_lead_deputys_word(house: House) -> None:
    contact = db.session.scalars(select(Event).where(Event.action == A.RECORD_CONTACT).order_by(Event.at)).first()
    assert contact is not None
    answers = (A.CONFIRM_CONTACT, A.DENY_CONTACT)
    said = db.session.scalars(select(Event).where(Event.action.in_([str(action) for action in answers]))).all()
    answered = {(event.handling_id, int(event.payload["contact"])) for event in said}
    expected = set()
    for event in db.session.scalars(select(Event).where(Event.action == A.RECORD_CONTACT)):
        row = db.session.get_one(Handling, event.handling_id)
        if (event.handling_id, event.seq) not in answered and row.state is not HandlingState.CLOSED:
            expected.add((row.suggestion.lead_id, row.suggestion_id))
    asked = set()
    for actor in house.everybody():
        if actor.role is Role.DEPUTY:
            found = desk_of(actor, NOON)
            assert isinstance(found, DeputyDesk)
            asked |= {(actor.person_id, t.form.id) for t in found.tasks if t.label == "去确认"}
    assert asked == expected != set()


def test_the_supervisor_finds_what_to_assign_and_what_is_disputed(house: House) -> None:
    found = desk(house, "supervisor", CongressDesk)
    listed = groups(found)
    assert [item.form.action for item in listed["g-assign"] if item.form] == [A.ASSIGN, A.SUBMIT]
    assert numbers(listed["g-contested"]) == ["003"]
    assert listed["g-contested"][0].form
    assert listed["g-contested"][0].form.action is A.ORDER_REDO
    assert numbers(listed["g-unrated"]) == ["004"]
    assert "小区装修垃圾" not in repr(found), "a deputy's own draft is nobody else's"
    assert {figure.label: figure.value for figure in found.figures}["交办"] == "24"
    assert sum(unit.main for unit in found.units) == 24
    owed = len(db.session.scalars(select(CoHandling.id)).all())
    assert sum(unit.co_total for unit in found.units) == owed


def test_after_the_last_redo_the_supervisor_convenes_both_sides(house: House) -> None:
    house.handling("003").round = 2
    db.session.flush()
    item = groups(desk(house, "supervisor", CongressDesk))["g-contested"][0]
    assert item.form
    assert item.form.action is A.CONCLUDE_DISPUTE


def test_red_stands_before_yellow_on_the_supervisors_desk(house: House) -> None:
    house.handling("016").red_after = NOON.date() - timedelta(days=1)
    house.handling("012").red_after = NOON.date() - timedelta(days=9)
    house.handling("011").yellow_on = NOON.date()
    db.session.flush()
    found = desk(house, "supervisor", CongressDesk)
    assert [(row.number, row.light.kind) for row in found.lights] == [
        ("第012号", Light.OVER),
        ("第016号", Light.OVER),
        ("第017号", Light.NEAR),
        ("第011号", Light.NEAR),
    ]
    assert {f.label: f.value for f in found.figures if f.label in ("超期", "临近")} == {"超期": "2", "临近": "2"}


def test_every_figure_is_as_long_as_the_list_that_it_opens(house: House) -> None:
    late = datetime(2026, 4, 16, 12, tzinfo=NOON.tzinfo)
    for name in ("supervisor", "inspector"):
        figures = desk(house, name, CongressDesk, late).figures
        assert any(figure.label == "协办意见超期" and figure.value != "0" for figure in figures)
        for figure in figures:
            if figure.list != "register.register":
                continue
            asks = Wanted(**dict(figure.arguments))
            assert figure.value == str(register(house.actor(name), late.date(), asks).total), (name, figure.label)


def test_a_unit_with_an_empty_post_stands_red(house: House) -> None:
    assert desk(house, "supervisor", CongressDesk).unstaffed == ()
    bureau = house.actor("director").unit_id
    db.session.execute(
        update(Post).where(Post.unit_id == bureau, Post.role == Role.DIRECTOR).values(to_on=date(2026, 2, 20))
    )
    found = desk(house, "supervisor", CongressDesk).unstaffed
    assert [(unit.name, unit.missing) for unit in found] == [("区民政局", ("局长",))]
    for name in ("sysadmin", "secadmin"):
        listed = desk(house, name, AdminDesk).units
        assert (listed[0].name, listed[0].missing) == ("区民政局", ("局长",))
        assert all(unit.missing == () for unit in listed[1:])


def test_a_unit_that_only_owes_opinions_needs_no_clerk(house: House) -> None:
    unit = house.actor("cohandler").unit_id
    ended = update(Post).where(Post.unit_id == unit).values(to_on=date(2026, 2, 20))
    db.session.execute(ended.where(Post.role.in_((Role.CLERK, Role.REVIEWER))))
    assert desk(house, "supervisor", CongressDesk).unstaffed == ()
    db.session.execute(ended.where(Post.role == Role.HANDLER))
    assert [unit.missing for unit in desk(house, "supervisor", CongressDesk).unstaffed] == [("承办人",)]


def test_the_inspector_watches_the_governments_units(house: House) -> None:
    row = house.handling("012")
    row.red_after = NOON.date() - timedelta(days=1)
    db.session.flush()
    found = desk(house, "inspector", CongressDesk)
    assert [line.number for line in found.lights] == ["第012号", "第017号"]
    assert {unit.name for unit in found.units} & {"区委组织部", "团区委", "区残联"} == set()
    assert all(item.form and item.form.action is A.PROPOSE for item in groups(found)["g-contested"])
    row.unit.is_government = False
    db.session.flush()
    after = desk(house, "inspector", CongressDesk)
    assert [line.number for line in after.lights] == []
    assert groups(after)["g-contested"] == ()


def test_the_auditor_reads_how_much_is_on_record(house: House) -> None:
    found = desk(house, "auditor", AuditDesk)
    events = len(db.session.execute(select(Event.chain, Event.seq)).all())
    assert [figure.value for figure in found.figures][-1] == str(events)


def test_a_promise_to_be_released_waits_for_the_deputies_office(house: House) -> None:
    before = desk(house, "supervisor", CongressDesk)
    assert "g-release" not in {found.id for found in before.groups}
    asked = update(Promise).where(Promise.handling_id == house.handling("002").id)
    db.session.execute(asked.values(release_asked_on=NOON.date()))
    found = next(found for found in desk(house, "supervisor", CongressDesk).groups if found.id == "g-release")
    assert [(item.number, item.form.action) for item in found.items if item.form] == [("第002号", A.AGREE_RELEASE)]


@pytest.mark.parametrize("who", ["supervisor", "inspector"])
def test_urgings_that_are_late_lead_to_as_many_in_the_register(house: House, who: str) -> None:
    actor, later = house.actor(who), NOON + timedelta(days=60)
    found = desk(house, who, CongressDesk, later)
    figure = next(figure for figure in found.figures if figure.list == "urgings.register")
    scope = scope_of(db.session(), actor)
    listed = urgings(db.session(), actor, scope, dict(figure.arguments)["show"], today=later.date())
    assert figure.value == str(listed.page.total)
    assert listed.page.total > 0


def test_the_inspector_sees_the_course_that_the_statistics_draw(house: House) -> None:
    actor = house.actor("inspector")
    found, scope = desk(house, "inspector", CongressDesk).watch, scope_of(db.session(), actor)
    assert found.course is not None
    assert not found.course.is_empty
    counted = margins(db.session(), scope, found.asks)
    assert found.course == charts.course(counted, scope.kind, found.asks.year, NOON.date())
