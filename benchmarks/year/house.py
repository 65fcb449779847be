"""The people, the calendar and the law of the practice year."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from benchmarks.year.plan import HANDED_ON
from suggestions.domain import rulebook
from suggestions.domain.deadlines import due
from suggestions.domain.facts import Actor
from suggestions.domain.rulebook import Rulebook
from suggestions.domain.states import Role
from suggestions.domain.workdays import Calendar
from suggestions.extensions import db
from suggestions.models import Post, Unit
from suggestions.models.actors import actor_of
from suggestions.models.calendar import calendar


@dataclass
class House:
    """The people, the calendar and the law of the year."""

    rules: Rulebook
    days: Calendar
    units: dict[str, Unit]
    posts: dict[tuple[Role, int | None], Actor]
    deputies: list[Actor]
    dice: random.Random = field(default_factory=lambda: random.Random(2026))

    def of(self, role: Role, unit_id: int | None = None) -> Actor:
        """Who wears this hat in a unit."""
        return self.posts[role, unit_id]

    def workday(self, on: date, *later: int) -> date:
        """The working day on or after a day, some days drawn later."""
        return self.days.next_workday(on + timedelta(days=self.dice.randint(*later) if later else 0))

    def term(self, key: str, start: date, months: int = 0) -> date:
        """The day on which a term of the law ends."""
        return due(self.rules.term(key), start, self.days, extended_months=months).on


def the_house() -> House:
    """The house as its database has it."""
    posts: dict[tuple[Role, int | None], Actor] = {}
    deputies = []
    for post in db.session.scalars(select(Post).order_by(Post.id)):
        if post.role is Role.DEPUTY:
            deputies.append(actor_of(post))
        else:
            posts.setdefault((post.role, post.unit_id), actor_of(post))
    for (role, unit), actor in [*posts.items()]:
        if unit is None:
            # Whoever belongs to no unit acts on the cases of each.
            posts |= {(role, id): actor for _, id in [*posts]}
    units = {unit.name: unit for unit in db.session.scalars(select(Unit).order_by(Unit.id))}
    rules = rulebook.load("chongqing", HANDED_ON)
    return House(rules, calendar(db.session()), units, posts, deputies)
