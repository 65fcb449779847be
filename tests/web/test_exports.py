"""A large ledger is made in the background: begun by a button, shown on its way, taken along by its maker."""

import re
from io import BytesIO
from urllib.parse import quote

import openpyxl
import pypdf
import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.extensions import db
from suggestions.models import ExportJob, Unit
from suggestions.practice import START
from suggestions.practice.play import Play
from suggestions.queries import exports
from suggestions.usecases import export_jobs
from suggestions.web import background
from tests.documents.writing import drawn_text
from tests.web.test_case_papers import case_of
from tests.web.visitor import Visitor, forms_of


def test_from_the_button_to_the_file(played: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    launched: list[tuple[str, ...]] = []
    monkeypatch.setattr(background, "launch", lambda *command: launched.append(command))
    monkeypatch.setattr(exports, "_ROWS", 5)
    clerk = Visitor(played, "clerk")
    answer = clerk.get("/ledgers/handling.xlsx?year=2026")
    assert (answer.status_code, answer.location) == (302, "/exports/new/handling?year=2026")
    page = clerk.get(answer.location).text
    assert "生成2026年代表建议办理台账" in page
    assert "共24行" in page
    assert clerk.get("/exports/new/nothing?year=2026").status_code == 404
    begun = clerk.send("/exports/new/handling?year=2026")
    assert (begun.status_code, begun.location, launched) == (303, "/exports/1", [("make-export", "1")])
    page = clerk.get("/exports/1").text
    assert '<meta http-equiv="refresh" content="3">' in page
    assert "刚刚开始" in page
    assert clerk.get("/exports/1/file").status_code == 404
    assert "正在生成，0 / 24" in clerk.get("/ledgers?year=2026").text
    with played.app_context():
        job = db.session.get_one(ExportJob, 1)
        job.made_at -= 2 * export_jobs.SILENT_AFTER
        db.session.commit()
    page = clerk.get("/exports/1").text
    assert "停住了" in page
    assert "refresh" not in page
    assert clerk.client.post("/exports/1/again", data=forms_of(page)[-1]["values"]).status_code == 303
    assert len(launched) == 2
    with played.app_context():
        done = played.test_cli_runner().invoke(args=list(launched[1]))
    assert (done.exit_code, done.output) == (0, "做完了。\n")
    assert "共24行" in clerk.get("/exports/1").text
    file = clerk.get("/exports/1/file")
    assert file.headers["Cache-Control"] == "private, no-store"
    rows = openpyxl.load_workbook(BytesIO(file.data))["主办件"]
    file.close()
    assert rows.max_row == 21, "as the clerk reads it, not as the office does"
    for username in ("director", "supervisor"):
        other = Visitor(played, username)
        for path in ("/exports/1", "/exports/1/file"):
            assert other.get(path).status_code == 404
        assert other.client.post("/exports/1/again").status_code in {400, 404}
    assert Visitor(played, "deputy").get("/exports/1").status_code == 403


def test_an_archive_is_bound_in_the_background_and_is_its_makers_while_the_case_is(
    played: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched: list[tuple[str, ...]] = []
    monkeypatch.setattr(background, "launch", lambda *command: launched.append(command))
    case, _ = case_of(played, "019")
    clerk, auditor = Visitor(played, "clerk"), Visitor(played, "auditor")
    assert f'href="{case}/papers/archive"' in clerk.get(f"{case}/papers").text
    page = clerk.get(f"{case}/papers/archive").text
    assert "生成归档卷-第019号" in page
    pieces = re.search(r"共(\d+)份材料", page)
    assert pieces
    begun = [each.send(f"{case}/papers/archive").location for each in (clerk, auditor)]
    assert begun == ["/exports/1", "/exports/2"]
    assert clerk.get("/exports/1/file").status_code == 404
    with played.app_context():
        done = [played.test_cli_runner().invoke(args=list(command)).output for command in launched]
    assert done == ["做完了。\n", "做完了。\n"]
    assert f"共{pieces.group(1)}份材料" in clerk.get("/exports/1").text
    assert "生成好了" in clerk.get(f"{case}/papers/archive").text
    assert "第019号" not in clerk.get("/ledgers").text, "a case's archive stands with the case"
    with clerk.get("/exports/1/file") as file:
        assert quote("归档卷-第019号.pdf") in file.headers["Content-Disposition"]
        assert f"共{len(pypdf.PdfReader(BytesIO(file.data)).pages)}页" in drawn_text(file.data)
    for username in ("handler", "auditor", "supervisor"):
        assert Visitor(played, username).get("/exports/1/file").status_code == 404, username
    for username, status in (("deputy", 403), ("handler@区财政局", 404), ("sysadmin", 403)):
        assert Visitor(played, username).get(f"{case}/papers/archive").status_code == status, username
    with played.app_context():
        play = Play(START)
        play.moment = play.moment.replace(hour=17)
        finance = db.session.scalars(select(Unit.id).where(Unit.name == "区财政局")).one()
        play.handle("019", "supervisor", A.TRANSFER, unit=str(finance), document="云山编〔2026〕1号")
    for path in ("/exports/1", "/exports/1/file"):
        assert clerk.get(path).status_code == 404, "another unit's case by now"
    with auditor.get("/exports/2/file") as file:
        assert file.status_code == 200
