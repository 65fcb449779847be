"""Document numbers (发文字号): one series for each office and year, issued once, never reused, every gap explained."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

_NUMBER = re.compile(r"(?P<series>[^\s〔〕]+)〔(?P<year>20\d{2})〕(?P<number>[1-9]\d{0,8})号")


@dataclass(frozen=True)
class Number:
    """A document number in its parts: 云山民政函〔2026〕35号."""

    series: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.number}号"

    def following(self) -> "Number":
        """The next of the same series and year."""
        return Number(self.series, self.year, self.number + 1)


@dataclass(frozen=True)
class Issued:
    """A number that went out on a letter, and why it did not follow the one before it."""

    text: str
    on: date
    reason: str = ""
    case: str = ""
    handling_id: int = 0

    @property
    def number(self) -> Number | None:
        """The number in its parts; None when it is written in another way."""
        return read(self.text)


@dataclass(frozen=True)
class Gap:
    """Numbers of a series that bear no letter of this house, with the reason given for them."""

    first: int
    last: int
    reason: str


def read(text: str) -> Number | None:
    """A number read from its text; None when it is written in another way."""
    found = _NUMBER.fullmatch(text.strip())
    return Number(found["series"], int(found["year"]), int(found["number"])) if found else None


def of_series(issued: Sequence[Issued], series: str, year: int) -> list[Number]:
    """The numbers of one series and year in their order."""
    numbers = (each.number for each in issued)
    return sorted((n for n in numbers if n and (n.series, n.year) == (series, year)), key=lambda n: n.number)


def proposed(issued: Sequence[Issued], series: str, today: date) -> str:
    """The next number: of the office's series, else of the series that its newest letter bears; empty when unknown."""
    if not series:
        last = next((n for each in reversed(issued) if (n := each.number)), None)
        if last is None:
            return ""
        series = last.series
    used = of_series(issued, series, today.year)
    return str(used[-1].following() if used else Number(series, today.year, 1))


def fault(text: str, reason: str, issued: Sequence[Issued], series: str, today: date) -> tuple[str, str] | None:
    """Why this number cannot be issued today, as (field, sentence); None when it can. Without series it is free."""
    if not series:
        return None
    number = read(text)
    if number is None or number.series != series:
        return "document_number", f"本单位的发文字号是“{series}〔{today.year}〕……号”，请照这样写。"
    if number.year != today.year:
        return "document_number", f"今天发出的信用{today.year}年的号。"
    used = of_series(issued, series, today.year)
    if used and number.number <= used[-1].number:
        return "document_number", f"本年已经编到{used[-1]}，号不倒回去编；下一个是{used[-1].following()}。"
    expected = used[-1].number + 1 if used else 1
    if number.number > expected and not reason:
        skipped = _span(expected, number.number - 1)
        return "gap_reason", f"跳过了{skipped}，请写明为什么，例如“用于其他公文”。"
    return None


def gaps(issued: Sequence[Issued], series: str, year: int) -> Iterator[Gap]:
    """The gaps of a series in a year, first to last, each with its reason as it was given."""
    reasons = {each.number: each.reason for each in issued if each.number}
    before = 0
    for number in of_series(issued, series, year):
        if number.number > before + 1:
            yield Gap(before + 1, number.number - 1, reasons.get(number, ""))
        before = number.number


def _span(first: int, last: int) -> str:
    return f"{first}号" if first == last else f"{first}号到{last}号"
