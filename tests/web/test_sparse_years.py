"""A year without anything, a year half imported, and a unit with one case: the pages stay sensible."""

import re
from collections.abc import Iterator
from datetime import datetime, time

import pytest
from flask import Flask

from suggestions import clock
from suggestions.practice.people import settle
from suggestions.practice.play import Play
from suggestions.usecases import housekeeping, importing
from tests.conftest import ASSIGNED_ON, EMPTY, practice_originals, practice_workbook
from tests.databases import Databases
from tests.web.visitor import Visitor

ABOVE = ("/", "/statistics", "/big-screen", "/bulletin", "/bulletin.docx", "/ledgers", "/promises", "/register")
OF_A_UNIT = ("/", "/statistics", "/duty-report", "/ledgers", "/promises", "/register")
NONSENSE = re.compile(r"None|nan|[^0-9.]0 ?(<small>)?%|÷ ?0|\{\{|Infinity")


@pytest.fixture(scope="module")
def empty(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house with its people, to which nothing was handed over yet."""
    for app in sqlite_databases.copy(EMPTY, tmp_path_factory.mktemp("empty") / "files"):
        with app.app_context(), clock.pinned(datetime.combine(ASSIGNED_ON, time(8), clock.CHINA)):
            settle()
            housekeeping.set_practice_day(ASSIGNED_ON)
        yield app


def pages(app: Flask) -> dict[tuple[str, str], str]:
    """The pages of those above the units, and of a director, that show numbers; each is answered and none is odd."""
    found = {}
    for who, paths in (("supervisor", ABOVE), ("inspector", ABOVE), ("director", OF_A_UNIT)):
        person = Visitor(app, who)
        for path in paths:
            answer = person.get(path)
            assert answer.status_code == 200, (who, path)
            if not path.endswith(".docx"):
                main = answer.text.split("<main")[1]
                assert NONSENSE.search(re.sub(r"<[^>]+>", " ", main)) is None, (who, path)
                found[who, path] = main
    return found


def test_nothing_then_half_of_it(empty: Flask) -> None:
    found = pages(empty)
    assert "没有超期和临近的件" in found["supervisor", "/"]
    assert "这里还没有可以数的" in found["supervisor", "/statistics"]
    assert "还没有" in found["supervisor", "/big-screen"]
    assert found["supervisor", "/bulletin"].count("没有。") >= 8
    with empty.app_context():
        play = Play(ASSIGNED_ON)
        with clock.pinned(play.moment):
            half = frozenset(f"{number:03}" for number in range(1, 12))
            by = play.actor("supervisor")
            importing.import_handover(practice_workbook(), practice_originals(), by=by, only=half)
    found = pages(empty)
    assert "<strong>11</strong>" in found["supervisor", "/"]
    assert "<b>11</b>建议" in found["supervisor", "/big-screen"]
    assert "<strong>11</strong>" in found["supervisor", "/bulletin"]
    lone = Visitor(empty, "director@区财政局").get("/statistics")
    assert "这里还没有可以数的" in lone.text


@pytest.mark.whole_handover
def test_a_unit_with_one_case_reads_numbers_and_no_percentage(app: Flask) -> None:
    for who in ("director@区卫生健康委", "clerk@区卫生健康委"):
        page = Visitor(app, who).get("/statistics").text
        assert re.search(r"全部（涉密件除外）1件", page)
        assert "<small>%</small>" not in page
