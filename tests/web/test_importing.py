"""The import in the browser: brought, read, put right beside its page, confirmed; and a paper read for a new draft."""

import re
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.extensions import db
from suggestions.models import File, Handling, Suggestion, WorkingCopy
from suggestions.web import background, importing
from tests.documents.corpus.pdfs import pdf, scanned
from tests.documents.corpus.pictures import tiff
from tests.documents.corpus.words import LINES
from tests.documents.making import TITLE, workbook
from tests.web.visitor import Visitor, forms_of

HEADER = ("建议编号", "建议标题", "领衔代表", "主办单位", "交办日期", "原件")
ROWS = (
    ("901", "关于路灯的建议", "陈立群", "区民政局", "2026-02-09", "扫描.tif"),
    ("902", "关于食堂的建议", "陈立群", "区民政局", "2026-02-09", "扫描.pdf"),
)


def bring(visitor: Visitor, *papers: tuple[str, bytes], rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    """Send a workbook with papers; where it leads."""
    answer = visitor.client.post(
        "/import",
        data={
            "csrf_token": visitor.form("/import")["csrf_token"],
            "workbook": (BytesIO(workbook([TITLE], HEADER, *rows)), "交办清单.xlsx"),
            "originals": [(BytesIO(data), name) for name, data in papers],
        },
    )
    assert answer.status_code == 303, answer.text[:2000]
    return answer.headers["Location"]


def test_a_scan_is_looked_at_page_by_page_and_put_right_before_it_is_imported(app: Flask) -> None:
    office = Visitor(app, "supervisor")
    assert bring(office, ("扫描.tif", tiff(2, "1", "group4")), ("扫描.pdf", scanned(1))) == "/import/progress"
    assert office.get("/import/progress").headers["Location"] == "/import/preview"
    page = office.get("/import/preview").text
    assert "有2件要请您对照原件看一眼" in page
    assert page.count("原件是扫描件，没有可读的文字，请对照原件填写。") == 4
    row = office.get("/import/rows/901").text
    assert 'src="/import/rows/901/pages/2.png"' in row
    assert "没有把握" in row
    drawn = office.get("/import/rows/901/pages/2.png")
    assert (drawn.mimetype, drawn.data[:4]) == ("image/png", b"\x89PNG")
    assert office.get("/import/rows/901/pages/3.png").status_code == 404
    assert office.get("/import/rows/999").status_code == 404
    office.take("/import/rows/901", title="关于路灯照明的建议", joint="刘素芬", requests="修路灯。\n装路灯。")
    assert "已核对" in office.get("/import/preview").text
    values = {"csrf_token": office.form("/import/rows/901")["csrf_token"]}
    assert office.client.post("/import/confirm", data=values).headers["Location"] == "/import/progress"
    assert "入册2件" in office.get("/import/progress").text
    with app.app_context():
        first = db.session.scalars(select(Suggestion).where(Suggestion.number == "901")).one()
        assert (first.title, first.asked) == ("关于路灯照明的建议", ["修路灯。", "装路灯。"])
        kept = db.session.scalars(select(File).where(File.suggestion_id == first.id)).one()
        id, shown, scan = kept.suggestion_id, f"/files/{kept.id}/pages/1.png", f"/files/{kept.id}"
    assert office.get(shown).mimetype == "image/png"
    assert office.get(scan).headers["Content-Disposition"].startswith("attachment")
    assert Visitor(app, "otherdirector").get(shown).status_code == 404
    director = Visitor(app, "director")
    with app.app_context():
        handling = db.session.scalars(select(Handling.id).where(Handling.suggestion_id == id)).one()
    Visitor(app, "clerk").take(f"/handlings/{handling}/receive")
    room = director.get(f"/handlings/{handling}/read-original").text
    assert shown in room
    assert "第2页，共2页" in room


def test_nobody_else_sees_the_papers_that_somebody_brought(app: Flask) -> None:
    bring(Visitor(app, "supervisor"), ("扫描.tif", tiff(1, "1", "group4")), ("扫描.pdf", scanned(1)))
    other = Visitor(app, "supervisor2")
    for path in ("/import/rows/901", "/import/rows/901/pages/1.png", "/import/progress"):
        assert other.get(path).status_code == 404
    for who in ("director", "deputy", "clerk"):
        assert Visitor(app, who).get("/import/rows/901/pages/1.png").status_code in {403, 404}


def test_much_goes_on_by_itself_and_the_page_says_how_far_it_is(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    launched = []
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    monkeypatch.setattr(background, "launch", lambda *command: launched.append(command))
    office = Visitor(app, "supervisor")
    bring(office, ("扫描.tif", tiff(1, "1", "group4")), ("扫描.pdf", scanned(1)))
    assert [command[0] for command in launched] == ["go-on-importing"]
    page = office.get("/import/progress").text
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "正在读原件" in page
    values = {"csrf_token": office.form("/import")["csrf_token"]}
    office.client.post("/import/go-on", data=values)
    assert len(launched) == 2


def test_a_paper_is_read_for_a_new_draft_and_becomes_its_original(app: Flask) -> None:
    office = Visitor(app, "supervisor")
    token = office.form("/suggestions/new")["csrf_token"]

    def read(name: str, data: bytes) -> str:
        sent = office.client.post("/suggestions/new/paper", data={"csrf_token": token, "paper": (BytesIO(data), name)})
        return sent.headers["Location"]

    assert read("坏.pdf", b"%PDF-1.7\n") == "/suggestions/new"
    assert "“坏.pdf”已损坏" in office.get("/suggestions/new").text
    assert read("原件.pdf", pdf([line for line in LINES if line != "内容："])) == "/suggestions/new?paper=1"
    page = office.get("/suggestions/new?paper=1").text
    assert "没有找到“内容：”" in page
    assert office.get("/suggestions/new/paper/1.png").mimetype == "image/png"
    form = next(f for f in forms(page) if "title" in f)
    assert form["title"] == ["关于规范社区工作者劳动合同的建议"]
    assert form["lead"] != [""]
    keep = re.findall(r'data-autosave="([^"]+)"', page)[0]
    corrected = {**form, "title": "关于规范劳动合同的建议"}
    assert office.client.post(keep, data=corrected).status_code == 204
    assert forms(office.get("/suggestions/new?paper=1").text)[-1]["title"] == [corrected["title"]]
    assert office.form("/suggestions/new")["title"] == [""]
    answer = office.client.post("/suggestions/new", data=form)
    assert answer.status_code == 303, answer.text[:3000]
    with app.app_context():
        kept = db.session.scalars(select(File).where(File.name == "原件.pdf")).one()
        assert kept.is_original
        assert db.session.scalars(select(WorkingCopy)).all() == []
    assert office.client.post(keep, data=corrected).status_code == 409
    assert office.get("/suggestions/new/paper/1.png").status_code == 404


def forms(page: str) -> list[dict[str, list[str]]]:
    return [form["values"] for form in forms_of(page)]
