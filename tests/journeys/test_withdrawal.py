"""A suggestion taken back through the pages: in the middle of the work, and after the reply."""

from flask import Flask
from sqlalchemy import select

from suggestions import clock
from suggestions.domain.actions import Action as A
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Suggestion
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping
from tests.usecases.walking import Walk
from tests.web.visitor import Visitor

DAY = "2026-02-12"


def walked(app: Flask, stage: str, number: str = "010") -> tuple[int, int]:
    """The ids of suggestion and handling of 010, when it has been worked on so far; the pages show two days later."""
    with app.app_context():
        play = Play(clock.today())
        play.go_to(clock.today().replace(2026, 2, 10))
        walk = Walk(play, number).until(stage)
        housekeeping.set_practice_day(clock.today().replace(2026, 2, 12))
        return play.suggestion(number).id, walk.id


def states(app: Flask, suggestion: int) -> tuple[str, list[str], set[str]]:
    with app.app_context():
        own = db.session.get_one(Suggestion, suggestion).state
        handlings = db.session.scalars(select(Handling).where(Handling.suggestion_id == suggestion)).all()
        cos = db.session.scalars(select(CoHandling).where(CoHandling.handling_id.in_([h.id for h in handlings])))
        return str(own), [str(h.state) for h in handlings], {str(co.state) for co in cos}


def test_in_the_middle(app: Flask) -> None:
    suggestion, handling = walked(app, "approved")
    deputy, director = Visitor(app, "邓小红"), Visitor(app, "director")
    handler, supervisor = Visitor(app, "handler"), Visitor(app, "supervisor")
    page = deputy.get(f"/suggestions/{suggestion}").text
    assert f"/suggestions/{suggestion}/withdraw" in page
    assert supervisor.get(f"/suggestions/{suggestion}/withdraw").status_code == 403
    assert Visitor(app, "罗正国").get(f"/suggestions/{suggestion}/withdraw").status_code == 404
    empty = deputy.send(f"/suggestions/{suggestion}/withdraw", reason=" ")
    assert empty.status_code == 422
    after = deputy.take(f"/suggestions/{suggestion}/withdraw", reason="镇里已经办了，不用再办。").text
    assert "建议撤回了" in after
    assert "到此为止" in after
    own, handlings, cos = states(app, suggestion)
    assert (own, handlings) == ("withdrawn", ["terminated"])
    assert cos <= {"cancelled"}
    case = director.get(f"/handlings/{handling}").text
    assert "不用再办" in case
    assert director.get(f"/handlings/{handling}/urge").status_code == 409
    assert handler.get(f"/handlings/{handling}/draft-reply").status_code == 409
    assert "第010号" in handler.get("/notices").text
    assert "第010号" not in director.get("/").text
    assert "终止" in director.get("/register?q=010").text
    assert "撤回了" in deputy.get("/").text
    with app.app_context():
        assert verify().faults == ()


def test_after_the_reply(app: Flask) -> None:
    suggestion, _ = walked(app, "dispatched")
    deputy, supervisor = Visitor(app, "邓小红"), Visitor(app, "supervisor")
    director = Visitor(app, "director")
    assert "要先由人代工委单独听取您的意见" in deputy.get(f"/suggestions/{suggestion}").text
    refused = deputy.send(f"/suggestions/{suggestion}/withdraw", reason="不提了。")
    assert refused.status_code == 409
    assert "要先由人代工委单独听取您的意见" in refused.text
    assert director.get(f"/suggestions/{suggestion}/talk-alone").status_code == 403
    said = "事情办成了，没有人打招呼。"
    supervisor.take(f"/suggestions/{suggestion}/talk-alone", talked_on=DAY, people="周敏", said=said)
    assert said not in director.get(f"/suggestions/{suggestion}").text
    deputy.take(f"/suggestions/{suggestion}/withdraw", reason="办成了。")
    assert states(app, suggestion)[:2] == ("withdrawn", ["terminated"])
    assert A.WITHDRAW.value not in supervisor.get("/").text
    with app.app_context():
        assert verify().faults == ()
