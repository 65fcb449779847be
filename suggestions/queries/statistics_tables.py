"""The tables and rates of the statistics: every number with the question that lists exactly what it counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from suggestions.domain import rates
from suggestions.domain.counting import Kind
from suggestions.domain.rate_parts import PARTS, count
from suggestions.domain.rates import RATES, Rate, Value
from suggestions.queries.counts import CLASSES, Asked, Cells, Scope, known

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

    def number(self, cells: Cells, code: str, asks: Asked | None = None) -> Number:
        """How many of these rows belong to a part."""
        question = asks or self.asks
        part = PARTS[code]
        return Number(count(cells, part, self.today, question.rounds), code, part.words, question)

    def light(self, unit: int, code: str, value: int) -> Number:
        """How many of a unit's open handlings have this light."""
        return Number(value, code, "", self.asks.narrowed(unit=unit))

    def shown(self, cells: Cells, rate: Rate, *beside: str) -> Shown:
        """One rate over these rows, with what must stand beside it."""
        value = rates.value(rate, cells, self.today, self.asks.rounds)
        top, base = self.number(cells, rate.top.code), self.number(cells, rate.base.code)
        return Shown(rate, value, top, base, tuple(self.number(cells, code) for code in beside))

    def groups(self, cells: Cells) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
        """Every rate over these rows, by what it is about."""
        beside = {
            "closed_all": ("tracking",),
            "replied_due": ("not_due", "overdue"),
            "on_time_due": ("late", "overdue"),
            "returned": ("not_returned", "waiting", "sealed"),
            "promises_kept": ("promises_overdue", "promises_released"),
        }
        found: dict[str, list[Shown]] = {}
        for rate in RATES.values():
            if self.asks.result_class and rate.group in (rates.PROMISES, rates.OPINIONS):
                continue
            if rate.code == "opinions_satisfied" and not count(cells, rate.base, self.today):
                continue
            found.setdefault(rate.group, []).append(self.shown(cells, rate, *beside.get(rate.code, ())))
        return tuple((name, tuple(shown)) for name, shown in found.items())

    def table(
        self,
        id: str,
        title: str,
        head: str,
        kind: Kind,
        rows: Rows,
    ) -> Table:
        """A table of rows that each narrow the question; empty rows are left out."""
        lines = []
        for name, change, shapes in rows:
            question = self.asks.narrowed(**change)
            line = self.line(name, question, known(shapes.items(), self.scope, kind, question))
            if any(number.value for number in line.numbers):
                lines.append(line)
        return self._table(id, title, head, kind, lines)

    def line(self, name: str, asks: Asked, cells: Cells) -> Line:
        """One row of a table."""
        numbers = tuple(self.number(cells, code, asks) for code, _ in COLUMNS)
        values = tuple(rates.value(RATES[code], cells, self.today, asks.rounds) for code, _ in _IN_RATE)
        return Line(name, asks, numbers, values)

    def classes(self, cells: Cells) -> Table:
        """The table by class of result."""
        lines = []
        for code in CLASSES:
            of_class = tuple(pair for pair in cells if pair[0].result_class == code)
            lines.append(self.line(f"{code}类", self.asks.narrowed(result_class=code), of_class))
        lines = [line for line in lines if line.numbers[0].value]
        return self._table("classes", "各类结果", "结果", self.kind, lines)

    def years(self, found: Mapping[int, Mapping[str, int]]) -> Table:
        """The table by year of assignment."""
        rows = [(f"{year}年", {"year": year}, found[year]) for year in sorted(found, reverse=True)]
        return self.table("years", "各年", "交办年份", self.kind, rows)

    def _table(self, id: str, title: str, head: str, kind: Kind, lines: Sequence[Line]) -> Table:
        columns, of_rates = tuple(words for _, words in COLUMNS), tuple(words for _, words in _IN_RATE)
        return Table(id, title, head, counts_words(kind), columns, of_rates, tuple(lines))
