"""A deputy is not satisfied, the second round has five seals of its own, and what is refused again is concluded."""

from flask import Flask
from sqlalchemy import select

from suggestions import clock
from suggestions.extensions import db
from suggestions.models import File, Handling
from suggestions.queries.verification import verify
from tests.journeys.case import Case
from tests.web.visitor import PASSWORD

REASON = "红灯笼挂上了，便民点还是没有人。"
AGAIN = "第二次的答复同第一次一样。"


def _read_anew(case: Case) -> None:
    director = case("director")
    unread = director.send(f"{case.at}/read-original", remark="代表说的是实情。", handler="", password=PASSWORD)
    assert unread.status_code == 422
    page = director.get(f"{case.at}/read-original").text
    assert REASON in page
    with case.app.app_context():
        handling = db.session.get_one(Handling, case.id)
        named = str(handling.handler_id)
        of_case = select(File.sha256).where(File.suggestion_id == handling.suggestion_id, File.is_original)
        digests = db.session.scalars(of_case).all()
    read = {"remark": "代表说的是实情，这一轮我每周去看一次。", "handler": named, "password": PASSWORD}
    refused = director.send(f"{case.at}/read-original", **read)
    assert refused.status_code == 409
    for sha256 in digests:
        form = director.form(f"{case.at}/read-original")
        assert director.client.post(f"{case.at}/open-original", data={**form, "sha256": sha256}).status_code == 303
    director.take(f"{case.at}/read-original", **read)


def _work_anew(case: Case, on: str) -> None:
    handler, director = case("handler"), case("director")
    handler.take(f"{case.at}/split-requests")
    measures = [
        {"request_no": str(n), "measure": "重新办", "owner": "韩冬梅", "due_on": on}
        for n in range(1, case.requests + 1)
    ]
    handler.take(f"{case.at}/submit-plan", measures=measures, hardest="没有人手。", co_units=["none"])
    director.take(f"{case.at}/approve-plan", remark="人手从社区调。", password=PASSWORD)
    lacking = handler.send(f"{case.at}/submit-reply")
    assert lacking.status_code == 409
    for sentence in ("还没有联系过代表", "还没有起草复函", "局长本人还没有督促过"):
        assert sentence in lacking.text
    handler.take(
        f"{case.at}/record-contact",
        form="visit", contacted_on=on, place="镇上", rank="section", people="韩冬梅", asked="要有人", agreed="周一到周五有人值守",
    )  # fmt: skip
    director.take(
        f"{case.at}/urge",
        form="inspect", remark="去看了，上午有人下午没有。", demand="排班表明天给我", answer_due_on=on,
        password=PASSWORD,
    )  # fmt: skip
    case.draft()
    case.send("云山民政函〔2026〕43号")


def test_dissatisfied_twice_and_concluded(app: Flask) -> None:
    case = Case(app, "dispatched")
    deputy, director, supervisor = case(case.lead), case("director"), case("supervisor")
    speechless = deputy.send(f"{case.at}/rate", **case.rating("dissatisfied"))
    assert speechless.status_code == 422
    deputy.take(f"{case.at}/rate", **case.rating("dissatisfied", reason=REASON))
    assert case.state() == "rated"
    assert REASON not in director.get(case.at).text
    assert supervisor.get(f"{case.at}/order-redo").status_code == 409
    deputy.take(f"{case.at}/open-rating")
    assert case.state() == "contested"
    assert REASON in director.get(case.at).text
    for who in ("director", "handler", "clerk", "inspector", case.lead):
        assert case(who).get(f"{case.at}/order-redo").status_code == 403
    supervisor.take(f"{case.at}/order-redo", reason="把人派到位，再答复代表。")
    assert case.state() == "received"

    _read_anew(case)
    with app.app_context():
        on = clock.today().isoformat()
    _work_anew(case, on)
    assert case.state() == "replied"
    for who in (case.lead, "director", "supervisor"):
        beside = case(who).get(f"{case.at}/replies").text
        assert REASON in beside
        assert "上一次" in beside
    assert REASON in deputy.get(f"{case.at}/rate").text

    deputy.take(f"{case.at}/rate", **case.rating("dissatisfied", reason=AGAIN))
    deputy.take(f"{case.at}/open-rating")
    assert case.state() == "contested"
    again = supervisor.send(f"{case.at}/order-redo", reason="再办一次")
    assert again.status_code == 409
    assert "重新办理" in again.text
    conclusion = {"present": "代表、区民政局局长到场", "conclusion": "由街道派专人值守，每月向代表报一次"}
    assert case("inspector").get(f"{case.at}/conclude-dispute").status_code == 403
    supervisor.take(f"{case.at}/conclude-dispute", convened_on=on, **conclusion)
    assert case.state() == "follow_up"

    refused = director.send(f"{case.at}/close", conclusion="办结")
    assert refused.status_code == 409
    assert "亲自协调" in refused.text
    director.take(
        f"{case.at}/coordinate",
        with_whom="街道", remark="值守定了人。", checked="看了值守记录", password=PASSWORD,
    )  # fmt: skip
    director.take(f"{case.at}/close", conclusion="值守已经落实，代表的评价不变。")
    assert case.state() == "closed"
    page = supervisor.get(case.at).text
    for said in (REASON, AGAIN, conclusion["conclusion"], "不满意"):
        assert said in page
    with app.app_context():
        assert db.session.get_one(Handling, case.id).round == 2
        assert verify().faults == ()
