"""The reply letter to take along, as Word and as PDF, for who may read it; everybody else finds nothing."""

from io import BytesIO

from flask import Blueprint, request, send_file
from werkzeug.wrappers import Response

from suggestions.documents.letters import as_pdf, as_word
from suggestions.extensions import db
from suggestions.queries.letter_page import Found, Which, find_letter
from suggestions.queries.letter_paper import paper_of
from suggestions.web.cases import reader
from suggestions.web.guard import ANYBODY, enter

bp = Blueprint("letters", __name__)


@bp.get("/handlings/<int:id>/letter/word")
@enter(ANYBODY)
def word(id: int) -> Response:
    """The letter as .docx: `?draft=2` for a version, `?sent=1` for a corrected one, `?to=1` for one deputy's own."""
    found = _find(id)
    return _sent(as_word.render(paper_of(found)), found, "docx", as_word.MEDIA_TYPE)


@bp.get("/handlings/<int:id>/letter/pdf")
@enter(ANYBODY)
def pdf(id: int) -> Response:
    """The letter as .pdf, asked for in the same way."""
    found = _find(id)
    return _sent(as_pdf.render(paper_of(found)), found, "pdf", as_pdf.MEDIA_TYPE)


def _find(id: int) -> Found:
    asked = request.args
    which = Which(*(asked.get(name, type=int) for name in ("draft", "sent", "to")))
    return find_letter(db.session(), id, reader(), which)


def _sent(data: bytes, found: Found, ending: str, media_type: str) -> Response:
    """The file under the name that an office would give it: 复函-第001号.docx."""
    draft = request.args.get("draft", type=int)
    parts = ["复函", found.look.handling.number_text, found.name, f"第{draft}稿" if draft else "", found.sheet.warning]
    name = "-".join(part for part in parts if part)
    answer = send_file(BytesIO(data), mimetype=media_type, as_attachment=True, download_name=f"{name}.{ending}")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
