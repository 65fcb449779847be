"""A handling changes hands: reassigned, returned, transferred; what goes along and what stays behind."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import NotAllowed, NotNow
from suggestions.domain.facts import Facts
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import Life, SuggestionState
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Notice, Person
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases.judging import facts_for
from tests.usecases.test_split import of, through
from tests.usecases.test_suggestion import assignment, person, row, step, submitted, unit
from tests.usecases.walking import Walk

NEXT = "区住房城乡建委"


def begun(play: Play, **changes: Any) -> Handling:
    """A suggestion of 10 February, given to 区民政局 alone, with two co-units."""
    id = submitted(play)
    step(play, id, "supervisor", A.ASSIGN, **assignment(main_units=[unit("区民政局")], **changes))
    return db.session.scalars(select(Handling).where(Handling.suggestion_id == id)).one()


def do(play: Play, handling: Handling, who: str, action: A, **words: Any) -> None:
    play.step(Life.HANDLING, handling.id, who, action, words)


def planning(play: Play, **changes: Any) -> Handling:
    """The same, read by the director."""
    handling = begun(play, **changes)
    do(play, handling, "clerk", A.RECEIVE)
    do(play, handling, "director", A.READ_ORIGINAL, remark="看职责。", handler=person(play, "handler"))
    return handling


def successor(handling: Handling) -> Handling:
    query = select(Handling).where(Handling.suggestion_id == handling.suggestion_id, Handling.id > handling.id)
    return db.session.scalars(query).one()


def owed_to(handling: Handling) -> list[CoHandling]:
    return list(db.session.scalars(select(CoHandling).where(CoHandling.handling_id == handling.id)))


def facts(handling: Handling, who: str, play: Play) -> Facts:
    case = load_case(db.session(), handling.suggestion_id)
    return facts_for(case, play.actor(who), Life.HANDLING, handling.id)


@pytest.mark.parametrize("is_received", [False, True])
def test_reassigned_the_next_unit_begins_today_and_goes_to_the_end(play: Play, is_received: bool) -> None:
    old = begun(play, co_units=[])
    if is_received:
        do(play, old, "clerk", A.RECEIVE)
    play.go_to(date(2026, 2, 24))
    do(play, old, "supervisor", A.REASSIGN, unit=unit(NEXT), reason="属于住房职责")
    new = successor(old)
    assert (old.state, old.next_due_on, old.red_after) == (S.REASSIGNED, None, None)
    assert (new.state, new.unit.name, new.assigned_on) == (S.ASSIGNED, NEXT, date(2026, 2, 24))
    assert (new.reply_due_on, new.part, new.number_text) == (date(2026, 5, 25), None, old.number_text)
    begin = db.session.scalars(select(Event).where(Event.handling_id == new.id, Event.action == A.BEGIN)).one()
    assert (begin.payload["succeeds"], begin.payload["from_unit"]) == (old.id, "区民政局")
    clerk = db.session.scalars(select(Person.id).where(Person.username == f"clerk@{NEXT}")).one()
    assert db.session.scalars(select(Notice).where(Notice.person_id == clerk, Notice.seq == begin.seq)).all()
    through(play, new.id, of(NEXT), "云山建函〔2026〕1号")
    assert row(old.suggestion_id).state is SuggestionState.CLOSED
    assert verify().faults == ()


def test_opinions_go_along_with_their_record_and_their_terms(play: Play) -> None:
    old = planning(play)
    money = next(co for co in owed_to(old) if co.unit.name == "区财政局")
    before = {co.id: (co.started_on, co.due_on) for co in owed_to(old)}
    play.step(Life.CO_HANDLING, money.id, "handler@区财政局", A.GIVE_CO_OPINION, {"opinion": "已列预算。"})
    do(play, old, "director", A.REQUEST_RETURN, reason="不属于本局职责。")
    play.go_to(date(2026, 2, 24))
    do(play, old, "supervisor", A.GRANT_RETURN, unit=unit(NEXT))
    new = successor(old)
    assert owed_to(old) == []
    assert {co.id: (co.started_on, co.due_on) for co in owed_to(new)} == before
    play.step(Life.CO_HANDLING, money.id, "director@区财政局", A.RELEASE_CO_OPINION, {})
    told = [e.action for e in facts(new, f"director@{NEXT}", play).story.events if e.co_handling_id == money.id]
    assert told == [A.INVITE_CO_OPINION, A.GIVE_CO_OPINION, A.RELEASE_CO_OPINION]
    assert verify().faults == ()


def test_a_return_is_refused_or_retracted_and_the_clock_never_stopped(play: Play) -> None:
    handling = planning(play)
    due = handling.reply_due_on
    do(play, handling, "director", A.REQUEST_RETURN, reason="不属于本局职责。")
    assert (handling.state, handling.return_asked_on) == (S.RETURN_REQUESTED, date(2026, 2, 10))
    assert handling.next_due_on is not None
    do(play, handling, "supervisor", A.REFUSE_RETURN, reason="三定方案写明由民政办。")
    assert (handling.state, handling.return_asked_on, handling.reply_due_on) == (S.PLANNING, None, due)
    do(play, handling, "director", A.REQUEST_RETURN, reason="还是不属于。")
    with pytest.raises(NotAllowed):
        do(play, handling, "supervisor", A.RETRACT_RETURN)
    do(play, handling, "director", A.RETRACT_RETURN)
    assert (handling.state, handling.return_asked_on) == (S.PLANNING, None)
    play.go_to(date(2026, 3, 9))
    with pytest.raises(NotNow) as late:
        do(play, handling, "director", A.REQUEST_RETURN, reason="晚了。")
    assert "不再受理" in late.value.missing[0]


def test_a_unit_that_has_the_case_already_is_refused_and_one_that_gave_it_back_is_not(play: Play) -> None:
    old = begun(play)
    with pytest.raises(NotNow) as refused:
        do(play, old, "supervisor", A.REASSIGN, unit=unit("区财政局"), reason="改办")
    assert "正在协办" in refused.value.missing[0]
    do(play, old, "supervisor", A.REASSIGN, unit=unit(NEXT), reason="改办")
    new = successor(old)
    do(play, new, "supervisor", A.REASSIGN, unit=unit("区民政局"), reason="还是民政办")
    again = successor(new)
    assert (again.unit_id, again.state) == (old.unit_id, S.ASSIGNED)
    assert len(owed_to(again)) == 2


def test_a_split_part_keeps_its_number_for_the_next_unit(play: Play) -> None:
    id = submitted(play)
    step(play, id, "supervisor", A.ASSIGN, **assignment(co_units=[]))
    first, second = db.session.scalars(select(Handling).where(Handling.suggestion_id == id).order_by(Handling.id)).all()
    with pytest.raises(NotNow) as refused:
        do(play, first, "supervisor", A.REASSIGN, unit=unit(NEXT), reason="改办")
    assert f"{NEXT}已经是本件的承办单位" in refused.value.missing[0]
    do(play, second, "supervisor", A.REASSIGN, unit=unit("区财政局"), reason="属于财政")
    new = successor(second)
    assert (new.part, new.number_text) == (2, second.number_text)
    through(play, first.id, ("director", "handler", "clerk", "reviewer"), "云山民政函〔2026〕9号")
    assert row(id).state is SuggestionState.ASSIGNED
    through(play, new.id, of("区财政局"), "云山财函〔2026〕9号")
    assert row(id).state is SuggestionState.CLOSED


def test_transferred_in_the_middle_seals_stay_and_the_new_director_reads_first(play: Play) -> None:
    handling = planning(play, co_units=[])
    do(play, handling, "handler", A.SPLIT_REQUESTS, requests=[{"text": "简化手续"}])
    on = play.moment.date().isoformat()
    measures = [{"request_no": "1", "measure": "办", "owner": "某某", "due_on": on}]
    do(play, handling, "handler", A.SUBMIT_PLAN, measures=measures, hardest="钱", co_units=["none"])
    do(play, handling, "director", A.APPROVE_PLAN, remark="可。")
    due = handling.reply_due_on
    with pytest.raises(NotAllowed):
        do(play, handling, "director", A.TRANSFER, unit=unit(NEXT), document="云山编〔2026〕1号")
    do(play, handling, "supervisor", A.TRANSFER, unit=unit(NEXT), document="云山编〔2026〕1号")
    assert (handling.state, handling.unit.name, handling.handler_id) == (S.IN_PROGRESS, NEXT, None)
    assert (handling.reply_due_on, handling.transferred_on) == (due, date(2026, 2, 10))
    seals = facts(handling, f"director@{NEXT}", play).story.all(A.READ_ORIGINAL, A.APPROVE_PLAN)
    assert {seal.actor_name for seal in seals} == {"沈怀远"}
    with pytest.raises(NotAllowed):
        do(play, handling, f"handler@{NEXT}", A.RECORD_PROGRESS, progress="x")
    do(play, handling, f"clerk@{NEXT}", A.NAME_HANDLER, handler=person(play, f"handler@{NEXT}"), reason="机构改革")
    finish_in(play, handling)
    assert row(handling.suggestion_id).state is SuggestionState.CLOSED
    assert verify().faults == ()


def finish_in(play: Play, handling: Handling) -> None:
    """From 办理中 to 办结 in the hands of the next unit, whose director has not read the original yet."""
    director, handler, clerk, reviewer = of(NEXT)
    on = play.moment.date().isoformat()
    do(play, handling, handler, A.RECORD_CONTACT, form="phone", contacted_on=on, rank="staff", people="某某")
    do(play, handling, director, A.URGE, form="hear", remark="听了", demand="快办", answer_due_on=on)
    answers = [{"request_no": "1", "text": "已经办成。", "result_class": "A", "proof": "批复"}]
    do(
        play, handling, handler, A.DRAFT_REPLY, opening="收悉。", answers=answers, closing="谢谢。", result_class="A",
        publication="proactive",
    )  # fmt: skip
    do(play, handling, reviewer, A.ENDORSE, kind="secrecy", opinion="可公开")
    do(play, handling, handler, A.SUBMIT_REPLY)
    with pytest.raises(NotNow) as unread:
        do(play, handling, director, A.SIGN_REPLY, remark="发。")
    assert unread.value.missing == ("还差：您本人还没有阅看原件。",)
    do(play, handling, director, A.READ_ORIGINAL, remark="接手看过。")
    do(play, handling, director, A.SIGN_REPLY, remark="发。")
    do(play, handling, clerk, A.DISPATCH, document_number="云山建函〔2026〕7号", delivery="post", has_receipt_form="1")
    scores = [{"request_no": "1", "score": "satisfied"}]
    words = {"scores": scores, "attitude": "satisfied", "result": "satisfied", "overall": "satisfied"}
    do(play, handling, "deputy", A.RATE, **words)
    do(play, handling, "deputy", A.OPEN_RATING)
    do(play, handling, director, A.COORDINATE, with_whom="财政局", remark="定了")
    do(play, handling, director, A.CLOSE, conclusion="办结。")


def test_a_plan_that_waited_during_a_transfer_asks_no_unit_for_its_own_opinion(play: Play) -> None:
    walk = Walk(play, "009", "deputy2").until("planned")
    walk.do("handler", A.RECALL_PLAN)
    measures = [
        {"request_no": str(n), "measure": "办", "owner": "韩冬梅", "due_on": walk.today.isoformat()}
        for n in range(1, walk.requests + 1)
    ]
    walk.do("handler", A.SUBMIT_PLAN, measures=measures, hardest="用房", co_units=["区财政局"])
    walk.do("supervisor", A.TRANSFER, unit="区财政局", document="云委〔2026〕3号")
    boss = "director@区财政局"
    for sha256 in [file.sha256 for file in walk.facts(boss).of_suggestion.files]:
        walk.do(boss, A.OPEN_ORIGINAL, sha256=sha256)
    walk.do(boss, A.READ_ORIGINAL, remark="接着办。")
    walk.do(boss, A.APPROVE_PLAN, remark="照此办。")
    assert walk.co_handlings() == []
