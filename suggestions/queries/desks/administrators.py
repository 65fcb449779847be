"""The desks of the three administrators: who holds which post, and how much is on record."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Event, Person, Post, Suggestion
from suggestions.queries.desks.items import Desk, Figure
from suggestions.queries.desks.posts import Staffed, posts_of_units


@dataclass(frozen=True)
class AdminDesk(Desk):
    """Counts of accounts and posts, every unit with its people, the gaps first."""

    figures: tuple[Figure, ...]
    units: tuple[Staffed, ...]


@dataclass(frozen=True)
class AuditDesk(Desk):
    """How much is on record; whether it holds is said by the verification."""

    figures: tuple[Figure, ...]
    last_at: datetime | None


def admin_desk(actor: Actor, now: datetime) -> AdminDesk:
    """Accounts and posts, with the units that have open cases and nobody in a needed post today."""
    today = now.date()
    held = (Post.from_on <= today) & or_(Post.to_on.is_(None), Post.to_on >= today)
    accounts = select(func.count()).where(Person.username.is_not(None), Person.is_active).scalar_subquery()
    stopped = select(func.count()).where(Person.username.is_not(None), ~Person.is_active).scalar_subquery()
    posts = select(func.count()).select_from(Post).where(held).scalar_subquery()
    deputies = select(func.count()).select_from(Post).where(held, Post.role == Role.DEPUTY).scalar_subquery()
    counted = db.session.execute(select(accounts, stopped, posts, deputies)).one()
    units = sorted(posts_of_units(today), key=lambda unit: (not unit.missing, unit.unit_id))
    gaps = sum(1 for unit in units if unit.missing)
    labels = ("能登录的账号", "停用的账号", "今天有人的岗位", "代表")
    return AdminDesk(
        greeting=(f"{actor.name}，", f"{gaps}个单位有件在办，岗位没有人" if gaps else "各单位的岗位都有人"),
        groups=(),
        figures=tuple(Figure(label, str(value)) for label, value in zip(labels, counted, strict=True)),
        units=tuple(units),
    )


def audit_desk(actor: Actor, _now: datetime) -> AuditDesk:
    """How many chains and events there are, and when the last was written."""
    chains, events, last = db.session.execute(
        select(func.count(func.distinct(Event.chain)), func.count(), func.max(Event.at))
    ).one()
    cases = db.session.scalar(select(func.count()).select_from(Suggestion))
    return AuditDesk(
        greeting=(f"{actor.name}，", f"记录共{events}条"),
        groups=(),
        figures=(
            Figure("案卷", str(cases)),
            Figure("记录链", str(chains)),
            Figure("记录", str(events)),
        ),
        last_at=last,
    )
