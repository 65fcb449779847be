"""Withdrawal at every moment: what ends with it, what stays, and what must come first."""

from datetime import date

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Missing, NotAllowed, NotNow
from suggestions.domain.states import CoState, HandlingState, Life, SuggestionState
from suggestions.extensions import db
from suggestions.models import Event, Handling, Promise, Suggestion
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import ticking
from tests.usecases.test_split import of, through
from tests.usecases.test_suggestion import assignment, drafted, person, row, step, submitted
from tests.usecases.walking import Walk

TALK = {"talked_on": "2026-03-10", "people": "周敏", "said": "问题已经解决，没有人打招呼。"}


def case_id(walk: Walk) -> int:
    return walk.play.suggestion(walk.number).id


def handlings(id: int) -> list[Handling]:
    db.session.expire_all()
    return list(db.session.scalars(select(Handling).where(Handling.suggestion_id == id).order_by(Handling.id)))


@pytest.mark.parametrize(("moment", "refusal"), [("drafting", Missing), ("submitted", NotAllowed)])
def test_before_it_is_assigned_the_lead_takes_it_back_alone(play: Play, moment: str, refusal: type[Exception]) -> None:
    id = drafted(play) if moment == "drafting" else submitted(play)
    with pytest.raises(refusal):
        step(play, id, "supervisor", A.WITHDRAW, reason="不要了")
    step(play, id, "deputy", A.WITHDRAW, reason="同别的建议重复了。")
    assert row(id).state is SuggestionState.WITHDRAWN
    with pytest.raises(NotNow, match="现在是“已撤回”"):
        step(play, id, "deputy", A.SUBMIT)
    assert verify().faults == ()


@pytest.mark.parametrize("stage", ["received", "worked", "signed"])
def test_in_the_middle_everything_open_ends_with_it(play: Play, stage: str) -> None:
    walk = Walk(play).until(stage)
    id = case_id(walk)
    owed = walk.co_handlings()
    step(play, id, walk.lead, A.WITHDRAW, reason="已经当面谈妥。")
    assert row(id).state is SuggestionState.WITHDRAWN
    assert [h.state for h in handlings(id)] == [HandlingState.TERMINATED]
    assert {co.state for co in walk.co_handlings()} == ({CoState.CANCELLED} if owed else set())
    handling = handlings(id)[0]
    assert (handling.next_due_on, handling.yellow_on, handling.red_after) == (None, None, None)
    with walk.clock():
        assert ticking.tick().received == 0 or stage == "received"
    with pytest.raises(NotNow, match="现在是“终止”"):
        walk.do("director", A.URGE, form="urge", remark="x", demand="y", answer_due_on="2026-03-11")
    assert verify().faults == ()


def test_a_handling_that_nobody_received_ends_too(play: Play) -> None:
    walk = Walk(play)
    step(play, case_id(walk), walk.lead, A.WITHDRAW, reason="不提了。")
    assert handlings(case_id(walk))[0].state is HandlingState.TERMINATED


def test_after_the_reply_the_deputies_office_hears_the_deputy_alone_first(play: Play) -> None:
    walk = Walk(play).until("worked")
    walk.do(
        "handler",
        A.ADD_PROMISE,
        request_no="1",
        sentence="将在年底前建成。",
        measure="建成便民点",
        owner="韩冬梅",
        due_on="2026-12-31",
        evidence="照片",
    )
    id = case_id(walk)
    with pytest.raises(NotNow) as early:
        step(play, id, "supervisor", A.TALK_ALONE, **{**TALK, "talked_on": "2026-02-10"})
    assert early.value.missing == ("复函还没有送出，代表可以直接撤回，不用单独听取意见。",)

    walk.until("rated")
    with pytest.raises(NotNow) as refused:
        step(play, id, walk.lead, A.WITHDRAW, reason="不提了。")
    assert refused.value.missing == ("还差：复函已经送出，要先由人代工委单独听取您的意见并记下；请联系人代工委。",)
    step(play, id, "supervisor", A.TALK_ALONE, **{**TALK, "talked_on": "2026-02-10"})
    step(play, id, walk.lead, A.WITHDRAW, reason="已经解决。")
    assert handlings(id)[0].state is HandlingState.TERMINATED
    assert db.session.scalars(select(Promise.measure)).all() == ["建成便民点"]
    rated = select(Event).where(Event.suggestion_id == id, Event.action == A.RATE)
    assert db.session.scalars(rated).one().payload["overall"] == "satisfied"
    assert verify().faults == ()


def test_where_the_rulebook_asks_it_every_joint_deputy_agrees_first(play: Play) -> None:
    id = drafted(play)
    step(play, id, "deputy", A.INVITE_COSIGNER, deputy=person(play, "deputy2"))
    step(play, id, "deputy2", A.COSIGN)
    with pytest.raises(NotAllowed):
        step(play, id, "deputy2", A.AGREE_WITHDRAWAL)
    db.session.get_one(Suggestion, id).rulebook = "shanghai"
    db.session.commit()
    with pytest.raises(NotNow) as refused:
        step(play, id, "deputy", A.WITHDRAW, reason="重复。")
    assert refused.value.missing == ("还差：有1位联名代表没有同意撤回；请他们登录后在本件点“同意撤回”。",)
    step(play, id, "deputy2", A.AGREE_WITHDRAWAL)
    with pytest.raises(NotAllowed):
        step(play, id, "deputy2", A.AGREE_WITHDRAWAL)
    step(play, id, "deputy", A.WITHDRAW, reason="重复。")
    assert row(id).state is SuggestionState.WITHDRAWN


def test_what_was_closed_stays_closed_and_only_the_open_part_ends(play: Play) -> None:
    play.go_to(date(2026, 3, 10))
    id = submitted(play)
    step(play, id, "supervisor", A.ASSIGN, **assignment(co_units=[]))
    first, second = handlings(id)
    through(play, first.id, ("director", "handler", "clerk", "reviewer"), "云山函〔2026〕7号")
    assert row(id).state is SuggestionState.ASSIGNED
    step(play, id, "supervisor", A.TALK_ALONE, **TALK)
    step(play, id, "deputy", A.WITHDRAW, reason="够了。")
    assert [h.state for h in handlings(id)] == [HandlingState.CLOSED, HandlingState.TERMINATED]
    with pytest.raises(NotNow):
        play.step(Life.HANDLING, second.id, of("区住房城乡建委")[2], A.RECEIVE, {})
    assert row(id).state is SuggestionState.WITHDRAWN
    with pytest.raises(NotNow) as ended:
        play.step(Life.HANDLING, first.id, "supervisor", A.REOPEN, {"reason": "迟到的回执"})
    assert ended.value.missing == ("建议已经撤回，不能恢复办理。",)
    assert verify().faults == ()
