"""The printed rulebooks: every number with its article, defaults marked, and the pages in docs current."""

from pathlib import Path

import pytest

from suggestions.domain.rulebook import load, rulebook_names
from suggestions.domain.rulebook_printing import page

DOCS = Path(__file__).resolve().parents[2] / "docs" / "rulebooks"


@pytest.mark.parametrize("name", rulebook_names())
def test_the_page_in_docs_is_current(name: str) -> None:
    written = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert written == page(load(name)), f"print it anew: flask rulebook {name} > docs/rulebooks/{name}.md"


def test_docs_hold_no_page_of_a_rulebook_that_is_gone() -> None:
    assert sorted(file.stem for file in DOCS.glob("*.md")) == rulebook_names()


@pytest.mark.parametrize("name", rulebook_names())
def test_every_term_stands_on_the_page_with_its_article(name: str) -> None:
    rules = load(name)
    text = page(rules)
    lines = text.splitlines()
    for term in (*rules.terms.values(), *rules.extra_terms.values()):
        (row,) = [line for line in lines if line.startswith(f"| {term.name} |") and term.basis.rule in line]
        assert f"| {term.amount}" in row
        assert term.article in row
        assert ("**本系统默认**" in row) is term.is_default
    for season in rules.seasons.values():
        assert season.basis.rule in text
    for choice in (*rules.decline_grounds.values(), *rules.result_classes.values()):
        assert choice.label in text
        assert choice.article in text


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head() -> None:
    for name in rulebook_names():
        width = 0
        for line in page(load(name)).splitlines():
            cells = line.count("|")
            assert cells in (0, width) or width == 0, line
            width = cells


def test_limits_say_what_they_rest_on() -> None:
    city, shanghai = page(load("chongqing")), page(load("shanghai"))
    assert "| 延期 | 书面向代表说明，不需要批准 |" in city
    assert "- 答复：最多延期3个月（**本系统默认**）" in city
    assert "| 撤回联名建议 | 领衔代表书面要求 | **本系统默认**：" in city
    assert "| 延期 | 书面向代表说明，交办机构同意 |" in shanghai
    assert "- 答复：最多延期3个月（《上海市人民代表大会关于代表建议、批评和意见的规定》第十九条第一款）" in shanghai
    assert "| 撤回联名建议 | 全体联名代表一致同意 |" in shanghai
    assert "| 再次亮灯 | 代表 | 7天 | 亮灯之日 | 不提前 |" in city


def test_a_district_page_names_the_file_of_each_row() -> None:
    rows = {line.split(" | ")[0].strip("| "): line for line in page(load("yunshan")).splitlines()}
    assert rows["签收"].endswith("| yunshan.toml |")
    assert rows["申请退办"].endswith("| chongqing.toml |")
    assert "出自" not in page(load("chongqing"))
