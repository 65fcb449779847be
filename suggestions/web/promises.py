"""The promise register: frequent questions, filters, one page of promises."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for

from suggestions import clock
from suggestions.domain import rulebook
from suggestions.domain.promise_round import round_on
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.extensions import db
from suggestions.queries.counts import scope_of
from suggestions.queries.promise_filters import SHOWN, Wanted, wanted
from suggestions.queries.promise_register import register as page_of
from suggestions.web.forms.promises import Filters
from suggestions.web.guard import enter, visitor
from suggestions.web.pager import pager

bp = Blueprint("promises", __name__)
_READERS = (*sorted(UNIT_ROLES), Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)


def _to(asks: Wanted, **more: Any) -> str:
    return url_for("promises.register", **{**asks.arguments, **more})


@bp.get("/promises")
@enter(*_READERS)
def register() -> str:
    """One page of the promises that this person's unit answers for, or of everybody's."""
    actor, today, asks = visitor().actor, clock.today(), wanted(request.args)
    round = round_on(rulebook.load(current_app.config["RULEBOOK"], today), today)
    page = page_of(
        db.session(),
        actor,
        scope_of(db.session(), actor),
        asks,
        today=today,
        round=round,
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "promises.html",
        form=Filters.of(asks, page),
        is_filtered=bool(set(asks.arguments) - {"show"}),
        quick=[
            {
                "label": chip.label,
                "url": _to(replace(asks, show=chip.code)),
                "count": chip.count,
                "light": chip.light,
                "is_current": chip.code == asks.show,
            }
            for chip in page.chips
            if chip.count or chip.code in ("month", asks.show)
        ],
        all_url=_to(replace(asks, show="")),
        is_all=not asks.show,
        asked=SHOWN[asks.show].label if asks.show else "全部",
        page=page,
        pager=pager(page.page, partial(_to, asks)),
        round=round,
        register_url=url_for("promises.register"),
    )
