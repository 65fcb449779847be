"""What must be true before a suggestion is registered as secret."""

from collections.abc import Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.guards.guard import Guard
from suggestions.domain.guards.merging import nothing_is_merged_into_it

GUARDS: Mapping[A, tuple[Guard, ...]] = {A.RECORD_OFFLINE: (nothing_is_merged_into_it,)}
