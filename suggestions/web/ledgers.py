"""The ledgers to take along as workbooks, for who may count what is in them."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from suggestions import clock
from suggestions.extensions import db
from suggestions.queries.counts import Asked, Scope, asked, newest_year, scope_of
from suggestions.queries.duty import READERS as REPORT_READERS
from suggestions.queries.exports import PACKAGE
from suggestions.queries.ledgers import BOOKS, READERS, choices
from suggestions.queries.yearly import READERS as ANNUAL_READERS
from suggestions.usecases import export_jobs
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
        books=[(book, url_for("exports.direct", code=book.code, ending="xlsx", **words)) for book in BOOKS.values()],
        package_url=url_for("exports.direct", code=PACKAGE, ending="zip", **words),
        form=Filters.of(asks, offered),
        jobs=[(job, url_for("exports.progress", id=job.id)) for job in export_jobs.own(visitor().actor)],
        unit=next((name for id, name in offered.units if id == asks.unit), ""),
        statistics_url=url_for("statistics.page", **words),
        report_url=url_for("duty_report.page", year=asks.year) if has_report else None,
        annual_url=url_for("annual_report.page", **words) if visitor().actor.role in ANNUAL_READERS else None,
    )
