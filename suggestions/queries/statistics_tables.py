"""The tables and rates of the statistics: every number with the question that lists exactly what it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from suggestions.domain import rates
from suggestions.domain.counting import Kind
from suggestions.domain.rate_parts import PARTS, count
from suggestions.domain.rates import RATES, Rate, Value
from suggestions.queries.counts import Asked, Cells, Scope, is_of, seen

Rows = Iterable[tuple[str, Mapping[str, Any], Mapping[str, int]]]
"""The rows of a table: name, what the question is narrowed by, and how often each shape occurs."""
COLUMNS = (
    ("items", "件数"),
    ("replied", "已答复"),
    ("on_time", "按期"),
    ("overdue", "超期未答"),
    ("closed", "办结"),
    ("tracking", "跟踪中"),
    ("class_a", "A类"),
    ("receipts", "回执"),
    ("satisfied", "满意"),
    ("at_least_mostly", "满意和基本满意"),
    ("dissatisfied", "不满意"),
    ("not_returned", "未回"),
)
SAID_PARTS = ("satisfied", "mostly", "understood", "dissatisfied", "sealed", "waiting", "not_returned", "waived")
_IN_RATE = (("on_time_due", "按期办复率"), ("satisfied_loose", "满意率（宽）"))
_SUMMED = tuple(
    dict.fromkeys(
        [code for code, _ in COLUMNS] + [p.code for rate, _ in _IN_RATE for p in (RATES[rate].top, RATES[rate].base)]
    )
)
BESIDE: Mapping[str, tuple[str, ...]] = {
    "closed_all": ("tracking",),
    "replied_due": ("not_due", "overdue"),
    "on_time_due": ("late", "overdue"),
    "satisfied_loose": ("first_dissatisfied",),
    "returned": ("not_returned", "waiting", "sealed"),
    "published": ("withheld",),
    "promises_kept": ("promises_overdue", "promises_released"),
}
"""What must stand beside a rate, so that it is not read for more than it says."""


@dataclass(frozen=True)
class Number:
    """A number with the part and the question that list exactly what it counts."""

    value: int
    part: str
    words: str
    asks: Asked


@dataclass(frozen=True)
class Shown:
    """A rate as it is shown: a percentage where its denominator carries one, the two numbers always."""

    rate: Rate
    value: Value
    top: Number
    base: Number
    beside: tuple[Number, ...] = ()
    """What must stand beside it: what is still being followed, or what was not returned."""

    @property
    def big(self) -> str:
        """The large figure without its sign: the percentage, or the two numbers while they are small."""
        if not self.value.base:
            return ""
        return self.value.percent or f"{self.value.top} / {self.value.base}"


@dataclass(frozen=True)
class Line:
    """One row of a table: its name, the question that it answers, and its numbers in the order of the columns."""

    name: str
    asks: Asked
    numbers: tuple[Number, ...]
    rates: tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """A table of the statistics, ready for a page or a sheet."""

    id: str
    title: str
    head: str
    counts: str
    """What its numbers count: 建议 or 承办件."""
    columns: tuple[str, ...]
    rate_columns: tuple[str, ...]
    lines: tuple[Line, ...]


def counts_words(kind: Kind) -> str:
    """What is counted, in a word."""
    return "建议" if kind is Kind.SUGGESTION else "承办件"


@dataclass(frozen=True)
class Book:
    """Who asks what, on which day: makes numbers, rates and tables of rows that were counted."""

    scope: Scope
    asks: Asked
    today: date
    kind: Kind
    cells: Cells
    """The rows of the whole question."""
    _counted: dict[str, int] = field(default_factory=dict)

    @cached_property
    def _columns(self) -> dict[tuple[Kind, str], tuple[int, ...]]:
        """What `_belongs` has found out; no part of what is read, because a shape tells a sealed rating."""
        return {}

    def number(self, code: str) -> Number:
        """How many rows of the whole question belong to a part."""
        part = PARTS[code]
        if code not in self._counted:
            self._counted[code] = count(self.cells, part, self.today, self.asks.rounds)
        return Number(self._counted[code], code, part.words, self.asks)

    def light(self, unit: int, code: str, value: int) -> Number:
        """How many of a unit's open handlings have this light."""
        return Number(value, code, "", self.asks.narrowed(unit=unit))

    def shown(self, rate: Rate, *beside: str) -> Shown:
        """One rate, with what must stand beside it."""
        top, base = self.number(rate.top.code), self.number(rate.base.code)
        return Shown(rate, Value(rate, top.value, base.value), top, base, tuple(self.number(code) for code in beside))

    def groups(self) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
        """Every rate, by what it is about."""
        found: dict[str, list[Shown]] = {}
        for rate in RATES.values():
            if self.asks.result_class and rate.group in (rates.PROMISES, rates.OPINIONS):
                continue
            if rate.code == "opinions_satisfied" and not self.number(rate.base.code).value:
                continue
            found.setdefault(rate.group, []).append(self.shown(rate, *BESIDE.get(rate.code, ())))
        return tuple((name, tuple(shown)) for name, shown in found.items())

    def table(self, id: str, title: str, head: str, *, kind: Kind, rows: Rows) -> Table:
        """A table of rows that each narrow the question; empty rows are left out."""
        lines = (self.line(name, self.asks.narrowed(**change), kind, shapes.items()) for name, change, shapes in rows)
        columns, of_rates = tuple(words for _, words in COLUMNS), tuple(words for _, words in _IN_RATE)
        held = tuple(line for line in lines if any(number.value for number in line.numbers))
        return Table(id, title, head, counts_words(kind), columns, of_rates, held)

    def line(self, name: str, asks: Asked, kind: Kind, shapes: Iterable[tuple[str, int]]) -> Line:
        """One row of a table."""
        sums = [0] * len(_SUMMED)
        for shape, times in shapes:
            for at, one in enumerate(self._belongs(kind, shape)):
                sums[at] += one * times
        by_code = dict(zip(_SUMMED, sums, strict=True))
        numbers = tuple(Number(by_code[code], code, PARTS[code].words, asks) for code, _ in COLUMNS)
        values = (
            Value(RATES[code], by_code[RATES[code].top.code], by_code[RATES[code].base.code]) for code, _ in _IN_RATE
        )
        return Line(name, asks, numbers, tuple(values))

    def _belongs(self, kind: Kind, shape: str) -> tuple[int, ...]:
        """To which columns a shape belongs; found out once, however many units have it."""
        if (kind, shape) not in self._columns:
            row = seen(shape, self.scope)
            is_wanted = is_of(row, kind, self.asks)
            held = (is_wanted and PARTS[code].holds(row, self.today, self.asks.rounds) for code in _SUMMED)
            self._columns[kind, shape] = tuple(int(one) for one in held)
        return self._columns[kind, shape]
