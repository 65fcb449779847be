"""How a person wishes to be reached, the secret calendar, and what did not get through."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from suggestions import clock
from suggestions.domain.errors import Invalid, Missing, NotNow
from suggestions.domain.reaching import CHANNELS, SENDINGS, Channel, Sending
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models.actors import is_worn_on
from suggestions.notify.calendar import Day, as_ics
from suggestions.notify.ways import ways
from suggestions.queries import deliveries as asked
from suggestions.queries.own_dates import own_dates
from suggestions.usecases import delivering, proving_email, reaching
from suggestions.web import background
from suggestions.web.forms.reaching import CodeForm, ReachForm
from suggestions.web.forms.steps import show_faults
from suggestions.web.guard import ANYBODY, PUBLIC, enter, visitor
from suggestions.web.people import Page

bp = Blueprint("reaching", __name__)


def _ways() -> list[Channel]:
    """What this house can send by; without an address of its own to write into a message, nothing."""
    config = current_app.config
    return list(ways(config["MAIL_URL"], config["WEBHOOK_URL"])) if config["SITE_URL"] else []


def _site() -> str:
    return str(current_app.config["SITE_URL"] or request.host_url).rstrip("/")


@bp.route("/reach", methods=["GET", "POST"])
@enter(ANYBODY)
def reach() -> Page:
    """What this person chose, with what did not get through; saving keeps it for that person alone."""
    form, refusal = ReachForm.of(reaching.reach_of(visitor().person.id), _ways()), None
    if form.validate_on_submit():
        was = reaching.reach_of(visitor().person.id).email
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
            now = reaching.reach_of(visitor().person.id)
            if now.email and now.email != was and Channel.MAIL in _ways():
                return ask_code()
            return redirect(url_for("reaching.reach"), 303)
    return _page(form, refusal), 422 if refusal or form.errors else 200


def _shown() -> ReachForm:
    """The settings as they are kept, on the answer to another form of the page."""
    return ReachForm.of(reaching.reach_of(visitor().person.id), _ways(), is_shown=True)


@bp.post("/reach/code")
@enter(ANYBODY)
def ask_code() -> Redirect:
    """Send a code to the address, from a process of its own: nobody waits for the mail server."""
    try:
        proving_email.ask_code(visitor().person.id)
    except NotNow as refusal:
        flash(refusal.message, "warn")
    else:
        background.launch("deliver")
    return redirect(url_for("reaching.reach"), 303)


@bp.post("/reach/code/prove")
@enter(ANYBODY)
def prove() -> Page:
    """Take the address as this person's own, for the code that was sent there."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            proving_email.prove(visitor().person.id, form.code.data or "")
        except Invalid as invalid:
            show_faults(form, invalid.faults)
        else:
            flash("邮件地址验证好了，从现在起提醒也发到这里。", "done")
            return redirect(url_for("reaching.reach"), 303)
    return _page(_shown(), code_form=form), 422


@bp.post("/reach/again/<int:id>")
@enter(ANYBODY)
def again(id: int) -> Redirect:
    """Try an own message once more that did not get through."""
    return _again(id, "reaching.reach", visitor().person.id)


@bp.post("/deliveries/<int:id>/again")
@enter(Role.SYSADMIN)
def again_for(id: int) -> Redirect:
    """Try somebody's message once more that did not get through."""
    return _again(id, "reaching.deliveries", None)


def _again(id: int, back: str, person_id: int | None) -> Redirect:
    try:
        delivering.send_again(id, person_id=person_id)
    except NotNow as refusal:
        flash(refusal.message, "warn")
    else:
        flash("排上了，几分钟内再送一次；安静时段里的，过了再送。", "done")
    return redirect(url_for(back), 303)


def _page(
    form: ReachForm, refusal: Invalid | None = None, calendar_url: str = "", code_form: CodeForm | None = None
) -> str:
    person_id = visitor().person.id
    reach = reaching.reach_of(person_id)
    is_to_prove = bool(reach.email) and not reach.is_email_proven and Channel.MAIL in _ways()
    return render_template(
        "office/reach.html",
        form=form,
        refusal=refusal,
        has_ways=bool(form.channels.choices),
        reach=reach,
        code_form=code_form or CodeForm() if is_to_prove else None,
        code=proving_email.newest(reach) if is_to_prove else None,
        has_calendar=reach.calendar_hash is not None,
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
    return _page(_shown(), calendar_url=f"{_site()}{url_for('reaching.calendar', token=token)}")


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
        lacks_site=not has and bool(current_app.config["MAIL_URL"] or current_app.config["WEBHOOK_URL"]),
        channels=CHANNELS,
        states=SENDINGS,
        figures=[
            (label, c in has, [(SENDINGS[s], counts.get((c, s), 0)) for s in Sending]) for c, label in CHANNELS.items()
        ],
    )
