"""What must be true before a rating counts."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard
from suggestions.domain.states import Role


def rater_is_independent(facts: Facts) -> Iterator[str]:
    """Nobody who holds a post in the handling unit rates its work, whichever hat is on."""
    if facts.of_handling.unit_id in facts.actor.units:
        yield f"您在{facts.of_handling.unit_name}任职，这一件不能由您评价；请联系人代工委更换领衔代表。"


def rating_not_corrected(facts: Facts) -> Iterator[str]:
    """A rating is corrected once only."""
    if facts.story.last(A.CORRECT_RATING, round=facts.of_handling.round) is not None:
        yield "评价已经更正过一次，不能再改。"


def class_may_be_challenged(facts: Facts) -> Iterator[str]:
    """One challenge at a time, one insistence, and none after the deputies office has decided."""
    round = facts.of_handling.round
    settled = facts.story.class_settled(round)
    if facts.story.class_challenge(round) is not None:
        yield "上一次的分类异议还没有答复，请等答复。"
    elif settled is not None and settled.payload["is_final"]:
        yield "人代工委已经裁定分类，不能再提。"


def class_is_challenged(facts: Facts) -> Iterator[str]:
    """There is a challenge to answer: the first is the director's, the insistence is the deputies office's."""
    round = facts.of_handling.round
    is_insisted = facts.story.class_settled(round) is not None
    if facts.story.class_challenge(round) is None:
        yield "现在没有要答复的分类异议。"
    elif facts.actor.role is Role.SUPERVISOR and not is_insisted:
        yield f"先由{facts.of_handling.unit_name}局长答复；坚持异议的，再由人代工委裁定。"
    elif facts.actor.role is not Role.SUPERVISOR and is_insisted:
        yield "您已经答复过，对方坚持异议，由人代工委裁定。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.RATE: (rater_is_independent,),
    A.RATE_PROMISE: (rater_is_independent,),
    A.CORRECT_RATING: (rater_is_independent, rating_not_corrected),
    A.CHALLENGE_CLASS: (class_may_be_challenged,),
    A.SETTLE_CLASS: (class_is_challenged,),
}
