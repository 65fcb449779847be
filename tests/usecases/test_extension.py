"""A later day for the reply: at once where no consent is asked, by the deputies office where it is, capped, lapsing."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, NotNow
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling
from suggestions.practice.play import Play
from tests.usecases.test_assignment import begun, do, owed_to, planning
from tests.usecases.walking import Walk

ASK: dict[str, Any] = {"months": "1", "explanation": "用房还在腾退，五月底前移交。", "delivery": "post"}


def events(handling: Handling) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.handling_id == handling.id).order_by(Event.seq)))


@pytest.fixture
def consent(app: Flask) -> str:
    """A place where an extension needs consent and receipt starts terms: 上海."""
    app.config["RULEBOOK"] = "shanghai"
    return "shanghai"


def test_where_no_consent_is_asked_the_system_extends_in_the_same_breath(play: Play) -> None:
    handling = planning(play)
    assert handling.reply_due_on == date(2026, 5, 11)
    do(play, handling, "director", A.REQUEST_EXTENSION, **ASK)
    assert (handling.extended_months, handling.extension_asked_on) == (1, None)
    assert handling.reply_due_on == date(2026, 6, 10)
    asked, granted = events(handling)[-2:]
    assert (asked.action, granted.action) == (A.REQUEST_EXTENSION, A.GRANT_EXTENSION)
    assert (granted.actor_role, granted.cause_seq, granted.payload["request"]) == (Role.SYSTEM, asked.seq, asked.seq)
    with pytest.raises(Invalid):
        do(play, handling, "director", A.REQUEST_EXTENSION, **ASK | {"months": "3"})
    do(play, handling, "director", A.REQUEST_EXTENSION, **ASK | {"months": "2"})
    assert (handling.extended_months, handling.reply_due_on) == (3, date(2026, 8, 10))
    with pytest.raises(NotNow) as refused:
        do(play, handling, "director", A.REQUEST_EXTENSION, **ASK)
    assert "最长" in refused.value.missing[0]


def test_where_consent_is_asked_the_request_waits(play: Play, consent: str) -> None:
    handling = planning(play)
    assert handling.suggestion.rulebook == consent
    before = handling.reply_due_on
    do(play, handling, "director", A.REQUEST_EXTENSION, **ASK)
    assert (handling.reply_due_on, handling.extension_asked_on) == (before, date(2026, 2, 10))
    do(play, handling, "supervisor", A.REFUSE_EXTENSION, reason="三个月够用。")
    assert (handling.reply_due_on, handling.extension_asked_on, handling.extended_months) == (before, None, 0)
    do(play, handling, "director", A.REQUEST_EXTENSION, **ASK | {"months": "3"})
    do(play, handling, "supervisor", A.GRANT_EXTENSION)
    assert (handling.reply_due_on, handling.extended_months) == (date(2026, 8, 10), 3)
    with pytest.raises(NotNow):
        do(play, handling, "supervisor", A.GRANT_EXTENSION)


def test_a_request_not_decided_lapses_at_signing(play: Play) -> None:
    walk = Walk(play)
    play.suggestion("010").rulebook = "zhejiang"
    db.session.commit()
    walk.until("submitted")
    walk.do("director", A.REQUEST_EXTENSION, **ASK)
    assert play.handling("010").extension_asked_on is not None
    walk.signed()
    handling = play.handling("010")
    assert (handling.extension_asked_on, handling.extended_months) == (None, 0)


def test_a_redo_begins_without_extension_and_cannot_be_extended(play: Play) -> None:
    walk = Walk(play)
    walk.until("approved")
    walk.do("director", A.REQUEST_EXTENSION, **ASK)
    walk.until("dispatched").rated("dissatisfied", "没有办。")
    walk.followed()
    walk.do("supervisor", A.ORDER_REDO, reason="再办。")
    handling = play.handling("010")
    assert (handling.extended_months, handling.reply_due_on) == (0, date(2026, 4, 10))
    with pytest.raises(NotNow) as refused:
        walk.do("director", A.REQUEST_EXTENSION, **ASK)
    assert refused.value.missing == ("“重新办理后答复”的期限不能延长。",)


def test_opinions_are_dated_anew_at_receipt_where_the_rulebook_counts_from_there(play: Play, consent: str) -> None:
    handling = begun(play)
    assert {(co.started_on, co.due_on) for co in owed_to(handling)} == {(date(2026, 2, 10), date(2026, 3, 10))}
    play.go_to(date(2026, 2, 12))
    do(play, handling, "clerk", A.RECEIVE)
    assert {(co.started_on, co.due_on) for co in owed_to(handling)} == {(date(2026, 2, 12), date(2026, 3, 12))}
    assert events(handling)[-1].payload["co_opinions_due"]["区财政局"] == "2026-03-12"


def test_in_chongqing_receipt_dates_no_opinion(play: Play) -> None:
    handling = begun(play)
    before = {co.id: co.due_on for co in owed_to(handling)}
    play.go_to(date(2026, 2, 12))
    do(play, handling, "clerk", A.RECEIVE)
    assert {co.id: co.due_on for co in owed_to(handling)} == before
    assert events(handling)[-1].payload == {}
    one = db.session.get_one(CoHandling, min(before))
    play.step(Life.CO_HANDLING, one.id, f"handler@{one.unit.name}", A.GIVE_CO_OPINION, {"opinion": "已列。"})
