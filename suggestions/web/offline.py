"""A secret item is registered by its number; nothing of its words or files comes into this house."""

import secrets
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from suggestions import clock
from suggestions.domain import lifecycle, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.domain.labels import ACTIONS
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models.facts import facts_of
from suggestions.usecases.offline import register_offline
from suggestions.web.forms import steps as forms
from suggestions.web.guard import enter, visitor

bp = Blueprint("offline", __name__)


@bp.route("/suggestions/offline", methods=["GET", "POST"])
@enter(Role.SUPERVISOR)
def new() -> Any:
    """Register a secret item that never was in this house."""
    actor = visitor().actor
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    facts = facts_of(db.session(), None, actor=actor, now=clock.now(), rules=rules)
    step = next(s for s in lifecycle.permitted(Life.SUGGESTION, Action.RECORD_OFFLINE, facts) if s.is_start)
    form = forms.form_for(step.asks, facts)
    refusal, status = None, 200
    key = (request.form.get("idempotency_key") or "")[:64] or None
    if request.method == "POST":
        try:
            id = register_offline(by=actor, words=forms.words(step.asks, form), key=key)
            flash(f"已{ACTIONS[step.action]}。{step.follows}", "done")
            return redirect(url_for("cases.suggestion", id=id), 303)
        except Invalid as invalid:
            forms.show_faults(form, invalid.faults)
            refusal, status = invalid, 422
    page = render_template(
        "intake/new.html",
        layout="base.html",
        form=form,
        asks=step.asks,
        label=ACTIONS[step.action],
        button="登记",
        follows=step.follows,
        refusal=refusal,
        idempotency_key=key or secrets.token_urlsafe(16),
    )
    return page, status
