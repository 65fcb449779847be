"""The record is only ever added to; whatever is changed behind its back is named by case and number."""

# Statements are put together from the table's own column names and from nothing that anybody sends.
# ruff: noqa: S608

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from suggestions.domain.actions import Action as A
from suggestions.extensions import db
from suggestions.models import Event
from suggestions.models.event import OFFICE, case_chain
from suggestions.queries.verification import verify
from tests.databases import Databases
from tests.usecases.meddling import COLUMNS, OTHER, ask, copied, is_sqlite, others, unguard
from tests.usecases.small import SMALL, small
from tests.usecases.walking import Walk, count

ONLY_ADDED = "the record is only ever added to"


@pytest.fixture
def walk(databases: Databases, tmp_path: Path) -> Iterator[Walk]:
    for app in databases.copy(SMALL, tmp_path / "files"):
        with app.app_context():
            yield small()
            db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor_name = '别人'",
        "UPDATE event SET payload = payload",
        "UPDATE event SET seq = seq + 100 WHERE chain = 'office'",
        "DELETE FROM event",
        "DELETE FROM event WHERE chain = 'office' AND seq = 1",
    ],
)
def test_update_and_delete_are_refused(walk: Walk, statement: str) -> None:
    before = count(Event)
    with pytest.raises(DatabaseError, match=ONLY_ADDED):
        ask(statement)
    db.session.rollback()
    assert count(Event) == before
    assert verify().faults == ()


def test_insert_or_replace_is_refused(walk: Walk) -> None:
    before = count(Event)
    statements = [copied("INSERT")]
    if is_sqlite():
        statements += [
            copied("INSERT OR REPLACE"),
            copied("REPLACE"),
            "UPDATE OR REPLACE event SET seq = 2 WHERE seq = 1",
        ]
        # Without the triggers' own setting a conflict would delete the old row in silence.
        statements += [copied("INSERT", "ON CONFLICT DO UPDATE SET actor_name = excluded.actor_name")]
    else:
        statements += [copied("INSERT", "ON CONFLICT (chain, seq) DO UPDATE SET actor_name = excluded.actor_name")]
        statements += ["TRUNCATE event, notice, delivery", "TRUNCATE event CASCADE"]
    for statement in statements:
        with pytest.raises(DatabaseError) as refused:
            ask(statement)
        db.session.rollback()
        is_plain = statement == copied("INSERT") and not is_sqlite()
        assert re.search("duplicate key" if is_plain else ONLY_ADDED, str(refused.value)), statement
        assert count(Event) == before
    assert verify().faults == ()


def test_a_repeated_key_cannot_push_an_event_out(walk: Walk) -> None:
    walk.knock(A.COMMENT, {"comment": "又一句"}, who="clerk", key="once")
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    values = ", ".join({"seq": "900", **OTHER}.get(name, f'"{name}"') for name in COLUMNS)
    verb = "INSERT OR REPLACE" if is_sqlite() else "INSERT"
    before = count(Event)
    with pytest.raises(DatabaseError, match=ONLY_ADDED if is_sqlite() else "duplicate key"):
        ask(f"{verb} INTO event ({names}) SELECT {values} FROM event WHERE idempotency_key = 'once'")
    db.session.rollback()
    assert count(Event) == before


def places(walk: Walk) -> list[tuple[str, int, str]]:
    """Events of all kinds, with how verification calls their chain: personal, evidence, caused, first and last."""
    id = walk.play.suggestion(walk.number).id
    chain, name = case_chain(id), f"第025号（案卷{id}）"
    story = {event.action: event.seq for event in walk.facts("director").story.events}
    seqs = [1, story[A.BEGIN], story[A.READ_ORIGINAL], story[A.COMMENT], walk.play.suggestion(walk.number).chain_seq]
    last = ask("SELECT max(seq) FROM event WHERE chain = 'office'").scalar_one()
    return [(chain, seq, name) for seq in seqs] + [(OFFICE, seq, "机关事务") for seq in (1, last)]


def test_any_changed_column_of_any_event_is_named(walk: Walk) -> None:
    """Each change stands for itself: it is made, looked at and taken back in one transaction."""
    unnoticed, tried = [], 0
    for column in COLUMNS:
        for chain, seq, name in places(walk):
            here = {"chain": chain, "seq": seq}
            old = ask(f'SELECT "{column}" FROM event WHERE chain = :chain AND seq = :seq', **here).scalar_one()
            for new in others(column, old):
                db.session.rollback()
                unguard()
                changed = ask(
                    f'UPDATE event SET "{column}" = :new WHERE chain = :chain AND seq = :seq', new=new, **here
                )
                found = verify().faults
                db.session.rollback()
                tried += changed.rowcount
                if not any(f"{name}第{seq}条记录" in fault for fault in found):
                    unnoticed.append((column, seq, old, new, found))
    assert unnoticed == []
    assert tried >= len(COLUMNS) * 7
    assert verify().faults == ()


