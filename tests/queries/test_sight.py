"""What each may see of a case, and what is nowhere on their page."""

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Missing
from suggestions.extensions import db
from suggestions.practice.play import Play
from suggestions.queries.case_page import case_page
from suggestions.queries.looking import Reader
from tests.queries.conftest import NOON, House
from tests.queries.reading import REASON, UNIT, UNITS_OWN, page, progress, rated, text
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk


@pytest.mark.parametrize("who", [*UNITS_OWN, "inspector"])
def test_a_sealed_rating_is_nowhere_on_the_page_of_those_who_may_not_read_it(play: Play, who: str) -> None:
    walk = rated(play)
    found = page(walk, who)
    for word in (REASON, "第一条只换了牌子", "不满意", "打招呼", "dissatisfied"):
        assert word not in text(found)
    assert [entry.tag for entry in found.ratings] == ["封存"]
    assert found.requests is not None
    assert {row.rating for row in found.requests.rows} == {"已评，封存"}


@pytest.mark.parametrize("who", ["supervisor", "auditor"])
def test_the_deputies_office_reads_a_sealed_rating_and_the_quiet_flag(play: Play, who: str) -> None:
    found = page(rated(play), who)
    assert REASON in text(found)
    assert "打招呼" in text(found)
    assert found.ratings[0].tag == "封存，承办单位看不到"


@pytest.mark.parametrize("who", [*UNITS_OWN, "inspector"])
def test_an_opened_rating_is_read_word_for_word_but_never_the_quiet_flag(play: Play, who: str) -> None:
    walk = rated(play)
    walk.do(walk.lead, A.OPEN_RATING)
    found = text(page(walk, who))
    assert REASON in found
    assert "不满意：第一条只换了牌子。" in found
    assert "打招呼" not in found


def test_no_sealed_rating_in_the_whole_practice_house(house: House) -> None:
    handling = house.handling("013")
    for who in (*UNITS_OWN, "inspector"):
        found = case_page(db.session(), handling.id, Reader(house.actor(who), NOON, address))
        assert [entry.tag for entry in found.ratings] == ["封存"], who
        assert "总的评价" not in text(found)


def test_a_corrected_rating_keeps_both_values(play: Play) -> None:
    walk = rated(play)
    walk.do(walk.lead, A.CORRECT_RATING, **walk.rating())
    walk.do(walk.lead, A.OPEN_RATING)
    entries = page(walk, "handler").ratings
    assert [entry.head for entry in entries] == ["更正后的评价", "代表评价"]
    assert "总的评价：满意" in entries[0].paragraphs[0]
    assert REASON in text(entries[1])
    assert entries[1].tag == "已更正"


def test_remarks_inside_the_unit_stay_inside(play: Play) -> None:
    walk = Walk(play, number="003", lead="罗正国").until("approved")
    walk.do("reviewer", A.COMMENT, comment="这一句只给科里看。")
    walk.do("handler", A.RECORD_PROGRESS, progress="内部摸底。")
    walk.do("handler", A.RECORD_PROGRESS, progress="四处都看过了。", is_shown="1")
    for who in ("罗正国", "蒋玉梅"):
        seen = text(progress(walk, who))
        assert "只给科里看" not in seen
        assert "内部摸底" not in seen
        assert "四处都看过了" in seen
    for who in ("supervisor", "inspector"):
        assert "只给科里看" not in text(page(walk, who))
        assert "内部摸底" in text(page(walk, who))
    for who in (*UNITS_OWN, "auditor"):
        assert "只给科里看" in text(page(walk, who))


def test_a_co_unit_sees_its_own_opinion_and_passage_and_nothing_else(play: Play) -> None:
    walk = Walk(play, number="003", lead="罗正国").until("submitted")
    own, other = walk.co_handlings()
    found = page(walk, f"handler@{own.unit.name}")
    assert [entry.head for entry in found.co] == [own.unit.name]
    assert "“已核定两处。”" in text(found.co[0])
    assert found.requests is not None
    assert found.requests.is_bare
    assert [row.answer for row in found.requests.rows] == ["", ""]
    nothing = (found.plan, found.progress, found.reply, found.promises, found.record)
    assert nothing == (None, None, None, None, None)
    assert (found.seals, found.earlier_seals, found.hand_note, found.ratings, found.stages) == ((), (), (), (), ())
    for word in (other.unit.name, "办公用房", "选址没有动静", "韩冬梅", "感谢您的关心", "可公开"):
        assert word not in text(found), word
    assert found.due is not None
    assert found.due.label == "协办意见到期"


def test_an_opinion_stays_with_its_unit_until_its_director_releases_it(play: Play) -> None:
    walk = Walk(play).until("approved")
    co = walk.co_handlings()[0]
    walk.answer(co, f"handler@{UNIT}", A.GIVE_CO_OPINION, opinion="先核定一处试试。")
    for who in (*UNITS_OWN, "inspector"):
        assert "先核定一处试试" not in text(page(walk, who)), who
    assert "先核定一处试试" in text(page(walk, f"director@{UNIT}"))
    walk.answer(co, f"director@{UNIT}", A.RETURN_CO_OPINION, reason="写实一点")
    assert "写实一点" not in text(page(walk, "handler"))
    walk.answer(co, f"handler@{UNIT}", A.GIVE_CO_OPINION, opinion="核定两处，共620平方米。")
    walk.answer(co, f"director@{UNIT}", A.RELEASE_CO_OPINION)
    assert "核定两处，共620平方米" in text(page(walk, "handler"))
    assert "先核定一处试试" not in text(page(walk, "handler"))


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "otherdirector", "deputy"])
def test_who_has_no_part_in_it_is_told_that_there_is_nothing(play: Play, who: str) -> None:
    walk = Walk(play).until("received")
    with pytest.raises(Missing):
        page(walk, who)


def test_a_hidden_name_is_on_no_page_of_the_unit(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    play.suggestion("010").is_name_hidden = True
    for who in (*UNITS_OWN, f"handler@{UNIT}"):
        assert "邓小红" not in text(page(walk, who)), who
    for who in ("supervisor", "inspector", "auditor"):
        assert "邓小红代表" in text(page(walk, who)), who


def test_an_auditor_reads_everything_and_does_nothing(play: Play) -> None:
    found = page(Walk(play).until("submitted"), "auditor")
    assert (found.can, found.cannot) == ((), ())
    assert found.record is not None
    assert found.seals
