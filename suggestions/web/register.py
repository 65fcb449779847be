"""The register: search, frequent questions, one page of rows."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.queries.register import Register
from suggestions.queries.register import register as page_of
from suggestions.queries.register_filters import Wanted, wanted, words_of
from suggestions.web.forms.register import Filters
from suggestions.web.guard import enter, visitor

bp = Blueprint("register", __name__)
_READERS = (*sorted(UNIT_ROLES), Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR, Role.DEPUTY)


def _to(asks: Wanted, **more: Any) -> str:
    return url_for("register.register", **{**asks.arguments, **more})


def _pager(page: Register, asks: Wanted) -> dict[str, Any]:
    return {
        "first": page.first,
        "last": page.last,
        "total": page.total,
        "previous_url": _to(asks, before=page.before) if page.before else None,
        "next_url": _to(asks, after=page.after) if page.after else None,
    }


@bp.get("/register")
@enter(*_READERS)
def register() -> str:
    """One page of what this person may see."""
    asks = wanted(request.args)
    after, before = request.args.get("after", ""), request.args.get("before", "")
    page = page_of(visitor().actor, clock.today(), asks, after=after, before=before)
    form = Filters.of(asks, page, visitor().actor)
    told = [] if any(chip.is_current for chip in page.chips) else list(asks.arguments.items())
    return render_template(
        "register.html",
        form=form,
        is_filtered=any(name != "q" and form.shows(name, word) for name, word in told),
        asked="，".join(words_of(name, word) for name, word in told if not form.shows(name, word)),
        quick=[
            {
                "label": chip.quick.label,
                "url": _to(chip.quick.asks),
                "count": chip.count,
                "light": chip.quick.light,
                "is_current": chip.is_current,
            }
            for chip in page.chips
        ],
        page=page,
        offline=None if after or before else page.offline,
        pager=_pager(page, asks),
        register_url=url_for("register.register"),
    )


@bp.get("/suggestions")
@enter(*_READERS)
def suggestions() -> Response:
    """The register under the name that people type."""
    return redirect(url_for("register.register"))


@bp.get("/search")
@enter(*_READERS)
def search() -> Response:
    """A search from anywhere, answered by the register."""
    return redirect(_to(wanted({"q": request.args.get("q", "")})))
