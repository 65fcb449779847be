"""Reminders: each light calls each person once, in the order of the rulebook, and nobody else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from suggestions import clock
from suggestions.domain.actions import Action
from suggestions.domain.states import HandlingState
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Notice, Person, Promise, Suggestion
from suggestions.models.calendar import calendar
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.queries.bulletin import bulletin
from suggestions.queries.case_page import case_page
from suggestions.queries.looking import Reader
from suggestions.queries.verification import verify
from suggestions.usecases import reminding, ticking
from tests.usecases.walking import Walk

ALONE = "010"


def _live(play: Play, until: date) -> None:
    """Let the days pass, the clock's tick once in each, until this day has passed too."""
    day = play.moment.date()
    while day < until:
        day += timedelta(days=1)
        play.go_to(day)
        with clock.pinned(play.moment):
            ticking.tick()


def _reminders(handling_id: int, co_unit: str = "") -> list[tuple[date, str, tuple[str, ...]]]:
    """The reminders of a handling, or of a co-unit's opinion: day, light, whom they called."""
    query = select(Event).where(Event.action == Action.REMIND, Event.handling_id == handling_id).order_by(Event.seq)
    events = db.session.scalars(query).all()
    co = {row.id: row.unit.name for row in db.session.scalars(select(CoHandling))}
    return [
        (e.on, e.payload["key"].split(":")[0], tuple(e.payload["called"]))
        for e in events
        if co.get(e.co_handling_id or 0, "") == co_unit
    ]


