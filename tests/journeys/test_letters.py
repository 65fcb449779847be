"""The letter on its way to paper: worded by the clerk, drafted, signed, sent, taken along by who may."""

from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import docx
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from suggestions import clock
from suggestions.documents.letters import as_pdf
from suggestions.documents.letters.parts import plain
from suggestions.extensions import db
from suggestions.models import Handling, Suggestion
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping
from tests.documents.writing import joined, pdf_text, validate, word_texts
from tests.servers import missing
from tests.usecases.walking import Walk
from tests.web.visitor import PASSWORD, Visitor

NUMBER = "003"
LEAD, JOINT, STRANGER = "罗正国", "蒋玉梅", "deputy3"
CLOSING = "感谢您关心社区。意见请写在回执上。"


def name_of(answer: TestResponse) -> str:
    """The file's name as the browser keeps it."""
    return unquote(answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])


def taken(who: Visitor, path: str) -> TestResponse:
    answer = who.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:800]}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    return answer


def text_of(answer: TestResponse) -> str:
    return joined(word_texts(answer.data))


@pytest.fixture
def walk(app: Flask) -> Walk:
    """A case with three deputies, worked on until a reply can be drafted."""
    with app.app_context():
        walk = Walk(Play(clock.today().replace(2026, 2, 10)), NUMBER, LEAD).until("worked")
        housekeeping.set_practice_day(walk.today)
        db.session.commit()
        return walk


def _id(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Handling.id).join(Suggestion).where(Suggestion.number == NUMBER)).one()


def test_from_the_offices_words_to_a_letter_for_each_deputy(app: Flask, walk: Walk, tmp_path: Path) -> None:
    id = _id(app)
    at = f"/handlings/{id}"
    clerk, handler, director = (Visitor(app, who) for who in ("clerk", "handler", "director"))
    lead, joint = Visitor(app, LEAD), Visitor(app, JOINT)

    form = clerk.form("/letter-template")
    words = {
        **form,
        "letterhead": "重庆市云山区民政局",
        "series": "云山民政函",
        "closing": CLOSING,
        "copies": "区人代工委",
    }
    tried = clerk.client.post("/letter-template", data={**words, "preview": "1"})
    assert tried.status_code == 200
    assert "重庆市云山区民政局" in tried.text
    assert "还没有存" in tried.text
    assert "第1版" not in clerk.get("/letter-template").text
    kept = clerk.client.post("/letter-template", data=words)
    assert kept.status_code == 303
    assert "第1版" in clerk.get("/letter-template").text
    assert "重庆市云山区民政局" in clerk.get("/letter-template/1").text
    assert clerk.get("/letter-template/2").status_code == 404
    assert clerk.client.post("/letter-template", data=words).status_code == 409
    for nosy in (handler, director, lead):
        assert nosy.get("/letter-template").status_code == 403
        assert nosy.get("/letter-numbers").status_code == 403

    drafting = handler.form(f"{at}/draft-reply")
    assert drafting["closing"] == [CLOSING.replace("您", "你们")]
    with app.app_context():
        walk.drafted(closing=drafting["closing"][0])
        walk.submitted()
    draft = taken(handler, f"{at}/letter/word")
    assert name_of(draft) == "复函-第003号-未签发.docx"
    assert "未签发" in text_of(draft)
    assert CLOSING.replace("您", "你们") in text_of(draft)
    assert name_of(taken(handler, f"{at}/letter/word?draft=1")) == "复函-第003号-第1稿-未签发.docx"
    assert lead.get(f"{at}/letter/word").status_code == 404

    director.take(f"{at}/sign-reply", remark="属实，发。", password=PASSWORD)
    assert name_of(taken(clerk, f"{at}/letter/word")) == "复函-第003号-已签批，未发出.docx"
    sending = clerk.form(f"{at}/dispatch")
    assert sending["document_number"] == ["云山民政函〔2026〕1号"]
    assert sending["copies"] == ["区人代工委"]
    assert sending["letters"] == ["each"]
    skipped = clerk.send(
        f"{at}/dispatch", document_number="云山民政函〔2026〕3号", delivery="post", has_receipt_form="y"
    )
    assert skipped.status_code == 422
    assert "跳过了1号到2号" in skipped.text
    clerk.take(
        f"{at}/dispatch", document_number="云山民政函〔2026〕3号", gap_reason="用于其他公文", delivery="post",
        has_receipt_form="y",
    )  # fmt: skip
    register = clerk.get("/letter-numbers").text
    assert "云山民政函〔2026〕1号到2号" in register
    assert "用于其他公文" in register
    assert "云山民政函〔2026〕4号" in register

    own = taken(lead, f"{at}/letter/word")
    assert name_of(own) == f"复函-第003号-{LEAD}.docx"
    assert f"{LEAD}代表：" in text_of(own)
    assert JOINT not in text_of(own)
    validate(own.data, tmp_path / "letter.docx")
    assert f"{JOINT}代表：" in text_of(taken(joint, f"{at}/letter/word?to=1"))
    page = clerk.get(f"{at}/letter").text
    assert page.count("下载 Word") == 4
    assert "存证编码" in page
    third = taken(clerk, f"{at}/letter/word?to=2")
    assert name_of(third) == f"复函-第003号-{JOINT}.docx"
    assert f"{LEAD}、" in text_of(taken(clerk, f"{at}/letter/word"))
    assert taken(clerk, f"{at}/letter/word?to=2").data == third.data
    assert clerk.get(f"{at}/letter/word?to=9").status_code == 404
    assert clerk.get(f"{at}/letter/word?sent=2").status_code == 404
    assert "下载 PDF" in lead.get(f"{at}/letter").text
    assert "下载 Word" in handler.get(at).text
    for stranger in (STRANGER, "handler@区住房城乡建委", "sysadmin"):
        assert Visitor(app, stranger).get(f"{at}/letter/word").status_code == 404
        assert Visitor(app, stranger).get(f"{at}/letter/pdf").status_code == 404
    assert app.test_client().get(f"{at}/letter/word").status_code in (302, 303)

    signed = docx.Document(BytesIO(own.data)).core_properties
    assert signed.author == "重庆市云山区民政局"
    again = clerk.form("/letter-template")
    assert clerk.client.post("/letter-template", data={**again, "letterhead": "云山区民政局"}).status_code == 303
    assert taken(lead, f"{at}/letter/word").data == own.data
    with app.app_context():
        assert verify().faults == ()

    if said := as_pdf.lacking():
        missing(said)
    pdf = taken(lead, f"{at}/letter/pdf")
    assert name_of(pdf) == f"复函-第003号-{LEAD}.pdf"
    assert plain(f"{LEAD}代表：") in pdf_text(pdf.data)
    assert plain(CLOSING.replace("您", "你们")) in pdf_text(pdf.data)
