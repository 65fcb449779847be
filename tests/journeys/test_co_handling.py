"""Co-handling through the pages: asked from the handover on, returned, sent back, dissenting, silent, gone without."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping
from tests.usecases.walking import Walk
from tests.web.visitor import PASSWORD, Visitor

MONEY, PEOPLE = "区财政局", "区人力社保局"
OPINION = "已列入预算调整方案，六月底前拨付。"
HANDLER = {MONEY: "handler@区财政局", PEOPLE: "cohandler"}
DIRECTOR = {MONEY: "director@区财政局", PEOPLE: "otherdirector"}
PASSAGES = {MONEY: "区财政局将经费列入预算。", PEOPLE: "区人力社保局派了三人。"}


class Office:
    """第001号, main unit 区民政局, with its two co-units and everybody's browsers."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            play = Play(date(2026, 2, 10))
            self.at = f"/handlings/{play.handling('001').id}"
            self.co = {unit: f"/co-handlings/{play.co_handling('001', unit).id}" for unit in (MONEY, PEOPLE)}
        self._visitors: dict[str, Visitor] = {}

    def who(self, username: str) -> Visitor:
        return self._visitors.setdefault(username, Visitor(self.app, username))

    def walk(self, day: date, last: str, done: str = "") -> Walk:
        """Inside the application's context: go on to a stage as people of the main unit do."""
        walk = Walk(Play(day), number="001", lead="deputy")
        order = ["received", "read", "planned", "approved"]
        walk.stages = order[: order.index(done) + 1] if done else []
        return walk.until(last)

    def go_to(self, day: date) -> None:
        with self.app.app_context():
            housekeeping.set_practice_day(day)

    def state(self, unit: str) -> str:
        return self.row(unit).state

    def row(self, unit: str) -> CoHandling:
        with self.app.app_context():
            found = db.session.get_one(CoHandling, int(self.co[unit].rpartition("/")[2]))
            db.session.expunge(found)
            return found

    def take(self, unit: str, username: str, action: str, **words: Any) -> str:
        return self.who(username).take(f"{self.co[unit]}/{action}", **words).text

    def refused(self, unit: str, username: str, action: str, **words: Any) -> str:
        answer = self.who(username).send(f"{self.co[unit]}/{action}", **words)
        assert answer.status_code in (409, 422)
        return answer.text

    def give(self, unit: str) -> None:
        self.take(unit, HANDLER[unit], "give-co-opinion", opinion=OPINION)
        self.take(unit, DIRECTOR[unit], "release-co-opinion")
        self.take(unit, "handler", "accept-co-opinion")

    def draft(self, day: date, *units: str) -> None:
        answers = [
            {"request_no": str(n), "text": "已经办成。", "result_class": "A", "proof": "批复"} for n in (1, 2, 3)
        ]
        with self.app.app_context():
            walk = Walk(Play(day), number="001", lead="deputy")
            ids = {unit: self.co[unit].rpartition("/")[2] for unit in units}
            marks = [{"sentence": PASSAGES[unit], "reason": "已经列入"} for unit in units]
            walk.do(
                "handler", A.DRAFT_REPLY, opening="收悉，现答复如下：", answers=answers, closing="感谢您。",
                passages=[{"co_handling": ids[unit], "text": PASSAGES[unit]} for unit in units], result_class="A",
                publication="proactive", not_promises=marks,
            )  # fmt: skip
            walk.do("reviewer", A.ENDORSE, kind="secrecy", opinion="可公开")


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    yield Office(app)
    with app.app_context():
        assert verify().faults == ()


def _pressed_and_met(office: Office, day: date) -> None:
    with office.app.app_context():
        walk = Walk(Play(day), number="001", lead="deputy")
        on = day.isoformat()
        met = {"form": "visit", "place": "镇上", "rank": "section", "people": "韩冬梅", "agreed": "办"}
        walk.do("handler", A.RECORD_CONTACT, contacted_on=on, **met)
        walk.do("director", A.URGE, form="urge", remark="没有动静", demand="明天回", answer_due_on=on)


