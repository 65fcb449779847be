"""An import on its way: how far it is, what of a paper should be checked, and where to put it right."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from suggestions.documents import readings, scans, store
from suggestions.documents.safety import kind_of_checked
from suggestions.domain.errors import Missing
from suggestions.domain.states import Role
from suggestions.models import ImportJob, JobState
from suggestions.usecases import import_jobs
from suggestions.usecases.filing import Stored
from suggestions.usecases.handover_preview import Line
from suggestions.web import background
from suggestions.web.guard import enter, visitor
from suggestions.web.pages import leaves, picture

bp = Blueprint("importing", __name__)
AT_ONCE = 200
"""So many papers or rows are done while the person waits; more go on by themselves."""
LABELS = {
    "title": ("标题", ""),
    "lead": ("领衔代表", ""),
    "delegation": ("代表团", ""),
    "joint": ("附议代表", "姓名之间用顿号隔开；没有就空着。"),
    "category": ("类别", ""),
    "content": ("正文", "一段一行，照原件写；原件是扫描件的，可以空着，各单位看原件。"),
    "requests": ("诉求", "一条一行，不写序号；空着的，由承办单位拆分诉求时对照原件填写。"),
}


def kept(file: Any) -> Stored:
    """Store an uploaded file; nothing is checked yet."""
    name = (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1][:200]
    try:
        return Stored(name, store.keep(file.read()))
    finally:
        file.close()


def start(job_id: int, amount: int) -> None:
    """Do what is to be done for a job: here and now when it is little, else in a process of its own."""
    if amount <= AT_ONCE:
        import_jobs.go_on(job_id)
    else:
        background.launch("go-on-importing", str(job_id))


def my_job() -> ImportJob:
    """The import of this person; Missing without one."""
    job = import_jobs.current(visitor().person.id)
    if job is None:
        raise Missing
    return job


@bp.get("/import/progress")
@enter(Role.SUPERVISOR, Role.CLERK)
def progress() -> str | Response:
    """How far the import is; the page looks again by itself while something is under way."""
    job = my_job()
    if job.state == JobState.READY:
        return redirect(url_for("intake.preview"))
    total = import_jobs.size(job)
    return render_template(
        "import/progress.html",
        name=job.workbook["name"],
        is_reading=job.state == JobState.READING,
        is_done=job.state == JobState.DONE,
        is_silent=import_jobs.is_silent(job) and job.beat_at is not None,
        done=min(job.done, total),
        total=total,
        known=job.known,
        go_on_url=url_for("importing.go_on"),
        register_url=url_for("register.register"),
    )


@bp.post("/import/go-on")
@enter(Role.SUPERVISOR, Role.CLERK)
def go_on() -> Response:
    """Go on with an import that stopped; what was done stays done."""
    job = my_job()
    if import_jobs.is_silent(job):
        start(job.id, import_jobs.size(job))
    return redirect(url_for("importing.progress"), 303)


@bp.post("/import/originals")
@enter(Role.SUPERVISOR, Role.CLERK)
def originals() -> Response:
    """Bring more papers for the same workbook: many do not fit into one upload."""
    job = my_job()
    papers = [kept(file) for file in request.files.getlist("originals") if file and file.filename]
    if papers:
        import_jobs.add_originals(job.id, papers)
        start(job.id, len(job.originals) + len(papers))
    return redirect(url_for("importing.progress"), 303)


def _line(number: str) -> tuple[ImportJob, Line]:
    job = my_job()
    if job.state != JobState.READY:
        raise Missing
    found = next((line for line in import_jobs.brought(job).preview().lines if line.row.number == number), None)
    if found is None or found.file is None:
        raise Missing
    return job, found


@bp.route("/import/rows/<number>", methods=["GET", "POST"])
@enter(Role.SUPERVISOR, Role.CLERK)
def row(number: str) -> str | Response:
    """One row beside its paper: every field with what was read, why it is not sure, and a place to put it right."""
    job, line = _line(number)
    if request.method == "POST":
        words = {field: request.form[field] for field in readings.CORRECTABLE if field in request.form}
        import_jobs.correct(job.id, number, words)
        flash(f"第{number}号已核对，入册时以核对的为准。", "done")
        return redirect(url_for("intake.preview", _anchor="doubts-h"), 303)
    assert line.file is not None
    paper = leaves(line.file.sha256, line.file.name) if line.is_read else None
    return render_template(
        "import/row.html",
        number=number,
        row=line.row,
        name=line.file.name,
        fields=list(_fields(line)),
        blocks=paper.blocks if paper else [],
        texts=paper.texts if paper else (),
        pages=[url_for("importing.page", number=number, page=at) for at in range(1, (paper.pages if paper else 0) + 1)],
        back_url=url_for("intake.preview"),
    )


def _fields(line: Line) -> Any:
    """The fields of a row with what would be imported; those in doubt come first, each with its reasons and page."""
    read = line.original
    values = {
        "title": line.row.title,
        "lead": line.row.lead,
        "delegation": line.row.delegation,
        "joint": "、".join(line.joint),
        "category": line.row.category,
        "content": "\n".join(read.paragraphs) if read else "",
        "requests": "\n".join(line.guessed_requests),
    }
    fields = [
        {
            "name": name,
            "label": LABELS[name][0],
            "hint": LABELS[name][1],
            "value": value,
            "is_long": name in {"content", "requests"},
            "doubts": [doubt for doubt in line.doubts if doubt.field == name],
            "is_confirmed": name in line.words,
        }
        for name, value in values.items()
    ]
    return sorted(fields, key=lambda field: not field["doubts"])


@bp.get("/import/rows/<number>/pages/<int:page>.png")
@enter(Role.SUPERVISOR, Role.CLERK)
def page(number: str, page: int) -> Response:
    """One page of the paper of a row, as a picture."""
    job = my_job()
    named = {line.number: line.original_name for line in import_jobs.brought(job).rows()}
    paper = next((Stored(**each) for each in job.originals if each["name"] == named.get(number)), None)
    if paper is None or kind_of_checked(paper.name) not in scans.PAGED:
        raise Missing
    return picture(paper.sha256, page)


def check(workbook: Stored) -> None:
    """Look whether a workbook can be opened at all; Invalid, naming it, when not."""
    import_jobs.Brought(workbook, (), {}).rows()
