"""The weekly bulletin: a page that prints as it stands, and a Word file to go on writing in."""

from datetime import date, timedelta
from io import BytesIO

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.documents.papers import as_word
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.queries.bulletin import bulletin
from suggestions.queries.bulletin_parts import Bulletin, paper_of, summary
from suggestions.web.guard import enter, visitor

bp = Blueprint("bulletin", __name__)
READERS = (Role.SUPERVISOR, Role.INSPECTOR)
_FIRST = date(1990, 1, 1)


def _asked() -> Bulletin:
    today = clock.today()
    try:
        day = date.fromisoformat(request.args.get("week", ""))
    except ValueError:
        day = today
    return bulletin(db.session(), visitor().actor, max(min(day, today), _FIRST), today)


@bp.get("/bulletin")
@enter(*READERS)
def page() -> str:
    """The bulletin of a week, this one unless another day is named."""
    found = _asked()
    before, after = found.first - timedelta(days=7), found.first + timedelta(days=7)
    return render_template(
        "bulletin.html",
        bulletin=found,
        summary=summary(found),
        word_url=url_for("bulletin.word", week=found.first),
        before_url=url_for("bulletin.page", week=before),
        after_url=url_for("bulletin.page", week=after) if after <= found.today else "",
    )


@bp.get("/bulletin.docx")
@enter(*READERS)
def word() -> Response:
    """The same bulletin as a Word file."""
    paper = paper_of(_asked())
    data = BytesIO(as_word.render(paper))
    answer = send_file(data, mimetype=as_word.MEDIA_TYPE, as_attachment=True, download_name=f"{paper.title}.docx")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
