"""Every refusal and failure as one calm page."""

import re
from urllib.parse import urlsplit

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from suggestions.domain.errors import DomainError
from suggestions.extensions import db

_OWN_WORDS = frozenset({403, 404, 405, 413, 500})


def _back(code: int) -> dict[str, str]:
    """Where to go from here: to the case whose step was refused, or to the page before where it is one of ours."""
    case = re.match(r"/(?:suggestions|handlings)/\d+(?=/)", request.path)
    if case and code != 404:
        return {"back_url": f"{request.script_root}{case[0]}", "back_label": "回到本件"}
    came = urlsplit(request.referrer or "")
    is_ours = came.netloc == request.host and came.path != f"{request.script_root}{request.path}"
    return {"back_url": came._replace(scheme="", netloc="").geturl()} if is_ours else {}


def _refused(refusal: DomainError) -> tuple[str, int]:
    db.session.rollback()
    page = render_template(
        "errors/error.html",
        code=refusal.status,
        message=refusal.message,
        missing=getattr(refusal, "missing", ()),
        changes=getattr(refusal, "changes", ()),
        **_back(refusal.status),
    )
    return page, refusal.status


def _expired(_error: CSRFError) -> tuple[str, int]:
    message = "这一页放得太久，或者不是从本站打开的，所以没有办。请重新打开那张表再交；会自动保存的表，写过的字还在。"
    return render_template("errors/error.html", code=400, heading="请再交一次", message=message, **_back(400)), 400


def _http(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    words = "" if code in _OWN_WORDS else error.description or ""
    return render_template("errors/error.html", code=code, message=words, **_back(code)), code


def _no_database(_error: OperationalError) -> tuple[str, int]:
    db.session.rollback()
    return render_template("errors/down.html"), 503


def init_app(app: Flask) -> None:
    """Answer every failure in plain words."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _no_database)
