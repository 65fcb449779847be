"""The counters: brought up to date in the transaction of every step, by one function, after its last event."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from suggestions.extensions import db
from suggestions.models import Standing, Tally
from suggestions.models.case import Case
from suggestions.models.counted import Cell, Counted, cells, read_cases, standings_of

TOUCHED, HANDED = "touched_suggestions", "handed_cases"
CHUNK = 200
_STANDINGS = select(Standing).where(Standing.suggestion_id.in_(bindparam("ids", expanding=True))).order_by(Standing.id)


def _adding(into: Callable[[Any], Any]) -> Any:
    """How counters move on one kind of database: made once, for what a statement costs is mostly its making."""
    added = into(Tally.__table__)
    times = Tally.__table__.c.times + added.excluded.times
    return added.on_conflict_do_update(index_elements=["year", "dim", "key", "shape"], set_={"times": times})


_ADDING = {"postgresql": _adding(postgresql.insert), "sqlite": _adding(sqlite.insert)}


def touch(suggestion_id: int) -> None:
    """Note that a case got an event in this transaction."""
    db.session().info.setdefault(TOUCHED, set()).add(suggestion_id)


def hand(case: Case) -> None:
    """Hand over a case as it stands after a step, so that it need not be read again."""
    db.session().info.setdefault(HANDED, {})[case.suggestion.id] = case


def forget() -> None:
    """Forget what was touched by a transaction that came to nothing."""
    db.session().info.pop(TOUCHED, None)
    db.session().info.pop(HANDED, None)


def settle() -> None:
    """Count anew every case that got an event in this transaction; the last thing before it is committed."""
    touched = sorted(db.session().info.pop(TOUCHED, ()))
    handed: Mapping[int, Case] = db.session().info.pop(HANDED, {})
    moves: Counter[Cell] = Counter()
    for at in range(0, len(touched), CHUNK):
        moves.update(count_anew(touched[at : at + CHUNK], handed))
    apply(moves)


def _cases(ids: list[int], handed: Mapping[int, Case]) -> list[Case]:
    """These cases as they stand now: read, unless one was handed over whose record is whole up to its newest event."""
    whole = {id: case for id in ids if (case := handed.get(id)) and len(case.events) == case.suggestion.chain_seq}
    missing = [id for id in ids if id not in whole]
    return [*(read_cases(db.session(), missing) if missing else ()), *whole.values()]


def count_anew(ids: list[int], handed: Mapping[int, Case] | None = None) -> Counter[Cell]:
    """Store how these cases stand now; by how much each counter changes."""
    db.session.flush()
    now = {key_of(found): found for case in _cases(ids, handed or {}) for found in standings_of(case)}
    stored = db.session.scalars(_STANDINGS, {"ids": ids})
    moves: Counter[Cell] = Counter()
    for row in stored.all():
        found = now.pop(key_of(row), None)
        if found is not None and is_same(row, found):
            continue
        moves.subtract(cells(row))
        if found is None:
            db.session.delete(row)
            continue
        for name, value in found.values.items():
            setattr(row, name, value)
        moves.update(cells(found))
    for found in now.values():
        db.session.add(Standing(**found.values))
        moves.update(cells(found))
    db.session.flush()
    return moves


def key_of(row: Standing | Counted) -> tuple[str, int, int]:
    """What a standing is of."""
    return row.kind, row.target_id, row.round


def is_same(row: Standing, found: Counted) -> bool:
    """Whether what is stored is what should be."""
    return all(getattr(row, name) == value for name, value in found.values.items())


def apply(moves: Counter[Cell]) -> None:
    """Move the counters, always in the same order, so that two transactions never wait for each other."""
    rows = [
        {"year": year, "dim": dim, "key": key, "shape": shape, "times": times}
        for (year, dim, key, shape), times in sorted(moves.items())
        if times
    ]
    if rows:
        db.session.connection().execute(_ADDING[db.engine.dialect.name], rows)
