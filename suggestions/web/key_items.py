"""The key items of a year: one list for the offices above the units, and for each unit its own."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from suggestions import clock
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.extensions import db
from suggestions.queries.counts import scope_of
from suggestions.queries.key_items import SHOWN, key_items
from suggestions.web.guard import enter, visitor

bp = Blueprint("key_items", __name__)


@bp.get("/key-items")
@enter(*sorted(UNIT_ROLES), Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)
def page() -> str:
    """The key items of a year, the newest unless another is named."""
    actor = visitor().actor
    show = request.args.get("show", "")
    show = show if show in SHOWN else ""
    year = request.args.get("year", type=int)
    found = key_items(db.session(), actor, scope_of(db.session(), actor), show, today=clock.today(), year=year)

    def to(**words: Any) -> str:
        return url_for("key_items.page", **{"year": found.year, **words})

    return render_template(
        "key_items.html",
        found=found,
        show=show,
        asked=SHOWN[show][0] if show else "全部",
        all_url=to(),
        quick=[(chip, to(show=chip.code)) for chip in found.chips],
        years=[(each, to(year=each)) for each in found.years],
    )
