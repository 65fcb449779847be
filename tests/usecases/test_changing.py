"""After the assignment: a unit comes later, another deputy leads, nobody is left to rate, a mark for the next year."""

from datetime import date

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, NotAllowed, NotNow
from suggestions.domain.states import HandlingState, Life, SuggestionState
from suggestions.extensions import db
from suggestions.models import CoHandling, Cosigner, Handling, Person
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from tests.usecases.test_split import of, through
from tests.usecases.test_suggestion import assignment, person, row, step, submitted, unit
from tests.usecases.walking import Walk

GONE = {"ground": "died", "reason": "讣告，2月20日。"}


def handlings(id: int) -> list[Handling]:
    db.session.expire_all()
    return list(db.session.scalars(select(Handling).where(Handling.suggestion_id == id).order_by(Handling.id)))


def test_a_second_unit_makes_two_parts_and_its_clock_begins_that_day(play: Play) -> None:
    play.go_to(date(2026, 3, 10))
    id = submitted(play)
    step(play, id, "supervisor", A.ASSIGN, **assignment(main_units=[unit("区民政局")], co_units=[]))
    assert [h.number_text for h in handlings(id)] == ["第237号"]
    play.go_to(date(2026, 3, 20))
    words = {"role": "main", "unit": unit("区住房城乡建委"), "reason": "涉及建设。"}
    with pytest.raises(NotAllowed):
        step(play, id, "deputy", A.ADD_UNIT, **words)
    step(play, id, "supervisor", A.ADD_UNIT, **words)
    assert [h.number_text for h in handlings(id)] == ["第237-1号", "第237-2号"]
    assert [h.assigned_on for h in handlings(id)] == [date(2026, 3, 10), date(2026, 3, 20)]
    assert [h.reply_due_on for h in handlings(id)] == [date(2026, 6, 10), date(2026, 6, 22)]
    with pytest.raises(Invalid):
        step(play, id, "supervisor", A.ADD_UNIT, **words)
    for handling, people in zip(
        handlings(id), (("director", "handler", "clerk", "reviewer"), of("区住房城乡建委")), strict=True
    ):
        through(play, handling.id, people, f"云山函〔2026〕{handling.id}号")
    assert row(id).state is SuggestionState.CLOSED
    assert verify().faults == ()


def test_a_co_unit_comes_later_and_owes_from_that_day(play: Play) -> None:
    walk = Walk(play)
    id = play.suggestion("010").id
    play.go_to(date(2026, 3, 2))
    words = {"role": "co", "unit": unit("区司法局"), "reason": "要法律意见。"}
    with pytest.raises(Invalid) as lacking:
        step(play, id, "supervisor", A.ADD_UNIT, **words)
    assert lacking.value.faults == {"handling": "请选择协办哪一件。"}
    step(play, id, "supervisor", A.ADD_UNIT, **words, handling=str(walk.id))
    owed = db.session.scalars(select(CoHandling).where(CoHandling.handling_id == walk.id)).all()
    co = next(each for each in owed if each.unit.name == "区司法局")
    assert (co.started_on, co.is_own_invitation) == (date(2026, 3, 2), False)
    with pytest.raises(Invalid):
        step(play, id, "supervisor", A.ADD_UNIT, **words, handling=str(walk.id))
    assert verify().faults == ()


def test_the_next_joint_deputy_leads_and_rates(play: Play) -> None:
    walk = Walk(play).until("drafted")
    suggestion = play.suggestion("010")
    joint = db.session.scalars(select(Cosigner).where(Cosigner.suggestion_id == suggestion.id)).all()
    if not joint:
        db.session.add(
            Cosigner(
                suggestion_id=suggestion.id,
                person_id=int(person(play, "deputy")),
                position=1,
                confirmed_at=play.moment,
            )
        )
        db.session.commit()
    first = db.session.scalars(
        select(Cosigner).where(Cosigner.suggestion_id == suggestion.id).order_by(Cosigner.position)
    ).first()
    assert first is not None
    following = first.person_id
    step(play, suggestion.id, "supervisor", A.CHANGE_LEAD, **GONE)
    assert row(suggestion.id).lead_id == following
    name = db.session.get_one(Person, following)
    walk.drafted()
    walk.until("dispatched")
    with pytest.raises(NotAllowed):
        walk.rated()
    assert name.username is not None
    walk.do(name.username, A.RATE, **walk.rating())
    assert handlings(suggestion.id)[0].state is HandlingState.RATED
    assert verify().faults == ()


@pytest.mark.parametrize("moment", ["worked", "dispatched"])
def test_where_nobody_follows_the_rating_is_waived(play: Play, moment: str) -> None:
    walk = Walk(play)
    suggestion = play.suggestion("010").id
    for cosigner in db.session.scalars(select(Cosigner).where(Cosigner.suggestion_id == suggestion)):
        db.session.delete(cosigner)
    db.session.commit()
    walk.until(moment)
    step(play, suggestion, "supervisor", A.CHANGE_LEAD, **GONE)
    with pytest.raises(NotNow):
        step(play, suggestion, "supervisor", A.CHANGE_LEAD, **GONE)
    walk.until("dispatched")
    handling = handlings(suggestion)[0]
    assert (handling.state, handling.waived_on) == (HandlingState.FOLLOW_UP, walk.today)
    with pytest.raises(NotAllowed):
        walk.rated()
    walk.coordinated()
    walk.closed()
    assert row(suggestion).state is SuggestionState.CLOSED
    assert verify().faults == ()


def test_it_is_followed_into_the_next_year_once(play: Play) -> None:
    id = play.suggestion("010").id
    step(play, id, "supervisor", A.MARK_CROSS_YEAR, document="主任会议纪要第3号")
    assert row(id).is_cross_year
    with pytest.raises(NotNow):
        step(play, id, "supervisor", A.MARK_CROSS_YEAR, document="主任会议纪要第3号")


def test_a_unit_added_after_a_reassignment_leaves_the_line_of_units_its_number(play: Play) -> None:
    id = submitted(play)
    step(play, id, "supervisor", A.ASSIGN, **assignment(main_units=[unit("区民政局")], co_units=[]))
    words = {"unit": unit("区财政局"), "reason": "属财政职责。"}
    play.step(Life.HANDLING, handlings(id)[0].id, "supervisor", A.REASSIGN, words)
    step(play, id, "supervisor", A.ADD_UNIT, role="main", unit=unit("区住房城乡建委"), reason="涉及建设。")
    assert [h.number_text for h in handlings(id)] == ["第237号", "第237-1号", "第237-2号"]
