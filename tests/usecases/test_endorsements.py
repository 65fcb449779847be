"""Which kinds of endorsement a unit's replies need, and who gives them where nobody reviews."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, NotAllowed, NotNow
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Post, Unit
from suggestions.practice.play import Play
from suggestions.queries.desks.office import clerk_desk, reviewer_desk
from suggestions.usecases import office
from tests.usecases.walking import BUREAU, Walk


def bureau() -> Unit:
    return db.session.scalars(select(Unit).where(Unit.name == BUREAU)).one()


def without_reviewer(walk: Walk) -> None:
    """End the reviewer's post yesterday."""
    post = db.session.scalars(select(Post).where(Post.unit_id == bureau().id, Post.role == Role.REVIEWER)).one()
    with walk.clock():
        office.end_post(post, to_on=walk.today - timedelta(days=1))


def drafted(walk: Walk) -> Walk:
    """A draft that no reviewer has looked at."""
    walk.until("worked")
    answers = [
        {"request_no": str(number), "text": "已经办成。", "result_class": "A", "proof": "批复"}
        for number in range(1, walk.requests + 1)
    ]
    cos = walk.co_handlings()
    walk.do(
        "handler", A.DRAFT_REPLY, opening="您提出的建议收悉：", answers=answers, closing="感谢。", result_class="A",
        passages=[{"co_handling": str(co.id), "text": "已核定。"} for co in cos], publication="proactive",
    )  # fmt: skip
    for co in cos:
        walk.answer(co, f"handler@{co.unit.name}", A.COUNTERSIGN)
    return walk


def lacking(walk: Walk) -> tuple[str, ...]:
    with pytest.raises(NotNow) as refused:
        walk.submitted()
    return tuple(refused.value.missing)


def test_the_units_own_kinds_are_asked_for(play: Play) -> None:
    office.set_endorsement_kinds(bureau(), ["secrecy", "section"])
    walk = drafted(Walk(play))
    assert lacking(walk) == (
        "还差：这一稿没有保密审核意见，请审核人审。",
        "还差：这一稿没有科室审核意见，请审核人审。",
    )
    with walk.clock():
        waits = reviewer_desk(play.actor("reviewer"), play.moment).groups[0].items[0].wait
    assert "等保密审核、科室审核" in waits
    walk.do("reviewer", A.ENDORSE, kind="secrecy", opinion="可")
    assert len(lacking(walk)) == 1
    walk.do("reviewer", A.ENDORSE, kind="section", opinion="可")
    walk.submitted()


def test_where_nobody_reviews_the_clerk_does(play: Play) -> None:
    walk = drafted(Walk(play))
    with pytest.raises(NotAllowed):
        walk.do("clerk", A.ENDORSE, kind="secrecy", opinion="可")
    without_reviewer(walk)
    with walk.clock():
        desk = clerk_desk(play.actor("clerk"), play.moment)
    assert [item.wait for item in desk.groups[-1].items if "等保密审核" in item.wait]
    walk.do("clerk", A.REFUSE_ENDORSEMENT, kind="secrecy", reason="第一条有人名")
    assert "保密审核没有通过：第一条有人名" in lacking(walk)[0]
    walk.do("clerk", A.ENDORSE, kind="secrecy", opinion="已改，可公开")
    walk.submitted()
    walk.signed()
    walk.dispatched()


def test_a_clerk_who_stands_in_gives_only_the_kinds_that_are_needed(play: Play) -> None:
    walk = drafted(Walk(play))
    without_reviewer(walk)
    with pytest.raises(Invalid):
        walk.do("clerk", A.ENDORSE, kind="legal", opinion="可")
    with pytest.raises(NotAllowed):
        walk.do("clerk@区财政局", A.ENDORSE, kind="secrecy", opinion="可")


def test_secrecy_cannot_be_left_out(play: Play) -> None:
    with pytest.raises(Invalid) as refused:
        office.set_endorsement_kinds(bureau(), ["section"])
    assert set(refused.value.faults) == {"kinds"}
    assert bureau().endorsement_kinds is None
