"""Work changes hands: the list of what is handed over, signed by both in person; through the pages, a browser each."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from flask import Flask
from sqlalchemy import func, select, update

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Event, HandOver, LoginAttempt, Person, Post, Unit
from suggestions.models.event import OFFICE
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping, office, people, ticking
from tests.usecases.walking import BUREAU, Walk
from tests.web.hands import token
from tests.web.visitor import PASSWORD, Visitor

LIST, BACK = "/hand-overs/1", "/hand-overs/2"
FOREIGN = ("otherdirector", "cohandler", "handler@区财政局", "reviewer", "deputy", "inspector", "secadmin", "sysadmin")
URGED = {"form": "urge", "remark": "选址没有动静", "demand": "报两处备选", "answer_due_on": "2026-02-12"}
PROMISE = {
    "request_no": "1", "sentence": "将办成。", "measure": "办成核定", "owner": "韩冬梅", "due_on": "2026-03-20",
    "evidence": "名册",
}  # fmt: skip


def _worked(app: Flask) -> str:
    """A case in hand, with a promise and an urging that nobody has answered."""
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 10))).until("approved")
        walk.do("handler", A.ADD_PROMISE, **PROMISE)
        walk.do("director", A.URGE, **URGED)
        return f"/handlings/{walk.id}"


def _go_to(app: Flask, day: date) -> None:
    with app.app_context():
        housekeeping.set_practice_day(day)


def _person(username: str) -> Person:
    return db.session.scalars(select(Person).where(Person.username == username)).one()


def _acts(app: Flask) -> list[tuple[str, str, str | None]]:
    with app.app_context():
        query = select(Event.action, Event.actor_name, Event.proof).where(Event.chain == OFFICE)
        rows = db.session.execute(query.where(Event.action.in_(["hand_over", "take_over"])).order_by(Event.seq))
        return [(row.action, row.actor_name, row.proof) for row in rows]


def _faults(app: Flask) -> tuple[str, ...]:
    with app.app_context():
        return verify().faults


def test_a_handlers_case_goes_over_by_a_list_that_both_sign(app: Flask) -> None:
    at = _worked(app)
    _go_to(app, date(2026, 2, 11))
    giver, taker, clerk, director = (Visitor(app, who) for who in ("handler", "handler2", "clerk", "director"))
    with app.app_context():
        after_id, names = str(_person("handler2").id), (_person("handler").name, _person("handler2").name)
    named = clerk.take(f"{at}/name-handler", handler=after_id, reason="科室分工调整")
    head = f"{names[0]}移交{names[1]}的承办件交接清单"
    assert f'<a href="{LIST}">交接清单</a>上双方签字' in named.text
    assert f"{head}：等您签字移交。" in giver.get("/").text
    assert f"{head}：等{names[0]}签字移交。" in taker.get("/").text
    assert "不能到场的，由您代签" in director.get("/").text
    assert head in clerk.get("/").text
    assert "工作交接，清单还没有签完" in director.get(at).text
    for who in FOREIGN:
        stranger = Visitor(app, who)
        assert stranger.get(LIST).status_code == 404, who
        assert stranger.get(f"{LIST}.docx").status_code == 404, who
        values = {**giver.form(LIST), "csrf_token": token(stranger), "password": PASSWORD}
        assert stranger.client.post(LIST, data=values).status_code == 404, who
        assert head not in stranger.get("/hand-overs").text
    for who in ("supervisor", "auditor"):
        assert head in Visitor(app, who).get("/hand-overs").text
        assert Visitor(app, who).get(LIST).status_code == 200

    page = giver.get(LIST).text
    assert "“办成核定”" in page
    assert "2026年3月20日到期，凭名册" in page
    assert "局长督促，2026年2月12日前要回：报两处备选" in page
    assert f"阅原件 2026年2月10日{_name(app, 'director')}" in page
    early = taker.client.post(LIST, data=_signing(taker, giver, "take"))
    assert early.status_code == 409
    assert "还不能接收" in early.text
    wrong = giver.send(LIST, password="not-the-password")
    assert (wrong.status_code, "密码不对" in wrong.text) == (422, True)
    assert giver.send(LIST, password="").status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(LoginAttempt)) == 1
        assert db.session.get_one(HandOver, 1).stage == "open"
    stranger_in_law = clerk.client.post(LIST, data=_signing(clerk, giver, "give"))
    assert stranger_in_law.status_code == 403
    assert "由本单位局长代签" in stranger_in_law.text

    assert "等" in giver.take(LIST, password=PASSWORD).text
    assert "已移交，等您签字接收" in taker.get("/").text
    shown = taker.form(LIST)
    with app.app_context():
        urging = str(db.session.scalars(select(Event.seq).where(Event.action == "urge").order_by(Event.seq)).all()[-1])
    taker.take(f"{at}/answer-urging", urging=urging, answer="报了两处。")
    changed = taker.client.post(LIST, data={**shown, "password": PASSWORD})
    assert changed.status_code == 409
    assert "没有回复的催办：原为“" in changed.text
    assert "现为“没有”" in changed.text
    assert "签过以后变了什么" in giver.get(LIST).text
    giver.take(LIST, password=PASSWORD)
    again = giver.client.post(LIST, data=_signing(giver, taker, "give"))
    assert again.status_code == 409
    assert "已经签过这份清单" in again.text
    done = taker.take(LIST, password=PASSWORD)
    assert "双方已签" in done.text
    assert 'name="password"' not in done.text
    assert [who for _, who, _ in _acts(app)] == [names[0], names[0], names[1]]
    assert {proof for *_, proof in _acts(app)} == {"password"}
    assert "工作交接，双方已签清单" in taker.get(at).text
    assert f'href="{LIST}"' in director.get(at).text
    assert "交接清单：" not in taker.get("/").text
    paper = giver.get(f"{LIST}.docx")
    words = "\n".join(
        cell.text for t in docx.Document(BytesIO(paper.data)).tables for row in t.rows for cell in row.cells
    )
    assert "办成核定" in words
    assert "报两处备选" not in words
    assert names[1] in words
    assert giver.get(f"{LIST}.pdf").data.startswith(b"%PDF")
    assert _faults(app) == ()
    with app.app_context():
        db.session.execute(update(HandOver).values(digest="0" * 64))
        db.session.commit()
    assert _faults(app) == ("第1号交接清单：内容被改动，和移交人所签的不符。",)


@pytest.mark.whole_handover
def test_a_director_who_left_still_signs_and_the_new_one_takes_over(app: Flask) -> None:
    at = _worked(app)
    with app.app_context():
        unit = db.session.scalars(select(Unit).where(Unit.name == BUREAU)).one()
        old = db.session.scalars(select(Post).join(Post.person).where(Person.username == "director")).one()
        office.end_post(old, to_on=date(2026, 2, 20))
        heir = office.create_user("文向东", username="wenxd", password=PASSWORD)
        office.appoint(heir, Role.DIRECTOR, unit=unit, from_on=date(2026, 2, 21))
        giver_name = old.person.name
    _go_to(app, date(2026, 2, 24))
    left, new, above = (Visitor(app, who) for who in ("director", "wenxd", "supervisor"))
    assert "等您签字移交" in left.get("/hats").text
    assert 'href="/hand-overs"' in left.get("/hats").text
    assert left.get("/").headers["Location"] == "/hats"
    assert left.get(at).headers["Location"] == "/hats"
    assert f"{giver_name}移交文向东的局长工作交接清单" in new.get("/").text
    assert "交接清单已列出" in new.get("/notices").text
    page = left.get(LIST).text
    assert f'href="{at}"' not in page
    assert "协办" in page or "欠别的单位的意见" in page
    unfounded = above.send(LIST, password=PASSWORD)
    assert unfounded.status_code == 422
    assert "请选本人为什么不能签" in unfounded.text
    assert Visitor(app, "otherdirector").get(LIST).status_code == 404
    left.take(LIST, password=PASSWORD)
    new.take(LIST, password=PASSWORD)
    assert [(action, who) for action, who, _ in _acts(app)] == [("hand_over", giver_name), ("take_over", "文向东")]
    assert "工作交接，双方已签清单" in new.get(at).text
    assert "双方已签" in left.get(LIST).text
    assert f"{giver_name}移交文向东" in left.get("/hand-overs").text
    late = above.client.post(
        LIST, data={**_signing(above, new, "give"), "ground": "left", "words": "已调走", "password": PASSWORD}
    )
    assert late.status_code == 409
    assert _faults(app) == ()


def test_who_is_gone_is_replaced_on_a_ground_and_an_overtaken_list_ends(app: Flask) -> None:
    at = _worked(app)
    _go_to(app, date(2026, 2, 11))
    clerk, director = Visitor(app, "clerk"), Visitor(app, "director")
    with app.app_context():
        second, gone = _person("handler2"), _person("handler")
        second_id, gone_name, second_name = str(second.id), gone.name, second.name
        people.deactivate(gone)
        unit = db.session.scalars(select(Unit).where(Unit.name == BUREAU)).one()
        third = office.create_user("罗小满", username="luoxm", password=PASSWORD)
        office.appoint(third, Role.HANDLER, unit=unit, from_on=date(2026, 2, 1))
        third_id = str(third.id)
    assert f"承办人{gone_name}已经不在岗" in clerk.get("/").text
    clerk.take(f"{at}/name-handler", handler=second_id, reason="已去世")
    assert "已经不在岗" not in clerk.get("/").text
    director.take(LIST, ground="died", words="2月9日病逝，讣告在案", password=PASSWORD)
    assert f"代{gone_name}签" in director.get(LIST).text
    clerk.take(f"{at}/name-handler", handler=third_id, reason="科室分工调整")
    assert "没有接收，已另行交接" in director.get(LIST).text
    assert Visitor(app, "handler2").send("/hand-overs/2", password=PASSWORD).status_code == 303
    Visitor(app, "luoxm").take("/hand-overs/2", password=PASSWORD)
    told = director.get(at).text
    assert f"{second_name}移交罗小满" in told
    assert f"{gone_name}移交{second_name}" not in told
    with app.app_context():
        kept = db.session.get_one(HandOver, 1)
        assert (kept.stage, kept.ground, kept.given_by_name) == ("void", "died", _person("director").name)
    assert _faults(app) == ()


def test_when_a_stand_in_ends_the_work_goes_back_by_a_list_that_the_deputies_office_may_sign(app: Flask) -> None:
    _worked(app)
    with app.app_context():
        unit = db.session.scalars(select(Unit).where(Unit.name == BUREAU)).one()
        acting = office.create_user("文向东", username="wenxd", password=PASSWORD)
        words: dict[str, Any] = {"title": "副局长", "is_acting": True, "document": "云山府人〔2026〕12号"}
        office.appoint(acting, Role.DIRECTOR, unit=unit, from_on=date(2026, 3, 1), to_on=date(2026, 3, 31), **words)
        housekeeping.set_practice_day(date(2026, 4, 1))
        ticking.tick()
        ticking.tick()
        rows = db.session.scalars(select(HandOver).order_by(HandOver.id)).all()
        own = _person("director").name
        told = [(row.giver.name, row.taker.name, str(row.stage)) for row in rows]
        assert told == [(own, "文向东", "void"), ("文向东", own, "open")]
        unchosen = office.create_user("罗小满", username="luoxm", password=PASSWORD)
        for role in (Role.CLERK, Role.HANDLER):
            office.appoint(unchosen, role, unit=unit, from_on=date(2026, 2, 1))
    assert Visitor(app, "luoxm").get(BACK).headers["Location"] == "/hats"
    director, above, clerk = (Visitor(app, who) for who in ("director", "supervisor", "clerk"))
    assert clerk.client.post(BACK, data=_signing(clerk, above, "give", BACK)).status_code == 403
    assert director.client.post(BACK, data=_signing(director, above, "give", BACK)).status_code == 403
    assert "没有接收，已另行交接" in above.get(LIST).text
    above.take(BACK, ground="ill", words="3月28日住院，住院证明在案", password=PASSWORD)
    assert "因病不能到场：3月28日住院，住院证明在案" in director.take(BACK, password=PASSWORD).text
    assert _faults(app) == ()


def _name(app: Flask, username: str) -> str:
    with app.app_context():
        return _person(username).name


def _signing(somebody: Visitor, reader: Visitor, act: str, list: str = LIST) -> dict[str, object]:
    """A signature made up by hand under the list as somebody else has it on the screen."""
    page = reader.get(list).text
    digest = page.split('name="content_hash" value="')[1][:64] if 'name="content_hash"' in page else "0" * 64
    return {"csrf_token": token(somebody), "act": act, "content_hash": digest, "password": PASSWORD}
