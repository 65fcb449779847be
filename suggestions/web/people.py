"""Persons and posts, in the hands of the security administrator."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.domain import rulebook
from suggestions.domain.errors import Invalid, Missing
from suggestions.domain.labels import ROLES
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Appointment, Person, Post, Unit
from suggestions.models.base import LARGEST_ID
from suggestions.queries import people as asked
from suggestions.usecases import appointments, office
from suggestions.usecases import people as verbs
from suggestions.web.forms.people import AccountForm, AppointForm, EndForm, GivenPasswordForm
from suggestions.web.forms.steps import show_faults, upload_of
from suggestions.web.guard import enter, visitor

bp = Blueprint("people", __name__)
_LONGEST_SEARCH = 50
Page = str | Response | tuple[str, int]


def ask(form: FlaskForm, refusal: Invalid | None, **words: Any) -> Page:
    """A page with one form: heading, intro, send, back_url, back_label and what was refused."""
    if refusal is not None:
        show_faults(form, refusal.faults)
    page = render_template("office/form.html", form=form, refusal=refusal, **words)
    return page, 422 if refusal or form.errors else 200


def find_person(id: int) -> Person:
    """The person of an address; Missing when there is none."""
    person = db.session.get(Person, id)
    if person is None:
        raise Missing()
    return person


def _find_post(person: Person, id: int) -> Post:
    post = next((post for post in person.posts if post.id == id), None)
    if post is None:
        raise Missing()
    return post


def _find_unit(id: str) -> Unit | None:
    """The unit that was chosen, None for none; Invalid for one that is not in the list."""
    known = {str(number) for number, _ in asked.unit_names()}
    if id and id not in known:
        raise Invalid("没有任职。", {"unit": "请从列表里选单位。"})
    return db.session.get(Unit, int(id)) if id else None


def _to(person: Person) -> Response:
    return redirect(url_for("people.person", id=person.id), 303)


def _key(name: str) -> int | None:
    key = request.args.get(name, type=int)
    return key if key is not None and 0 <= key <= LARGEST_ID else None


@bp.get("/people")
@enter(Role.SECADMIN)
def people() -> str:
    """Everybody, with the posts of today; found by name, account, unit or post."""
    q = request.args.get("q", "").strip()[:_LONGEST_SEARCH]
    page = asked.people(clock.today(), q, after=_key("after"), before=_key("before"))
    kept: dict[str, Any] = {"q": q} if q else {}
    pager = {
        "first": page.first,
        "last": page.last,
        "total": page.total,
        "previous_url": url_for("people.people", before=page.before, **kept) if page.before else None,
        "next_url": url_for("people.people", after=page.after, **kept) if page.after else None,
    }
    return render_template("office/people.html", page=page, pager=pager, q=q)


@bp.route("/people/new", methods=["GET", "POST"])
@enter(Role.SECADMIN)
def new() -> Page:
    """Create an account; the post comes afterwards."""
    form, refusal = AccountForm(), None
    if form.validate_on_submit():
        try:
            person = verbs.open_account(
                form.name.data or "",
                username=form.username.data or "",
                password=form.password.data or "",
                again=form.again.data or "",
                delegation=form.delegation.data or "",
                phone=form.phone.data or "",
                by=visitor().actor,
            )
        except Invalid as invalid:
            refusal = invalid
        else:
            flash(f"已为{person.name}建账号“{person.username}”。请接着任职。", "done")
            return redirect(url_for("people.appoint", id=person.id), 303)
    return ask(
        form,
        refusal,
        heading="建账号",
        intro="一人一个账号，不共用。建好以后还要任职，才能办事。",
        send="建账号",
        back_url=url_for("people.people"),
        back_label="人员",
    )


@bp.get("/people/<int:id>")
@enter(Role.SECADMIN)
def person(id: int) -> str:
    """One person: account, every post, the appointments that wait."""
    page = asked.person_page(id, clock.today())
    if page is None:
        raise Missing()
    return render_template("office/person.html", page=page, is_self=id == visitor().person.id)


@bp.route("/people/<int:id>/appoint", methods=["GET", "POST"])
@enter(Role.SECADMIN)
def appoint(id: int) -> Page:
    """Give a post; a director's is proposed to a second person."""
    found = find_person(id)
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    kinds = [(kind.code, kind.label) for kind in rules.endorsements.values()]
    form, refusal = AppointForm.of(asked.unit_names(), kinds, clock.today()), None
    if form.validate_on_submit():
        try:
            done = appointments.grant(
                found,
                Role(form.role.data),
                unit=_find_unit(form.unit.data or ""),
                title=(form.title.data or "").strip(),
                from_on=form.from_on.data,
                to_on=form.to_on.data,
                endorsement_kinds=form.endorsement_kinds.data or (),
                standin=_standin(form) if form.is_acting.data else None,
                by=visitor().actor,
            )
        except Invalid as invalid:
            refusal = invalid
        else:
            flash(*_said(done, found))
            return _to(found)
    return ask(
        form,
        refusal,
        heading=f"{found.name}任职",
        intro="局长的任命要由第二个人（另一位安全管理员，或人代工委）在网页上确认后才生效；别的岗位从到任日期起生效。局长换人，前任办着的件列入交接清单，由两位本人签字。",
        send="任职",
        back_url=url_for("people.person", id=id),
        back_label=found.name,
    )


