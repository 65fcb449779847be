"""The holidays page: read back before it is taken in; nothing is lost when it is not understood."""

import json
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import Workbook

from suggestions.extensions import db
from suggestions.models import CalendarYear
from tests.web.visitor import Visitor

TEXT = "国务院办公厅关于2027年部分节假日安排的通知\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。"
DAYS = {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}


def _years(app: Flask) -> set[int]:
    with app.app_context():
        return {row.year for row in db.session.query(CalendarYear) if row.year > 2026}


@pytest.mark.parametrize("who", ["secadmin", "auditor", "supervisor", "director", "deputy"])
def test_only_the_system_administrator_enters(house: Flask, who: str) -> None:
    assert Visitor(house, who).get("/holidays").status_code == 403


def test_the_notice_is_read_back_and_then_taken_in(house: Flask) -> None:
    admin = Visitor(house, "sysadmin")
    assert "2026年" in admin.get("/holidays").text
    shown = admin.send("/holidays", text=TEXT)
    assert shown.status_code == 200
    assert "1月1日（周五）至1月3日（周日）" in shown.text
    assert "没有读到春节、清明、劳动节、端午、中秋、国庆。" in shown.text
    assert _years(house) == set()
    known = Visitor.find(shown.text, "/holidays")
    done = admin.client.post("/holidays", data=known, follow_redirects=True)
    assert "2027年的放假安排已录入" in done.text
    assert _years(house) == {2027}


def test_what_is_not_understood_is_said_and_the_words_are_kept(house: Flask) -> None:
    admin = Visitor(house, "sysadmin")
    refused = admin.send("/holidays", text=TEXT.replace("周五", "周四"))
    assert refused.status_code == 422
    assert "2027-01-01是周五，不是周四" in refused.text
    assert "部分节假日安排" in Visitor.find(refused.text, "/holidays")["text"][0]
    assert admin.send("/holidays").status_code == 422
    assert _years(house) == set()


def test_a_sheet_and_data_are_read_too(house: Flask) -> None:
    admin = Visitor(house, "sysadmin")
    book, kept = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in (["节日", "放假", "上班"], ["元旦", "1月1日至3日", "1月9日"]):
        sheet.append(row)
    book.save(kept)
    for name, data in (("放假.xlsx", kept.getvalue()), ("2027.json", json.dumps(DAYS).encode())):
        shown = admin.send("/holidays", file=(BytesIO(data), name), year="2027")
        assert "读出来的2027年" in shown.text, shown.text[:3000]
    for bad in (b"{", b'{"year": 2027}', b"\xff\xfe", b'{"days": [1]}'):
        assert admin.send("/holidays", file=(BytesIO(bad), "2027.json"), year="2027").status_code == 422
