"""What must be true before an opinion is signed, or gone without."""

from collections.abc import Iterator, Mapping

from suggestions.domain import letter
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard
from suggestions.domain.states import Role


def term_is_over(facts: Facts) -> Iterator[str]:
    """The co-unit is overdue and the deputies office has pressed once."""
    if facts.today <= facts.of_co.due_on:
        yield f"协办期限到{facts.of_co.due_on:%Y-%m-%d}，还没有过。"
    if not any(past.actor_role == Role.SUPERVISOR for past in facts.story.all(A.SUPERVISE)):
        yield "还差：人代工委还没有督办过一次。"


def passage_is_written(facts: Facts) -> Iterator[str]:
    """There is a passage about this co-unit to sign."""
    draft = facts.story.letter(facts.of_handling.round)
    if draft is None or not letter.passage_of(draft, facts.of_co.id):
        yield "主办单位还没有写到贵单位的那一段，写好后会提醒您。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.GO_ON_WITHOUT: (term_is_over,),
    A.COUNTERSIGN: (passage_is_written,),
    A.DISSENT: (passage_is_written,),
}
