"""The annual report as a page, as a Word file and by command."""

import html
import re
from io import BytesIO
from pathlib import Path

import docx
from docx.oxml.ns import qn
from flask import Flask

from tests.documents.writing import validate
from tests.web.visitor import Visitor

LINK = re.compile(r'<a href="(/statistics/list/[^"]+)">([0-9]+)</a>')


def test_each_number_of_the_page_opens_its_list_and_the_paper_is_sound(played: Flask, tmp_path: Path) -> None:
    person = Visitor(played, "supervisor")
    for path in ("/statistics?year=2026", "/ledgers?year=2026"):
        assert 'href="/annual-report?year=2026"' in person.get(path).text
    page = person.get("/annual-report?year=2026").text
    found = {(html.unescape(url), number) for url, number in LINK.findall(page)}
    assert len(found) > 60
    for url, number in sorted(found)[::7]:
        total = re.search(r"<h1>[^<]*：([0-9]+)[件项]</h1>", person.get(url).text)
        assert total is not None
        assert total[1] == number, url
    answer = person.get("/annual-report.docx?year=2026")
    document = docx.Document(BytesIO(answer.data))
    assert document.paragraphs[0].text == "关于2026年代表建议办理情况的报告"
    assert "代表建议24件" in "".join(paragraph.text for paragraph in document.paragraphs)
    told = [drawn.get("descr") for drawn in document.element.iter(qn("wp:docPr"))]
    assert len(told) == 4
    assert all(told)
    assert answer.headers["Cache-Control"] == "private, no-store"
    validate(answer.data, tmp_path / "annual.docx")


def test_who_enters_and_odd_addresses(played: Flask) -> None:
    for username in ("handler", "reviewer", "auditor", "deputy", "secadmin"):
        person = Visitor(played, username)
        assert person.get("/annual-report").status_code == 403
        assert person.get("/annual-report.docx").status_code == 403
    clerk = Visitor(played, "clerk")
    for query in ("year=0", "year=99999999", "year=x", "unit=8", "unit=x", "year=2019"):
        assert clerk.get(f"/annual-report?{query}").status_code == 200
        assert clerk.get(f"/annual-report.docx?{query}").status_code == 200
    assert "区民政局共承办代表建议20件" in re.sub("<[^>]+>", "", clerk.get("/annual-report?year=2026&unit=8").text)


def test_the_command_prints_the_report_and_stores_the_paper(played: Flask, tmp_path: Path) -> None:
    out = tmp_path / "报告.docx"
    with played.app_context():
        run = played.test_cli_runner().invoke
        done = run(args=["report", "annual", "--year", "2026", "--out", str(out)])
        unit = run(args=["report", "annual", "--unit", "区民政局", "--year", "2026"])
        refused = run(args=["report", "annual", "--director", "沈怀远"])
        lacking = run(args=["report"])
    assert done.exit_code == unit.exit_code == 0, done.output
    assert "共交办代表建议24件" in done.output
    assert "区民政局共承办代表建议20件" in unit.output
    assert docx.Document(str(out)).tables
    assert (refused.exit_code, lacking.exit_code) == (1, 1)
    assert "只用于述职段落" in refused.output
    assert "写明是哪个承办单位" in lacking.output
