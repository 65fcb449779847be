"""The letter as it is printed: whole, in every version, marked where a hand changed it, frozen once it is signed."""

from dataclasses import asdict, replace

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Facts
from suggestions.domain.states import Life
from suggestions.domain.story import Story
from suggestions.extensions import db
from suggestions.models.case import Case, load_case
from suggestions.practice.play import Play
from suggestions.queries.case_page import case_page
from suggestions.queries.letter_page import letter_page
from suggestions.queries.letter_view import Answer, Sheet, Words, dispatched_letter_of, full_name, letter_of, meeting_of
from suggestions.queries.looking import Reader
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk

UNIT = "区住房城乡建委"


def case_of(walk: Walk) -> Case:
    return load_case(db.session(), walk.play.suggestion(walk.number).id)


def sheet(walk: Walk, who: str = "handler", draft: int | None = None) -> Sheet:
    found = letter_of(case_of(walk), walk.facts(who), draft=draft)
    assert found is not None
    return found


def seen_by(walk: Walk, who: str, draft: int | None = None) -> Sheet:
    reader = Reader(walk.play.actor(who), walk.play.moment, address)
    found = letter_page(db.session(), walk.id, reader, draft).letter
    assert found is not None
    return found


def ops(words: Words) -> set[str]:
    """What was done to a text, piece by piece."""
    return set() if isinstance(words, str) else {op for op, _ in words}


def edited(facts: Facts, **words: str) -> Facts:
    return replace(facts, words=words)


def test_there_is_no_letter_before_one_is_drafted(play: Play) -> None:
    walk = Walk(play).until("worked")
    assert letter_of(case_of(walk), walk.facts("handler")) is None
    with pytest.raises(Missing, match="还没有这一稿"):
        seen_by(walk, "handler")


def test_a_draft_has_everything_but_what_signing_and_dispatch_add(play: Play) -> None:
    walk = Walk(play).until("drafted")
    letter = sheet(walk)
    assert letter.unit == "云山区民政局"
    assert letter.title_lines == (
        "云山区民政局",
        "关于区第十九届人民代表大会",
        "第六次会议第010号建议的复函",
    )
    assert letter.salutation.endswith("代表：")
    assert letter.opening == "您提出的建议收悉，现答复如下："
    assert [a.heading[:4] for a in letter.answers if a.heading] == ["一、关于", "二、关于"]
    assert all(a.heading.endswith("（A类）") for a in letter.answers if a.heading)
    assert letter.answers[-1] == Answer("", ("已核定两处。",))
    assert letter.co_sentences == (f"{UNIT}对以上内容已会签。",)
    assert letter.class_mark == "A"
    assert letter.contact_line == "（联系人：韩冬梅；电话：023-55500127）"
    assert letter.publication == "此件公开发布"
    assert letter.attachments == ("代表建议、批评和意见答复函回执",)
    assert (letter.number_text, letter.signed_by, letter.date_text, letter.copies, letter.edits) == ("", "", "", "", 0)


def test_every_deputy_is_addressed(play: Play) -> None:
    walk = Walk(play, number="003", lead="罗正国").until("drafted")
    assert sheet(walk).salutation == "罗正国、蒋玉梅、唐伟代表："


def test_signing_says_who_signed_and_dispatch_numbers_it(play: Play) -> None:
    walk = Walk(play).until("signed")
    letter = sheet(walk)
    assert letter.signed_by == "此复函已经区民政局局长沈怀远审签。"
    assert letter.date_text == "2026年2月10日"
    assert letter.number_text == ""
    walk.until("dispatched")
    assert sheet(walk).number_text == "云山民政函〔2026〕1号"


def test_who_stands_in_for_the_director_is_said_to_do_so(play: Play) -> None:
    walk = Walk(play).until("signed")
    facts = walk.facts("handler")
    acting = tuple(replace(past, is_acting=True, actor_title="副局长") for past in facts.story.events)
    letter = letter_of(case_of(walk), replace(facts, story=Story(acting)))
    assert letter is not None
    assert letter.signed_by == "此复函已经区民政局副局长（主持工作）沈怀远审签。"


def test_the_directors_edits_show_before_they_are_signed(play: Play) -> None:
    walk = Walk(play).until("submitted")
    facts = edited(walk.facts("director"), answer_1="两处已经办成。", closing="谢谢您。")
    letter = letter_of(case_of(walk), facts)
    assert letter is not None
    assert letter.edits == 2
    assert letter.answers[0].paragraphs == ((("ins", "两处"), ("same", "已经办成。")),)
    assert ops(letter.closing) >= {"del", "ins"}
    assert isinstance(letter.opening, str)


def test_signed_edits_are_marked_inside_and_never_shown_to_deputies(play: Play) -> None:
    walk = Walk(play).until("submitted")
    play.step(Life.HANDLING, walk.id, "director", A.SIGN_REPLY, {"remark": "改了一处"}, edits={"closing": "谢谢您。"})
    walk.stages.append("signed")
    inside = sheet(walk)
    assert inside.edits == 1
    assert "del" in ops(inside.closing)
    walk.do("reviewer", A.ENDORSE, kind="secrecy", opinion="可公开")
    walk.until("dispatched")
    outside = seen_by(walk, walk.lead)
    assert outside.closing == "谢谢您。"
    assert "感谢" not in str(asdict(outside))
    assert outside.edits == 0


