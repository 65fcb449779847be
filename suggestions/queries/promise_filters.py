"""What the promise register can be narrowed to: when due, how it stands, of which unit, handler and year."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, extract, or_, true

from suggestions.domain.limits import PROMISE_NEAR
from suggestions.domain.promise_round import Round
from suggestions.models import Handling, Promise, Suggestion
from suggestions.models.promise_round import is_reported, owes_report

IS_OPEN: ColumnElement[bool] = and_(Promise.fulfilled_on.is_(None), Promise.released_on.is_(None))


@dataclass(frozen=True)
class Wanted:
    """What is asked of the register, as it stands in the address; an empty word asks nothing."""

    show: str = ""
    unit: str = ""
    handler: str = ""
    year: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        """The words that ask something, for an address."""
        return {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}


def wanted(given: Mapping[str, str]) -> Wanted:
    """What an address asks; a word that is none of the offered ones asks nothing."""
    show = given.get("show", "")
    found = {name: unicodedata.normalize("NFC", given.get(name, "")) for name in ("unit", "handler", "year")}
    numbers = {name: word for name, word in found.items() if word.isascii() and word.isdigit() and 0 < len(word) < 10}
    return Wanted(show=show if show in SHOWN else "", **numbers)


def of_wanted(asks: Wanted) -> ColumnElement[bool]:
    """The rows of a unit, a handler, a year; how they stand is asked apart."""
    return and_(
        true(),
        *([Handling.unit_id == int(asks.unit)] if asks.unit else []),
        *([Handling.handler_id == int(asks.handler)] if asks.handler else []),
        *([extract("year", Promise.made_on) == int(asks.year)] if asks.year else []),
    )


@dataclass(frozen=True)
class Ground:
    """The day, and the round of reports that runs or ran last."""

    today: date
    round: Round

    @property
    def month(self) -> tuple[date, date]:
        """The first and the last day of this month."""
        return _span(self.today.year, self.today.month, 1)

    @property
    def quarter(self) -> tuple[date, date]:
        """The first and the last day of this quarter."""
        return _span(self.today.year, (self.today.month - 1) // 3 * 3 + 1, 3)


def _span(year: int, month: int, months: int) -> tuple[date, date]:
    following = date(year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _due_within(days: tuple[date, date]) -> ColumnElement[bool]:
    return and_(Promise.released_on.is_(None), Promise.due_on.between(*days))


@dataclass(frozen=True)
class Shown:
    """A frequent question: its words, which rows answer it, and the shape of a light, or empty."""

    label: str
    condition: Callable[[Ground], ColumnElement[bool]]
    light: str = ""


SHOWN: Mapping[str, Shown] = {
    "open": Shown("没有兑现", lambda _on: IS_OPEN),
    "over": Shown("逾期", lambda on: and_(IS_OPEN, Promise.due_on < on.today), "over"),
    "near": Shown("临近", lambda on: and_(IS_OPEN, Promise.due_on.between(on.today, on.today + PROMISE_NEAR)), "near"),
    "month": Shown("本月到期", lambda on: _due_within(on.month)),
    "quarter": Shown("本季度到期", lambda on: _due_within(on.quarter)),
    "across": Shown(
        "跨年度",
        lambda on: or_(
            extract("year", Promise.due_on) > extract("year", Promise.made_on),
            and_(IS_OPEN, extract("year", Promise.made_on) < on.today.year),
            Suggestion.is_cross_year.is_(True),
        ),
    ),
    "past": Shown("往年件", lambda _on: Handling.is_past.is_(True)),
    "report": Shown("第四季度待报告", lambda on: and_(owes_report(on.round), ~is_reported(on.round))),
    "reported": Shown("第四季度已报告", lambda on: and_(owes_report(on.round), is_reported(on.round))),
    "rate": Shown("等代表评价", lambda _on: Promise.rating_due_on.is_not(None)),
    "changed": Shown("变更过", lambda _on: Promise.changed > 0),
    "reopened": Shown("重新打开过", lambda _on: Promise.reopened > 0),
    "asked": Shown("申请终止", lambda _on: and_(IS_OPEN, Promise.release_asked_on.is_not(None))),
    "kept": Shown("已兑现", lambda _on: Promise.fulfilled_on.is_not(None)),
    "released": Shown("已终止", lambda _on: Promise.released_on.is_not(None)),
}
"""The frequent questions by their code."""
