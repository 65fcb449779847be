"""The practice history: every desk has something on it, and every record in it is sound."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import func, select

from suggestions import clock
from suggestions.domain import letter
from suggestions.domain.actions import Action
from suggestions.domain.states import CoState, HandlingState, Life, Seal, SuggestionState
from suggestions.extensions import db
from suggestions.models import CoHandling, Cosigner, Event, Handling, Person, Promise, Suggestion, Unit
from suggestions.models.counting import counted_suggestions
from suggestions.practice import START
from suggestions.practice.history import LATECOMER, load_practice
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from tests.conftest import PLAYED
from tests.databases import Databases

SEALS = {
    Seal.READ: Action.READ_ORIGINAL,
    Seal.PLAN: Action.APPROVE_PLAN,
    Seal.URGE: Action.URGE,
    Seal.SIGN: Action.SIGN_REPLY,
    Seal.COORDINATE: Action.COORDINATE,
}
STANDING = {
    "001": HandlingState.ASSIGNED,
    "002": HandlingState.FOLLOW_UP,
    "003": HandlingState.CONTESTED,
    "004": HandlingState.REPLIED,
    "005": HandlingState.IN_PROGRESS,
    "006": HandlingState.IN_PROGRESS,
    "007": HandlingState.RECEIVED,
    "008": HandlingState.IN_PROGRESS,
    "009": HandlingState.SIGNED,
    "010": HandlingState.CLOSED,
    "011": HandlingState.PLANNING,
    "012": HandlingState.PLANNING,
    "013": HandlingState.RATED,
    "014": HandlingState.SIGNING,
    "015": HandlingState.IN_PROGRESS,
    "016": HandlingState.PLAN_REVIEW,
    "017": HandlingState.IN_PROGRESS,
    "018": HandlingState.PLAN_REVIEW,
    "019": HandlingState.PLANNING,
    "020": HandlingState.RECEIVED,
    "021": HandlingState.IN_PROGRESS,
    "022": HandlingState.PLANNING,
    "023": HandlingState.IN_PROGRESS,
    "024": HandlingState.RETURN_REQUESTED,
}

PAST = {"112", "126", "135", "208"}
"""The cases of 2025, which were answered before this house began."""


@pytest.fixture(scope="module")
def practice(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application on the practice history, which this file only reads."""
    for app in sqlite_databases.copy(PLAYED, tmp_path_factory.mktemp("practice") / "files"):
        with app.app_context():
            yield app


def _events(number: str, *actions: Action) -> list[Event]:
    query = select(Event).join(Suggestion, Suggestion.id == Event.suggestion_id).where(Suggestion.number == number)
    return list(db.session.scalars(query.where(Event.action.in_(actions)).order_by(Event.seq)))


def _owed_by_bureau(number: str) -> CoHandling:
    return Play(START).co_handling(number, "区民政局")


def _count() -> list[int | None]:
    return [db.session.scalar(select(func.count()).select_from(table)) for table in (Suggestion, Event, Person)]


def test_every_case_stands_where_practice_begins(practice: Flask) -> None:
    rows = db.session.execute(select(Suggestion.number, Handling.state).join(Handling.suggestion)).all()

    assert {row.number: row.state for row in rows} == STANDING | dict.fromkeys(PAST, HandlingState.CLOSED)
    ended_otherwise = {HandlingState.REASSIGNED, HandlingState.TERMINATED}
    assert set(STANDING.values()) == set(HandlingState) - ended_otherwise


def test_three_suggestions_were_written_in_the_program(practice: Flask) -> None:
    rows = db.session.scalars(select(Suggestion).where(Suggestion.number.is_(None)).order_by(Suggestion.id)).all()

    assert [(row.lead.name if row.lead else "", row.state, row.is_on_paper) for row in rows] == [
        ("唐伟", SuggestionState.SUBMITTED, False),
        ("刘素芬", SuggestionState.DRAFTING, False),
        ("冉光荣", SuggestionState.DRAFTING, True),
    ]
    assert len(rows[0].asked) == 2
    invited = db.session.scalars(select(Cosigner).where(Cosigner.suggestion_id == rows[1].id)).one()
    assert (invited.person.username, invited.confirmed_at) == ("deputy", None)


def test_the_record_holds(practice: Flask) -> None:
    verified = verify()

    assert verified.faults == ()
    assert verified.chains == len(STANDING) + len(PAST) + 3 + 1


def test_time_runs_forward_within_office_hours(practice: Flask) -> None:
    cases = db.session.scalars(select(Event).where(Event.chain != "office").order_by(Event.chain, Event.seq)).all()

    moments = [event.at.astimezone(clock.CHINA) for event in cases]
    assert all(8 <= moment.hour < 18 for moment in moments)
    assert {moment.date() for moment in moments} == {date(2026, 2, day) for day in (9, 10, 11, 12, 13, 14, 24)}
    for one, other in pairwise(cases):
        assert one.chain != other.chain or one.at <= other.at


def test_practice_begins_on_its_day_with_the_latecomer_imported_that_morning(practice: Flask) -> None:
    assert clock.today() == START
    imported = _events(LATECOMER, Action.IMPORT_HANDOVER)[0]
    assert (imported.on, imported.actor_name) == (START, "周敏")
    assert Play(START).handling(LATECOMER).next_due_on == date(2026, 2, 27)


def test_nothing_but_a_promise_of_the_year_before_is_overdue_when_practice_begins(practice: Flask) -> None:
    overdue = select(Suggestion.number).join(Handling, Handling.suggestion_id == Suggestion.id)
    assert db.session.scalars(overdue.where(Handling.red_after < START)).all() == ["126"]
    assert db.session.scalars(select(CoHandling.id).where(CoHandling.red_after < START)).all() == []


