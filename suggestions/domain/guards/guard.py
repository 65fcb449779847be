"""The shape of a guard, and which action earns which seal."""

from collections.abc import Callable, Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.states import Seal

Guard = Callable[[Facts], Iterator[str]]
SEAL_ACTIONS: Mapping[Seal, A] = {
    Seal.READ: A.READ_ORIGINAL,
    Seal.PLAN: A.APPROVE_PLAN,
    Seal.URGE: A.URGE,
    Seal.SIGN: A.SIGN_REPLY,
    Seal.COORDINATE: A.COORDINATE,
}


def acts_in_person(facts: Facts) -> Iterator[str]:
    """Nobody else leads the unit today: while somebody stands in, the director's own account takes no personal step."""
    if facts.actor.stood_in_by:
        yield f"现在由{facts.actor.stood_in_by}主持工作，“五个亲自”由其本人办，您的账号这期间不能办。"
