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
