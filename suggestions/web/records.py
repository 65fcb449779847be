"""The record for the auditor, and the health page for machines."""

import sqlite3

from flask import Blueprint, jsonify, render_template
from sqlalchemy import text
from werkzeug.wrappers import Response

from suggestions.database import journal_mode
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.queries.verification import verify
from suggestions.web.guard import PUBLIC, enter

bp = Blueprint("records", __name__)


@bp.get("/verification")
@enter(Role.AUDITOR)
def verification() -> str:
    """Walk every chain now and say what holds and what is broken."""
    return render_template("verification.html", found=verify())


@bp.get("/healthz")
@enter(PUBLIC)
def healthz() -> Response:
    """Whether the database answers, and for SQLite its version and journal."""
    db.session.execute(text("SELECT 1"))
    dialect = db.engine.dialect.name
    said = {"status": "ok", "database": dialect}
    if dialect == "sqlite":
        said |= {"sqlite": sqlite3.sqlite_version, "journal": journal_mode(), "synchronous": "FULL"}
    return jsonify(said)
