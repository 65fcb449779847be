"""What a rulebook is made of: terms, seasons, choices and limits, each with the article it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suggestions.domain.errors import DomainError
from suggestions.domain.rulebook_codes import Called, ExtraKey, Party, Proof, Rated, SeasonKey, Start, TermKey, Unit


class RulebookError(DomainError):
    """A rulebook that cannot be used; the message names file and key of everything that is wrong with it."""

    status = 500


@dataclass(frozen=True)
class Near:
    """How long before the due date the light turns yellow, in working or calendar days; always our default."""

    amount: int
    unit: Unit


@dataclass(frozen=True)
class Source:
    """A text that rules come from; `reference`: how it binds here; `is_default`: no law, but our own default."""

    title: str
    reference: str
    is_default: bool


@dataclass(frozen=True)
class Basis:
    """Where a rule comes from: `article` cites it in full (本系统默认 when `is_default`), `rule` says it in short.

    `file` is the rulebook file that says so: in a rulebook laid over another, the own file or the one beneath.
    """

    article: str
    rule: str
    also: str
    reference: str
    is_default: bool
    file: str


@dataclass(frozen=True)
class Term:
    """One deadline: how long, from which day, by which article, who owes it and what follows when it is missed.

    `extension_months` is how far the due date may be put off at most; 0 means never.
    """

    key: TermKey | ExtraKey
    name: str
    owed_by: Party
    amount: int
    unit: Unit
    start: Start
    basis: Basis
    near: Near
    on_failure: str
    extension_months: int

    @property
    def article(self) -> str:
        """The full citation, such as 《…工作条例》第二十一条, or 本系统默认."""
        return self.basis.article

    @property
    def is_default(self) -> bool:
        """True when no law fixes this term and the number is ours."""
        return self.basis.is_default


@dataclass(frozen=True)
class Season:
    """A duty that comes every year between two days (month, day), both included."""

    key: SeasonKey
    name: str
    owed_by: Party
    opens: tuple[int, int]
    closes: tuple[int, int]
    basis: Basis
    near: Near
    on_failure: str

    def opens_on(self, year: int) -> date:
        """Return the first day of the season in this year."""
        return date(year, *self.opens)

    def closes_on(self, year: int) -> date:
        """Return the last day of the season in this year, working day or not."""
        return date(year, *self.closes)


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: its code for the program, its label for people, its article ("" when none)."""

    code: str
    label: str
    article: str


@dataclass(frozen=True)
class Rating(Choice):
    """One level of the rating scale and what it counts for."""

    is_satisfied_strictly: bool
    is_satisfied_loosely: bool
    is_contested: bool
    needs_reason: bool


@dataclass(frozen=True)
class ResultClass(Choice):
    """One class of result, the proof it needs and whether it opens the ledger of promises."""

    short_label: str
    proof: Proof
    proof_label: str
    proof_ask: str
    is_promise: bool


@dataclass(frozen=True)
class Endorsement(Choice):
    """One kind of endorsement of a reply; `is_default`: asked for unless the unit decides otherwise."""

    is_default: bool


@dataclass(frozen=True)
class Publication(Choice):
    """One publication mark; `needs_ground`: not published openly, so a reason must be given."""

    needs_ground: bool
    is_default: bool


@dataclass(frozen=True)
class Extension:
    """What an extension of the reply term asks for; its cap in months is each term's `extension_months`.

    `needs_explanation`: the deputy is told in writing; `needs_consent`: the supervisor must agree. `cap_article` is
    where the cap comes from, 本系统默认 when `is_cap_default`.
    """

    needs_explanation: bool
    needs_consent: bool
    basis: Basis
    cap_article: str
    is_cap_default: bool


@dataclass(frozen=True)
class Redo:
    """How often the supervisor may order a suggestion to be handled again, and where that limit comes from."""

    limit: int
    basis: Basis


@dataclass(frozen=True)
class Withdrawal:
    """Who must agree before a joint suggestion is withdrawn: all its deputies (`needs_all`) or the lead alone."""

    needs_all: bool
    basis: Basis


@dataclass(frozen=True)
class Asked:
    """What the place's text asks the deputy to rate; each of them, when not satisfied, needs a reason."""

    objects: tuple[Rated, ...]
    basis: Basis


@dataclass(frozen=True)
class Behind:
    """When work turns the light yellow early: working days of the contact term, fractions (n, m) of the reply term."""

    contact_workdays: int
    plan: tuple[int, int]
    urge: tuple[int, int]
    draft: tuple[int, int]


@dataclass(frozen=True)
class Reminders:
    """Whom a light calls, and how many working days after it turned: always our default.

    `rating` is for the light of a reply that waits for its rating, which is the deputy's alone.
    """

    yellow: Mapping[Called, int]
    red: Mapping[Called, int]
    rating: Mapping[Called, int]