def _told(username: str) -> list[str]:
    query = select(Notice.text).join(Person, Notice.person_id == Person.id).where(Person.username == username)
    return [text for text in db.session.scalars(query) if "灯：" in text]


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the tick look at one case alone, because five months of all of them take too long."""

    def keep(number: str) -> None:
        of_all = reminding.alight

        def of_one(today: date) -> list[int]:
            wanted = db.session.scalar(select(Suggestion.id).where(Suggestion.number == number))
            return [id for id in of_all(today) if id == wanted]

        monkeypatch.setattr(reminding, "alight", of_one)

    return keep


def test_a_case_left_alone_calls_one_after_the_other_day_by_day(play: Play, only: Callable[[str], None]) -> None:
    """Assigned on Monday 9 February 2026 and never touched: received by the system, yellow, red, and then silence."""
    only(ALONE)
    handling = play.handling(ALONE)
    last = date(2026, 5, 31)
    _live(play, last)
    db.session.expire_all()
    assert handling.state is HandlingState.RECEIVED
    assert [(e.action, e.on) for e in _of(handling) if e.action != Action.REMIND] == [
        (Action.BEGIN, date(2026, 2, 9)),
        (Action.RECEIVE, date(2026, 2, 12)),
    ]
    assert _reminders(handling.id) == [
        (date(2026, month, day), light, tuple(called.split())) for month, day, light, _, called in EXPECTED
    ]
    for username, whom in (("director", "director"), ("reviewer", "reviewer"), ("supervisor", "supervisor")):
        of_case = [text for text in _told(username) if text.startswith("第010号") and "协办" not in text]
        wanted = [what for _, _, _, what, called in EXPECTED if whom in called.split()]
        assert len(of_case) == len(wanted)
        assert all(what in text for text, what in zip(of_case, wanted, strict=True))
    before = len(_reminders(handling.id))
    _live(play, last + timedelta(days=14))
    assert len(_reminders(handling.id)) == before
    assert verify().faults == ()
    turned = {(light, what): date(2026, month, day) for month, day, light, what, _ in reversed(EXPECTED)}
    for monday in (date(2026, 2, 9) + timedelta(weeks=week) for week in range(16)):
        told = bulletin(db.session(), play.actor("supervisor"), monday, play.moment.date()).sections
        for light, id in (("near", "near"), ("over", "red")):
            lines = [line.cells for section in told if section.id == id for line in section.lines]
            begun = {what: on - monday for (of, what), on in turned.items() if of == light}
            wanted = [what for what, days in begun.items() if timedelta() <= days < timedelta(days=7)]
            assert [cells[0] for cells in lines] == ["第010号"] * len(wanted)
            assert all(any(what in cells[-1] for cells in lines) for what in wanted)


def test_a_tick_that_ran_late_receives_as_of_the_day_on_which_the_term_ended(play: Play) -> None:
    """Assigned on Monday 9 February: the third working day is the 12th, whenever somebody ran the tick."""
    play.go_to(date(2026, 2, 24))
    with clock.pinned(play.moment):
        ticking.tick()
    handling = play.handling(ALONE)
    (received,) = [e for e in _of(handling) if e.action == Action.RECEIVE]
    assert (received.on, handling.received_on) == (date(2026, 2, 24), date(2026, 2, 12))
    assert received.payload["received_on"] == "2026-02-12"
    assert (handling.next_due, handling.next_due_on) == ("first_contact", date(2026, 3, 18))
    reader = Reader(play.actor("clerk"), play.moment, lambda *_, **__: "")
    due = case_page(db.session(), handling.id, reader).due
    assert due is not None
    assert any("自2月12日签收（期满由系统代签收）起" in text for _, text in due.why)
    assert verify().faults == ()


def _of(handling: Handling) -> list[Event]:
    query = select(Event).where(Event.handling_id == handling.id, Event.co_handling_id.is_(None)).order_by(Event.seq)
    return list(db.session.scalars(query))


# Counted by hand: assigned on 9 February, received by the system on the 12th. The contact ends 20 working days later,
# on 18 March, its light yellow five before; the reply ends on 9 May, its light yellow from 24 April; plan, urging and
# draft are behind a day after a third, a half and two thirds of its 89 days. Yellow calls on working day 0, 2, 3 and 5,
# red on 0 and 1.
EXPECTED = [
    (2, 11, "near", "签收快到期", "handler"),
    (3, 11, "near", "首次联系代表快到期", "handler"),
    (3, 11, "near", "方案还没有审定", "handler"),
    (3, 13, "near", "首次联系代表快到期", "reviewer"),
    (3, 13, "near", "方案还没有审定", "reviewer"),
    (3, 16, "near", "首次联系代表快到期", "director"),
    (3, 16, "near", "方案还没有审定", "director"),
    (3, 18, "near", "首次联系代表快到期", "supervisor"),
    (3, 18, "near", "方案还没有审定", "supervisor"),
    (3, 19, "over", "首次联系代表超期", "handler reviewer director"),
    (3, 20, "over", "首次联系代表超期", "supervisor"),
    (3, 26, "near", "局长还没有督促过", "handler"),
    (3, 30, "near", "局长还没有督促过", "reviewer"),
    (3, 31, "near", "局长还没有督促过", "director"),
    (4, 2, "near", "局长还没有督促过", "supervisor"),
    (4, 10, "near", "复函还没有起草", "handler"),
    (4, 14, "near", "复函还没有起草", "reviewer"),
    (4, 15, "near", "复函还没有起草", "director"),
    (4, 17, "near", "复函还没有起草", "supervisor"),
    (4, 24, "near", "答复快到期", "handler"),
    (4, 28, "near", "答复快到期", "reviewer"),
    (4, 29, "near", "答复快到期", "director"),
    (5, 6, "near", "答复快到期", "supervisor"),
    (5, 11, "over", "答复超期", "handler reviewer director"),
    (5, 12, "over", "答复超期", "supervisor"),
]


def test_the_deputy_is_reminded_before_the_rating_lapses(play: Play, only: Callable[[str], None]) -> None:
    only(ALONE)
    walk = Walk(play).until("dispatched")
    due = play.handling(ALONE).rating_due_on
    assert due is not None
    _live(play, due - timedelta(days=1))
    yellow = [called for _, light, called in _reminders(walk.id) if light == "near"]
    assert yellow == [("deputy",), ("supervisor",)]
    assert any("请评价复函" in text for text in _told("邓小红"))
    for nosy in ("director", "handler", "clerk", "reviewer"):
        assert not any("评价复函" in text for text in _told(nosy))


def test_a_new_light_calls_anew_and_a_blue_one_nobody(play: Play) -> None:
    walk = Walk(play).until("received")
    days = calendar(db.session())
    _live(play, days.add_workdays(date(2026, 2, 10), 2))
    assert _reminders(walk.id) == []
    with clock.pinned(play.moment):
        assert ticking.tick().reminded == 0


def test_an_opinion_that_is_owed_calls_its_own_people(play: Play, only: Callable[[str], None]) -> None:
    only("001")
    handling = play.handling("001")
    _live(play, date(2026, 4, 10))
    found = _reminders(handling.id, "区财政局")
    assert [called for _, _, called in found] == CO_EXPECTED
    assert any("协办意见超期" in text for text in _told("director@区财政局"))
    assert not any("协办意见" in text for text in _told("director"))


CO_EXPECTED = [("handler",), ("director",), ("supervisor",), ("handler", "director"), ("supervisor",)]


# The round of 2026 ends on Thursday 31 December, its light yellow 15 working days before; then the rulebook's chain.
# The holidays of 2027 are not announced here, so New Year's Day counts as worked.
ROUND = [
    (date(2026, 12, 10), "near", ("handler",)),
    (date(2026, 12, 14), "near", ("reviewer",)),
    (date(2026, 12, 15), "near", ("director",)),
    (date(2026, 12, 17), "near", ("supervisor",)),
    (date(2027, 1, 1), "over", ("handler", "reviewer", "director")),
    (date(2027, 1, 4), "over", ("supervisor",)),
]


def test_a_report_owed_at_the_end_of_the_year_calls_like_every_light(play: Play, only: Callable[[str], None]) -> None:
    only(ALONE)
    walk = Walk(play).until("followed")
    walk.do(
        "handler", Action.ADD_PROMISE, request_no="1", sentence="将划出用房。", measure="划出用房", owner="韩冬梅",
        due_on="2027-06-30", evidence="批复",
    )  # fmt: skip
    for day in (9, 10, 11, 12, 14, 15, 16, 17, 31, 32, 35, 36, 37):
        play.go_to(date(2026, 12, 1) + timedelta(days=day - 1))
        with clock.pinned(play.moment):
            ticking.tick()
    events = [e for e in _of(play.handling(ALONE)) if e.action == Action.REMIND and ":report:2026" in e.payload["key"]]
    assert [(e.on, e.payload["light"], tuple(e.payload["called"])) for e in events] == ROUND
    said = "2026年第四季度还有1项承诺的落实情况没有报告代表；请局长签发落实情况函，附回执（12月31日"
    assert [said in text for text in _told("director") if "落实情况" in text] == [True, True]
    promise = db.session.scalars(select(Promise.id).where(Promise.handling_id == walk.id)).one()
    words = {"promise": str(promise), "document_number": "函90号", "report": "办好了。"}
    walk.do("director", Action.REPORT_PROMISE, **words)
    assert not any(
        call.key.endswith("report:2026")
        for _, _, call in reminding.calls(load_case(db.session(), play.handling(ALONE).suggestion_id))
    )


@pytest.mark.parametrize("day", [date(2026, 2, 15), date(2026, 2, 21)])
def test_nobody_is_called_on_a_day_off(play: Play, day: date) -> None:
    play.go_to(day)
    with clock.pinned(play.moment):
        assert ticking.tick().reminded == 0
