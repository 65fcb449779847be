"""The page 提醒设置, the secret calendar, and what the system administrator sees."""

import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from suggestions import clock
from suggestions.domain.reaching import Channel, Sending
from suggestions.extensions import db
from suggestions.models import Delivery, EmailCode, Notice, Person, Reach
from suggestions.queries.own_dates import own_dates
from suggestions.usecases import proving_email
from suggestions.web import background
from tests.web.visitor import Visitor


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The commands that would run in processes of their own."""
    found: list[tuple[str, ...]] = []
    monkeypatch.setattr(background, "launch", lambda *command: found.append(command))
    return found


@pytest.fixture
def clerk(house: Flask, launched: list[tuple[str, ...]]) -> Visitor:
    house.config["MAIL_URL"] = "smtp://127.0.0.1:1?from=jy@example.cn"
    house.config["SITE_URL"] = "https://jy.example.cn"
    return Visitor(house, "clerk")


def test_a_choice_is_kept_and_a_fault_is_said(clerk: Visitor) -> None:
    page = clerk.get("/reach").text
    values = Visitor.find(page, "/reach")
    refused = clerk.client.post("/reach", data={**values, "channels": "mail"})
    assert refused.status_code == 422
    assert "选了电子邮件，就要写邮件地址" in refused.text
    words = {**values, "channels": "mail", "email": "a@example.cn", "quiet_from": "22", "quiet_to": "7"}
    assert clerk.client.post("/reach", data=words).status_code == 303
    assert Visitor.find(clerk.get("/reach").text, "/reach")["email"] == ["a@example.cn"]


def test_an_address_is_proven_by_the_code_that_was_sent_there(
    house: Flask, clerk: Visitor, launched: list[tuple[str, ...]]
) -> None:
    assert "验证邮件地址" not in clerk.get("/reach").text
    words = {**Visitor.find(clerk.get("/reach").text, "/reach"), "channels": "mail", "email": "a@example.cn"}
    clerk.client.post("/reach", data=words)
    assert launched == [("deliver",)]
    page = clerk.get("/reach").text
    assert "验证码正在发往 a@example.cn" in page
    form = Visitor.find(page, "/reach/code/prove")
    refused = clerk.client.post("/reach/code/prove", data={**form, "code": "12"})
    assert (refused.status_code, "还可以试4次" in refused.text) == (422, True)
    assert Visitor.find(refused.text, "/reach")["channels"] == ["mail"], "what was chosen stays on the page"
    with house.app_context():
        row = db.session.scalars(select(EmailCode)).one()
        code = proving_email.code_of(row)
        row.state, row.last_error = Sending.FAILED, "连不上邮件服务器"
        db.session.commit()
    assert "验证码没有发出去：连不上邮件服务器" in clerk.get("/reach").text
    clerk.client.post("/reach", data=words)
    assert len(launched) == 1, "the same address asks for no second code"
    assert clerk.client.post("/reach/code/prove", data={**form, "code": code}).status_code == 303
    assert "已验证。换一个地址，要重新验证" in clerk.get("/reach").text


def test_what_failed_has_a_button_for_its_person_and_for_the_administrator(house: Flask, clerk: Visitor) -> None:
    with house.app_context():
        me = db.session.scalars(select(Person.id).where(Person.username == "clerk")).one()
        notice = db.session.scalars(select(Notice.id).where(Notice.person_id == me)).first()
        state = {"state": Sending.FAILED, "last_error": "邮件服务器不收（550）", "attempts": 6}
        db.session.add(Reach(person_id=me, channels=["mail"], email="a@example.cn", is_email_proven=True))
        failed = Delivery(notice_id=notice, channel=Channel.MAIL, due_at=datetime(2026, 2, 9, tzinfo=UTC), **state)
        db.session.add(failed)
        db.session.commit()
        id = failed.id
    admin = Visitor(house, "sysadmin")
    own, others = f"/reach/again/{id}", f"/deliveries/{id}/again"
    for visitor, page, at in ((clerk, "/reach", own), (admin, "/deliveries", others)):
        seen = visitor.get(page).text
        assert "邮件服务器不收（550）" in seen
        assert visitor.client.post(at, data=Visitor.find(seen, at)).location == page
        assert "排上了" in visitor.get(page).text
        with house.app_context():
            row = db.session.get_one(Delivery, id)
            assert row.state is Sending.WAITING
            row.state = Sending.FAILED
            db.session.commit()
    other = Visitor(house, "handler")
    token = Visitor.find(other.get("/reach").text, "/reach")["csrf_token"]
    assert other.client.post(own, data={"csrf_token": token}).status_code == 404
    assert other.client.post(others, data={"csrf_token": token}).status_code == 403


def test_the_calendar_is_secret_and_dies_when_revoked(house: Flask, clerk: Visitor) -> None:
    token = Visitor.find(clerk.get("/reach").text, "/reach")["csrf_token"]
    made = clerk.client.post("/reach/calendar", data={"csrf_token": token}).text
    found = re.search(r"https://jy\.example\.cn(/calendar/[\w-]+\.ics)", made)
    assert found
    stranger = house.test_client()
    answer = stranger.get(found.group(1))
    assert answer.mimetype == "text/calendar"
    days = Calendar.from_ical(answer.data).walk("VEVENT")
    assert days
    assert all(str(day["url"]).startswith("https://jy.example.cn/handlings/") for day in days)
    assert found.group(1) not in clerk.get("/reach").text
    clerk.client.post("/reach/calendar/revoke", data={"csrf_token": token})
    assert stranger.get(found.group(1)).status_code == 404


def test_reports_that_are_owed_at_the_end_of_the_year_are_one_day_in_the_calendar(played: Flask) -> None:
    with played.app_context(), clock.pinned(datetime(2026, 10, 12, 9, tzinfo=clock.CHINA)):
        found = {}
        for username in ("director", "handler", "handler2", "clerk"):
            person = db.session.scalars(select(Person).where(Person.username == username)).one()
            found[username] = [each for each in own_dates(person.id, person.posts) if each.key.startswith("report")]
    assert [(each.on, each.address) for each in found["director"]] == [(date(2026, 12, 31), "/promises?show=report")]
    counted = {name: int(re.findall(r"（(\d+)件）", each[0].text)[0]) for name, each in found.items() if each}
    assert 0 < counted["handler"] < counted["director"]
    assert found["clerk"] == []


def test_only_the_system_administrator_sees_what_failed(house: Flask, clerk: Visitor) -> None:
    assert clerk.get("/deliveries").status_code == 403
    house.config["SITE_URL"] = ""
    assert "还没有设 SITE_URL" in Visitor(house, "sysadmin").get("/deliveries").text
    assert "没有送不到的" in Visitor(house, "sysadmin").get("/deliveries").text


@pytest.mark.parametrize(
    ("username", "place"), [("clerk", "topbar-phone"), ("director", "bottombar"), ("邓小红", "bottombar")]
)
def test_the_bell_counts_what_is_unread_where_a_phone_shows_it(played: Flask, username: str, place: str) -> None:
    somebody = Visitor(played, username)
    with played.app_context():
        me = select(Notice.id).join(Person, Notice.person_id == Person.id).where(Person.username == username)
        unread = len(db.session.scalars(me.where(Notice.read_at.is_(None))).all())
    assert unread > 0
    shown = (
        somebody.get("/").text.partition(f'{place}"')[2].partition("</nav>" if place == "bottombar" else "</header>")[0]
    )
    bell = shown.partition('href="/notices"')[2].partition("</a>")[0]
    assert f"未读</span>{unread}<" in bell
    page = somebody.get("/notices").text
    somebody.client.post("/notices", data=Visitor.find(page, "/notices"))
    assert "未读" not in somebody.get("/").text
