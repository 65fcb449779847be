"""Two suggestions merged through the pages, one of whose lead deputies is not satisfied."""

from datetime import date

from flask import Flask
from sqlalchemy import select

from suggestions.extensions import db
from suggestions.models import Handling, Suggestion
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping, ticking
from tests.journeys.test_withdrawal import walked
from tests.usecases.test_suggestion import submitted
from tests.usecases.walking import Walk
from tests.web.visitor import Visitor


def move_to(app: Flask, *day: int) -> None:
    with app.app_context():
        housekeeping.set_practice_day(date(*day))
        ticking.tick()


def state(app: Flask, id: int) -> str:
    with app.app_context():
        return str(db.session.scalars(select(Handling.state).where(Handling.id == id)).one())


def test_one_of_two_is_not_satisfied(app: Flask) -> None:
    into, handling = walked(app, "approved")
    with app.app_context():
        play = Play(date(2026, 2, 11))
        other = submitted(play)
    deputy, lead = Visitor(app, "deputy"), Visitor(app, "邓小红")
    supervisor, director = Visitor(app, "supervisor"), Visitor(app, "director")
    assert deputy.get(f"/suggestions/{into}").status_code == 404
    assert director.get(f"/suggestions/{other}/merge").status_code == 404
    assert deputy.get(f"/suggestions/{other}/merge").status_code == 403
    assert supervisor.send(f"/suggestions/{other}/merge", reason="同一件事").status_code == 422
    page = supervisor.take(f"/suggestions/{other}/merge", into=str(into), reason="同一件事。").text
    assert "并入了第010号" in page
    assert "并入别的建议一起办理" in deputy.get("/").text
    assert "您的建议并入本件" in deputy.get(f"/suggestions/{into}").text
    assert "简化加装电梯手续" in director.get(f"/handlings/{handling}").text
    with app.app_context():
        play = Play(date(2026, 2, 12))
        walk = Walk(play)
        walk.stages += ["received", "read", "planned", "approved"]
        walk.until("dispatched")
        count = walk.requests
    at = f"/handlings/{handling}"
    assert "陈立群" in deputy.get(f"{at}/letter").text
    scores = [{"request_no": str(n), "score": "satisfied"} for n in range(1, count + 1)]
    common = {"scores": scores, "attitude": "satisfied", "result": "satisfied"}
    assert "去评价" in lead.get("/").text
    lead.take(f"{at}/rate", **common, overall="satisfied")
    assert "去评价" not in lead.get("/").text
    assert state(app, handling) == "replied"
    again = lead.send(f"{at}/rate", **common, overall="satisfied")
    assert again.status_code == 409
    assert "您已经评过" in again.text
    assert "去评价" in deputy.get("/").text
    deputy.take(f"{at}/rate", **common, overall="dissatisfied", reason="手续还是那么多。")
    assert state(app, handling) == "rated"
    assert deputy.get(f"{at}/open-rating").status_code == 403
    for nosy in (director, lead):
        assert "手续还是那么多" not in nosy.get(f"/suggestions/{into}").text
        assert "手续还是那么多" not in nosy.get(at).text
    move_to(app, 2026, 3, 10)
    assert state(app, handling) == "contested"
    assert "手续还是那么多" in director.get(at).text
    supervisor.take(f"{at}/order-redo", reason="陈立群代表的理由成立，重新办理。")
    assert state(app, handling) == "received"
    assert "手续还是那么多" in director.get(f"{at}/read-original").text
    with app.app_context():
        assert db.session.get_one(Suggestion, other).state == "merged"
        assert verify().faults == ()
