"""The urging register: whose urgings one sees, what waits first, what became of each."""

from suggestions.extensions import db
from suggestions.queries.counts import scope_of
from suggestions.queries.urging_register import SHOWN, Register, register
from tests.queries.conftest import NOON, House


def read(house: House, who: str, show: str = "") -> Register:
    actor = house.actor(who)
    return register(db.session(), actor, scope_of(db.session(), actor), show, today=NOON.date())


def test_the_office_sees_every_urging_and_a_unit_its_own(house: House) -> None:
    everything, own = read(house, "supervisor"), read(house, "director")
    assert everything.page.total >= own.page.total > 0
    assert {line.unit for line in own.lines} == {"区民政局"}
    assert read(house, "handler@区财政局").page.total == 0


def test_each_urging_says_who_asked_what_and_what_followed(house: House) -> None:
    lines = read(house, "supervisor").lines
    assert all(line.asked and line.who and line.became for line in lines)
    assert any("回话用了" in text or "当天回话" in text for line in lines for text in line.became)
    waits = [line.light.word not in ("已回话", "没有回话") for line in lines]
    assert waits == sorted(waits, reverse=True)


def test_a_question_lists_as_many_as_it_counts(house: House) -> None:
    chips = {chip.code: chip.count for chip in read(house, "supervisor").chips}
    assert {show: read(house, "supervisor", show).page.total for show in SHOWN} == chips
