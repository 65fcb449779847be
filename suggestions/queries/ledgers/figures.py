"""The unit statistics as a workbook: the tables of the statistics page and every rate with its two numbers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from suggestions.documents.ledgers.sheet import Column, Kind, Ledger, Sheet, Value
from suggestions.domain.rates import VERSION
from suggestions.domain.rates import Value as Counted
from suggestions.queries.ledgers.asking import Asking
from suggestions.queries.statistics import Statistics, statistics
from suggestions.queries.statistics_tables import Table

_RATES = (
    Column("关于", width=12),
    Column("率", width=24),
    Column("算法", width=12),
    Column("怎么算", Kind.LONG, 48),
    Column("分子", Kind.COUNT, 9),
    Column("分母", Kind.COUNT, 9),
    Column("结果", Kind.SHARE, 10),
    Column("谁这样算", Kind.LONG, 40),
    Column("说明", Kind.LONG, 48),
    Column("算法版本", width=10),
)


def ledger(asking: Asking) -> Ledger:
    """The tables by unit, category, class and year, then every rate; a small denominator has no percentage."""
    found = statistics(asking.session, asking.scope, asking.asks, asking.today)
    sheets = [*(_sheet(table) for table in found.tables), Sheet("全部的率", _RATES, _rates(found))]
    length = sum(len(table.lines) for table in found.tables) + sum(len(group) for _, group in found.groups)
    return Ledger(f"{asking.asks.year}年代表建议办理统计", sheets, length)


def _sheet(table: Table) -> Sheet:
    counted = [Column(f"{words}（{table.counts}）", Kind.COUNT, 11) for words in table.columns]
    shares = [
        column
        for words in table.rate_columns
        for column in (
            Column(f"{words}：分子", Kind.COUNT, 11),
            Column(f"{words}：分母", Kind.COUNT, 11),
            Column(words, Kind.SHARE, 12),
        )
    ]
    return Sheet(table.title, (Column(table.head, width=24), *counted, *shares), _lines(table))


def _lines(table: Table) -> Iterator[Sequence[Value]]:
    for line in table.lines:
        shares = (each for value in line.rates for each in (value.top, value.base, share(value)))
        yield (line.name, *(number.value for number in line.numbers), *shares)


def _rates(found: Statistics) -> Iterator[Sequence[Value]]:
    for name, group in found.groups:
        for shown in group:
            rate = shown.rate
            numbers = (shown.top.value, shown.base.value, share(shown.value))
            yield name, rate.name, rate.mark, rate.formula, *numbers, rate.source, rate.note, VERSION


def share(value: Counted) -> Decimal | None:
    """A percentage as a number, to the digits that are said; None where two numbers speak in its stead."""
    return Decimal(value.percent).scaleb(-2) if value.percent else None
