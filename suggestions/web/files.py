"""Files of a case, for who may see them: pictures and PDF open in the page, everything else is downloaded."""

from io import BytesIO

from flask import Blueprint, send_file, url_for
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.documents import scans, store
from suggestions.documents.safety import MediaType
from suggestions.domain.errors import Missing
from suggestions.extensions import db
from suggestions.queries.file_seen import file_for
from suggestions.queries.looking import Reader
from suggestions.web.guard import ANYBODY, enter, visitor
from suggestions.web.pages import picture

bp = Blueprint("files", __name__)
_SHOWN = frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG})


@bp.get("/files/<int:id>")
@enter(ANYBODY)
def file(id: int) -> Response:
    """One file under its own name; the browser keeps no copy and guesses no type."""
    found = file_for(db.session(), id, Reader(visitor().actor, clock.now(), url_for))
    answer = send_file(
        BytesIO(store.read(found.sha256)),
        mimetype=found.media_type,
        as_attachment=found.media_type not in _SHOWN,
        download_name=found.name,
        etag=found.sha256,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.get("/files/<int:id>/pages/<int:page>.png")
@enter(ANYBODY)
def page(id: int, page: int) -> Response:
    """One page of a PDF or scan as a picture, for who may see the file."""
    found = file_for(db.session(), id, Reader(visitor().actor, clock.now(), url_for))
    if found.media_type not in scans.PAGED:
        raise Missing
    return picture(found.sha256, page)
