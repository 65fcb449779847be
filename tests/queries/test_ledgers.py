"""The ledgers: they hold what the statistics count, each reader finds no more than they may know."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from suggestions.documents.ledgers.sheet import Value
from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Suggestion, Unit
from suggestions.practice.play import Play
from suggestions.queries.counts import Asked, scope_of
from suggestions.queries.ledgers import BOOKS, asking, choices, ledger
from tests.queries.conftest import NOON, House
from tests.queries.reading import rated

TODAY = NOON.date()
YEAR = Asked(2026)
Line = dict[str, Value]


def sheets(actor: Actor, code: str, asks: Asked = YEAR, today: date = TODAY) -> dict[str, list[Line]]:
    """Every sheet of a ledger by its name, each row by its headings."""
    made = ledger(db.session(), actor, scope_of(db.session(), actor), asks, code=code, today=today)
    found = {}
    for sheet in made.sheets:
        titles = [column.title for column in sheet.columns]
        found[sheet.name] = [dict(zip(titles, row, strict=True)) for row in sheet.rows]
    return found


def own(actor: Actor, asks: Asked = YEAR) -> list[Line]:
    return sheets(actor, "handling", asks)["主办件"]


def numbers(lines: Sequence[Line]) -> list[Value]:
    return [line["编号"] for line in lines]


def of_unit(name: str) -> int:
    return db.session.scalars(select(Unit.id).where(Unit.name == name)).one()


def test_the_handling_ledger_of_the_practice_year(house: House) -> None:
    lines = own(house.actor("supervisor"))
    assert numbers(lines) == [f"{number:03}" for number in range(1, 25)]
    second = lines[1]
    assert second["承办单位"] == "区民政局"
    assert second["协办单位"] == "区住房城乡建委"
    assert second["承办人"] == "潘一舟"
    days = ("交办日期", "局长阅看原件日期", "方案审定日期", "局长督促日期", "局长签批日期", "答复日期", "答复期限")
    assert [second[name] for name in days] == [
        date(2026, 2, 9), date(2026, 2, 9), date(2026, 2, 10), date(2026, 2, 11), date(2026, 2, 12),
        date(2026, 2, 12), date(2026, 5, 9),
    ]  # fmt: skip
    assert (second["按期答复"], second["结果类别"], second["代表评价"]) == ("是", "B", "基本满意")
    assert (second["承诺项数"], second["未了承诺"]) == (1, 1)
    closed = next(line for line in lines if line["编号"] == "010")
    assert (closed["办结日期"], closed["灯"], closed["未了承诺"]) == (date(2026, 2, 14), "办结", 0)
    untouched = lines[0]
    assert (untouched["签收日期"], untouched["按期答复"], untouched["代表评价"]) == (None, "", "")


@pytest.mark.parametrize("username", ["supervisor", "inspector", "director", "handler", "reviewer", "clerk"])
def test_each_reader_has_the_rows_that_they_count(house: House, username: str) -> None:
    actor = house.actor(username)
    lines = own(actor)
    units = {line["承办单位"] for line in lines}
    if username in ("supervisor", "inspector"):
        assert len(lines) == 24
    else:
        assert (len(lines), units) == (20, {"区民政局"})
    owed = sheets(actor, "handling")["协办件"]
    # Three of the units that owe an opinion are no part of the government.
    assert len(owed) == {"supervisor": 29, "inspector": 26}.get(username, 4)


def test_a_unit_of_no_government_is_not_in_the_inspections_ledgers(house: House) -> None:
    db.session.execute(update(Unit).where(Unit.name == "区民政局").values(is_government=False))
    for code in BOOKS:
        found = str(sheets(house.actor("inspector"), code))
        assert "区民政局" not in found or code == "handling", code
    assert {line["承办单位"] for line in own(house.actor("inspector"))} == {
        "区住房城乡建委", "区卫生健康委", "区教委",
    }  # fmt: skip


@pytest.mark.parametrize("username", ["deputy", "auditor", "sysadmin", "secadmin"])
@pytest.mark.parametrize("code", list(BOOKS))
def test_nobody_else_finds_a_ledger(house: House, username: str, code: str) -> None:
    with pytest.raises(Missing):
        sheets(house.actor(username), code)


def test_there_is_no_other_ledger(house: House) -> None:
    with pytest.raises(Missing):
        sheets(house.actor("supervisor"), "everything")


def test_the_promise_ledger_holds_two_years_and_what_past_cases_owe(house: House) -> None:
    lines = sheets(house.actor("supervisor"), "promise")["承诺事项"]
    past = [line for line in lines if line["往年件"] == "是"]
    assert {line["承诺年份"] for line in lines} == {2025, 2026}
    assert numbers([line for line in past if line["怎样了"] != "导入时已经完成"]) == ["112", "126"]
    late = next(line for line in past if line["编号"] == "126")
    assert (late["怎样了"], late["完成期限"], late["承诺日期"]) == (
        "到期没有兑现",
        date(2025, 12, 31),
        date(2025, 5, 12),
    )
    kept = next(line for line in lines if line["编号"] == "010")
    assert (kept["怎样了"], kept["兑现日期"]) == ("按期兑现", date(2026, 2, 13))
    assert kept["兑现的依据"]
    assert len([line for line in lines if line["承诺年份"] == 2026]) == 10
    before = sheets(house.actor("supervisor"), "promise", Asked(2025))["承诺事项"]
    assert {line["承诺年份"] for line in before} == {2025}


def test_the_contact_ledger_says_when_how_and_what_the_deputy_says_of_it(house: House) -> None:
    lines = sheets(house.actor("director"), "contact")["沟通"]
    assert {line["承办单位"] for line in lines} == {"区民政局"}
    assert {line["什么时候"] for line in lines} <= {"办理前", "办理中", "办理后"}
    first = lines[0]
    assert (first["编号"], first["方式"], first["什么时候"]) == ("002", "联合调研", "办理前")
    assert (first["谁带队"], first["算不算联系"]) == ("承办人员", "算")
    assert (first["联系日期"], first["代表怎么说"]) == (date(2026, 2, 9), "确认")
    assert "19厘米" in str(first["商定了什么"])
    contacted = {
        line["编号"] for line in lines if line["方式"] != "未接通（记一次尝试）" and line["代表怎么说"] != "否认"
    }
    assert len(contacted) == 13


def test_the_statistics_as_a_workbook_are_those_of_the_page(house: House) -> None:
    found = sheets(house.actor("supervisor"), "statistics")
    assert list(found) == ["各单位", "各类别", "各类结果", "各年", "全部的率"]
    bureau = next(line for line in found["各单位"] if line["单位"] == "区民政局")
    assert (bureau["件数（承办件）"], bureau["已答复（承办件）"], bureau["按期办复率"]) == (20, 5, None)
    shares = {(line["率"], line["算法"]): line for line in found["全部的率"]}
    whole = shares["办复率", "占全部"]
    assert (whole["分子"], whole["分母"], str(whole["结果"])) == (5, 24, "0.208")
    assert "各单位" not in sheets(house.actor("clerk"), "statistics")


def test_no_column_of_a_unit_or_the_inspection_tells_a_sealed_rating(play: Play) -> None:
    """The same ledgers before and after a sealed rating is corrected from one end of the scale to the other."""
    walk = rated(play, "satisfied")
    first, above = all_that_is_exported(play), exported(play, "supervisor")
    walk.do(walk.lead, A.CORRECT_RATING, **walk.rating("dissatisfied", "门面话多，事没办。"))
    assert all_that_is_exported(play) == first
    assert exported(play, "supervisor") != above
    assert "已评价，还没公布" in first
    assert "门面话" not in first
    walk.do(walk.lead, A.OPEN_RATING)
    assert all_that_is_exported(play) != first


def all_that_is_exported(play: Play) -> str:
    return "".join(exported(play, name) for name in ("director", "handler", "reviewer", "clerk", "inspector"))


def exported(play: Play, username: str) -> str:
    """Every ledger of one person; the day stands still, so that no light changes between two looks."""
    db.session.expire_all()
    actor = play.actor(username)
    return "".join(str(sheets(actor, code, today=play.moment.date())) for code in BOOKS)


def test_a_hidden_name_is_in_no_ledger_of_the_unit(house: House) -> None:
    lead = house.handling("003").suggestion.lead_id
    db.session.execute(update(Suggestion).where(Suggestion.lead_id == lead).values(is_name_hidden=True))
    for code in ("handling", "promise", "contact"):
        lines = str(
            [
                (line.get("编号"), line.get("领衔代表"))
                for of in sheets(house.actor("clerk"), code).values()
                for line in of
            ]
        )
        assert "罗正国" not in lines
        assert "姓名不公开的代表" in lines
    assert "罗正国" in str(sheets(house.actor("supervisor"), "handling"))


def test_a_ledger_of_one_unit_holds_that_unit_alone(house: House) -> None:
    asks = replace(YEAR, unit=of_unit("区教委"))
    assert numbers(own(house.actor("supervisor"), asks)) == ["023"]
    empty = sheets(house.actor("supervisor"), "handling", Asked(2019))
    assert empty == {"主办件": [], "协办件": []}


def test_portions_leave_nothing_out(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {code: sheets(house.actor("supervisor"), code) for code in BOOKS}
    monkeypatch.setattr(asking, "PORTION", 5)
    assert {code: sheets(house.actor("supervisor"), code) for code in BOOKS} == whole


def test_as_many_statements_with_twice_the_rows(house: House) -> None:
    actor = house.actor("supervisor")
    before = {code: house.counted(lambda code=code: sheets(actor, code))[1] for code in BOOKS}  # type: ignore[misc]
    house.double()
    after = {code: house.counted(lambda code=code: sheets(actor, code))[1] for code in BOOKS}  # type: ignore[misc]
    assert after == before
    assert max(after.values()) <= 12
    assert len(own(actor)) == 48


def test_the_filters_offer_what_there_is(house: House) -> None:
    above, below = house.actor("supervisor"), house.actor("clerk")
    offered = choices(db.session(), scope_of(db.session(), above), Asked(2019), TODAY)
    assert set(offered.years) == {2026, 2019}
    assert len(offered.units) == 16
    assert choices(db.session(), scope_of(db.session(), below), YEAR, TODAY).units == ()
    assert below.role is Role.CLERK
