"""What every ledger asks: whose, of which year, in which order, and how its rows come in portions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from suggestions.domain.facts import Actor
from suggestions.models import Handling, Suggestion
from suggestions.queries.counts import Asked, Scope, units_of

PORTION = 500
"""How many rows are held at a time."""
ORDER = (
    Suggestion.congress,
    Suggestion.term,
    Suggestion.session,
    Suggestion.series.desc(),
    func.length(Suggestion.number),
    Suggestion.number,
    Handling.part,
    Handling.id,
)
"""Cases in the order of their numbers."""


@dataclass(frozen=True)
class Asking:
    """Who asks for a ledger, of what, and on which day."""

    session: Session
    actor: Actor
    scope: Scope
    asks: Asked
    today: date

    @property
    def units(self) -> tuple[int, ...] | None:
        """Whose handlings; None for everybody's."""
        return units_of(self.scope, self.asks)

    def of_units(self, column: Any) -> ColumnElement[bool]:
        """That a column holds one of the units."""
        return true() if self.units is None else column.in_(self.units)

    def of_year(self) -> ColumnElement[bool]:
        """The handlings of the cases that were assigned in the year, those of past years left out."""
        on = func.coalesce(Suggestion.assigned_on, Handling.assigned_on)
        year = self.asks.year
        return and_(~Handling.is_past, on >= date(year, 1, 1), on <= date(year, 12, 31))

    def count(self, query: Select[Any]) -> int:
        """How many rows a question has."""
        inner = query.order_by(None).subquery()
        return self.session.scalar(select(func.count()).select_from(inner)) or 0

    def portions(
        self, query: Select[Any], key: InstrumentedAttribute[int], only: ColumnElement[bool] | None = None
    ) -> Iterator[Sequence[Row[Any]]]:
        """The rows, so many at a time, by their keys: nothing is held open while the rows of a portion are written.

        `only` narrows the keys: a condition that costs much is so asked once, not again for each portion.
        """
        wanted = query if only is None else query.where(only)
        keys = self.session.scalars(wanted.with_only_columns(key, maintain_column_froms=True)).all()
        for start in range(0, len(keys), PORTION):
            yield self.session.execute(query.where(key.in_(keys[start : start + PORTION]))).all()


def number_of(number: str | None, part: int | None) -> str:
    """A number as it stands in a list: 001, or 237-1 when split."""
    return f"{number or ''}" if part is None else f"{number}-{part}"


def yes_no(is_so: bool) -> str:
    """是 or 否."""
    return "是" if is_so else "否"
