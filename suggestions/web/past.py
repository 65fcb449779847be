"""Cases of past years handed over as a workbook: looked at first, then imported."""

from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from werkzeug.wrappers import Response

from suggestions.documents.safety import MediaType
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.domain.states import Role
from suggestions.practice import PAST
from suggestions.usecases import importing_past, past_preview
from suggestions.usecases.handover_preview import Fate, Line
from suggestions.usecases.importing import Refused
from suggestions.web import uploads
from suggestions.web.guard import enter, visitor

bp = Blueprint("past", __name__)


class PastForm(FlaskForm):
    """A list of past years, with the originals and replies that it names."""

    workbook = FileField("往年件清单", [FileRequired("请选择往年件清单。")])
    originals = MultipleFileField("原件和复函")


@bp.route("/import/past", methods=["GET", "POST"])
@enter(Role.SUPERVISOR, Role.CLERK)
def upload() -> str | Response | tuple[str, int]:
    """Take a list of past years with its papers, and show what it would do before it does it."""
    form = PastForm()
    message = None
    if form.validate_on_submit():
        try:
            pair, kept = uploads.keep(form.workbook.data, form.originals.data)
            past_preview.preview_past(*pair, by=visitor().actor)
        except Invalid as invalid:
            message = invalid.message
        else:
            uploads.remember(Action.IMPORT_PAST, kept)
            return redirect(url_for("past.preview"), 303)
    actor = visitor().actor
    page = render_template(
        "import/past_upload.html",
        form=form,
        upload_url=url_for("past.upload"),
        template_url=url_for("past.example"),
        own_unit=actor.unit_name if actor.role is Role.CLERK else "",
        message=message,
    )
    return page, 422 if message or form.errors else 200


@bp.get("/import/past/example")
@enter(Role.SUPERVISOR, Role.CLERK)
def example() -> Response:
    """A list of past years as it is written, to fill in or to try out."""
    book = BytesIO((PAST / "past.xlsx").read_bytes())
    return send_file(book, str(MediaType.XLSX), as_attachment=True, download_name="往年件清单（示例）.xlsx")


@bp.get("/import/past/preview")
@enter(Role.SUPERVISOR, Role.CLERK)
def preview() -> str | Response:
    """What the list would do: each row new, known or in conflict; each fault with row and column."""
    pair = uploads.waiting(Action.IMPORT_PAST)
    if pair is None:
        return redirect(url_for("past.upload"))
    judged = past_preview.preview_past(*pair, by=visitor().actor)
    fates = [line.fate for line in judged.lines]
    return render_template(
        "import/past_preview.html",
        rows=[_line(line) for line in judged.lines],
        faults=judged.faults,
        counts={fate.value: fates.count(fate) for fate in Fate},
        confirm_url=url_for("past.confirm"),
        back_url=url_for("past.upload"),
    )


def _line(line: Line) -> dict[str, Any]:
    row, note = line.row, line.row.past
    assert note is not None
    meeting = note.meeting
    still_open = [promise for promise in note.promises if not promise.is_kept]
    return {
        "number": f"第{row.number}号",
        "session": f"{meeting.term}届{meeting.session}次" if meeting else "",
        "title": row.title,
        "lead": f"{row.lead}代表 {row.delegation}",
        "unit": "、".join(row.main_units),
        "reply": note.document_number,
        "replied_on": str(note.replied_on or ""),
        "result_class": past_preview.class_of(note.result_class),
        "rating": note.rating,
        "promises": len(still_open),
        "kept": len(note.promises) - len(still_open),
        "state": line.fate.value,
    }


@bp.post("/import/past/confirm")
@enter(Role.SUPERVISOR, Role.CLERK)
def confirm() -> Response:
    """Import what was previewed; nothing when it has a fault."""
    pair = uploads.waiting(Action.IMPORT_PAST)
    if pair is None:
        return redirect(url_for("past.upload"), 303)
    try:
        done = importing_past.import_past(*pair, by=visitor().actor)
    except Refused as refused:
        flash(refused.message, "warn")
        return redirect(url_for("past.preview"), 303)
    uploads.forget(Action.IMPORT_PAST)
    flash(f"往年件入册{done.added}件，原来就有{done.known}件。没有兑现的承诺从今天起亮灯、提醒。", "done")
    return redirect(url_for("register.register", past="1"), 303)
