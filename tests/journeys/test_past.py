"""A past year imported with its open promises: kept, reported and rated from there; each person with an own browser."""

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from suggestions.extensions import db
from suggestions.models import Event, Handling, Promise, Suggestion
from suggestions.practice import PAST
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping
from tests.documents.past_making import GOOD, PROMISE, past_list
from tests.web.visitor import Visitor, forms_of

pytestmark = pytest.mark.whole_handover
PRACTICE = (PAST / "past.xlsx").read_bytes()
REPLY = ("第126号复函.docx", (PAST / "papers" / "第126号复函.docx").read_bytes())


def _give(visitor: Visitor, book: bytes, papers: Sequence[tuple[str, bytes]] = ()) -> TestResponse:
    """Hand a list over; the page that answers."""
    values = visitor.form("/import/past")
    files: list[Any] = [(BytesIO(data), name) for name, data in papers]
    data = {**values, "workbook": (BytesIO(book), "往年件.xlsx"), "originals": files}
    return visitor.client.post("/import/past", data=data, content_type="multipart/form-data", follow_redirects=True)


def _confirm(visitor: Visitor) -> TestResponse:
    """Press the button under the preview."""
    page = visitor.get("/import/past/preview").text
    values = next(form for form in forms_of(page) if form["action"] == "/import/past/confirm")["values"]
    return visitor.client.post("/import/past/confirm", data=values, follow_redirects=True)


def _seen(words: str, page: str) -> bool:
    """Whether a page says this, whatever the places where a line may break."""
    return words in re.sub(r"<wbr>|</?span[^>]*>|\u2060", "", page)


def _go_to(app: Flask, day: date) -> None:
    with app.app_context():
        housekeeping.set_practice_day(day)


def _place(app: Flask, number: str) -> str:
    with app.app_context():
        query = select(Handling.id).join(Handling.suggestion).where(Suggestion.number == number, Handling.is_past)
        return f"/handlings/{db.session.scalars(query).one()}"


def _promise(app: Flask, number: str) -> tuple[str, Promise]:
    with app.app_context():
        query = select(Promise).join(Handling, Handling.id == Promise.handling_id).join(Handling.suggestion)
        found = db.session.scalars(query.where(Suggestion.number == number)).one()
        db.session.expunge(found)
        return str(found.id), found


def _cases(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Suggestion)) or 0


def test_a_past_year_comes_in_and_its_promises_are_kept_reported_and_rated(app: Flask) -> None:
    _go_to(app, date(2026, 2, 24))
    supervisor, clerk, director, handler, deputy = (
        Visitor(app, who) for who in ("supervisor", "clerk", "director", "handler", "deputy")
    )
    figures = re.findall(r"<strong>(\d+)</strong>", supervisor.get("/").text)

    shown = _give(supervisor, PRACTICE, [REPLY])
    assert "新的4件" in shown.text
    assert "没有兑现的承诺2项" in shown.text
    assert _cases(app) == 24
    done = _confirm(supervisor)
    assert "往年件入册4件，原来就有0件" in done.text
    assert _seen("关于在老旧社区开办老年食堂的建议", done.text)
    assert re.findall(r"<strong>(\d+)</strong>", supervisor.get("/").text) == figures

    at, late = _place(app, "112"), _place(app, "126")
    assert "老年食堂布点" in handler.get("/register").text
    assert "开办老年食堂" not in handler.get("/register").text
    assert "开办老年食堂" in handler.get("/register?q=老年食堂").text
    assert "紧急呼叫器" in handler.get("/register?past=1&light=over").text
    assert "19届5次" in handler.get("/register?q=112").text

    page = director.get(at).text
    assert page.count("无记录") >= 5
    assert "往年件，五个亲自无记录，不计入履职统计" in page
    assert "云山民政函〔2025〕31号" in page
    assert "基本满意" in page
    assert "另有1项导入时已经完成" in page
    text = director.get(f"{at}/letter").text
    assert "就餐人次补贴" in text
    assert "不是当年发出的复函原件" in text
    assert "letterhead" not in text
    assert "二十四小时有人接听" in clerk.get(f"{late}/letter").text
    desk = director.get("/").text
    assert "往年承诺，待落实" in desk
    assert "紧急呼叫器" in desk

    assert "印发老年食堂运营补贴办法" in handler.get(at).text
    assert "还有1项承诺没有兑现" in handler.get("/").text
    assert "往年件还有承诺没有兑现，没有指定承办人" in clerk.get("/").text
    id = _promise(app, "112")[0]
    director.take(f"{at}/change-promise", promise=id, due_on="2026-03-20", reason="等区财政局会签。")
    _go_to(app, date(2026, 3, 23))
    assert "超期" in handler.get(at).text
    handler.take(f"{at}/fulfil-promise", promise=id, proof="云山民政发〔2026〕18号")
    director.take(f"{at}/report-promise", promise=id, document_number="云山民政函〔2026〕77号", report="办法印发了。")
    own = deputy.client.get(at, follow_redirects=True).text
    assert "报告了落实情况，请您评价" in own
    assert "往年答复过了" in own
    assert "看当年的复函" in own
    assert "开办老年食堂" in deputy.get("/").text
    deputy.take(f"{at}/rate-promise", promise=id, score="satisfied")
    assert "代表评价满意" in director.get(at).text
    assert _promise(app, "112")[1].fulfilled_on == date(2026, 3, 23)
    assert "往年件，已经存档，没有要办的" in handler.get(at).text

    clerk.take(f"{late}/name-handler", handler=str(_person(app, "handler")), reason="接手往年承诺")
    assert "紧急呼叫器" in handler.get("/").text
    handler.take(f"{late}/fulfil-promise", promise=_promise(app, "126")[0], proof="全部装完")
    with app.app_context():
        assert verify().faults == ()