@pytest.mark.parametrize("where", ["first", "middle", "last", "all"])
def test_a_deleted_event_is_named(walk: Walk, where: str) -> None:
    for chain, last, name in (places(walk)[4], places(walk)[-1]):
        unguard()
        seq = {"first": 1, "middle": last // 2, "last": last, "all": 1}[where]
        ask(
            f"DELETE FROM event WHERE chain = :chain {'' if where == 'all' else 'AND seq = :seq'}", chain=chain, seq=seq
        )
        found = verify().faults
        db.session.rollback()
        assert any(f"{name}第{seq}条记录" in fault for fault in found), found
    assert verify().faults == ()


def test_events_that_changed_places_are_named(walk: Walk) -> None:
    chain, last, name = places(walk)[4]
    unguard()
    for old, new in ((last, 900), (last - 1, last), (900, last - 1)):
        ask("UPDATE event SET seq = :new WHERE chain = :chain AND seq = :old", chain=chain, old=old, new=new)
    found = verify().faults
    db.session.rollback()
    assert any(f"{name}第{last - 1}条记录" in fault for fault in found), found


def test_an_event_put_in_behind_the_back_of_its_case_is_named(walk: Walk) -> None:
    chain, last, name = places(walk)[4]
    last_event = db.session.get_one(Event, (chain, last))
    values = {column: getattr(last_event, column) for column in Event.HEAD if column not in ("chain", "seq")}
    forged = Event(**values, chain=chain, seq=last + 1, payload={"remark": "后加的"})
    forged.idempotency_key = None
    forged.seal(last_event.hash)
    db.session.add(forged)
    db.session.commit()
    assert any(f"{name}第{last + 1}条记录" in fault for fault in verify().faults)


def test_a_chain_without_a_case_is_named(walk: Walk) -> None:
    chain, last, _ = places(walk)[4]
    last_event = db.session.get_one(Event, (chain, last))
    values = {column: getattr(last_event, column) for column in Event.HEAD if column not in ("chain", "seq")}
    forged = Event(**values, chain="case:900", seq=1, payload={})
    forged.idempotency_key = None
    forged.seal("0" * 64)
    db.session.add(forged)
    db.session.commit()
    assert any("case:900第1条记录" in fault for fault in verify().faults)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE handling SET state = 'received' WHERE id = :handling",
            "办到哪一步被改成了“received”，按记录应为“planning”",
        ),
        (
            "UPDATE suggestion SET state = 'closed' WHERE id = :suggestion",
            "办到哪一步被改成了“closed”，按记录应为“assigned”",
        ),
        ("UPDATE suggestion SET chain_seq = chain_seq - 1 WHERE id = :suggestion", "与案卷末尾记的不符"),
        ("UPDATE suggestion SET chain_hash = 'f' WHERE id = :suggestion", "与案卷末尾记的不符"),
    ],
)
def test_a_case_that_is_not_where_its_record_leads_is_named(walk: Walk, statement: str, said: str) -> None:
    suggestion = walk.play.suggestion(walk.number)
    values = {"handling": walk.id, "suggestion": suggestion.id}
    ask(statement, **{name: value for name, value in values.items() if f":{name}" in statement})
    found = verify().faults
    db.session.rollback()
    assert any("第025号" in fault and said in fault for fault in found), found


def test_a_co_handling_that_was_moved_is_named(walk: Walk) -> None:
    (co,) = walk.co_handlings()
    ask("UPDATE co_handling SET state = 'accepted' WHERE id = :id", id=co.id)
    found = verify().faults
    db.session.rollback()
    assert any("第025号" in fault and "按记录应为“invited”" in fault for fault in found), found


def test_a_cut_office_head_is_named(walk: Walk) -> None:
    ask("UPDATE setting SET value = '1 ' || value WHERE key = 'office_head'")
    found = verify()
    db.session.rollback()
    assert found.faults


def test_a_sound_house_is_sound(walk: Walk) -> None:
    found = verify()
    assert (found.faults, found.events) == ((), count(Event))
    assert found.chains == 2
