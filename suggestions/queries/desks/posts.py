"""Units with open cases, and whether somebody holds each post that they need today."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select

from suggestions.domain.labels import ROLES
from suggestions.domain.states import ENDED, Role
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
    leads: ColumnElement[bool] = exists().where(Handling.unit_id == Unit.id, Handling.state.not_in(ENDED))
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
