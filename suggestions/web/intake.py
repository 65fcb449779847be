"""New suggestions: written here, or handed over as a workbook."""

import secrets
from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.documents.originals import Doubt
from suggestions.domain import lifecycle, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import due
from suggestions.domain.errors import Invalid, NotAllowed
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.lifecycle import Field, Kind, Step
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models import JobState
from suggestions.models.calendar import calendar
from suggestions.models.facts import facts_of
from suggestions.queries.desks.posts import vacancies_of
from suggestions.queries.paging import Page
from suggestions.usecases import handover_preview, housekeeping, import_jobs, record
from suggestions.usecases import importing as importing_verbs
from suggestions.usecases import intake as verbs
from suggestions.usecases.handover_preview import Fate
from suggestions.web import importing, paper_drafts
from suggestions.web.forms import steps as forms
from suggestions.web.guard import enter, visitor
from suggestions.web.pager import pager

bp = Blueprint("intake", __name__)
PAGE = 50
"""Rows of a preview on one page."""


class ImportForm(FlaskForm):
    """A workbook and the papers it names."""

    workbook = FileField("交办清单", [FileRequired("请选择交办清单。")])
    originals = MultipleFileField("建议原件")


@bp.route("/suggestions/new", methods=["GET", "POST"])
@enter(Role.DEPUTY, Role.SUPERVISOR)
def new() -> Any:
    """Begin a suggestion."""
    actor = visitor().actor
    facts, step, asks = _asked(actor)
    is_on_paper = actor.role is Role.SUPERVISOR
    paper = paper_drafts.paper_of(visitor().person.id) if is_on_paper and _wants_paper() else None
    sheet = _sheet(paper.sha256 if paper else "")
    kept = housekeeping.working_copy(visitor().person.id, Life.SUGGESTION, 0, sheet)
    form = forms.form_for(asks, facts, kept.content if kept else None)
    read = paper_drafts.fill(form, paper, is_kept=kept is not None) if paper else None
    refusal, status = None, 200
    if request.method == "POST":
        try:
            words = forms.words(asks, form)
            if paper:
                words["files"] = [paper, *words["files"]]
            key = (request.form.get("idempotency_key") or "")[:64] or None
            id = verbs.draft(by=actor, words=words, key=key)
            if paper:
                paper_drafts.forget(visitor().person.id)
            housekeeping.drop_working_copy(visitor().person.id, Life.SUGGESTION, 0, sheet)
            flash(f"{'已录入' if is_on_paper else '已起草'}。{step.follows}", "done")
            return redirect(url_for("cases.suggestion", id=id), 303)
        except Invalid as invalid:
            forms.show_faults(form, invalid.faults)
            refusal, status = invalid, 422
    page = render_template(
        "intake/new.html",
        layout="deputy/base.html" if actor.role is Role.DEPUTY else "base.html",
        form=form,
        asks=asks,
        label="录入纸质建议" if is_on_paper else ACTIONS[Action.DRAFT],
        follows=step.follows,
        refusal=refusal,
        is_on_paper=is_on_paper,
        read=read,
        read_url=url_for("paper_drafts.read_paper"),
        autosave_url=url_for("intake.keep", paper=paper.sha256 if paper else None),
        kept_at=kept.saved_at if kept else None,
        idempotency_key=request.form.get("idempotency_key") or secrets.token_urlsafe(16),
    )
    return page, status


@bp.post("/suggestions/new/working-copy")
@enter(Role.DEPUTY, Role.SUPERVISOR)
def keep() -> tuple[str, int]:
    """Keep the words of a suggestion that is not there yet; a sheet that was taken is not kept any more."""
    person = visitor().person
    if record.taken(person.id, request.form.get("idempotency_key")):
        return "", 409
    facts, _, asked = _asked(visitor().actor)
    asks = tuple(ask for ask in asked if ask.kind is not Kind.FILES)
    content = forms.words(asks, forms.form_for(asks, facts))
    housekeeping.save_working_copy(person.id, Life.SUGGESTION, 0, _sheet(request.args.get("paper", "")), content)
    return "", 204


def _asked(actor: Actor) -> tuple[Facts, Step, tuple[Field, ...]]:
    """The step that begins a suggestion, and what it asks this person."""
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    facts = facts_of(db.session(), None, actor=actor, now=clock.now(), rules=rules)
    step = lifecycle.permitted(Life.SUGGESTION, Action.DRAFT, facts)[0]
    return facts, step, tuple(a for a in step.asks if a.name != "lead" or actor.role is Role.SUPERVISOR)


def _sheet(paper: str) -> str:
    """The name of the working copy: what was corrected beside one paper is not put beside another."""
    return f"{Action.DRAFT} {paper[:32]}".rstrip()


def _wants_paper() -> bool:
    """Whether the form goes on with the paper that was read for it."""
    return "paper" in request.args or "is_read" in request.form


