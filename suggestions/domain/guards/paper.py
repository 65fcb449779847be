"""What must be true before a deputy's paper counts."""

from collections.abc import Iterator, Mapping

from suggestions.domain import paper
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard


def something_can_be_entered(facts: Facts) -> Iterator[str]:
    """There is a step that a deputy could take now."""
    if not paper.rows_now(facts):
        yield "现在没有要代表办的事，不用代录。"


def two_persons(facts: Facts) -> Iterator[str]:
    """Whoever entered the paper does not confirm it."""
    entries = paper.waiting(facts.story)
    if facts.words is not None:
        entries = tuple(e for e in entries if str(e.seq) == facts.words["entry"])
    if not entries:
        yield "现在没有等核对的代录。"
    elif all(e.actor_id == facts.actor.person_id for e in entries):
        yield "这一份是您录入的，要由人代工委另一位同志核对。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.ENTER_ON_PAPER: (something_can_be_entered,),
    A.CONFIRM_ON_PAPER: (two_persons,),
}
