"""Units with open cases, and whether somebody holds each post that they need today."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select

from suggestions.domain.labels import ROLES
from suggestions.domain.states import HANDLING_ENDS, Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Person, Post, Unit
from suggestions.queries.lights import OWED

NEEDED = (Role.DIRECTOR, Role.REVIEWER, Role.HANDLER, Role.CLERK)
NEEDED_BY_CO_UNIT = (Role.DIRECTOR, Role.HANDLER)


@dataclass(frozen=True)
class Staffed:
    """A unit with who holds its posts today, and the words of the posts that it needs and nobody holds."""

    unit_id: int
    name: str
    holders: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def posts_of_units(today: date, *, only_missing: bool = False) -> tuple[Staffed, ...]:
    """Every unit with its posts of today in one statement; with `only_missing` those that lack a needed one."""
    leads: ColumnElement[bool] = exists().where(Handling.unit_id == Unit.id, Handling.state.not_in(HANDLING_ENDS))
    owes: ColumnElement[bool] = exists().where(CoHandling.unit_id == Unit.id, CoHandling.state.in_(OWED))
    held = (
        (Post.unit_id == Unit.id)
        & (Post.from_on <= today)
        & or_(Post.to_on.is_(None), Post.to_on >= today)
        & Post.role.in_(NEEDED)
    )
    query = (
        select(Unit.id, Unit.name, leads.label("leads"), owes.label("owes"), Post.role, Person.name)
        .select_from(Unit)
        .outerjoin(Post, held)
        .outerjoin(Person, (Person.id == Post.person_id) & Person.is_active)
        .order_by(Unit.id, Post.id)
    )
    names: dict[int, str] = {}
    needed: dict[int, tuple[Role, ...]] = {}
    people: dict[int, dict[Role, list[str]]] = defaultdict(lambda: defaultdict(list))
    for id, name, has_cases, has_opinions, role, person in db.session.execute(query):
        names[id] = name
        needed[id] = NEEDED if has_cases else NEEDED_BY_CO_UNIT if has_opinions else ()
        if role is not None and person is not None:
            people[id][role].append(person)
    found = (
        Staffed(
            unit_id=id,
            name=name,
            holders=tuple((ROLES[role], "、".join(people[id][role])) for role in NEEDED),
            missing=tuple(ROLES[role] for role in needed[id] if not people[id][role]),
        )
        for id, name in names.items()
    )
    return tuple(unit for unit in found if unit.missing or not only_missing)


def vacancies_of(today: date, names: Collection[str]) -> tuple[str, ...]:
    """The same of units known by their names; of a name that is no unit's, nothing."""
    return vacancies(today, db.session.scalars(select(Unit.id).where(Unit.name.in_(names))).all())


def vacancies(today: date, unit_ids: Collection[int]) -> tuple[str, ...]:
    """One sentence for each of these units that lacks a post today which a handling needs, before it is given one."""
    held = (
        (Post.unit_id == Unit.id)
        & (Post.from_on <= today)
        & or_(Post.to_on.is_(None), Post.to_on >= today)
        & Post.role.in_(NEEDED)
    )
    query = (
        select(Unit.name, Post.role)
        .select_from(Unit)
        .outerjoin(Post, held & Post.person.has(Person.is_active))
        .where(Unit.id.in_(unit_ids))
        .order_by(Unit.id)
    )
    people: dict[str, set[Role]] = defaultdict(set)
    for name, role in db.session.execute(query):
        people[name] |= set() if role is None else {role}
    lacking = {name: [ROLES[role] for role in NEEDED if role not in roles] for name, roles in people.items()}
    return tuple(
        f"{name}今天没有{'、'.join(posts)}；交给它以前，请先请安全管理员任职。"
        for name, posts in lacking.items()
        if posts
    )