def test_loading_again_changes_nothing(practice: Flask) -> None:
    before = _count()

    assert load_practice() is False
    assert _count() == before


def test_the_closed_case_bears_all_five_seals_and_kept_its_promise(practice: Flask) -> None:
    assert {event.action for event in _events("010", *SEALS.values())} == set(SEALS.values())
    promise = db.session.scalars(
        select(Promise)
        .join(Handling, Handling.id == Promise.handling_id)
        .join(Handling.suggestion)
        .where(Suggestion.number == "010")
    ).one()
    assert promise.fulfilled_on is not None
    assert promise.fulfilled_on <= promise.due_on
    assert Play(START).suggestion("010").state is SuggestionState.CLOSED


def test_every_personal_step_was_proved_and_every_remark_is_its_own(practice: Flask) -> None:
    personal = db.session.scalars(select(Event).where(Event.action.in_(SEALS.values()))).all()

    assert {event.proof for event in personal} == {"password"}
    remarks = [event.payload["remark"] for event in personal]
    assert len(set(remarks)) == len(remarks)


def test_the_bureau_owes_each_kind_of_co_handling(practice: Flask) -> None:
    assert {number: _owed_by_bureau(number).state for number in ("021", "022", "023", "024")} == {
        "021": CoState.INVITED,
        "022": CoState.GIVEN,
        "023": CoState.ACCEPTED,
        "024": CoState.INVITED,
    }
    owed = _owed_by_bureau("023")
    drafted = _events("023", Action.DRAFT_REPLY)[-1].payload["letter"]
    assert letter.passage_of(drafted, owed.id)
    signed = _events("023", Action.COUNTERSIGN)
    assert [event.unit_name for event in signed] == ["区公安分局"]


def test_an_empty_opinion_was_sent_back_and_one_waits_to_be_taken_in(practice: Flask) -> None:
    play = Play(START)

    assert play.co_handling("005", "区卫生健康委").state is CoState.SENT_BACK
    assert play.co_handling("005", "区卫生健康委").opinion == "将积极配合。"
    assert play.co_handling("006", "区医保局").state is CoState.RELEASED


def test_each_desk_finds_its_trouble(practice: Flask) -> None:
    assert _events("006", Action.DENY_CONTACT)
    assert _events("006", Action.SUPERVISE)
    assert _events("006", Action.ANSWER_URGING)
    assert _events("011", Action.RETURN_PLAN)
    assert [event.actor_role for event in _events("011", Action.SUPERVISE)] == ["inspector"]
    assert _events("017", Action.LIGHT_UP)
    assert not _events("017", Action.RECORD_CONTACT)
    assert len(_events("008", Action.DRAFT_REPLY)) == 2
    assert len(_events("008", Action.RETURN_REPLY)) == 1
    assert not _events("015", Action.ENDORSE, Action.COUNTERSIGN)
    assert _events("003", Action.RATE)[0].payload["is_pressed"] is True
    assert not _events("013", Action.OPEN_RATING)


def test_the_signed_reply_shows_what_the_director_changed_and_was_endorsed_again(practice: Flask) -> None:
    signed = _events("009", Action.SIGN_REPLY)[0]

    assert {edit["where"] for edit in signed.payload["edits"]} == {"answer_1", "closing"}
    endorsed = _events("009", Action.ENDORSE)[-1]
    assert endorsed.seq > signed.seq
    assert endorsed.content_hash == letter.content_hash(signed.payload["letter"])


def test_both_handlers_of_the_bureau_have_work(practice: Flask) -> None:
    named = db.session.scalars(
        select(Person.username)
        .join(Handling, Handling.handler_id == Person.id)
        .join(Handling.unit)
        .where(Unit.name == "区民政局")
    )
    found = Counter(named)

    assert set(found) == {"handler", "handler2"}
    assert min(found.values()) >= 5


def test_promises_are_open_in_the_cases_that_made_them(practice: Flask) -> None:
    rows = db.session.scalars(
        select(Suggestion.number)
        .join(Handling, Handling.suggestion_id == Suggestion.id)
        .join(Promise, Promise.handling_id == Handling.id)
        .where(Promise.fulfilled_on.is_(None))
    ).all()

    assert set(rows) == {"002", "003", "004", "008", "009", "014", "015", "023", "112", "126"}


def test_the_year_before_is_kept_with_its_open_promises_and_never_counted(practice: Flask) -> None:
    rows = db.session.scalars(select(Handling).where(Handling.is_past).join(Handling.suggestion)).all()

    assert {row.suggestion.number for row in rows} == PAST
    assert {row.suggestion.state for row in rows} == {SuggestionState.PAST}
    assert {row.received_on for row in rows} == {None}
    counted = db.session.scalars(select(Suggestion.number).where(counted_suggestions(), Suggestion.number.is_not(None)))
    assert set(counted) == set(STANDING)
    due = {row.suggestion.number: row.next_due_on for row in rows if row.next_due == "promise"}
    assert due == {"112": date(2026, 3, 6), "126": date(2025, 12, 31)}


def test_no_story_is_told_of_a_suggestion_that_is_not_in_the_handover(practice: Flask) -> None:
    moved = select(Event.suggestion_id).where(Event.life == Life.HANDLING, Event.action == Action.RECEIVE)

    assert len(set(db.session.scalars(moved))) == len(STANDING) - 1
