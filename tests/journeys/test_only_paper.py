"""A deputy without any login, through the pages: one person enters what is theirs, another confirms it."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Event, Handling, Person, Promise, Suggestion
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping, office
from tests.conftest import practice_originals
from tests.usecases.test_suggestion import WORDS, unit
from tests.usecases.walking import Walk
from tests.web.visitor import Visitor

ASSIGN = {"number": "第237号", "series": "between", "reply_term": "ordinary", "publication": "proactive"}
MARK = "代录（周敏录入，吴刚核对）"


def scan(name: str) -> tuple[BytesIO, str]:
    return BytesIO(practice_originals()[0].data), name


class House:
    """The house with two deputies who have no login, and the two persons of the deputies office."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            housekeeping.set_practice_day(date(2026, 3, 10))
            people = [office.create_user(name, delegation="东山代表团") for name in ("胡守田", "罗桂英")]
            for each in people:
                office.appoint(each, Role.DEPUTY, from_on=date(2026, 1, 1))
            db.session.commit()
            self.lead, self.joint = (str(each.id) for each in people)
            self.main = unit("区民政局")
        self.one, self.two = Visitor(app, "supervisor"), Visitor(app, "supervisor2")

    def drafted(self) -> str:
        """A paper suggestion with its scan; where its pages are."""
        words = {**WORDS, "lead": self.lead, "files": [scan("原件.docx")]}
        sent = self.one.send("/suggestions/new", **words)
        assert sent.status_code == 303, sent.text[:2000]
        return str(sent.headers["Location"])

    def entered(self, at: str, entered: str, **words: object) -> None:
        """One enters the paper with its scan; the other compares and confirms."""
        path = f"{at}/enter-on-paper"
        assert f'?for={entered}"' in self.one.get(path).text
        self.one.take(f"{path}?for={entered}", files=scan("纸质件.docx"), **words)
        with self.app.app_context():
            newest = (
                select(Event.seq).where(Event.action == "enter_on_paper").order_by(Event.at.desc(), Event.seq.desc())
            )
            seq = str(db.session.scalars(newest).first())
        own = self.one.send(f"{at}/confirm-on-paper", entry=seq, is_checked="y")
        assert own.status_code == 409
        assert "纸质件.docx" in self.two.get(f"{at}/confirm-on-paper").text
        self.two.take(f"{at}/confirm-on-paper", entry=seq, is_checked="y")

    def state(self, at: str) -> str:
        model = Handling if "handlings" in at else Suggestion
        with self.app.app_context():
            return str(db.session.scalars(select(model.state).where(model.id == int(at.rsplit("/", 1)[1]))).one())

    def assigned(self, at: str) -> str:
        self.one.take(f"{at}/submit")
        self.one.take(f"{at}/assign", **ASSIGN, main_units=[self.main])
        with self.app.app_context():
            id = int(at.rsplit("/", 1)[1])
            return f"/handlings/{db.session.scalars(select(Handling.id).where(Handling.suggestion_id == id)).one()}"


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    """The record still holds when the journey is over."""
    yield House(app)
    with app.app_context():
        assert verify().faults == ()


def test_from_the_draft_to_the_rated_promise_without_any_login(house: House) -> None:
    at = house.drafted()
    house.one.take(f"{at}/invite-cosigner", deputy=house.joint)
    refused = house.one.send(f"{at}/submit")
    assert refused.status_code == 409
    assert "代录纸质意见" in refused.text
    assert "代录纸质意见（联名、撤回）" in house.one.get(at).text
    house.entered(at, "cosign", deputies=[house.joint])
    case = house.assigned(at)

    with house.app.app_context():
        play = Play(date(2026, 3, 11))
        walk = Walk(play, "237", "胡守田").until("dispatched")
        requests = walk.requests
        housekeeping.set_practice_day(play.moment.date())
    for unit_person in ("clerk", "handler", "director"):
        assert Visitor(house.app, unit_person).get(f"{case}/enter-on-paper").status_code == 403
    scores = [{"request_no": str(n), "score": "satisfied"} for n in range(1, requests + 1)]
    house.entered(case, "rate", scores=scores, attitude="satisfied", result="satisfied", overall="satisfied")
    assert house.state(case) == "rated"
    assert MARK in Visitor(house.app, "handler").get(case).text

    with house.app.app_context():
        play.go_to(date(2026, 4, 1))
        walk.do(
            "handler", A.ADD_PROMISE, request_no="1", sentence="将加装三部电梯。", measure="加装三部电梯", owner="韩冬梅",
            due_on="2026-06-30", evidence="验收单",
        )  # fmt: skip
        promise = str(db.session.scalars(select(Promise.id).order_by(Promise.id.desc())).first())
        walk.do("handler", A.FULFIL_PROMISE, promise=promise, proof="验收单三份")
        walk.do("director", A.REPORT_PROMISE, promise=promise, document_number="函9号", report="三部都装好了。")
        housekeeping.set_practice_day(play.moment.date())
    house.entered(case, "rate_promise", promise=promise, score="dissatisfied", reason="第三部常停。")
    with house.app.app_context():
        kept = db.session.get_one(Promise, int(promise))
        assert (kept.rated, kept.reopened, kept.is_open) == ("dissatisfied", 1, True)
    assert "第三部常停。" in Visitor(house.app, "director").get(case).text


