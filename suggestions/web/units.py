"""The units of the house: the system administrator registers them, the security administrator sets who reviews."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for

from suggestions import clock
from suggestions.domain import rulebook
from suggestions.domain.errors import Invalid, Missing
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Unit
from suggestions.queries import people as asked
from suggestions.usecases import office
from suggestions.web.forms.people import EndorsementKindsForm, UnitForm
from suggestions.web.guard import enter, visitor
from suggestions.web.people import Page, ask

bp = Blueprint("units", __name__)


def _kinds() -> dict[str, str]:
    """The kinds of endorsement by code, as the rulebook of the house names them today."""
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    return {kind.code: kind.label for kind in rules.endorsements.values()}


@bp.get("/units")
@enter(Role.SYSADMIN, Role.SECADMIN)
def units() -> str:
    """Every unit, how many people work there today, and which kinds of endorsement its replies need."""
    role = visitor().actor.role
    return render_template(
        "office/units.html",
        units=asked.units(clock.today()),
        kinds=_kinds(),
        may_register=role is Role.SYSADMIN,
        may_set_kinds=role is Role.SECADMIN,
    )


@bp.route("/units/<int:id>/endorsement-kinds", methods=["GET", "POST"])
@enter(Role.SECADMIN)
def endorsement_kinds(id: int) -> Page:
    """Decide which kinds of endorsement a unit's replies need."""
    unit = db.session.get(Unit, id)
    if unit is None:
        raise Missing()
    form, refusal = EndorsementKindsForm.of(list(_kinds().items()), unit.endorsement_kinds), None
    if form.validate_on_submit():
        try:
            chosen = [code for code in form.kinds.data or () if code in _kinds()]
            office.set_endorsement_kinds(unit, chosen or None, by=visitor().actor)
        except Invalid as invalid:
            refusal = invalid
        else:
            flash(f"已改{unit.name}的审核种类，从现在起报签的复函照此办。", "done")
            return redirect(url_for("units.units"), 303)
    return ask(
        form,
        refusal,
        heading=f"{unit.name}的审核种类",
        intro="勾选的每一种，都要有审核人看过这一稿，复函才能报签；本单位没有审核人的，由局办公室审核。",
        send="保存",
        back_url=url_for("units.units"),
        back_label="单位",
    )


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
