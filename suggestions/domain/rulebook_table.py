"""One table of a rulebook's TOML, asked for values by kind; what is missing, wrong or unknown is noted by key."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Table:
    """A table with its path: a question that has no good answer notes a fault and gets a harmless value.

    So one reading finds every fault; whoever reads looks at `faults` before using anything that was answered.
    """

    def __init__(self, data: Mapping[str, Any], path: str, faults: list[str]) -> None:
        self.data = data
        self.path = path
        self.faults = faults
        self._asked: set[str] = set()
        self._inside: list[Table] = []

    def at(self, key: str) -> str:
        """Return the full path of a key, such as terms.first_contact.amount."""
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, sentence: str) -> None:
        """Note what is wrong with a key."""
        self.faults.append(f"{self.at(key)} {sentence}")

    def end(self) -> None:
        """Note every key that nobody asked for, here and in the tables inside: a misspelt key is never passed over."""
        for key in self.data:
            if key not in self._asked:
                self.fault(key, "不认识，请检查拼写或者删去")
        for table in self._inside:
            table.end()

    def table(self, key: str) -> "Table":
        """Return the table under this key, an empty one when it is missing."""
        table = Table(self._take(key, dict, "一个表", {}), self.at(key), self.faults)
        self._inside.append(table)
        return table

    def tables(self, key: str) -> list["Table"]:
        """Return the list of tables under this key; an empty list is a fault."""
        rows = self._take(key, list, "至少一个表", [])
        if not all(isinstance(row, dict) for row in rows) or (key in self.data and not rows):
            self.fault(key, "应是至少一个表")
            return []
        tables = [Table(row, f"{self.at(key)}[{number}]", self.faults) for number, row in enumerate(rows, start=1)]
        self._inside.extend(tables)
        return tables

    def text(self, key: str, otherwise: str | None = None) -> str:
        """Return a text that is not empty; `otherwise` when the key may be missing and is."""
        if otherwise is not None and key not in self.data:
            return otherwise
        value = self._take(key, str, "一段文字", "")
        if key in self.data and isinstance(self.data[key], str) and not value.strip():
            self.fault(key, "不能是空的")
        return value

    def texts(self, key: str) -> list[str]:
        """Return a list of at least one text."""
        values = self._take(key, list, "至少一段文字的列表", [])
        if key in self.data and (not values or not all(isinstance(value, str) and value.strip() for value in values)):
            self.fault(key, "应是至少一段文字的列表")
            return []
        return values

    def whole(self, key: str, *, least: int = 1, otherwise: int | None = None) -> int:
        """Return a whole number of at least `least`; `otherwise` when the key may be missing and is."""
        if otherwise is not None and key not in self.data:
            return otherwise
        value = self._take(key, int, f"不小于{least}的整数", least)
        if value < least:
            self.fault(key, f"应是不小于{least}的整数，现在是{value}")
            return least
        return value

    def flag(self, key: str, otherwise: bool | None = None) -> bool:
        """Return true or false; `otherwise` when the key may be missing and is."""
        if otherwise is not None and key not in self.data:
            return otherwise
        return self._take(key, bool, "true或者false", False)

    def day(self, key: str) -> date:
        """Return a date."""
        return self._take(key, date, "日期，如2018-01-01", date.min)

    def one_of(self, key: str, kind: type[E]) -> E:
        """Return the member of this enum whose value stands under the key."""
        value = self.text(key)
        try:
            return kind(value)
        except ValueError:
            if value:
                self.fault(key, f"应是 {'、'.join(kind)} 之一，现在是“{value}”")
            return next(iter(kind))

    def month_and_day(self, key: str) -> tuple[int, int]:
        """Return month and day of a text such as "10-01"; 29 February is refused, for it is not in every year."""
        value = self.text(key)
        try:
            day = date.fromisoformat(f"2001-{value}")
        except ValueError:
            if value:
                self.fault(key, f"应是每年都有的月和日，如10-01，现在是“{value}”")
            return (1, 1)
        return (day.month, day.day)

    def fraction(self, key: str) -> tuple[int, int]:
        """Return a fraction above 0 and below 1, written as a list [1, 3]."""
        value = self._take(key, list, "真分数，如[1, 3]", [1, 2])
        whole = len(value) == 2 and all(type(part) is int and part > 0 for part in value)
        if not whole or Fraction(*value) >= 1:
            self.fault(key, f"应是真分数，如[1, 3]，现在是{value}")
            return (1, 2)
        return (value[0], value[1])

    def _take(self, key: str, kind: type[T], wanted: str, otherwise: T) -> T:
        self._asked.add(key)
        if key not in self.data:
            self.fault(key, f"缺少，应是{wanted}")
            return otherwise
        value = self.data[key]
        # In Python true is a whole number and a time of day is a date; in a rulebook neither passes for the other.
        is_disguised = (kind is int and isinstance(value, bool)) or (kind is date and isinstance(value, datetime))
        if is_disguised or not isinstance(value, kind):
            self.fault(key, f"应是{wanted}，现在是“{value}”")
            return otherwise
        return value
