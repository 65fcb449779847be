"""Login, logout, hats, password, preferences: who is there."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from suggestions.domain.errors import DomainError, Invalid
from suggestions.domain.labels import ROLES
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.extensions import db
from suggestions.models import Person, Post
from suggestions.practice.people import ACCOUNTS
from suggestions.usecases import accounts, housekeeping
from suggestions.web.forms.auth import LoginForm, PasswordForm
from suggestions.web.guard import ANYBODY, PUBLIC, Visitor, enter, visitor
from suggestions.web.hand_overs import lists_left

bp = Blueprint("auth", __name__)
_WRONG = "账号或密码不对，请重新输入。"


def _person(name: str) -> Person | None:
    """By account; a deputy also by name, when only one has it."""
    person = db.session.scalar(select(Person).where(Person.username == name))
    if person is not None:
        return person
    deputies = select(Person).join(Post).where(Person.name == name, Post.role == Role.DEPUTY).distinct()
    found = list(db.session.scalars(deputies))
    return found[0] if len(found) == 1 else None


def own_path(target: str | None) -> str | None:
    """The target when it is a path of this very site, otherwise None."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc or any(ord(sign) < 32 or sign == "\\" for sign in target) else target


@bp.route("/login", methods=["GET", "POST"])
@enter(PUBLIC)
def login() -> str | Response | tuple[str, int]:
    """Ask for account and password; the same answer for an unknown account and a wrong password."""
    form = LoginForm()
    following = own_path(request.values.get("next"))
    if current_user.is_authenticated and request.method == "GET":
        return redirect(following or url_for("desks.desk"))
    message, status = None, 200
    if form.validate_on_submit():
        try:
            return _enter(form, following)
        except DomainError as refusal:
            message, status = refusal.message, refusal.status
    page = render_template(
        "login.html",
        form=form,
        message=message,
        next_url=following or "",
        practice_accounts=_practice_accounts(),
        practice_password=current_app.config["PRACTICE_PASSWORD"] if current_app.config["PRACTICE"] else "",
    )
    return page, status


def _enter(form: LoginForm, following: str | None) -> Response:
    name = (form.username.data or "").strip()
    person = _person(name)
    counted = (person.username if person and person.username else name)[:100]
    accounts.refuse_if_locked(counted)
    if person is None or not accounts.is_right_password(person, form.password.data or ""):
        accounts.is_right_password(None, "") if person is None else None
        accounts.count_failure(counted, "login")
        raise Invalid(_WRONG)
    if current_user.is_authenticated:
        accounts.revoke_session(visitor().login)
    token = accounts.open_session(person, request.headers.get("User-Agent", ""))
    session = accounts.live_session(token)
    if session is None:
        raise Invalid(_WRONG)
    login_user(Visitor(token, session))
    posts = visitor().posts
    if len(posts) == 1:
        accounts.choose_post(session, posts[0])
        return redirect(following or url_for("desks.desk"), 303)
    return redirect(url_for("auth.hats", next=following), 303)


def _practice_accounts() -> list[dict[str, str]]:
    if not current_app.config["PRACTICE"]:
        return []
    return [
        {"username": a.username, "name": a.name, "unit": a.unit or a.title, "role": ROLES[a.role]} for a in ACCOUNTS
    ]


@bp.route("/hats", methods=["GET", "POST"])
@enter(ANYBODY)
def hats() -> str | Response:
    """Choose which hat to wear; a person without a post today is told so."""
    person = visitor()
    posts = person.posts
    following = own_path(request.values.get("next"))
    wanted = next((post for post in posts if str(post.id) == request.form.get("post")), None)
    if request.method == "POST" and wanted is not None:
        accounts.choose_post(person.login, wanted)
        return redirect(following or url_for("desks.desk"), 303)
    return render_template(
        "choose_post.html",
        person_name=person.person.name,
        posts=[
            {"id": p.id, "title": p.title or ROLES[p.role], "unit": p.unit.name if p.unit else "", "count": 0}
            for p in posts
        ],
        choose_url=url_for("auth.hats", next=following),
        lists=() if posts else lists_left(),
        has_left=not posts and any(post.role in UNIT_ROLES for post in person.person.posts),
    )


@bp.post("/logout")
@enter(ANYBODY)
def logout() -> Response:
    """End the session on the server, so that an old cookie is dead."""
    accounts.revoke_session(visitor().login)
    logout_user()
    flash("您已退出。", "plain")
    return redirect(url_for("auth.login"), 303)


@bp.route("/password", methods=["GET", "POST"])
@enter(ANYBODY)
def password() -> str | Response | tuple[str, int]:
    """Change the own password; other sessions end."""
    form = PasswordForm()
    if form.validate_on_submit():
        person = visitor()
        try:
            accounts.change_password(
                person.person,
                person.login,
                old=form.old.data or "",
                new=form.new.data or "",
                again=form.again.data or "",
            )
        except Invalid as fault:
            for name, sentence in fault.faults.items():
                form[name].errors = [sentence]
            return render_template("password.html", form=form, is_first=visitor().person.is_password_given), 422
        flash("密码已改，别处的登录都已退出。", "done")
        return redirect(url_for("desks.desk"), 303)
    return render_template("password.html", form=form, is_first=visitor().person.is_password_given)


def back() -> str:
    """Where the person came from, when it was this site; otherwise the desk."""
    came = urlsplit(request.referrer or "")
    target = f"{came.path}?{came.query}" if came.query else came.path
    return (own_path(target) if came.netloc == request.host else None) or url_for("desks.desk")


@bp.post("/preference/<any(large, contrast):switch>")
@enter(ANYBODY)
def preference(switch: str) -> Response:
    """Switch large type or high contrast for this person."""
    person = visitor().person
    if switch == "large":
        housekeeping.set_preference(person.id, is_large=not person.is_large)
    else:
        housekeeping.set_preference(person.id, is_contrast=not person.is_contrast)
    return redirect(back(), 303)
