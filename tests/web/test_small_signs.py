"""What the pages say beside a form: empty posts wherever a case is given, faults of a sheet, terms, what follows."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.lifecycle import TABLES
from suggestions.domain.states import Role, Seal
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Person, Suggestion, Unit
from suggestions.practice.play import Play
from suggestions.queries.case_page import case_page
from suggestions.queries.desks.handler import handler_desk
from suggestions.queries.looking import Reader
from suggestions.queries.seals import seals_of
from suggestions.usecases import housekeeping
from tests.documents.making import HEADER, ROW, TITLE, workbook
from tests.journeys.test_changing_hands import begin
from tests.journeys.test_people_leave import _end as end_post
from tests.queries.reading import look
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk
from tests.web.visitor import Visitor

EMPTY = "区住房城乡建委今天没有局长；交给它以前，请先请安全管理员任职。"


def test_an_empty_post_is_said_wherever_a_case_is_given(app: Flask) -> None:
    case = begin(app)
    with app.app_context():
        end_post("director@区住房城乡建委", Role.DIRECTOR, date(2026, 2, 20))
        db.session.commit()
    supervisor, at = Visitor(app, "supervisor"), f"/handlings/{case['handling']}"
    for path in (f"/suggestions/{case['suggestion']}/add-unit", f"{at}/transfer"):
        said = supervisor.get(path).text
        assert EMPTY in said
        assert "区财政局今天没有局长" not in said
    Visitor(app, "director").take(f"{at}/request-return", reason="不归本局管。")
    assert EMPTY in supervisor.get(f"{at}/grant-return").text
    with app.app_context():
        fresh = db.session.scalars(select(Handling.id).where(Handling.state == "assigned")).first()
    assert EMPTY in supervisor.get(f"/handlings/{fresh}/reassign").text


def test_an_empty_post_and_a_faulty_row_are_said_before_the_import(app: Flask) -> None:
    with app.app_context():
        housekeeping.set_practice_day(date(2026, 2, 24))
        end_post("director@区住房城乡建委", Role.DIRECTOR, date(2026, 2, 20))
        db.session.commit()
    good = ("801", *ROW[1:4], "区住房城乡建委", "", ROW[6])
    bad = ("802", *ROW[1:4], "区没有这个局", "", ROW[6])
    supervisor = Visitor(app, "supervisor")
    values = supervisor.form("/import")
    sheet = (BytesIO(workbook((TITLE,), HEADER, good, bad)), "清单.xlsx")
    sent = supervisor.client.post("/import", data={**values, "workbook": sheet})
    assert sent.status_code == 303, sent.text[:2000]
    page = supervisor.get("/import/preview").text
    assert EMPTY in page
    assert "新的1件" in page
    assert page.count('<span class="tag tag-ink">新的</span>') == 1
    assert page.count('<span class="tag tag-hand">有错</span>') == 1


def test_the_letter_leads_its_lead_deputy_to_the_rating(app: Flask) -> None:
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 10))).until("dispatched")
        at, rating, lead = f"/handlings/{walk.id}", walk.rating(), walk.lead
        joint = next(c.person.username for c in walk.play.suggestion(walk.number).cosigners)
        housekeeping.set_practice_day(walk.today)
    deputy = Visitor(app, lead)
    assert f'href="{at}/rate">去评价' in deputy.get(f"{at}/letter").text
    assert joint is not None
    for other in (joint, "director"):
        assert "去评价" not in Visitor(app, other).get(f"{at}/letter").text
    deputy.take(f"{at}/rate", **rating)
    assert "去评价" not in deputy.get(f"{at}/letter").text


@pytest.mark.parametrize(("book", "asking"), [("chongqing", 1), ("shanghai", 3)])
def test_the_reason_opens_with_every_tile_that_asks_for_one(app: Flask, book: str, asking: int) -> None:
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 10))).until("dispatched")
        at, lead = f"/handlings/{walk.id}", walk.lead
        db.session.get_one(Suggestion, walk.play.suggestion(walk.number).id).rulebook = book
        db.session.commit()
        housekeeping.set_practice_day(walk.today)
    page = Visitor(app, lead).get(f"{at}/rate").text
    whole = page[page.index('<div class="rate-whole">') : page.index('id="who-h"')]
    parts = {
        name: whole.count(f'name="{name}" value="dissatisfied" data-reason')
        for name in ("attitude", "result", "overall")
    }
    assert sum(parts.values()) == asking
    assert parts["overall"] == 1
    assert whole.count('<textarea class="form-control" id="reason"') == 1
    fieldsets = whole[: whole.rindex("</fieldset>")]
    assert 'id="reason"' not in fieldsets


def test_an_urging_before_the_plan_is_said_not_to_count_for_the_reply(app: Flask) -> None:
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 10))).until("planned")
        words = {"form": "urge", "remark": "抓紧", "demand": "明天报方案", "answer_due_on": walk.today.isoformat()}
        walk.do("director", A.URGE, **words)
        early = {seal.key: seal for seal in seals_of(look(walk, "handler"), {})}[f"{Seal.URGE}-1"]
        assert early.state == "earned"
        assert "报签还差一次" in early.line
        assert "方案审定以前" in early.proof.sentence
        walk.until("worked")
        later = {seal.key: seal for seal in seals_of(look(walk, "handler"), {})}[f"{Seal.URGE}-1"]
        assert "还差一次" not in later.line
        assert later.proof.sentence == ""
        db.session.rollback()


def test_a_countersignature_that_is_owed_has_its_term_on_desk_and_page(played: Flask) -> None:
    with played.app_context():
        play = Play(date(2026, 2, 24))
        wanted = select(CoHandling).join(Handling).join(Suggestion).join(Unit, Unit.id == CoHandling.unit_id)
        co = db.session.scalars(wanted.where(Suggestion.number == "023", Unit.name == "区民政局")).one()
        desk = handler_desk(play.actor("handler"), play.moment)
        term = next(term for term in desk.terms if term.text.endswith("第023号 会签"))
        seen = case_page(db.session(), co.handling_id, Reader(play.actor("handler"), play.moment, address))
        assert seen.due is not None
        assert (seen.due.label, seen.due.date_iso) == ("会签到期", term.date_iso)
        assert seen.co[0].light == seen.due.light
        db.session.rollback()


def test_what_follows_is_true_before_the_step_and_after_it() -> None:
    """The same sentence stands over the form and answers it, so it may not tell as done what the step only does."""
    told = [step.follows for table in TABLES.values() for step in table if step.follows]
    for sentence in told:
        for done in ("您已", "意见已", "说明已", "已保存", "定住了", "定了，", "上面这"):
            assert done not in sentence


def test_what_is_asked_is_said_once_and_whole(played: Flask) -> None:
    with played.app_context():
        own = select(Handling.id).join(Handling.handler).where(Person.username == "handler")
        planning, working = (
            db.session.scalars(own.where(Handling.state == state)).first() for state in ("planning", "in_progress")
        )
    handler = Visitor(played, "handler")
    assert "请填写最难的是哪一条，谁负责。" in handler.send(f"/handlings/{planning}/submit-plan").text
    draft = handler.get(f"/handlings/{working}/draft-reply").text
    assert "A、C、D类必填" in draft
    assert "B类必填" in draft
    assert 'autocapitalize="none"' in played.test_client().get("/login").text


def test_a_name_with_signs_that_nobody_sees_is_refused(app: Flask) -> None:
    office = Visitor(app, "sysadmin")
    refused = office.send("/units/new", name="区气\u202e象局")
    assert (refused.status_code, "含有不能保存的控制字符" in refused.text) == (422, True)
    with app.app_context():
        assert db.session.scalars(select(Unit).where(Unit.name.contains("象局"))).first() is None


def test_only_what_may_be_brought_is_named(app: Flask) -> None:
    office = Visitor(app, "supervisor")
    said = office.send("/import", workbook=(BytesIO(b"nothing"), "清单.xlsx")).text
    assert "请上传Excel 工作簿或旧版 Excel 工作簿（.xls）。" in said
    assert "JPG" not in said


def test_a_directors_changes_are_of_one_draft_alone(app: Flask) -> None:
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 10))).until("submitted")
        at = f"/handlings/{walk.id}/sign-reply"
    director = Visitor(app, "director")
    with walk.clock():
        assert "结尾不能整段删去" in director.take(f"{at}/edit", closing=" ").text
        director.take(f"{at}/edit", closing="谢谢您，我再来看您。")
        assert "显示我的批改，1处" in director.get(at).text
    with app.app_context():
        walk.do("director", A.RETURN_REPLY, reason="再写实些")
        walk.drafted(closing="再次感谢您。")
        walk.submitted()
    with walk.clock():
        again = director.get(at).text
    assert "再次感谢您。" in again
    assert "显示我的批改" not in again
