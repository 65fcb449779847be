"""The inspection office's opinion on a return, an extension, a dispute: once each, beside the decision, not binding."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, NotAllowed, NotNow
from suggestions.domain.states import HandlingState
from suggestions.extensions import db
from suggestions.models import Event, Handling, Notice, Unit
from suggestions.practice.play import Play
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.congress import CongressDesk
from suggestions.queries.desks.items import Todo
from tests.usecases.test_assignment import do, planning
from tests.usecases.test_extension import ASK
from tests.usecases.walking import Walk

AGAINST: dict[str, Any] = {"stand": "不同意", "reason": "三定规定写明归你局。"}


def todo(play: Play, who: str, group: str) -> Todo:
    desk = desk_of(play.actor(who), play.moment)
    assert isinstance(desk, CongressDesk)
    (found,) = next(each.items for each in desk.groups if each.id == group)
    return found


def given(handling: Handling) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.handling_id == handling.id, Event.action == A.PROPOSE)))


def test_a_return_has_one_opinion_and_the_office_decides_otherwise(play: Play) -> None:
    handling = planning(play)
    with pytest.raises(NotNow) as nothing:
        do(play, handling, "inspector", A.PROPOSE, **AGAINST)
    assert "没有等人代工委决定" in nothing.value.missing[0]
    do(play, handling, "director", A.REQUEST_RETURN, reason="归规划自然资源局管。")
    for who in ("supervisor", "director"):
        with pytest.raises(NotAllowed):
            do(play, handling, who, A.PROPOSE, **AGAINST)
    with pytest.raises(Invalid) as unfounded:
        do(play, handling, "inspector", A.PROPOSE, stand="不同意")
    assert set(unfounded.value.faults) == {"reason"}
    asked = todo(play, "inspector", "g-return")
    assert asked.form is not None
    assert asked.form.action is A.PROPOSE
    before = handling.version
    do(play, handling, "inspector", A.PROPOSE, **AGAINST)
    assert (handling.state, handling.version) == (HandlingState.RETURN_REQUESTED, before)
    with pytest.raises(NotNow) as twice:
        do(play, handling, "inspector", A.PROPOSE, **AGAINST)
    assert "一件申请只提一次" in twice.value.missing[0]
    assert todo(play, "inspector", "g-return").form is None
    assert todo(play, "supervisor", "g-return").wait.endswith("督查室意见：不同意。")
    told = db.session.scalars(select(Notice.person_id).where(Notice.text.contains("提督查意见")))
    assert play.actor("supervisor").person_id in set(told)
    do(play, handling, "supervisor", A.REFUSE_RETURN, reason="归你局。")
    do(play, handling, "director", A.REQUEST_RETURN, reason="文件又变了。")
    do(play, handling, "inspector", A.PROPOSE, stand="同意", reason="文件是变了。")
    assert [event.payload["label"] for event in given(handling)] == ["不同意", "同意"]


def test_an_extension_that_waits_has_an_opinion_of_its_own(app: Flask, play: Play) -> None:
    app.config["RULEBOOK"] = "shanghai"
    handling = planning(play)
    do(play, handling, "director", A.REQUEST_EXTENSION, **ASK)
    do(play, handling, "director", A.REQUEST_RETURN, reason="不归我局管。")
    do(play, handling, "inspector", A.PROPOSE, **AGAINST)
    do(play, handling, "supervisor", A.REFUSE_RETURN, reason="归你局。")
    assert todo(play, "inspector", "g-extension").form is not None
    do(play, handling, "inspector", A.PROPOSE, stand="同意", reason="用房要到五月才腾。")
    assert [event.payload["on"] for event in given(handling)] == ["request_return", "request_extension"]
    assert todo(play, "supervisor", "g-extension").wait.endswith("督查室意见：同意。")


def test_a_dispute_is_to_be_done_again_or_settled(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    walk.rated("dissatisfied", "点没有开。")
    walk.do(walk.lead, A.OPEN_RATING)
    handling = play.handling(walk.number)
    assert handling.state is HandlingState.CONTESTED
    with pytest.raises(Invalid):
        do(play, handling, "inspector", A.PROPOSE, stand="agree", reason="同意。")
    do(play, handling, "inspector", A.PROPOSE, stand="责成重新办理", reason="承诺的点没有开。")
    (event,) = given(handling)
    assert (event.payload["on"], event.payload["label"]) == ("open_rating", "责成重新办理")
    again = todo(play, "inspector", "g-contested")
    assert again.form is not None
    assert again.form.action is A.SUPERVISE


def test_only_a_unit_of_the_government_concerns_the_inspection_office(play: Play) -> None:
    handling = planning(play)
    do(play, handling, "director", A.REQUEST_RETURN, reason="不归我局管。")
    db.session.get_one(Unit, handling.unit_id).is_government = False
    db.session.commit()
    with pytest.raises(NotAllowed):
        do(play, handling, "inspector", A.PROPOSE, **AGAINST)
