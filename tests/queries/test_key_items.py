"""The key items of a year: whose one sees, what their supervision has come to, and that one without a plan is said."""

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.queries.counts import scope_of
from suggestions.queries.desks.congress import CongressDesk
from suggestions.queries.key_items import KeyItems, key_items
from tests.queries.conftest import NOON, House, desk, groups

STATEMENTS_AT_MOST = 5


def read(house: House, who: str, show: str = "", year: int | None = None) -> KeyItems:
    actor = house.actor(who)
    return key_items(db.session(), actor, scope_of(db.session(), actor), show, today=NOON.date(), year=year)


def test_each_key_item_says_who_leads_and_what_was_reported(house: House) -> None:
    found = {line.number: line for line in read(house, "supervisor").lines}
    assert set(found) == {"第001号", "第002号"}
    planned, bare = found["第002号"], found["第001号"]
    assert (planned.leader, planned.plan_text) == ("区人大常委会副主任罗正华", "2月10日定")
    assert (planned.report_text, planned.plan_form) == ("1次，最近2月12日", None)
    assert (bare.leader, bare.is_planned, bare.report_text) == ("", False, "还没有")
    assert bare.plan_form is not None
    assert bare.plan_form.action is A.PLAN_SUPERVISION
    assert [line.number for line in read(house, "supervisor", "unplanned").lines] == ["第001号"]
    assert read(house, "supervisor", year=2020).lines == ()


def test_units_see_their_own_and_plan_nothing(house: House) -> None:
    for who in ("director", "inspector"):
        lines = read(house, who).lines
        assert [line.number for line in lines] == [line.number for line in read(house, "supervisor").lines]
        assert all(line.plan_form is None for line in lines)
    # 区住房城乡建委 owes 第002号 an opinion, and does not answer for it.
    assert read(house, "director@区住房城乡建委").total == 0


@pytest.mark.parametrize("who", ["supervisor", "inspector", "director"])
def test_statements_do_not_grow_with_the_key_items(house: House, who: str) -> None:
    actor = house.actor(who)

    def asked() -> KeyItems:
        return key_items(db.session(), actor, scope_of(db.session(), actor), "", today=NOON.date())

    found, few = house.counted(asked)
    house.double()
    again, many = house.counted(asked)
    assert (again.total, many) == (2 * found.total, few)
    assert few <= STATEMENTS_AT_MOST


def test_a_key_item_without_a_plan_is_said_on_the_desk(house: House) -> None:
    (todo,) = groups(desk(house, "supervisor", CongressDesk))["g-key"]
    assert todo.number == "第001号"
    assert todo.form is not None
    assert (todo.form.life, todo.form.action) == (Life.SUGGESTION, A.PLAN_SUPERVISION)
