"""The published letters, for everybody who is logged in, and for the units what of a letter is published."""

from flask import Blueprint, render_template, request, url_for

from suggestions import clock
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models.base import LARGEST_ID
from suggestions.queries.case_papers import entries_of, line_of
from suggestions.queries.case_papers.entry import Kind
from suggestions.queries.case_papers.publication import FINE, HOW_READ
from suggestions.queries.looking import look_at
from suggestions.queries.public_version import public_version
from suggestions.queries.published import published_letter, published_letters
from suggestions.web.cases import reader
from suggestions.web.guard import ANYBODY, enter, visitor

bp = Blueprint("published", __name__)


def _layout() -> str:
    return "deputy/base.html" if visitor().actor.role is Role.DEPUTY else "base.html"


@bp.get("/published")
@enter(ANYBODY)
def letters() -> str:
    """The list, the newest first."""
    before = request.args.get("before", type=int)
    key = None if before is None or before > LARGEST_ID else before
    found, following = published_letters(db.session(), clock.today(), url_for, key)
    return render_template("publication/letters.html", layout=_layout(), letters=found, before=following)


@bp.get("/handlings/<int:id>/public-version")
@enter(ANYBODY)
def version(id: int) -> str:
    """The public text beside the letter, for who sees the work of the case."""
    look = look_at(db.session(), Life.HANDLING, id, reader())
    return render_template(
        "publication/version.html",
        page=public_version(look),
        papers=[line_of(look, entry) for entry in entries_of(look) if entry.kind is Kind.PUBLIC_VERSION],
        how_read=HOW_READ,
        fine=FINE,
    )


@bp.get("/published/<int:id>")
@enter(ANYBODY)
def letter(id: int) -> str:
    """One public text."""
    text, on_text = published_letter(db.session(), id, clock.today())
    return render_template("publication/letter.html", layout=_layout(), text=text, on_text=on_text)
