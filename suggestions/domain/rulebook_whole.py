"""The rulebook as a whole: everything one place fixes in one version, asked for by key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suggestions.domain.rulebook_codes import ExtraKey, Rated, Scale, SeasonKey, TermKey
from suggestions.domain.rulebook_parts import (
    Asked,
    Basis,
    Behind,
    Choice,
    Endorsement,
    Extension,
    Publication,
    Rating,
    Redo,
    Reminders,
    ResultClass,
    Season,
    Term,
    Withdrawal,
)


@dataclass(frozen=True)
class Rulebook:
    """One place's rules in one version, valid from `valid_from` up to and with `valid_to` (None: not ended).

    `extends` names the rulebook beneath, whose rows hold where this one has none; "" when it stands alone.
    """

    name: str
    version: str
    title: str
    valid_from: date
    valid_to: date | None
    extends: str
    based_on: tuple[str, ...]
    terms: Mapping[TermKey, Term]
    extra_terms: Mapping[ExtraKey, Term]
    seasons: Mapping[SeasonKey, Season]
    extension: Extension
    redo: Redo
    conference: Basis
    withdrawal: Withdrawal
    asked: Asked
    behind: Behind
    reminders: Reminders
    ratings: Mapping[str, Rating]
    scales: Mapping[Scale, tuple[Rating, ...]]
    result_classes: Mapping[str, ResultClass]
    decline_grounds: Mapping[str, Choice]
    endorsements: Mapping[str, Endorsement]
    publications: Mapping[str, Publication]

    def term(self, key: str) -> Term:
        """Return the term of this key; raises ValueError for a key that is none of `TermKey`."""
        return self.terms[TermKey(key)]

    def extra_term(self, key: str) -> Term | None:
        """Return a term that only some places have, None here; raises ValueError for a key that is none of them."""
        return self.extra_terms.get(ExtraKey(key))

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
    def redo_limit(self) -> int:
        """How often a suggestion may be ordered to be handled again; after that the conference (`conference`)."""
        return self.redo.limit

    @property
    def withdrawal_needs_all(self) -> bool:
        """True when every deputy of a joint suggestion must agree to its withdrawal (Shanghai, art. 10)."""
        return self.withdrawal.needs_all

    @property
    def reasons_asked_for(self) -> tuple[Rated, ...]:
        """The objects for which a rating of not satisfied needs a reason (Chongqing art. 27, Shanghai art. 21)."""
        return tuple(dict.fromkeys((Rated.OVERALL, *self.asked.objects)))

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
