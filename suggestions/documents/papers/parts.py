"""A paper as its parts in order: headings, paragraphs, tables, forms and pictures; what Word and PDF both draw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Piece = tuple[str, str]
"""("same" | "del" | "ins", text): what stays, what was taken out, what was put in."""
Words: TypeAlias = str | tuple[Piece, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of the first level."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph, each line of it one; a note stands in small type."""

    text: str
    is_note: bool = False
    align: str = "left"
    """Or `center`, or `right`: then without an indent."""


@dataclass(frozen=True)
class Table:
    """A table, with a heading row unless that is empty; the widths are shares of the line."""

    head: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Words]]
    is_small: bool = False
    """Set in small type, for many rows."""


@dataclass(frozen=True)
class Form:
    """What an office's form asks and what was entered: lines of one or of two pairs of label and words."""

    lines: Sequence[Sequence[tuple[str, str]]]

    @property
    def is_double(self) -> bool:
        """Whether any line holds two pairs, so that a line of one draws its words out."""
        return any(len(line) > 1 for line in self.lines)


@dataclass(frozen=True)
class Picture:
    """A picture as wide as the line at most, PNG or JPEG, with what it shows in words."""

    data: bytes
    media_type: str
    words: str = ""


@dataclass(frozen=True)
class NewPage:
    """What follows begins a page."""


Part: TypeAlias = Heading | Text | Table | Form | Picture | NewPage


@dataclass(frozen=True)
class Paper:
    """A paper ready to be drawn."""

    title: str
    unit: str
    blocks: tuple[Part, ...]
    warning: str = ""
    """What it is not yet, said across every page: 未审定."""

    def words(self) -> Iterator[str]:
        """Every word of the paper in reading order."""
        yield self.title
        for block in self.blocks:
            match block:
                case Heading(text) | Text(text):
                    yield text
                case Table(head, _, rows):
                    yield from head
                    yield from (plain_words(cell) for row in rows for cell in row)
                case Form(lines):
                    yield from (text for line in lines for pair in line for text in pair)
                case _:
                    pass


def plain_words(words: Words) -> str:
    """The words as they are printed, one piece after the other."""
    return words if isinstance(words, str) else "".join(text for _, text in words)
