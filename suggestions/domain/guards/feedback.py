"""What must be true before a rating counts."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard


def rater_is_independent(facts: Facts) -> Iterator[str]:
    """Nobody who holds a post in the handling unit rates its work, whichever hat is on."""
    if facts.of_handling.unit_id in facts.actor.units:
        yield f"您在{facts.of_handling.unit_name}任职，这一件不能由您评价；请联系人代工委更换领衔代表。"


def rating_not_corrected(facts: Facts) -> Iterator[str]:
    """A rating is corrected once only."""
    if facts.story.last(A.CORRECT_RATING, round=facts.of_handling.round) is not None:
        yield "评价已经更正过一次，不能再改。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.RATE: (rater_is_independent,),
    A.RATE_PROMISE: (rater_is_independent,),
    A.CORRECT_RATING: (rater_is_independent, rating_not_corrected),
}
