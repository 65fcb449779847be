"""How a person wishes to be reached, the secret calendar, and what did not get through."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for

from suggestions import clock
from suggestions.domain.errors import Invalid, Missing
from suggestions.domain.reaching import CHANNELS, SENDINGS, Channel, Sending
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models.actors import is_worn_on
from suggestions.notify.calendar import Day, as_ics
from suggestions.notify.ways import ways
from suggestions.queries import deliveries as asked
from suggestions.queries.own_dates import own_dates
from suggestions.usecases import reaching
from suggestions.web.forms.reaching import ReachForm
from suggestions.web.forms.steps import show_faults
from suggestions.web.guard import ANYBODY, PUBLIC, enter, visitor
from suggestions.web.people import Page

bp = Blueprint("reaching", __name__)


def _ways() -> list[Channel]:
    return list(ways(current_app.config["MAIL_URL"], current_app.config["WEBHOOK_URL"]))


def _site() -> str:
    return str(current_app.config["SITE_URL"] or request.host_url).rstrip("/")


@bp.route("/reach", methods=["GET", "POST"])
@enter(ANYBODY)
def reach() -> Page:
    """What this person chose, with what did not get through; saving keeps it for that person alone."""
    form, refusal = ReachForm.of(reaching.reach_of(visitor().person.id), _ways()), None
    if form.validate_on_submit():
        try:
            reaching.set_reach(
                visitor().person.id,
                channels=form.chosen(),
                email=(form.email.data or "").strip(),
                rhythm=form.rhythm(),
            )
        except Invalid as invalid:
            refusal = invalid
            show_faults(form, invalid.faults)
        else:
            flash("已存，从现在起照此提醒。", "done")
            return redirect(url_for("reaching.reach"), 303)
    return _page(form, refusal), 422 if refusal or form.errors else 200


def _page(form: ReachForm, refusal: Invalid | None = None, calendar_url: str = "") -> str:
    person_id = visitor().person.id
    return render_template(
        "office/reach.html",
        form=form,
        refusal=refusal,
        has_ways=bool(form.channels.choices),
        has_calendar=reaching.reach_of(person_id).calendar_hash is not None,
        calendar_url=calendar_url,
        troubles=asked.troubles_of(person_id),
        channels=CHANNELS,
        states=SENDINGS,
    )


@bp.post("/reach/calendar")
@enter(ANYBODY)
def new_calendar() -> str:
    """Make a new calendar address and show it this once."""
    token = reaching.new_calendar(visitor().person.id)
    form = ReachForm.of(reaching.reach_of(visitor().person.id), _ways())
    return _page(form, calendar_url=f"{_site()}{url_for('reaching.calendar', token=token)}")


@bp.post("/reach/calendar/revoke")
@enter(ANYBODY)
def revoke_calendar() -> Page:
    """Let the calendar address be dead."""
    reaching.revoke_calendar(visitor().person.id)
    flash("日历地址已作废。", "done")
    return redirect(url_for("reaching.reach"), 303)


@bp.get("/calendar/<token>.ics")
@enter(PUBLIC)
def calendar(token: str) -> Response:
    """The due dates of whoever holds this secret address; a dead one is as if it had never been."""
    person = reaching.calendar_owner(token)
    if person is None:
        raise Missing
    posts = [post for post in person.posts if is_worn_on(db.session(), post, clock.today())]
    days = [Day(d.key, d.on, d.text, f"{_site()}{d.address}") for d in own_dates(person.id, posts)]
    return Response(as_ics(days, clock.now()), mimetype="text/calendar")


@bp.get("/deliveries")
@enter(Role.SYSADMIN)
def deliveries() -> str:
    """What did not get through, by person and channel, without a word of any case."""
    counts, has = asked.counts(), _ways()
    return render_template(
        "office/deliveries.html",
        rows=asked.troubles(),
        channels=CHANNELS,
        states=SENDINGS,
        figures=[
            (label, c in has, [(SENDINGS[s], counts.get((c, s), 0)) for s in Sending]) for c, label in CHANNELS.items()
        ],
    )
