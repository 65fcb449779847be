"""What must be true before a lamp is lit, an opinion given or a redo ordered."""

from collections.abc import Iterator, Mapping

from suggestions.domain import proposing
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard
from suggestions.domain.states import SuggestionState
from suggestions.domain.story import Past


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


def something_waits(facts: Facts) -> Iterator[str]:
    """A return, an extension or a dispute waits for the deputies office."""
    if _waiting(facts) is None:
        yield "没有等人代工委决定的退办、延期申请，也没有待督办的争议。"


def is_proposed_once(facts: Facts) -> Iterator[str]:
    """The inspection office has not given its opinion on this request."""
    given = proposing.proposal_on(facts.story, _waiting(facts))
    if given is not None:
        yield f"{given.on.month}月{given.on.day}日已经提过意见；一件申请只提一次。"


def _waiting(facts: Facts) -> Past | None:
    of = facts.of_handling
    return proposing.waiting(facts.story, of.state, of.round, is_extension_asked=of.extension_asked_on is not None)


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.ORDER_REDO: (redo_is_left,),
    A.PROPOSE: (something_waits, is_proposed_once),
    A.LIGHT_UP: (lamp_is_free,),
    A.REOPEN: (suggestion_was_not_withdrawn,),
}
