"""A report as its parts in order: headings, paragraphs and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """A heading of the first level."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph; a note stands in small type."""

    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its heading row; the widths are shares of the line."""

    head: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Picture:
    """A picture as wide as the line at most, with what it shows in words."""

    data: bytes
    media_type: str
    words: str = ""


Part: TypeAlias = Heading | Text | Table | Picture


@dataclass(frozen=True)
class ReportPaper:
    """A report ready for paper."""

    title: str
    unit: str
    blocks: tuple[Part, ...]
