"""Sentences with figures: words and numbers piece by piece, each figure with the list that it counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from suggestions.documents.papers.parts import Table
from suggestions.domain.rate_parts import PARTS
from suggestions.domain.rates import RATES
from suggestions.queries.statistics_tables import Book, Number, Shown


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence: words, or a figure with what it counts; `anchor` leads to a table on the same page."""

    text: str
    number: Number | None = None
    anchor: str = ""


def plain(pieces: Iterable[Piece]) -> str:
    """The sentence as plain text."""
    return "".join(piece.text for piece in pieces)


@dataclass(frozen=True)
class Figures:
    """The figures of one question, ready to be put into sentences."""

    book: Book
    is_brief: bool = False
    """Whether a variant of a rate is named only where two of them stand side by side."""

    def value(self, code: str) -> int:
        """How many a part holds."""
        return self.book.number(code).value

    def number(self, code: str) -> Piece:
        """A figure alone, without its measure word."""
        return Piece(str(self.value(code)), self.book.number(code))

    def count(self, code: str, *rates: str) -> Iterator[Piece]:
        """A figure with its measure word, and the rates that it is the numerator of."""
        yield self.number(code)
        yield Piece(PARTS[code].measure)
        said = [rate for rate in rates if self.book.shown(RATES[rate]).value.base]
        for at, rate in enumerate(said):
            yield Piece("，" if at else "（")
            yield from self.rate(rate)
        if said:
            yield Piece("）")

    def rate(self, code: str) -> Iterator[Piece]:
        """A rate in percent, or as its two numbers while the denominator carries no percentage."""
        shown = self.book.shown(RATES[code])
        is_named = shown.rate.mark in (("宽", "严") if self.is_brief else (shown.rate.mark,))
        mark = f"（{shown.rate.mark}）" if is_named and shown.rate.mark else ""
        # The table of formulas says the whole name; here a second pair of brackets would only be in the way.
        yield Piece(shown.rate.name.partition("（")[0] + mark)
        if shown.value.percent:
            yield Piece(f"{shown.value.percent}%", shown.top)
            return
        measure = shown.rate.top.measure
        yield Piece("为")
        yield Piece(str(shown.base.value), shown.base)
        yield Piece(f"{measure}中")
        yield Piece(str(shown.top.value), shown.top)
        yield Piece(measure)


def formulas(rates: Iterable[Shown]) -> Table:
    """Every rate with its formula, who counts so, its two numbers, and what comes of them."""
    rows = [
        (
            shown.rate.name + (f"（{shown.rate.mark}）" if shown.rate.mark else ""),
            f"{shown.rate.formula}。{shown.rate.source}",
            str(shown.value.top),
            str(shown.value.base),
            f"{shown.value.percent}%" if shown.value.percent else "只说件数" if shown.value.base else "还没有",
        )
        for shown in rates
    ]
    return Table(("率", "怎么算", "分子", "分母", "结果"), (24, 54, 12, 12, 18), rows)
