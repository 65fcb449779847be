"""The five seals: when they wait, how they are earned, what they prove."""

import pytest

from suggestions.domain.actions import Action as A
from suggestions.practice.play import Play
from tests.queries.reading import page, rated, seals
from tests.usecases.walking import Walk


def test_seals_wait_and_are_earned_in_their_time(play: Play) -> None:
    walk = Walk(play).until("received")
    assert [seal.state for seal in page(walk, "handler").seals] == ["waits", "none", "none", "none", "none"]
    walk.until("planned")
    assert [seal.state for seal in page(walk, "handler").seals] == ["earned", "waits", "none", "none", "none"]
    walk.until("approved")
    assert [seal.state for seal in page(walk, "handler").seals] == ["earned", "earned", "waits", "none", "none"]
    walk.until("submitted")
    assert [seal.state for seal in page(walk, "handler").seals] == ["earned", "earned", "earned", "waits", "none"]
    walk.until("coordinated")
    found = page(walk, "handler")
    assert {seal.state for seal in found.seals} == {"earned"}
    assert found.seals_line == "五枚都由局长本人取得。"


def test_a_seal_opens_its_evidence(play: Play) -> None:
    walk = Walk(play).until("approved")
    found = seals(walk)["阅原件"]
    event = walk.facts("handler").story.last(A.READ_ORIGINAL)
    assert event is not None
    facts = dict(found.proof.facts)
    assert found.proof.remark == "先把便民点立起来。"
    assert facts["本人"] == "沈怀远 局长"
    assert facts["单位"] == "区民政局"
    assert facts["时间"].startswith("2026年2月10日 ")
    assert facts["确认"] == "登录密码（当场重输）"
    assert facts["看过"].startswith("《第010号.docx》，共1件")
    assert facts["交给"] == "韩冬梅"
    assert facts["记录号"] == f"第{event.seq}号"
    hash = event.content_hash or ""
    assert dict(found.proof.hashes)["原件指纹"] == f"SHA-256 {hash[:4]} {hash[4:8]} … {hash[-4:]}"


def test_a_step_returned_is_said_beside_its_seal(play: Play) -> None:
    walk = Walk(play).until("planned")
    walk.do("director", A.RETURN_PLAN, reason="没有责任人")
    assert (seals(walk)["审方案"].state, seals(walk)["审方案"].line) == ("none", "退回一次")
    walk.replanned("卡在用房")
    walk.approved()
    assert dict(seals(walk)["审方案"].proof.facts)["方案"] == "第2稿，此前退回过一次"


@pytest.mark.parametrize("remark", ["同意。", "100%_办完 \"引号\" \\ 'x'"])
def test_the_same_words_under_several_steps_are_counted_openly(play: Play, remark: str) -> None:
    walk = Walk(play)
    for each in (Walk(play, number="014"), walk):
        each.until("received")
        each.opened()
        each.do("director", A.READ_ORIGINAL, remark=remark, handler=each.person("handler"))
        each.stages.append("read")
    assert dict(seals(walk)["阅原件"].proof.facts)["批示用语"] == "相同批示2次（本人各件合计）"
    walk.until("approved")
    assert "批示用语" not in dict(seals(walk)["审方案"].proof.facts)


def test_seals_of_the_first_round_stay_beside_those_of_the_second(play: Play) -> None:
    walk = rated(play)
    walk.do(walk.lead, A.OPEN_RATING)
    walk.do("supervisor", A.ORDER_REDO, reason="重新办")
    found = page(walk, "handler")
    assert [seal.state for seal in found.seals] == ["waits", "none", "none", "none", "none"]
    assert [earlier.label for earlier in found.earlier_seals] == ["第1轮"]
    assert [seal.state for seal in found.earlier_seals[0].seals] == ["earned", "earned", "earned", "earned", "none"]
    keys = [seal.key for seal in (*found.seals, *found.earlier_seals[0].seals)]
    assert len(set(keys)) == len(keys)
    assert "第2轮" in found.tags
