"""What the security administrator does with accounts: opens and stops them, sets first passwords, takes posts back."""

from collections.abc import Mapping

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.errors import Invalid, NotNow
from suggestions.domain.facts import SYSTEM, Actor
from suggestions.extensions import db
from suggestions.models import Event, LoginSession, Person, Post
from suggestions.usecases import hand_over_lists, office
from suggestions.usecases.accounts import hasher, weakness
from suggestions.usecases.office import refuse_self
from suggestions.usecases.transaction import use_case

_LONGEST_USERNAME = 50
_LONGEST_NAME = 50


def _faults(name: str, username: str, password: str, again: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        found["name"] = f"请写姓名，不超过{_LONGEST_NAME}个字。"
    if not username or len(username) > _LONGEST_USERNAME or not username.isprintable() or " " in username:
        found["username"] = f"请写账号，不超过{_LONGEST_USERNAME}个字符，中间不能有空格。"
    elif db.session.scalar(select(Person.id).where(Person.username == username)) is not None:
        found["username"] = f"账号“{username}”已经有人用。"
    return found | _password_faults(Person(name=name, username=username), password, again)


def _password_faults(person: Person, password: str, again: str) -> dict[str, str]:
    if fault := weakness(password, person):
        return {"password": fault}
    return {} if password == again else {"again": "两次输入的密码不一样。"}


@use_case
def open_account(
    name: str, *, username: str, password: str, again: str, delegation: str = "", phone: str = "", by: Actor = SYSTEM
) -> Person:
    """Create a person with a login, whose first act is to change this password; Invalid names each fault."""
    name, username = name.strip(), username.strip()
    if faults := _faults(name, username, password, again):
        raise Invalid("没有建账号。", faults)
    return office.create_user(
        name,
        username=username,
        password=password,
        delegation=delegation.strip(),
        phone=phone.strip(),
        is_password_given=True,
        by=by,
    )


@use_case
def give_password(person: Person, *, password: str, again: str, username: str = "", by: Actor = SYSTEM) -> None:
    """Set a first password and end every session; the old one stays unknown. Whoever had no account gets this one."""
    refuse_self(person.id, by)
    if person.username is None:
        username = username.strip()
        faults = _faults(person.name, username, password, again)
    else:
        username = person.username
        faults = _password_faults(person, password, again)
    if faults:
        raise Invalid("没有设。", faults)
    person.username = username
    person.password_hash = hasher().hash(password)
    person.is_password_given = True
    _end_sessions(person)
    office.note("give_password", by, person=person.id, name=person.name, username=username)


@use_case
def deactivate(person: Person, *, by: Actor = SYSTEM) -> None:
    """Stop an account at once: every session ends, and there is no login until it is activated again."""
    refuse_self(person.id, by)
    if not person.is_active:
        return
    person.is_active = False
    _end_sessions(person)
    office.note("deactivate_account", by, person=person.id, name=person.name)


@use_case
def activate(person: Person, *, by: Actor = SYSTEM) -> None:
    """Let an account log in again; its posts are as they were."""
    refuse_self(person.id, by)
    if person.is_active:
        return
    person.is_active = True
    office.note("activate_account", by, person=person.id, name=person.name)


def _end_sessions(person: Person) -> None:
    open_ones = select(LoginSession).where(LoginSession.person_id == person.id, LoginSession.revoked_at.is_(None))
    for login in db.session.scalars(open_ones):
        login.revoked_at = clock.now()


@use_case
def take_back_post(post: Post, *, by: Actor = SYSTEM) -> None:
    """Remove a post that was entered by mistake; NotNow when anything was done in it, because that stays."""
    refuse_self(post.person_id, by)
    deed = select(Event.seq).where(Event.actor_id == post.person_id, Event.post_id == post.id).limit(1)
    if db.session.scalar(deed) is not None:
        raise NotNow("用这个岗位办过事，不能撤销，只能写离任日期。")
    hand_over_lists.appointment_undone(post)
    for login in db.session.scalars(select(LoginSession).where(LoginSession.post_id == post.id)):
        login.post_id = None
    office.note(
        "take_back_post",
        by,
        post=post.id,
        person=post.person_id,
        role=post.role,
        unit=post.unit_id,
        from_on=post.from_on.isoformat(),
    )
    db.session.delete(post)
