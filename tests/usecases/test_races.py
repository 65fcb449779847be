"""Many at once: one winner, nothing lost, nothing twice; on real threads, each with a session of its own."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions import clock
from suggestions.domain.actions import Action as A
from suggestions.domain.errors import DomainError, Invalid, Stale
from suggestions.domain.facts import Actor
from suggestions.domain.states import HandlingState, Life, Role
from suggestions.extensions import db
from suggestions.models import Event, Person, Post, Promise, Suggestion
from suggestions.models.event import OFFICE
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import importing, intake, office
from suggestions.usecases.step import take
from tests.conftest import practice_originals, practice_workbook
from tests.usecases.walking import Walk, count

pytestmark = pytest.mark.whole_handover
THREADS = 8
T = TypeVar("T")


@pytest.fixture
def walk(play: Play) -> Walk:
    return Walk(play, "004", "deputy")


def at_once(app: Flask, walk: Walk, work: Callable[[int], T], threads: int = THREADS) -> list[T | DomainError]:
    """Do a thing in so many threads that begin together; what came of each, refusals included."""
    db.session.rollback()
    barrier = Barrier(threads)

    def run(number: int) -> T | DomainError:
        with app.app_context(), clock.pinned(walk.play.moment):
            barrier.wait(timeout=30)
            try:
                return work(number)
            except DomainError as refusal:
                return refusal

    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(run, range(threads)))
    db.session.expire_all()
    return found


def kinds(found: list[Any]) -> Counter[str]:
    return Counter(type(each).__name__ for each in found)


def test_of_eight_who_receive_one_does(app: Flask, walk: Walk) -> None:
    people = [walk.play.actor(name) for name in ("clerk", "handler", "handler2")]
    id, version, before = walk.id, walk.version(), count(Event)
    found = at_once(app, walk, lambda n: take(Life.HANDLING, A.RECEIVE, id, by=people[n % 3], version=version))
    assert kinds(found) == {"Taken": 1, "Stale": THREADS - 1}, "whoever was slower is told who acted"
    assert (walk.version(), count(Event)) == (version + 1, before + 1)
    assert verify().faults == ()


def test_of_eight_who_change_the_same_version_one_does(app: Flask, walk: Walk) -> None:
    walk.until("read")
    clerk, id, version, before = walk.play.actor("clerk"), walk.id, walk.version(), count(Event)
    words = {"handler": walk.person("handler2"), "reason": "分工调整"}
    found = at_once(
        app, walk, lambda _: take(Life.HANDLING, A.NAME_HANDLER, id, by=clerk, words=words, version=version)
    )
    assert kinds(found) == {"Taken": 1, "Stale": THREADS - 1}
    assert (walk.version(), count(Event)) == (version + 1, before + 1)
    assert all(each.changes for each in found if isinstance(each, Stale))


def test_a_director_signs_once(app: Flask, walk: Walk) -> None:
    walk.until("submitted")
    seen, before = walk.seen(A.SIGN_REPLY), count(Event)
    found = at_once(app, walk, lambda _: walk.knock(A.SIGN_REPLY, {"remark": "发。"}, content_hash=seen), 4)
    assert kinds(found) == {"Taken": 1, "NotNow": 3}
    assert count(Event) == before + 1
    assert walk.snapshot().handling[0] is HandlingState.SIGNED


def test_a_double_click_is_one_event_with_the_same_answer(app: Flask, walk: Walk) -> None:
    id, clerk, before = walk.id, walk.play.actor("clerk"), count(Event)
    found = at_once(app, walk, lambda _: take(Life.HANDLING, A.RECEIVE, id, by=clerk, key="one-form"))
    assert kinds(found) == {"Taken": THREADS}
    assert len(set(found)) == 1
    assert count(Event) == before + 1


def test_a_double_click_on_a_new_suggestion_is_one_suggestion(app: Flask, walk: Walk) -> None:
    deputy, before = walk.play.actor("deputy"), count(Suggestion)
    words = {"title": "关于加装电梯的建议", "content": "为此，建议：一、加装电梯。"}
    found = at_once(app, walk, lambda _: intake.draft(by=deputy, words=words, key="one-form"))
    assert kinds(found) == {"int": THREADS}
    assert len(set(found)) == 1
    assert count(Suggestion) == before + 1


def test_nothing_is_lost_among_eight_who_write_ten_comments_each(app: Flask, walk: Walk) -> None:
    walk.until("read")
    people: list[Actor] = [walk.play.actor(name) for name in ("clerk", "handler", "handler2", "reviewer")]
    id, suggestion_id = walk.id, walk.play.suggestion(walk.number).id
    first = walk.play.suggestion(walk.number).chain_seq

    def write(number: int) -> int:
        for at in range(10):
            take(Life.HANDLING, A.COMMENT, id, by=people[number % 4], words={"comment": f"{number}-{at}"})
            db.session.remove()
        return number

    assert kinds(at_once(app, walk, write)) == {"int": THREADS}
    events = db.session.scalars(
        select(Event).where(Event.suggestion_id == suggestion_id, Event.seq > first).order_by(Event.seq)
    ).all()
    assert [event.seq for event in events] == list(range(first + 1, first + 81))
    assert {event.payload["comment"] for event in events} == {f"{n}-{at}" for n in range(8) for at in range(10)}
    assert walk.play.suggestion(walk.number).chain_seq == first + 80
    assert verify().faults == ()


def test_promises_made_at_once_have_numbers_of_their_own(app: Flask, walk: Walk) -> None:
    walk.until("approved")
    id, handler = walk.id, walk.play.actor("handler")
    words = {"request_no": "1", "measure": "建成", "owner": "韩冬梅", "due_on": "2026-06-30", "evidence": "照片"}
    found = at_once(
        app,
        walk,
        lambda n: take(Life.HANDLING, A.ADD_PROMISE, id, by=handler, words={**words, "sentence": f"将办{n}。"}),
    )
    assert kinds(found) == {"Taken": THREADS}
    numbers = db.session.scalars(select(Promise.number).where(Promise.handling_id == id)).all()
    assert sorted(numbers) == list(range(1, THREADS + 1))


def test_two_letters_never_bear_one_number(app: Flask, walk: Walk) -> None:
    others = [walk.until("signed"), Walk(walk.play, "009", "deputy2").until("signed")]
    others.append(Walk(walk.play, "014", "蒋玉梅").until("signed"))
    words = {"document_number": "云山民政函〔2026〕9号", "delivery": "in_person", "has_receipt_form": "1"}
    ids, clerk = [each.id for each in others], walk.play.actor("clerk")
    found = at_once(app, walk, lambda n: take(Life.HANDLING, A.DISPATCH, ids[n], by=clerk, words=words), 3)
    assert kinds(found)["Taken"] == 1
    assert {each.status for each in found if isinstance(each, DomainError)} <= {Invalid.status, Stale.status}
    assert verify().faults == ()


def test_of_four_appointed_at_once_one_is_the_director(app: Flask, walk: Walk) -> None:
    with walk.clock():
        unit = office.register_unit("区新设局")
        people = [office.create_user(f"新人{n}").id for n in range(4)]
    unit_id = unit.id

    def appoint(number: int) -> int:
        person, where = db.session.get_one(Person, people[number]), db.session.get_one(type(unit), unit_id)
        return office.appoint(person, Role.DIRECTOR, unit=where, from_on=date(2026, 3, 1)).id

    found = at_once(app, walk, appoint, 4)
    assert kinds(found) == {"int": 1, "Invalid": 3}
    assert len(db.session.scalars(select(Post).where(Post.unit_id == unit_id)).all()) == 1


def test_the_office_chain_loses_nothing(app: Flask, walk: Walk) -> None:
    before = len(db.session.scalars(select(Event.seq).where(Event.chain == OFFICE)).all())
    at_once(app, walk, lambda n: [office.create_user(f"{n}-{at}").id for at in range(5)])
    seqs = db.session.scalars(select(Event.seq).where(Event.chain == OFFICE).order_by(Event.seq)).all()
    assert list(seqs) == list(range(1, before + 5 * THREADS + 1))
    assert verify().faults == ()


@pytest.mark.usefixtures("papers_are_read_once")
def test_a_handover_imported_by_two_at_once_is_imported_once(empty_app: Flask) -> None:
    with empty_app.app_context():
        walk = Walk(Play(date(2026, 2, 9)))
        with walk.clock():
            for name in ("区民政局", "区财政局"):
                office.register_unit(name)
            office.appoint(office.create_user("周敏", username="supervisor"), Role.SUPERVISOR)
        by = walk.play.actor("supervisor")
        workbook, originals = practice_workbook(), practice_originals()
        found = at_once(
            empty_app,
            walk,
            lambda _: importing.import_handover(workbook, originals, by=by, is_skipping_errors=True),
            2,
        )
        assert kinds(found) in ({"Imported": 2}, {"Imported": 1, "Stale": 1}), found
        # 004, 009, 014 and 019 have no co-unit, 003 and others name units that are not registered here.
        found_numbers = db.session.scalars(select(Suggestion.number).order_by(Suggestion.number)).all()
        assert list(found_numbers) == ["004", "009", "014", "019"]
        assert verify().faults == ()
