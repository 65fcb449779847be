"""The small world of the model: a suggestion with its three lives in plain words, as workflow.md tells them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.lives import law

Words = dict[str, Any]
UNIT_ROLES = ("director", "reviewer", "handler", "clerk")
FINAL = {"closed", "declined", "withdrawn", "reassigned", "terminated", "silent", "cancelled"}
EARLY = ("assigned", "received", "planning", "plan_review", "in_progress")
ANSWERED = ("replied", "rated", "contested", "follow_up", "closed")
OPEN = (*EARLY, "signing", "signed", "replied", "rated", "contested", "follow_up", "return_requested")


@dataclass
class Person:
    """Somebody with one post: whose, from when, until when."""

    name: str
    id: int
    role: str
    unit: str = ""
    from_on: date = date.min
    to_on: date = date.max
    is_acting: bool = False

    def serves(self, today: date) -> bool:
        return self.from_on <= today <= self.to_on


@dataclass
class Unit:
    """A unit; some belong to the government."""

    name: str
    id: int
    is_government: bool = True


@dataclass
class Contact:
    """A talk with a deputy, or an attempt."""

    seq: int
    round: int
    on: str
    is_attempt: bool
    verdict: str = ""


@dataclass
class Urging:
    """Somebody pressed: the director, the offices above, a deputy."""

    seq: int
    action: str
    by: str
    round: int
    is_after_plan: bool
    is_answered: bool = False


@dataclass
class Promise:
    """A promise of the reply: open until it is fulfilled or released."""

    id: int
    number: int
    sentence: str
    due_on: str
    measure: str
    is_fulfilled: bool = False
    is_released: bool = False
    is_release_asked: bool = False
    is_to_rate: bool = False
    reopened: int = 0

    @property
    def is_open(self) -> bool:
        return not self.is_fulfilled and not self.is_released


@dataclass
class Rating:
    """A lead deputy's word on a round."""

    by: str
    round: int
    is_bad: bool
    mark: str
    is_open: bool = False
    is_corrected: bool = False


@dataclass
class Entry:
    """A paper that one person of the deputies office read in; the other one has to confirm it."""

    seq: int
    action: str
    words: Words
    by: str
    deputy: str
    letters: int
    is_confirmed: bool = False


@dataclass
class Public:
    """What everybody would read of a letter: who wrote it, and whether the newest secrecy opinion lets it pass."""

    text: str
    by: str
    is_endorsed: bool = False


@dataclass
class Co:
    """Another unit's opinion, owed to one handling."""

    id: int
    unit: str
    is_own: bool
    due_on: date
    state: str = "invited"
    version: int = 1
    signed: set[str] = field(default_factory=set)
    ended_round: int = 0


@dataclass
class Handling:
    """One unit's handling."""

    id: int
    unit: str
    part: int | None
    assigned_on: date
    reply_term: str
    state: str = "assigned"
    version: int = 1
    round: int = 1
    handler: str = ""
    round_on: date = date.min
    extended: int = 0
    asked_months: int = 0
    returns: int = 0
    extensions: int = 0
    proposed: set[tuple[str, int]] = field(default_factory=set)
    """Of which request to return, and of which round's dispute, the inspection office said what it thinks."""
    opened: set[tuple[int, str]] = field(default_factory=set)
    read: set[tuple[int, str]] = field(default_factory=set)
    requests: int = 0
    plan: list[str] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    urgings: list[Urging] = field(default_factory=list)
    lit_on: date | None = None
    drafts: list[tuple[int, date, Words]] = field(default_factory=list)
    draft: Words | None = None
    signed: Words | None = None
    endorsed: list[tuple[str, Words, bool]] = field(default_factory=list)
    letters: int = 0
    """How many letters were taken up again, or asked for anew."""
    sent_on: date = date.max
    rating_due_on: date = date.max
    warned_on: dict[int, date] = field(default_factory=dict)
    """By round: the day on which the deputy was first reminded to rate."""
    rated_on: date = date.max
    ratings: list[Rating] = field(default_factory=list)
    challenge: str = ""
    """What waits for an answer: the class that somebody asks for; and who answered last in this round."""
    settled_by: str = ""
    seals: set[tuple[int, str]] = field(default_factory=set)
    is_planned: bool = False
    is_coordinated_after: bool = False
    result_class: str = ""
    promises: list[Promise] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    cos: list[Co] = field(default_factory=list)
    public: "Public | None" = None
    """The public text of the letter that stands."""
    published: str = ""

    @property
    def waits(self) -> tuple[str, int] | None:
        """What waits for the office's decision: which request, or which round's dispute."""
        found = {"return_requested": ("return", self.returns), "contested": ("dispute", self.round)}
        return found.get(self.state, ("extension", self.extensions) if self.asked_months else None)

    @property
    def text(self) -> Words | None:
        """The letter that stands now."""
        return self.signed or self.draft

    @property
    def reply_due_on(self) -> date:
        if self.round > 1:
            return law.months(self.round_on, law.REDO + self.extended)
        return law.months(self.assigned_on, law.REPLY[self.reply_term] + self.extended)

    @property
    def extension_left(self) -> int:
        return (0 if self.round > 1 else law.LONGEST_EXTENSION) - self.extended

    def word(self, who: str) -> Rating | None:
        """What this deputy said last of this round."""
        return next((r for r in reversed(self.ratings) if r.by == who and r.round == self.round), None)

    def sealed(self) -> list[Rating]:
        """The newest words on this round that nobody opened yet."""
        return [r for r in self.ratings if r.round == self.round and not r.is_open]