def _may_import() -> None:
    if visitor().actor.role is Role.CLERK and current_app.config["HOUSE"] != "bureau":
        raise NotAllowed("全区的交办清单由人代工委导入。")


@bp.route("/import", methods=["GET", "POST"])
@enter(Role.SUPERVISOR, Role.CLERK)
def upload() -> str | Response | tuple[str, int]:
    """Take a workbook with its originals, and show what it would do before it does it."""
    _may_import()
    form = ImportForm()
    message = None
    if form.validate_on_submit():
        workbook = importing.kept(form.workbook.data)
        papers = [importing.kept(file) for file in form.originals.data or () if file and file.filename]
        try:
            importing.check(workbook)
        except Invalid as invalid:
            message = invalid.message
        else:
            post = visitor().actor.post_id
            assert post is not None
            job = import_jobs.begin(visitor().person.id, post, workbook, papers)
            importing.start(job, len(papers))
            return redirect(url_for("importing.progress"), 303)
    page = render_template(
        "import/upload.html",
        form=form,
        upload_url=url_for("intake.upload"),
        past_url=url_for("past.upload"),
        template_url="",
        message=message,
    )
    return page, 422 if message or form.errors else 200


@bp.get("/import/preview")
@enter(Role.SUPERVISOR, Role.CLERK)
def preview() -> str | Response:
    """What the workbook would do: each row new, known or in conflict; each fault with row and column."""
    _may_import()
    job = import_jobs.current(visitor().person.id)
    if job is None:
        return redirect(url_for("intake.upload"))
    if job.state != JobState.READY:
        return redirect(url_for("importing.progress"))
    judged = import_jobs.brought(job).preview()
    fates = [line.fate for line in judged.lines]
    # What needs a person comes first.
    lines = sorted(judged.lines, key=lambda line: (line.fate is not Fate.CONFLICT, not _doubts(line)))
    page = Page.nearest(request.args.get("page", 1, int), len(lines), PAGE)
    faulty = {fault.row for fault in judged.faults}
    named = {unit for line in judged.lines for unit in (*line.row.main_units, *line.row.co_units)}
    return render_template(
        "import/preview.html",
        rows=[_line(line, is_faulty=line.row.row in faulty) for line in lines[page.before : page.last]],
        warnings=vacancies_of(clock.today(), named),
        faults=judged.faults[:PAGE],
        more_faults=max(0, len(judged.faults) - PAGE),
        counts={fate.value: fates.count(fate) for fate in Fate} | {"new": len(judged.new)},
        doubtful=sum(1 for line in lines if _doubts(line)),
        stopped=job.message,
        pager=pager(page, partial(url_for, "intake.preview")),
        confirm_url=url_for("intake.confirm"),
        originals_url=url_for("importing.originals"),
        back_url=url_for("intake.upload"),
    )


def _doubts(line: handover_preview.Line) -> tuple[Doubt, ...]:
    """What of a row that would become a case a person should look at."""
    return line.doubts if line.fate is Fate.NEW else ()


def _line(line: handover_preview.Line, *, is_faulty: bool) -> dict[str, Any]:
    row = line.row
    rules = rulebook.load(current_app.config["RULEBOOK"], row.assigned_on)
    term = rules.term("reply_complex" if row.is_complex else "reply_ordinary")
    reply = due(term, row.assigned_on, calendar(db.session())) if row.assigned_on else None
    units = "、".join(row.main_units) + (f"；协办：{'、'.join(row.co_units)}" if row.co_units else "")
    return {
        "number": f"第{row.number}号",
        "title": row.title,
        "lead": f"{row.lead}代表 {row.delegation}",
        "units": units,
        "dates": str(row.assigned_on or ""),
        "due": str(reply.on) if reply else "",
        "state": "faulty" if is_faulty and line.fate is handover_preview.Fate.NEW else line.fate.value,
        "files": 1 if line.file else 0,
        "doubts": [f"{importing.LABELS[doubt.field][0]}：{doubt.reason}" for doubt in _doubts(line)],
        "is_checked": bool(line.words),
        "check_url": url_for("importing.row", number=row.number) if line.file and line.fate is Fate.NEW else "",
    }


@bp.post("/import/confirm")
@enter(Role.SUPERVISOR, Role.CLERK)
def confirm() -> Response:
    """Import what was previewed; nothing when it has a fault."""
    _may_import()
    job = import_jobs.current(visitor().person.id)
    if job is None:
        return redirect(url_for("intake.upload"), 303)
    try:
        import_jobs.confirm(job.id)
    except importing_verbs.Refused as refused:
        flash(refused.message, "warn")
        return redirect(url_for("intake.preview"), 303)
    importing.start(job.id, job.total)
    return redirect(url_for("importing.progress"), 303)
