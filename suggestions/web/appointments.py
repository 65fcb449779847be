"""A director's appointment before the second person: another security administrator, or the deputies office."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from suggestions.documents import store
from suggestions.domain.errors import Invalid, Missing
from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.models import Appointment, AppointmentState
from suggestions.queries import people as asked
from suggestions.usecases import appointments as verbs
from suggestions.web.forms.people import DecisionForm
from suggestions.web.forms.steps import show_faults
from suggestions.web.guard import enter, visitor
from suggestions.web.hand_overs import led_to_director

bp = Blueprint("appointments", __name__)
_OPEN = AppointmentState.PROPOSED
WORDS = {
    AppointmentState.PROPOSED: "待确认",
    AppointmentState.CONFIRMED: "已确认",
    AppointmentState.REFUSED: "没有同意",
    AppointmentState.WITHDRAWN: "已撤回",
}


@bp.get("/appointments")
@enter(*sorted(verbs.CONFIRMERS))
def appointments() -> str:
    """What waits for a second person, and what was decided last."""
    found = asked.appointments()
    return render_template(
        "office/appointments.html",
        waiting=[each for each in found if each.state is _OPEN],
        decided=[each for each in found if each.state is not _OPEN],
        words=WORDS,
    )


@bp.route("/appointments/<int:id>", methods=["GET", "POST"])
@enter(*sorted(verbs.CONFIRMERS))
def appointment(id: int) -> str | Response | tuple[str, int]:
    """One proposal: confirm it, refuse it, or take the own one back."""
    found = asked.appointment(id)
    if found is None:
        raise Missing()
    actor, form, refusal = visitor().actor, DecisionForm(), None
    if form.validate_on_submit():
        try:
            flash(_decide(found, request.form.get("decision", ""), form.reason.data or "", actor), "done")
            is_confirmed = found.state is AppointmentState.CONFIRMED
            if is_confirmed and (led := led_to_director(found.unit_id, found.person_id)):
                flash(led, "plain")
            return redirect(url_for("appointments.appointments"), 303)
        except Invalid as invalid:
            refusal = invalid
            show_faults(form, invalid.faults)
    is_own = actor.person_id == found.proposed_by_id
    page = render_template(
        "office/appointment.html",
        it=found,
        form=form,
        refusal=refusal,
        word=WORDS[found.state],
        is_open=found.state is _OPEN,
        may_decide=found.state is _OPEN and actor.person_id not in (found.proposed_by_id, found.person_id),
        may_withdraw=found.state is _OPEN and actor.role is Role.SECADMIN and (is_own or found.proposed_by_id is None),
        is_own=is_own,
    )
    return page, 422 if refusal or form.errors else 200


@bp.get("/appointments/<int:id>/scan")
@enter(*sorted(verbs.CONFIRMERS))
def scan(id: int) -> Response:
    """The scanned document on which somebody stands in for a director."""
    found = asked.appointment(id)
    if found is None or not found.scan_sha256:
        raise Missing()
    answer = send_file(BytesIO(store.read(found.scan_sha256)), download_name=found.scan_name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _decide(found: Appointment, decision: str, reason: str, by: Actor) -> str:
    what = f"{found.person.name}任{found.unit.name if found.unit else ''}{found.title}{'主持工作' if found.is_acting else ''}"
    match decision:
        case "confirm":
            verbs.confirm(found.id, by=by)
            return f"已确认：{what}，从{found.from_on}起生效。"
        case "refuse":
            verbs.refuse(found.id, reason=reason, by=by)
            return f"没有同意：{what}。"
        case "withdraw":
            verbs.withdraw(found.id, by=by)
            return f"已撤回：{what}。"
    raise Invalid("请选同意还是不同意。")
