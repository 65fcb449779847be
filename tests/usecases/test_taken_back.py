"""A signature that is taken back, and a letter that is corrected after it went out: both stay, neither counts on."""

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, NotAllowed, NotNow
from suggestions.domain.states import HandlingState
from suggestions.extensions import db
from suggestions.models import Event, Notice, Person
from suggestions.practice.play import Play
from suggestions.queries.desks.director import director_desk
from suggestions.queries.verification import verify
from tests.queries.reading import page, seals
from tests.usecases.walking import Walk

FIRST, SECOND = "云山民政函〔2026〕1号", "云山民政函〔2026〕2号"


def told(walk: Walk) -> set[str]:
    seq = walk.play.suggestion(walk.number).chain_seq
    query = select(Person.username).join(Notice, Notice.person_id == Person.id)
    chain = f"case:{walk.play.suggestion(walk.number).id}"
    return {str(name) for name in db.session.scalars(query.where(Notice.chain == chain, Notice.seq == seq))}


def test_the_clerk_takes_a_signature_back_and_director_and_supervisor_are_told(play: Play) -> None:
    walk = Walk(play).until("signed")
    walk.do("clerk", A.VOID_SIGNATURE, reason="第一条的数字写错了")
    assert walk.play.handling(walk.number).state is HandlingState.IN_PROGRESS
    assert {"director", "handler", "supervisor", "supervisor2"} <= told(walk)
    assert "clerk" not in told(walk)
    story = walk.facts("director").story
    assert story.signature(1) is None
    assert len(story.all(A.SIGN_REPLY)) == 1
    found = seals(walk)["签复函"]
    assert found.state == "void"
    assert "第一条的数字写错了" in found.proof.sentence
    assert found.proof.remark == "属实，发。"


def test_a_signature_taken_back_is_earned_again(play: Play) -> None:
    walk = Walk(play).until("signed")
    walk.do("director", A.VOID_SIGNATURE, reason="漏了一句")
    with pytest.raises(NotNow):
        walk.dispatched()
    walk.drafted(closing="再次感谢您的关心。")
    walk.submitted()
    assert seals(walk)["签复函"].state == "waits"
    walk.signed()
    found = seals(walk)["签复函"]
    assert (found.state, "共2次" in found.line) == ("earned", False)
    walk.dispatched()
    letters = [paper.line for paper in page(walk, "handler").reply.entries if paper.head.startswith("签批的")]  # type: ignore[union-attr]
    assert "1号" in letters[0]
    assert "这次签批已撤回" in letters[1]
    assert verify().faults == ()


def test_a_signature_taken_back_is_not_counted_in_the_year(play: Play) -> None:
    walk = Walk(play).until("signed")

    def counted() -> int:
        with walk.clock():
            return next(row.done for row in director_desk(play.actor("director"), play.moment).record.rows[3:4])

    assert counted() == 1
    walk.do("clerk", A.VOID_SIGNATURE, reason="写错了")
    assert counted() == 0


def test_without_redrafting_the_same_draft_may_be_signed_again(play: Play) -> None:
    walk = Walk(play).until("submitted")
    drafted = walk.facts("handler").story.letter(1)
    walk.signed()
    walk.do("director", A.VOID_SIGNATURE, reason="再想一想")
    assert walk.facts("handler").story.letter(1) == drafted
    walk.submitted()
    walk.signed()
    walk.dispatched()


@pytest.mark.parametrize("who", ["handler", "reviewer", "supervisor", "邓小红", "inspector"])
def test_nobody_else_takes_a_signature_back_or_corrects_a_letter(play: Play, who: str) -> None:
    walk = Walk(play).until("signed")
    for action in (A.VOID_SIGNATURE, A.CORRECT_REPLY):
        with pytest.raises(NotAllowed):
            walk.knock(action, {"reason": "不对"}, who=who)


def test_a_sent_letter_is_corrected_and_both_stay(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    walk.do("director", A.CORRECT_REPLY, reason="第二条的日期写错了")
    row = walk.play.handling(walk.number)
    assert (row.state, row.document_number, row.dispatched_on) == (HandlingState.IN_PROGRESS, None, None)
    assert seals(walk)["签复函"].state == "void"
    with pytest.raises(NotNow) as lacking:
        walk.submitted()
    assert "还差：还没有起草复函。" in lacking.value.missing
    with pytest.raises(NotNow):
        walk.knock(A.ENDORSE, {"kind": "secrecy", "opinion": "可"}, who="reviewer", content_hash="")
    walk.drafted(closing="日期已经更正。")
    walk.submitted()
    walk.signed()
    with pytest.raises(Invalid) as used:
        walk.dispatched(FIRST)
    assert used.value.faults == {"document_number": f"发文字号“{FIRST}”已经用过，请换一个。"}
    walk.dispatched(SECOND)
    walk.rated()
    numbers = [e.payload["document_number"] for e in walk.facts("director").story.all(A.DISPATCH)]
    assert numbers == [FIRST, SECOND]
    assert verify().faults == ()


def test_a_freed_number_is_not_given_to_another_case(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    walk.do("director", A.CORRECT_REPLY, reason="抬头写错了")
    other = Walk(play, number="014").until("signed")
    with pytest.raises(Invalid):
        other.dispatched(FIRST)
    other.dispatched("云山民政函〔2026〕12号")


def test_after_a_rating_a_letter_is_not_corrected(play: Play) -> None:
    walk = Walk(play).until("rated")
    with pytest.raises(NotNow):
        walk.knock(A.CORRECT_REPLY, {"reason": "晚了"})


def test_a_reason_is_asked(play: Play) -> None:
    walk = Walk(play).until("signed")
    with pytest.raises(Invalid) as lacking:
        walk.knock(A.VOID_SIGNATURE, {"reason": " "})
    assert set(lacking.value.faults) == {"reason"}
    assert db.session.scalars(select(Event).where(Event.action == "void_signature")).all() == []
