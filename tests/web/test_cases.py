"""The pages of a case over HTTP: who is led where, what is answered 404, and how a file leaves the house."""

import base64
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.extensions import db
from suggestions.models import File
from suggestions.practice.play import Play
from suggestions.usecases.filing import Upload
from tests.usecases.walking import Walk
from tests.web.visitor import Visitor

UNIT = "区住房城乡建委"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OTHER_PNG = PNG + b"\n"


@dataclass(frozen=True)
class Place:
    """A case of 区民政局 with a photograph of the work and another that proves a kept promise."""

    handling: int
    suggestion: int
    original: int
    inner: int
    proof: int


@pytest.fixture
def place(app: Flask) -> Place:
    """第010号, sent to its deputies."""
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 10))).until("approved")
        walk.do("handler", A.ATTACH, files=[Upload("现场 照片.png", OTHER_PNG)], note="现场")
        walk.do(
            "handler",
            A.ADD_PROMISE,
            request_no="1",
            sentence="将于月底前办完。",
            measure="办完用房",
            owner="韩冬梅",
            due_on="2026-02-28",
            evidence="照片",
        )
        promise = str(walk.facts("handler").promises[0].id)
        walk.do("handler", A.FULFIL_PROMISE, promise=promise, proof="已挂牌", files=[Upload("挂牌.png", PNG)])
        walk.until("dispatched")
        suggestion = walk.play.suggestion("010").id
        files = db.session.scalars(select(File).where(File.suggestion_id == suggestion).order_by(File.id)).all()
        original, inner, proof = (file.id for file in files)
        return Place(walk.id, suggestion, original, inner, proof)


def test_each_is_led_to_the_page_that_is_theirs(app: Flask, place: Place) -> None:
    handler = Visitor(app, "handler")
    answer = handler.get(f"/suggestions/{place.suggestion}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/handlings/{place.handling}")
    assert "五个亲自" in handler.get(f"/handlings/{place.handling}").text
    deputy = Visitor(app, "邓小红")
    answer = deputy.get(f"/handlings/{place.handling}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/suggestions/{place.suggestion}")
    page = deputy.get(f"/suggestions/{place.suggestion}").text
    assert "走到哪里了" in page
    assert "选址没有动静" not in page
    assert f'href="/files/{place.proof}"' in page
    co_unit = Visitor(app, f"handler@{UNIT}").get(f"/handlings/{place.handling}").text
    assert "协办意见" in co_unit
    assert "五个亲自" not in co_unit


@pytest.mark.parametrize("who", ["otherdirector", "deputy", "sysadmin"])
def test_what_one_may_not_see_is_not_there(app: Flask, place: Place, who: str) -> None:
    stranger = Visitor(app, who)
    for path in (
        f"/handlings/{place.handling}",
        f"/suggestions/{place.suggestion}",
        f"/handlings/{place.handling}/letter",
        f"/files/{place.original}",
        f"/files/{place.inner}",
        "/handlings/99999",
        "/suggestions/99999",
        "/files/99999",
    ):
        assert stranger.get(path).status_code == 404, path


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("handler", "letter original inner proof"),
        ("supervisor", "letter original inner proof"),
        ("inspector", "letter original inner proof"),
        ("auditor", "letter original inner proof"),
        ("邓小红", "letter original proof"),
        (f"handler@{UNIT}", "original"),
    ],
)
def test_letter_and_files_go_as_far_as_ones_sight(app: Flask, place: Place, who: str, seen: str) -> None:
    visitor = Visitor(app, who)
    paths = {
        "letter": f"/handlings/{place.handling}/letter",
        "original": f"/files/{place.original}",
        "inner": f"/files/{place.inner}",
        "proof": f"/files/{place.proof}",
    }
    answers = {name: visitor.get(path).status_code for name, path in paths.items()}
    assert answers == {name: 200 if name in seen.split() else 404 for name in paths}


def test_a_file_keeps_its_name_and_is_never_guessed_at(app: Flask, place: Place) -> None:
    handler = Visitor(app, "handler")
    picture = handler.get(f"/files/{place.inner}")
    assert picture.data == OTHER_PNG
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert f"filename*=UTF-8''{quote('现场 照片.png')}" in picture.headers["Content-Disposition"]
    word = handler.get(f"/files/{place.original}")
    assert word.headers["Content-Disposition"].startswith("attachment")
    assert f"filename*=UTF-8''{quote('第010号.docx')}" in word.headers["Content-Disposition"]


def test_the_letter_of_the_unit_marks_nothing_when_nothing_was_changed(app: Flask, place: Place) -> None:
    page = Visitor(app, "handler").get(f"/handlings/{place.handling}/letter").text
    assert "此复函已经区民政局局长沈怀远审签。" in page
    assert "edits-toggle" not in page
    assert Visitor(app, "handler").get(f"/handlings/{place.handling}/letter?draft=9").status_code == 404
