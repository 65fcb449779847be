"""The five personal steps: refused in every wrong way, bound to content, proved anew, for the post's holder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow, Stale
from suggestions.domain.lifecycle import TABLES, Binding
from suggestions.domain.states import HandlingState, Role
from suggestions.extensions import db
from suggestions.models import LoginAttempt, Post, Unit
from suggestions.practice.play import Play
from suggestions.usecases import office
from suggestions.usecases.accounts import ATTEMPTS_ALLOWED, LOCKED_FOR, Locked, WrongProof
from tests.conftest import HOUSE, TEMPLATES
from tests.databases import Databases
from tests.usecases.walking import BUREAU, Walk, count, counted
from tests.web.visitor import PASSWORD

CO_DIRECTOR, FOREIGN_DIRECTOR = "director@区住房城乡建委", "director@区教委"


@dataclass(frozen=True)
class Personal:
    """One of the five: how far the case must have come, and the words of a sound form."""

    action: A
    after: str
    words: Callable[[Walk], dict[str, Any]]
    binds: Binding
    becomes: HandlingState


FIVE = (
    Personal(
        A.READ_ORIGINAL,
        "received",
        lambda walk: {"remark": "先办。", "handler": walk.person("handler")},
        Binding.ORIGINAL,
        HandlingState.PLANNING,
    ),
    Personal(A.APPROVE_PLAN, "planned", lambda _: {"remark": "我去谈。"}, Binding.PLAN, HandlingState.IN_PROGRESS),
    Personal(
        A.URGE,
        "approved",
        lambda walk: {"form": "hear", "remark": "没动", "demand": "快办", "answer_due_on": walk.today.isoformat()},
        Binding.RECORD,
        HandlingState.IN_PROGRESS,
    ),
    Personal(A.SIGN_REPLY, "submitted", lambda _: {"remark": "属实，发。"}, Binding.REPLY, HandlingState.SIGNED),
    Personal(
        A.COORDINATE,
        "approved",
        lambda _: {"with_whom": "住建委", "remark": "定了用房"},
        Binding.RECORD,
        HandlingState.IN_PROGRESS,
    ),
)


@pytest.fixture(params=FIVE, ids=[personal.action.value for personal in FIVE])
def personal(request: pytest.FixtureRequest) -> Personal:
    found = request.param
    assert isinstance(found, Personal)
    return found


@pytest.fixture
def walk(play: Play) -> Walk:
    return Walk(play)


def arrive(stage: str) -> Walk:
    """The case of these tests, gone to a stage."""
    walk = Walk(Play(date(2026, 2, 10))).until(stage)
    if stage == "received":
        walk.opened()
    return walk


for _stage in {each.after for each in FIVE}:
    TEMPLATES[f"personal_{_stage}"] = (HOUSE, partial(arrive, _stage))


@pytest.fixture
def ready(databases: Databases, personal: Personal, tmp_path: Path) -> Iterator[Walk]:
    for app in databases.copy(f"personal_{personal.after}", tmp_path / "files"):
        with app.app_context():
            walk = Walk(Play(date(2026, 2, 10)))
            walk.play.moment += timedelta(hours=8)
            yield walk
            db.session.rollback()


def test_the_five_are_all_there_are() -> None:
    personal = {step.action: step.binds for table in TABLES.values() for step in table if step.personal}
    assert personal == {each.action: each.binds for each in FIVE}


def test_a_personal_step_is_refused_to_everybody_else_and_leaves_nothing(ready: Walk, personal: Personal) -> None:
    words, seen, before = personal.words(ready), ready.seen(personal.action), ready.snapshot()
    for who, refusal in (
        (FOREIGN_DIRECTOR, Missing),
        (CO_DIRECTOR, NotAllowed),
        ("handler", NotAllowed),
        ("handler2", NotAllowed),
        ("reviewer", NotAllowed),
        ("clerk", NotAllowed),
        ("supervisor", NotAllowed),
        ("inspector", NotAllowed),
        ("auditor", NotAllowed),
        (ready.lead, NotAllowed),
        ("deputy3", Missing),
        ("sysadmin", Missing),
        ("secadmin", Missing),
    ):
        with pytest.raises(refusal):
            ready.knock(personal.action, words, who=who, content_hash=seen)
        assert ready.snapshot() == before, who


def test_a_personal_step_is_refused_without_proof_and_with_other_content(ready: Walk, personal: Personal) -> None:
    words, seen, before = personal.words(ready), ready.seen(personal.action), ready.snapshot()
    attempts = count(LoginAttempt)
    for password in (None, "", "wrong"):
        with pytest.raises(WrongProof) as proof:
            ready.knock(personal.action, words, password=password, content_hash=seen)
        assert proof.value.status == 422
        assert set(proof.value.faults) == {"password"}
    for content_hash in (None, "", "f" * 64):
        with pytest.raises(Stale, match="内容变了"):
            ready.knock(personal.action, words, content_hash=content_hash)
    for remark in ("", "  \n", None):
        with pytest.raises(Invalid) as empty:
            ready.knock(personal.action, {**words, "remark": remark}, content_hash=seen)
        assert set(empty.value.faults) == {"remark"}
    with pytest.raises(Stale, match="有人先办了一步"):
        ready.knock(personal.action, words, version=ready.version() - 1, content_hash=seen)
    assert ready.snapshot() == before
    assert count(LoginAttempt) == attempts + 1
    ready.knock(personal.action, words, version=ready.version(), content_hash=seen)
    found = ready.facts("director").story.last(personal.action)
    assert found is not None
    assert (found.proof, found.content_hash, found.actor_name) == ("password", seen, "沈怀远")
    assert ready.snapshot().handling[0] is personal.becomes


def test_five_wrong_proofs_lock_the_account_for_fifteen_minutes(ready: Walk, personal: Personal) -> None:
    words, seen, before = personal.words(ready), ready.seen(personal.action), ready.snapshot()
    for _ in range(ATTEMPTS_ALLOWED):
        with pytest.raises(WrongProof):
            ready.knock(personal.action, words, password="wrong", content_hash=seen)
    with pytest.raises(Locked) as locked:
        ready.knock(personal.action, words, content_hash=seen)
    assert locked.value.status == 429
    assert ready.snapshot() == before
    assert count(LoginAttempt) == ATTEMPTS_ALLOWED
    ready.play.moment += LOCKED_FOR + timedelta(seconds=1)
    ready.knock(personal.action, words, content_hash=seen)
    assert ready.snapshot().handling[0] is personal.becomes


@pytest.mark.parametrize(
    ("action", "after", "change"),
    [
        (A.APPROVE_PLAN, "planned", lambda walk: (walk.do("handler", A.RECALL_PLAN), walk.replanned("改过的难点"))),
        (
            A.SIGN_REPLY,
            "submitted",
            lambda walk: (walk.do("handler", A.RECALL_REPLY), walk.drafted("再次感谢。"), walk.submitted()),
        ),
        (
            A.URGE,
            "approved",
            lambda walk: walk.do("clerk", A.NAME_HANDLER, handler=walk.person("handler2"), reason="调整"),
        ),
        (
            A.COORDINATE,
            "approved",
            lambda walk: walk.do("clerk", A.NAME_HANDLER, handler=walk.person("handler2"), reason="调整"),
        ),
    ],
)
def test_content_that_changed_meanwhile_is_not_signed(
    walk: Walk, action: A, after: str, change: Callable[[Walk], object]
) -> None:
    walk.until(after)
    seen = walk.seen(action)
    words = next(each.words(walk) for each in FIVE if each.action is action)
    change(walk)
    before = walk.snapshot()
    with pytest.raises(Stale, match="内容变了"):
        walk.knock(action, words, content_hash=seen)
    assert walk.snapshot() == before
    walk.knock(action, words, content_hash=walk.seen(action))


def test_every_personal_step_is_one_commit_of_few_statements(ready: Walk, personal: Personal) -> None:
    words, seen, director = personal.words(ready), ready.seen(personal.action), ready.play.actor("director")
    handling_id = ready.id
    db.session.rollback()
    with counted() as asked:
        ready.knock(personal.action, words, by=director, content_hash=seen)
    assert handling_id == ready.id
    assert asked["commits"] == 1
    assert asked["statements"] <= 35


def test_a_director_who_left_takes_no_personal_step_and_the_next_one_reads_first(walk: Walk) -> None:
    walk.until("submitted")
    old = walk.play.actor("director")
    seen = walk.seen(A.SIGN_REPLY)
    successor(walk)
    walk.play.go_to(date(2026, 2, 24))
    before = walk.snapshot()
    with pytest.raises((NotAllowed, Missing)):
        walk.knock(A.SIGN_REPLY, {"remark": "发。"}, by=old, content_hash=seen)
    assert walk.snapshot() == before
    with pytest.raises(NotNow) as lacking:
        walk.knock(A.SIGN_REPLY, {"remark": "发。"}, who="successor", content_hash=seen)
    assert lacking.value.missing == ("还差：您本人还没有阅看原件。",)
    sha256 = walk.facts("successor").of_suggestion.files[0].sha256
    walk.do("successor", A.OPEN_ORIGINAL, sha256=sha256)
    walk.do("successor", A.READ_ORIGINAL, remark="接着办。")
    assert walk.snapshot().handling[0] is HandlingState.SIGNING
    walk.knock(A.SIGN_REPLY, {"remark": "发。"}, who="successor", content_hash=seen)
    signed = walk.facts("successor").story.last(A.SIGN_REPLY)
    assert signed is not None
    assert signed.actor_name == "文向东"


def test_a_post_that_has_not_begun_opens_no_door(walk: Walk) -> None:
    walk.until("approved")
    seen = walk.seen(A.URGE)
    successor(walk)
    words = next(each.words(walk) for each in FIVE if each.action is A.URGE)
    before = walk.snapshot()
    with pytest.raises(NotAllowed):
        walk.knock(A.URGE, words, who="successor", content_hash=seen)
    assert walk.snapshot() == before


def successor(walk: Walk) -> None:
    """From 24 February another person is the director."""
    post = db.session.get_one(Post, walk.play.actor("director").post_id)
    with walk.clock():
        office.end_post(post, to_on=date(2026, 2, 23))
        person = office.create_user("文向东", username="successor", password=PASSWORD)
        office.appoint(person, Role.DIRECTOR, unit=bureau(), title="局长", from_on=date(2026, 2, 24))


def bureau() -> Unit:
    return db.session.query(Unit).filter_by(name=BUREAU).one()


def test_two_directors_on_one_day_are_refused(walk: Walk) -> None:
    with walk.clock():
        person = office.create_user("文向东", username="successor", password=PASSWORD)
        second: dict[str, Any] = {"unit": bureau(), "title": "局长"}
        for from_on, to_on in (
            (date(2026, 3, 1), None),
            (date(2026, 3, 1), date(2026, 3, 1)),
            (date(2025, 1, 1), None),
        ):
            with pytest.raises(Invalid, match="同一天不能有两位"):
                office.appoint(person, Role.DIRECTOR, from_on=from_on, to_on=to_on, **second)
        office.appoint(person, Role.DIRECTOR, from_on=date(2025, 1, 1), to_on=date(2025, 12, 31), **second)
        post = db.session.get_one(Post, walk.play.actor("director").post_id)
        office.end_post(post, to_on=date(2026, 2, 28))
        with pytest.raises(Invalid, match="同一天不能有两位"):
            office.appoint(person, Role.DIRECTOR, from_on=date(2026, 2, 28), **second)
        office.appoint(person, Role.DIRECTOR, from_on=date(2026, 3, 1), **second)


def test_an_administrator_holds_nothing_else(walk: Walk) -> None:
    admin = db.session.get_one(Post, walk.play.actor("sysadmin").post_id).person
    clerk = db.session.get_one(Post, walk.play.actor("clerk").post_id).person
    with walk.clock():
        with pytest.raises(Invalid, match="不能再任别的职务"):
            office.appoint(admin, Role.CLERK, unit=bureau())
        with pytest.raises(Invalid, match="不能兼任"):
            office.appoint(clerk, Role.AUDITOR)
        with pytest.raises(Invalid, match="要属于一个承办单位"):
            office.appoint(clerk, Role.HANDLER)
