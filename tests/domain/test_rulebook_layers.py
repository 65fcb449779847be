"""A district lays its own rows over the municipal rulebook; versions in turn leave old cases as they were."""

from datetime import date
from pathlib import Path

import pytest

from suggestions.domain.deadlines import due
from suggestions.domain.rulebook import RulebookError, TermKey, load, read, valid_on, versions_in
from suggestions.domain.workdays import Calendar

RULEBOOKS = Path(__file__).resolve().parents[2] / "suggestions" / "rulebooks"
CITY = (RULEBOOKS / "chongqing.toml").read_text(encoding="utf-8")
CITATION = 'source = "own"\narticle = "第三条"\nrule = "本区的规定"\n'
HEAD = """
extends = "chongqing"
name = "district"
version = "1"
title = "某区规则"
valid_from = 2020-01-01
based_on = ["某区办法"]

[sources.own]
title = "《某区办法》"
"""
CALENDAR = Calendar({}, frozenset(range(2017, 2040)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of rulebooks that holds the municipal one."""
    (tmp_path / "chongqing.toml").write_text(CITY, encoding="utf-8")
    return tmp_path


def put(folder: Path, rows: str, file: str = "district.toml", head: str = HEAD) -> None:
    (folder / file).write_text(head + rows, encoding="utf-8")


def test_the_practice_district_overrides_two_terms_and_nothing_else() -> None:
    city, district = load("chongqing"), load("yunshan")
    assert {key for key in TermKey if district.terms[key] != city.terms[key]} == {"receive", "first_contact"}
    assert (district.term("receive").amount, district.term("first_contact").amount) == (2, 15)
    assert district.term("first_contact").article == "《云山区人大代表建议办理工作办法》（练习示例）第二条"
    assert district.term("first_contact").basis.also == ""
    assert district.term("first_contact").near == city.term("first_contact").near
    assert (district.behind.contact_workdays, district.behind.plan) == (11, city.behind.plan)
    assert district.seasons == city.seasons
    assert district.result_classes == city.result_classes
    assert district.withdrawal == city.withdrawal


def test_the_practice_district_says_that_it_is_an_example() -> None:
    district = load("yunshan")
    assert district.title.endswith("（练习示例）")
    assert district.based_on[0].endswith("（练习示例，不是真实文件）")
    assert district.based_on[1:] == load("chongqing").based_on


def test_a_row_knows_the_file_it_stands_in(folder: Path) -> None:
    put(folder, "[terms.redo]\namount = 1\n" + CITATION + "\n[terms.rating]\nnear = { amount = 3 }")
    (district,) = versions_in(folder, "district")
    assert district.term("redo").basis.file == "district.toml"
    assert district.term("redo").article == "《某区办法》第三条"
    assert district.term("redo").owed_by == "unit"
    assert district.term("rating").basis.file == "chongqing.toml"
    assert (district.term("rating").near.amount, district.term("rating").near.unit) == (3, "workdays")


def test_a_row_of_a_list_is_found_by_its_code(folder: Path) -> None:
    rows = [
        '[[result_classes]]\ncode = "B"\nshort_label = "正在办"',
        '[[decline_grounds]]\ncode = "accusation"\ndrop = true',
        f'[[decline_grounds]]\ncode = "bid"\nlabel = "招标投标"\n{CITATION.replace("rule", "#")}',
    ]
    put(folder, "\n\n".join(rows))
    (district,) = versions_in(folder, "district")
    assert district.result_class("B").short_label == "正在办"
    assert district.result_class("B").article == load("chongqing").result_class("B").article
    assert list(district.decline_grounds) == [
        "personal",
        "judicial_or_letter",
        "academic_or_product",
        "other_law",
        "bid",
    ]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("[terms.redo]\namount = 1", "terms.redo 改了 amount，要同时写明自己的 source、article 和 rule"),
        ('[[result_classes]]\ncode = "B"\nlabel = "别的"', "result_classes[2] 改了 label"),
        ("[withdrawal]\nneeds_all = true", "withdrawal 改了 needs_all"),
        ('[terms.redo]\nsource = "own"\narticle = "第三条"', "terms.redo.rule 缺少，应是一段文字（chongqing.toml）"),
        ("[terms.redo]\namount = 0\n" + CITATION, "terms.redo.amount 应是不小于1的整数，现在是0（district.toml）"),
        (
            "[terms.redo]\non_failrue = '晚了'\n" + CITATION,
            "terms.redo.on_failrue 不认识，请检查拼写或者删去（district.toml）",
        ),
        (
            "[terms.first_contact]\namount = 10\n" + CITATION,
            "behind.contact_workdays 不能大于 terms.first_contact.amount（10）",
        ),
        (
            '[[ratings]]\ncode = "understood"\nis_contested = 1',
            "ratings[3].is_contested 应是true或者false，现在是“1”（district.toml）",
        ),
        (
            '[[ratings]]\ncode = "understood"\ndrop = true',
            "scales.overall 有 ratings 中没有的评价：understood（chongqing.toml）",
        ),
        ('[[decline_grounds]]\ncode = "accusatoin"\ndrop = true', "decline_grounds[6].drop 不认识"),
        ("[terms.redoo]\namount = 1", "terms.redoo 不认识，请检查拼写或者删去（district.toml）"),
    ],
)
def test_the_whole_is_checked_and_the_file_at_fault_is_named(folder: Path, rows: str, fault: str) -> None:
    put(folder, rows)
    with pytest.raises(RulebookError) as refused:
        versions_in(folder, "district")
    assert "规则书 district.toml 有" in refused.value.message
    assert fault in refused.value.message


def test_a_source_beneath_is_not_given_another_title(folder: Path) -> None:
    put(folder, "", head=HEAD.replace("sources.own", "sources.regulation"))
    with pytest.raises(RulebookError, match="sources 中的 regulation 底本已经用了"):
        versions_in(folder, "district")


def test_a_file_that_extends_is_not_read_alone() -> None:
    with pytest.raises(RulebookError, match=r"district\.toml 以 chongqing 为底本"):
        read(HEAD, "district.toml")


def test_a_missing_or_circular_base_is_named(folder: Path) -> None:
    put(folder, "", head=HEAD.replace('"chongqing"', '"nowhere"'))
    with pytest.raises(RulebookError, match="没有名为“nowhere”的规则书"):
        versions_in(folder, "district")
    put(folder, "", head=HEAD.replace('"chongqing"', '"district"'))
    with pytest.raises(RulebookError, match="规则书互为底本：district、district"):
        versions_in(folder, "district")


def test_three_layers(folder: Path) -> None:
    put(folder, "[terms.redo]\namount = 1\n" + CITATION)
    town = HEAD.replace('"chongqing"', '"district"').replace('"district"\nversion', '"town"\nversion')
    put(
        folder,
        "[terms.receive]\namount = 1\n" + CITATION.replace("own", "town"),
        "town.toml",
        town.replace(".own", ".town"),
    )
    (rules,) = versions_in(folder, "town")
    files = {key: rules.term(key).basis.file for key in ("receive", "redo", "rating")}
    assert files == {"receive": "town.toml", "redo": "district.toml", "rating": "chongqing.toml"}


def changed_city(folder: Path) -> None:
    """The municipal regulation is amended on 1 July 2026: one month to handle again instead of two."""
    old = CITY.replace("valid_from = 2018-01-01", "valid_from = 2018-01-01\nvalid_to = 2026-06-30")
    head, _, tail = CITY.partition("[terms.redo]")
    new = head.replace("valid_from = 2018-01-01", "valid_from = 2026-07-01").replace('"2018-01"', '"2026-07"')
    (folder / "chongqing.toml").write_text(old, encoding="utf-8")
    (folder / "chongqing-2026.toml").write_text(
        new + "[terms.redo]" + tail.replace("amount = 2", "amount = 1", 1), encoding="utf-8"
    )


def test_a_change_leaves_old_cases_as_they_were(folder: Path) -> None:
    changed_city(folder)
    versions = versions_in(folder, "chongqing")
    ordered_on = date(2026, 8, 3)
    ruled_before, ruled_after = valid_on(versions, date(2026, 6, 30)), valid_on(versions, date(2026, 7, 1))
    assert (ruled_before.version, ruled_after.version) == ("2018-01", "2026-07")
    assert due(ruled_before.term("redo"), ordered_on, CALENDAR).on == date(2026, 10, 5)
    assert due(ruled_after.term("redo"), ordered_on, CALENDAR).on == date(2026, 9, 3)
    assert valid_on(versions, None) is ruled_after
    with pytest.raises(RulebookError, match="2017-12-31"):
        valid_on(versions, date(2017, 12, 31))


def test_a_district_changes_with_the_city_beneath_it_from_that_day_on(folder: Path) -> None:
    changed_city(folder)
    put(folder, "[terms.receive]\namount = 2\n" + CITATION)
    before, after = versions_in(folder, "district")
    assert (before.valid_from, before.valid_to) == (date(2020, 1, 1), date(2026, 6, 30))
    assert (after.valid_from, after.valid_to) == (date(2026, 7, 1), None)
    assert (before.term("redo").amount, after.term("redo").amount) == (2, 1)
    assert before.term("receive") == after.term("receive")
    assert after.version == "1，底本 chongqing 2026-07"


def test_a_district_outside_the_time_of_its_base_is_refused(folder: Path) -> None:
    put(folder, "", head=HEAD.replace("valid_from = 2020-01-01", "valid_from = 2016-01-01\nvalid_to = 2016-12-31"))
    with pytest.raises(RulebookError, match="底本 chongqing 没有有效的版本"):
        versions_in(folder, "district")
