"""What must be true before a lamp is lit or a redo is ordered."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard
from suggestions.domain.states import SuggestionState


def redo_is_left(facts: Facts) -> Iterator[str]:
    """The rulebook allows one more round (Chongqing regulation art. 27: once)."""
    if facts.of_handling.round > facts.rulebook.redo_limit:
        yield f"已经重新办理过{facts.rulebook.redo_limit}次；请召集双方，作出协调结论。"


def lamp_is_free(facts: Facts) -> Iterator[str]:
    """The deputy has not lit up within the rulebook's days."""
    last = facts.story.last(A.LIGHT_UP)
    days = facts.rulebook.term("light_up_again").amount
    if last is not None and (facts.today - last.on).days < days:
        yield f"{last.on.month}月{last.on.day}日刚亮过灯，{days}天内只能亮一次；可以直接打电话。"


def suggestion_was_not_withdrawn(facts: Facts) -> Iterator[str]:
    """What its deputy took back is not begun anew, unless the unit handled it on for what is merged into it."""
    if facts.of_suggestion.state is SuggestionState.WITHDRAWN and not facts.of_suggestion.merged:
        yield "建议已经撤回，不能恢复办理。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.ORDER_REDO: (redo_is_left,),
    A.LIGHT_UP: (lamp_is_free,),
    A.REOPEN: (suggestion_was_not_withdrawn,),
}
