"""The director's duty report: the paragraph with every figure to tap, the five personal steps, and a Word file."""

from io import BytesIO

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.documents.papers import as_word
from suggestions.extensions import db
from suggestions.queries.counts import newest_year
from suggestions.queries.duty import HOW_WAITS, READERS, DutyReport, day_words, duty_report, paper_of, waited_words
from suggestions.web.forms.duty_report import Filters
from suggestions.web.guard import enter, visitor

bp = Blueprint("duty_report", __name__)
bp.add_app_template_filter(day_words, "whole_day")
bp.add_app_template_filter(waited_words, "waited")
_FIRST, _LAST = 1990, 2999


def _report() -> DutyReport:
    asked = request.args.get("year", type=int) or newest_year(db.session(), clock.today().year)
    year = min(max(asked, _FIRST), _LAST)
    person = request.args.get("person", type=int)
    return duty_report(db.session(), visitor().actor, year, clock.today(), person_id=person)


@bp.get("/duty-report")
@enter(*READERS)
def page() -> str:
    """The report of a year; the clerk chooses whose, where several were director."""
    report = _report()
    person = report.holder.person_id if report.holder else None
    return render_template(
        "duty_report/page.html",
        report=report,
        form=Filters.of(report, clock.today().year),
        how_waits=HOW_WAITS,
        word_url=url_for("duty_report.word", year=report.year, person=person if report.holders else None),
    )


@bp.get("/duty-report.docx")
@enter(*READERS)
def word() -> Response:
    """The same report to go on writing in."""
    report = _report()
    paper = paper_of(report)
    data = BytesIO(as_word.render(paper))
    answer = send_file(
        data, mimetype=as_word.MEDIA_TYPE, as_attachment=True, download_name=f"{report.unit}{paper.title}.docx"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
