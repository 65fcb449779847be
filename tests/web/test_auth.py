"""Who is there: login, lock-out, hats, password, sessions; and a house that is closed unless a door says otherwise."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from suggestions import clock
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import LoginAttempt, LoginSession, Person
from suggestions.usecases import office
from suggestions.usecases.accounts import ATTEMPTS_ALLOWED, IDLE_FOR, LASTS_FOR, LOCKED_FOR
from suggestions.web.auth import own_path
from tests.web.hands import is_out, token
from tests.web.visitor import PASSWORD, Visitor, forms_of

STRONG = "Yunshan-2026-hd"
COOKIE = "session"
ELSEWHERE = (
    "https://evil.example",
    "http://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/%09/evil.example".replace("%09", "\t"),
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "/register\\@evil.example",
    "http://localhost@evil.example/",
    "/\x00/evil.example",
    "",
)


@pytest.fixture
def moment() -> Iterator[datetime]:
    """Ten in the morning of 10 February 2026, held until the test moves it."""
    at = datetime(2026, 2, 10, 10, tzinfo=clock.CHINA)
    with clock.pinned(at):
        yield at


def text_of(answer: TestResponse) -> str:
    """The page without what differs from request to request."""
    return re.sub(r'value="[^"]*"', "", answer.text)


def cookie_of(visitor: Visitor) -> str:
    found = visitor.client.get_cookie(COOKIE)
    assert found is not None
    return found.value


def test_login_and_logout_and_the_old_cookie_is_dead(app: Flask) -> None:
    handler = Visitor(app, "handler")
    assert (handler.answer.status_code, handler.answer.headers["Location"]) == (303, "/")
    assert handler.get("/").status_code == 200
    stolen = app.test_client()
    stolen.set_cookie(COOKIE, cookie_of(handler))
    assert stolen.get("/").status_code == 200
    left = handler.client.post("/logout", data={"csrf_token": token(handler)})
    assert (left.status_code, left.headers["Location"]) == (303, "/login")
    assert is_out(handler.get("/"))
    assert is_out(stolen.get("/"))


def test_a_login_over_a_login_ends_the_first(app: Flask) -> None:
    handler = Visitor(app, "handler")
    stolen = app.test_client()
    stolen.set_cookie(COOKIE, cookie_of(handler))
    words = {"csrf_token": token(handler), "username": "clerk", "password": PASSWORD}
    assert handler.client.post("/login", data=words).status_code == 303
    assert "何雨" in handler.get("/").text
    assert is_out(stolen.get("/"))


def test_the_cookie_is_out_of_reach_and_carries_no_person(app: Flask) -> None:
    handler = Visitor(app, "handler")
    said = handler.answer.headers["Set-Cookie"]
    assert "HttpOnly" in said
    assert "SameSite=Lax" in said
    with app.app_context():
        login = db.session.scalars(select(LoginSession)).one()
        assert len(login.token_hash) == 64
        assert login.token_hash not in cookie_of(handler)
    forged = app.test_client()
    with forged.session_transaction() as session:
        session["_user_id"] = login.token_hash
    assert is_out(forged.get("/"))


def test_a_deputy_may_write_the_name(app: Flask) -> None:
    assert Visitor(app, "陈立群").get("/").status_code == 200
    assert Visitor(app, "沈怀远").answer.status_code == 422


def test_an_unknown_account_is_answered_like_a_wrong_password(app: Flask) -> None:
    wrong, unknown = Visitor(app, "handler", "wrong").answer, Visitor(app, "nobody", "wrong").answer
    assert (wrong.status_code, text_of(wrong)) == (unknown.status_code, text_of(unknown))
    assert wrong.status_code == 422
    assert "账号或密码不对" in wrong.text


@pytest.mark.parametrize("username", ["handler", "nobody", "deputy"])
def test_five_wrong_proofs_lock_for_a_quarter_of_an_hour(app: Flask, moment: datetime, username: str) -> None:
    for _ in range(ATTEMPTS_ALLOWED):
        assert Visitor(app, username, "wrong").answer.status_code == 422
    locked = Visitor(app, username).answer
    assert locked.status_code == 429
    assert "请15分钟后再试" in locked.text
    assert Visitor(app, "clerk").answer.status_code == 303
    with clock.pinned(moment + LOCKED_FOR + timedelta(seconds=1)):
        assert Visitor(app, username).answer.status_code == (422 if username == "nobody" else 303)


def test_a_deputy_is_locked_under_both_names(app: Flask, moment: datetime) -> None:
    for at in range(ATTEMPTS_ALLOWED):
        Visitor(app, "deputy" if at % 2 else "陈立群", "wrong")
    assert [Visitor(app, name).answer.status_code for name in ("deputy", "陈立群")] == [429, 429]


def test_an_empty_login_is_no_attempt(app: Flask) -> None:
    assert "请填写密码" in Visitor(app, "handler", "").answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LoginAttempt)) == 0


def test_a_session_ends_when_idle_or_old(app: Flask, moment: datetime) -> None:
    app.config["PRACTICE"] = False
    idle, busy = Visitor(app, "handler"), Visitor(app, "clerk")
    with clock.pinned(moment + IDLE_FOR - timedelta(minutes=1)):
        assert busy.get("/").status_code == 200
    with clock.pinned(moment + IDLE_FOR + timedelta(minutes=1)):
        assert busy.get("/").status_code == 200
        assert is_out(idle.get("/"))
    for hours in range(3, 12):
        with clock.pinned(moment + timedelta(hours=hours)):
            assert busy.get("/").status_code == 200, hours
    with clock.pinned(moment + LASTS_FOR + timedelta(minutes=1)):
        assert is_out(busy.get("/"))


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_login_leads_nowhere_else(app: Flask, target: str) -> None:
    assert own_path(target) is None
    client = app.test_client()
    page = client.get("/login", query_string={"next": target}).text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    words = {"csrf_token": found[1], "username": "handler", "password": PASSWORD, "next": target}
    answer = client.post("/login", data=words)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert client.get("/login", query_string={"next": target}).headers["Location"] == "/"


def test_a_login_leads_back_to_where_the_person_wanted_to_go(app: Flask) -> None:
    client = app.test_client()
    asked = client.get("/register?q=养老").headers["Location"]
    assert asked.startswith("/login?next=/register?q")
    page = client.get(asked).text
    form = next(each["values"] for each in forms_of(page) if "username" in each["values"])
    answer = client.post("/login", data={**form, "username": "handler", "password": PASSWORD})
    assert answer.headers["Location"].startswith("/register?q=")


def test_a_person_with_two_posts_chooses_the_hat(app: Flask) -> None:
    with app.app_context():
        director = db.session.scalars(select(Person).where(Person.username == "director")).one()
        own, extra = director.posts[0].id, office.appoint(director, Role.DEPUTY, title="人大代表").id
        other = db.session.scalars(select(Person).where(Person.username == "sysadmin")).one().posts[0].id
    visitor = Visitor(app, "director")
    assert visitor.answer.headers["Location"] == "/hats"
    for path in ("/", "/register", "/password"):
        assert visitor.get(path).headers["Location"] == "/hats"
    page = visitor.get("/hats").text
    assert f'value="{own}"' in page
    assert f'value="{extra}"' in page
    stranger = visitor.client.post("/hats", data={"csrf_token": token(visitor, "/hats"), "post": other})
    assert stranger.status_code == 200
    assert visitor.get("/").headers["Location"] == "/hats"
    visitor.client.post("/hats", data={"csrf_token": token(visitor, "/hats"), "post": extra})
    assert "我的建议" in visitor.get("/").text
    visitor.client.post("/hats", data={"csrf_token": token(visitor, "/hats"), "post": own})
    assert "我的建议" not in visitor.get("/").text


def test_a_changed_password_ends_the_other_sessions(app: Flask) -> None:
    here, there = Visitor(app, "handler"), Visitor(app, "handler")
    for words, sentence in (
        ({"old": "wrong", "new": STRONG, "again": STRONG}, "原密码不对"),
        ({"old": PASSWORD, "new": STRONG, "again": STRONG + "x"}, "两次输入的新密码不一样"),
        ({"old": PASSWORD, "new": "weak", "again": "weak"}, "至少12个字符"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "要和原密码不一样"),
        ({"old": "", "new": STRONG, "again": STRONG}, "请填写原密码"),
    ):
        refused = here.send("/password", **words)
        assert refused.status_code in (200, 422)
        assert sentence in refused.text
    assert there.get("/").status_code == 200
    here.take("/password", old=PASSWORD, new=STRONG, again=STRONG)
    assert here.get("/").status_code == 200
    assert is_out(there.get("/"))
    assert Visitor(app, "handler").answer.status_code == 422
    assert Visitor(app, "handler", STRONG).answer.status_code == 303
