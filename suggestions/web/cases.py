"""The pages of a case: a suggestion, one handling of it, its letter."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.documents.letters import as_pdf
from suggestions.domain.errors import Missing
from suggestions.domain.sight import Sight
from suggestions.domain.states import UNIT_ROLES, Life, Role
from suggestions.extensions import db
from suggestions.models.case import load_case
from suggestions.queries.alike import alike_of
from suggestions.queries.case_page import case_page
from suggestions.queries.deputy_page import deputy_page
from suggestions.queries.letter_page import letter_page
from suggestions.queries.looking import Reader, look_at, look_from
from suggestions.queries.rehandling import rehandling_of
from suggestions.queries.suggestion_page import suggestion_page, visible_handlings
from suggestions.web.guard import ANYBODY, enter, visitor

bp = Blueprint("cases", __name__)


def reader() -> Reader:
    """Who reads this page, now."""
    return Reader(visitor().actor, clock.now(), url_for)


@bp.get("/suggestions/<int:id>")
@enter(ANYBODY)
def suggestion(id: int) -> str | Response:
    """A suggestion: to its deputies how far it got; to who sees one handling of it, that handling."""
    by = reader()
    case = load_case(db.session(), id)
    look_from(db.session(), case, Life.SUGGESTION, id, by)
    is_deputy = by.actor.role is Role.DEPUTY
    if is_deputy and case.handlings:
        return render_template("deputy/progress.html", view=deputy_page(db.session(), case, by))
    visible = visible_handlings(db.session(), case, by)
    if len(visible) == 1:
        return redirect(url_for("cases.handling", id=visible[0]))
    layout = "deputy/base.html" if is_deputy else "base.html"
    return render_template("suggestion.html", page=suggestion_page(db.session(), case, by), layout=layout)


@bp.get("/suggestions/<int:id>/alike")
@enter(*sorted(UNIT_ROLES), Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)
def alike(id: int) -> str:
    """Earlier suggestions like this one, with what was answered and what became of it."""
    by, case = reader(), load_case(db.session(), id)
    look_from(db.session(), case, Life.SUGGESTION, id, by)
    return render_template(
        "alike.html",
        number=case.suggestion.number_text,
        title=case.suggestion.title,
        back_url=url_for("cases.suggestion", id=id),
        items=alike_of(db.session(), case, by),
    )


@bp.get("/handlings/<int:id>")
@enter(ANYBODY)
def handling(id: int) -> str | Response:
    """One handling; a deputy is led to the page of the suggestion."""
    by = reader()
    if by.actor.role is Role.DEPUTY:
        look = look_at(db.session(), Life.HANDLING, id, by)
        return redirect(url_for("cases.suggestion", id=look.case.suggestion.id))
    return render_template("case.html", case=case_page(db.session(), id, by))


@bp.get("/handlings/<int:id>/replies")
@enter(ANYBODY)
def replies(id: int) -> str:
    """Both replies of what was handled anew, side by side."""
    look = look_at(db.session(), Life.HANDLING, id, reader())
    is_deputy = look.sight is Sight.DEPUTY
    if look.sight is Sight.CO_UNIT:
        raise Missing
    return render_template(
        "rehandling.html",
        layout="deputy/base.html" if is_deputy else "base.html",
        number=look.handling.number_text,
        title=look.case.suggestion.title,
        back_url=url_for("cases.suggestion", id=look.case.suggestion.id)
        if is_deputy
        else url_for("cases.handling", id=id),
        value=rehandling_of(look.facts),
    )


@bp.get("/handlings/<int:id>/letter")
@enter(ANYBODY)
def letter(id: int) -> str:
    """The letter as it is printed; `?draft=2` for an earlier version, `?sent=1` for a letter corrected later."""
    version = request.args
    page = letter_page(db.session(), id, reader(), version.get("draft", type=int), version.get("sent", type=int))
    layout = "deputy/base.html" if page.is_for_deputy else "base.html"
    return render_template("letter.html", page=page, layout=layout, fonts_note=as_pdf.colophon())
