"""The ledgers to take along as workbooks, for who may count what is in them."""

from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.documents.ledgers import workbook
from suggestions.extensions import db
from suggestions.queries.counts import Asked, Scope, asked, newest_year, scope_of
from suggestions.queries.duty import READERS as REPORT_READERS
from suggestions.queries.ledgers import BOOKS, READERS, choices, ledger
from suggestions.queries.yearly import READERS as ANNUAL_READERS
from suggestions.web.forms.ledgers import Filters
from suggestions.web.guard import enter, visitor

bp = Blueprint("ledgers", __name__)


def question() -> tuple[Scope, Asked]:
    """What an address asks of a ledger or a report: a year and, where there are several, a unit."""
    scope = scope_of(db.session(), visitor().actor)
    found = asked(request.args, newest_year(db.session(), clock.today().year), scope)
    return scope, Asked(min(max(found.year, 1990), 2999), found.unit)


@bp.get("/ledgers")
@enter(*READERS)
def page() -> str:
    """Every ledger of a year, each to take along."""
    scope, asks = question()
    words: dict[str, Any] = {**asks.arguments}
    offered = choices(db.session(), scope, asks, clock.today())
    has_report = visitor().actor.role in REPORT_READERS
    return render_template(
        "ledgers/page.html",
        asks=asks,
        books=[(book, url_for("ledgers.export", code=book.code, **words)) for book in BOOKS.values()],
        form=Filters.of(asks, offered),
        unit=next((name for id, name in offered.units if id == asks.unit), ""),
        statistics_url=url_for("statistics.page", **words),
        report_url=url_for("duty_report.page", year=asks.year) if has_report else None,
        annual_url=url_for("annual_report.page", **words) if visitor().actor.role in ANNUAL_READERS else None,
    )


@bp.get("/ledgers/<code>.xlsx")
@enter(*READERS)
def export(code: str) -> Response:
    """One ledger as a workbook, written row by row."""
    scope, asks = question()
    made = ledger(db.session(), visitor().actor, scope, asks, code=code, today=clock.today())
    # Rows go through a file of the library's own; what is kept here is the packed workbook, a few megabytes.
    kept = BytesIO()
    workbook.write(made, kept)
    kept.seek(0)
    answer = send_file(kept, mimetype=workbook.MEDIA_TYPE, as_attachment=True, download_name=f"{made.title}.xlsx")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
