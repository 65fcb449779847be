"""When a hand-over list stands open, goes on with the next change, or ends, without anybody having signed."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from suggestions import clock
from suggestions.domain.actions import Action as A
from suggestions.domain.errors import NotAllowed
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import HandOver, HandOverItem, Person, Post, Unit
from suggestions.models.actors import actor_of
from suggestions.models.hand_over_list import content_of
from suggestions.practice.play import Play
from suggestions.queries.hand_overs.listing import list_page
from suggestions.queries.verification import verify
from suggestions.usecases import hand_overs, office, people
from suggestions.usecases.accounts import Presence
from tests.usecases.walking import BUREAU, USUAL_DAY, Walk
from tests.web.visitor import PASSWORD


@pytest.fixture
def walk(play: Play) -> Walk:
    return Walk(play).until("approved")


def unit() -> Unit:
    return db.session.scalars(select(Unit).where(Unit.name == BUREAU)).one()


def lists() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(HandOver).order_by(HandOver.id))
    return [(row.giver.name, row.taker.name, str(row.stage)) for row in rows]


def name(username: str) -> str:
    return db.session.scalars(select(Person.name).where(Person.username == username)).one()


def give_to(walk: Walk, username: str) -> None:
    walk.do("clerk", A.NAME_HANDLER, handler=walk.person(username), reason="科室分工调整")


def direct(who: str, from_on: date, **more: Any) -> Post:
    return office.appoint(office.create_user(who), Role.DIRECTOR, unit=unit(), from_on=from_on, **more)


def test_a_case_that_goes_back_before_it_was_taken_over_needs_no_list(walk: Walk) -> None:
    first, second = name("handler"), name("handler2")
    give_to(walk, "handler")
    assert lists() == []
    give_to(walk, "handler2")
    assert lists() == [(first, second, "open")]
    give_to(walk, "handler")
    assert lists() == [(first, second, "void")]
    give_to(walk, "handler2")
    assert lists() == [(first, second, "void"), (first, second, "open")]
    assert [row.handling_id for row in db.session.scalars(select(HandOverItem))] == [walk.id]
    assert verify().faults == ()


def test_of_three_directors_the_one_who_never_took_over_hands_on_what_there_is(walk: Walk) -> None:
    old = db.session.scalars(select(Post).join(Post.person).where(Person.username == "director")).one()
    office.end_post(old, to_on=date(2026, 2, 28))
    direct("文向东", date(2026, 3, 1), to_on=date(2026, 3, 10))
    direct("罗小满", date(2026, 3, 11))
    assert lists() == [(old.person.name, "文向东", "void"), ("文向东", "罗小满", "open")]
    found = db.session.scalars(select(HandOver).order_by(HandOver.id.desc())).first()
    assert found is not None
    content = content_of(db.session(), found)
    assert walk.id in {item["handling"] for item in content["items"]}
    assert {opinion["state"] for opinion in content["opinions"]} <= {"invited", "given", "sent_back"}


def test_an_appointment_by_mistake_takes_its_list_along(walk: Walk) -> None:
    old = db.session.scalars(select(Post).join(Post.person).where(Person.username == "director")).one()
    office.end_post(old, to_on=date(2026, 2, 28))
    people.take_back_post(direct("文向东", date(2026, 3, 1)))
    assert lists() == [(old.person.name, "文向东", "void")]


def test_who_takes_over_holds_the_post_on_that_day(walk: Walk) -> None:
    give_to(walk, "handler2")
    with walk.clock():
        found, giver = db.session.scalars(select(HandOver)).one(), walk.play.actor("handler")
        digest = list_page(db.session(), found.id, giver).digest
        presence = Presence(PASSWORD)
        hand_overs.hand_over(found.id, by=giver, digest=digest, presence=presence)
        taker = walk.play.actor("handler2")
        person = db.session.get_one(Person, taker.person_id)
        other_hat = actor_of(office.appoint(person, Role.REVIEWER, unit=unit(), endorsement_kinds=["secrecy"]))
        with pytest.raises(NotAllowed, match="请以区民政局承办人的身份接收"):
            hand_overs.take_over(found.id, by=other_hat, digest=digest, presence=presence)
        post = db.session.get_one(Post, taker.post_id)
        office.end_post(post, to_on=clock.today())
    with clock.pinned(walk.play.moment.replace(day=USUAL_DAY.day + 5)), pytest.raises(NotAllowed):
        hand_overs.take_over(found.id, by=taker, digest=digest, presence=presence)
    assert verify().faults == ()
