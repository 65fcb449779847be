"""Who may count what, what is asked, and the counted rows: from the counters, or from the narrow table behind them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from suggestions.domain.counting import WITHOUT_CONTACT, Kind, Row, narrow, row_of, veiled_row_of
from suggestions.domain.facts import Actor
from suggestions.domain.rate_parts import Rounds
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.models import Standing, Tally, Unit
from suggestions.models.counted import cells as cells_of

Cells = tuple[tuple[Row, int], ...]
Margins = Mapping[tuple[str, str], Mapping[str, int]]
"""By dimension and key: how often each shape, or mark, occurs."""
NO_CATEGORY = "-"
_LONGEST = 40
CLASSES = ("A", "B", "C", "D")
CONTACTED = and_(*(Standing.shape.not_like(pattern) for pattern in WITHOUT_CONTACT))
"""Whether a standing of a known item holds a contact."""


@dataclass(frozen=True)
class Scope:
    """What one person counts: the office suggestions, everybody else handlings; whose; and how much they may know."""

    kind: Kind
    units: tuple[int, ...] | None
    """Whose handlings; None for everybody's."""
    is_veiled: bool
    """Whether a rating that is not opened is only known to exist."""
    is_listed: bool
    """Whether the lists behind the numbers are open to this person; a deputy reads the published totals alone."""
    reads_hidden_names: bool


def scope_of(session: Session, actor: Actor, government: tuple[int, ...] | None = None) -> Scope:
    """What this person counts by their role (domain/sight.py says the same of single cases).

    The government's units with anything to count are asked for, unless they are known.
    """
    if actor.role in (Role.SUPERVISOR, Role.AUDITOR):
        return Scope(Kind.SUGGESTION, None, is_veiled=False, is_listed=True, reads_hidden_names=True)
    if actor.role is Role.INSPECTOR:
        query = select(Unit.id).where(Unit.is_government).order_by(Unit.id)
        units = tuple(session.scalars(query)) if government is None else government
        return Scope(Kind.HANDLING, units, is_veiled=True, is_listed=True, reads_hidden_names=True)
    if actor.role in UNIT_ROLES and actor.unit_id is not None:
        return Scope(Kind.HANDLING, (actor.unit_id,), is_veiled=True, is_listed=True, reads_hidden_names=False)
    return Scope(Kind.SUGGESTION, None, is_veiled=True, is_listed=False, reads_hidden_names=False)


@dataclass(frozen=True)
class Asked:
    """What is asked of the numbers, as it stands in the address."""

    year: int
    unit: int | None = None
    category: str | None = None
    result_class: str = ""
    deputy: int | None = None
    rounds: Rounds = Rounds.LATEST
    is_opened: bool = False
    """Whether only ratings that are opened are told, though this person might read the sealed ones."""

    @property
    def arguments(self) -> dict[str, str]:
        """The words for an address."""
        found = {"year": str(self.year)}
        if self.unit is not None:
            found["unit"] = str(self.unit)
        if self.category is not None:
            found["category"] = self.category or NO_CATEGORY
        if self.result_class:
            found["class"] = self.result_class
        if self.deputy is not None:
            found["deputy"] = str(self.deputy)
        if self.rounds is not Rounds.LATEST:
            found["round"] = self.rounds.value
        if self.is_opened:
            found["opened"] = "1"
        return found

    def narrowed(self, **changes: Any) -> "Asked":
        """The same question of a part."""
        return replace(self, **changes)


def asked(given: Mapping[str, str], newest: int, scope: Scope) -> Asked:
    """What an address asks, never beyond the scope; a word that is none of the offered ones asks nothing."""
    if not scope.is_listed:
        return Asked(_year(given.get("year", "")) or newest)
    unit, category = _number(given.get("unit", "")), given.get("category", "").replace("\0", "").strip()[:_LONGEST]
    rounds, result_class = given.get("round", ""), given.get("class", "")
    is_own = unit is not None and (scope.units is None or unit in scope.units)
    return Asked(
        year=_year(given.get("year", "")) or newest,
        unit=unit if is_own else None,
        category=None if not category else "" if category == NO_CATEGORY else category,
        result_class=result_class if result_class in CLASSES else "",
        deputy=_number(given.get("deputy", "")),
        rounds=Rounds(rounds) if rounds in (Rounds.FIRST, Rounds.LATER) else Rounds.LATEST,
        is_opened=given.get("opened") == "1",
    )


def _year(word: str) -> int | None:
    return int(word) if re.fullmatch("[1-9][0-9]{3}", word) else None


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None


