"""A suggestion split into three through the pages, of whose co-units one stays silent; then a unit comes later."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from suggestions.extensions import db
from suggestions.models import CoHandling, Handling
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping
from tests.usecases.test_split import of, through
from tests.usecases.test_suggestion import row, submitted, unit
from tests.web.visitor import Visitor

UNITS = ("区民政局", "区住房城乡建委", "区卫生健康委")


def parts(app: Flask, id: int) -> list[Handling]:
    with app.app_context():
        query = select(Handling).where(Handling.suggestion_id == id).order_by(Handling.id)
        found = list(db.session.scalars(query))
        db.session.expunge_all()
        return found


def go_to(app: Flask, on: date) -> None:
    with app.app_context():
        housekeeping.set_practice_day(on)


def test_three_parts_and_a_silent_co_unit(app: Flask) -> None:
    go_to(app, date(2026, 3, 10))
    with app.app_context():
        id = submitted(Play(date(2026, 3, 9)))
        mains, silent = [unit(name) for name in UNITS], unit("区司法局")
        later = unit("区医保局")
    supervisor, director = Visitor(app, "supervisor"), Visitor(app, "director")
    words = {"number": "第237号", "series": "between", "reply_term": "ordinary", "publication": "proactive"}
    supervisor.take(f"/suggestions/{id}/assign", **words, main_units=mains, co_units=[silent])
    first, second, third = parts(app, id)
    assert [part.part for part in (first, second, third)] == [1, 2, 3]
    with app.app_context():
        owed = {
            co.handling_id: co.id
            for co in db.session.scalars(select(CoHandling).where(CoHandling.handling_id.in_([first.id, second.id])))
        }
    assert director.get(f"/handlings/{second.id}").status_code == 404

    early = director.send(f"/co-handlings/{owed[first.id]}/go-on-without", reason="等不到。")
    assert early.status_code == 409
    assert "协办期限到" in early.text
    assert "还没有督办过一次" in early.text
    go_to(app, date(2026, 5, 20))
    supervisor.take(f"/handlings/{first.id}/supervise", demand="请区司法局三天内答复。", answer_due_on="2026-05-23")
    director.take(f"/co-handlings/{owed[first.id]}/go-on-without", reason="督办以后仍没有答复，先行办理。")
    silent_handler = Visitor(app, "handler@区司法局")
    assert silent_handler.get(f"/co-handlings/{owed[first.id]}/give-co-opinion").status_code == 409
    for part in (second, third):
        with app.app_context():
            co = db.session.scalars(select(CoHandling.id).where(CoHandling.handling_id == part.id)).one()
        supervisor.take(f"/co-handlings/{co}/cancel-co-opinion", reason="这一部分不用它的意见。")

    added = supervisor.take(f"/suggestions/{id}/add-unit", role="main", unit=later, reason="还涉及医保。").text
    assert "第237-4号" in added
    for part, people in zip(
        parts(app, id),
        (("director", "handler", "clerk", "reviewer"), *(of(name) for name in (*UNITS[1:], "区医保局"))),
        strict=True,
    ):
        with app.app_context():
            through(Play(date(2026, 5, 20)), part.id, people, f"云山函〔2026〕{part.id}号")
    assert "区司法局" in Visitor(app, "deputy").get(f"/handlings/{first.id}/letter").text
    assert "逾期未复" in director.get(f"/handlings/{first.id}/letter").text
    with app.app_context():
        assert row(id).state == "closed"
        assert verify().faults == ()


def test_the_deputies_office_changes_the_lead_and_marks_the_next_year(app: Flask) -> None:
    go_to(app, date(2026, 3, 10))
    with app.app_context():
        handling = Play(date(2026, 3, 10)).handling("001")
        id, suggestion = handling.id, handling.suggestion_id
    supervisor = Visitor(app, "supervisor")
    supervisor.take(f"/suggestions/{suggestion}/mark-cross-year", document="主任会议纪要第3号")
    assert "跨年度跟踪" in supervisor.get(f"/handlings/{id}").text
    assert Visitor(app, "director").get(f"/suggestions/{suggestion}/change-lead").status_code == 403
    supervisor.take(f"/suggestions/{suggestion}/change-lead", ground="left", reason="已辞去代表职务。")
    assert Visitor(app, "deputy").get(f"/suggestions/{suggestion}").status_code == 404
    assert "第001号" in supervisor.get(f"/handlings/{id}").text
