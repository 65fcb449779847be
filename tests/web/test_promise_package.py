"""The package of a year's reports on promises: the letters that went out with their receipts, and what is missing."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from suggestions import clock
from suggestions.documents.letters.parts import plain
from suggestions.documents.papers import as_pdf, as_word
from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Missing
from suggestions.domain.rulebook import load
from suggestions.extensions import db
from suggestions.models import Promise
from suggestions.practice.play import Play
from suggestions.queries.case_papers import find_paper
from suggestions.queries.case_papers.entry import Kind
from suggestions.queries.counts import Asked, scope_of
from suggestions.queries.exports import PACKAGE, export
from suggestions.queries.looking import Reader
from tests.documents.writing import drawn_text, validate

AUTUMN = date(2026, 10, 20)
WORDS = "已经装好三部，验收合格，老人反映很好。"


def packed(actor: Any, year: int = 2026) -> tuple[ZipFile, dict[str, dict[str, Any]], int]:
    """The package of one person, its contents sheet by number and promise, and how many rows were announced."""
    asks, kept = Asked(year), BytesIO()
    scope = scope_of(db.session(), actor)
    made = export(db.session(), actor, scope, asks, code=PACKAGE, today=AUTUMN, rules=load("chongqing", AUTUMN))
    noted: list[int] = []
    made.write(kept, lambda: noted.append(1))
    assert len(noted) == made.length
    zipped = ZipFile(kept)
    page = openpyxl.load_workbook(BytesIO(zipped.read("00-目录.xlsx")))["目录"]
    heads, *rows = page.iter_rows(values_only=True)
    lines = [dict(zip(map(str, heads), row, strict=True)) for row in rows]
    return zipped, {f"{line['编号']}-{line['第几项']}": line for line in lines}, made.length


@pytest.fixture
def practised(played: Flask) -> Iterator[Play]:
    """The practice house in the autumn, inside the application's context."""
    with played.app_context():
        yield Play(AUTUMN)


def test_letters_receipts_ledger_and_what_is_missing(practised: Play, tmp_path: Path) -> None:
    play = practised
    for number in ("010", "126"):
        of_this = select(Promise.id).where(Promise.handling_id == play.handling(number).id)
        words = {
            "promise": str(db.session.scalars(of_this).one()),
            "document_number": f"云山民政函〔2026〕6{number[-1]}号",
            "report": WORDS,
        }
        play.handle(number, "director", A.REPORT_PROMISE, **words)
    zipped, lines, length = packed(play.actor("director"))
    assert length == len(lines)
    assert {number.partition("-")[0] for number in lines} >= {"002", "003", "004", "010", "112", "126"}
    assert "023-1" not in lines
    for number in ("010-1", "126-1"):
        line = lines[number]
        assert (line["缺什么"], line["最近报告日期"].date()) == (None, AUTUMN)
        folder = f"区民政局/第{number.replace('-', '号-承诺第')}项"
        assert (line["落实情况函"], line["回执"]) == (f"{folder}-落实情况函.docx", f"{folder}-回执.docx")
        letter = zipped.read(line["落实情况函"])
        validate(letter, tmp_path / "letter.docx")
        text = "".join(paragraph.text for paragraph in docx.Document(BytesIO(letter)).paragraphs)
        assert WORDS in text
        form = docx.Document(BytesIO(zipped.read(line["回执"])))
        assert "对落实情况的评价" in [cell.text for row in form.tables[0].rows for cell in row.cells]
    assert lines["112-1"]["缺什么"] == "还没有向代表报告落实情况，所以没有函和回执"
    assert len(zipped.namelist()) == 6
    ledger = openpyxl.load_workbook(BytesIO(zipped.read("01-承诺事项台账.xlsx")))["承诺事项"]
    assert {row[0] for row in ledger.iter_rows(min_row=2, values_only=True)} == {2025, 2026}
    office, all_lines, _ = packed(play.actor("supervisor"))
    assert set(all_lines) >= set(lines)
    assert set(zipped.namelist()) <= set(office.namelist())
    other, _, _ = packed(play.actor("handler@区教委"))
    assert len(other.namelist()) == 2


def test_a_report_with_its_receipt_is_a_paper_that_its_deputy_takes_along(practised: Play, tmp_path: Path) -> None:
    play = practised
    of_this = select(Promise.id).where(Promise.handling_id == play.handling("010").id)
    words = {"promise": str(db.session.scalars(of_this).one()), "document_number": "云山民政函〔2026〕60号"}
    play.handle("010", "director", A.REPORT_PROMISE, **words, report=WORDS)
    drawn = {}
    reader = Reader(play.actor("邓小红"), clock.now(), lambda *_, **__: "")
    for kind in (Kind.PROMISE_REPORT, Kind.PROMISE_RECEIPT):
        paper = find_paper(db.session(), play.handling("010").id, reader, kind, None).paper
        validate(as_word.render(paper), tmp_path / f"{kind}.docx")
        drawn[kind] = drawn_text(as_pdf.render(paper))
    letter, receipt = drawn[Kind.PROMISE_REPORT], drawn[Kind.PROMISE_RECEIPT]
    for said in ("云山民政函〔2026〕60号", "邓小红代表：", "学府路便民服务点开门办事", WORDS, "2026年10月20日"):
        assert plain(said) in letter, said
    for said in ("回执", "第010号", "学府路便民服务点开门办事", "满意", "基本满意", "不满意", "代表签名"):
        assert plain(said) in receipt, said


@pytest.mark.parametrize("username", ["deputy", "auditor", "sysadmin"])
def test_nobody_else_has_one(practised: Play, username: str) -> None:
    with pytest.raises(Missing):
        packed(practised.actor(username))