def test_from_the_handover_on_returned_sent_back_dissenting_and_unsigned(office: Office) -> None:
    office.go_to(date(2026, 2, 10))
    money, head = HANDLER[MONEY], DIRECTOR[MONEY]
    assert "欠别的单位的意见" in office.who(money).get("/").text
    assert office.who("handler").get(f"{office.co[MONEY]}/give-co-opinion").status_code in (403, 404)
    office.take(MONEY, money, "give-co-opinion", opinion="将积极配合。")
    assert "等您审定" in office.who(head).get("/").text
    office.take(MONEY, head, "return-co-opinion", reason="空话，写数字。")
    assert office.state(MONEY) == "invited"
    assert "本单位局长退回：空话，写数字。" in office.who(money).get(office.at).text
    office.take(MONEY, money, "give-co-opinion", opinion="我局积极支持。")
    office.take(MONEY, head, "release-co-opinion")
    with office.app.app_context():
        office.walk(date(2026, 2, 11), "approved")

    office.go_to(date(2026, 2, 12))
    office.take(MONEY, "handler", "send-back-co-opinion", reason="没有写列多少钱。")
    sent_back = office.row(MONEY)
    assert (sent_back.state, sent_back.term) == ("sent_back", "co_opinion_redo")
    assert sent_back.due_on < date(2026, 3, 27)
    assert "意见是空话，被退回，要重报" in office.who(money).get("/").text
    office.go_to(sent_back.due_on)
    assert "light-near" in office.who(money).get(office.at).text
    office.give(MONEY)
    office.give(PEOPLE)
    day = sent_back.due_on
    _pressed_and_met(office, day)
    office.draft(day, MONEY, PEOPLE)
    assert "还没有会签" in office.who("handler").send(f"{office.at}/submit-reply").text
    office.take(MONEY, money, "dissent", reason="今年预算已定，只能列入明年。")
    assert "还没有会签复函中写到它的那一段" in office.who("handler").send(f"{office.at}/submit-reply").text
    office.go_to(date(2026, 4, 3))
    office.who("handler").take(f"{office.at}/submit-reply")
    office.who("director").client.get(f"{office.at}/sign-reply")
    with office.app.app_context():
        Walk(Play(date(2026, 4, 3)), number="001", lead="deputy").signed()
    printed = office.who("director").get(f"{office.at}/letter").text
    assert "区财政局对以上内容有不同意见：今年预算已定，只能列入明年。" in printed
    assert "区人力社保局未会签。" in printed


def test_the_main_unit_goes_on_without_a_silent_one_and_another_is_cancelled(office: Office) -> None:
    with office.app.app_context():
        office.walk(date(2026, 2, 10), "approved")
    office.go_to(date(2026, 3, 10))
    early = office.refused(MONEY, "director", "go-on-without", reason="没有回音")
    assert "协办期限到2026-03-27，还没有过" in early
    assert "人代工委还没有督办过一次" in early
    assert office.who("handler").get(f"{office.co[PEOPLE]}/cancel-co-opinion").status_code == 403
    office.take(PEOPLE, "supervisor", "cancel-co-opinion", reason="同本件无关。")
    assert office.state(PEOPLE) == "cancelled"
    office.go_to(date(2026, 3, 30))
    assert "light-over" in office.who(HANDLER[MONEY]).get("/").text
    assert "还没有督办过" in office.refused(MONEY, "director", "go-on-without", reason="没有回音")
    office.who("supervisor").take(f"{office.at}/supervise", demand="请区财政局三天内回。", answer_due_on="2026-04-02")
    office.take(MONEY, "director", "go-on-without", reason="催过三次，没有回音。")
    assert office.state(MONEY) == "silent"
    assert "逾期" in office.who(HANDLER[MONEY]).get(office.at).text
    day = date(2026, 3, 30)
    _pressed_and_met(office, day)
    office.draft(day)
    with office.app.app_context():
        walk = Walk(Play(day), number="001", lead="deputy")
        walk.submitted()
        walk.signed()
    printed = office.who("director").get(f"{office.at}/letter").text
    assert "区财政局的协办意见逾期未复。" in printed
    assert "区人力社保局" not in printed.partition("现答复如下")[2]


