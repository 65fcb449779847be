"""The papers of a case over HTTP: listed where they are wanted, sent as files, not there for who may not see them."""

from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.extensions import db
from suggestions.models import Handling, Suggestion
from tests.web.visitor import Visitor

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def case_of(app: Flask, number: str) -> tuple[str, str]:
    """The addresses of a practice case: of its handling, and of the suggestion."""
    with app.app_context():
        query = select(Handling).join(Handling.suggestion).where(Suggestion.number == number)
        found = db.session.scalars(query).one()
        return f"/handlings/{found.id}", f"/suggestions/{found.suggestion_id}"


def test_the_papers_of_a_case_are_listed_and_sent(played: Flask) -> None:
    case, suggestion = case_of(played, "010")
    handler = Visitor(played, "handler")
    address = f"{case}/papers/five-proofs.docx"
    for path in (case, f"{case}/papers"):
        assert f'href="{address}"' in handler.get(path).text
    answer = handler.get(address)
    assert (answer.status_code, answer.mimetype) == (200, WORD)
    assert quote("五个亲自履职卡-第010号.docx") in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    drawn = handler.get(f"{case}/papers/contacts.pdf")
    assert (drawn.mimetype, drawn.data[:5]) == ("application/pdf", b"%PDF-")
    for path in ("nonsense.pdf", "promise-report.pdf", "plan.pdf?record=1", "five-proofs.xlsx"):
        assert handler.get(f"{case}/papers/{path}").status_code == 404, path
    deputy = Visitor(played, "邓小红")
    assert f'href="{case}/papers"' in deputy.get(suggestion).text
    assert "办理方案" in deputy.get(f"{case}/papers").text
    for path in ("five-proofs.docx", "reading-slip.pdf", "handling-slip.pdf"):
        assert deputy.get(f"{case}/papers/{path}").status_code == 404, path
    stranger = Visitor(played, "deputy")
    for path in ("", "/plan.docx", "/contacts.pdf"):
        assert stranger.get(f"{case}/papers{path}").status_code == 404, path


def test_a_step_shows_the_papers_it_is_about_and_says_which_it_made(played: Flask) -> None:
    case, _ = case_of(played, "018")
    director = Visitor(played, "director")
    form = director.get(f"{case}/approve-plan").text
    assert f'href="{case}/papers/plan.pdf?record=' in form
    assert "有关文书，2份" in form
