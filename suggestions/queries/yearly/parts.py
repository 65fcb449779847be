"""What the annual report is made of: sections of sentences, tables of cases, and charts."""

from dataclasses import dataclass

from suggestions.queries.charts import Chart
from suggestions.queries.sentences import Figures, Piece
from suggestions.queries.statistics import Statistics
from suggestions.queries.statistics_list import Listed

Sentence = tuple[Piece, ...]


@dataclass(frozen=True)
class CaseTable:
    """Cases by name: each with its number, its title and how it stands; `more` were left out."""

    id: str
    title: str
    how: str
    """The heading of what is said of each."""
    rows: tuple[Listed, ...]
    more: int = 0


@dataclass(frozen=True)
class Section:
    """One section of the report."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]
    tables: tuple[CaseTable, ...] = ()
    charts: tuple[Chart, ...] = ()
    has_units: bool = False
    """Whether the table of all units stands here."""


@dataclass(frozen=True)
class Ground:
    """What the sections are written from."""

    found: Statistics
    figures: Figures
    whose: str
    """Who the report is of, as its first sentence begins."""
    key: tuple[Listed, ...]
    again: tuple[Listed, ...]
    """Suggestions of the year that were put before, each with which."""
    tables: dict[str, CaseTable]
    """The cases that are named, by the part that counts them."""

    def chart(self, id: str) -> tuple[Chart, ...]:
        """The chart of the statistics page with this id, where there is anything to draw."""
        return tuple(chart for chart in self.found.charts if chart.id == id)

    def named(self, *codes: str) -> tuple[CaseTable, ...]:
        """The tables of these parts, those without a case left out."""
        return tuple(self.tables[code] for code in codes if code in self.tables)
