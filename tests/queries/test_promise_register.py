"""The promise register: whose promises one sees, what is due when, what became of each; the yearly round on desks."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, update

from suggestions import clock
from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import Light
from suggestions.domain.promise_round import round_on
from suggestions.domain.rulebook import load
from suggestions.extensions import db
from suggestions.models import Event, Handling, Promise
from suggestions.queries.counts import scope_of
from suggestions.queries.desks.congress import CongressDesk
from suggestions.queries.desks.director import DirectorDesk
from suggestions.queries.desks.handler import HandlerDesk
from suggestions.queries.promise_filters import SHOWN, Ground, Wanted, wanted
from suggestions.queries.promise_register import Register, register
from tests.queries.conftest import NOON, House, desk, groups

AUTUMN = datetime(2026, 10, 15, 12, tzinfo=clock.CHINA)
SPRING = datetime(2027, 2, 1, 12, tzinfo=clock.CHINA)


def read(house: House, who: str, asks: Wanted = Wanted(), *, at: datetime = NOON) -> Register:  # noqa: B008 frozen
    actor, today = house.actor(who), at.date()
    round = round_on(load("chongqing", today), today)
    return register(db.session(), actor, scope_of(db.session(), actor), asks, today=today, round=round)


def times(found: Register, code: str) -> int:
    return next(chip.count for chip in found.chips if chip.code == code)


def texts(found: Register) -> Sequence[str]:
    return [line.text for line in found.lines]


def test_the_office_sees_all_and_a_unit_its_own(house: House) -> None:
    everything, own, other = (read(house, who) for who in ("supervisor", "handler", "handler@区教委"))
    assert everything.page.total == len(everything.lines) == len(db.session.scalars(select(Promise)).all())
    assert {line.number for line in other.lines} == {"第023号"}
    assert {line.number for line in own.lines} | {"第023号"} == {line.number for line in everything.lines}
    helping = read(house, "handler@区财政局")
    assert helping.page.total == 0
    assert everything.units
    assert not everything.handlers
    assert own.handlers
    assert not own.units


def test_what_is_open_comes_first_and_the_latest_day_last(house: House) -> None:
    found = read(house, "supervisor")
    ranks = [line.light.kind is Light.DONE for line in found.lines]
    assert ranks == sorted(ranks)
    assert found.lines[0].light.kind is Light.OVER
    assert "往年件" in found.lines[0].tags[0]
    assert found.kept == sum(ranks) == times(found, "kept")


def test_every_frequent_question_lists_as_many_as_it_counts(house: House) -> None:
    counted = read(house, "supervisor")
    for code in SHOWN:
        listed = read(house, "supervisor", Wanted(show=code))
        assert listed.page.total == len(listed.lines) == times(counted, code), code
    month = read(house, "supervisor", Wanted(show="month"))
    assert texts(month) == ["学府路便民服务点开门办事"]
    figure = next(f for f in desk(house, "supervisor", CongressDesk).figures if f.label == "本月到期的承诺")
    assert (figure.value, figure.list, figure.arguments) == ("1", "promises.register", (("show", "month"),))
    unit = next(code for code, name in counted.units if name == "区教委")
    assert read(house, "supervisor", Wanted(unit=unit)).page.total == 1
    assert read(house, "supervisor", Wanted(year="2019")).page.total == 0


def test_an_address_asks_only_what_is_offered() -> None:
    given = {"show": "everything", "unit": "1 OR 1", "handler": "٣", "year": "9" * 30}
    assert wanted(given) == Wanted()
    assert wanted({"show": "month", "unit": "7"}) == Wanted(show="month", unit="7")


@pytest.mark.parametrize(
    ("today", "month", "quarter"),
    [
        (date(2026, 2, 24), (1, 28), (date(2026, 1, 1), date(2026, 3, 31))),
        (date(2026, 12, 31), (1, 31), (date(2026, 10, 1), date(2026, 12, 31))),
    ],
)
def test_a_month_and_a_quarter_have_their_days(today: date, month: tuple[int, int], quarter: tuple[date, date]) -> None:
    on = Ground(today, round_on(load("chongqing", today), today))
    assert tuple(day.day for day in on.month) == month
    assert on.quarter == quarter


def test_what_became_of_a_promise_is_told_with_who_signed_it(house: House) -> None:
    promise = db.session.scalars(select(Promise).where(Promise.measure.startswith("公布校外托管"))).one()
    kept = db.session.scalars(select(Event).where(Event.action == A.FULFIL_PROMISE)).first()
    assert kept is not None
    columns = {c.key: getattr(kept, c.key) for c in Event.__mapper__.column_attrs}
    before = {"due_on": "2026-03-31", "measure": promise.measure}
    words = {
        "promise": promise.id,
        "number": 1,
        "measure": promise.measure,
        "due_on": "2026-06-30",
        "reason": "名单还在核实",
        "before": before,
    }
    changed = {"action": A.CHANGE_PROMISE, "handling_id": promise.handling_id, "seq": 9000, "idempotency_key": None}
    db.session.add(Event(**{**columns, **changed, "payload": words, "actor_name": "吴校"}))
    db.session.flush()
    (line,) = read(house, "handler@区教委").lines
    assert line.past[-1].endswith("吴校批准变更：由3月31日改到6月30日；名单还在核实")


def test_the_register_takes_as_many_statements_with_twice_the_promises(house: House) -> None:
    before = read(house, "supervisor").page.total
    _, few = house.counted(lambda: read(house, "supervisor"))
    house.double()
    _, many = house.counted(lambda: read(house, "supervisor"))
    assert few == many
    assert read(house, "supervisor").page.total == 2 * before


def test_in_the_fourth_quarter_what_was_promised_is_reported_and_ticked_off(house: House) -> None:
    assert "g-report" not in groups(desk(house, "director", DirectorDesk))
    answered = db.session.scalars(
        select(Handling).join(Promise).where(Handling.unit_id == house.actor("director").unit_id).distinct()
    ).all()
    db.session.execute(update(Handling).where(Handling.id.in_([row.id for row in answered])).values(state="follow_up"))
    found = read(house, "director", Wanted(show="report"), at=AUTUMN)
    assert found.page.total > 0
    items = groups(desk(house, "director", DirectorDesk, AUTUMN))["g-report"]
    assert {item.number for item in items} == {line.number for line in found.lines}
    assert all(item.form and item.form.action is A.REPORT_PROMISE for item in items)
    assert all(item.light and item.light.kind is Light.OK for item in items)
    assert "要在12月31日前报告" in items[0].wait
    figure = next(f for f in desk(house, "supervisor", CongressDesk, AUTUMN).figures if "待报告" in f.label)
    assert (
        int(figure.value) == read(house, "supervisor", Wanted(show="report"), at=AUTUMN).page.total >= found.page.total
    )

    one = db.session.scalars(select(Promise).where(Promise.handling_id == items[0].page.id)).first()
    assert one is not None
    one.reported_on = AUTUMN.date() - timedelta(days=20)
    db.session.flush()
    assert read(house, "director", Wanted(show="report"), at=AUTUMN).page.total == found.page.total
    one.reported_on = AUTUMN.date() - timedelta(days=2)
    db.session.flush()
    after = read(house, "director", Wanted(show="report"), at=AUTUMN)
    assert after.page.total == found.page.total - 1
    assert times(after, "reported") == 1
    mine = {item.number: item for item in groups(desk(house, "handler", HandlerDesk, AUTUMN)).get("g-report", ())}
    assert all(item.form is None for item in mine.values())

    late = groups(desk(house, "director", DirectorDesk, SPRING))["g-report"]
    assert late[0].light
    assert late[0].light.kind is Light.OVER
    assert "应当在2026年12月31日前报告" in late[0].wait


def test_pages_of_the_register_follow_each_other(house: House) -> None:
    for _ in range(2):
        house.double()
    actor, today = house.actor("supervisor"), NOON.date()
    round = round_on(load("chongqing", today), today)
    scope = scope_of(db.session(), actor)
    pages = [register(db.session(), actor, scope, Wanted(), today=today, round=round, page=n) for n in (1, 2, 99, -3)]
    assert pages[0].page.last + 1 == pages[1].page.first
    assert pages[1].page.last == pages[1].page.total
    assert [pages[2].page.first, pages[3].page.first] == [pages[1].page.first, 1]
    assert all(a.page.total == b.page.total for a, b in pairwise(pages))