def _person(app: Flask, username: str) -> int:
    with app.app_context():
        actor = db.session.scalars(
            select(Handling.handler_id).join(Handling.suggestion).where(Suggestion.number == "112")
        )
        return int(actor.one() or 0)


def test_any_handler_keeps_a_promise_while_nobody_is_named(app: Flask) -> None:
    _go_to(app, date(2026, 2, 24))
    clerk, handler2 = Visitor(app, "clerk"), Visitor(app, "handler2")
    assert "新的1件" in _give(clerk, past_list(({**GOOD, "承办人": None},), (PROMISE,))).text
    _confirm(clerk)
    at = _place(app, "301")
    assert "修缮社区养老设施" in handler2.get("/").text
    handler2.take(f"{at}/fulfil-promise", promise=_promise(app, "301")[0], proof="验收单")
    assert _promise(app, "301")[1].fulfilled_on == date(2026, 2, 24)


def test_a_bad_list_shows_every_fault_and_cannot_be_confirmed(app: Flask) -> None:
    clerk = Visitor(app, "clerk")
    foreign = {**GOOD, "建议编号": "302", "复函文号": "函2号", "主办单位": "区财政局", "协办单位": None, "评价": "好"}
    page = _give(clerk, past_list((GOOD, foreign))).text
    assert "往年件清单里有2处错" in page
    assert "局办公室只能导入本单位（区民政局）主办的往年件" in page
    assert "看不懂这个评价" in page
    assert "disabled" in page
    assert "有2处要改，一件也没有导入" in _confirm(clerk).text
    assert _cases(app) == 24


def test_the_same_list_twice_is_known_and_not_imported_again(app: Flask) -> None:
    supervisor = Visitor(app, "supervisor")
    for told in ("入册4件，原来就有0件", "入册0件，原来就有4件"):
        assert _give(supervisor, PRACTICE, [REPLY]).status_code == 200
        assert told in _confirm(supervisor).text
    assert _cases(app) == 28
    with app.app_context():
        assert len(db.session.scalars(select(Event).where(Event.action == "import_past")).all()) == 4


def test_what_is_no_workbook_is_refused_in_words(app: Flask) -> None:
    answer = _give(Visitor(app, "supervisor"), b"no workbook")
    assert answer.status_code == 422
    assert "没有读成" in answer.text


@pytest.mark.parametrize(
    "who", ["handler", "director", "reviewer", "inspector", "deputy", "sysadmin", "secadmin", "auditor"]
)
def test_nobody_else_comes_near(app: Flask, who: str) -> None:
    visitor = Visitor(app, who)
    for path in ("/import/past", "/import/past/preview", "/import/past/example"):
        assert visitor.get(path).status_code == 403


def test_a_past_case_is_hidden_from_who_has_nothing_to_do_with_it(app: Flask) -> None:
    _give(supervisor := Visitor(app, "supervisor"), PRACTICE, [REPLY])
    _confirm(supervisor)
    assert Visitor(app, "otherdirector").get(_place(app, "112")).status_code == 404
    assert Visitor(app, "deputy3").get(_place(app, "112")).status_code == 404
    assert supervisor.get("/import/past/example").data == PRACTICE
