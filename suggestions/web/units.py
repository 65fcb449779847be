"""The units of the house, in the hands of the system administrator."""

from flask import Blueprint, flash, redirect, render_template, url_for

from suggestions import clock
from suggestions.domain.errors import Invalid
from suggestions.domain.states import Role
from suggestions.queries import people as asked
from suggestions.usecases import office
from suggestions.web.forms.people import UnitForm
from suggestions.web.guard import enter, visitor
from suggestions.web.people import Page, ask

bp = Blueprint("units", __name__)


@bp.get("/units")
@enter(Role.SYSADMIN)
def units() -> str:
    """Every unit, and how many people work there today."""
    return render_template("office/units.html", units=asked.units(clock.today()))


@bp.route("/units/new", methods=["GET", "POST"])
@enter(Role.SYSADMIN)
def new() -> Page:
    """Register a unit."""
    form, refusal = UnitForm(), None
    if form.validate_on_submit():
        try:
            unit = office.register_unit(
                (form.name.data or "").strip(),
                is_government=bool(form.is_government.data),
                phone=(form.phone.data or "").strip(),
                by=visitor().actor,
            )
        except Invalid as invalid:
            refusal = invalid
        else:
            flash(f"已登记{unit.name}。请安全管理员为它任职。", "done")
            return redirect(url_for("units.units"), 303)
    return ask(
        form,
        refusal,
        heading="登记单位",
        intro="登记以后，交办清单里写这个单位才认得出来。",
        send="登记",
        back_url=url_for("units.units"),
        back_label="单位",
    )
