"""Returned, reassigned, extended or not, transferred in the middle: through the pages, one browser each."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions import clock
from suggestions.domain.actions import Action as A
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping
from tests.usecases.test_suggestion import assignment, person, step, submitted, unit
from tests.web.visitor import PASSWORD, Visitor

DAY = date(2026, 2, 24)
NEXT = "区住房城乡建委"
EXPLANATION = "用房还在腾退，五月底前移交，故不能按期办结。"


@pytest.fixture
def case(app: Flask) -> dict[str, int]:
    """A suggestion of 24 February, given to 区民政局 with two co-units, in 拟定方案."""
    return begin(app)


def begin(app: Flask) -> dict[str, int]:
    with app.app_context():
        play = Play(DAY)
        id = submitted(play)
        step(play, id, "supervisor", A.ASSIGN, **assignment(main_units=[unit("区民政局")]))
        handling = db.session.scalars(select(Handling).where(Handling.suggestion_id == id)).one()
        play.step(Life.HANDLING, handling.id, "clerk", A.RECEIVE, {})
        words = {"remark": "看职责。", "handler": person(play, "handler")}
        play.step(Life.HANDLING, handling.id, "director", A.READ_ORIGINAL, words)
        units = {name: int(unit(name)) for name in (NEXT, "区财政局", "区民政局")}
        found = {"suggestion": id, "handling": handling.id, **units}
        housekeeping.set_practice_day(DAY + timedelta(days=1))
        db.session.commit()
    return found


def page_of(case: dict[str, int]) -> str:
    """The page of the suggestion, which its deputies follow."""
    return f"/suggestions/{case['suggestion']}"


def row(app: Flask, id: int) -> dict[str, Any]:
    with app.app_context():
        handling = db.session.get_one(Handling, id)
        return {
            "state": str(handling.state),
            "due": handling.reply_due_on,
            "unit": handling.unit.name,
            "handler": handling.handler_id,
        }


def test_returned_refused_retracted_granted_and_the_next_unit_begins(app: Flask, case: dict[str, int]) -> None:
    at = f"/handlings/{case['handling']}"
    director, supervisor, deputy = Visitor(app, "director"), Visitor(app, "supervisor"), Visitor(app, "deputy")
    assert "申请退办" in director.get(at).text
    assert director.send(f"{at}/request-return", reason="").status_code == 422
    assert Visitor(app, "handler").get(f"{at}/request-return").status_code == 403
    assert "申请退办，最晚2026年3月9日" in director.get(f"{at}/request-return").text
    director.take(f"{at}/request-return", reason="加装电梯属于住房城乡建设职责。")
    assert "不归它办" in deputy.get(page_of(case)).text
    assert director.get(f"{at}/request-return").status_code == 409
    desk = supervisor.get("/").text
    assert "申请退办" in desk
    assert f"{at}/grant-return" in desk
    assert "加装电梯属于住房城乡建设职责" in supervisor.get(f"{at}/grant-return").text
    supervisor.take(f"{at}/refuse-return", reason="三定方案写明由民政办。")
    assert row(app, case["handling"])["state"] == "planning"
    director.take(f"{at}/request-return", reason="附上三定方案，请再看。")
    director.take(f"{at}/retract-return")
    director.take(f"{at}/request-return", reason="经会商，不属于本局。")

    with app.app_context():
        housekeeping.set_practice_day(date(2026, 3, 12))
    overdue = supervisor.get("/").text
    assert "超" in overdue[overdue.index("g-return") :][:3000]
    supervisor.take(f"{at}/supervise", demand="办理不能停", answer_due_on="2026-03-13")
    taken = supervisor.send(f"{at}/grant-return", unit=str(case["区财政局"]))
    assert taken.status_code == 409
    assert "正在协办这一件" in taken.text
    supervisor.take(f"{at}/grant-return", unit=str(case[NEXT]), reason="属住房职责")
    assert row(app, case["handling"])["state"] == "reassigned"
    for still in (director, supervisor, Visitor(app, "auditor")):
        assert still.get(at).status_code == 200
    assert "改由别的单位" in director.get(at).text
    with app.app_context():
        query = select(Handling.id).where(Handling.suggestion_id == case["suggestion"], Handling.id != case["handling"])
        new = db.session.scalars(query).one()
    assert f"/handlings/{new}" in Visitor(app, f"clerk@{NEXT}").get("/").text
    clerk, boss = Visitor(app, f"clerk@{NEXT}"), Visitor(app, f"director@{NEXT}")
    clerk.take(f"/handlings/{new}/receive")
    assert "待阅原件" in boss.get("/").text
    assert row(app, new) == {"state": "received", "due": date(2026, 6, 12), "unit": NEXT, "handler": None}
    assert director.get(f"/handlings/{new}").status_code == 404
    co = Visitor(app, "handler@区财政局")
    assert co.get(f"/handlings/{new}").status_code == 200
    assert co.get(at).status_code == 404
    assert "已改办" in supervisor.get(page_of(case)).text
    followed = deputy.get(page_of(case)).text
    assert followed.index(NEXT) < followed.index("改由别的单位办了")
    for page in ("/register", "/"):
        for visitor in (director, supervisor, deputy, boss, co, Visitor(app, "inspector")):
            assert visitor.get(page).status_code == 200
    with app.app_context():
        assert verify().faults == ()


def test_reassigned_before_anybody_read_it(app: Flask) -> None:
    with app.app_context():
        housekeeping.set_practice_day(date(2026, 2, 10))
        handling = Play(date(2026, 2, 10)).handling("001")
        id, own, free = handling.id, handling.unit.name, unit(NEXT)
    at = f"/handlings/{id}"
    supervisor, clerk = Visitor(app, "supervisor"), Visitor(app, "clerk")
    assert own == "区民政局"
    assert clerk.get(f"{at}/reassign").status_code == 403
    empty = supervisor.send(f"{at}/reassign", unit="", reason="")
    assert empty.status_code == 422
    assert "请选择改由哪个单位承办" in empty.text
    supervisor.take(f"{at}/reassign", unit=free, reason="交错了单位。")
    assert row(app, id)["state"] == "reassigned"
    assert clerk.get(f"{at}/receive").status_code == 409
    assert "第001号" in Visitor(app, f"clerk@{NEXT}").get("/").text


def test_in_chongqing_an_explanation_extends_at_once(app: Flask, case: dict[str, int]) -> None:
    at = f"/handlings/{case['handling']}"
    director, deputy = Visitor(app, "director"), Visitor(app, "deputy")
    assert "一个月，到2026年6月24日" in director.get(f"{at}/request-extension").text
    assert director.send(f"{at}/request-extension", months="1", explanation="").status_code == 422
    director.take(f"{at}/request-extension", months="1", explanation=EXPLANATION, delivery="post")
    assert row(app, case["handling"])["due"] == date(2026, 6, 24)
    assert EXPLANATION in deputy.get(page_of(case)).text
    assert "已延期一个月" in director.get(at).text
    assert Visitor(app, "supervisor").get(f"{at}/refuse-extension").status_code == 200


def test_in_zhejiang_consent_is_refused_and_then_granted(app: Flask) -> None:
    app.config["RULEBOOK"] = "zhejiang"
    case = begin(app)
    at = f"/handlings/{case['handling']}"
    director, supervisor, deputy = Visitor(app, "director"), Visitor(app, "supervisor"), Visitor(app, "deputy")
    ask = {"months": "3", "explanation": EXPLANATION, "delivery": "in_person"}
    early = supervisor.send(f"{at}/grant-extension")
    assert early.status_code == 409
    assert "没有等待决定的延期申请" in early.text
    due = row(app, case["handling"])["due"]
    director.take(f"{at}/request-extension", **ask)
    assert row(app, case["handling"])["due"] == due
    again = director.send(f"{at}/request-extension", **ask)
    assert again.status_code == 409
    assert "还没有决定" in again.text
    assert f"{at}/grant-extension" in supervisor.get("/").text
    assert EXPLANATION in supervisor.get(f"{at}/refuse-extension").text
    supervisor.take(f"{at}/refuse-extension", reason="三个月办得完。")
    assert "人代工委不同意延期" in deputy.get(page_of(case)).text
    assert "三个月办得完" in director.get(at).text
    director.take(f"{at}/request-extension", **ask)
    supervisor.take(f"{at}/grant-extension")
    assert row(app, case["handling"])["due"] == date(2026, 8, 24)
    full = director.send(f"{at}/request-extension", **(ask | {"months": "1"}))
    assert full.status_code == 409
    assert "最长" in full.text
    with app.app_context():
        assert verify().faults == ()


def test_transferred_in_the_middle(app: Flask, case: dict[str, int]) -> None:
    at = f"/handlings/{case['handling']}"
    director, supervisor = Visitor(app, "director"), Visitor(app, "supervisor")
    handler = Visitor(app, "handler")
    handler.take(f"{at}/split-requests", requests=[{"text": "简化手续"}])
    measures = [{"request_no": "1", "measure": "办", "owner": "韩冬梅", "due_on": "2026-04-30"}]
    handler.take(f"{at}/submit-plan", measures=measures, hardest="钱。")
    assert director.get(f"{at}/transfer").status_code == 403
    supervisor.take(f"{at}/transfer", unit=str(case[NEXT]), document="云山编〔2026〕1号")
    assert row(app, case["handling"])["unit"] == NEXT
    assert row(app, case["handling"])["handler"] is None
    assert director.get(at).status_code == 404
    assert handler.get(at).status_code == 404
    clerk, boss = Visitor(app, f"clerk@{NEXT}"), Visitor(app, f"director@{NEXT}")
    assert "还没有指定承办人" in clerk.get("/").text
    page = boss.get(at).text
    assert "沈怀远" in page
    unread = boss.send(f"{at}/approve-plan", remark="可。", password=PASSWORD)
    assert unread.status_code == 409
    assert "您本人还没有阅看原件" in unread.text
    boss.take(f"{at}/read-original", remark="接手看过。", password=PASSWORD)
    boss.take(f"{at}/approve-plan", remark="可。", password=PASSWORD)
    with app.app_context():
        named = person(Play(DAY), f"handler@{NEXT}")
    clerk.take(f"{at}/name-handler", handler=named, reason="机构改革，移交承办")
    assert row(app, case["handling"])["state"] == "in_progress"
    today = _today(app)
    Visitor(app, f"handler@{NEXT}").take(
        f"{at}/record-contact", form="phone", contacted_on=today, rank="staff", people="某某", asked="", agreed=""
    )
    assert "移交" in Visitor(app, "deputy").get(page_of(case)).text
    with app.app_context():
        assert verify().faults == ()


def _today(app: Flask) -> str:
    with app.app_context():
        today: datetime = clock.now()
        return today.date().isoformat()
