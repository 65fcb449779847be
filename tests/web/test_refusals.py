"""Who is refused a personal step, and how: through the pages, on both databases."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from suggestions.extensions import db
from suggestions.models import Event, Handling, Person, Suggestion
from tests.web.visitor import PASSWORD, Visitor


@dataclass(frozen=True)
class Personal:
    """A personal step that waits for the practice director, and a case in which another unit co-handles."""

    number: str
    address: str
    words: dict[str, Any]
    action: str


URGING = {"form": "urge", "remark": "一周没有动静。", "demand": "后天回话", "answer_due_on": "2026-02-27"}
COORDINATION = {"with_whom": "区教委", "remark": "定了场地。", "checked": "看了两处"}
STEPS = [
    Personal("020", "read-original", {"remark": "先备足物资。", "handler": "?"}, "read_original"),
    Personal("018", "approve-plan", {"remark": "最难的是市里口径，我去问。"}, "approve_plan"),
    Personal("017", "urge", URGING, "urge"),
    Personal("014", "sign-reply", {"remark": "属实，发。"}, "sign_reply"),
    Personal("017", "coordinate", COORDINATION, "coordinate"),
]
each_step = pytest.mark.parametrize("step", STEPS, ids=[step.action for step in STEPS])


def _handling(app: Flask, number: str) -> int:
    with app.app_context():
        query = select(Handling.id).join(Handling.suggestion).where(Suggestion.number == number)
        return db.session.scalars(query).one()


def _path(app: Flask, step: Personal, number: str = "") -> str:
    return f"/handlings/{_handling(app, number or step.number)}/{step.address}"


def _words(app: Flask, step: Personal) -> dict[str, Any]:
    with app.app_context():
        handler = db.session.scalars(select(Person.id).where(Person.username == "handler")).one()
    return {name: str(handler) if value == "?" else value for name, value in step.words.items()}


def _told(app: Flask, action: str = "") -> int:
    with app.app_context():
        query = select(func.count()).select_from(Event)
        return db.session.scalar(query.where(Event.action == action) if action else query) or 0


@each_step
def test_only_the_units_own_director_may(played: Flask, step: Personal) -> None:
    path, before = _path(played, step), _told(played)
    co_path = _path(played, step, "005")
    expected = {
        "otherdirector": (path, 404),
        "director@区卫生健康委": (co_path, 403),
        "handler": (path, 403),
        "reviewer": (path, 403),
        "clerk": (path, 403),
        "supervisor": (path, 403),
        "auditor": (path, 403),
        "deputy3": (path, 404 if step.number != "018" else 403),
        "sysadmin": (path, 404),
        "secadmin": (path, 404),
    }
    for who, (address, status) in expected.items():
        person = Visitor(played, who)
        token = person.form("/password")["csrf_token"]
        assert person.get(address).status_code == status, who
        answer = person.client.post(address, data={**_words(played, step), "csrf_token": token, "password": PASSWORD})
        assert answer.status_code == status, who
    assert _told(played) == before


@each_step
def test_nothing_counts_without_presence_newest_version_and_own_words(played: Flask, step: Personal) -> None:
    path, before = _path(played, step), _told(played, step.action)
    director, words = Visitor(played, "director"), _words(played, step)
    form = {**director.form(path), **words}

    def post(**changes: Any) -> int:
        return director.client.post(path, data={**form, "password": PASSWORD, **changes}).status_code

    assert post(password="") == 422
    assert post(password="not-my-password") == 422
    assert post(remark="  ") == 422
    assert post(version="0") == 409
    assert post(version="") == 409
    assert post(content_hash="0" * 64) == 409
    assert post(content_hash="") == 409
    assert director.client.post(path, data={**words, "password": PASSWORD}).status_code == 400
    assert _told(played, step.action) == before

    first = director.client.post(path, data={**form, "password": PASSWORD})
    assert first.status_code == 303
    again = director.client.post(path, data={**form, "password": PASSWORD})
    assert (again.status_code, again.headers["Location"]) == (303, first.headers["Location"])
    assert _told(played, step.action) == before + 1


def test_five_wrong_passwords_lock_the_step(played: Flask) -> None:
    step = STEPS[1]
    path, director = _path(played, step), Visitor(played, "director")
    form = {**director.form(path), **_words(played, step)}
    for _ in range(5):
        assert director.client.post(path, data={**form, "password": "wrong-password"}).status_code == 422
    locked = director.client.post(path, data={**form, "password": PASSWORD})
    assert locked.status_code == 429
    assert "15分钟" in locked.text


def test_the_slower_of_two_is_told_who_acted(played: Flask) -> None:
    at = f"/handlings/{_handling(played, '012')}"
    handler, clerk = Visitor(played, "handler2"), Visitor(played, "clerk")
    if handler.get(f"{at}/split-requests").status_code == 403:
        handler = Visitor(played, "handler")
    stale = handler.form(f"{at}/split-requests")
    with played.app_context():
        own = db.session.get_one(Handling, int(at.rsplit("/", 1)[1])).handler_id
    clerk.take(f"{at}/name-handler", handler=str(own), reason="名单核对")
    answer = handler.client.post(f"{at}/split-requests", data=stale)
    assert answer.status_code == 409
    assert "何雨" in answer.text
    assert "更换承办人" in answer.text


def test_a_refusal_leads_back_to_the_case_or_to_the_page_before(played: Flask) -> None:
    director, case = Visitor(played, "director"), f"/handlings/{_handling(played, '014')}"
    assert f'href="{case}"' in director.get(f"{case}/approve-plan").text
    list_of_mine = {"Referer": "http://localhost/register?light=over"}
    missing = director.client.get("/handlings/9999/urge", headers=list_of_mine).text
    assert 'href="/register?light=over"' in missing
    assert "/handlings/9999" not in missing
    foreign = director.client.get("/handlings/9999", headers={"Referer": "https://evil.example/x"}).text
    assert "evil.example" not in foreign
    assert "返回" not in foreign.split("<main")[1]
