"""Passwords and sessions: who somebody is, proved at login and again for each personal step."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from suggestions import clock
from suggestions.domain.errors import DomainError, Invalid
from suggestions.extensions import db
from suggestions.models import LoginAttempt, LoginSession, Person, Post, Unit
from suggestions.usecases.transaction import use_case

ATTEMPTS_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
IDLE_FOR = timedelta(hours=2)
LASTS_FOR = timedelta(hours=12)
SHORTEST_PASSWORD = 12
_TOO_COMMON = frozenset({"password1234", "123456789012", "qwertyuiop12", "suggestions-"})


class Locked(DomainError):
    """Too many failed proofs: wait (429)."""

    status = 429


@dataclass(frozen=True)
class Presence:
    """What a person gives to prove that they are there for this one step; never a token, never somebody else's."""

    password: str


class WrongProof(Invalid):
    """The proof of presence failed; counted for the lock-out."""


@cache
def _hasher(is_cheap: bool) -> PasswordHasher:
    return (
        PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        if is_cheap
        else PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
    )


def hasher() -> PasswordHasher:
    """Argon2id with 19 MiB; the cheap profile is for tests alone."""
    return _hasher(bool(current_app.config.get("CHEAP_PASSWORDS")))


@cache
def _nobody(is_cheap: bool) -> str:
    return _hasher(is_cheap).hash(secrets.token_hex(16))


def is_right_password(person: Person | None, password: str) -> bool:
    """Whether it is this person's password; takes as long for a person who does not exist."""
    kept = person.password_hash if person is not None and person.is_active else None
    try:
        hasher().verify(kept or _nobody(bool(current_app.config.get("CHEAP_PASSWORDS"))), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


def refuse_if_locked(username: str) -> None:
    """Raise Locked after too many failed proofs within the last minutes."""
    since = clock.now() - LOCKED_FOR
    count = db.session.scalar(
        select(func.count()).select_from(LoginAttempt).where(LoginAttempt.username == username, LoginAttempt.at > since)
    )
    if (count or 0) >= ATTEMPTS_ALLOWED:
        raise Locked("连续输错次数太多，请15分钟后再试；忘了密码请找安全管理员。")


@use_case
def count_failure(username: str, where: str) -> None:
    """Keep a failed proof for the lock-out."""
    db.session.add(LoginAttempt(username=username[:100], at=clock.now(), where=where))


def prove_presence(person: Person, presence: Presence | None) -> str:
    """Prove that this very person is there now; the kind of proof, or WrongProof (counted by the caller) or Locked."""
    if person.username is None:
        raise WrongProof("没有登录账号，不能办这一步。")
    refuse_if_locked(person.username)
    if presence is None or not presence.password:
        raise WrongProof("这一步要您本人在场。", {"password": "请再输一次登录密码。"})
    if not is_right_password(person, presence.password):
        raise WrongProof("密码不对，这一步没有记下。", {"password": "密码不对，请重新输入。"})
    return "password"


def token_hash(token: str) -> str:
    """What is kept of a session's random id."""
    return hashlib.sha256(token.encode()).hexdigest()


@use_case
def open_session(person: Person, device: str) -> str:
    """Begin a session for a person who proved the password; the random id that goes into the cookie."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        LoginSession(
            token_hash=token_hash(token), person_id=person.id, created_at=now, last_seen_at=now, device=device[:200]
        )
    )
    return token


@use_case
def choose_post(login: LoginSession, post: Post) -> None:
    """Put on one of the own hats for this session."""
    login.post_id = post.id


@use_case
def revoke_session(login: LoginSession) -> None:
    """End a session for good: its cookie is dead."""
    login.revoked_at = clock.now()


# Made once: every request asks it, and what a statement costs is mostly its making.
_BY_TOKEN = (
    select(LoginSession)
    .where(LoginSession.token_hash == bindparam("token_hash"))
    .options(
        joinedload(LoginSession.person)
        .joinedload(Person.posts)
        .joinedload(Post.unit)
        .joinedload(Unit.acting_posts)
        .joinedload(Post.person),
        joinedload(LoginSession.post),
    )
)


def live_session(token: str) -> LoginSession | None:
    """The session of a cookie, when it is not revoked, idle too long or too old."""
    login = db.session.scalars(_BY_TOKEN, {"token_hash": token_hash(token)}).unique().one_or_none()
    if login is None or login.revoked_at is not None or not login.person.is_active:
        return None
    return None if is_over(login, clock.now()) else login


def is_over(login: LoginSession, now: datetime) -> bool:
    """Whether a session has been idle or open too long; a moved practice day ends nobody's session."""
    if current_app.config["PRACTICE"]:
        return False
    return now - login.last_seen_at > IDLE_FOR or now - login.created_at > LASTS_FOR


@use_case
def change_password(person: Person, login: LoginSession, *, old: str, new: str, again: str) -> None:
    """Change the own password and end every other session; Invalid when the old one is wrong or the new one weak."""
    if not is_right_password(person, old):
        raise WrongProof("没有改。", {"old": "原密码不对。"})
    if new != again:
        raise Invalid("没有改。", {"again": "两次输入的新密码不一样。"})
    if new == old:
        raise Invalid("没有改。", {"new": "新密码要和原密码不一样。"})
    if fault := weakness(new, person):
        raise Invalid("没有改。", {"new": fault})
    person.password_hash = hasher().hash(new)
    person.is_password_given = False
    for other in db.session.scalars(
        select(LoginSession).where(LoginSession.person_id == person.id, LoginSession.revoked_at.is_(None))
    ):
        if other.id != login.id:
            other.revoked_at = clock.now()


def weakness(password: str, person: Person) -> str:
    """Why a new password is too weak (profile mlps3: length, kinds of signs, not the name); empty when it will do."""
    kinds = sum(
        any(test(sign) for sign in password)
        for test in (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    )
    if len(password) < SHORTEST_PASSWORD:
        return f"新密码至少{SHORTEST_PASSWORD}个字符。"
    if kinds < 3:
        return "新密码要有大写、小写、数字、符号中的三种。"
    if (person.username or "") in password or person.name in password or password.lower() in _TOO_COMMON:
        return "新密码不能含有账号、姓名，也不能是常见密码。"
    return ""
