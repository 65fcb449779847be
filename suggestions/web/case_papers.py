"""The papers of a case, as Word and as PDF, for who may see them; everybody else finds nothing."""

from io import BytesIO
from typing import IO

from flask import Blueprint, render_template, request, send_file
from werkzeug.wrappers import Response

from suggestions.documents.papers import as_pdf, as_word
from suggestions.extensions import db
from suggestions.queries.case_papers import FoundPaper, find_paper, papers_page
from suggestions.web.cases import reader
from suggestions.web.guard import ANYBODY, enter

bp = Blueprint("case_papers", __name__)


@bp.get("/handlings/<int:id>/papers")
@enter(ANYBODY)
def page(id: int) -> str:
    """The list: what there is to take along, and what is still missing for the rest."""
    found = papers_page(db.session(), id, reader())
    layout = "deputy/base.html" if found.is_for_deputy else "base.html"
    return render_template(
        "papers.html", page=found, layout=layout, fonts_note=as_pdf.colophon(is_short=found.is_for_deputy)
    )


@bp.get("/handlings/<int:id>/papers/<kind>.docx")
@enter(ANYBODY)
def word(id: int, kind: str) -> Response:
    """One paper as .docx; `?record=12` for the one made of this record, otherwise the newest of its kind."""
    found = _find(id, kind)
    return sent(BytesIO(as_word.render(found.paper)), found.name, "docx", as_word.MEDIA_TYPE)


@bp.get("/handlings/<int:id>/papers/<kind>.pdf")
@enter(ANYBODY)
def pdf(id: int, kind: str) -> Response:
    """The same paper as .pdf."""
    found = _find(id, kind)
    return sent(BytesIO(as_pdf.render(found.paper)), found.name, "pdf", as_pdf.MEDIA_TYPE)


def _find(id: int, kind: str) -> FoundPaper:
    return find_paper(db.session(), id, reader(), kind, request.args.get("record", type=int))


def sent(data: IO[bytes], name: str, ending: str, media_type: str) -> Response:
    """A paper as a file to keep, under the name that an office would give it."""
    answer = send_file(data, mimetype=media_type, as_attachment=True, download_name=f"{name}.{ending}")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
