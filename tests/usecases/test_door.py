"""The one door: its checks in their order, the slower of two told, a repeated form one event, one commit a step."""

from datetime import date
from typing import Any

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow, Stale
from suggestions.domain.states import HandlingState, Life
from suggestions.extensions import db
from suggestions.practice.play import Play
from suggestions.usecases.accounts import WrongProof
from suggestions.usecases.step import take_as_system
from tests.usecases.walking import Walk, counted
from tests.web.visitor import PASSWORD

CO_DIRECTOR, FOREIGN_DIRECTOR = "director@区住房城乡建委", "director@区教委"


@pytest.fixture
def walk(play: Play) -> Walk:
    return Walk(play)


def test_the_order_of_the_checks(walk: Walk) -> None:
    words = {"remark": "先办。", "handler": walk.person("handler")}
    read: dict[str, Any] = {"version": 99, "content_hash": "f" * 64, "password": None}
    before = walk.snapshot()
    with pytest.raises(Missing):
        walk.knock(A.READ_ORIGINAL, {}, who=FOREIGN_DIRECTOR, **read)
    with pytest.raises(NotAllowed):
        walk.knock(A.READ_ORIGINAL, {}, who="handler", **read)
    with pytest.raises(Invalid) as form:
        walk.knock(A.READ_ORIGINAL, {}, **read)
    assert set(form.value.faults) == {"remark", "handler"}
    with pytest.raises(NotNow, match="现在是“待签收”，不能“阅看原件”"):
        walk.knock(A.READ_ORIGINAL, words, **read)
    assert walk.snapshot() == before
    walk.received()
    before = walk.snapshot()
    with pytest.raises(Stale, match="有人先办了一步"):
        walk.knock(A.READ_ORIGINAL, words, **read)
    read["version"] = walk.version()
    with pytest.raises(Stale, match="内容变了"):
        walk.knock(A.READ_ORIGINAL, words, **read)
    read["content_hash"] = walk.seen(A.READ_ORIGINAL)
    with pytest.raises(NotNow) as guard:
        walk.knock(A.READ_ORIGINAL, words, **read)
    assert guard.value.missing == ("还差：《第010号.docx》还没有用您本人的账号打开看完。",)
    assert walk.snapshot() == before
    walk.opened()
    before = walk.snapshot()
    with pytest.raises(WrongProof):
        walk.knock(A.READ_ORIGINAL, words, **read)
    assert walk.snapshot() == before
    read["password"] = PASSWORD
    assert walk.knock(A.READ_ORIGINAL, words, **read).sentence == "已阅看原件。承办人拆分诉求、拟定方案。"
    assert walk.snapshot().handling == (HandlingState.PLANNING, read["version"] + 1)


def test_a_step_without_a_seal_asks_no_proof(walk: Walk) -> None:
    walk.knock(A.RECEIVE, {}, who="clerk", password=None)
    assert walk.snapshot().handling[0] is HandlingState.RECEIVED


def test_the_slower_of_two_is_told_who_acted_and_what(walk: Walk) -> None:
    walk.until("planned")
    version, seen = walk.version(), walk.seen(A.APPROVE_PLAN)
    walk.do("clerk", A.NAME_HANDLER, handler=walk.person("handler2"), reason="分工调整")
    walk.do("handler", A.COMMENT, comment="只是一句话")
    before = walk.snapshot()
    with pytest.raises(Stale) as stale:
        walk.knock(A.APPROVE_PLAN, {"remark": "可"}, version=version, content_hash=seen)
    (said,) = stale.value.changes
    assert said.startswith("2月10日 ")
    assert said.endswith(" 区民政局何雨：更换承办人")
    assert walk.snapshot() == before


def test_the_slower_of_two_is_not_told_of_the_co_units_steps(walk: Walk) -> None:
    walk.until("planned")
    version, seen = walk.version(), walk.seen(A.APPROVE_PLAN)
    walk.do("clerk", A.NAME_HANDLER, handler=walk.person("handler2"), reason="分工调整")
    (co,) = walk.co_handlings()
    walk.answer(co, "handler@区住房城乡建委", A.GIVE_CO_OPINION, opinion="已核定两处。")
    with pytest.raises(Stale) as stale:
        walk.knock(A.APPROVE_PLAN, {"remark": "可"}, version=version, content_hash=seen)
    assert [change.split("：")[-1] for change in stale.value.changes] == ["更换承办人"]


def test_evidence_does_not_disturb_who_is_deciding(walk: Walk) -> None:
    walk.until("planned")
    version, seen = walk.version(), walk.seen(A.APPROVE_PLAN)
    walk.do("handler", A.COMMENT, comment="只是一句话")
    walk.knock(A.APPROVE_PLAN, {"remark": "可"}, version=version, content_hash=seen)


def test_all_missing_things_come_back_at_once(walk: Walk) -> None:
    walk.until("approved")
    before = walk.snapshot()
    with pytest.raises(NotNow) as lacking:
        walk.knock(A.SUBMIT_REPLY, {}, who="handler")
    assert lacking.value.missing == (
        "还差：还没有联系过代表；联系一次，或者在三个不同的日子各记一次未接通。",
        "还差：还没有起草复函。",
        "还差：区住房城乡建委的协办意见还没有到或者还没有采用。",
        "还差：方案审定以后，局长本人还没有督促过（督促、听取汇报或现场检查至少一次）。",
    )
    assert walk.snapshot() == before


def test_a_replayed_form_is_one_event_with_the_same_answer(walk: Walk) -> None:
    walk.until("planned")
    version, seen = walk.version(), walk.seen(A.APPROVE_PLAN)
    form: dict[str, Any] = {"version": version, "content_hash": seen, "key": "one-form"}
    first = walk.knock(A.APPROVE_PLAN, {"remark": "可"}, **form)
    after = walk.snapshot()
    assert walk.knock(A.APPROVE_PLAN, {"remark": "可"}, **form) == first
    assert walk.snapshot() == after
    comment = walk.knock(A.COMMENT, {"comment": "一句话"}, who="handler", key="one-form")
    assert comment.seq == first.seq + 1
    assert walk.knock(A.COMMENT, {"comment": "一句话"}, who="handler", key="one-form") == comment


def test_a_step_is_answered_in_the_words_of_its_own_row(walk: Walk) -> None:
    walk.until("dispatched")
    walk.play.go_to(date(2026, 4, 20))
    with walk.clock():
        take_as_system(Life.HANDLING, A.LAPSE_RATING, walk.id)
    taken = walk.do(walk.lead, A.RATE, **walk.rating())
    assert taken.sentence == "已评价。过了期限也收下，记为迟到的评价。"


def test_a_step_is_one_commit_and_asks_the_same_number_of_questions_however_long_the_record(walk: Walk) -> None:
    walk.until("approved")
    clerk = walk.play.actor("clerk")
    found = []
    for number in range(25):
        db.session.rollback()
        with counted() as asked:
            walk.knock(A.COMMENT, {"comment": f"第{number}句"}, by=clerk)
        found.append(asked)
    assert {asked["commits"] for asked in found} == {1}
    assert {asked["statements"] for asked in found[1:]} == {found[1]["statements"]}
    assert found[1]["statements"] <= 20


def test_the_whole_life_in_one_day(walk: Walk) -> None:
    walk.until("closed")
    assert walk.snapshot().handling[0] is HandlingState.CLOSED
    db.session.expire_all()
    assert walk.play.suggestion(walk.number).state.value == "closed"
