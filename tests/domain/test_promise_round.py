"""The yearly round of reports: it runs in the fourth quarter, and what is owed stays owed until the next begins."""

from datetime import date

import pytest

from suggestions.domain.promise_round import round_on
from suggestions.domain.rulebook import load


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 9, 30), 2025),
        (date(2026, 10, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
        (date(2027, 9, 30), 2026),
    ],
)
@pytest.mark.parametrize("place", ["chongqing", "national"])
def test_a_round_begins_in_october_and_is_of_this_year_and_the_last(place: str, today: date, year: int) -> None:
    found = round_on(load(place, today), today)
    assert (found.year, found.opens_on, found.closes_on) == (year, date(year, 10, 1), date(year, 12, 31))
    assert (found.first_made_on, found.last_made_on) == (date(year - 1, 1, 1), date(year, 12, 31))


def test_the_round_names_its_article() -> None:
    lines = {
        line.label: line.text for line in round_on(load("chongqing", date(2026, 10, 8)), date(2026, 10, 8)).due.lines
    }
    assert "第二十四条" in lines["依据"]
    assert "最后一日遇休息日不顺延" in lines["时段"]
