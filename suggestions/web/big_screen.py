"""The page for the screen in the meeting room; it comes anew by itself until somebody stops it."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.domain.states import Role
from suggestions.queries.big_screen import HIGH, PROMISES, WIDE, big_screen
from suggestions.web.guard import enter, visitor
from suggestions.web.shell import day_text

bp = Blueprint("big_screen", __name__)
READERS = (Role.SUPERVISOR, Role.INSPECTOR)
_SECONDS = 300


@bp.get("/big-screen")
@enter(*READERS)
def page() -> Response:
    """The numbers of today, large; with `still` they stand."""
    is_still = bool(request.args.get("still"))
    screen = big_screen(visitor().actor, clock.today())
    words = {"measures": (WIDE, HIGH), "promises": PROMISES, "minutes": _SECONDS // 60, "today_text": day_text()}
    other_url = url_for("big_screen.page", still=None if is_still else 1)
    body = render_template("big_screen.html", screen=screen, is_still=is_still, other_url=other_url, **words)
    answer = make_response(body)
    if not is_still:
        # A header, so that it needs no script; the link on the page stops it (WCAG 2.2.1).
        answer.headers["Refresh"] = str(_SECONDS)
    return answer
