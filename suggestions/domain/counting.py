"""What the statistics count: a suggestion, a handling, a promise or an opinion as one plain row with a short spelling.

A row holds everything that any rate asks, and nothing that tells two cases apart: rows that read the same are counted
together, so the counters of a year are as few as the ways in which a case can stand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """What is counted: the office counts suggestions, a unit its handlings; promises and opinions count apart."""

    SUGGESTION = "s"
    HANDLING = "h"
    PROMISE = "p"
    CO_HANDLING = "c"


class Reached(StrEnum):
    """How far it got.

    Of a promise: open, kept (closed) or released (ended). Of an opinion: owed (open), given (replied), silent (ended).
    """

    OPEN = "o"
    REPLIED = "r"
    CLOSED = "c"
    ENDED = "e"
    """Taken back after it had been rated: in no rate but that of the ratings, which stay (workflow: withdraw)."""


class Said(StrEnum):
    """What the deputy said of the reply, from the best to the worst, and the ways in which nothing was said."""

    SATISFIED = "s"
    MOSTLY = "m"
    UNDERSTOOD = "u"
    DISSATISFIED = "d"
    SEALED = "x"
    """Rated, and not opened yet: all that a unit knows."""
    WAITING = "w"
    LAPSED = "l"
    """The term ran out: not returned, and never satisfied (Chongqing regulation art. 29)."""
    WAIVED = "n"
    """There is no deputy left who could rate."""


CONTACTS = "bdaml"
"""The signs of the contacts of a row, in the order in which they are spelled."""
RECEIPTS = frozenset({Said.SATISFIED, Said.MOSTLY, Said.UNDERSTOOD, Said.DISSATISFIED})
_WORST = tuple(Said)


def worst(said: Iterable[Said]) -> Said:
    """The worst of several ratings; several lead deputies who rated one reply count as one receipt."""
    return max(said, key=_WORST.index)


@dataclass(frozen=True)
class Row:
    """One thing that is counted, as it stands."""

    kind: Kind
    reached: Reached = Reached.OPEN
    is_first: bool = True
    """Whether this is what the first round came to."""
    is_latest: bool = True
    """Whether this is how it stands now; an item that was handled anew has one row for each of the two."""
    is_on_time: bool = False
    """Whether it was replied, kept or given within its term, extensions that were granted included."""
    said: Said = Said.WAITING
    shown: Said = Said.WAITING
    """What of `said` the unit may know: a rating that is not opened is only known to exist."""
    is_publishable: bool = False
    """Whether the letter is marked to be published, and was not withheld afterwards."""
    is_published: bool = False
    is_received: bool = False
    """Whether a person received it, and not the system when the term for receiving ran out."""
    is_redone: bool = False
    is_owing: bool = False
    """Whether a promise of it is open."""
    is_changed: bool = False
    """Of a promise: whether its date or measure was changed after it was made."""
    result_class: str = ""
    contacts: str = ""
    """Which contacts there were that the deputy did not deny: before the plan (b), during the work (d), after the
    reply (a), m for one face to face, and l for one face to face by a leader."""
    due_on: date | None = None
    """Until when it is owed; None once it was done."""
    is_secret: bool = False
    """Whether it is handled outside this program, so that nothing is known but its dates and its rating."""
    still: Said | None = None
    """What stands of an earlier round that was handled anew, while no newer rating of it is read."""

    @property
    def verdict(self) -> Said:
        """The rating that stands: of this round, or of the one before it until a newer one is read."""
        return self.said if self.said in RECEIPTS or self.still is None else self.still

    @property
    def alone(self) -> "Row":
        """The row without what stands of an earlier round."""
        return self if self.still is None else replace(self, still=None)

    @property
    def shape(self) -> str:
        """The short spelling of the row, the same for rows that count alike."""
        marks = "".join("y" if getattr(self, name) else "-" for name in _FLAGS)
        due = self.due_on.isoformat() if self.due_on else ""
        head = f"{self.kind}{self.reached}{self.said}{self.shown}{marks}{_OUTSIDE if self.is_secret else ''}"
        still = f"|{self.still}" if self.still else ""
        return f"{head}|{self.result_class}|{self.contacts}|{due}{still}"

    @property
    def veiled(self) -> "Row":
        """The row as whoever may not read a sealed rating knows it."""
        return self if self.said is self.shown else replace(self, said=self.shown)


_FLAGS = (
    "is_first",
    "is_latest",
    "is_on_time",
    "is_publishable",
    "is_published",
    "is_received",
    "is_redone",
    "is_owing",
    "is_changed",
)
_OUTSIDE = "x"
WITHOUT_CONTACT = tuple(f"{'_' * (4 + len(_FLAGS))}|{result_class}||%" for result_class in ("", "_"))
"""How the shapes of known items without any contact are spelled, as patterns of SQL."""


@lru_cache(maxsize=16_384)
def row_of(shape: str) -> Row:
    """The row that is spelled so; ValueError when nothing is."""
    head, result_class, contacts, due, *still = shape.split("|")
    kind, reached, said, shown, marks = head[0], head[1], head[2], head[3], head[4:].removesuffix(_OUTSIDE)
    if len(marks) != len(_FLAGS):
        raise ValueError(f"not a row: {shape}")
    return Row(
        Kind(kind),
        Reached(reached),
        said=Said(said),
        shown=Said(shown),
        result_class=result_class,
        contacts=contacts,
        due_on=date.fromisoformat(due) if due else None,
        is_secret=head.endswith(_OUTSIDE),
        still=Said(still[0]) if still else None,
        **{name: mark == "y" for name, mark in zip(_FLAGS, marks, strict=True)},
    )


@lru_cache(maxsize=16_384)
def narrow(shape: str) -> str:
    """The spelling without what only the whole of a year is asked for, so that a unit or a category has few shapes."""
    row = row_of(shape)
    return replace(
        row,
        contacts="",
        is_publishable=False,
        is_published=False,
        is_received=False,
        is_redone=False,
        is_changed=False,
    ).shape


@lru_cache(maxsize=16_384)
def veiled_row_of(shape: str) -> Row:
    """The row that is spelled so, as whoever may not read a sealed rating knows it."""
    return row_of(shape).veiled


def together(parts: Sequence[Row]) -> Row:
    """A suggestion made of the rows of its handlings: as far as the last of them, as good as the worst of them."""
    counted = [row for row in parts if row.reached is not Reached.ENDED] or list(parts)
    open_ones = [row.due_on for row in counted if row.due_on is not None]
    classes = [row.result_class for row in counted]
    stands = _said_together([row.verdict for row in counted])
    return Row(
        kind=Kind.SUGGESTION,
        reached=min((row.reached for row in counted), key=_ORDER.index),
        is_on_time=all(row.is_on_time for row in counted),
        said=_said_together([row.said for row in counted]),
        shown=_said_together([row.shown for row in counted]),
        is_publishable=all(row.is_publishable for row in counted),
        is_published=all(row.is_published for row in counted),
        is_received=all(row.is_received for row in counted),
        is_redone=any(row.is_redone for row in counted),
        is_owing=any(row.is_owing for row in counted),
        result_class=max(classes) if all(classes) else "",
        contacts="".join(sign for sign in CONTACTS if all(sign in row.contacts for row in counted)),
        due_on=min(open_ones, default=None),
        still=stands if any(row.still for row in counted) and stands in RECEIPTS else None,
    )


_ORDER = (Reached.OPEN, Reached.REPLIED, Reached.CLOSED, Reached.ENDED)


def _said_together(said: list[Said]) -> Said:
    for not_yet in (Said.WAITING, Said.SEALED):
        if not_yet in said:
            return not_yet
    given = [each for each in said if each not in (Said.LAPSED, Said.WAIVED)]
    return worst(given or said)


def of_round(row: Row, *, is_first: bool, is_latest: bool) -> Row:
    """The same row as what the first round came to, or as how it stands now."""
    return replace(row, is_first=is_first, is_latest=is_latest)
