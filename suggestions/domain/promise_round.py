"""The yearly round of reports: what was promised this year and last is reported to its deputy, with a receipt."""

from dataclasses import dataclass
from datetime import date

from suggestions.domain.deadlines import Due, due_in_year
from suggestions.domain.rulebook import Rulebook, SeasonKey


@dataclass(frozen=True)
class Round:
    """The newest round that has begun: of which year, and from when until when its reports are owed."""

    year: int
    due: Due

    @property
    def opens_on(self) -> date:
        """The first day on which a report counts for this round."""
        return self.due.start

    @property
    def closes_on(self) -> date:
        """The last day of the round."""
        return self.due.on

    @property
    def first_made_on(self) -> date:
        """From which day on promises are reported: those of the year before too (Chongqing regulation art. 24)."""
        return date(self.year - 1, 1, 1)

    @property
    def last_made_on(self) -> date:
        """The last day on which a promise can still have been made for this round."""
        return date(self.year, 12, 31)

    def is_about(self, made_on: date) -> bool:
        """Whether a promise of this day is reported in this round."""
        return self.first_made_on <= made_on <= self.last_made_on


def round_on(rules: Rulebook, today: date) -> Round:
    """The round that runs today, or the last one that did: it stays owed until the next begins.

    A yearly duty follows the rulebook of the house on the day, not that of each case.
    """
    season = rules.season(SeasonKey.PROMISE_REPORT)
    year = today.year if today >= season.opens_on(today.year) else today.year - 1
    return Round(year, due_in_year(season, year))
