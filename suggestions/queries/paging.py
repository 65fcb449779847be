"""What every counted list has: pages of rows, and frequent questions with how many rows answer each."""

from dataclasses import dataclass

LENGTH = 30


@dataclass(frozen=True)
class Page:
    """One page of a list that is counted: its number from 1, and how many rows all pages have together."""

    number: int
    total: int
    length: int = LENGTH

    @classmethod
    def nearest(cls, asked: int, total: int, length: int = LENGTH) -> "Page":
        """The page that was asked for, or the nearest one there is."""
        return cls(max(min(asked, (total - 1) // length + 1), 1), total, length)

    @property
    def before(self) -> int:
        """How many rows the pages before have."""
        return (self.number - 1) * self.length

    @property
    def first(self) -> int:
        """The position of the first row, from 1."""
        return self.before + 1

    @property
    def last(self) -> int:
        """The position of the last row."""
        return min(self.before + self.length, self.total)

    @property
    def previous(self) -> int | None:
        """The number of the page before; None on the first."""
        return self.number - 1 or None

    @property
    def following(self) -> int | None:
        """The number of the next page; None on the last."""
        return self.number + 1 if self.last < self.total else None


@dataclass(frozen=True)
class Chip:
    """A frequent question with how many rows answer it; `light` is the shape of a light, or empty."""

    code: str
    label: str
    count: int
    light: str = ""
