"""A large export on its way: begun by a button, with its progress, and its file for its maker alone."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.domain import rulebook
from suggestions.domain.errors import Missing
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import ExportJob, ExportState
from suggestions.queries.case_papers.archive import whole_look
from suggestions.queries.counts import Asked
from suggestions.queries.exports import ARCHIVE, MEDIA_TYPES, Export, archive_export, export
from suggestions.queries.ledgers import READERS
from suggestions.usecases import export_jobs
from suggestions.usecases.export_jobs import Of
from suggestions.web import background
from suggestions.web.cases import reader
from suggestions.web.guard import enter, visitor
from suggestions.web.ledgers import question

bp = Blueprint("exports", __name__)
BINDERS = (*READERS, Role.AUDITOR)
"""Who may see the whole work of a case."""
MEASURES = {"xlsx": "行", "zip": "项", "pdf": "份材料"}
"""What an export is counted in, by the ending of its file."""
BY_ITSELF = "make-export"
"""The command that makes one in a process of its own."""


def asked(code: str) -> tuple[Asked, Export]:
    """What an address asks to take along."""
    scope, asks = question()
    today = clock.today()
    rules = rulebook.load(current_app.config["RULEBOOK"], today)
    return asks, export(db.session(), visitor().actor, scope, asks, code=code, today=today, rules=rules)


@bp.get("/ledgers/<code>.<ending>")
@enter(*READERS)
def direct(code: str, ending: str) -> Response:
    """A file at once; a long one is made in the background."""
    asks, made = asked(code)
    if ending != made.ending:
        raise Missing
    if made.is_large:
        words: dict[str, Any] = {**asks.arguments}
        return redirect(url_for("exports.new", code=code, **words))
    # A workbook's rows go through a file of the library's own; what is kept here is packed, a few megabytes.
    kept = BytesIO()
    made.write(kept, lambda: None)
    kept.seek(0)
    return _sent(kept, made.title, ending)


def _sent(file: Path | BytesIO, title: str, ending: str) -> Response:
    name = f"{title}.{ending}"
    answer = send_file(file, mimetype=MEDIA_TYPES[ending], as_attachment=True, download_name=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.get("/exports/new/<code>")
@enter(*READERS)
def new(code: str) -> str:
    """What would be made, and how many rows that are."""
    asks, made = asked(code)
    words: dict[str, Any] = {**asks.arguments}
    return _new(made, url_for("exports.begin", code=code, **words), ("台账", url_for("ledgers.page", **words)))


def _new(made: Export, begin_url: str, back: tuple[str, str], jobs: Sequence[ExportJob] = ()) -> str:
    return render_template(
        "exports/new.html",
        title=made.title,
        length=made.length,
        measure=MEASURES[made.ending],
        begin_url=begin_url,
        back=back,
        jobs=[(job, url_for("exports.progress", id=job.id)) for job in jobs],
    )


@bp.post("/exports/new/<code>")
@enter(*READERS)
def begin(code: str) -> Response:
    """Begin it, in a process that outlives this page."""
    asks, made = asked(code)
    return _begin(code, made, Of(asks.year, asks.unit))


def _begin(code: str, made: Export, of: Of) -> Response:
    job = export_jobs.begin(visitor().actor, code=code, title=made.title, ending=made.ending, total=made.length, of=of)
    background.launch(BY_ITSELF, str(job))
    return redirect(url_for("exports.progress", id=job), 303)


@bp.get("/handlings/<int:id>/papers/archive")
@enter(*BINDERS)
def archive(id: int) -> str:
    """What would be bound into the archive of a case, and what was bound already today."""
    made = archive_export(db.session(), id, reader())
    begin_url = url_for("exports.begin_archive", id=id)
    return _new(made, begin_url, _back_to_case(id), export_jobs.own(visitor().actor, id))


@bp.post("/handlings/<int:id>/papers/archive")
@enter(*BINDERS)
def begin_archive(id: int) -> Response:
    """Begin to bind it, in a process that outlives this page."""
    return _begin(ARCHIVE, archive_export(db.session(), id, reader()), Of(clock.today().year, handling=id))


def _back_to_case(id: int) -> tuple[str, str]:
    return "文书", url_for("case_papers.page", id=id)


def _own(id: int) -> ExportJob:
    """The export, for who made it; of a case, as long as that person still sees the work of it."""
    job = export_jobs.one(id, visitor().actor)
    if job.handling_id is not None:
        whole_look(db.session(), job.handling_id, reader())
    return job


@bp.get("/exports/<int:id>")
@enter(*BINDERS)
def progress(id: int) -> str:
    """How far it is; the page looks again by itself until it is there."""
    job = _own(id)
    return render_template(
        "exports/progress.html",
        title=job.title,
        measure=MEASURES[job.file.rpartition(".")[2]],
        is_done=job.state == ExportState.DONE,
        is_stopped=job.state == ExportState.FAILED or export_jobs.is_silent(job),
        message=job.message,
        done=min(job.done, job.total),
        total=job.total,
        file_url=url_for("exports.file", id=id),
        again_url=url_for("exports.again", id=id),
        back=_back(job),
    )


def _back(job: ExportJob) -> tuple[str, str]:
    """Where it was asked for: the name of the page, and its address."""
    if job.handling_id is not None:
        return _back_to_case(job.handling_id)
    words: dict[str, Any] = {**Asked(job.year, job.unit_id).arguments}
    return "台账", url_for("ledgers.page", **words)


@bp.post("/exports/<int:id>/again")
@enter(*BINDERS)
def again(id: int) -> Response:
    """Make it from the beginning, after it failed or its process died."""
    job = _own(id)
    if job.state == ExportState.FAILED or export_jobs.is_silent(job):
        export_jobs.again(id)
        background.launch(BY_ITSELF, str(id))
    return redirect(url_for("exports.progress", id=id), 303)


@bp.get("/exports/<int:id>/file")
@enter(*BINDERS)
def file(id: int) -> Response:
    """The file, for who made it."""
    job = _own(id)
    path = export_jobs.path_of(job)
    if job.state != ExportState.DONE or not path.exists():
        raise Missing("这份文件还没有生成好，或者已经不在了。")
    return _sent(path, job.title, path.suffix.removeprefix("."))
