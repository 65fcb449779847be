"""Closed by default: every route says who may enter, or the program does not start."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, g, redirect, request, url_for
from flask_login import UserMixin, current_user
from werkzeug.wrappers import Response

from suggestions import clock, database
from suggestions.domain.errors import NotAllowed
from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.extensions import db, login_manager
from suggestions.models import LoginSession, Person, Post
from suggestions.models.actors import actor_of, is_worn_on
from suggestions.usecases import accounts, housekeeping

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
ANYBODY = "anybody"
POLICIES: dict[Callable[..., Any], tuple[str | Role, ...]] = {}
"""Who may enter each view, as `enter` declares it."""
_HATLESS = frozenset({"auth.hats", "auth.logout"})
_FOR_WHO_LEFT = frozenset(f"hand_overs.{name}" for name in ("index", "page", "word", "pdf"))
"""What somebody enters who holds no post at all: whoever left still reads and signs what they handed over."""
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Visitor(UserMixin):
    """A logged-in person with the hat they wear in this session."""

    def __init__(self, token: str, login: LoginSession) -> None:
        self.token = token
        self.login = login
        self.person: Person = login.person
        self._worn: dict[tuple[int, date], bool] = {}

    def get_id(self) -> str:
        """What the cookie carries: the random id of the session, never the person's."""
        return self.token

    @property
    def posts(self) -> list[Post]:
        """The posts this person holds today, and a former deputy's while a suggestion they lead is open."""
        return [post for post in self.person.posts if self._may_wear(post)]

    @property
    def post(self) -> Post | None:
        """The hat of this session, while it is held."""
        post = self.login.post
        return post if post is not None and self._may_wear(post) else None

    def _may_wear(self, post: Post) -> bool:
        today = clock.today()
        if (post.id, today) not in self._worn:
            self._worn[post.id, today] = is_worn_on(db.session(), post, today)
        return self._worn[post.id, today]

    @property
    def actor(self) -> Actor:
        """Who acts; LookupError when no hat is on."""
        return actor_of(self.post, clock.today())


def visitor() -> Visitor:
    """The logged-in person of this request."""
    found: Visitor = current_user._get_current_object()
    return found


def enter(*policy: str | Role) -> Callable[[View], View]:
    """Declare who may enter a view: PUBLIC, ANYBODY who is logged in, or these roles."""

    def declare(view: View) -> View:
        POLICIES[view] = policy
        return view

    return declare


@login_manager.user_loader
def _load(token: str) -> Visitor | None:
    login = accounts.live_session(token)
    return None if login is None else Visitor(token, login)


def _policy(app: Flask) -> tuple[str | Role, ...]:
    view = app.view_functions.get(request.endpoint or "")
    return () if view is None else POLICIES.get(view, ())


def _check_origin() -> None:
    origin = request.headers.get("Origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.host:
        abort(403, "请求来自别的网站，没有办理。")


def _guard(app: Flask) -> Response | None:
    policy = _policy(app)
    if request.method in _WRITES:
        _check_origin()
    if request.endpoint is None or PUBLIC in policy:
        return None
    if not current_user.is_authenticated:
        # Whoever sent a form comes back to it: the step was not taken, and the words wait there.
        is_page = "GET" in (request.url_rule.methods or ()) if request.url_rule else False
        following = request.full_path.rstrip("?") if is_page else None
        return redirect(url_for("auth.login", next=following))
    person = visitor()
    if clock.now() - person.login.last_seen_at > housekeeping.SEEN_EVERY and request.method == "GET":
        housekeeping.note_seen(person.login.id)
    has_left = request.endpoint in _FOR_WHO_LEFT and not person.posts
    if person.post is None and request.endpoint not in _HATLESS and not has_left:
        return redirect(url_for("auth.hats"))
    if person.person.is_password_given and request.endpoint not in ("auth.hats", "auth.password", "auth.logout"):
        return redirect(url_for("auth.password"))
    roles = {role for role in policy if isinstance(role, Role)}
    if ANYBODY not in policy and person.actor.role not in roles:
        raise NotAllowed("这一页不由您的岗位使用。")
    return None


def _begin_writing() -> None:
    if request.method in _WRITES:
        g.writing = database.writing()
        g.writing.__enter__()


def _end_writing(_error: BaseException | None) -> None:
    writing = g.pop("writing", None)
    if writing is not None:
        writing.__exit__(None, None, None)


def check_routes(app: Flask) -> None:
    """RuntimeError for the first route that does not declare who may enter."""
    POLICIES[app.view_functions["static"]] = (PUBLIC,)
    for rule in app.url_map.iter_rules():
        if not POLICIES.get(app.view_functions[rule.endpoint]):
            raise RuntimeError(f"route {rule.rule} ({rule.endpoint}) does not say who may enter")


def init_app(app: Flask) -> None:
    """Put the guard before every request."""
    check_routes(app)
    app.before_request(_begin_writing)
    app.before_request(lambda: _guard(app))
    app.teardown_request(_end_writing)
