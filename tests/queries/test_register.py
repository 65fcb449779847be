"""The register shows every row a person may see, once, in order, page by page, and counts what it says it counts."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from suggestions.domain.deadlines import Light
from suggestions.domain.facts import Actor
from suggestions.domain.labels import STATES
from suggestions.domain.states import UNIT_ROLES, CoState, HandlingState, Life
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Suggestion
from suggestions.queries.register import PAGE, Register, register
from suggestions.queries.register_filters import Wanted, wanted
from suggestions.queries.register_lines import Line
from suggestions.queries.visible import handlings_for
from suggestions.queries.waiting import HIDDEN
from tests.queries.conftest import NOON, House

TODAY = NOON.date()
# A page has five: session, practice day and notices take the others.
MOST = 2
READERS = ("director", "handler", "clerk", "cohandler", "deputy", "supervisor", "inspector", "auditor")


def shown(actor: Actor, asks: Wanted | None = None, today: date = TODAY) -> list[Line]:
    """Every row, all pages."""
    lines: list[Line] = []
    after = ""
    while True:
        page = register(actor, today, asks or Wanted(), after=after)
        lines += page.lines
        if not page.after:
            return lines
        after = page.after


def numbers(lines: list[Line]) -> list[str]:
    return [line.number.removeprefix("第").removesuffix("号") for line in lines]


def light(house: House, *, over: str = "", near: str = "") -> None:
    """Turn one handling red and another yellow."""
    for number, column in ((over, "red_after"), (near, "yellow_on")):
        if number:
            setattr(house.handling(number), column, TODAY - timedelta(days=column == "red_after"))
    db.session.flush()


def test_everybody_finds_what_they_may_see_and_nothing_else(house: House) -> None:
    for actor in house.everybody():
        own = select(Handling.id).where(handlings_for(actor))
        for is_past, asks in ((False, Wanted()), (True, Wanted(past="1"))):
            expected = db.session.scalars(own.where(Handling.is_past == is_past)).all()
            assert sorted(line.id for line in shown(actor, asks)) == sorted(expected), (actor.name, actor.role)


def test_a_unit_finds_its_own_and_what_it_owes_never_a_neighbours(house: House) -> None:
    for actor in house.everybody():
        if actor.role not in UNIT_ROLES:
            continue
        for line in shown(actor):
            row = db.session.get_one(Handling, line.id)
            owed = db.session.scalar(
                select(CoHandling).where(CoHandling.handling_id == row.id, CoHandling.unit_id == actor.unit_id)
            )
            assert line.is_co == (row.unit_id != actor.unit_id)
            assert not line.is_co or owed is not None
            assert owed is None or line.stage in (STATES[Life.CO_HANDLING][owed.state], "已会签")
            assert (line.stage == "已会签") == (line.next == "现在不等本单位")


def test_an_owed_opinion_tells_nothing_of_how_far_the_main_unit_is(house: House) -> None:
    actor = house.actor("cohandler")
    before = shown(actor)
    row = house.handling("001")
    row.state, row.received_on, row.closed_on = HandlingState.CLOSED, TODAY, TODAY
    row.handler_id, row.red_after = house.actor("handler").person_id, TODAY - timedelta(days=9)
    db.session.flush()
    assert shown(actor) == before
    assert shown(actor, Wanted(state="closed")) == shown(actor, Wanted(state="assigned")) == []
    assert shown(actor, Wanted(handler=str(row.handler_id))) == []
    assert shown(actor, Wanted(answered="yes")) == []
    assert shown(actor, Wanted(light="done")) == []
    assert register(actor, TODAY, Wanted()).handlers == ()


def test_red_stands_first_then_yellow_then_by_number(house: House) -> None:
    light(house, over="019", near="012")
    found = shown(house.actor("supervisor"))
    assert numbers(found)[:3] == ["019", "012", "017"]
    assert [str(line.light.word) for line in found[:4]] == ["超期", "临近", "临近", "正常"]
    calm = [line for line in found[2:] if line.light.word == "正常"]
    assert numbers(calm) == sorted(numbers(calm))


def test_what_is_done_stands_last(house: House) -> None:
    found = shown(house.actor("director"))
    closed = [line for line in found if line.stage == "办结"]
    assert closed
    assert all(line.light.word == "办结" and line.due_text.endswith("办结") for line in closed)
    done = [line.light.kind is Light.DONE for line in found]
    assert done == sorted(done)


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        (Wanted(q="12"), ["012"]),
        (Wanted(q="第012号"), ["012"]),
        (Wanted(q="老年食堂"), ["112", "003"]),
        (Wanted(q="罗正国代表"), ["003", "022"]),
        (Wanted(q="%"), []),
        (Wanted(q="_"), []),
        (Wanted(state="contested"), ["003"]),
        (Wanted(key="1"), ["001", "002"]),
        (Wanted(role="co"), ["021", "022", "023", "024"]),
        (Wanted(category="儿童福利", role="main"), ["017"]),
        (Wanted(waits="director"), ["007", "014", "016", "018", "020"]),
        (Wanted(light="over"), []),
        (Wanted(q="老年食堂", state="closed"), []),
        (Wanted(q="老年食堂", past="1"), ["112"]),
        (Wanted(past="1"), ["126", "112", "208"]),
        (Wanted(past="1", light="over"), ["126"]),
    ],
)
def test_the_register_is_narrowed(house: House, asks: Wanted, expected: list[str]) -> None:
    actor = house.actor("director")
    assert numbers(shown(actor, asks)) == expected
    assert register(actor, TODAY, asks).total == len(expected)


def test_late_opinions_are_found_by_the_deputies_office(house: House) -> None:
    actor = house.actor("supervisor")
    assert shown(actor, Wanted(light="co_over")) == []
    owed = db.session.scalars(select(CoHandling).where(CoHandling.state == CoState.INVITED)).first()
    assert owed is not None
    owed.red_after = TODAY - timedelta(days=1)
    db.session.flush()
    found = shown(actor, Wanted(light="co_over"))
    assert [line.id for line in found] == [owed.handling_id]
    assert found[0].sub.endswith(f" · {owed.unit.name}欠协办意见")
    assert not any("欠协办意见" in line.sub for line in shown(actor))


def test_the_part_of_a_split_suggestion_is_found_by_its_number(house: House) -> None:
    house.handling("012").part = 2
    db.session.flush()
    actor = house.actor("supervisor")
    assert [line.number for line in shown(actor, Wanted(q="12-2"))] == ["第012-2号"]
    assert shown(actor, Wanted(q="12-1")) == []


def test_every_chip_counts_what_it_leads_to(house: House) -> None:
    light(house, over="019", near="012")
    for name in READERS:
        actor = house.actor(name)
        page = register(actor, TODAY, Wanted())
        assert page.chips[0].is_current
        assert page.chips[0].count == page.total
        for chip in page.chips:
            assert chip.count == len(shown(actor, chip.quick.asks)), (name, chip.quick.label)
    labels = [chip.quick.label for chip in register(house.actor("handler"), TODAY, Wanted()).chips]
    assert labels == ["全部", "超期", "临近", "我承办", "重点督办", "待评价", "协办", "往年件"]


def test_the_choices_are_those_that_lead_somewhere(house: House) -> None:
    actor = house.actor("director")
    page = register(actor, TODAY, Wanted())
    assert {label for _, label in page.handlers} == {"韩冬梅", "潘一舟"}
    for code, _ in page.handlers:
        assert shown(actor, Wanted(handler=code))
    for code, _ in page.categories:
        assert shown(actor, Wanted(category=code))
    above = register(house.actor("supervisor"), TODAY, Wanted())
    assert above.handlers == ()
    assert len(above.units) == 4


def test_a_hidden_name_is_neither_shown_to_the_unit_nor_found_by_it(house: House) -> None:
    db.session.execute(update(Suggestion).where(Suggestion.number == "003").values(is_name_hidden=True))
    unit, above = house.actor("handler"), house.actor("supervisor")
    assert "003" not in numbers(shown(unit, Wanted(q="罗正国")))
    line = next(row for row in shown(unit, Wanted(q="老年食堂")) if row.number == "第003号")
    assert HIDDEN in line.sub
    assert "罗正国" not in repr(line)
    assert "003" in numbers(shown(above, Wanted(q="罗正国")))


def test_pages_follow_each_other_without_gap_or_double_both_ways(house: House) -> None:
    light(house, over="019", near="012")
    house.double()
    house.double()
    actor = house.actor("supervisor")
    everything = shown(actor)
    assert len(everything) == len({line.id for line in everything}) == 96
    pages: list[Register] = []
    after = ""
    while not pages or pages[-1].after:
        pages.append(register(actor, TODAY, Wanted(), after=after))
        after = pages[-1].after
    assert [(page.first, page.last, page.total) for page in pages] == [
        (1, 25, 96),
        (26, 50, 96),
        (51, 75, 96),
        (76, 96, 96),
    ]
    assert pages[0].before == ""
    assert pages[-1].after == ""
    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = register(actor, TODAY, Wanted(), before=back.before)
        assert back == page


def test_a_number_of_four_digits_stands_after_one_of_three(house: House) -> None:
    db.session.execute(update(Suggestion).where(Suggestion.number == "002").values(number="1002"))
    found = numbers(shown(house.actor("director"), Wanted(state="follow_up")) + shown(house.actor("director")))
    order = numbers(shown(house.actor("supervisor"), Wanted(key="1")))
    assert order == ["001", "1002"]
    assert "1002" in found


@pytest.mark.parametrize("key", ["", "x", "1.2.3", "9.9.9.9.9", "2.3.012", "2.3..1", "a.b.c.d", "2.3.012.99999999999"])
def test_a_key_that_is_none_begins_at_the_beginning(house: House, key: str) -> None:
    actor = house.actor("supervisor")
    first = register(actor, TODAY, Wanted())
    assert register(actor, TODAY, Wanted(), after=key) == first


def test_words_that_are_not_offered_ask_nothing() -> None:
    given = {"state": "nonsense", "role": "x", "light": "pink", "unit": "1 or 1", "handler": "-1", "key": "yes"}
    assert wanted(given) == Wanted()
    assert wanted({"unit": "99999999999", "handler": "１"}) == Wanted()
    assert wanted({"q": " 养老\0 ", "page": "2"}) == Wanted(q="养老")
    assert len(wanted({"q": "长" * 500}).q) == 100


@pytest.mark.parametrize("username", READERS)
def test_a_page_takes_as_many_statements_with_twice_the_rows(house: House, username: str) -> None:
    actor = house.actor(username)
    before, first = house.counted(lambda: register(actor, TODAY, Wanted()))
    house.double()
    after, second = house.counted(lambda: register(actor, TODAY, Wanted()))
    assert first == second <= MOST
    assert after.total == 2 * before.total
    assert len(after.lines) <= PAGE


def test_a_past_case_says_of_which_session_it_is_and_whether_a_promise_is_owed(house: House) -> None:
    rows = {line.number: line for line in shown(house.actor("director"), Wanted(past="1"))}
    late, kept = rows["第126号"], rows["第208号"]
    assert late.sub.startswith("19届5次 · ")
    assert (late.stage, late.light.word, late.due_text) == ("往年件", "超期", "兑现承诺2025年12月31日到期")
    assert (rows["第112号"].next, late.next) == ("韩冬梅兑现承诺", "承办人兑现承诺")
    assert (kept.light.word, kept.due_text, kept.next) == ("往年件", "", "已存档")
