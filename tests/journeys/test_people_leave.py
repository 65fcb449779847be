"""Terms end and posts fall vacant: a former deputy is answered to the end, and nobody overlooks an empty chair."""

from datetime import date

from flask import Flask
from sqlalchemy import select, update

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Person, Post, Promise, Suggestion
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping, office
from tests.usecases.walking import Walk
from tests.web.visitor import PASSWORD, Visitor


def _go_to(app: Flask, day: date) -> None:
    with app.app_context():
        housekeeping.set_practice_day(day)


def _end(username: str, role: Role, day: date) -> None:
    posts = db.session.scalars(select(Post).join(Post.person).where(Person.username == username, Post.role == role))
    for post in posts.all():
        office.end_post(post, to_on=day)


def test_a_former_deputy_follows_rates_and_is_answered_to_the_end(app: Flask) -> None:
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 10)), number="010").until("dispatched")
        walk.do(
            "handler", A.ADD_PROMISE, request_no="1", sentence="将办成。", measure="办成核定", owner="韩冬梅",
            due_on="2026-03-20", evidence="名册",
        )  # fmt: skip
        at = f"/handlings/{walk.id}"
        rating = walk.rating()
        _end("邓小红", Role.DEPUTY, date(2026, 2, 28))
        others = update(Suggestion).where(Suggestion.id != walk.play.suggestion("010").id)
        db.session.execute(others.values(lead_id=int(walk.person("deputy"))))
        db.session.commit()
        leads_nothing = office.create_user("文向东", username="wenxd", password=PASSWORD)
        office.appoint(leads_nothing, Role.DEPUTY, from_on=date(2026, 1, 1), to_on=date(2026, 2, 28))
    _go_to(app, date(2026, 3, 5))
    assert Visitor(app, "wenxd").answer.headers["Location"] == "/hats"

    former = Visitor(app, "邓小红")
    assert former.answer.headers["Location"] == "/"
    assert former.get("/").status_code == 200
    assert former.get("/suggestions/new").status_code == 403
    former.take(f"{at}/rate", **rating)
    former.take(f"{at}/open-rating")
    director, handler = Visitor(app, "director"), Visitor(app, "handler")
    director.take(f"{at}/coordinate", with_whom="区财政局", remark="定了。", checked="看了", password=PASSWORD)
    with app.app_context():
        promise = str(db.session.scalars(select(Promise.id).order_by(Promise.id.desc())).first())
    handler.take(f"{at}/fulfil-promise", promise=promise, proof="核定名册")
    director.take(f"{at}/report-promise", promise=promise, document_number="函7号", report="核定完了。")
    director.take(f"{at}/close", conclusion="办结。")
    assert former.get("/").status_code == 200
    former.take(f"{at}/rate-promise", promise=promise, score="satisfied")
    assert former.get("/").headers["Location"] == "/hats"
    assert former.get(f"{at}/rate-promise").status_code == 302
    with app.app_context():
        assert verify().faults == ()


def test_an_empty_chair_stands_red_and_is_said_before_the_assignment(app: Flask) -> None:
    with app.app_context():
        _end("director", Role.DIRECTOR, date(2026, 2, 20))
    _go_to(app, date(2026, 2, 24))
    red = "区民政局</a>：今天没有局长。"
    assert red in Visitor(app, "supervisor").get("/").text
    assert "没有人" in Visitor(app, "secadmin").get("/").text
    deputy, office_of_deputies = Visitor(app, "deputy"), Visitor(app, "supervisor")
    page = deputy.take("/suggestions/new", title="关于路灯的建议", content="请修路灯。", category="")
    at = page.request.path
    deputy.take(f"{at}/submit")
    form = office_of_deputies.get(f"{at}/assign").text
    assert "区民政局今天没有局长；交给它以前，请先请安全管理员任职。" in form
    assert "区财政局今天没有" not in form
    with app.app_context():
        unit = db.session.scalars(select(Post.unit_id).join(Post.person).where(Person.username == "handler")).first()
    office_of_deputies.take(
        f"{at}/assign", number="第901号", series="between", main_units=[str(unit)], reply_term="ordinary",
        publication="proactive",
    )  # fmt: skip
