"""One case has one light: list and page agree, what is late is named, and its lateness is one number everywhere."""

from datetime import date, datetime, timedelta

import pytest

from suggestions.domain.deadlines import Light
from suggestions.domain.states import HandlingState, Role
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.queries.case_page import case_page
from suggestions.queries.counts import scope_of
from suggestions.queries.deputy_page import DeputyPage, deputy_page
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.deputy import DeputyDesk
from suggestions.queries.desks.director import DirectorDesk
from suggestions.queries.desks.handler import HandlerDesk
from suggestions.queries.lights import Lamp
from suggestions.queries.looking import Reader
from suggestions.queries.register import register
from suggestions.queries.register_filters import Wanted
from suggestions.queries.urging_register import register as urgings
from tests.queries.conftest import NOON, House, desk, groups
from tests.queries.reading import text
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk

MARCH = datetime(2026, 3, 2, 12, tzinfo=NOON.tzinfo)


def shown_to(house: House, who: str, suggestion_id: int, now: datetime = MARCH) -> DeputyPage:
    by = Reader(next(each for each in house.everybody() if each.name == who), now, address)
    return deputy_page(db.session(), load_case(db.session(), suggestion_id), by)


@pytest.mark.parametrize("day", [date(2026, 2, 24), date(2026, 3, 2), date(2026, 5, 12)])
def test_the_deputys_list_and_page_show_one_light(house: House, day: date) -> None:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=NOON.tzinfo)
    compared = 0
    for actor in house.everybody():
        if actor.role is not Role.DEPUTY:
            continue
        found = desk_of(actor, now)
        assert isinstance(found, DeputyDesk)
        for own in found.suggestions:
            handling = db.session.get(Handling, own.page.id) if own.page.life == "handling" else None
            if handling is not None:
                blocks = shown_to(house, actor.name, handling.suggestion_id, now).blocks
                assert own.light in [block.where.light for block in blocks], (actor.name, own.number)
                compared += 1
    assert compared


def test_an_answer_that_the_unit_owes_is_no_late_reply_to_the_deputy_but_is_told(house: House) -> None:
    row = house.handling("017")
    assert row.suggestion.lead
    name, id = row.suggestion.lead.name, row.suggestion_id
    found = desk_of(next(each for each in house.everybody() if each.name == name), MARCH)
    assert isinstance(found, DeputyDesk)
    own = next(own for own in found.suggestions if own.number == "第017号")
    assert own.light == Lamp(Light.OK, "正常", "还剩46个工作日")
    assert "应当在2月25日前回话，还没有回，超4个工作日。" in text(shown_to(house, name, id))
    assert "还没有回，" not in text(shown_to(house, name, id, NOON))


def test_a_promise_is_the_deputys_and_says_nothing_of_an_answer_that_is_owed_before(house: House) -> None:
    row = next(row for row in db.session.query(Handling).all() if row.state is HandlingState.FOLLOW_UP)
    assert row.suggestion.lead
    name, number = row.suggestion.lead.name, row.number_text
    row.next_due, row.next_due_on = "answer", MARCH.date()
    db.session.flush()
    found = desk_of(next(each for each in house.everybody() if each.name == name), MARCH)
    assert isinstance(found, DeputyDesk)
    own = next(own for own in found.suggestions if own.number == number)
    assert (own.light, own.next) == (None, "")


def test_a_red_light_says_what_is_late_and_by_one_number(house: House) -> None:
    """The deputy lit the lamp on 13 February: its answer was due on the 25th, four working days before 2 March."""
    item = next(i for i in desk(house, "director", DirectorDesk, MARCH).urgent if i.number == "第017号")
    assert item.light == Lamp(Light.OVER, "超期", "回应亮灯超4个工作日")
    actor = house.actor("supervisor")
    lines = urgings(db.session(), actor, scope_of(db.session(), actor), "over", today=MARCH.date()).lines
    line = next(line for line in lines if line.number == "第017号")
    assert line.light.rest == "超4个工作日"
    assert "还没有回话，超期4个工作日" in line.became[0]
    listed = register(house.actor("director"), MARCH.date(), Wanted(light="over")).lines
    assert "回应亮灯2月25日到期" in [line.due_text for line in listed if line.number == "第017号"]
    page = case_page(db.session(), house.handling("017").id, Reader(house.actor("director"), MARCH, address))
    assert "超5天" not in text(page)


def test_a_reply_that_is_late_is_named_on_the_desk_and_not_twice_on_its_page(house: House) -> None:
    june = datetime(2026, 6, 8, 12, tzinfo=NOON.tzinfo)
    row = house.handling("012")
    row.next_due, row.next_due_on = "reply_complex", date(2026, 6, 1)
    row.yellow_on, row.red_after = date(2026, 5, 1), date(2026, 6, 1)
    db.session.flush()
    found = groups(desk(house, "director", DirectorDesk, june))["g-urge"]
    item = next(item for item in found if item.number == "第012号")
    assert item.light
    assert item.light.rest == "答复超5个工作日"
    assert item.wait.startswith("答复超5个工作日，转红灯以后您还没有督促过。")
    page = case_page(db.session(), row.id, Reader(house.actor("director"), june, address))
    assert page.due
    assert page.due.light.rest == "超5个工作日"


@pytest.mark.parametrize(("day", "light"), [(24, Light.OK), (26, Light.NEAR), (27, Light.NEAR), (31, Light.OVER)])
def test_the_register_shows_an_owed_countersignature_as_the_desk_does(house: House, day: int, light: Light) -> None:
    """The passage of 第023号 was written on 13 February; five working days later it is 27 February."""
    now = NOON + timedelta(days=day - 24)
    owed = {item.number: item for item in groups(desk(house, "handler", HandlerDesk, now))["g-co"]}["第023号"]
    lines = register(house.actor("handler"), now.date(), Wanted(role="co")).lines
    line = next(line for line in lines if line.number == "第023号")
    assert owed.light
    assert owed.light.kind is line.light.kind is light
    assert (line.stage, line.due_text, line.next) == ("待会签", "2月27日到期", "区民政局会签")
    if light is not Light.OK:
        found = register(house.actor("handler"), now.date(), Wanted(light=str(light), role="co")).lines
        assert line in found
    page = case_page(db.session(), line.id, Reader(house.actor("handler"), now, address))
    assert page.waiting == "现在等区民政局会签。"
    assert "；会签2月27日到期" in text(page)


def test_who_urged_is_said_with_what_they_did(play: Play) -> None:
    walk = Walk(play).until("approved")
    walk.pressed()
    found = desk_of(play.actor("handler"), play.moment)
    assert isinstance(found, HandlerDesk)
    assert any("局长督促，" in item.wait for item in groups(found)["g-answer"])
