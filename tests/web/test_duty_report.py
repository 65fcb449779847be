"""The duty report as a page, as a Word file and by command."""

import html
import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from flask import Flask

from tests.documents.writing import validate
from tests.queries.test_duty_report import BY_HAND
from tests.web.visitor import Visitor

LINK = re.compile(r'<a href="(/statistics/list/[^"]+)">([0-9.]+)(%?)</a>')


@pytest.mark.parametrize("username", ["director", "clerk"])
def test_the_paragraph_stands_on_the_page_and_each_number_opens_its_list(played: Flask, username: str) -> None:
    person = Visitor(played, username)
    assert 'href="/duty-report?year=2026"' in person.get("/statistics?year=2026").text
    assert 'href="/duty-report?year=2026"' in person.get("/ledgers?year=2026").text
    page = person.get("/duty-report?year=2026").text
    assert BY_HAND in re.sub(r"<[^>]+>", "", page)
    found = {(html.unescape(url), text) for url, text, percent in LINK.findall(page) if not percent}
    assert len(found) > 20
    for url, number in sorted(found):
        answer = person.get(url)
        total = re.search(r"<h1>[^<]*：([0-9]+)[件项]</h1>", answer.text)
        assert total is not None
        assert total[1] == number, url
    assert 'method="post" action="/duty-report' not in page


@pytest.mark.parametrize(
    "username", ["handler", "reviewer", "supervisor", "inspector", "auditor", "deputy", "secadmin"]
)
def test_nobody_else_enters(played: Flask, username: str) -> None:
    person = Visitor(played, username)
    assert person.get("/duty-report").status_code == 403
    assert person.get("/duty-report.docx").status_code == 403


@pytest.mark.parametrize("query", ["year=0", "year=99999999", "year=x", "person=x", "year=2019"])
def test_an_odd_address_is_answered_in_peace(played: Flask, query: str) -> None:
    clerk = Visitor(played, "clerk")
    assert clerk.get(f"/duty-report?{query}").status_code == 200
    assert clerk.get(f"/duty-report.docx?{query}").status_code == 200
    assert clerk.get("/duty-report?person=99999").status_code == 404


def test_the_word_file_is_sound_and_says_the_same(played: Flask, tmp_path: Path) -> None:
    answer = Visitor(played, "director").get("/duty-report.docx?year=2026")
    assert answer.status_code == 200
    document = docx.Document(BytesIO(answer.data))
    assert document.paragraphs[0].text == "2026年办理人大建议述职材料"
    assert BY_HAND in [paragraph.text for paragraph in document.paragraphs]
    cells = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert cells[1] == ["阅原件", "17", "17", "2026年2月9日", "2026年2月12日", "0.7", "2"]
    assert len(document.tables) == 7
    validate(answer.data, tmp_path / "duty.docx")


def test_the_command_prints_the_paragraph_and_stores_the_paper(played: Flask, tmp_path: Path) -> None:
    out = tmp_path / "述职.docx"
    with played.app_context():
        run = played.test_cli_runner().invoke
        done = run(args=["report", "--unit", "区民政局", "--year", "2026", "--director", "沈怀远", "--out", str(out)])
        refused = run(args=["report", "--unit", "区民政局", "--year", "2026", "--director", "没有这人"])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[0] == BY_HAND
    assert docx.Document(str(out)).tables
    assert refused.exit_code == 1
    assert "没有叫“没有这人”的局长" in refused.output
