"""Mistakes, challenges, paper and publication through the pages, one browser for each person."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from suggestions.extensions import db
from suggestions.models import Event
from suggestions.queries.verification import verify
from tests.conftest import practice_originals
from tests.journeys.case import Case
from tests.web.visitor import PASSWORD

FIRST, SECOND = "云山民政函〔2026〕41号", "云山民政函〔2026〕42号"


@pytest.fixture
def sound(app: Flask) -> Iterator[Flask]:
    """The record still holds when the journey is over."""
    yield app
    with app.app_context():
        assert verify().faults == ()


def scan() -> tuple[BytesIO, str]:
    return BytesIO(practice_originals()[0].data), "回执.docx"


def test_a_signature_is_taken_back_and_earned_again(sound: Flask) -> None:
    case = Case(sound, "signed")
    clerk, director = case("clerk"), case("director")
    assert "撤回签批" in clerk.get(case.at).text
    assert clerk.send(f"{case.at}/void-signature", reason="").status_code == 422
    assert case("handler").get(f"{case.at}/void-signature").status_code == 403
    clerk.take(f"{case.at}/void-signature", reason="第一条的日期写错了")
    assert case.state() == "in_progress"
    assert "seal-void" in director.get(case.at).text
    for told in (director, case("supervisor")):
        assert "撤回签批" in told.get("/notices").text
    assert clerk.get(f"{case.at}/dispatch").status_code == 409
    case.draft(closing="日期已经改正。")
    case.send(FIRST)
    assert case.state() == "replied"
    assert "这次签批已撤回" in director.get(case.at).text
    assert "seal-void" not in director.get(case.at).text


def test_a_letter_is_corrected_and_the_deputy_reads_both(sound: Flask) -> None:
    case = Case(sound, "signed")
    case("clerk").take(f"{case.at}/dispatch", document_number=FIRST, delivery="post", has_receipt_form="y")
    deputy, director = case(case.lead), case("director")
    director.take(f"{case.at}/correct-reply", reason="第二条的数字写错了")
    progress = deputy.client.get(case.at, follow_redirects=True).text
    assert "第二条的数字写错了" in progress
    assert "看复函（正在更正）" in progress
    assert FIRST in deputy.get(f"{case.at}/letter").text
    assert deputy.get(f"{case.at}/rate").status_code == 409
    case.draft(closing="数字已经更正。")
    refused = _dispatch_with(case, FIRST)
    assert refused.status_code == 422
    assert "已经用过" in refused.text
    case("clerk").take(f"{case.at}/dispatch", document_number=SECOND, delivery="post", has_receipt_form="y")
    assert "数字已经更正" in deputy.get(f"{case.at}/letter").text
    old = deputy.get(f"{case.at}/letter?sent=1").text
    assert FIRST in old
    assert "数字已经更正" not in old
    assert deputy.get(f"{case.at}/letter?sent=3").status_code == 404
    deputy.take(f"{case.at}/rate", **case.rating("satisfied"))
    assert director.get(f"{case.at}/correct-reply").status_code == 409


def _dispatch_with(case: Case, number: str) -> TestResponse:
    case("director").take(f"{case.at}/sign-reply", remark="改好了。", password=PASSWORD)
    return case("clerk").send(f"{case.at}/dispatch", document_number=number, delivery="post", has_receipt_form="y")


def test_a_deputy_with_only_paper_rates_through_two_persons(sound: Flask) -> None:
    case = Case(sound, "dispatched")
    one, two, path = case("supervisor"), case("supervisor2"), f"{case.at}/enter-on-paper"
    assert "代录纸质意见" in one.get(case.at).text
    assert '?for=rate"' in one.get(path).text
    for nosy in ("clerk", "handler", "director", "inspector"):
        assert case(nosy).get(path).status_code == 403
    words = case.rating("dissatisfied", reason="路还是坏的")
    bare = one.send(f"{path}?for=rate", **words)
    assert bare.status_code == 422
    assert "请选择代表签名的纸质件" in bare.text
    one.take(f"{path}?for=rate", **words, files=scan())
    assert case.state() == "replied"
    with sound.app_context():
        seq = db.session.scalars(select(Event.seq).where(Event.action == "enter_on_paper")).one()
    own = one.send(f"{case.at}/confirm-on-paper", entry=str(seq), is_checked="y")
    assert own.status_code == 409
    assert "另一位同志核对" in own.text
    assert f"{case.at}/confirm-on-paper" in two.get("/").text
    assert f"{case.at}/confirm-on-paper" not in one.get("/").text
    compared = two.get(f"{case.at}/confirm-on-paper").text
    assert "路还是坏的" in compared
    assert "不满意" in compared
    assert two.send(f"{case.at}/confirm-on-paper", entry=str(seq)).status_code == 422
    two.take(f"{case.at}/confirm-on-paper", entry=str(seq), is_checked="y")
    assert case.state() == "rated"
    for nosy in ("director", "handler", "clerk", "inspector"):
        seen = case(nosy).get(case.at).text
        assert "代录" in seen
        assert "路还是坏的" not in seen
    assert "代录（周敏录入，吴刚核对）" in two.get(case.at).text


def test_a_class_is_challenged_answered_insisted_on_and_settled(sound: Flask) -> None:
    case = Case(sound, "dispatched")
    deputy, director, office = case(case.lead), case("director"), case("supervisor")
    assert "对办理结果的分类有异议" in deputy.client.get(case.at, follow_redirects=True).text
    path, answer = f"{case.at}/challenge-class", f"{case.at}/settle-class"
    words = {"result_class": "C", "reason": "牌子换了，人没有到"}
    assert deputy.send(path, result_class="A", reason="不对").status_code == 422
    deputy.take(path, **words)
    assert "牌子换了，人没有到" in director.get("/").text
    assert office.send(answer, **words).status_code == 409
    director.take(answer, result_class="A", reason="人下周到岗")
    deputy.take(path, **words)
    assert director.send(answer, **words).status_code == 409
    assert case("handler").get(answer).status_code == 403
    office.take(answer, result_class="C", reason="现场看过，人没有到")
    assert "人代工委裁定：原定A类，改为C类" in director.get(case.at).text
    assert "原定A类，改为C类" in deputy.client.get(case.at, follow_redirects=True).text
    assert deputy.send(path, result_class="A", reason="又好了").status_code == 409


def test_a_letter_is_published_for_every_deputy_and_taken_down_with_a_ground(sound: Flask) -> None:
    case = Case(sound, "dispatched")
    clerk, stranger, public = case("clerk"), case("deputy3"), f"/published/{case.id}"
    assert stranger.client.get(case.at).status_code == 404
    assert stranger.get(public).status_code == 404
    draft = clerk.form(f"{case.at}/draft-public-text")
    assert "已经办成。" in draft["text"][0]
    assert "代表" not in draft["text"][0]
    clerk.take(f"{case.at}/draft-public-text")
    assert "没有保密审核意见" in clerk.send(f"{case.at}/publish").text
    assert "已经办成。" in case("reviewer").get(f"{case.at}/endorse").text
    case("reviewer").take(f"{case.at}/endorse", opinion="可以公开")
    clerk.take(f"{case.at}/publish")
    assert "第010号" in stranger.get("/published").text
    read = stranger.get(public).text
    assert "已经办成。" in read
    assert "电话" not in read
    assert stranger.client.get(case.at).status_code == 404
    assert clerk.send(f"{case.at}/withhold", ground="").status_code == 422
    clerk.take(f"{case.at}/withhold", ground="涉及个人隐私")
    assert stranger.get(public).status_code == 404
    assert "涉及个人隐私" in case(case.lead).client.get(case.at, follow_redirects=True).text


def test_a_clerk_forwards_the_scan_and_cannot_enter_it(sound: Flask) -> None:
    case = Case(sound, "dispatched")
    clerk = case("clerk")
    clerk.take(f"{case.at}/attach", files=scan(), note="代表寄来的回执")
    assert "代表寄来的回执" in case("supervisor").get(case.at).text
    assert clerk.get(f"{case.at}/enter-on-paper").status_code == 403
    assert clerk.get(f"{case.at}/rate").status_code == 403
