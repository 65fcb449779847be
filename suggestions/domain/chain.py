"""The chain of one case: each event carries the hash of the one before, so that no change goes unseen."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suggestions.domain.canonical import canonical

FORM = "suggestions-event-v1"
START = "0" * 64
ERASED: Mapping[str, Any] = {"erased": True}
"""What stands in place of a payload that was erased; its salted hash stays, and with it the chain."""
_ERASES = "record_offline"


def commitment(salt: str, payload: Mapping[str, Any]) -> str:
    """The salted hash of a payload: it proves the payload without revealing it."""
    return hashlib.sha256(salt.encode("ascii") + b"\x00" + canonical(payload)).hexdigest()


def link(prev: str, head: Mapping[str, Any]) -> str:
    """The hash of an event: over the form's name, the hash before, and every column but payload and hash."""
    return hashlib.sha256(FORM.encode("ascii") + b"\x00" + canonical({"prev": prev, **head})).hexdigest()


@dataclass(frozen=True)
class Record:
    """An event as it is stored: `head` holds every column but the payload, the previous hash and the own hash."""

    chain: str
    seq: int
    head: Mapping[str, Any]
    salt: str
    payload: Mapping[str, Any]
    prev: str
    hash: str


@dataclass(frozen=True)
class Fault:
    """The first broken event of a chain and what is wrong with it."""

    chain: str
    seq: int
    reason: str


def is_erased(payload: Mapping[str, Any]) -> bool:
    """Whether the payload was erased."""
    return payload == ERASED


def _lawfully_erased(records: Sequence[Record]) -> frozenset[int]:
    """The events before a registration as secret (涉密件登记) that names them as erased."""
    return frozenset(
        seq
        for record in records
        if record.head.get("action") == _ERASES
        for seq in record.payload.get("erases", ())
        if seq < record.seq
    )


def check(records: Iterable[Record]) -> Fault | None:
    """Walk one chain, oldest first, and name its first broken event; None when it holds."""
    prev, expected = START, 1
    records = tuple(records)
    erased = _lawfully_erased(records)
    for record in records:
        if record.seq != expected:
            return Fault(record.chain, expected, "这一条不见了")
        if record.prev != prev:
            return Fault(record.chain, record.seq, "与前一条接不上")
        if is_erased(record.payload) and record.seq not in erased:
            return Fault(record.chain, record.seq, "内容被抹去，没有登记")
        if not is_erased(record.payload) and record.head.get("commitment") != commitment(record.salt, record.payload):
            return Fault(record.chain, record.seq, "内容被改动")
        if record.hash != link(prev, record.head):
            return Fault(record.chain, record.seq, "记录被改动")
        prev, expected = record.hash, expected + 1
    return None
