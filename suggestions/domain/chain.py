"""The chain of one case: each event carries the hash of the one before, so that no change goes unseen."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from suggestions.domain.canonical import canonical

FORM = "suggestions-event-v1"
START = "0" * 64


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


def check(records: Iterable[Record]) -> Fault | None:
    """Walk one chain, oldest first, and name its first broken event; None when it holds."""
    prev, expected = START, 1
    for record in records:
        if record.seq != expected:
            return Fault(record.chain, expected, "这一条不见了")
        if record.prev != prev:
            return Fault(record.chain, record.seq, "与前一条接不上")
        if record.head.get("commitment") != commitment(record.salt, record.payload):
            return Fault(record.chain, record.seq, "内容被改动")
        if record.hash != link(prev, record.head):
            return Fault(record.chain, record.seq, "记录被改动")
        prev, expected = record.hash, expected + 1
    return None