def test_an_own_invitation_is_the_handlers_to_cancel(office: Office) -> None:
    with office.app.app_context():
        office.walk(date(2026, 2, 10), "approved")
    office.go_to(date(2026, 2, 12))
    handler = office.who("handler")
    unit = next(code for code, name in _choices(handler.get(f"{office.at}/invite-co-opinion").text) if "区教委" in name)
    handler.take(f"{office.at}/invite-co-opinion", unit=unit, question="场地能不能共用？")
    with office.app.app_context():
        co = db.session.scalars(select(CoHandling).order_by(CoHandling.id.desc())).first()
        assert co is not None
        assert (co.is_own_invitation, co.started_on, co.term) == (True, date(2026, 2, 12), "co_opinion_invited")
        office.co["区教委"] = f"/co-handlings/{co.id}"
    assert office.who("supervisor").get(f"{office.co['区教委']}/cancel-co-opinion").status_code == 403
    office.take("区教委", "handler", "cancel-co-opinion", reason="已有别处。")
    assert office.state("区教委") == "cancelled"


def test_a_second_round_asks_anew_only_whom_its_plan_names(office: Office) -> None:
    with office.app.app_context():
        office.walk(date(2026, 2, 10), "approved")
    office.go_to(date(2026, 2, 12))
    office.give(MONEY)
    office.give(PEOPLE)
    day = date(2026, 2, 12)
    _pressed_and_met(office, day)
    office.draft(day, MONEY, PEOPLE)
    for unit in (MONEY, PEOPLE):
        office.take(unit, HANDLER[unit], "countersign")
    with office.app.app_context():
        walk = Walk(Play(day), number="001", lead="deputy")
        for stage in ("submitted", "signed", "dispatched"):
            getattr(walk, stage)()
        walk.rated("dissatisfied", "钱没有落实。")
        walk.followed()
        walk.do("supervisor", A.ORDER_REDO, reason="把钱落实")
        walk.read()
        walk.do("handler", A.SPLIT_REQUESTS, requests=[{"text": text} for text in walk.play.suggestion("001").asked])
    office.go_to(date(2026, 2, 24))
    handler = office.who("handler")
    page = handler.get(f"{office.at}/submit-plan").text
    assert "区财政局（再请一次）" in page
    code = next(code for code, name in _choices(page) if "区财政局" in name)
    measures = [{"request_no": str(n), "measure": "办", "owner": "韩冬梅", "due_on": "2026-04-01"} for n in (1, 2, 3)]
    assert handler.send(f"{office.at}/submit-plan", measures=measures, hardest="钱").status_code == 422
    handler.take(f"{office.at}/submit-plan", measures=measures, hardest="钱", co_units=[code])
    office.who("director").take(f"{office.at}/approve-plan", remark="钱最难，我去谈。", password=PASSWORD)
    assert (office.state(MONEY), office.state(PEOPLE)) == ("invited", "accepted")
    anew = office.row(MONEY)
    assert (anew.term, anew.started_on, anew.opinion) == ("co_opinion_invited", date(2026, 2, 24), "")
    assert "请说明新的情况" in office.who(HANDLER[MONEY]).get(office.at).text
    assert office.who(HANDLER[PEOPLE]).get(f"{office.co[PEOPLE]}/give-co-opinion").status_code == 409

    day = date(2026, 2, 24)
    _pressed_and_met(office, day)
    office.draft(day)
    lacking = handler.send(f"{office.at}/submit-reply").text
    assert "区财政局的协办意见还没有到" in lacking
    assert "区人力社保局" not in lacking.partition("还差")[2]
    office.give(MONEY)
    office.draft(day, MONEY)
    assert "区财政局还没有会签" in handler.send(f"{office.at}/submit-reply").text
    office.take(MONEY, HANDLER[MONEY], "countersign")
    handler.take(f"{office.at}/submit-reply")
    with office.app.app_context():
        row = db.session.get_one(Handling, int(office.at.rpartition("/")[2]))
        assert (row.state, row.round) == ("signing", 2)


def _choices(page: str) -> list[tuple[str, str]]:
    """The values of the choices on a page with the words beside them."""
    options = re.findall(r'<option value="(\d+)"[^>]*>([^<]+)', page)
    boxes = re.findall(r'<input[^>]*value="(\d+)"[^>]*><label[^>]*>([^<]+)', page)
    return [*options, *boxes]
