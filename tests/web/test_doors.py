"""A house that is closed unless a door says otherwise: tokens, origins, headers, policies."""

import re
from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask
from sqlalchemy import select
from werkzeug.routing import IntegerConverter, PathConverter

from suggestions import create_app
from suggestions.extensions import db
from suggestions.models import Person
from suggestions.web import doors
from suggestions.web.guard import ANYBODY, enter
from tests.web.hands import is_out, token
from tests.web.visitor import Visitor

WRITES = ("/logout", "/hats", "/password", "/notices", "/preference/large", "/import", "/suggestions/new")


@pytest.mark.parametrize("path", WRITES)
def test_a_form_without_its_token_is_refused(app: Flask, path: str) -> None:
    supervisor = Visitor(app, "supervisor")
    for words in ({}, {"csrf_token": "made-up"}):
        refused = supervisor.client.post(path, data=words)
        assert refused.status_code == 400
        assert "没有办" in refused.text
    assert supervisor.get("/").status_code == 200
    with app.app_context():
        assert not db.session.scalars(select(Person).where(Person.username == "supervisor")).one().is_large


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost:81", "http://localhost.evil.example"])
def test_a_form_from_another_site_is_refused(app: Flask, origin: str) -> None:
    supervisor = Visitor(app, "supervisor")
    words = {"csrf_token": token(supervisor)}
    refused = supervisor.client.post("/preference/large", data=words, headers={"Origin": origin})
    assert refused.status_code == 403
    with app.app_context():
        assert not db.session.scalars(select(Person).where(Person.username == "supervisor")).one().is_large
    own = supervisor.client.post("/preference/large", data=words, headers={"Origin": "http://localhost"})
    assert own.status_code == 303


def addresses(app: Flask) -> Iterator[str]:
    """An address of every route that can be read."""
    sample = {"int": 1, "path": "look.css", "any": "large", "default": "read-original"}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()):
                values = {name: _sample(rule._converters[name], sample) for name in rule.arguments}
                yield adapter.build(rule.endpoint, values)


def _sample(converter: object, sample: dict[str, object]) -> object:
    kinds = {IntegerConverter: "int", PathConverter: "path"}
    return sample[next((name for kind, name in kinds.items() if isinstance(converter, kind)), "default")]


@pytest.mark.parametrize("who", ["", "director", "deputy", "secadmin"])
def test_every_answer_carries_the_headers(app: Flask, who: str) -> None:
    client = Visitor(app, who).client if who else app.test_client()
    seen = 0
    for path in (*addresses(app), "/nothing-here", "/handlings/99999999"):
        with client.get(path) as answer:
            headers = answer.headers
        seen += 1
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert "default-src 'self'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"], path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        kept = {"/static": "no-cache", "/files/": "private"}.get(path[:7], "no-store")
        assert kept in headers["Cache-Control"] or "no-store" in headers["Cache-Control"], path
    assert seen > 25


@pytest.mark.parametrize("number", [2**31, 2**70])
def test_a_number_that_no_row_can_have_is_not_there(app: Flask, number: int) -> None:
    director = Visitor(app, "director")
    for path in ("handlings/{}", "suggestions/{}", "files/{}", "published/{}", "co-handlings/{}/release-co-opinion"):
        answer = director.get(f"/{path.format(number)}")
        assert (answer.status_code, "没有找到" in answer.text) == (404, True), path


def test_a_style_is_kept_for_a_year_under_an_address_that_names_its_content(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/login").text
    (address,) = re.findall(r'href="(/static/look\.css\?v=[0-9a-f]{12})"', page)
    for asked, is_kept in ((address, True), ("/static/look.css", False), ("/static/look.css?v=000000000000", False)):
        with client.get(asked) as answer:
            assert (answer.status_code, "immutable" in answer.headers["Cache-Control"]) == (200, is_kept), asked
    assert client.get(address.replace("look.css", "nothing.css")).status_code == 404
    assert client.get("/static/..%2fconfig.py?v=1").status_code == 404


def test_nothing_opens_to_somebody_who_is_not_logged_in(app: Flask) -> None:
    client = app.test_client()
    open_doors = set()
    for path in addresses(app):
        with client.get(path) as answer:
            if not is_out(answer):
                open_doors.add(path)
    # The calendar's secret address is its own key; a wrong one is answered with 404.
    assert open_doors == {"/login", "/healthz", "/static/look.css", "/calendar/read-original.ics"}


def test_a_route_that_does_not_say_who_may_enter_stops_the_program(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"SQLALCHEMY_DATABASE_URI": "sqlite://", "TESTING": True}
    forgotten, declared = Blueprint("forgotten", __name__), Blueprint("declared", __name__)
    forgotten.add_url_rule("/forgotten", "page", lambda: "seen")
    declared.add_url_rule("/declared", "page", enter(ANYBODY)(lambda: "seen"))
    monkeypatch.setattr(doors, "BLUEPRINTS", (*doors.BLUEPRINTS, forgotten))
    with pytest.raises(RuntimeError, match=r"/forgotten \(forgotten.page\) does not say who may enter"):
        create_app(settings)
    monkeypatch.setattr(doors, "BLUEPRINTS", (*doors.BLUEPRINTS[:-1], declared))
    assert "declared.page" in create_app(settings).view_functions