def test_a_case_is_withdrawn_on_paper_in_the_middle(house: House) -> None:
    at = house.drafted()
    case = house.assigned(at)
    with house.app.app_context():
        play = Play(date(2026, 3, 11))
        Walk(play, "237", "胡守田").until("planned")
        housekeeping.set_practice_day(play.moment.date())
    house.entered(at, "withdraw", reason="区里已经办成了。")
    assert (house.state(at), house.state(case)) == ("withdrawn", "terminated")
    assert "撤回建议（代录）" in house.one.get(case).text
    assert "撤回" in Visitor(house.app, "director").get("/notices").text


def test_a_secret_item_leaves_only_its_number(house: House) -> None:
    at = house.drafted()
    house.one.take(f"{at}/submit")
    noted = {"number": "第301号", "series": "session", "unit": house.main, "assigned_on": "2026-03-10"}
    assert "全部抹去，不能恢复" in house.one.get(f"{at}/record-offline").text
    page = house.one.take(f"{at}/record-offline", **noted).text
    for gone in (WORDS["title"], "加装电梯手续", "原件.docx"):
        assert gone not in page
    assert "区民政局" in page
    register = house.one.get("/register").text
    assert "第301号 涉密件" in register
    assert WORDS["title"] not in register
    for nosy in ("director", "handler", "clerk", "inspector", "deputy"):
        visitor = Visitor(house.app, nosy)
        assert visitor.get(at).status_code == 404
        assert "第301号" not in visitor.get("/register").text
    house.one.take(f"{at}/record-offline", **noted, replied_on="2026-03-10", rating="satisfied")
    assert "已答复1件，已评价1件" in house.one.get("/register").text

    assert 'href="/suggestions/offline"' in house.one.get("/").text
    fresh = house.one.send("/suggestions/offline", **{**noted, "number": "关于某事"})
    assert fresh.status_code == 422
    assert "请写成“第025号”" in fresh.text
    made = house.one.send("/suggestions/offline", **{**noted, "number": "302"})
    assert made.status_code == 303
    assert "第302号" in house.one.get(made.headers["Location"]).text
    assert Visitor(house.app, "clerk").get("/suggestions/offline").status_code == 403
    with house.app.app_context():
        assert db.session.scalar(select(Person.username).where(Person.name == "胡守田")) is None


def test_who_leads_a_secret_item_sees_that_it_is_one_and_its_number(house: House) -> None:
    deputy, joint = Visitor(house.app, "deputy"), Visitor(house.app, "deputy2")
    at = str(deputy.send("/suggestions/new", **WORDS).headers["Location"])
    with house.app.app_context():
        wanted = select(Person.id).where(Person.username == "deputy2")
        deputy.take(f"{at}/invite-cosigner", deputy=str(db.session.scalars(wanted).one()))
    assert "婉拒联名" in joint.get(at).text
    joint.take(f"{at}/decline-cosigning", reason="这件事我不清楚")
    assert joint.get(at).status_code == 404
    deputy.take(f"{at}/submit")
    noted = {"number": "第301号", "series": "session", "unit": house.main, "assigned_on": "2026-03-10"}
    house.one.take(f"{at}/record-offline", **noted)
    stub = deputy.get(at).text
    assert "第301号" in stub
    assert "涉密件" in stub
    for kept in (WORDS["title"], "区民政局", "加装电梯手续"):
        assert kept not in stub
    assert WORDS["title"] not in deputy.get("/").text
    assert WORDS["title"] not in house.two.get("/notices").text
