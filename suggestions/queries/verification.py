"""Verification: whether the record still holds, and if not, which event of which case is the first broken one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from suggestions.domain import chain
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Setting, Suggestion
from suggestions.models.event import OFFICE, case_chain
from suggestions.queries.hand_overs.proving import unproved_lists

# What reading a value raises that nobody but a stranger can have put there.
_NONSENSE = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)


@dataclass(frozen=True)
class Verified:
    """How much was checked and what is broken, one sentence each."""

    chains: int
    events: int
    faults: tuple[str, ...]


def verify() -> Verified:
    """Walk every chain and compare every case with its record; a damaged file is said to be damaged."""
    try:
        if fault := _damage():
            return Verified(0, 0, (fault,))
        return _verify()
    except (DatabaseError, *_NONSENSE) as error:
        return Verified(0, 0, (_unreadable() or f"数据库文件已损坏，读不下去：{error}",))


def _unreadable() -> str:
    """The first event that cannot be read at all, found one by one; empty when even that is not possible."""
    try:
        names = _names()
        for name, seq in db.session.execute(select(Event.chain, Event.seq).order_by(Event.chain, Event.seq)).all():
            try:
                event = db.session.get_one(Event, (name, seq))
                chain.link(event.prev, event.head())
                chain.commitment(event.salt, event.payload)
            except _NONSENSE:
                return f"{names.get(name, name)}第{seq}条记录：读不出来，内容被改动。"
    except (DatabaseError, *_NONSENSE):
        pass
    return ""


def _damage() -> str:
    if db.engine.dialect.name != "sqlite":
        return ""
    said = [row[0] for row in db.session.execute(text("PRAGMA integrity_check(3)"))]
    return "" if said == ["ok"] else f"数据库文件已损坏：{'；'.join(said)}"


def _verify() -> Verified:
    heads = _heads()
    faults: list[str] = []
    names = _names()
    events = chains = 0
    last: dict[str, tuple[int, str]] = {}
    for name, records in _chains():
        chains += 1
        events += len(records)
        last[name] = (records[-1].seq, records[-1].hash)
        if broken := chain.check(records):
            faults.append(f"{names.get(name, name)}第{broken.seq}条记录：{broken.reason}。")
        elif name not in heads:
            faults.append(f"{name}第1条记录：没有这个案卷。")
    for name, head in heads.items():
        found = last.get(name, (0, chain.START))
        if found != head:
            seq = min(head[0], found[0]) + (head[0] != found[0])
            faults.append(f"{names.get(name, name)}第{seq}条记录：与案卷末尾记的不符，可能被删、被加或者被改。")
    return Verified(chains, events, tuple(dict.fromkeys(faults + _states(names) + unproved_lists())))


def _heads() -> dict[str, tuple[int, str]]:
    rows = db.session.execute(select(Suggestion.id, Suggestion.chain_seq, Suggestion.chain_hash))
    heads = {case_chain(id): (seq, hash) for id, seq, hash in rows}
    office = db.session.scalar(select(Setting.value).where(Setting.key == "office_head"))
    if office:
        seq, hash = office.split()
        heads[OFFICE] = (int(seq), hash)
    return heads


def _names() -> dict[str, str]:
    rows = db.session.execute(select(Suggestion.id, Suggestion.number))
    names = {case_chain(id): f"第{number}号（案卷{id}）" if number else f"未编号（案卷{id}）" for id, number in rows}
    return names | {OFFICE: "机关事务"}


def _chains() -> Iterator[tuple[str, list[chain.Record]]]:
    current: list[chain.Record] = []
    query = select(Event).order_by(Event.chain, Event.seq).execution_options(yield_per=1000)
    with db.session.scalars(query) as events:
        for event in events:
            record = _record(event)
            if current and current[0].chain != record.chain:
                yield current[0].chain, current
                current = []
            current.append(record)
    if current:
        yield current[0].chain, current


def _record(event: Event) -> chain.Record:
    return chain.Record(
        chain=event.chain,
        seq=event.seq,
        head=event.head(),
        salt=event.salt,
        payload=event.payload,
        prev=event.prev,
        hash=event.hash,
    )


def _states(names: dict[str, str]) -> list[str]:
    """Rows whose state is not the one that their events lead to."""
    told: dict[tuple[str, int], tuple[str, int, Any]] = {}
    query = select(
        Event.life, Event.suggestion_id, Event.handling_id, Event.co_handling_id, Event.seq, Event.to_state
    ).where(Event.chain != OFFICE, Event.to_state.is_not(None))
    for life, suggestion, handling, co, seq, state in db.session.execute(query.order_by(Event.chain, Event.seq)):
        told[life, {"suggestion": suggestion, "handling": handling, "co_handling": co}.get(life, 0)] = (
            case_chain(suggestion),
            seq,
            state,
        )
    faults = []
    for life, model in (("suggestion", Suggestion), ("handling", Handling), ("co_handling", CoHandling)):
        for id, state in db.session.execute(select(model.id, model.state)):
            name, seq, expected = told.get((life, id), ("", 0, None))
            if state != expected:
                faults.append(
                    f"{names.get(name, name)}第{seq}条记录之后：办到哪一步被改成了“{state}”，按记录应为“{expected}”。"
                )
    return faults