@dataclass
class Case:
    """A suggestion with everything under it."""

    id: int
    title: str
    lead: str
    state: str = "drafting"
    version: int = 1
    cosigners: dict[str, bool] = field(default_factory=dict)
    number: str = ""
    handlings: list[Handling] = field(default_factory=list)
    events: list[tuple[str, str]] = field(default_factory=list)
    into: "Case | None" = None
    merged: list["Case"] = field(default_factory=list)
    is_lead_gone: bool = False
    is_cross_year: bool = False
    is_key: bool = False
    is_supervision_planned: bool = False
    was_replied: bool = False
    was_heard: bool = False
    rulebook: str = ""

    def leads(self) -> list[str]:
        """Who gets the reply as a lead, and rates it."""
        own = [] if self.is_lead_gone or self.state == "withdrawn" else [self.lead]
        return list(dict.fromkeys((*own, *(other.lead for other in self.merged))))

    def is_late(self) -> bool:
        """Whether a reply was submitted, or it is over."""
        return any(h.state in (*OPEN[5:-1], "closed", "terminated") for h in self.handlings)

    def note(self, life: str, action: str) -> int:
        """Add an event; which one it is."""
        self.events.append((life, action))
        return len(self.events)


@dataclass
class World:
    """Everybody and everything."""

    today: date
    people: dict[str, Person]
    units: dict[str, Unit]
    cases: list[Case]
    letters_sent: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def holder(self, unit: str, role: str) -> str:
        """Who holds a post of a unit today; the director proper before who stands in, empty when nobody."""
        held = [p for p in self.people.values() if (p.unit, p.role) == (unit, role) and p.serves(self.today)]
        return min(held, key=lambda p: p.is_acting).name if held else ""

    def acting(self, unit: str) -> str:
        """Who stands in for the director of a unit today."""
        people = self.people.values()
        return next((p.name for p in people if p.unit == unit and p.is_acting and p.serves(self.today)), "")

    def wears(self, who: str) -> bool:
        """Whether somebody may act today: in office, or a deputy of a past term who leads what is on its way."""
        person = self.people[who]
        if person.serves(self.today) or person.role != "deputy":
            return person.serves(self.today)
        led = [case for case in self.cases if who in (case.lead, *(other.lead for other in case.merged))]
        promises = [p for case in led for h in case.handlings for p in h.promises if not p.is_released]
        is_owed = any(not p.is_fulfilled or p.is_to_rate for p in promises)
        return is_owed or any(case.state in ("submitted", "assigned", "merged") for case in led)

    def unit_of(self, code: str) -> Unit:
        return next(unit for unit in self.units.values() if str(unit.id) == code)

    def person_of(self, code: str) -> str:
        return next(p.name for p in self.people.values() if str(p.id) == code)
