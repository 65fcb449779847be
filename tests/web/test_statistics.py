"""The statistics as pages: who may enter, every tapped number opens its own list, charts are data."""

import html
import random
import re

import pytest
from flask import Flask

from tests.web.visitor import Visitor

READERS = ("supervisor", "inspector", "auditor", "director", "handler", "clerk", "reviewer", "cohandler", "deputy")
LINK = re.compile(r'<a href="(/statistics/list/[^"]+)">[^<0-9]*([0-9]+)[^<0-9]*</a>')


@pytest.mark.parametrize("username", READERS)
def test_every_reader_has_a_page(played: Flask, username: str) -> None:
    person = Visitor(played, username)
    for path in ("/statistics", "/statistics?year=2019", "/statistics/how"):
        answer = person.get(path)
        assert answer.status_code == 200, path
        assert answer.text.count("<h1>") == 1
    home = person.get("/").text
    assert 'href="/statistics"' in home


@pytest.mark.parametrize("username", ["sysadmin", "secadmin"])
def test_an_administrator_counts_no_cases(played: Flask, username: str) -> None:
    person = Visitor(played, username)
    assert person.get("/statistics").status_code == 403
    assert person.get("/statistics/list/items").status_code == 403
    assert person.get("/statistics/how").status_code == 200


@pytest.mark.parametrize("username", ["supervisor", "director", "inspector"])
def test_a_tapped_number_opens_a_list_of_that_many(played: Flask, username: str) -> None:
    person = Visitor(played, username)
    pages = [person.get(f"/statistics?by={by}").text for by in ("units", "categories", "classes", "years", "deputies")]
    found = sorted({(html.unescape(url), int(number)) for page in pages for url, number in LINK.findall(page)})
    assert len(found) > 50
    for url, number in random.Random(7).sample(found, 25):
        answer = person.get(url)
        assert answer.status_code == 200, url
        total = re.search(r"<h1>[^<]*：([0-9]+)[件项]</h1>", answer.text)
        assert total is not None
        assert int(total[1]) == number == answer.text.count('<th scope="row"'), url


def test_a_deputy_is_led_to_no_list_and_finds_none(played: Flask) -> None:
    deputy = Visitor(played, "deputy")
    answer = deputy.get("/statistics?unit=1&by=deputies")
    assert LINK.findall(answer.text) == []
    assert "全部承办单位的总数" in answer.text
    assert deputy.get("/statistics/list/items?year=2026").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "year=99999999999",
        "year=0",
        "year=1",
        "unit=x",
        "unit=999999999",
        "category=%00",
        "class=Z",
        "deputy=-1",
        "round=1",
    ],
)
def test_an_odd_address_is_answered_in_peace(played: Flask, query: str) -> None:
    supervisor = Visitor(played, "supervisor")
    assert supervisor.get(f"/statistics?{query}").status_code == 200
    assert supervisor.get(f"/statistics/list/replied?{query}&after=99999999999999").status_code == 200
    assert supervisor.get(f"/statistics/list/nothing?{query}").status_code == 404


def test_charts_are_data_and_their_numbers_stand_in_tables(played: Flask) -> None:
    page = Visitor(played, "supervisor").get("/statistics").text
    assert page.count("data-chart=") == 5
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.search(r"vendor/echarts\.common\.min\.js\?v=\w+\" defer", page)
    for figure in re.findall(r'<figure class="chart-figure".*?</figure>', page, re.DOTALL):
        assert "<table" in figure
        assert 'role="img" aria-label="' in figure
    assert "echarts" not in Visitor(played, "supervisor").get("/register").text


def test_the_page_of_published_figures_shows_print_and_arithmetic(played: Flask) -> None:
    page = Visitor(played, "deputy").get("/statistics/how").text
    for printed in ("99.5%", "99.4%", "81.7%", "87.2%", "99.9%", "88.1%", "91.8%", "91.7%", "1.2%", "7.0%"):
        assert printed in page
    assert page.count("印的和算的不一样") == 1
    assert "同一座城市换了算法" in page