def kind_of(scope: Scope, asks: Asked) -> Kind:
    """What is counted: suggestions only where no single unit is looked at."""
    return Kind.HANDLING if asks.unit is not None else scope.kind


def units_of(scope: Scope, asks: Asked) -> tuple[int, ...] | None:
    """Whose handlings are looked at; None for everybody's."""
    return scope.units if asks.unit is None else (asks.unit,)


def may_be_known(scope: Scope) -> ColumnElement[bool]:
    """Of a secret item nobody below the deputies office knows: a row of a unit without a handling stands for it."""
    return true() if scope.units is None else or_(Standing.kind != Kind.HANDLING, Standing.handling_id.is_not(None))


def rows_asked(scope: Scope, asks: Asked, *, of_year: bool = True) -> ColumnElement[bool]:
    """The standings that are asked for, whatever they are of."""
    wanted: list[ColumnElement[bool]] = [Standing.year == asks.year] if of_year else []
    if (units := units_of(scope, asks)) is not None:
        wanted.append(Standing.unit_id.in_(units))
    wanted.append(may_be_known(scope))
    if asks.category is not None:
        wanted.append(Standing.category == asks.category)
    if asks.deputy is not None:
        wanted.append(Standing.lead_id == asks.deputy)
        if not scope.reads_hidden_names:
            wanted.append(~Standing.is_lead_hidden)
    return and_(true(), *wanted)


def _is_tallied(scope: Scope, asks: Asked) -> bool:
    return units_of(scope, asks) is None and asks.category is None and asks.deputy is None


def margins(session: Session, scope: Scope, asks: Asked) -> Margins:
    """Everything that is counted of a year: from the counters where they hold it, else from the standings."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    if _is_tallied(scope, asks):
        counters = select(Tally.dim, Tally.key, Tally.shape, Tally.times).where(
            Tally.year == asks.year, Tally.dim.in_(("all", "unit", "category", "course", "light")), Tally.times > 0
        )
        days = (
            select(Tally.shape, func.sum(Tally.times))
            .where(Tally.year == asks.year, Tally.dim == "wait", Tally.times > 0)
            .group_by(Tally.shape)
        )
        for dim, key, shape, times in session.execute(counters):
            found[dim, key][shape] += times
        for shape, times in session.execute(days):
            found["wait", ""][shape] += int(times)
        return found
    columns = (Standing.year, Standing.kind, Standing.unit_id, Standing.category, Standing.shape, Standing.marks)
    query = select(*columns, func.count().label("times")).where(rows_asked(scope, asks)).group_by(*columns)
    for row in session.execute(query):
        for _, dim, key, shape in cells_of(row):
            found[dim, key][shape] += row.times
    return found


def by_year(session: Session, scope: Scope, asks: Asked) -> Mapping[int, Mapping[str, int]]:
    """How often each shape occurs, for every year."""
    if _is_tallied(scope, asks):
        query = select(Tally.year, Tally.shape, Tally.times).where(Tally.dim == "year", Tally.times > 0)
    else:
        columns = (Standing.year, Standing.shape)
        query = select(*columns, func.count()).where(rows_asked(scope, asks, of_year=False)).group_by(*columns)
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for year, shape, times in session.execute(query):
        found[year][narrow(shape)] += times
    return found


def newest_year(session: Session, today_year: int) -> int:
    """The newest year that has anything to count; this year where nothing has."""
    return session.scalar(select(func.max(Tally.year)).where(Tally.dim == "all", Tally.times > 0)) or today_year


def known(shapes: Iterable[tuple[str, int]], scope: Scope, kind: Kind, asks: Asked) -> Cells:
    """The rows of these shapes as this person may know them: items of one kind, and what is promised and owed.

    In the order of what is known, for that of the shapes would tell a sealed rating from another.
    """
    counted: Counter[Row] = Counter()
    for shape, times in shapes:
        if is_of(row := seen(shape, scope), kind, asks):
            counted[row] += times
    return tuple(sorted(counted.items(), key=lambda each: each[0].shape))


def is_of(row: Row, kind: Kind, asks: Asked) -> bool:
    """Whether a row is of what is counted: an item of this kind and class; a promise or an opinion has no class."""
    if row.kind in (Kind.SUGGESTION, Kind.HANDLING):
        return row.kind is kind and asks.result_class in ("", row.result_class)
    return not asks.result_class


def seen(shape: str, scope: Scope) -> Row:
    """A row as this person may know it."""
    return veiled_row_of(shape) if scope.is_veiled else row_of(shape)
