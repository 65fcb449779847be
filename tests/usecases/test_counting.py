"""The counters: kept in the transaction of every step, equal to a recount whatever people do, and mended by one."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from suggestions import database
from suggestions.domain.actions import Action as A
from suggestions.domain.counting import Kind, Reached, Row, Said, row_of
from suggestions.domain.errors import DomainError
from suggestions.domain.facts import SYSTEM
from suggestions.domain.states import HandlingState as S
from suggestions.extensions import db
from suggestions.models import Event, Handling, Promise, Standing, Suggestion, Tally, Unit
from suggestions.models.counting import counted_handlings
from suggestions.practice.play import Play
from suggestions.usecases import record
from suggestions.usecases.recounting import is_never_counted, recount, verify_counts
from suggestions.usecases.transaction import use_case
from tests.usecases.test_suggestion import step
from tests.usecases.test_withdrawal import case_id
from tests.usecases.walking import Walk, counted

ANSWERED = (S.REPLIED, S.RATED, S.CONTESTED, S.FOLLOW_UP, S.CLOSED)


def rows(play: Play, number: str, kind: Kind) -> list[Row]:
    query = select(Standing.shape).join(Suggestion).where(Suggestion.number == number, Standing.kind == kind)
    return [row_of(shape) for shape in db.session.scalars(query.order_by(Standing.round))]


def row(play: Play, number: str = "010", kind: Kind = Kind.HANDLING) -> Row:
    (found,) = rows(play, number, kind)
    return found


def test_the_counters_agree_with_the_handlings_themselves(played: Flask) -> None:
    with played.app_context():
        answered = select(func.count()).select_from(Handling).where(counted_handlings(), Handling.state.in_(ANSWERED))
        everything = select(func.count()).select_from(Handling).where(counted_handlings())
        cells = db.session.execute(
            select(Tally.shape, Tally.times).where(Tally.dim == "all", Tally.year == 2026, Tally.times > 0)
        ).all()
        held = [(row_of(shape), times) for shape, times in cells]
        now = [(row, times) for row, times in held if row.kind is Kind.HANDLING and row.is_latest]
        assert sum(times for _, times in now) == db.session.scalar(everything)
        replied = sum(times for row, times in now if row.reached in (Reached.REPLIED, Reached.CLOSED))
        assert replied == db.session.scalar(answered) != 0
        promises = sum(times for row, times in held if row.kind is Kind.PROMISE)
        kept = select(func.count()).select_from(Promise).join(Handling).where(counted_handlings())
        assert promises == db.session.scalar(kept) != 0
        assert verify_counts().faults == ()


def test_a_straight_life_is_counted_step_by_step(app: Flask, play: Play) -> None:
    walk = Walk(play)
    begun = row(play)
    assert (begun.reached, begun.due_on) == (Reached.OPEN, play.handling("010").reply_due_on)
    walk.until("worked")
    assert row(play).contacts == "dml"
    assert row(play).is_received
    walk.until("dispatched")
    sent = row(play)
    assert (sent.reached, sent.is_on_time, sent.result_class, sent.due_on) == (Reached.REPLIED, True, "A", None)
    assert sent.is_publishable
    assert not sent.is_published
    assert sent.said is Said.WAITING
    walk.until("rated")
    assert (row(play).said, row(play).shown) == (Said.SATISFIED, Said.SEALED)
    walk.until("followed")
    assert row(play).shown is Said.SATISFIED
    walk.until("closed")
    assert row(play).reached is Reached.CLOSED
    assert row(play, kind=Kind.SUGGESTION).reached is Reached.CLOSED
    assert verify_counts().faults == ()


def test_what_is_handled_anew_keeps_what_its_first_round_came_to(app: Flask, play: Play) -> None:
    walk = Walk(play).until("dispatched")
    walk.rated("dissatisfied", "只换了牌子。")
    walk.do(walk.lead, A.OPEN_RATING)
    assert len(rows(play, "010", Kind.HANDLING)) == 1
    walk.do("supervisor", A.ORDER_REDO, reason="重办")
    for kind in (Kind.HANDLING, Kind.SUGGESTION):
        first, now = rows(play, "010", kind)
        assert (first.is_first, first.is_latest, first.is_redone) == (True, False, True)
        assert (first.reached, first.said, first.shown) == (Reached.REPLIED, Said.DISSATISFIED, Said.DISSATISFIED)
        assert (first.is_on_time, first.result_class) == (True, "A")
        assert (now.is_first, now.is_latest, now.reached) == (False, True, Reached.OPEN)
        assert now.due_on == play.handling("010").reply_due_on
        assert (now.said, now.verdict, now.veiled.verdict) == (Said.WAITING, Said.DISSATISFIED, Said.DISSATISFIED)
    assert verify_counts().faults == ()


def test_what_the_deputy_takes_back_is_not_counted_and_its_rating_is(app: Flask, play: Play) -> None:
    rated, begun = Walk(play).until("rated"), Walk(play, number="014", lead="蒋玉梅").until("received")
    talk = {"talked_on": "2026-02-10", "people": "周敏", "said": "自愿撤回"}
    step(play, case_id(rated), "supervisor", A.TALK_ALONE, **talk)
    for walk in (rated, begun):
        step(play, case_id(walk), walk.lead, A.WITHDRAW, reason="不必再办")
    found = row(play)
    assert (found.reached, found.said) == (Reached.ENDED, Said.SATISFIED)
    assert row(play, kind=Kind.SUGGESTION).reached is Reached.ENDED
    assert rows(play, "014", Kind.HANDLING) == rows(play, "014", Kind.SUGGESTION) == []
    assert verify_counts().faults == ()


def test_what_another_unit_takes_over_is_counted_there_alone(app: Flask, play: Play) -> None:
    walk = Walk(play).until("received")
    unit = db.session.scalars(select(Unit.id).where(Unit.name == "区教委")).one()
    walk.do("supervisor", A.REASSIGN, unit=str(unit), reason="职责不在民政")
    query = select(Standing.unit_id).join(Suggestion).where(Suggestion.number == "010", Standing.kind == Kind.HANDLING)
    assert db.session.scalars(query).all() == [unit]
    assert len(rows(play, "010", Kind.SUGGESTION)) == 1
    assert verify_counts().faults == ()


def test_a_contact_that_the_deputy_denies_counts_no_more(app: Flask, play: Play) -> None:
    walk = Walk(play).until("worked")
    contact = db.session.scalars(select(Event.seq).where(Event.action == A.RECORD_CONTACT)).one()
    walk.do(walk.lead, A.DENY_CONTACT, contact=str(contact), reason="没有来过")
    assert row(play).contacts == ""
    assert play.handling(walk.number).contacted_on is None


def test_a_refused_step_and_a_repeated_one_count_nothing(app: Flask, play: Play) -> None:
    walk = Walk(play).until("received")
    before = tallies()
    with pytest.raises(DomainError):
        walk.do("handler", A.SUBMIT_REPLY)
    assert tallies() == before
    words = {"form": "phone", "contacted_on": "2026-02-10", "rank": "staff", "people": "韩冬梅"}
    for _ in range(2):
        walk.knock(A.RECORD_CONTACT, words, who="handler", key="once")
    assert row(play).contacts == "b"
    assert verify_counts().faults == ()


def test_a_step_of_which_nothing_came_leaves_nothing_to_count(app: Flask, play: Play) -> None:
    before = tallies()

    @use_case
    def fails() -> None:
        record.add_to_case(play.suggestion("010"), record.Entry("suggestion", "comment", SYSTEM, {}))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert tallies() == before
    assert verify_counts().faults == ()


def test_every_counter_that_was_meddled_with_is_named_and_mended(app: Flask, play: Play) -> None:
    Walk(play).until("dispatched")
    right = tallies()
    with database.writing():
        wrong = db.session.scalars(select(Tally).where(Tally.times > 0)).first()
        assert wrong is not None
        wrong.times += 1
        db.session.delete(db.session.scalars(select(Standing).order_by(Standing.id)).all()[-1])
        db.session.commit()
    assert len(verify_counts().faults) >= 2
    assert recount() > 0
    assert verify_counts().faults == ()
    assert tallies() == right


def test_a_house_that_never_counted_says_so_and_counts(app: Flask, play: Play) -> None:
    assert not is_never_counted()
    right = tallies()
    with database.writing():
        db.session.execute(delete(Standing))
        db.session.execute(delete(Tally))
        db.session.commit()
    assert is_never_counted()
    answer = app.test_cli_runner().invoke(args=["recount"])
    assert answer.exit_code == 1
    assert "重新数过" in app.test_cli_runner().invoke(args=["recount", "--when-new"]).output
    assert app.test_cli_runner().invoke(args=["recount", "--when-new"]).output == ""
    assert "全部相符" in app.test_cli_runner().invoke(args=["recount"]).output
    assert tallies() == right


def test_counting_takes_as_many_statements_however_long_the_story_is(app: Flask, play: Play) -> None:
    walk = Walk(play).until("worked")
    found = []
    for _ in range(4):
        with counted() as asked:
            walk.do("handler", A.RECORD_PROGRESS, progress="又办了一步。")
        found.append(asked["statements"])
    assert len(set(found[1:])) == 1


def test_days_waited_are_counted_from_the_end_of_the_stage_before(play: Play) -> None:
    walk = Walk(play)
    play.go_to(date(2026, 2, 12))
    walk.until("received")
    play.go_to(date(2026, 2, 24))
    walk.until("read")
    marks = db.session.scalars(
        select(Standing.marks).join(Suggestion).where(Suggestion.number == "010", Standing.kind == Kind.HANDLING)
    ).one()
    assert {mark for mark in marks.split(" ") if mark.startswith("wait:")} == {"wait:receive.3", "wait:read.12"}


def tallies() -> dict[tuple[int, str, str, str], int]:
    db.session.rollback()
    db.session.expire_all()
    found = db.session.scalars(select(Tally).where(Tally.times != 0))
    return {(t.year, t.dim, t.key, t.shape): t.times for t in found}
