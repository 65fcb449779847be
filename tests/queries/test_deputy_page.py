"""The deputy's page and the suggestion before its handlings: public steps in spoken words, nothing of a draft."""

from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.states import SuggestionState
from suggestions.extensions import db
from suggestions.models import Suggestion
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.queries.deputy_page import deputy_page, role_line
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.deputy import DeputyDesk
from suggestions.queries.desks.handler import HandlerDesk
from suggestions.queries.looking import Reader
from suggestions.queries.suggestion_page import suggestion_page, visible_handlings
from tests.queries.conftest import NOON, House
from tests.queries.reading import REASON, SHELL, progress, reader, text
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk, counted


def test_the_deputys_page_tells_no_draft_and_no_inner_step(play: Play) -> None:
    walk = Walk(play).until("worked")
    walk.drafted()
    walk.do(
        "handler",
        A.ADD_PROMISE,
        request_no="1",
        sentence="将于年底前办完。",
        measure="办完用房",
        owner="韩冬梅",
        due_on="2026-12-31",
        evidence="验收单",
    )
    walk.submitted()
    walk.do("director", A.RETURN_REPLY, reason="再写实些")
    seen = text(progress(walk, walk.lead))
    for word in ("办完用房", "再写实些", "已经办成", "选址没有动静", "复函写好"):
        assert word not in seen, word
    assert "在谁手里" in seen
    walk.submitted()
    walk.stages += ["drafted", "submitted"]
    walk.until("dispatched")
    block = progress(walk, walk.lead).blocks[0]
    assert "办完用房（12月31日前）" in text(block)
    assert block.tasks[-1].label == "有，确认"
    assert block.tasks[0].label == "去评价"
    assert block.links[0] == ("看复函", address("cases.letter", id=walk.id))
    assert [label for label, _ in block.links[1:]] == ["对办理结果的分类有异议", "登记哪一天收到复函", "文书"]


def test_the_deputys_lamp_says_why_it_cannot_be_lit_again(play: Play) -> None:
    walk = Walk(play).until("received")
    assert progress(walk, walk.lead).blocks[0].light_up_url
    walk.do(walk.lead, A.LIGHT_UP, demand="什么时候开门？")
    block = progress(walk, walk.lead).blocks[0]
    assert block.light_up_url == ""
    assert "7天内只能亮一次" in block.cannot[0].missing[0]
    assert [leg.state for leg in block.way][:2] == ["ahead", "ahead"]
    assert "什么时候开门" in text(block)


def test_a_joint_deputy_follows_but_has_nothing_to_rate(play: Play) -> None:
    walk = Walk(play, number="003", lead="罗正国").until("dispatched")
    found = progress(walk, "唐伟")
    assert found.role_line == "罗正国代表领衔，您附议"
    assert found.blocks[0].tasks == ()
    assert found.blocks[0].light_up_url == ""
    walk.rated("dissatisfied", REASON)
    assert REASON not in text(progress(walk, "唐伟"))
    assert "不满意" not in text(progress(walk, "唐伟"))


def test_a_suggestion_before_it_is_assigned_shows_text_and_signers(house: House) -> None:
    by = Reader(house.actor("supervisor"), NOON, address)
    submitted = select(Suggestion.id).where(Suggestion.state == SuggestionState.SUBMITTED)
    cases = [load_case(db.session(), id) for id in db.session.scalars(submitted).all()]
    from_deputies = [suggestion_page(db.session(), case, by) for case in cases]
    assert from_deputies
    for found in from_deputies:
        assert found.number == "未编号"
        assert found.original is not None
        assert found.original.blocks
        assert "交办" in [view.label for view in found.can]


def test_only_the_handlings_that_one_may_see_are_listed(house: House) -> None:
    case = load_case(db.session(), house.handling("008").suggestion_id)
    for who, count in (("handler", 1), ("handler@区司法局", 1), ("otherdirector", 0), ("supervisor", 1)):
        assert len(visible_handlings(db.session(), case, Reader(house.actor(who), NOON, address))) == count, who


def test_statements_of_the_deputys_page_do_not_grow_with_the_record(play: Play) -> None:
    walk = Walk(play).until("worked")
    progress(walk, walk.lead)
    found = []
    for _ in range(2):
        db.session.expunge_all()
        by = reader(walk, walk.lead)
        id = play.suggestion(walk.number).id
        with counted() as asked:
            deputy_page(db.session(), load_case(db.session(), id), by)
        found.append(asked["statements"])
        for day in range(1, 31):
            walk.do("handler", A.RECORD_PROGRESS, progress=f"第{day}次进展", is_shown="1")
    assert found[0] == found[1]
    assert found[0] + SHELL <= 14


def test_nobody_is_a_joint_deputy_before_confirming_it(house: House) -> None:
    found = desk_of(house.actor("deputy"), NOON)
    assert isinstance(found, DeputyDesk)
    asked = [own for own in found.suggestions if own.role_line.endswith("请您附议")]
    assert [(own.number, own.role_line) for own in asked] == [("未编号", "刘素芬代表领衔，请您附议")]
    look = load_case(db.session(), asked[0].page.id)
    assert role_line(look, Reader(house.actor("deputy"), NOON, address)) == asked[0].role_line


def test_a_case_that_was_entered_later_says_when_it_was_handed_over(house: House) -> None:
    for number, who, is_late in (("001", "deputy", True), ("004", "deputy", False)):
        case = load_case(db.session(), house.handling(number).suggestion_id)
        found = deputy_page(db.session(), case, Reader(house.actor(who), NOON, address))
        assert ("2月9日交办，2月24日录入。" in text(found)) == is_late


def test_an_urging_of_a_case_that_is_closed_waits_for_nobody(play: Play) -> None:
    walk = Walk(play).until("closed")
    assert any(not urging.answers for urging in walk.facts("handler").story.urgings())
    play.handling(walk.number).next_due = "promise"
    found = desk_of(play.actor("handler"), play.moment)
    assert isinstance(found, HandlerDesk)
    assert [group for group in found.groups if group.id == "g-answer" and group.items] == []
