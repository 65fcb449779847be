"""The statistics: every number opens its list; and how published figures of other places were counted."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, render_template, request, url_for

from suggestions import clock
from suggestions.domain.published_figures import reports
from suggestions.domain.rates import FEWEST_FOR_PERCENT, RATES, VERSION
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.extensions import db
from suggestions.models.base import LARGEST_ID
from suggestions.queries.counts import Asked, Scope, asked, newest_year, scope_of
from suggestions.queries.duty import READERS as REPORT_READERS
from suggestions.queries.ledgers import READERS as LEDGER_READERS
from suggestions.queries.statistics import statistics
from suggestions.queries.statistics_list import listed
from suggestions.queries.statistics_tables import Number
from suggestions.queries.yearly import READERS as ANNUAL_READERS
from suggestions.web.forms.statistics import Filters
from suggestions.web.guard import ANYBODY, enter, visitor

bp = Blueprint("statistics", __name__)
_READERS = (*sorted(UNIT_ROLES), Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR, Role.DEPUTY)
_FIRST = ("replied_due", "closed_all", "on_time_due", "class_a", "published", "promises_kept")
_DEPUTIES = "deputies"


def _layout() -> str:
    return "deputy/base.html" if visitor().actor.role is Role.DEPUTY else "base.html"


def _question() -> tuple[Scope, Asked]:
    scope = scope_of(db.session(), visitor().actor)
    asks = asked(request.args, newest_year(db.session(), clock.today().year), scope)
    return (replace(scope, is_veiled=True) if asks.is_opened else scope), asks


@bp.app_template_global("list_url")
def list_url(number: Number) -> str:
    """The address of the list behind a number."""
    return url_for("statistics.counted", part=number.part, **_words(number.asks))


def _words(asks: Asked, **more: Any) -> dict[str, Any]:
    return {**asks.arguments, **more}


@bp.get("/statistics")
@enter(*_READERS)
def page() -> str:
    """The numbers of this person; to a deputy the published totals alone."""
    scope, asks = _question()
    by = request.args.get("by", "")
    found = statistics(db.session(), scope, asks, clock.today(), has_deputies=by == _DEPUTIES)
    table = next((table for table in found.tables if table.id == by), next(iter(found.tables), None))
    offered = [(table.id, table.title) for table in found.tables]
    if offered and by != _DEPUTIES:
        offered.append((_DEPUTIES, "各位代表"))
    return render_template(
        "statistics/page.html",
        layout=_layout(),
        found=found,
        first=[found.shown(code) for code in _FIRST if code in {r.rate.code for _, g in found.groups for r in g}],
        form=Filters.of(asks, found.choices),
        ledgers_url=url_for("ledgers.page", **_words(Asked(asks.year, asks.unit)))
        if visitor().actor.role in LEDGER_READERS
        else None,
        report_url=url_for("duty_report.page", year=asks.year) if visitor().actor.role in REPORT_READERS else None,
        annual_url=url_for("annual_report.page", **_words(Asked(asks.year, asks.unit)))
        if visitor().actor.role in ANNUAL_READERS
        else None,
        fewest=FEWEST_FOR_PERCENT,
        is_narrowed=not set(asks.arguments) <= {"year", "opened"},
        table=table,
        tabs=[
            {
                "label": label,
                "url": url_for("statistics.page", _anchor="by", **_words(asks, by=id)),
                "is_current": table is not None and table.id == id,
            }
            for id, label in offered
        ],
    )


@bp.get("/statistics/list/<part>")
@enter(*_READERS)
def counted(part: str) -> str:
    """Exactly what a number counted."""
    scope, asks = _question()
    after = min(request.args.get("after", 0, type=int), LARGEST_ID)
    found = listed(db.session(), visitor().actor, scope, asks, code=part, today=clock.today(), after=max(after, 0))
    following = _words(asks, part=part, after=found.following)
    return render_template(
        "statistics/list.html",
        layout=_layout(),
        found=found,
        asks=asks,
        back_url=url_for("statistics.page", **_words(asks)),
        pager={
            "first": found.first,
            "last": found.last,
            "total": found.total,
            "previous_url": url_for("statistics.counted", part=part, **_words(asks)) if after else None,
            "next_url": url_for("statistics.counted", **following) if found.following else None,
        },
    )


@bp.get("/statistics/how")
@enter(ANYBODY)
def how() -> str:
    """How published figures come out of the definitions, and every definition in words."""
    return render_template(
        "statistics/how.html", layout=_layout(), reports=reports(), rates=list(RATES.values()), version=VERSION
    )