def test_deputies_read_the_letter_once_it_went_out(play: Play) -> None:
    walk = Walk(play).until("signed")
    with pytest.raises(Missing, match="还没有发出"):
        seen_by(walk, walk.lead)
    walk.until("dispatched")
    assert seen_by(walk, walk.lead).number_text == "云山民政函〔2026〕1号"
    with pytest.raises(Missing):
        seen_by(walk, "deputy")


def test_a_deputy_gets_no_draft_by_asking_for_its_number(play: Play) -> None:
    walk = Walk(play).until("worked")
    walk.drafted(closing="这一句后来删了。")
    walk.drafted()
    walk.stages.append("drafted")
    walk.until("dispatched")
    assert seen_by(walk, "handler", draft=1).closing == "这一句后来删了。"
    assert "后来删了" not in str(asdict(seen_by(walk, walk.lead, draft=1)))
    with pytest.raises(Missing):
        seen_by(walk, "handler", draft=3)


def test_a_co_unit_reads_no_letter(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    with pytest.raises(Missing):
        seen_by(walk, f"handler@{UNIT}")


def test_a_dissent_is_printed_in_its_own_words(play: Play) -> None:
    walk = Walk(play).until("worked")
    walk.drafted()
    co = walk.co_handlings()[0]
    walk.answer(co, f"handler@{UNIT}", A.DISSENT, reason="用房只核定了一处")
    assert sheet(walk).co_sentences == (f"{UNIT}对以上内容有不同意见：用房只核定了一处。",)
    reader = Reader(walk.play.actor(f"handler@{UNIT}"), walk.play.moment, address)
    assert case_page(db.session(), walk.id, reader).waiting.startswith("已经提出会签不同意见，现在没有等您办的")


def test_neither_a_new_unit_nor_a_cancelled_opinion_changes_a_letter_that_went_out(play: Play) -> None:
    walk = Walk(play).until("followed")
    before = dispatched_letter_of(case_of(walk), walk.facts(walk.lead))
    assert before is not None
    assert before.co_sentences == (f"{UNIT}对以上内容已会签。",)
    walk.answer(walk.co_handlings()[0], "supervisor", A.CANCEL_CO_OPINION, reason="用不着。")
    assert dispatched_letter_of(case_of(walk), walk.facts(walk.lead)) == before
    walk.do("supervisor", A.TRANSFER, unit="区财政局", document="云委〔2026〕3号")
    assert walk.play.handling(walk.number).unit.name == "区财政局"
    assert dispatched_letter_of(case_of(walk), walk.facts(walk.lead)) == before


def test_a_signature_after_the_letter_was_signed_does_not_change_the_letter(play: Play) -> None:
    walk = Walk(play).until("signed")
    before = sheet(walk)
    co = walk.co_handlings()[0]
    walk.answer(co, f"handler@{UNIT}", A.DISSENT, reason="迟来的意见")
    assert sheet(walk) == before
    walk.until("dispatched")
    sent = dispatched_letter_of(case_of(walk), walk.facts(walk.lead))
    assert sent is not None
    assert sent.co_sentences == before.co_sentences


def test_who_did_not_sign_in_time_is_printed_so(play: Play) -> None:
    walk = Walk(play).until("worked")
    walk.drafted()
    facts = walk.facts("handler")
    unsigned = Story(tuple(past for past in facts.story.events if past.action is not A.COUNTERSIGN))
    waiting = letter_of(case_of(walk), replace(facts, story=unsigned))
    assert waiting is not None
    assert waiting.co_sentences == ()
    later = facts.calendar.add_workdays(facts.today, 6)
    silent = letter_of(case_of(walk), replace(facts, story=unsigned, today=later))
    assert silent is not None
    assert silent.co_sentences == (f"{UNIT}未会签。",)


def test_the_deputies_keep_the_letter_of_the_first_round_while_the_second_is_written(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    walk.rated("dissatisfied", "没有办成")
    walk.followed()
    walk.do("supervisor", A.ORDER_REDO, reason="重新办")
    walk.read()
    walk.replanned()
    walk.approved()
    walk.drafted(closing="第二轮的话。")
    assert sheet(walk).closing == "第二轮的话。"
    assert seen_by(walk, walk.lead).closing == "感谢您的关心。"


@pytest.mark.parametrize(
    ("unit", "area", "name"),
    [
        ("区民政局", "云山区", "云山区民政局"),
        ("县民政局", "云阳县", "云阳县民政局"),
        ("团区委", "云山区", "团区委"),
        ("区民政局", "", "区民政局"),
    ],
)
def test_a_letterhead_names_the_area(unit: str, area: str, name: str) -> None:
    assert full_name(unit, area) == name


def test_a_suggestion_between_sessions_says_so(play: Play) -> None:
    suggestion = play.suggestion("010")
    assert meeting_of(suggestion) == "区第十九届人民代表大会第六次会议"
    suggestion.series = "between"
    assert meeting_of(suggestion) == "区第十九届人民代表大会第六次会议闭会期间"
    suggestion.term = 0
    assert meeting_of(suggestion) == ""
