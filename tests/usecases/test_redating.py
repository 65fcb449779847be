"""Holidays are announced: what was counted by weekends alone is counted anew, and the people concerned are told."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from suggestions.domain.actions import Action
from suggestions.domain.errors import NotAllowed
from suggestions.domain.holidays import read_notice
from suggestions.extensions import db
from suggestions.models import CalendarDay, Event, Handling, Notice, Person, Setting
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.queries.counts import scope_of
from suggestions.queries.urging_register import register
from suggestions.queries.verification import verify
from suggestions.usecases import office, redating, ticking
from tests.usecases.walking import Walk

NEW_YEAR = read_notice("2027年部分节假日安排\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。")
MAKE_UP = read_notice(
    "2027年部分节假日安排\n一、元旦：1月1日（周五）至5日（周二）放假调休，共5天。1月9日（周六）上班。"
)


@pytest.fixture
def walk(app: Flask, play: Play) -> Walk:
    """A reply that went out just before the turn of the year, to be rated in January."""
    return Walk(Play(date(2026, 12, 29))).until("dispatched")


def _redatings() -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.action == Action.REDATE)))


def test_a_term_over_the_turn_of_the_year_moves_with_an_event_and_a_message(walk: Walk) -> None:
    was = walk.play.handling(walk.number).rating_due_on
    version, told = walk.version(), db.session.scalar(select(func.count()).select_from(Notice))
    assert was is not None
    assert was.year == 2027
    assert redating.would_move(NEW_YEAR) == 1
    with walk.clock():
        office.announce_holidays(NEW_YEAR, by=walk.play.actor("sysadmin"))
        assert ticking.redate_owed() == 1
        assert ticking.redate_owed() == 0
    now = walk.play.handling(walk.number).rating_due_on
    assert now is not None
    assert (now - was).days in range(1, 4)
    event = _redatings()[-1]
    assert event.payload["changes"] == [{"what": "评价期限", "was": was.isoformat(), "now": now.isoformat()}]
    assert walk.version() == version
    of_event = (Notice.chain == event.chain) & (Notice.seq == event.seq)
    people = db.session.scalars(select(Person.username).join(Notice, Notice.person_id == Person.id).where(of_event))
    assert {*people} >= {"director", "handler", "邓小红", "supervisor"}
    assert (db.session.scalar(select(func.count()).select_from(Notice)) or 0) > (told or 0)
    assert verify().faults == ()


def test_a_notice_that_is_corrected_counts_anew_again(walk: Walk) -> None:
    sysadmin = walk.play.actor("sysadmin")
    with walk.clock():
        office.announce_holidays(NEW_YEAR, by=sysadmin)
        ticking.tick()
        office.announce_holidays(MAKE_UP, by=sysadmin)
        assert ticking.tick().redated == 1
    assert len(_redatings()) == 2
    held = db.session.scalars(select(CalendarDay).where(CalendarDay.on >= date(2027, 1, 1))).all()
    assert [(day.on.day, day.is_workday) for day in held] == [
        (1, False),
        (2, False),
        (3, False),
        (4, False),
        (5, False),
        (9, True),
    ]


def test_what_ended_before_the_year_stays_and_so_does_the_record(walk: Walk) -> None:
    reply_due = db.session.scalars(select(Handling.reply_due_on).order_by(Handling.id)).all()
    with walk.clock():
        office.announce_holidays(NEW_YEAR, by=walk.play.actor("sysadmin"))
        ticking.tick()
    assert db.session.scalars(select(Handling.reply_due_on).order_by(Handling.id)).all() == reply_due
    assert {event.handling_id for event in _redatings()} == {walk.id}


def test_the_answer_to_a_lamp_moves_and_a_day_that_somebody_named_does_not(app: Flask, play: Play) -> None:
    """Lit on Tuesday 29 December: three working days are 1 January, and with the holidays Monday the 4th."""
    walk = Walk(Play(date(2026, 12, 29))).until("approved")
    walk.do(walk.lead, Action.LIGHT_UP, demand="窗口什么时候加？")
    walk.do("supervisor", Action.SUPERVISE, demand="抓紧", answer_due_on="2027-01-01")

    def days() -> list[date | None]:
        story = load_case(db.session(), walk.play.handling(walk.number).suggestion_id).story(walk.id)
        return [urging.due_on for urging in story.urgings(Action.LIGHT_UP, Action.SUPERVISE)]

    assert days() == [date(2027, 1, 1), date(2027, 1, 1)]
    with walk.clock():
        office.announce_holidays(NEW_YEAR, by=walk.play.actor("sysadmin"))
        assert ticking.redate_owed() == 1
        assert ticking.redate_owed() == 0
    assert days() == [date(2027, 1, 4), date(2027, 1, 1)]
    (event,) = _redatings()
    assert {"what": "回应亮灯期限", "was": "2027-01-01", "now": "2027-01-04"} in event.payload["changes"]
    scope = scope_of(db.session(), walk.play.actor("supervisor"))
    lines = register(db.session(), walk.play.actor("supervisor"), scope, "deputy", today=date(2027, 1, 4)).lines
    assert [line.due_text for line in lines] == ["1月4日前回话"]
    assert verify().faults == ()


def test_an_owed_countersignature_moves_and_has_no_day_once_it_is_given(app: Flask, play: Play) -> None:
    walk = Walk(Play(date(2026, 12, 28))).until("worked")
    walk.written()
    co = walk.co_handlings()[0]
    was = co.red_after
    assert was is not None
    assert was.year == 2027
    with walk.clock():
        office.announce_holidays(NEW_YEAR, by=walk.play.actor("sysadmin"))
        assert ticking.redate_owed() == 1
        assert ticking.redate_owed() == 0
    db.session.expire_all()
    now = walk.co_handlings()[0].red_after
    assert now == was + timedelta(days=1)
    change = {"what": f"{co.unit.name}协办会签期限", "was": was.isoformat(), "now": now.isoformat()}
    assert change in _redatings()[-1].payload["changes"]
    walk.answer(co, f"handler@{co.unit.name}", Action.COUNTERSIGN)
    db.session.expire_all()
    assert walk.co_handlings()[0].red_after is None


def test_the_debt_is_forgotten_only_when_every_process_must_know(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    with walk.clock():
        office.announce_holidays(NEW_YEAR, by=walk.play.actor("sysadmin"))
        ticking.tick()
        assert db.session.get(Setting, redating.OWED) is not None
        monkeypatch.setattr(redating, "SECONDS_KEPT", -1)
        ticking.tick()
        assert db.session.get(Setting, redating.OWED) is None


@pytest.mark.parametrize("who", ["secadmin", "auditor", "supervisor", "director"])
def test_nobody_else_changes_the_calendar(walk: Walk, who: str) -> None:
    with walk.clock(), pytest.raises(NotAllowed):
        office.announce_holidays(NEW_YEAR, by=walk.play.actor(who))
    assert (
        db.session.scalar(select(func.count()).select_from(CalendarDay).where(CalendarDay.on > date(2026, 12, 31))) == 0
    )
