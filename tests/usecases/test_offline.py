"""A secret item: only its number is kept, and what was here of its words and files is gone while the chain holds."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from suggestions.documents import store
from suggestions.domain import chain
from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow
from suggestions.domain.facts import Actor
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import Life, SuggestionState
from suggestions.extensions import db
from suggestions.models import Event, File, Notice, WorkingCopy
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.queries.counts import Asked, scope_of
from suggestions.queries.offline import Offline
from suggestions.queries.register import register
from suggestions.queries.register_filters import Wanted
from suggestions.queries.statistics import statistics
from suggestions.queries.statistics_list import listed
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping, offline
from suggestions.usecases.filing import Upload
from suggestions.usecases.judging import facts_for
from suggestions.usecases.recounting import verify_counts
from suggestions.usecases.step import take
from tests.conftest import practice_originals
from tests.documents.making import word
from tests.usecases.test_suggestion import drafted, person, row, step, submitted, unit
from tests.usecases.walking import Walk

TOLD = {"title": "关于鹤鸣工程的建议", "content": "鹤鸣工程还没有开工。\n为此，建议：\n一、修好鹤鸣桥。"}


@pytest.fixture
def play_at(play: Play) -> Play:
    play.go_to(date(2026, 3, 10))
    return play


def noted(**changes: Any) -> dict[str, Any]:
    words = {"number": "第301号", "series": "session", "unit": unit("区民政局"), "assigned_on": "2026-02-12"}
    return words | changes


def registered(play: Play, key: str | None = None, **changes: Any) -> int:
    with Walk(play).clock():
        return offline.register_offline(by=play.actor("supervisor"), words=noted(**changes), key=key)


def in_register(play: Play, who: str) -> Offline | None:
    return register(play.actor(who), play.moment.date(), Wanted()).offline


def is_kept(words: str) -> bool:
    """Whether any column of any table holds these words, spelt out or in the escapes of stored JSON."""
    spellings = (words, json.dumps(words)[1:-1])
    for table in db.metadata.sorted_tables:
        for kept in db.session.execute(text(f'SELECT * FROM "{table.name}"')):  # noqa: S608 our own names
            if any(spelling in str(value) for value in kept for spelling in spellings):
                return True
    return False


def test_from_nothing_only_number_unit_dates_and_rating(play_at: Play) -> None:
    id = registered(play_at, replied_on="2026-03-09", rating="satisfied")
    kept = row(id)
    assert (kept.state, kept.number, kept.title, kept.content) == (SuggestionState.OFFLINE, "301", "涉密件", "")
    assert kept.outside == {
        "unit": int(unit("区民政局")),
        "unit_name": "区民政局",
        "assigned_on": "2026-02-12",
        "reply_due_on": "2026-05-12",
        "replied_on": "2026-03-09",
        "rating": "satisfied",
    }
    found = in_register(play_at, "supervisor")
    assert found is not None
    assert (found.items, found.replied, found.rated) == (((id, "第301号"),), 1, 1)
    assert verify().faults == ()


def test_what_is_wrong_is_named(play_at: Play) -> None:
    for words, faulty in (
        (noted(number="关于某事"), "number"),
        (noted(number="010"), "number"),
        (noted(assigned_on="2027-01-01"), "assigned_on"),
        (noted(replied_on="2026-02-11"), "replied_on"),
        (noted(rating="satisfied"), "replied_on"),
        (noted(unit=""), "unit"),
    ):
        with pytest.raises(Invalid) as refused:
            registered(play_at, **words)
        assert set(refused.value.faults) == {faulty}
    assert in_register(play_at, "supervisor") is None


def test_sent_twice_is_one_and_nobody_else_registers(play_at: Play) -> None:
    assert registered(play_at, key="one") == registered(play_at, key="one")
    for who in ("deputy", "clerk", "director", "inspector", "auditor", "sysadmin"):
        with pytest.raises(NotAllowed), Walk(play_at).clock():
            offline.register_offline(by=play_at.actor(who), words=noted(number="302"))


def test_reply_and_rating_are_added_later(play_at: Play) -> None:
    id = registered(play_at)
    step(play_at, id, "supervisor", A.RECORD_OFFLINE, **noted(replied_on="2026-03-09", rating="dissatisfied"))
    outside = row(id).outside or {}
    assert (outside["replied_on"], outside["rating"], row(id).number) == ("2026-03-09", "dissatisfied", "301")
    assert verify().faults == ()


def test_a_secret_item_is_counted_by_the_office_and_unknown_to_its_unit(play_at: Play) -> None:
    def value(who: str, code: str, unit_id: int | None = None) -> tuple[int, int]:
        actor, asks = play_at.actor(who), Asked(2026, unit_id)
        found = statistics(db.session(), scope_of(db.session(), actor), asks, play_at.moment.date()).shown(code)
        for number in (found.top, found.base):
            if who != "deputy":
                rows = listed(
                    db.session(), actor, scope_of(db.session(), actor), asks, code=number.part, today=date(2026, 3, 10)
                )
                assert rows.total == number.value
        return found.top.value, found.base.value

    bureau = int(unit("区民政局"))
    before = {who: value(who, "replied_all") for who in ("supervisor", "director", "inspector", "deputy")}
    of_unit, contacts = value("supervisor", "replied_all", bureau), value("supervisor", "contacted")
    id = registered(play_at)
    assert value("supervisor", "replied_all") == (before["supervisor"][0], before["supervisor"][1] + 1)
    step(play_at, id, "supervisor", A.RECORD_OFFLINE, **noted(replied_on="2026-03-09", rating="dissatisfied"))
    for who in ("supervisor", "deputy"):
        assert value(who, "replied_all") == tuple(number + 1 for number in before[who])
    assert value("supervisor", "replied_all", bureau) == tuple(number + 1 for number in of_unit)
    assert value("supervisor", "dissatisfied")[0] == 1
    assert value("supervisor", "contacted") == contacts
    for who in ("director", "inspector"):
        assert value(who, "replied_all") == before[who]
    assert verify_counts().faults == ()


def secret_draft(play: Play) -> tuple[int, str]:
    """A submitted suggestion with a file, a working copy and told titles; its id and the digest of the file."""
    id = drafted(play, **TOLD, files=[Upload("机密.docx", word("机密"))])
    sha256 = db.session.scalars(select(File.sha256).where(File.suggestion_id == id)).one()
    step(play, id, "deputy", A.INVITE_COSIGNER, deputy=person(play, "deputy2"))
    step(play, id, "deputy2", A.COSIGN)
    step(play, id, "deputy", A.SUBMIT)
    supervisor = play.actor("supervisor").person_id
    housekeeping.save_working_copy(supervisor, Life.SUGGESTION, id, "decline", {"reason": "鹤鸣工程不宜公开"})
    return id, sha256


def test_what_was_here_is_gone_everywhere_and_the_chain_holds(play_at: Play) -> None:
    id, sha256 = secret_draft(play_at)
    assert all(is_kept(words) for words in ("鹤鸣工程", "修好鹤鸣桥", "机密.docx"))
    heads = [(e.seq, e.hash) for e in load_case(db.session(), id).events]
    step(play_at, id, "supervisor", A.RECORD_OFFLINE, **noted())
    assert not any(is_kept(words) for words in ("鹤鸣工程", "修好鹤鸣桥", "机密.docx", sha256))
    assert not db.session.scalars(select(File).where(File.suggestion_id == id)).all()
    with pytest.raises(Missing):
        store.read(sha256)
    assert not db.session.scalars(select(WorkingCopy).where(WorkingCopy.target_id == id)).all()
    assert verify().faults == ()
    events = load_case(db.session(), id).events
    assert [(e.seq, e.hash) for e in events[:-1]] == heads
    assert all(chain.is_erased(e.payload) for e in events[:-1])
    assert events[-1].payload["erases"] == [seq for seq, _ in heads]
    told = db.session.scalars(select(Notice.text).where(Notice.chain == f"case:{id}")).all()
    assert told
    assert all("《涉密件》" in said for said in told)


def test_a_file_that_another_case_holds_stays(play_at: Play) -> None:
    id = drafted(play_at, files=[practice_upload()])
    sha256 = db.session.scalars(select(File.sha256).where(File.suggestion_id == id)).one()
    step(play_at, id, "deputy", A.SUBMIT)
    step(play_at, id, "supervisor", A.RECORD_OFFLINE, **noted())
    assert store.read(sha256)


def practice_upload() -> Upload:
    return Upload("附件.docx", practice_originals()[0].data)


def test_a_refused_registration_erases_nothing(play_at: Play) -> None:
    id, sha256 = secret_draft(play_at)
    with pytest.raises(Invalid):
        step(play_at, id, "supervisor", A.RECORD_OFFLINE, **noted(number="010"))
    assert row(id).title == TOLD["title"]
    assert store.read(sha256)
    assert not any(chain.is_erased(e.payload) for e in load_case(db.session(), id).events)


def test_the_title_is_gone_from_the_case_it_was_once_merged_into(play_at: Play) -> None:
    id = drafted(play_at, **TOLD)
    step(play_at, id, "deputy", A.SUBMIT)
    step(play_at, id, "supervisor", A.MERGE, into="第010号", reason="同一件事")
    assert is_kept("鹤鸣工程")
    step(play_at, id, "supervisor", A.UNMERGE, reason="不是同一件事")
    step(play_at, id, "supervisor", A.RECORD_OFFLINE, **noted())
    assert not is_kept("鹤鸣工程")
    assert verify().faults == ()


def test_what_others_were_merged_into_is_not_registered(play_at: Play) -> None:
    into, other = submitted(play_at), submitted(play_at)
    with Walk(play_at).clock():
        step(play_at, other, "supervisor", A.MERGE, into=str(into), reason="同一件事")
    with pytest.raises(NotNow) as lacking:
        step(play_at, into, "supervisor", A.RECORD_OFFLINE, **noted())
    assert "并入了本件" in lacking.value.missing[0]


def seen(play: Play, id: int, by: Actor) -> Sight:
    with Walk(play).clock():
        return sight(facts_for(load_case(db.session(), id), by, Life.SUGGESTION, id))


def test_who_sees_that_there_is_one(play_at: Play) -> None:
    id, _ = secret_draft(play_at)
    step(play_at, id, "supervisor", A.RECORD_OFFLINE, **noted())
    found = {who: seen(play_at, id, play_at.actor(who)) for who in ("supervisor", "auditor", "deputy", "deputy2")}
    assert found == {
        "supervisor": Sight.OFFICE,
        "auditor": Sight.AUDIT,
        "deputy": Sight.STUB,
        "deputy2": Sight.STUB,
    }
    for who in ("director", "handler", "clerk", "reviewer", "inspector", "邓小红", "sysadmin"):
        assert seen(play_at, id, play_at.actor(who)) is Sight.NOTHING
        with pytest.raises(Missing), Walk(play_at).clock():
            take(Life.SUGGESTION, A.WITHDRAW, id, by=play_at.actor(who), words={"reason": "看看"})
    assert in_register(play_at, "director") is None


def test_the_record_lets_nothing_else_be_erased(play_at: Play) -> None:
    id = submitted(play_at)
    for change in ("payload = '{\"erased\":true}'", "payload = '{}'", "actor_name = '别人'"):
        with pytest.raises(DatabaseError, match="only ever added to"):
            db.session.connection().exec_driver_sql(f"UPDATE event SET {change} WHERE suggestion_id = {id}")  # noqa: S608
        db.session.rollback()
    step(play_at, id, "supervisor", A.RECORD_OFFLINE, **noted())
    for change in ("payload = '{}'", "payload = '{\"erased\":true}', actor_name = '别人'", "hash = '0'"):
        with pytest.raises(DatabaseError, match="only ever added to"):
            db.session.connection().exec_driver_sql(f"UPDATE event SET {change} WHERE suggestion_id = {id}")  # noqa: S608
        db.session.rollback()


def test_an_erased_payload_that_no_registration_names_is_found(play_at: Play) -> None:
    id = submitted(play_at)
    records = [
        chain.Record(e.chain, e.seq, e.head(), e.salt, e.payload, e.prev, e.hash)
        for e in db.session.scalars(select(Event).where(Event.suggestion_id == id).order_by(Event.seq))
    ]
    assert chain.check(records) is None
    emptied = chain.Record(
        records[0].chain, 1, records[0].head, records[0].salt, chain.ERASED, records[0].prev, records[0].hash
    )
    fault = chain.check([emptied, *records[1:]])
    assert fault is not None
    assert (fault.seq, fault.reason) == (1, "内容被抹去，没有登记")
