"""What a rulebook is made of: terms, seasons, choices and limits, each with the article it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suggestions.domain.errors import DomainError
from suggestions.domain.rulebook_codes import Party, Proof, Scale, SeasonKey, Start, TermKey, Unit


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
    """Where a rule comes from: `article` cites it in full (本系统默认 when `is_default`), `rule` says it in short."""

    article: str
    rule: str
    also: str
    reference: str
    is_default: bool


@dataclass(frozen=True)
class Term:
    """One deadline: how long, from which day, by which article, who owes it and what follows when it is missed.

    `extension_months` is how far the due date may be put off at most; 0 means never.
    """

    key: TermKey
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
    """What an extension of the reply term asks for; `cap_article` is where its cap in months comes from."""

    needs_explanation: bool
    needs_consent: bool
    basis: Basis
    cap_article: str


@dataclass(frozen=True)
class Behind:
    """When work turns the light yellow early: working days of the contact term, fractions (n, m) of the reply term."""

    contact_workdays: int
    plan: tuple[int, int]
    urge: tuple[int, int]
    draft: tuple[int, int]


@dataclass(frozen=True)
class Rulebook:
    """One place's rules in one version, valid from `valid_from` up to and with `valid_to` (None: not ended)."""

    name: str
    version: str
    title: str
    valid_from: date
    valid_to: date | None
    based_on: tuple[str, ...]
    terms: Mapping[TermKey, Term]
    seasons: Mapping[SeasonKey, Season]
    extension: Extension
    redo_limit: int
    behind: Behind
    ratings: Mapping[str, Rating]
    scales: Mapping[Scale, tuple[Rating, ...]]
    result_classes: Mapping[str, ResultClass]
    decline_grounds: Mapping[str, Choice]
    endorsements: Mapping[str, Endorsement]
    publications: Mapping[str, Publication]

    def term(self, key: str) -> Term:
        """Return the term of this key; raises ValueError for a key that is none of `TermKey`."""
        return self.terms[TermKey(key)]

    def season(self, key: str) -> Season:
        """Return the yearly duty of this key; raises ValueError for a key that is none of `SeasonKey`."""
        return self.seasons[SeasonKey(key)]

    def result_class(self, code: str) -> ResultClass:
        """Return the class of result with this code; raises KeyError when the rulebook has none."""
        return self.result_classes[code]

    def is_contesting(self, rating: str) -> bool:
        """Say whether this rating sends the handling to the deputies office (art. 27: not satisfied)."""
        return self.ratings[rating].is_contested

    def needs_ground(self, publication: str) -> bool:
        """Say whether this publication mark asks for a written ground (art. 36)."""
        return self.publications[publication].needs_ground

    def endorsement_label(self, kind: str) -> str:
        """Return the Chinese name of this kind of endorsement."""
        return self.endorsements[kind].label

    @property
    def required_endorsements(self) -> tuple[str, ...]:
        """The kinds of endorsement asked for when a unit has not decided otherwise."""
        return tuple(kind.code for kind in self.endorsements.values() if kind.is_default)

    @property
    def extension_needs_consent(self) -> bool:
        """True when the supervisor must agree to an extension; in Chongqing a written explanation is enough."""
        return self.extension.needs_consent

    @property
    def overall_scale(self) -> tuple[Rating, ...]:
        """The ratings offered for the whole reply; this one decides."""
        return self.scales[Scale.OVERALL]

    @property
    def part_scale(self) -> tuple[Rating, ...]:
        """The ratings offered for each request, the attitude and the result."""
        return self.scales[Scale.PART]

    @property
    def default_publication(self) -> str:
        """The publication mark that a suggestion begins with."""
        return next(mark.code for mark in self.publications.values() if mark.is_default)

    def is_valid_on(self, on: date) -> bool:
        """Say whether this version is in force on this day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
