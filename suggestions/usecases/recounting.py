"""The proof of the counters: everything counted anew from the cases and their events, to compare or to begin again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from suggestions.domain.states import SuggestionState
from suggestions.extensions import db
from suggestions.models import Standing, Suggestion, Tally
from suggestions.models.counted import Cell, cells, read_cases, standings_of
from suggestions.usecases.counting import CHUNK, apply, count_anew, is_same, key_of
from suggestions.usecases.transaction import use_case

_COUNTED = (SuggestionState.ASSIGNED, SuggestionState.CLOSED)


@dataclass(frozen=True)
class Recount:
    """How many standings there should be, and in what the stored ones and the counters differ from them."""

    standings: int
    faults: tuple[str, ...]


def _ids() -> Iterator[list[int]]:
    last = 0
    while True:
        query = select(Suggestion.id).where(Suggestion.id > last).order_by(Suggestion.id).limit(CHUNK)
        ids = list(db.session.scalars(query))
        if not ids:
            return
        yield ids
        last = ids[-1]


def verify_counts() -> Recount:
    """Count everything again from the cases and their events, and name what is stored otherwise; nothing is changed."""
    faults: list[str] = []
    expected: Counter[Cell] = Counter()
    total = 0
    for ids in _ids():
        now = {key_of(found): found for case in read_cases(db.session(), ids) for found in standings_of(case)}
        rows = db.session.scalars(select(Standing).where(Standing.suggestion_id.in_(ids)))
        stored = {key_of(row): row for row in rows}
        faults += [
            f"{key[0]}{key[1]}第{key[2]}轮记得不对"
            for key in sorted(now.keys() | stored.keys())
            if key not in now or key not in stored or not is_same(stored[key], now[key])
        ]
        for found in now.values():
            expected.update(cells(found))
        total += len(now)
        db.session.expunge_all()
    for tally in db.session.scalars(select(Tally)):
        cell = (tally.year, tally.dim, tally.key, tally.shape)
        if tally.times != expected.pop(cell, 0):
            faults.append(f"{tally.year}年{tally.dim} {tally.key} {tally.shape}：记的是{tally.times}")
    faults += [f"{cell}：少记{times}" for cell, times in sorted(expected.items())]
    return Recount(total, tuple(faults))


@use_case
def recount() -> int:
    """Throw the counters away and count everything anew; how many standings there are."""
    db.session.execute(delete(Tally))
    db.session.execute(delete(Standing))
    moves: Counter[Cell] = Counter()
    for ids in _ids():
        moves.update(count_anew(ids))
        db.session.expunge_all()
    apply(moves)
    return db.session.scalar(select(func.count()).select_from(Standing)) or 0


def is_never_counted() -> bool:
    """Whether there are cases and no counters, as after an upgrade from a release that kept none."""
    has_cases = db.session.scalar(select(Suggestion.id).where(Suggestion.state.in_(_COUNTED)).limit(1))
    return has_cases is not None and db.session.scalar(select(Standing.id).limit(1)) is None
