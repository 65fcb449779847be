"""The desk of each role, and what a person was told."""

from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Notice
from suggestions.models.base import LARGEST_ID
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.items import Place
from suggestions.usecases import housekeeping
from suggestions.web.guard import ANYBODY, enter, visitor
from suggestions.web.shell import day_text

bp = Blueprint("desks", __name__)
_NOTICES = 50
_TEMPLATES = {
    Role.DIRECTOR: "desks/director.html",
    Role.HANDLER: "desks/handler.html",
    Role.REVIEWER: "desks/reviewer.html",
    Role.CLERK: "desks/clerk.html",
    Role.DEPUTY: "deputy/list.html",
    Role.SUPERVISOR: "desks/supervisor.html",
    Role.INSPECTOR: "desks/supervisor.html",
    Role.SYSADMIN: "desks/admin.html",
    Role.SECADMIN: "desks/admin.html",
    Role.AUDITOR: "desks/auditor.html",
}


@bp.app_template_filter("address")
def address(place: Place) -> str:
    """Where a row's page is, or the form of a step on it."""
    if place.action is None:
        return url_for(f"cases.{place.life}", id=place.id)
    return url_for(f"steps.{place.life}", id=place.id, action=place.action.replace("_", "-"), promise=place.promise)


@bp.app_template_filter("moment")
def moment(at: datetime) -> str:
    """A moment as it is read in China: 4月21日 16:40."""
    local = at.astimezone(clock.CHINA)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


@bp.get("/")
@enter(ANYBODY)
def desk() -> str:
    """What waits for this person, by the hat they wear."""
    actor = visitor().actor
    context: dict[str, Any] = {
        "today_iso": clock.today().isoformat(),
        "today_text": day_text(),
        "import_url": "",
        "past_url": "",
    }
    if actor.role is Role.SUPERVISOR or (actor.role is Role.CLERK and current_app.config["HOUSE"] == "bureau"):
        context["import_url"] = url_for("intake.upload")
    if actor.role in (Role.SUPERVISOR, Role.CLERK):
        context["past_url"] = url_for("past.upload")
    return render_template(_TEMPLATES[actor.role], desk=desk_of(actor, clock.now()), **context)


@bp.get("/notices")
@enter(ANYBODY)
def notices() -> str:
    """What this person was told, the newest first, so many to a page."""
    before = request.args.get("before", type=int)
    query = select(Notice).where(Notice.person_id == visitor().person.id).order_by(Notice.id.desc())
    if before is not None and before <= LARGEST_ID:
        query = query.where(Notice.id < before)
    found = list(db.session.scalars(query.limit(_NOTICES + 1)))
    rows, has_more = found[:_NOTICES], len(found) > _NOTICES
    older_url = url_for("desks.notices", before=rows[-1].id) if has_more else ""
    return render_template("desks/notices.html", rows=rows, older_url=older_url)


@bp.post("/notices")
@enter(ANYBODY)
def read_notices() -> Response:
    """Mark everything this person was told as read."""
    housekeeping.read_notices(visitor().person.id)
    return redirect(url_for("desks.notices"), 303)
