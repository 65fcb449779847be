"""What must be true before the lead of a suggestion, or its mark, changes."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard


def lead_is_not_gone(facts: Facts) -> Iterator[str]:
    """Where nobody follows the lead there is nobody to change to any more."""
    if facts.of_suggestion.is_lead_gone:
        yield "已经记为无法评价，没有联名代表可以接着领衔。"


def is_not_cross_year(facts: Facts) -> Iterator[str]:
    """The mark is set once (Chongqing regulation art. 33)."""
    if facts.story.last(A.MARK_CROSS_YEAR) is not None:
        yield "已经列入跨年度跟踪，不用再列。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.CHANGE_LEAD: (lead_is_not_gone,),
    A.MARK_CROSS_YEAR: (is_not_cross_year,),
}
