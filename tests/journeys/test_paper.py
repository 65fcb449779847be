"""A suggestion that came on paper, and one whose deputy asks that the name be hidden from the unit."""

import io
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from suggestions.extensions import db
from suggestions.models import Handling, Suggestion
from suggestions.practice import HANDOVER
from suggestions.practice.play import Play
from suggestions.usecases import housekeeping
from tests.usecases.test_suggestion import WORDS, drafted, person, unit
from tests.usecases.walking import Walk
from tests.web.visitor import Visitor

ASSIGN = {"number": "第237号", "series": "between", "reply_term": "ordinary", "publication": "proactive"}


def scan() -> tuple[io.BytesIO, str]:
    paper: Path = min((HANDOVER / "originals").iterdir())
    return io.BytesIO(paper.read_bytes()), paper.name


def go_to(app: Flask, on: date) -> None:
    with app.app_context():
        housekeeping.set_practice_day(on)


def handling_of(app: Flask, id: int) -> int:
    with app.app_context():
        return int(db.session.scalars(select(Handling.id).where(Handling.suggestion_id == id)).one())


def test_on_paper_the_deputies_office_writes_it_down_with_its_scan(app: Flask) -> None:
    go_to(app, date(2026, 3, 10))
    with app.app_context():
        lead = person(Play(date(2026, 3, 10)), "deputy")
    supervisor, deputy = Visitor(app, "supervisor"), Visitor(app, "deputy")
    words = {**WORDS, "lead": lead}
    bare = supervisor.send("/suggestions/new", **words)
    assert bare.status_code == 303
    without = int(bare.headers["Location"].rsplit("/", 1)[1])
    refused = supervisor.send(f"/suggestions/{without}/submit")
    assert refused.status_code == 409
    assert "纸质建议没有附扫描件" in refused.text
    written = supervisor.send("/suggestions/new", **words, files=[scan()])
    assert written.status_code == 303
    id = int(written.headers["Location"].rsplit("/", 1)[1])
    supervisor.take(f"/suggestions/{id}/submit")
    with app.app_context():
        row = db.session.get_one(Suggestion, id)
        assert (str(row.state), row.is_on_paper, row.lead_id) == ("submitted", True, int(lead))
        main = unit("区民政局")
    supervisor.take(f"/suggestions/{id}/assign", **ASSIGN, main_units=[main])
    assert "第237号" in deputy.get(f"/suggestions/{id}").text
    page = Visitor(app, "director").get(f"/handlings/{handling_of(app, id)}").text
    assert scan()[1] in page


def test_a_hidden_name_is_seen_by_the_unit_nowhere(app: Flask) -> None:
    go_to(app, date(2026, 3, 10))
    with app.app_context():
        id = drafted(Play(date(2026, 3, 9)))
        main = unit("区民政局")
    deputy, supervisor = Visitor(app, "deputy"), Visitor(app, "supervisor")
    deputy.take(f"/suggestions/{id}/submit", is_name_hidden="y")
    supervisor.take(f"/suggestions/{id}/assign", **ASSIGN, main_units=[main])
    handling = handling_of(app, id)
    with app.app_context():
        play = Play(date(2026, 3, 10))
        walk = Walk(play, "237", "deputy").until("rated")
        walk.followed()
    assert "陈立群" in supervisor.get(f"/handlings/{handling}").text
    for who in ("director", "handler", "clerk", "reviewer"):
        visitor = Visitor(app, who)
        for path in ("", "/letter"):
            assert "陈立群" not in visitor.get(f"/handlings/{handling}{path}").text, (who, path)
        assert "陈立群" not in visitor.get("/register?q=237").text, who
        notices = [line for line in visitor.get("/notices").text.splitlines() if "237" in line]
        assert not [line for line in notices if "陈立群" in line], who
