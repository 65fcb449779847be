"""Promises through the pages: kept late, released, opened once again; each person with an own browser."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Handling, Person, Promise, Unit
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping, office
from tests.usecases.walking import BUREAU, Walk
from tests.web.visitor import PASSWORD, Visitor

MEASURES = ("办成核定", "划出用房", "修好坡道")


def _walked(app: Flask, last: str = "followed") -> str:
    """A handling with three promises, followed up; where its pages are."""
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 10))).until(last)
        for measure in MEASURES:
            walk.do(
                "handler", A.ADD_PROMISE, request_no="1", sentence=f"将{measure}。", measure=measure, owner="韩冬梅",
                due_on="2026-03-20", evidence="名册",
            )  # fmt: skip
        return f"/handlings/{walk.id}"


def _go_to(app: Flask, day: date) -> None:
    with app.app_context():
        housekeeping.set_practice_day(day)


def _promise(app: Flask, number: int) -> Promise:
    with app.app_context():
        found = db.session.scalars(select(Promise).where(Promise.number == number).order_by(Promise.id.desc())).first()
        assert found is not None
        db.session.expunge(found)
        return found


def _id(app: Flask, number: int) -> str:
    return str(_promise(app, number).id)


def test_one_is_kept_late_one_released_and_one_opened_again(app: Flask) -> None:
    at = _walked(app)
    _go_to(app, date(2026, 3, 2))
    director, handler, supervisor = (Visitor(app, who) for who in ("director", "handler", "supervisor"))
    deputy = Visitor(app, "邓小红")

    same = director.send(f"{at}/change-promise", promise=_id(app, 1), due_on="2026-03-20", reason="不变")
    assert same.status_code == 422
    assert "日期和内容都和原来一样" in same.text
    director.take(f"{at}/change-promise", promise=_id(app, 1), due_on="2026-04-10", reason="名册核了两遍。")
    changed = director.get(at).text
    assert "变更：由3月20日改到4月10日" in changed
    assert "名册核了两遍" in deputy.client.get(at, follow_redirects=True).text
    assert handler.get(f"{at}/change-promise").status_code == 403

    _go_to(app, date(2026, 4, 20))
    handler.take(f"{at}/fulfil-promise", promise=_id(app, 1), proof="核定名册637人")
    assert "晚10天" in handler.get(at).text
    handler.take(f"{at}/fulfil-promise", promise=_id(app, 3), proof="修好两处")

    assert supervisor.get(f"{at}/agree-release").status_code == 200
    assert "同意终止承诺" not in supervisor.get(at).text
    director.take(
        f"{at}/release-promise", promise=_id(app, 2), ground="区政府2026年第3号文收回此处用房。",
        letter="收回的文件附上，另寻用房没有找到。",
    )  # fmt: skip
    asked = director.send(f"{at}/close", conclusion="办结")
    assert asked.status_code == 409
    assert "承诺第2项" in asked.text
    assert "另寻用房没有找到" in deputy.client.get(at, follow_redirects=True).text
    assert director.get(f"{at}/agree-release").status_code == 403
    supervisor.take(f"{at}/agree-release", promise=_id(app, 2), opinion="同代表谈过，代表知道了。")
    released = director.get(at).text
    assert "兑现2项，终止1项（按没有兑现统计）" in released
    assert not _promise(app, 2).is_open
    assert _promise(app, 2).fulfilled_on is None

    early = deputy.send(f"{at}/rate-promise", promise=_id(app, 3), score="satisfied")
    assert early.status_code == 422
    director.take(
        f"{at}/report-promise", promise=_id(app, 3), document_number="云山民政函〔2026〕90号", report="两处坡道都修了。"
    )
    assert "报告了落实情况，请您评价：修好坡道" in deputy.client.get(at, follow_redirects=True).text
    bare = deputy.send(f"{at}/rate-promise", promise=_id(app, 3), score="dissatisfied")
    assert bare.status_code == 422
    assert "请写一两句理由" in bare.text
    deputy.take(f"{at}/rate-promise", promise=_id(app, 3), score="dissatisfied", reason="第二处没有扶手。")
    assert (_promise(app, 3).is_open, _promise(app, 3).reopened) == (True, 1)
    assert "第二处没有扶手。；重新打开" in director.get(at).text
    handler.take(f"{at}/fulfil-promise", promise=_id(app, 3), proof="扶手装好了")
    director.take(
        f"{at}/report-promise", promise=_id(app, 3), document_number="云山民政函〔2026〕99号", report="扶手装好了。"
    )
    _go_to(app, date(2026, 7, 1))
    deputy.take(f"{at}/rate-promise", promise=_id(app, 3), score="dissatisfied", reason="还是松。")
    assert not _promise(app, 3).is_open
    assert "（迟到的评价）" in director.get(at).text
    with app.app_context():
        assert verify().faults == ()


def test_a_promise_opened_again_after_closing_is_owed_and_kept(app: Flask) -> None:
    at = _walked(app)
    _go_to(app, date(2026, 3, 2))
    director, handler, deputy = Visitor(app, "director"), Visitor(app, "handler"), Visitor(app, "邓小红")
    for number in (1, 2, 3):
        handler.take(f"{at}/fulfil-promise", promise=_id(app, number), proof="办好了")
    director.take(f"{at}/coordinate", with_whom="区财政局", remark="定了。", checked="看了", password=PASSWORD)
    director.take(f"{at}/close", conclusion="办结。")
    director.take(f"{at}/report-promise", promise=_id(app, 1), document_number="函9号", report="办好了。")
    assert f"{at}/rate-promise?promise={_id(app, 1)}" in deputy.get("/").text
    deputy.take(f"{at}/rate-promise", promise=_id(app, 1), score="dissatisfied", reason="只核了一半。")
    assert director.get(f"{at}/change-promise").status_code == 409
    _go_to(app, date(2026, 4, 2))
    desk = handler.get("/").text
    assert "还有1项承诺没有兑现" in desk
    with app.app_context():
        row = db.session.scalars(select(Handling).where(Handling.id == int(at.rpartition("/")[2]))).one()
        assert (row.state, row.next_due, row.red_after) == ("closed", "promise", date(2026, 3, 20))
    handler.take(f"{at}/fulfil-promise", promise=_id(app, 1), proof="另一半也核了")
    assert "还有1项承诺没有兑现" not in handler.get("/").text


def test_a_new_handler_takes_the_open_promises_along(app: Flask) -> None:
    at = _walked(app)
    _go_to(app, date(2026, 3, 2))
    handler, clerk = Visitor(app, "handler"), Visitor(app, "clerk")
    handler.take(f"{at}/fulfil-promise", promise=_id(app, 1), proof="办好了")
    with app.app_context():
        new = db.session.scalars(select(Person).where(Person.username == "clerk")).one()
        unit = db.session.scalars(select(Unit).where(Unit.name == BUREAU)).one()
        office.appoint(new, Role.HANDLER, unit=unit, from_on=date(2026, 2, 1))
        heir = {"id": str(new.id), "name": new.name}
    clerk.take(f"{at}/name-handler", handler=heir["id"], reason="韩冬梅借调")
    assert _promise(app, 1).owner == "韩冬梅"
    assert _promise(app, 2).owner == heir["name"]
    assert handler.get(f"{at}/fulfil-promise").status_code == 403


@pytest.mark.parametrize(
    "values",
    [{"released_on": date(2026, 3, 1)}, {"released_on": date(2026, 3, 1), "release_ground": "依据", "proof": "x"}],
    ids=["without_ground", "kept_too"],
)
def test_the_database_refuses_a_release_that_is_none(app: Flask, values: dict[str, object]) -> None:
    _walked(app, "dispatched")
    with app.app_context():
        row = db.session.scalars(select(Promise)).first()
        assert row is not None
        for name, value in values.items():
            setattr(row, name, value)
        if "proof" in values:
            row.fulfilled_on = date(2026, 3, 1)
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
