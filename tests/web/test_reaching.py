"""The page 提醒设置, the secret calendar, and what the system administrator sees."""

import re

import pytest
from flask import Flask
from icalendar import Calendar

from tests.web.visitor import Visitor


@pytest.fixture
def clerk(house: Flask) -> Visitor:
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


def test_only_the_system_administrator_sees_what_failed(house: Flask, clerk: Visitor) -> None:
    assert clerk.get("/deliveries").status_code == 403
    assert "没有送不到的" in Visitor(house, "sysadmin").get("/deliveries").text
