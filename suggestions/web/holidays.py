"""The working-day table before the system administrator: which years are announced, and a new notice."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from suggestions.documents import holidays
from suggestions.domain.errors import Invalid
from suggestions.domain.holidays import Notice
from suggestions.domain.states import Role
from suggestions.queries import workdays as asked
from suggestions.usecases import office, redating, ticking
from suggestions.web.forms.holidays import HolidaysForm
from suggestions.web.forms.steps import show_faults, upload_of
from suggestions.web.guard import enter, visitor
from suggestions.web.people import Page

bp = Blueprint("holidays", __name__)


@bp.route("/holidays", methods=["GET", "POST"])
@enter(Role.SYSADMIN)
def announce() -> Page:
    """Read a notice, show what it says and how many cases it moves, and take it in once that was looked at."""
    form, refusal, notice = HolidaysForm(), None, None
    if form.validate_on_submit():
        try:
            notice = _read(form)
            if request.form.get("confirmed") == "yes":
                office.announce_holidays(notice, by=visitor().actor)
                moved = ticking.redate_owed()
                flash(f"{notice.year}年的放假安排已录入；重算了{moved}件的期限，有关的人都收到了提醒。", "done")
                return redirect(url_for("holidays.announce"), 303)
        except Invalid as invalid:
            refusal = invalid
            show_faults(form, invalid.faults)
    page = render_template(
        "office/holidays.html",
        form=form,
        refusal=refusal,
        found=notice,
        lines=notice.as_text() if notice else "",
        spells=asked.spells(notice.days) if notice else [],
        moved=redating.would_move(notice) if notice else 0,
        years=asked.years(),
    )
    return page, 422 if refusal or form.errors else 200


def _read(form: HolidaysForm) -> Notice:
    file = form.file.data
    if isinstance(file, FileStorage) and file.filename:
        upload = upload_of(file)
        return holidays.read("", year=form.year.data, name=upload.name, data=upload.data)
    return holidays.read(form.text.data or "", year=form.year.data)
