"""A step while it is being taken: the rows it moves, the words it carries, the steps it causes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.lifecycle import Step
from suggestions.domain.states import Life
from suggestions.models import CoHandling, Event, Handling, Promise, Suggestion
from suggestions.models.case import Case


@dataclass(frozen=True)
class ForAnother:
    """A step taken in another person's name, from what they signed on paper; `on_paper` marks its event for ever."""

    actor: Actor
    action: Action
    row: Handling | CoHandling | Suggestion
    words: Mapping[str, Any]
    on_paper: Mapping[str, Any]


@dataclass
class Taking:
    """What an effect works with: `payload` is what the event will say."""

    step: Step
    facts: Facts
    case: Case
    fields: dict[str, Any]
    payload: dict[str, Any]
    now: datetime
    handling: Handling | None = None
    co: CoHandling | None = None
    content_hash: str | None = None
    after: list[Callable[[Event], None]] = field(default_factory=list)
    """What is done once the event stands, such as beginning the handlings of an assignment."""
    caused: list[tuple[Action, Handling | CoHandling | Suggestion, dict[str, Any]]] = field(default_factory=list)

    for_others: list[ForAnother] = field(default_factory=list)
    """What is taken in another person's name in the same transaction, right after this one."""

    @property
    def today(self) -> date:
        """The day of the step."""
        return self.facts.today

    @property
    def suggestion(self) -> Suggestion:
        """The suggestion of the case."""
        return self.case.suggestion

    @property
    def of_handling(self) -> Handling:
        """The handling acted upon."""
        assert self.handling is not None
        return self.handling

    @property
    def of_co(self) -> CoHandling:
        """The co-handling acted upon."""
        assert self.co is not None
        return self.co

    def promise(self, id: int) -> Promise:
        """One of the promises of the handling acted upon."""
        return next(p for p in self.case.promises if p.id == id)

    def cause(self, action: Action, row: Handling | CoHandling | Suggestion, **payload: Any) -> None:
        """Let the system take a step in the same transaction, right after this one."""
        self.caused.append((action, row, payload))


def life_of(row: Handling | CoHandling | Suggestion) -> Life:
    """Which life a row is."""
    if isinstance(row, Suggestion):
        return Life.SUGGESTION
    return Life.HANDLING if isinstance(row, Handling) else Life.CO_HANDLING
