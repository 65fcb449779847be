"""Key items (重点督办): a plan that can be changed and stays, reports with their files, and who reads them."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import Event, File, Notice
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.queries.file_seen import file_for
from suggestions.queries.key_item_view import key_item_of
from suggestions.queries.looking import Reader, look_at
from suggestions.usecases.filing import Upload
from tests.lives.house import PIXEL
from tests.queries.test_steps_offered import address
from tests.usecases.test_suggestion import step
from tests.usecases.walking import Walk

PLAN: dict[str, Any] = {
    "leader": "区人大常委会副主任罗正华",
    "body": "城建环保工委",
    "visits": [{"on": "2026-04-15", "what": "看便民点"}, {"on": "2026-03-05", "what": "座谈", "people": "邓小红代表"}],
    "measures": "盯选址和用房。",
}
REPORT: dict[str, Any] = {
    "held_on": "2026-02-10",
    "people": "罗正华",
    "found": "用房没有腾。",
    "demand": "三月腾出来。",
}


def reader(play: Play, who: str) -> Reader:
    return Reader(play.actor(who), play.moment, address)


def events(id: int, action: A) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.suggestion_id == id, Event.action == action)))


def test_only_a_key_item_is_supervised_by_plan_and_only_the_office_plans(play: Play) -> None:
    id = play.suggestion("010").id
    for action, words in ((A.PLAN_SUPERVISION, PLAN), (A.REPORT_SUPERVISION, REPORT)):
        with pytest.raises(NotNow) as refused:
            step(play, id, "supervisor", action, **words)
        assert "没有列为重点督办" in refused.value.missing[0]
    step(play, id, "supervisor", A.MARK_KEY, document="主任会议纪要第3号")
    for marked in (id, play.suggestion("001").id):
        with pytest.raises(NotNow) as twice:
            step(play, marked, "supervisor", A.MARK_KEY, document="主任会议纪要第4号")
        assert twice.value.missing[0].startswith("已经列为重点督办，不用再列")
    with pytest.raises(NotAllowed):
        step(play, id, "inspector", A.PLAN_SUPERVISION, **PLAN)
    with pytest.raises(Invalid) as lacking:
        step(play, id, "supervisor", A.PLAN_SUPERVISION, **PLAN | {"visits": []})
    assert lacking.value.faults == {"visits": "请至少写一条走访、座谈。"}
    step(play, id, "supervisor", A.PLAN_SUPERVISION, **PLAN)
    told = select(Notice.person_id).where(Notice.text.contains("定督办方案"))
    assert list(db.session.scalars(told)) == [play.actor("director").person_id]


def test_a_changed_plan_says_why_and_keeps_the_old_one(play: Play) -> None:
    id = play.suggestion("001").id
    step(play, id, "supervisor", A.PLAN_SUPERVISION, **PLAN)
    with pytest.raises(Invalid) as unsaid:
        step(play, id, "supervisor", A.PLAN_SUPERVISION, **PLAN | {"leader": "某副主任"})
    assert set(unsaid.value.faults) == {"reason"}
    step(play, id, "supervisor2", A.PLAN_SUPERVISION, **PLAN | {"body": "社会委", "reason": "分工调整。"})
    assert [e.payload["version"] for e in events(id, A.PLAN_SUPERVISION)] == [1, 2]
    walk = Walk(play, number="001")
    found = key_item_of(look_at(db.session(), Life.HANDLING, walk.id, reader(play, "director")))
    assert found is not None
    assert dict(found.facts)["负责督办的机构"] == "社会委"
    assert [visit.date_text for visit in found.visits] == ["3月5日", "4月15日"]
    assert ("第2稿" in found.line, found.earlier) == (True, ("2月10日区人大常委会人代工委 吴刚调整：分工调整。",))


def test_reports_stand_with_their_files_for_who_sees_the_work(play: Play) -> None:
    id = play.suggestion("001").id
    with pytest.raises(Invalid) as early:
        step(play, id, "supervisor", A.REPORT_SUPERVISION, **REPORT | {"held_on": "2026-02-01"})
    assert "交办之日" in early.value.faults["held_on"]
    step(play, id, "supervisor", A.REPORT_SUPERVISION, **REPORT, files=[Upload("现场.png", PIXEL)])
    play.go_to(date(2026, 3, 2))
    step(play, id, "supervisor", A.REPORT_SUPERVISION, **REPORT | {"held_on": "2026-03-01", "demand": ""})
    handling = Walk(play, number="001").id
    kept = db.session.scalars(select(File).where(File.name == "现场.png")).one()
    for who in ("director", "handler", "inspector", "supervisor"):
        found = key_item_of(look_at(db.session(), Life.HANDLING, handling, reader(play, who)))
        assert found is not None
        assert [report.head for report in found.reports] == ["3月1日督办", "2月10日督办"]
        assert [text for text, _ in found.reports[1].links] == ["现场.png"]
        assert file_for(db.session(), kept.id, reader(play, who)) is kept
    look = look_at(db.session(), Life.SUGGESTION, id, reader(play, "deputy"))
    assert load_case(db.session(), id).suggestion.is_key
    assert key_item_of(look) is None
    with pytest.raises(Missing):
        file_for(db.session(), kept.id, reader(play, "deputy"))
