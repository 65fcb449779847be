"""What a ledger is made of: sheets with named columns, whose rows come one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = str | int | date | Decimal | None
"""One cell: text stays text whatever it looks like, a date is a date, a number a number; a share is a Decimal."""


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    LONG = "long"
    """Text that runs over several lines."""
    DATE = "date"
    COUNT = "count"
    SHARE = "share"
    """A share of 1, shown in percent with as many digits as it was worked out to."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, what stands in it, and how wide it is in characters of Latin text."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """One sheet of a ledger; its rows are taken once, while it is written."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


@dataclass(frozen=True)
class Ledger:
    """A whole workbook under its title, with how many rows are to come, for whoever shows the progress."""

    title: str
    sheets: Sequence[Sheet]
    length: int
