"""The urging register: frequent questions, one page of urgings."""

from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for

from suggestions import clock
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.extensions import db
from suggestions.queries.counts import scope_of
from suggestions.queries.urging_register import SHOWN
from suggestions.queries.urging_register import register as page_of
from suggestions.web.guard import enter, visitor
from suggestions.web.pager import pager

bp = Blueprint("urgings", __name__)


def _to(show: str, **more: Any) -> str:
    return url_for("urgings.register", show=show or None, **more)


@bp.get("/urgings")
@enter(*sorted(UNIT_ROLES), Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)
def register() -> str:
    """One page of the urgings on what this person's unit answers for, or on everybody's."""
    actor = visitor().actor
    show = request.args.get("show", "")
    show = show if show in SHOWN else ""
    asked = request.args.get("page", 1, type=int)
    page = page_of(db.session(), actor, scope_of(db.session(), actor), show, today=clock.today(), page=asked)
    return render_template(
        "urgings.html",
        page=page,
        show=show,
        asked=SHOWN[show].label if show else "全部",
        all_url=_to(""),
        quick=[(chip, _to(chip.code)) for chip in page.chips if chip.count or chip.code in ("over", show)],
        pager=pager(page.page, partial(_to, show)),
    )
