"""What the weekly bulletin is made of: its sections with their lists, for the page and for paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from suggestions.documents.papers.parts import Heading, Paper, Table, Text
from suggestions.queries.desks.items import Place

_NUMERALS = (*"一二三四五六七八九十", "十一", "十二")


@dataclass(frozen=True)
class Line:
    """One row of a section, with the page that it leads to."""

    cells: tuple[str, ...]
    page: Place | None = None


@dataclass(frozen=True)
class Section:
    """One matter of the week with what it is counted in, and its list."""

    id: str
    heading: str
    short: str
    measure: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True)
class Bulletin:
    """The bulletin of one week, as far as it has gone."""

    issuer: str
    first: date
    last: date
    today: date
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """What it is called: the year and the week by the calendar."""
        year, week, _ = self.first.isocalendar()
        return f"代表建议督办通报（{year}年第{week}周）"

    @property
    def span(self) -> str:
        """From which day to which."""
        return f"{self.first.year}年{self.first.month}月{self.first.day}日至{self.last.month}月{self.last.day}日"

    @property
    def is_current(self) -> bool:
        """Whether the week is not over."""
        return self.first <= self.today < self.first + timedelta(days=7)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def summary(of: Bulletin) -> str:
    """The week in one sentence."""
    return "，".join(f"{each.short}{len(each.lines)}{each.measure}" for each in of.sections) + "。"


def paper_of(of: Bulletin) -> Paper:
    """The bulletin for paper."""
    return Paper(of.title, of.issuer, tuple(_blocks(of)))


def _blocks(of: Bulletin) -> Iterable[Heading | Text | Table]:
    yield Text(f"{of.span}，{summary(of)}")
    for number, section in enumerate(of.sections):
        yield Heading(f"{_NUMERALS[number]}、{section.heading}（{len(section.lines)}{section.measure}）")
        if section.lines:
            yield Table(section.head, section.widths, [line.cells for line in section.lines])
        else:
            yield Text("没有。")
        if section.note:
            yield Text(section.note, is_note=True)
    yield Text("没有公布的评价不在通报里。", is_note=True)
