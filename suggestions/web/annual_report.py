"""The annual report on the handling of suggestions: a page with every figure to tap, and a Word file."""

from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, send_file, url_for
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.documents.papers import as_word
from suggestions.extensions import db
from suggestions.queries.ledgers import choices
from suggestions.queries.yearly import READERS, AnnualReport, annual_report
from suggestions.queries.yearly.paper import NUMERALS, paper_of
from suggestions.web.forms.ledgers import Filters
from suggestions.web.guard import enter, visitor
from suggestions.web.ledgers import question

bp = Blueprint("annual_report", __name__)


def _report() -> AnnualReport:
    scope, asks = question()
    return annual_report(db.session(), visitor().actor, scope, asks, clock.today())


@bp.get("/annual-report")
@enter(*READERS)
def page() -> str:
    """The report of a year; who reads several units may choose one."""
    scope, asks = question()
    words: dict[str, Any] = {**asks.arguments}
    return render_template(
        "annual_report/page.html",
        report=_report(),
        numerals=NUMERALS,
        form=Filters.of(asks, choices(db.session(), scope, asks, clock.today())),
        word_url=url_for("annual_report.word", **words),
    )


@bp.get("/annual-report.docx")
@enter(*READERS)
def word() -> Response:
    """The same report to go on writing in."""
    report = _report()
    data = BytesIO(as_word.render(paper_of(report)))
    name = f"{report.whose}{report.title}.docx"
    answer = send_file(data, mimetype=as_word.MEDIA_TYPE, as_attachment=True, download_name=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
