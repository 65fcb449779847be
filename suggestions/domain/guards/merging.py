"""What must be true before suggestions are merged, and while they are."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard
from suggestions.domain.states import SuggestionState


def nothing_is_merged_into_it(facts: Facts) -> Iterator[str]:
    """What others were merged into stays where it is until they are taken out again."""
    count = len(facts.of_suggestion.merged)
    if count:
        yield f"有{count}件建议并入了本件；请人代工委先逐件“取消并案”。"


def nothing_waits_in_it(facts: Facts) -> Iterator[str]:
    """Before it is assigned nobody handles what was merged into it, so that it cannot end and leave the others."""
    if facts.of_suggestion.state is SuggestionState.SUBMITTED:
        yield from nothing_is_merged_into_it(facts)


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.MERGE: (nothing_is_merged_into_it,),
    A.RETURN_FOR_REVISION: (nothing_is_merged_into_it,),
    A.DECLINE: (nothing_is_merged_into_it,),
}
