"""The chain: frozen vectors, one spelling, and every kind of break found at its event."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from suggestions.domain.canonical import canonical, digest
from suggestions.domain.chain import START, Fault, Record, check, commitment, link

# Computed once, by hand, with hashlib and json alone (not with the program), and never to change: a record of today
# must still be provable after any change of the program. SHA-256 over salt, a zero byte and the payload; over the
# form's name "suggestions-event-v1", a zero byte and the head with `prev`. Payload and head are JSON with sorted keys
# and without blanks, every sign beyond ASCII written \uXXXX.
SALT = "0" * 32
PAYLOAD = {"remark": "先把便民点立起来。"}
COMMITMENT = "81488187d761851e13986f229376553b6cddf0b1b4e85350d7aaea5039353504"
HEAD: dict[str, Any] = {
    "chain": "case:1",
    "seq": 1,
    "action": "receive",
    "at": "2026-02-10T01:00:00.000000+00:00",
    "salt": SALT,
    "commitment": COMMITMENT,
}
FIRST = "643feeb3de36fa4d48d63fc0900f7c482bae2684d473ec8421752d94b9e39b39"
SECOND = "16abcfddfe52f5e5e489d367f6e6a5d7a12e4c76203c8efe9025362e606cc28a"


def test_frozen_vectors() -> None:
    assert commitment(SALT, PAYLOAD) == COMMITMENT
    assert link(START, HEAD) == FIRST
    assert link(FIRST, {**HEAD, "seq": 2, "action": "read_original"}) == SECOND
    assert canonical({"b": "e\u0301", "a": [1, True, None], "意见": "可"}) == (
        rb'{"a":[1,true,null],"b":"\u00e9","\u610f\u89c1":"\u53ef"}'
    )
    assert digest({"b": "e\u0301", "a": [1, True, None], "意见": "可"}) == (
        "6a4716a4f0a8bb71fb9ac17c1a1529fa29c8ac52a91f0d6c83f4d3f9d07c8dcf"
    )


def test_the_same_content_has_the_same_hash_however_it_is_spelled() -> None:
    decomposed = unicodedata.normalize("NFD", "é")
    assert decomposed != "é"
    assert digest({"a": "é", "b": (1, 2)}) == digest({"b": [1, 2], "a": decomposed})
    assert digest({decomposed: 1}) == digest({"é": 1})


def test_different_content_has_different_hashes() -> None:
    contents: list[object] = [
        {"a": 1},
        {"a": "1"},
        {"a": True},
        {"a": None},
        {"a": ""},
        {"a": [1]},
        {"a": {}},
        {},
        [],
        None,
    ]
    assert len({digest(content) for content in contents}) == len(contents)


@pytest.mark.parametrize("value", [1.0, float("nan"), b"bytes", {1, 2}, object(), {"deep": [{"in": 0.5}]}])
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form for"):
        canonical(value)


def records(count: int = 4) -> list[Record]:
    """A sound chain."""
    made: list[Record] = []
    prev = START
    for seq in range(1, count + 1):
        payload = {"remark": f"第{seq}条"}
        head = {**HEAD, "seq": seq, "commitment": commitment(SALT, payload)}
        made.append(Record("case:1", seq, head, SALT, payload, prev, link(prev, head)))
        prev = made[-1].hash
    return made


def resealed(record: Record, **changes: Any) -> Record:
    """A record changed by somebody who also computes its own hashes anew."""
    head = {**record.head, **changes.pop("head", {})}
    payload = changes.pop("payload", record.payload)
    head["commitment"] = commitment(record.salt, payload)
    return replace(record, head=head, payload=payload, hash=link(record.prev, head), **changes)


def test_a_sound_chain_holds() -> None:
    assert check([]) is None
    assert check(records()) is None


@pytest.mark.parametrize(
    ("change", "seq", "reason"),
    [
        (lambda r: [*r[:1], replace(r[1], payload={"remark": "别的话"}), *r[2:]], 2, "内容被改动"),
        (lambda r: [*r[:1], replace(r[1], salt="1" * 32), *r[2:]], 2, "内容被改动"),
        (lambda r: [*r[:1], replace(r[1], head={**r[1].head, "action": "close"}), *r[2:]], 2, "记录被改动"),
        (lambda r: [*r[:1], replace(r[1], head={**r[1].head, "more": 1}), *r[2:]], 2, "记录被改动"),
        (lambda r: [*r[:1], replace(r[1], hash="f" * 64), *r[2:]], 2, "记录被改动"),
        (lambda r: [*r[:1], replace(r[1], prev="f" * 64), *r[2:]], 2, "与前一条接不上"),
        (lambda r: [*r[:1], *r[2:]], 2, "这一条不见了"),
        (lambda r: r[1:], 1, "这一条不见了"),
        (lambda r: [r[0], r[2], r[1], r[3]], 2, "这一条不见了"),
        (lambda r: [*r[:2], r[1], *r[2:]], 3, "这一条不见了"),
        (lambda r: [r[0], resealed(r[1], payload={"remark": "重算过"}), *r[2:]], 3, "与前一条接不上"),
        (lambda r: [*r[:3], replace(r[3], payload={})], 4, "内容被改动"),
    ],
)
def test_every_break_is_named_at_its_event(
    change: Callable[[list[Record]], list[Record]], seq: int, reason: str
) -> None:
    assert check(change(records())) == Fault("case:1", seq, reason)


def test_an_end_that_was_cut_off_is_for_the_head_of_the_case_to_tell() -> None:
    assert check(records()[:-1]) is None
