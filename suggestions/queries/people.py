"""The people of the house and their posts, the units, and the appointments that wait for a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from suggestions.domain.labels import ROLES
from suggestions.extensions import db
from suggestions.models import Appointment, AppointmentState, Event, Person, Post, Unit

PAGE = 25
_RECENT = 50


class Held(StrEnum):
    """Where a post's dates lie, seen from a day."""

    NOW = "在任"
    LATER = "还没有到任"
    BEFORE = "已离任"


@dataclass(frozen=True)
class PersonLine:
    """One person with the posts held on the day."""

    id: int
    name: str
    username: str | None
    is_active: bool
    delegation: str
    posts: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """One page of persons; `before` and `after` are keys of the neighbouring pages, None where there is none."""

    lines: tuple[PersonLine, ...]
    first: int
    last: int
    total: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class PostLine:
    """A post as the person's page shows it: whether it can still be ended, and whether it may be taken back."""

    id: int
    role: str
    title: str
    unit: str
    from_on: date
    to_on: date | None
    held: Held
    is_used: bool
    document: str = ""
    """On what paper somebody stands in (主持工作); empty for every other post."""


@dataclass(frozen=True)
class PersonPage:
    """One person with all posts, the newest first, and the appointments that wait."""

    person: Person
    posts: tuple[PostLine, ...]
    waiting: tuple[Appointment, ...]


@dataclass(frozen=True)
class UnitLine:
    """A registered unit and how many people hold a post in it on the day."""

    id: int
    name: str
    is_government: bool
    phone: str
    endorsement_kinds: list[str] | None
    people: int


def _held_on(today: date) -> ColumnElement[bool]:
    return (Post.from_on <= today) & (Post.to_on.is_(None) | (Post.to_on >= today))


def _asked(q: str, today: date) -> ColumnElement[bool]:
    named = [column.icontains(q, autoescape=True) for column in (Person.name, Person.username, Person.delegation)]
    roles = [role for role, label in ROLES.items() if q in label]
    held = (
        select(Post.id)
        .outerjoin(Post.unit)
        .where(
            Post.person_id == Person.id,
            _held_on(today),
            Unit.name.icontains(q, autoescape=True) | Post.title.icontains(q, autoescape=True) | Post.role.in_(roles),
        )
    )
    return named[0] | named[1] | named[2] | held.exists()


def post_words(post: Post) -> str:
    """A post in one phrase: 区民政局 局长."""
    title = post.title or ROLES[post.role]
    role = "" if title == ROLES[post.role] else f"（{ROLES[post.role]}）"
    return f"{post.unit.name if post.unit else ''} {title}{role}".strip()


def people(today: date, q: str = "", *, after: int | None = None, before: int | None = None) -> People:
    """One page of the persons whose name, account, delegation, unit or post holds these words, in two statements."""
    place = func.row_number().over(order_by=Person.id).label("place")
    asked = select(Person.id, place, func.count().over().label("total"))
    rows = (asked.where(_asked(q, today)) if q else asked).subquery()
    query = (
        select(Person, rows.c.place, rows.c.total)
        .join(rows, rows.c.id == Person.id)
        .options(selectinload(Person.posts).joinedload(Post.unit))
    )
    if before is None:
        found = list(db.session.execute(query.where(Person.id > (after or 0)).order_by(Person.id).limit(PAGE)))
    else:
        backwards = query.where(Person.id < before).order_by(Person.id.desc()).limit(PAGE)
        found = list(reversed(db.session.execute(backwards).all()))
    if not found:
        return People((), 0, 0, 0, None, None)
    first, last, total = found[0].place, found[-1].place, found[0].total
    return People(
        lines=tuple(_line(row.Person, today) for row in found),
        first=first,
        last=last,
        total=total,
        before=found[0].Person.id if first > 1 else None,
        after=found[-1].Person.id if last < total else None,
    )


def _line(person: Person, today: date) -> PersonLine:
    return PersonLine(
        id=person.id,
        name=person.name,
        username=person.username,
        is_active=person.is_active,
        delegation=person.delegation,
        posts=tuple(post_words(post) for post in person.posts if post.is_held_on(today)),
    )


def person_page(id: int, today: date) -> PersonPage | None:
    """One person with every post, in four statements; None when there is no such person."""
    person = db.session.get(Person, id, options=[selectinload(Person.posts).joinedload(Post.unit)])
    if person is None:
        return None
    used = set(
        db.session.scalars(select(Event.post_id).where(Event.actor_id == id, Event.post_id.is_not(None)).distinct())
    )
    waiting = db.session.scalars(
        select(Appointment)
        .where(Appointment.person_id == id, Appointment.state == AppointmentState.PROPOSED)
        .options(joinedload(Appointment.unit))
        .order_by(Appointment.id)
    )
    posts = sorted(person.posts, key=lambda post: (post.from_on, post.id), reverse=True)
    return PersonPage(
        person=person,
        posts=tuple(_post_line(post, today, is_used=post.id in used) for post in posts),
        waiting=tuple(waiting),
    )


def _post_line(post: Post, today: date, *, is_used: bool) -> PostLine:
    held = Held.NOW if post.is_held_on(today) else Held.LATER if post.from_on > today else Held.BEFORE
    return PostLine(
        id=post.id,
        role=ROLES[post.role],
        title=post.title or ROLES[post.role],
        unit=post.unit.name if post.unit else "",
        document=post.document,
        from_on=post.from_on,
        to_on=post.to_on,
        held=held,
        is_used=is_used,
    )


def units(today: date) -> tuple[UnitLine, ...]:
    """Every unit with how many people work there on the day, in one statement."""
    working = (
        select(func.count(Post.person_id.distinct()))
        .where(Post.unit_id == Unit.id, _held_on(today))
        .correlate(Unit)
        .scalar_subquery()
    )
    query = select(Unit.id, Unit.name, Unit.is_government, Unit.phone, Unit.endorsement_kinds, working).order_by(
        Unit.id
    )
    return tuple(UnitLine(*row) for row in db.session.execute(query))


def unit_names() -> Sequence[tuple[int, str]]:
    """Every unit as (id, name), to choose from."""
    return [(id, name) for id, name in db.session.execute(select(Unit.id, Unit.name).order_by(Unit.id))]


def appointments() -> tuple[Appointment, ...]:
    """The proposals that wait, the oldest first, then those decided last, in one statement."""
    is_waiting = Appointment.state == AppointmentState.PROPOSED
    query = (
        select(Appointment)
        .options(joinedload(Appointment.person), joinedload(Appointment.unit))
        .order_by(is_waiting.desc(), Appointment.decided_at.desc(), Appointment.id)
        .limit(_RECENT)
    )
    return tuple(db.session.scalars(query))


def appointment(id: int) -> Appointment | None:
    """One proposal with its person and unit, in one statement."""
    return db.session.get(Appointment, id, options=[joinedload(Appointment.person), joinedload(Appointment.unit)])
