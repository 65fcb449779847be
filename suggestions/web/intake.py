"""New suggestions: written here, or handed over as a workbook."""

import secrets
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.domain import lifecycle, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import due
from suggestions.domain.errors import Invalid, NotAllowed
from suggestions.domain.labels import ACTIONS
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models.calendar import calendar
from suggestions.models.facts import facts_of
from suggestions.queries.desks.posts import vacancies_of
from suggestions.usecases import handover_preview, importing
from suggestions.usecases import intake as verbs
from suggestions.web import uploads
from suggestions.web.forms import steps as forms
from suggestions.web.guard import enter, visitor

bp = Blueprint("intake", __name__)


class ImportForm(FlaskForm):
    """A workbook and the papers it names."""

    workbook = FileField("交办清单", [FileRequired("请选择交办清单。")])
    originals = MultipleFileField("建议原件")


@bp.route("/suggestions/new", methods=["GET", "POST"])
@enter(Role.DEPUTY, Role.SUPERVISOR)
def new() -> Any:
    """Begin a suggestion."""
    actor = visitor().actor
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    facts = facts_of(db.session(), None, actor=actor, now=clock.now(), rules=rules)
    step = lifecycle.permitted(Life.SUGGESTION, Action.DRAFT, facts)[0]
    asks = tuple(ask for ask in step.asks if ask.name != "lead" or actor.role is Role.SUPERVISOR)
    form = forms.form_for(asks, facts)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            words = forms.words(asks, form)
            key = (request.form.get("idempotency_key") or "")[:64] or None
            id = verbs.draft(by=actor, words=words, key=key)
            flash(f"已起草。{step.follows}", "done")
            return redirect(url_for("cases.suggestion", id=id), 303)
        except Invalid as invalid:
            forms.show_faults(form, invalid.faults)
            refusal, status = invalid, 422
    page = render_template(
        "intake/new.html",
        layout="deputy/base.html" if actor.role is Role.DEPUTY else "base.html",
        form=form,
        asks=asks,
        label=ACTIONS[Action.DRAFT],
        follows=step.follows,
        refusal=refusal,
        idempotency_key=request.form.get("idempotency_key") or secrets.token_urlsafe(16),
    )
    return page, status


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
        try:
            pair, kept = uploads.keep(form.workbook.data, form.originals.data)
            handover_preview.preview(*pair)
        except Invalid as invalid:
            message = invalid.message
        else:
            uploads.remember(Action.IMPORT_HANDOVER, kept)
            return redirect(url_for("intake.preview"), 303)
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
    kept = uploads.waiting(Action.IMPORT_HANDOVER)
    if kept is None:
        return redirect(url_for("intake.upload"))
    judged = handover_preview.preview(*kept)
    fates = [line.fate for line in judged.lines]
    faulty = {fault.row for fault in judged.faults}
    named = {unit for line in judged.lines for unit in (*line.row.main_units, *line.row.co_units)}
    return render_template(
        "import/preview.html",
        rows=[_line(line, is_faulty=line.row.row in faulty) for line in judged.lines],
        warnings=vacancies_of(clock.today(), named),
        faults=judged.faults,
        counts={fate.value: fates.count(fate) for fate in handover_preview.Fate} | {"new": len(judged.new)},
        confirm_url=url_for("intake.confirm"),
        back_url=url_for("intake.upload"),
    )


def _line(line: handover_preview.Line, *, is_faulty: bool) -> dict[str, Any]:
    row = line.row
    rules = rulebook.load(current_app.config["RULEBOOK"], row.assigned_on)
    term = rules.term("reply_complex" if row.is_complex else "reply_ordinary")
    reply = due(term, row.assigned_on, calendar(db.session())) if row.assigned_on else None
    units = "、".join(row.main_units) + (f"；协办：{'、'.join(row.co_units)}" if row.co_units else "")
    unsure = line.original.unsure if line.original else ()
    return {
        "number": f"第{row.number}号",
        "title": row.title,
        "lead": f"{row.lead}代表 {row.delegation}",
        "units": units,
        "dates": str(row.assigned_on or ""),
        "due": str(reply.on) if reply else "",
        "state": "faulty" if is_faulty and line.fate is handover_preview.Fate.NEW else line.fate.value,
        "files": 1 if line.file else 0,
        "note": "；".join(unsure),
    }


@bp.post("/import/confirm")
@enter(Role.SUPERVISOR, Role.CLERK)
def confirm() -> Response:
    """Import what was previewed; nothing when it has a fault."""
    _may_import()
    kept = uploads.waiting(Action.IMPORT_HANDOVER)
    if kept is None:
        return redirect(url_for("intake.upload"), 303)
    try:
        done = importing.import_handover(*kept, by=visitor().actor)
    except importing.Refused as refused:
        flash(refused.message, "warn")
        return redirect(url_for("intake.preview"), 303)
    uploads.forget(Action.IMPORT_HANDOVER)
    flash(f"入册{done.added}件，原来就有{done.known}件。承办单位的办公桌面上已经能看到。", "done")
    return redirect(url_for("register.register"), 303)
