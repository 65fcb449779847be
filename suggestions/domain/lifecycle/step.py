"""The shape of a table row: an action, where it begins and leads, who takes it, what its form asks."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.states import Life, Seal, State

Rule = Callable[[Facts], bool]


class Kind(StrEnum):
    """How an asked field is filled in."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    FLAG = "flag"
    ROWS = "rows"
    FILES = "files"


class Binding(StrEnum):
    """What a step is bound to by hash: exactly this was on the screen."""

    ORIGINAL = "original"
    PLAN = "plan"
    REPLY = "reply"
    PUBLIC = "public"
    RECORD = "record"
    PASSAGE = "passage"


class Stage(StrEnum):
    """The file that holds the effect of an action, in use cases, templates and tests alike."""

    INTAKE = "intake"
    MERGING = "merging"
    OFFLINE = "offline"
    CHANGING = "changing"
    KEY_ITEMS = "key_items"
    RECEIPT = "receipt"
    ASSIGNMENT = "assignment"
    PLANNING = "planning"
    PROGRESS = "progress"
    EXTENSION = "extension"
    CLOCKWORK = "clockwork"
    REPLY = "reply"
    FEEDBACK = "feedback"
    PAPER = "paper"
    PUBLICATION = "publication"
    FOLLOW_UP = "follow_up"
    SUPERVISION = "supervision"
    CO_HANDLING = "co_handling"


class Audience(StrEnum):
    """Whom a step tells through the outbox."""

    DIRECTOR = "director"
    HANDLER = "handler"
    REVIEWERS = "reviewers"
    CLERKS = "clerks"
    LEAD = "lead"
    DEPUTIES = "deputies"
    INVITED = "invited"
    SUPERVISORS = "supervisors"
    CO_UNIT = "co_unit"
    CO_DIRECTOR = "co_director"
    CO_UNITS = "co_units"


@dataclass(frozen=True)
class Field:
    """One thing a form asks: `source` names the list that a choice is made from, `columns` the fields of a row.

    `reach` is "past" for a day that cannot lie ahead, "future" for one that cannot lie behind.
    """

    name: str
    label: str
    kind: Kind = Kind.LONG
    is_required: bool = True
    spared: str = "可不填"
    """What stands beside the label where the form itself may leave it empty."""
    hint: str = ""
    source: str = ""
    reach: str = ""
    columns: tuple["Field", ...] = ()


@dataclass(frozen=True)
class Step:
    """A row of the workflow table; `to` is None when the state stays."""

    action: Action
    life: Life
    origins: tuple[State, ...]
    to: State | None
    who: tuple[Rule, ...]
    stage: Stage
    asks: tuple[Field, ...] = ()
    personal: Seal | None = None
    binds: Binding | None = None
    has_effect: bool = False
    is_evidence: bool = False
    """Adds to the record without changing what others decide on, so it does not move the version."""
    marks: str | None = None
    """The date column of the row that this step sets to today."""
    when: Rule | None = None
    """Which of two rows of one action applies."""
    tells: tuple[Audience, ...] = ()
    follows: str = ""
    """The sentence of what comes next, shown on the form and after the step."""
    is_public: bool = False
    """Shown to the deputies on their progress page."""

    @property
    def is_start(self) -> bool:
        """Whether the life begins with this step."""
        return not self.origins and self.to is not None

    @property
    def address(self) -> str:
        """The action as it stands in an address, in kebab-case."""
        return self.action.replace("_", "-")
