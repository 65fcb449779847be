"""Facts: what the rules and guards judge, as plain data, the same for a step and for the page that offers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from suggestions.domain.rulebook import Rulebook
from suggestions.domain.states import CoState, HandlingState, Role, SuggestionState
from suggestions.domain.story import Story
from suggestions.domain.workdays import Calendar


@dataclass(frozen=True)
class Actor:
    """A person wearing one hat on this day."""

    person_id: int
    name: str
    role: Role
    post_id: int | None = None
    unit_id: int | None = None
    unit_name: str = ""
    title: str = ""
    is_acting: bool = False
    endorsement_kinds: tuple[str, ...] = ()
    units: frozenset[int] = frozenset()
    """Every unit in which this person holds any post today, whichever hat is on."""
    is_former: bool = False
    """A deputy whose term is over and who still follows the suggestions that they lead."""
    stood_in_by: str = ""
    """For a director: who else leads the unit today (主持工作), and until when."""


SYSTEM = Actor(person_id=0, name="系统", role=Role.SYSTEM, title="系统")


@dataclass(frozen=True)
class FileFacts:
    """A file of the original: its digest is what the director's reading is bound to."""

    id: int
    name: str
    sha256: str


@dataclass(frozen=True)
class MergedFacts:
    """A suggestion that goes along with another one: its words, and who leads it."""

    id: int
    title: str
    content: str
    lead_id: int | None
    lead_name: str = ""


@dataclass(frozen=True)
class SuggestionFacts:
    """What the deputies wrote and where it stands."""

    id: int
    version: int
    state: SuggestionState
    number: str
    title: str
    content: str
    lead_id: int | None
    is_on_paper: bool
    is_key: bool
    entered_by_id: int | None
    cosigners: Mapping[int, bool] = field(default_factory=dict)
    """Person id of each joint deputy → whether they confirmed in person."""
    files: tuple[FileFacts, ...] = ()
    first_reply_on: date | None = None
    """The day the first reply went out, whichever unit sent it and whatever came of it."""
    lead_name: str = ""
    is_lead_gone: bool = False
    """Nobody rates for the lead deputy any more, and no joint deputy follows."""
    merged: tuple[MergedFacts, ...] = ()
    """The suggestions that were merged into this one."""


@dataclass(frozen=True)
class HandlingFacts:
    """One unit's handling and the dates that its terms are counted from."""

    id: int
    version: int
    state: HandlingState
    unit_id: int
    unit_name: str
    is_government: bool
    endorsement_kinds: tuple[str, ...] | None
    """Which kinds of endorsement the unit asks for; None where it leaves that to the rulebook."""
    round: int
    handler_id: int | None
    assigned_on: date
    reply_term: str
    received_on: date | None
    contacted_on: date | None
    planned_on: date | None
    urged_on: date | None
    drafted_on: date | None
    dispatched_on: date | None
    rated_on: date | None
    reply_due_on: date
    rating_due_on: date | None
    result_class: str | None
    extended_months: int = 0
    extension_asked_on: date | None = None
    """The day of a request for an extension that is still to be decided."""


@dataclass(frozen=True)
class CoFacts:
    """Another unit's opinion, owed to one handling."""

    id: int
    version: int
    handling_id: int
    state: CoState
    unit_id: int
    unit_name: str
    is_own_invitation: bool
    due_on: date
    opinion: str


@dataclass(frozen=True)
class PromiseFacts:
    """A promise of the reply: open until it is fulfilled or released."""

    id: int
    number: int
    handling_id: int
    request_no: int
    measure: str
    sentence: str
    owner: str
    due_on: date
    is_open: bool
    is_released: bool = False
    is_release_asked: bool = False
    """The director asked to be released; the deputies office has not spoken yet."""
    is_to_rate: bool = False
    """Reported on to the deputy, whose rating of it has not come in."""
    reopened: int = 0


@dataclass(frozen=True)
class Facts:
    """Everything that is judged when one person would act on one case; `handling` and `co` are the rows acted upon."""

    actor: Actor
    now: datetime
    today: date
    rulebook: Rulebook
    calendar: Calendar
    suggestion: SuggestionFacts | None
    handling: HandlingFacts | None = None
    co: CoFacts | None = None
    handlings: tuple[HandlingFacts, ...] = ()
    co_handlings: tuple[CoFacts, ...] = ()
    promises: tuple[PromiseFacts, ...] = ()
    story: Story = field(default_factory=Story)
    has_reviewer: bool = True
    """Whether anybody holds a reviewer's post in the handling unit today; asked for its clerk alone, who stands in."""
    words: Mapping[str, Any] | None = None
    """The acting person's own words: the fields of the form, or the edits that were shown to them."""

    @property
    def lead_names(self) -> Mapping[int, str]:
        """Id and name of each deputy who gets the reply as a lead and rates it: of this suggestion and those merged."""
        own = self.of_suggestion
        rates = own.lead_id is not None and not own.is_lead_gone and own.state is not SuggestionState.WITHDRAWN
        leads = {own.lead_id: own.lead_name} if own.lead_id is not None and rates else {}
        return leads | {other.lead_id: other.lead_name for other in own.merged if other.lead_id is not None}

    @property
    def of_suggestion(self) -> SuggestionFacts:
        """The suggestion; asking for it before it exists is a programming error."""
        assert self.suggestion is not None
        return self.suggestion

    @property
    def of_handling(self) -> HandlingFacts:
        """The handling acted upon; asking for it on another life is a programming error."""
        assert self.handling is not None
        return self.handling

    @property
    def required_endorsements(self) -> tuple[str, ...]:
        """The kinds of endorsement that a reply of the handling unit needs: its own setting, else the rulebook's."""
        own = self.of_handling.endorsement_kinds
        return self.rulebook.required_endorsements if own is None else own

    @property
    def endorses(self) -> tuple[str, ...]:
        """The kinds for which the acting person answers: a reviewer's own; a clerk's, where nobody else reviews."""
        if self.actor.role is not Role.CLERK:
            return self.actor.endorsement_kinds
        return () if self.has_reviewer or self.handling is None else self.required_endorsements

    @property
    def of_co(self) -> CoFacts:
        """The co-handling acted upon; asking for it on another life is a programming error."""
        assert self.co is not None
        return self.co
