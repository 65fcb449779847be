"""A suggestion from the deputy's first word to the units: drafted, signed together, submitted, numbered and split."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow
from suggestions.domain.rulebook import load
from suggestions.domain.states import Life, SuggestionState
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Notice, Suggestion, Unit
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import intake
from suggestions.usecases.filing import Upload
from suggestions.usecases.step import Taken, take
from tests.conftest import practice_originals
from tests.usecases.walking import Walk, count

WORDS = {
    "title": "关于老旧小区加装电梯的建议",
    "content": "老旧小区没有电梯。\n为此，建议：\n一、简化加装电梯手续。\n二、对加装电梯给予补助。",
    "category": "城建",
}


@pytest.fixture
def play_at(play: Play) -> Play:
    play.go_to(date(2026, 3, 10))
    return play


def drafted(play: Play, who: str = "deputy", **words: Any) -> int:
    with Walk(play).clock():
        return intake.draft(by=play.actor(who), words={**WORDS, **words})


def step(play: Play, id: int, who: str, action: A, **words: Any) -> Taken:
    return play.step(Life.SUGGESTION, id, who, action, words)


def person(play: Play, username: str) -> str:
    return str(play.actor(username).person_id)


def unit(name: str) -> str:
    return str(db.session.scalars(select(Unit.id).where(Unit.name == name)).one())


def assignment(**changes: Any) -> dict[str, Any]:
    words: dict[str, Any] = {
        "number": "第237号",
        "series": "between",
        "main_units": [unit("区民政局"), unit("区住房城乡建委")],
        "co_units": [unit("区财政局"), unit("区司法局")],
        "reply_term": "ordinary",
        "publication": "proactive",
    }
    return words | changes


def row(id: int) -> Suggestion:
    db.session.expire_all()
    return db.session.get_one(Suggestion, id)


def submitted(play: Play) -> int:
    id = drafted(play)
    step(play, id, "deputy", A.SUBMIT)
    return id


def test_from_the_first_word_to_two_units(play_at: Play) -> None:
    play = play_at
    id = drafted(play)
    assert (row(id).state, row(id).number, row(id).lead_id) == (
        SuggestionState.DRAFTING,
        None,
        int(person(play, "deputy")),
    )
    step(play, id, "deputy", A.INVITE_COSIGNER, deputy=person(play, "deputy2"))
    with pytest.raises(NotNow) as waiting:
        step(play, id, "deputy", A.SUBMIT)
    assert waiting.value.missing == ("还差：有1位联名代表没有本人确认；等他们确认，或者取消邀请。",)
    step(play, id, "deputy2", A.COSIGN)
    step(play, id, "deputy", A.SUBMIT, is_name_hidden="1")
    after = row(id)
    assert (after.state, after.submitted_on, after.is_name_hidden) == (
        SuggestionState.SUBMITTED,
        date(2026, 3, 10),
        True,
    )
    assert list(after.asked) == ["简化加装电梯手续。", "对加装电梯给予补助。"]
    step(play, id, "supervisor", A.ASSIGN, **assignment())
    after = row(id)
    assert (after.state, after.number, after.series) == (SuggestionState.ASSIGNED, "237", "between")
    assert (after.term, after.session) == (19, 6)
    handlings = db.session.scalars(select(Handling).where(Handling.suggestion_id == id).order_by(Handling.id)).all()
    assert [(h.unit.name, h.number_text) for h in handlings] == [
        ("区民政局", "第237-1号"),
        ("区住房城乡建委", "第237-2号"),
    ]
    assert {h.reply_due_on for h in handlings} == {date(2026, 6, 10)}
    for handling in handlings:
        owed = db.session.scalars(select(CoHandling).where(CoHandling.handling_id == handling.id)).all()
        assert {(co.unit.name, co.is_own_invitation) for co in owed} == {("区财政局", False), ("区司法局", False)}
    events = db.session.scalars(select(Event).where(Event.suggestion_id == id).order_by(Event.seq)).all()
    assert [event.action for event in events] == [
        *("draft", "invite_cosigner", "cosign", "submit", "assign"),
        *("begin", "invite_co_opinion", "invite_co_opinion") * 2,
    ]
    assert {event.cause_seq for event in events[5:]} == {5}
    told = db.session.scalars(select(Notice.person_id).where(Notice.chain == f"case:{id}", Notice.seq >= 6)).all()
    assert {int(person(play, "clerk")), int(person(play, "clerk@区住房城乡建委"))} <= set(told)
    assert verify().faults == ()


def test_a_draft_is_seen_by_its_deputies_alone(play_at: Play) -> None:
    id = drafted(play_at)
    for who in ("deputy2", "deputy3", "supervisor", "director", "clerk", "inspector", "sysadmin"):
        with pytest.raises(Missing):
            step_with_words(play_at, id, who)
    step(play_at, id, "deputy", A.INVITE_COSIGNER, deputy=person(play_at, "deputy2"))
    with pytest.raises(NotAllowed):
        step_with_words(play_at, id, "deputy2")
    with pytest.raises(NotAllowed):
        step(play_at, id, "deputy", A.COSIGN)


def step_with_words(play: Play, id: int, who: str) -> None:
    with Walk(play).clock():
        take(Life.SUGGESTION, A.REVISE, id, by=play.actor(who), words=WORDS)


def test_revised_words_are_signed_anew(play_at: Play) -> None:
    id = drafted(play_at)
    step(play_at, id, "deputy", A.INVITE_COSIGNER, deputy=person(play_at, "deputy2"))
    step(play_at, id, "deputy2", A.COSIGN)
    step(play_at, id, "deputy", A.REVISE, **(WORDS | {"title": "关于加装电梯的建议"}))
    with pytest.raises(NotNow):
        step(play_at, id, "deputy", A.SUBMIT)
    step(play_at, id, "deputy", A.REMOVE_COSIGNER, deputy=person(play_at, "deputy2"))
    step(play_at, id, "deputy", A.SUBMIT)
    assert row(id).title == "关于加装电梯的建议"
    assert row(id).cosigners == []


def test_a_scan_that_was_forgotten_is_handed_in_later(play_at: Play) -> None:
    id = drafted(play_at, "supervisor", lead=person(play_at, "deputy"))
    with pytest.raises(NotNow):
        step(play_at, id, "supervisor", A.SUBMIT)
    scan = Upload("签名页.docx", practice_originals()[0].data)
    step(play_at, id, "supervisor", A.REVISE, **WORDS, files=[scan])
    step(play_at, id, "supervisor", A.SUBMIT)
    assert row(id).state is SuggestionState.SUBMITTED
    assert verify().faults == ()


def test_after_submission_nobody_edits_until_it_is_returned(play_at: Play) -> None:
    id = submitted(play_at)
    for action, words in ((A.REVISE, WORDS), (A.INVITE_COSIGNER, {"deputy": person(play_at, "deputy2")})):
        with pytest.raises(NotNow):
            step(play_at, id, "deputy", action, **words)
    step(play_at, id, "supervisor", A.RETURN_FOR_REVISION, reason="一事一议，请分开写。")
    step(play_at, id, "deputy", A.REVISE, **(WORDS | {"content": "建议：一、简化手续。"}))
    step(play_at, id, "deputy", A.SUBMIT)
    assert row(id).state is SuggestionState.SUBMITTED
    said = [
        e.payload["content"]
        for e in db.session.scalars(select(Event).where(Event.action == "submit").order_by(Event.seq))
    ]
    assert said == [WORDS["content"], "建议：一、简化手续。"]


def test_a_declined_suggestion_is_over(play_at: Play) -> None:
    id = submitted(play_at)
    ground = next(iter(load("chongqing").decline_grounds))
    step(play_at, id, "supervisor", A.DECLINE, ground=ground, reason="属个人事务，已转信访。")
    assert row(id).state is SuggestionState.DECLINED
    with pytest.raises(NotNow):
        step(play_at, id, "supervisor", A.ASSIGN, **assignment())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "第237"}, None),
        ({"number": "甲一"}, "number"),
        ({"number": "第 号"}, "number"),
        ({"main_units": []}, "main_units"),
        ({"main_units": ["99999"]}, "main_units"),
        ({"reply_term": "long"}, "reply_term"),
        ({"co_units": "same"}, "co_units"),
    ],
)
def test_a_faulty_assignment_is_named_at_its_field(play_at: Play, changes: dict[str, Any], field: str | None) -> None:
    id = submitted(play_at)
    if changes.get("co_units") == "same":
        changes = {"co_units": [unit("区民政局")]}
    before = count(Event)
    if field is None:
        step(play_at, id, "supervisor", A.ASSIGN, **assignment(**changes))
        assert row(id).number == "237"
        return
    with pytest.raises(Invalid) as refused:
        step(play_at, id, "supervisor", A.ASSIGN, **assignment(**changes))
    assert set(refused.value.faults) == {field}
    assert row(id).state is SuggestionState.SUBMITTED
    assert count(Event) == before


def test_a_number_is_given_once_in_its_series(play_at: Play) -> None:
    first, second, third = (submitted(play_at) for _ in range(3))
    step(play_at, first, "supervisor", A.ASSIGN, **assignment())
    with pytest.raises(Invalid) as taken:
        step(play_at, second, "supervisor", A.ASSIGN, **assignment(number="237"))
    assert taken.value.faults == {"number": "编号“237”已经用过，请换一个。"}
    with pytest.raises(Invalid):
        step(play_at, second, "supervisor", A.ASSIGN, **assignment(number="001", series="session"))
    step(play_at, second, "supervisor", A.ASSIGN, **assignment(number="238"))
    step(play_at, third, "supervisor", A.ASSIGN, **assignment(number="237", series="session"))
    assert [row(id).number for id in (first, second, third)] == ["237", "238", "237"]


def test_a_single_unit_has_no_part_and_a_complex_one_six_months(play_at: Play) -> None:
    id = submitted(play_at)
    words = assignment(main_units=[unit("区民政局")], co_units=[], reply_term="complex")
    step(play_at, id, "supervisor", A.ASSIGN, **words)
    (handling,) = db.session.scalars(select(Handling).where(Handling.suggestion_id == id))
    assert (handling.number_text, handling.reply_due_on) == ("第237号", date(2026, 9, 10))


def test_on_paper_the_office_writes_for_the_deputy_with_the_scan(play_at: Play) -> None:
    with pytest.raises(Invalid) as unnamed:
        drafted(play_at, "supervisor")
    assert unnamed.value.faults == {"lead": "请选择领衔代表。"}
    without_scan = drafted(play_at, "supervisor", lead=person(play_at, "deputy"))
    with pytest.raises(NotNow) as lacking:
        step(play_at, without_scan, "supervisor", A.SUBMIT)
    assert lacking.value.missing == ("还差：纸质建议没有附扫描件。",)
    scan = [Upload("扫描件.docx", practice_originals()[0].data)]
    id = drafted(play_at, "supervisor", lead=person(play_at, "deputy"), files=scan)
    step(play_at, id, "supervisor", A.INVITE_COSIGNER, deputy=person(play_at, "deputy2"))
    with pytest.raises(NotNow) as unsigned:
        step(play_at, id, "supervisor", A.SUBMIT)
    assert "代录纸质意见" in unsigned.value.missing[0]
    step(play_at, id, "deputy2", A.COSIGN)
    step(play_at, id, "supervisor", A.SUBMIT)
    assert (row(id).is_on_paper, row(id).lead_id) == (True, int(person(play_at, "deputy")))
    assert verify().faults == ()


@pytest.mark.parametrize("who", ["director", "handler", "clerk", "inspector", "sysadmin", "auditor"])
def test_nobody_else_drafts(play_at: Play, who: str) -> None:
    with pytest.raises(NotAllowed):
        drafted(play_at, who)


def test_a_draft_sent_twice_is_one(play_at: Play) -> None:
    with Walk(play_at).clock():
        by, before = play_at.actor("deputy"), count(Suggestion)
        first = intake.draft(by=by, words=WORDS, key="one-form")
        assert intake.draft(by=by, words=WORDS, key="one-form") == first
    assert count(Suggestion) == before + 1


def test_an_empty_draft_is_named_at_its_fields(play_at: Play) -> None:
    with pytest.raises(Invalid) as refused:
        drafted(play_at, title=" ", content="")
    assert set(refused.value.faults) == {"title", "content"}
