"""The annual report: every figure as long as its list, nothing sealed told to a unit, an empty year in a sentence."""

import re

import pytest
from sqlalchemy import select, update

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Missing
from suggestions.extensions import db
from suggestions.models import Suggestion, Unit
from suggestions.practice.play import Play
from suggestions.queries.counts import Asked, scope_of
from suggestions.queries.sentences import plain
from suggestions.queries.statistics_list import listed
from suggestions.queries.yearly import AnnualReport, annual_report
from suggestions.queries.yearly.paper import paper_of
from tests.queries.conftest import NOON, House
from tests.queries.reading import rated

TODAY, YEAR = NOON.date(), Asked(2026)
TITLES = ["基本情况", "办理结果", "代表评价", "同代表沟通", "承诺事项", "协办", "公开", "重点督办", "反复提出的建议"]


def report(house: House, username: str = "supervisor", asks: Asked = YEAR) -> AnnualReport:
    actor = house.actor(username)
    return annual_report(db.session(), actor, scope_of(db.session(), actor), asks, TODAY)


def words(found: AnnualReport) -> str:
    said = [*found.opening, *(each for section in found.sections for each in section.sentences)]
    return "".join(plain(sentence) for sentence in said)


def test_the_practice_year_of_all_units_is_what_was_counted_by_hand(house: House) -> None:
    found = report(house)
    assert [section.title for section in found.sections] == [*TITLES, "各单位"]
    said = words(found)
    # 001-024; answered: 002, 003, 004, 010, 013; closed: 010; key: 001, 002; rated: all but 004; sealed of them: 013.
    for sentence in (
        "2026年，共交办代表建议24件，其中重点督办2件。",
        "已答复5件（办复率为5件中5件，办复率（占全部）20.8%），按期答复5件",
        "办结1件（办结率4.2%），答复了、还在跟踪落实的4件",
        "A类1件，B类4件，C类0件，D类0件。",
        "收到代表回执4件（回执率为5件中4件），逾期没有交回0件，还在等代表评价1件",
        "满意率（宽）为4件中3件（满意和基本满意，占回执），满意率（严）为4件中2件",
        "这一年作出承诺10项",
        "请求协办的意见29件",
        "不主动公开（依申请公开、不予公开或者说明了理由）的0件",
    ):
        assert sentence in said, sentence
    assert "其中1件评价还没有向承办单位公布" in "".join(found.notes)


@pytest.mark.parametrize("username", ["supervisor", "inspector", "director"])
def test_every_figure_is_as_long_as_its_list(house: House, username: str) -> None:
    actor = house.actor(username)
    scope, found = scope_of(db.session(), actor), report(house, username)
    looked_at = set()
    for section in found.sections:
        for piece in (piece for sentence in section.sentences for piece in sentence if piece.number is not None):
            number = piece.number
            assert number is not None
            key = (number.part, number.asks)
            if key not in looked_at:
                rows = listed(db.session(), actor, scope, number.asks, code=number.part, today=TODAY)
                assert rows.total == number.value
                looked_at.add(key)
        loose = [piece.text for sentence in section.sentences for piece in sentence if piece.number is None]
        bare = [text for text in loose if re.fullmatch(r"[0-9.]+%?", text)]
        assert bare == (["2"] if section.id == "course" else []), "the key items lead to their table"
    assert len(looked_at) > 30


def test_a_unit_reads_its_own_and_no_sealed_rating(house: House) -> None:
    found = report(house, "director")
    assert [section.title for section in found.sections] == TITLES
    assert words(found).startswith("2026年，区民政局共承办代表建议20件")
    assert "已评价、还没公布1件" in words(found)
    assert "没有公布的评价不在里面。" in found.notes
    other = db.session.scalars(select(Unit.id).where(Unit.name == "区教委")).one()
    assert words(report(house, "supervisor", Asked(2026, other))).startswith("2026年，区教委共承办代表建议1件")


def test_years_without_or_with_past_cases_alone_say_so(house: House) -> None:
    empty, past = report(house, asks=Asked(2019)), report(house, asks=Asked(2025))
    assert words(empty) == "2019年，各承办单位没有交办、可以统计的代表建议。"
    assert words(past).startswith("2025年，各承办单位没有交办、可以统计的代表建议。另有往年件4件")
    for found in (empty, past):
        assert (found.sections, found.shown) == ((), ())
        assert paper_of(found).blocks


def test_a_suggestion_put_again_is_named_with_the_earlier_one(house: House) -> None:
    db.session.execute(
        update(Suggestion).where(Suggestion.number == "004").values(title="关于在老旧社区开办老年食堂的几点建议")
    )
    again = next(section for section in report(house).sections if section.id == "again")
    assert plain(again.sentences[0]) == "标题同以前的建议很相近的有1件。"
    row = again.tables[0].rows[0]
    assert (row.number, row.how.partition("，")[0]) == ("第004号", "2025年第112号《关于在老旧社区开办老年食堂的建议》")


@pytest.mark.parametrize("username", ["handler", "reviewer", "auditor", "deputy", "sysadmin", "secadmin"])
def test_nobody_else_has_one(house: House, username: str) -> None:
    with pytest.raises(Missing):
        report(house, username)


def test_redone_cases_stand_with_both_rounds_and_nothing_sealed_is_told(play: Play) -> None:
    walk = rated(play, "dissatisfied")

    def text(who: str) -> str:
        db.session.expire_all()
        actor = play.actor(who)
        found = annual_report(db.session(), actor, scope_of(db.session(), actor), YEAR, play.moment.date())
        return str(paper_of(found).blocks)

    sealed = text("inspector")
    assert "不满意1件" not in sealed
    walk.do(walk.lead, A.OPEN_RATING)
    walk.do("supervisor", A.ORDER_REDO, reason="当面听取代表意见，重新办理。")
    for who in ("supervisor", "inspector"):
        assert "责成重新办理1件" in text(who)
        assert "不满意；还没答复" in text(who)


def test_as_many_statements_with_twice_the_rows(house: House) -> None:
    _, before = house.counted(lambda: report(house))
    house.double()
    _, after = house.counted(lambda: report(house))
    assert after == before <= 25


def test_the_paper_has_each_chart_with_words_and_table(house: House) -> None:
    blocks = paper_of(report(house)).blocks
    kinds = [type(block).__name__ for block in blocks]
    pictures = [at for at, kind in enumerate(kinds) if kind == "Picture"]
    assert len(pictures) == 4
    for at in pictures:
        assert kinds[at - 1 : at + 2] == ["Text", "Picture", "Table"]
        assert blocks[at].words  # type: ignore[union-attr]
    text = str(blocks)
    assert "已答复 ÷ 已答复或者已到期" in text
    assert "重庆2021年的算法" in text
