"""The desks, the register and the notices as pages: who may enter, how many statements, nothing written by looking."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from suggestions.extensions import db
from suggestions.models import Notice, Person
from suggestions.usecases import housekeeping
from tests.web.visitor import Visitor

DESK, LIST = 8, 5
HEADINGS = {
    "director": "待阅原件",
    "handler": "欠别的单位的意见",
    "handler2": "欠别的单位的意见",
    "reviewer": "待审核",
    "clerk": "待签收",
    "deputy": "您的建议",
    "deputy2": "您的建议",
    "supervisor": "红灯和黄灯",
    "inspector": "各单位",
    "cohandler": "欠别的单位的意见",
    "otherdirector": "本人履职记录",
    "sysadmin": "各单位今天的岗位",
    "secadmin": "各单位今天的岗位",
    "auditor": "现在核验",
}
NO_REGISTER = ("sysadmin", "secadmin")


@pytest.fixture(autouse=True)
def practice_day(app: Flask) -> None:
    """The office is open the day after the handover."""
    with app.app_context():
        housekeeping.set_practice_day(date(2026, 2, 10))


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement != "BEGIN":
            found.append(" ".join(statement.split()))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.whole_handover
@pytest.mark.parametrize("username", HEADINGS)
def test_every_role_has_a_desk_within_the_budget(app: Flask, username: str) -> None:
    person = Visitor(app, username)
    assert HEADINGS[username] in person.get("/").text
    with statements(app) as taken:
        answer = person.get("/")
    assert answer.status_code == 200
    assert len(taken) <= DESK, taken
    assert all(statement.lstrip().upper().startswith(("SELECT", "WITH")) for statement in taken)


@pytest.mark.parametrize("username", HEADINGS)
def test_the_register_is_for_those_who_handle_or_watch(app: Flask, username: str) -> None:
    person = Visitor(app, username)
    if username in NO_REGISTER:
        assert person.get("/register").status_code == 403
        return
    person.get("/register")
    with statements(app) as taken:
        answer = person.get("/register")
    assert answer.status_code == 200
    assert len(taken) <= LIST, taken
    assert "规范和签订社区工作者劳动合同" in answer.text


def test_a_narrowed_page_of_the_register_keeps_what_was_asked(app: Flask) -> None:
    person = Visitor(app, "director")
    page = person.get("/register?category=养老服务&q=食堂").text
    assert "第003号" in page
    assert "第004号" not in page
    assert 'value="食堂"' in page
    assert '<option selected value="养老服务">' in page
    assert "没有找到" in person.get("/register?q=没有这样的建议").text


@pytest.mark.parametrize(
    ("username", "asked", "heading", "is_open"),
    [
        ("supervisor", "light=co_over", "协办意见超期：", False),
        ("supervisor", "answered=no", "未答复：", False),
        ("supervisor", "answered=yes&light=near", "已答复：", True),
        ("supervisor", "waits=director", "等局长：", False),
        ("supervisor", "light=near", "建议登记簿<", False),
        ("supervisor", "handler=1", "一位承办人：", False),
        ("director", "waits=director", "建议登记簿<", False),
        ("director", "role=co&answered=no", "未答复：", True),
        ("director", "unit=1", "一个主办单位：", False),
        ("director", "category=没有这一类", "没有这一类：", False),
        ("director", "q=食堂", "建议登记簿<", False),
    ],
)
def test_a_list_is_named_by_what_neither_field_nor_chip_shows(
    app: Flask, username: str, asked: str, heading: str, is_open: bool
) -> None:
    page = Visitor(app, username).get(f"/register?{asked}").text
    assert f"<h1>{heading}" in page
    assert ('class="more filters-more" open' in page) == is_open


@pytest.mark.parametrize("path", ["/register?after=x&before=y", "/register?q=%00%FF", "/register?unit=1e9&state=%27"])
def test_nonsense_in_the_address_is_no_error(app: Flask, path: str) -> None:
    assert Visitor(app, "supervisor").get(path).status_code == 200


def test_other_names_of_the_register_lead_to_it(app: Flask) -> None:
    person = Visitor(app, "supervisor")
    assert person.get("/suggestions").location == "/register"
    assert person.get("/search?q=12&state=closed").location == "/register?q=12"


def test_what_a_person_was_told_is_read_when_they_say_so(app: Flask) -> None:
    person = Visitor(app, "clerk")

    def unread() -> int:
        with app.app_context():
            query = select(func.count()).select_from(Notice).join(Person, Person.id == Notice.person_id)
            return db.session.scalar(query.where(Person.username == "clerk", Notice.read_at.is_(None))) or 0

    before = unread()
    person.get("/notices")
    with statements(app) as taken:
        page = person.get("/notices")
    assert len(taken) <= LIST
    assert "请签收" in page.text
    assert unread() == before > 0
    values = Visitor.find(page.text, "/notices")
    assert person.client.post("/notices", data=values).status_code == 303
    assert unread() == 0
    assert "全部标为已读" not in person.get("/notices").text


def test_nobody_reads_what_another_was_told(app: Flask) -> None:
    assert "请签收" not in Visitor(app, "handler").get("/notices").text
