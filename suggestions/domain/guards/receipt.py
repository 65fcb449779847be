"""What must be true before an original counts as read."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard


def original_was_opened(facts: Facts) -> Iterator[str]:
    """Every file of the original was opened by the director's own account."""
    opened = facts.story.opened_files(facts.actor.person_id, facts.of_handling.round)
    for file in facts.of_suggestion.files:
        if file.sha256 not in opened:
            yield f"还差：《{file.name}》还没有用您本人的账号打开看完。"


def director_read_original(facts: Facts) -> Iterator[str]:
    """The director who signs has read the original with the own account in this round."""
    readings = facts.story.all(A.READ_ORIGINAL, round=facts.of_handling.round)
    if not any(reading.actor_id == facts.actor.person_id for reading in readings):
        yield "还差：您本人还没有阅看原件。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.READ_ORIGINAL: (original_was_opened,),
}
