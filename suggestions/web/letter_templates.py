"""An office's own words on its letters, and the register of its numbers: for the clerk of the unit."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from suggestions import clock
from suggestions.domain.errors import Invalid, Missing, Stale
from suggestions.domain.letter_form import LetterForm
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Unit
from suggestions.models.letter_template import numbers_of, templates_of
from suggestions.queries.letter_sample import register_of, sample_sheet
from suggestions.queries.letter_view import Sheet
from suggestions.queries.looking import full_moment
from suggestions.usecases.letter_templates import cleaned, set_letter_template
from suggestions.web.forms.letters import LetterTemplateForm
from suggestions.web.forms.steps import show_faults
from suggestions.web.guard import enter, visitor
from suggestions.web.people import Page

bp = Blueprint("letter_templates", __name__)
bp.add_app_template_filter(full_moment, "whole_moment")


def _unit() -> Unit:
    """The unit of the clerk who asks."""
    unit = db.session.get(Unit, visitor().actor.unit_id)
    if unit is None:
        raise Missing
    return unit


def _sample(unit: Unit, form: LetterForm) -> Sheet:
    congress = str(current_app.config["CONGRESS"])
    return sample_sheet(form, unit=unit.name, phone=unit.phone, congress=congress, today=clock.today())


@bp.route("/letter-template", methods=["GET", "POST"])
@enter(Role.CLERK)
def template() -> Page:
    """The words that count now with a made-up letter in them; `preview` tries other words, saving makes a version."""
    unit = _unit()
    versions = templates_of(db.session(), unit.id)
    now = versions[0].form() if versions else LetterForm()
    form, shown = LetterTemplateForm.of(now), now
    refusal: Invalid | Stale | None = None
    if form.validate_on_submit():
        try:
            shown = cleaned(form.words())
            if "preview" not in request.form:
                seen = form.seen_version.data or ""
                made = set_letter_template(
                    form.words(), seen_version=int(seen) if seen.isdigit() else -1, by=visitor().actor
                )
                flash(f"已存成第{made.version}版。以后起草的复函用这一版；已经定稿的，照旧。", "done")
                return redirect(url_for("letter_templates.template"), 303)
        except Invalid as invalid:
            refusal = invalid
            show_faults(form, invalid.faults)
        except Stale as stale:
            refusal = stale
    page = render_template(
        "office/letter_template.html",
        form=form,
        refusal=refusal,
        unit=unit,
        version=now.version,
        versions=versions,
        letter=_sample(unit, shown),
        is_preview="preview" in request.form,
    )
    return page, refusal.status if refusal else 200


@bp.get("/letter-template/<int:version>")
@enter(Role.CLERK)
def version(version: int) -> str:
    """One version as it was: its words, and a made-up letter in them."""
    unit = _unit()
    found = next((each for each in templates_of(db.session(), unit.id) if each.version == version), None)
    if found is None:
        raise Missing
    return render_template("office/letter_version.html", template=found, unit=unit, letter=_sample(unit, found.form()))


@bp.get("/letter-numbers")
@enter(Role.CLERK)
def numbers() -> str:
    """Every number that the unit's letters went out under, with the gaps and their reasons."""
    unit = _unit()
    versions = templates_of(db.session(), unit.id)
    form = versions[0].form() if versions else LetterForm()
    register = register_of(numbers_of(db.session(), unit.id), form, clock.today())
    return render_template("office/letter_numbers.html", register=register, unit=unit)
