"""What must be true before a handling is closed."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import SEAL_ACTIONS, Guard
from suggestions.domain.labels import SEALS


def no_open_promise(facts: Facts) -> Iterator[str]:
    """Every promise was fulfilled or released."""
    for promise in facts.promises:
        if promise.is_open:
            yield f"还差：承诺第{promise.number}项“{promise.measure}”没有兑现，{promise.due_on.year}年{promise.due_on.month}月{promise.due_on.day}日到期。"


def all_seals_earned(facts: Facts) -> Iterator[str]:
    """All five personal steps of this round were taken."""
    for seal, action in SEAL_ACTIONS.items():
        if not facts.story.earned(action, facts.of_handling.round):
            yield f"还差：“亲自{SEALS[seal][1]}”还没有做。"


def coordinated_after_plan(facts: Facts) -> Iterator[str]:
    """Coordination took place after the plan was approved."""
    round = facts.of_handling.round
    done = facts.story.last(A.COORDINATE, round=round)
    if done is not None and facts.story.after(facts.story.approval(round)).last(A.COORDINATE, round=round) is None:
        yield "还差：协调要在方案审定之后再做一次。"


def class_is_settled(facts: Facts) -> Iterator[str]:
    """No challenge to the class of result waits for an answer."""
    if facts.story.class_challenge(facts.of_handling.round) is not None:
        yield "还差：对办理结果的分类有异议，还没有答复。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.CLOSE: (no_open_promise, class_is_settled, all_seals_earned, coordinated_after_plan),
}