def _standin(form: AppointForm) -> appointments.Standin:
    scan = form.scan.data
    return appointments.Standin((form.document.data or "").strip(), upload_of(scan) if scan else None)


def _said(done: Post | Appointment, person: Person) -> tuple[str, str]:
    title = done.title or ROLES[done.role]
    where = done.unit.name if done.unit else ""
    if isinstance(done, Appointment):
        title += "主持工作" if done.is_acting else ""
        return f"已提出{person.name}任{where}{title}，还没有生效，已请第二个人确认。", "plain"
    return f"{person.name}从{done.from_on}起任{where}{title}。", "done"


@bp.route("/people/<int:id>/password", methods=["GET", "POST"])
@enter(Role.SECADMIN)
def password(id: int) -> Page:
    """Set a first password; every session of the person ends."""
    found = find_person(id)
    form, refusal = GivenPasswordForm(), None
    if found.username is not None:
        del form.username
    if form.validate_on_submit():
        try:
            verbs.give_password(
                found,
                password=form.password.data or "",
                again=form.again.data or "",
                username=request.form.get("username", ""),
                by=visitor().actor,
            )
        except Invalid as invalid:
            refusal = invalid
        else:
            flash(f"已为{found.name}设了首个密码，原来的登录都已退出。请当面告诉本人。", "done")
            return _to(found)
    return ask(
        form,
        refusal,
        heading=f"为{found.name}设密码",
        intro="设了以后，原来的密码作废，各处的登录都退出。",
        send="设密码",
        back_url=url_for("people.person", id=id),
        back_label=found.name,
    )


@bp.post("/people/<int:id>/deactivate")
@enter(Role.SECADMIN)
def deactivate(id: int) -> Response:
    """Stop an account at once."""
    found = find_person(id)
    verbs.deactivate(found, by=visitor().actor)
    flash(f"{found.name}的账号已停用，各处的登录都已退出。", "done")
    return _to(found)


@bp.post("/people/<int:id>/activate")
@enter(Role.SECADMIN)
def activate(id: int) -> Response:
    """Let an account log in again."""
    found = find_person(id)
    verbs.activate(found, by=visitor().actor)
    flash(f"{found.name}的账号已启用。", "done")
    return _to(found)


@bp.route("/people/<int:id>/posts/<int:post_id>/end", methods=["GET", "POST"])
@enter(Role.SECADMIN)
def end_post(id: int, post_id: int) -> Page:
    """Write the last day of a post."""
    found = find_person(id)
    post = _find_post(found, post_id)
    form, refusal = EndForm(to_on=max(clock.today(), post.from_on)), None
    if form.validate_on_submit():
        try:
            assert form.to_on.data is not None
            office.end_post(post, to_on=form.to_on.data, by=visitor().actor)
        except Invalid as invalid:
            refusal = invalid
        else:
            flash(f"{found.name}的{asked.post_words(post)}到{post.to_on}为止。", "done")
            return _to(found)
    return ask(
        form,
        refusal,
        heading=f"{found.name}离任",
        intro=f"{asked.post_words(post)}，{post.from_on}到任。任内办过的事都留在记录里。要马上停止一切，请停用账号。",
        send="写明离任",
        back_url=url_for("people.person", id=id),
        back_label=found.name,
    )


@bp.post("/people/<int:id>/posts/<int:post_id>/take-back")
@enter(Role.SECADMIN)
def take_back_post(id: int, post_id: int) -> Response:
    """Remove a post that was entered by mistake and never used."""
    found = find_person(id)
    post = _find_post(found, post_id)
    words = asked.post_words(post)
    verbs.take_back_post(post, by=visitor().actor)
    flash(f"已撤销{found.name}的{words}。", "done")
    return _to(found)
