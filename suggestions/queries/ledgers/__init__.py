"""The ledgers that an office exports, each as sheets whose rows come from the database while they are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from suggestions.documents.ledgers.sheet import Ledger
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.models import Standing, Unit
from suggestions.queries.counts import Asked, Scope, rows_asked
from suggestions.queries.ledgers import contacts, figures, handlings, promises
from suggestions.queries.ledgers.asking import Asking

READERS = (Role.SUPERVISOR, Role.INSPECTOR, *sorted(UNIT_ROLES))
"""Who exports ledgers: the deputies office all, the inspection office the government's, a unit its own."""


@dataclass(frozen=True)
class Book:
    """One kind of ledger: its code in addresses and commands, its name, and what it holds."""

    code: str
    name: str
    holds: str
    make: Callable[[Asking], Ledger]


BOOKS: Mapping[str, Book] = {
    book.code: book
    for book in (
        Book(
            "handling",
            "办理台账",
            "一件一行：交办、签收、方案、联系、签批、答复、评价、办结的日期，结果类别，现在等谁；协办件另有一张表。",
            handlings.ledger,
        ),
        Book(
            "promise",
            "承诺事项台账",
            "一项承诺一行，今年的和上一年的都在里面，往年件也在：做什么、谁负责、什么时候完成、怎样了。",
            promises.ledger,
        ),
        Book(
            "contact",
            "沟通台账",
            "一次联系一行：办前、办中还是办后，怎么联系的，代表说了什么，代表认不认。",
            contacts.ledger,
        ),
        Book(
            "statistics", "单位统计表", "按单位、类别、结果、年份分的表，和全部的率，分子、分母都在。", figures.ledger
        ),
    )
}


def ledger(session: Session, actor: Actor, scope: Scope, asks: Asked, *, code: str, today: date) -> Ledger:
    """A ledger as this person may read it; Missing for one that there is none of, or no right to."""
    if code not in BOOKS or actor.role not in READERS or not scope.is_listed:
        raise Missing
    return BOOKS[code].make(Asking(session, actor, scope, asks, today))


@dataclass(frozen=True)
class Choices:
    """The years and units that this person may choose."""

    years: tuple[int, ...]
    units: tuple[tuple[int, str], ...]


def choices(session: Session, scope: Scope, asks: Asked, today: date) -> Choices:
    """What the filters offer: every year with anything counted, this year and the one that is asked for."""
    known = session.scalars(select(Standing.year).where(rows_asked(scope, Asked(asks.year), of_year=False)).distinct())
    query = select(Unit.id, Unit.name).order_by(Unit.id)
    if scope.units is not None:
        query = query.where(Unit.id.in_(scope.units))
    units = tuple((id, name) for id, name in session.execute(query))
    years = {today.year, asks.year, *known}
    return Choices(tuple(sorted(years, reverse=True)), units if len(units) > 1 else ())
