"""The ledgers as a page and as files: who may take them along, and what is in the file."""

from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from flask import Flask

from suggestions.queries.ledgers import BOOKS
from tests.documents.writing import validate
from tests.web.visitor import Visitor

READERS = ("supervisor", "inspector", "director", "handler", "clerk", "reviewer", "cohandler")


@pytest.mark.parametrize("username", READERS)
def test_every_reader_is_led_from_desk_and_statistics_to_each_file(played: Flask, username: str) -> None:
    person = Visitor(played, username)
    assert 'href="/ledgers"' in person.get("/").text
    assert 'href="/ledgers?year=2026"' in person.get("/statistics").text
    page = person.get("/ledgers?year=2026")
    assert page.text.count("<h1>") == 1
    for code in BOOKS:
        assert f'href="/ledgers/{code}.xlsx?year=2026"' in page.text
        answer = person.get(f"/ledgers/{code}.xlsx?year=2026")
        assert answer.status_code == 200
        assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        assert "2026年" in unquote(answer.headers["Content-Disposition"])
        assert answer.headers["Cache-Control"] == "private, no-store"
        book = openpyxl.load_workbook(BytesIO(answer.data))
        assert all(sheet.freeze_panes == "A2" and sheet.auto_filter.ref for sheet in book)


def test_every_ledger_passes_the_validator(played: Flask, tmp_path: Path) -> None:
    person = Visitor(played, "supervisor")
    for code in BOOKS:
        validate(person.get(f"/ledgers/{code}.xlsx?year=2026").data, tmp_path / f"{code}.xlsx")


@pytest.mark.parametrize("username", ["deputy", "auditor", "sysadmin", "secadmin"])
def test_nobody_else_takes_a_ledger_along(played: Flask, username: str) -> None:
    person = Visitor(played, username)
    for path in ("/ledgers", *(f"/ledgers/{code}.xlsx" for code in BOOKS)):
        assert person.get(path).status_code == 403
    assert 'href="/ledgers' not in person.get("/").text


def test_a_unit_asks_in_vain_for_another_units_ledger(played: Flask) -> None:
    answer = Visitor(played, "clerk").get("/ledgers/handling.xlsx?year=2026&unit=8")
    page = openpyxl.load_workbook(BytesIO(answer.data))["主办件"]
    assert {row[7] for row in page.iter_rows(min_row=2, values_only=True)} == {"区民政局"}


@pytest.mark.parametrize("query", ["year=99999999", "year=0", "year=1", "unit=x", "unit=999999999", "year=2999"])
def test_an_odd_address_is_answered_in_peace(played: Flask, query: str) -> None:
    person = Visitor(played, "supervisor")
    assert person.get(f"/ledgers?{query}").status_code == 200
    for code in BOOKS:
        assert person.get(f"/ledgers/{code}.xlsx?{query}").status_code == 200
    assert person.get(f"/ledgers/nothing.xlsx?{query}").status_code == 404


def test_the_command_exports_as_the_unit_reads_it(played: Flask, tmp_path: Path) -> None:
    out = tmp_path / "台账.xlsx"
    with played.app_context():
        done = played.test_cli_runner().invoke(
            args=["export-ledger", "handling", "--year", "2026", "--unit", "区民政局", "--out", str(out)]
        )
        refused = played.test_cli_runner().invoke(args=["export-ledger", "handling", "--unit", "没有的局"])
    assert done.exit_code == 0, done.output
    page = openpyxl.load_workbook(out)["主办件"]
    assert page.max_row == 21
    heads = [cell.value for cell in page[1]]
    said = {row[0]: row[heads.index("代表评价")] for row in page.iter_rows(min_row=2, values_only=True)}
    assert said["013"] == "已评价，还没公布"
    assert refused.exit_code == 1
    assert "没有单位“没有的局”" in refused.output
