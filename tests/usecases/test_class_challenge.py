"""A challenge to the class of result: answered by the director, settled by the deputies office when insisted."""

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, NotAllowed, NotNow
from suggestions.practice.play import Play
from suggestions.queries.desks.congress import supervisor_desk
from suggestions.queries.desks.director import director_desk
from suggestions.queries.register import register
from suggestions.queries.register_filters import Wanted
from suggestions.queries.verification import verify
from tests.queries.reading import page, progress, text
from tests.usecases.walking import Walk

WORDS = {"result_class": "C", "reason": "路灯还没有装"}


def challenged(play: Play, who: str = "邓小红") -> Walk:
    walk = Walk(play).until("dispatched")
    walk.do(who, A.CHALLENGE_CLASS, **WORDS)
    return walk


def to_settle(walk: Walk) -> list[str]:
    """What waits for the deputies office to settle."""
    with walk.clock():
        found = supervisor_desk(walk.play.actor("supervisor"), walk.play.moment)
    return [item.number for group in found.groups if group.id == "g-class" for item in group.items]


def test_the_director_keeps_or_changes_the_class_and_the_old_one_stays(play: Play) -> None:
    walk = challenged(play)
    with walk.clock():
        waits = [g for g in director_desk(play.actor("director"), play.moment).groups if g.id == "g-class"]
    assert "有人认为应当是C类：路灯还没有装" in waits[0].items[0].wait
    walk.do("director", A.SETTLE_CLASS, result_class="B", reason="年底前装完，改为计划解决")
    assert play.handling(walk.number).result_class == "B"
    seen = page(walk, "handler")
    assert "A类改为B类" in seen.tags
    assert [(paper.head, paper.tag) for paper in seen.ratings] == [
        ("局长答复分类异议", "原定A类，改为B类"),
        ("分类异议", "现定A类，认为应当是C类"),
    ]
    assert seen.ratings[1].paragraphs == ("路灯还没有装",)
    told = text(seen.progress)
    assert "现定A类，认为应当是C类" in told
    assert "原定A类，改为B类" in told
    assert "分类异议有了答复：原定A类，改为B类" in text(progress(walk, walk.lead))
    assert "现定A类，认为应当是C类：路灯还没有装" in text(progress(walk, walk.lead))
    letter = walk.facts("director").story.letter(1)
    assert letter is not None
    assert letter["result_class"] == "A"
    assert verify().faults == ()


@pytest.mark.whole_handover
def test_insisted_it_is_the_deputies_office_that_settles_for_good(play: Play) -> None:
    walk = challenged(play)
    with pytest.raises(NotNow) as early:
        walk.do("supervisor", A.SETTLE_CLASS, **WORDS)
    assert "先由区民政局局长答复" in early.value.missing[0]
    walk.do("director", A.SETTLE_CLASS, result_class="A", reason="已经办成")
    assert to_settle(walk) == []
    walk.do(walk.lead, A.CHALLENGE_CLASS, **WORDS)
    assert to_settle(walk) == ["第010号"]
    for asks, count in ((Wanted(challenged="1"), 1), (Wanted(challenged="open"), 1), (Wanted(), 24)):
        assert register(play.actor("supervisor"), walk.today, asks).total == count
    with pytest.raises(NotNow) as late:
        walk.do("director", A.SETTLE_CLASS, **WORDS)
    assert "由人代工委裁定" in late.value.missing[0]
    walk.do("supervisor", A.SETTLE_CLASS, result_class="C", reason="现场看过，确实没有装")
    assert play.handling(walk.number).result_class == "C"
    assert to_settle(walk) == []
    (line,) = register(play.actor("supervisor"), walk.today, Wanted(challenged="1")).lines
    assert "分类异议" in line.sub
    assert register(play.actor("supervisor"), walk.today, Wanted(challenged="open")).total == 0
    for who in (walk.lead, "supervisor"):
        with pytest.raises(NotNow) as over:
            walk.do(who, A.CHALLENGE_CLASS, result_class="A", reason="又变了")
        assert over.value.missing == ("人代工委已经裁定分类，不能再提。",)


def test_one_challenge_at_a_time(play: Play) -> None:
    walk = challenged(play, "supervisor")
    with pytest.raises(NotNow):
        walk.do(walk.lead, A.CHALLENGE_CLASS, **WORDS)


def test_a_joint_deputy_may_challenge_and_others_may_not(play: Play) -> None:
    walk = Walk(play, number="003", lead="罗正国").until("dispatched")
    for who in ("handler", "clerk", "inspector", "director"):
        with pytest.raises(NotAllowed):
            walk.do(who, A.CHALLENGE_CLASS, **WORDS)
    walk.do("蒋玉梅", A.CHALLENGE_CLASS, **WORDS)
    for who in ("罗正国", "handler", "clerk", "reviewer"):
        with pytest.raises(NotAllowed):
            walk.do(who, A.SETTLE_CLASS, **WORDS)


def test_the_same_class_is_no_challenge(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    with pytest.raises(Invalid) as refused:
        walk.do(walk.lead, A.CHALLENGE_CLASS, result_class="A", reason="就这样")
    assert set(refused.value.faults) == {"result_class"}
    with pytest.raises(NotNow) as nothing:
        walk.do("director", A.SETTLE_CLASS, result_class="A", reason="没人提")
    assert nothing.value.missing == ("现在没有要答复的分类异议。",)


def test_a_challenge_without_answer_stands_before_the_close(play: Play) -> None:
    walk = Walk(play).until("coordinated")
    walk.do("supervisor", A.CHALLENGE_CLASS, **WORDS)
    with pytest.raises(NotNow) as lacking:
        walk.closed()
    assert lacking.value.missing == ("还差：对办理结果的分类有异议，还没有答复。",)
    walk.do("director", A.SETTLE_CLASS, result_class="C", reason="照改")
    walk.closed()
