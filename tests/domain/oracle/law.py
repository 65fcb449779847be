"""The terms of each place, by hand from the table of deadlines; what no law fixes is the house's default."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from tests.domain.oracle.days import Days, months_later

WORKDAYS, DAYS, MONTHS = "workdays", "days", "months"


@dataclass(frozen=True)
class Term:
    """How long, how long before its end it turns yellow, and by how many months it can be put off."""

    amount: int
    unit: str
    near: int
    near_unit: str = WORKDAYS
    cap: int = 0

    def ends(self, start: date, days: Days, months: int = 0) -> date:
        """The last day of the term, counted on the fingers."""
        if self.unit == WORKDAYS:
            return days.nth_worked(start, self.amount)
        if self.unit == DAYS:
            on = start
            for _ in range(self.amount):
                on = date.fromordinal(on.toordinal() + 1)
            return days.first_worked(on)
        return days.first_worked(months_later(start, self.amount + months))

    def is_near(self, today: date, end: date, days: Days) -> bool:
        """Whether so little is left that the light is yellow."""
        if self.near_unit == DAYS:
            return (end - today).days <= self.near
        return days.worked_after(today, end, self.near + 1) <= self.near


@dataclass(frozen=True)
class Law:
    """One place's terms, and what they are counted from where places differ."""

    since: date
    terms: Mapping[str, Term]
    returns_from_receipt: bool = False
    opinions_from_receipt: bool = False
    needs_consent: bool = True
    contact_behind: int = 15


_NATIONAL = {
    "assign": Term(10, WORKDAYS, 3),
    "receive": Term(3, WORKDAYS, 1),
    "request_return": Term(10, WORKDAYS, 3),
    "name_new_unit": Term(10, WORKDAYS, 3),
    "first_contact": Term(20, WORKDAYS, 5),
    "co_opinion": Term(30, WORKDAYS, 5),
    "co_opinion_invited": Term(30, WORKDAYS, 5),
    "co_opinion_redo": Term(5, WORKDAYS, 2),
    "countersign": Term(5, WORKDAYS, 2),
    "reply_ordinary": Term(3, MONTHS, 15, DAYS, cap=3),
    "reply_complex": Term(6, MONTHS, 30, DAYS),
    "redo": Term(2, MONTHS, 10, DAYS),
    "delivery": Term(3, WORKDAYS, 1),
    "rating": Term(20, WORKDAYS, 5),
    "rating_window": Term(5, WORKDAYS, 1),
    "publication": Term(20, WORKDAYS, 5),
    "promise_rating": Term(20, WORKDAYS, 5),
    "light_up_answer": Term(3, WORKDAYS, 1),
    "light_up_again": Term(7, DAYS, 0, DAYS),
    "inspection_report": Term(1, MONTHS, 5),
}
_CHONGQING = {**_NATIONAL, "reply_complex": Term(6, MONTHS, 30, DAYS, cap=3)}
_EAST = {**_NATIONAL, "redo": Term(1, MONTHS, 10, DAYS)}
_PASSED, _IN_FORCE = date(2025, 3, 11), date(2018, 1, 1)

LAWS = {
    "chongqing": Law(_IN_FORCE, _CHONGQING, needs_consent=False),
    "yunshan": Law(
        date(2026, 1, 1),
        {**_CHONGQING, "receive": Term(2, WORKDAYS, 1), "first_contact": Term(15, WORKDAYS, 5)},
        needs_consent=False,
        contact_behind=11,
    ),
    "national": Law(_PASSED, _NATIONAL),
    "zhejiang": Law(
        _PASSED,
        {
            **_EAST,
            "request_return": Term(10, DAYS, 3, DAYS),
            "co_opinion": Term(2, MONTHS, 5),
            "co_opinion_invited": Term(2, MONTHS, 5),
            "inspection_report": Term(3, MONTHS, 5),
        },
        returns_from_receipt=True,
        opinions_from_receipt=True,
    ),
    "shanghai": Law(
        _PASSED,
        {
            **_EAST,
            "assign": Term(7, WORKDAYS, 2),
            "request_return": Term(7, WORKDAYS, 2),
            "co_opinion": Term(1, MONTHS, 5),
            "co_opinion_invited": Term(1, MONTHS, 5),
        },
        returns_from_receipt=True,
        opinions_from_receipt=True,
    ),
}

CHANGED_ON = date(2026, 6, 15)
"""From here on every place has a later law, invented: a case that began before keeps the old one."""
CHANGES = {"first_contact": 10, "reply_ordinary": 2, "rating": 15, "co_opinion_redo": 7}


def law_of(place: str, on: date) -> Law:
    """The law under which a case stands that began on this day."""
    return (_LATER if on >= CHANGED_ON else LAWS)[place]


def _later(law: Law) -> Law:
    changed = {key: replace(law.terms[key], amount=amount) for key, amount in CHANGES.items()}
    return replace(law, since=CHANGED_ON, terms={**law.terms, **changed})


_LATER = {place: _later(law) for place, law in LAWS.items()}
