"""Merged suggestions: one reply to all lead deputies, whose ratings are waited for, sealed and opened together."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import HandlingState, Life, SuggestionState
from suggestions.extensions import db
from suggestions.models import Event, Notice, Post
from suggestions.practice.play import Play
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.deputy import DeputyDesk
from suggestions.queries.verification import verify
from suggestions.usecases import ticking
from tests.usecases.test_paper import confirm, enter
from tests.usecases.test_suggestion import assignment, person, row, step, submitted
from tests.usecases.walking import Walk

WHY = "说的是同一件事。"


@pytest.fixture
def walk(play: Play) -> Walk:
    return Walk(play)


def merged(walk: Walk, who: str = "deputy") -> int:
    """A suggestion of the deputy 陈立群 goes along with 010."""
    id = submitted(walk.play)
    step(walk.play, id, "supervisor", A.MERGE, into="第010号", reason=WHY)
    return id


def state(walk: Walk) -> HandlingState:
    db.session.expire_all()
    return walk.play.handling(walk.number).state


def tick_at(walk: Walk, on: date) -> None:
    walk.play.go_to(on)
    with walk.clock():
        ticking.tick()


def opens_after(walk: Walk) -> date:
    """The last day on which the ratings stay sealed."""
    given = walk.facts("supervisor").story.all(A.RATE, A.CORRECT_RATING)
    return max(date.fromisoformat(rating.payload["opens_after"]) for rating in given if rating.payload["opens_after"])


def rate(walk: Walk, who: str, overall: str = "satisfied", reason: str = "") -> None:
    walk.do(who, A.RATE, **walk.rating(overall, reason))


def test_both_records_say_it_and_the_other_lead_sees_the_work(walk: Walk) -> None:
    play = walk.play
    with pytest.raises(Missing):
        walk.do("deputy", A.LIGHT_UP, demand="快办")
    id = merged(walk)
    into = play.suggestion("010")
    assert (row(id).state, row(id).merged_into_id) == (SuggestionState.MERGED, into.id)
    noted = db.session.scalars(select(Event).where(Event.suggestion_id == into.id)).all()[-1]
    assert (noted.action, noted.payload["suggestion"], noted.payload["is_merged"]) == ("note_merger", id, True)
    told = set(db.session.scalars(select(Notice.person_id).where(Notice.chain == noted.chain, Notice.seq == noted.seq)))
    assert {int(person(play, name)) for name in ("clerk", "director", "邓小红")} <= told
    assert sight(walk.facts("deputy")) is Sight.DEPUTY
    assert sight(walk.facts("罗正国")) is Sight.NOTHING
    walk.do("deputy", A.LIGHT_UP, demand="快办")
    assert verify().faults == ()


def test_the_desk_of_the_other_lead_says_what_became_of_it(walk: Walk) -> None:
    merged(walk)
    found = desk_of(walk.play.actor("deputy"), walk.play.moment)
    assert isinstance(found, DeputyDesk)
    roles = {own.number: own.role_line for own in found.suggestions}
    assert roles["第010号"] == "您的建议并入本件，一起办、一起答复"


def test_the_letter_is_written_to_every_lead(walk: Walk) -> None:
    walk.until("drafted")
    merged(walk)
    with pytest.raises(NotNow) as refused:
        walk.submitted()
    assert any("复函还没有写给其中1位" in sentence for sentence in refused.value.missing)
    walk.drafted()
    walk.submitted()
    addressees = walk.facts("director").story.letter(1)
    assert addressees is not None
    assert {"邓小红", "陈立群"} <= set(addressees["addressees"])


def test_it_leaves_when_the_last_has_rated_and_opens_for_all_together(walk: Walk) -> None:
    merged(walk)
    walk.until("dispatched")
    rate(walk, walk.lead)
    assert state(walk) is HandlingState.REPLIED
    with pytest.raises(NotNow) as twice:
        rate(walk, walk.lead)
    assert twice.value.missing == ("您已经评过，正在等其他领衔代表评价；都评过以后可以更正一次。",)
    rate(walk, "deputy")
    assert state(walk) is HandlingState.RATED
    for lead in (walk.lead, "deputy"):
        with pytest.raises(NotAllowed):
            walk.do(lead, A.OPEN_RATING)
    walk.do(walk.lead, A.CORRECT_RATING, **walk.rating("mostly_satisfied"))
    walk.do("deputy", A.CORRECT_RATING, **walk.rating("mostly_satisfied"))
    with pytest.raises(NotNow, match="还不能"):
        walk.do("deputy", A.CORRECT_RATING, **walk.rating())
    tick_at(walk, opens_after(walk) + timedelta(days=1))
    assert state(walk) is HandlingState.FOLLOW_UP
    assert verify().faults == ()


def test_the_letter_is_not_corrected_once_one_of_them_rated(walk: Walk) -> None:
    merged(walk)
    walk.until("dispatched")
    rate(walk, "deputy")
    with pytest.raises(NotNow) as late:
        walk.do("director", A.CORRECT_REPLY, reason="抬头写错了")
    assert late.value.missing == ("已经有领衔代表评价了这封复函，不能再更正。",)
    assert state(walk) is HandlingState.REPLIED


def test_one_rates_on_paper_and_the_other_in_person(walk: Walk) -> None:
    merged(walk)
    walk.until("dispatched")
    with pytest.raises(Invalid) as whose:
        enter(walk, overall="dissatisfied", reason="路还是坏的")
    assert whose.value.faults == {"deputies": "请选择哪位代表写的。"}
    lead = person(walk.play, walk.lead)
    confirm(walk, enter(walk, deputies=lead, overall="dissatisfied", reason="路还是坏的"))
    with pytest.raises(Invalid) as again:
        enter(walk, deputies=lead)
    assert "哪位代表写的不在可选的范围里" in again.value.faults["deputies"]
    assert state(walk) is HandlingState.REPLIED
    own = walk.facts("supervisor").story.own_rating(1, walk.play.actor(walk.lead).person_id)
    assert own is not None
    assert own.payload["overall"] == "dissatisfied"
    with pytest.raises(NotNow):
        rate(walk, walk.lead)
    rate(walk, "deputy")
    assert state(walk) is HandlingState.RATED
    assert verify().faults == ()


def test_a_former_deputy_rates_what_theirs_was_merged_into(walk: Walk) -> None:
    merged(walk)
    walk.until("dispatched")
    post = db.session.get_one(Post, walk.play.actor("deputy").post_id)
    post.to_on = walk.today - timedelta(days=1)
    db.session.commit()
    rate(walk, "deputy")
    rate(walk, walk.lead)
    assert state(walk) is HandlingState.RATED


@pytest.mark.parametrize("unhappy", ["deputy", "邓小红"])
def test_one_who_is_not_satisfied_makes_it_contested(walk: Walk, unhappy: str) -> None:
    merged(walk)
    walk.until("dispatched")
    for lead in ("deputy", walk.lead):
        rate(walk, lead, *(("dissatisfied", f"{lead}说：没有办。") if lead == unhappy else ()))
    tick_at(walk, opens_after(walk) + timedelta(days=1))
    assert state(walk) is HandlingState.CONTESTED
    walk.do("supervisor", A.ORDER_REDO, reason="重办。")
    assert state(walk) is HandlingState.RECEIVED


def test_an_urging_nobody_answered_ends_no_rating(walk: Walk) -> None:
    walk.until("dispatched")
    handling = walk.play.handling(walk.number)
    assert handling.next_due_on is not None
    assert handling.rating_due_on is not None
    assert handling.next_due_on < handling.rating_due_on
    tick_at(walk, handling.rating_due_on)
    assert state(walk) is HandlingState.REPLIED
    rate(walk, walk.lead, "dissatisfied", "没有办。")
    tick_at(walk, walk.today + timedelta(days=1))
    assert state(walk) is HandlingState.RATED


def test_who_lets_the_term_pass_does_not_hold_up_who_rated(walk: Walk) -> None:
    merged(walk)
    walk.until("dispatched")
    rate(walk, "deputy")
    due_on = walk.play.handling(walk.number).rating_due_on
    assert due_on is not None
    tick_at(walk, due_on)
    tick_at(walk, due_on + timedelta(days=1))
    assert state(walk) is HandlingState.RATED
    tick_at(walk, due_on + timedelta(days=30))
    assert state(walk) is HandlingState.FOLLOW_UP
    rate(walk, walk.lead, "dissatisfied", "来得晚，可是没有办。")
    assert state(walk) is HandlingState.RATED
    tick_at(walk, due_on + timedelta(days=60))
    assert state(walk) is HandlingState.CONTESTED
    walk.do(
        "supervisor", A.CONCLUDE_DISPUTE, convened_on=walk.today.isoformat(), present="都到了", conclusion="继续办。"
    )
    assert state(walk) is HandlingState.FOLLOW_UP


def test_nobody_rated_lapses_as_ever(walk: Walk) -> None:
    merged(walk)
    walk.until("dispatched")
    due_on = walk.play.handling(walk.number).rating_due_on
    assert due_on is not None
    tick_at(walk, due_on)
    tick_at(walk, due_on + timedelta(days=1))
    assert state(walk) is HandlingState.FOLLOW_UP


def test_taken_out_again_it_waits_to_be_assigned(walk: Walk) -> None:
    id = merged(walk)
    with pytest.raises(NotAllowed):
        step(walk.play, id, "deputy", A.UNMERGE, reason=WHY)
    step(walk.play, id, "supervisor", A.UNMERGE, reason="其实不是一件事。")
    assert (row(id).state, row(id).merged_into_id) == (SuggestionState.SUBMITTED, None)
    assert sight(walk.facts("deputy")) is Sight.NOTHING
    step(walk.play, id, "supervisor", A.ASSIGN, **assignment())
    assert verify().faults == ()


def test_after_the_reply_was_submitted_nothing_is_merged_or_taken_out(walk: Walk) -> None:
    id = merged(walk)
    walk.until("submitted")
    with pytest.raises(NotNow) as late:
        step(walk.play, id, "supervisor", A.UNMERGE, reason="不是一件事。")
    assert late.value.missing == ("复函已经报签或者发出，里面写着本件的领衔代表。",)
    other = submitted(walk.play)
    facts = walk.facts("supervisor", Life.SUGGESTION, other)
    assert facts is not None


def test_chains_of_mergers_are_refused(walk: Walk) -> None:
    first, second = submitted(walk.play), submitted(walk.play)
    step(walk.play, first, "supervisor", A.MERGE, into=str(second), reason=WHY)
    for action, words in (
        (A.MERGE, {"into": "第010号", "reason": WHY}),
        (A.DECLINE, {"ground": "personal", "reason": "不是建议"}),
        (A.RETURN_FOR_REVISION, {"reason": "改一改"}),
    ):
        if action is A.DECLINE:
            continue
        with pytest.raises(NotNow) as refused:
            step(walk.play, second, "supervisor", action, **words)
        assert refused.value.missing == ("有1件建议并入了本件；请人代工委先逐件“取消并案”。",)
    with pytest.raises(NotNow) as waiting:
        step(walk.play, second, "deputy", A.WITHDRAW, reason="不提了")
    assert "取消并案" in waiting.value.missing[0]
    step(walk.play, second, "supervisor", A.ASSIGN, **assignment())


def test_withdrawn_it_ends_only_for_itself(walk: Walk) -> None:
    id = merged(walk)
    walk.until("worked")
    step(walk.play, walk.play.suggestion("010").id, walk.lead, A.WITHDRAW, reason="不提了。")
    assert row(walk.play.suggestion("010").id).state is SuggestionState.WITHDRAWN
    assert state(walk) is HandlingState.IN_PROGRESS
    with pytest.raises(NotNow) as only:
        step(walk.play, id, "supervisor", A.UNMERGE, reason="x")
    assert only.value.missing == ("那一件的领衔代表已经撤回，承办单位现在只为本件办理。",)
    walk.until("dispatched")
    sent = walk.facts("director").story.letter(1)
    assert sent is not None
    assert sent["addressees"][0] == "陈立群"
    assert "邓小红" not in sent["addressees"]
    with pytest.raises(NotAllowed):
        rate(walk, walk.lead)
    rate(walk, "deputy")
    walk.do("deputy", A.OPEN_RATING)
    walk.coordinated()
    walk.closed()
    assert state(walk) is HandlingState.CLOSED
    assert row(walk.play.suggestion("010").id).state is SuggestionState.WITHDRAWN
    walk.do("supervisor", A.REOPEN, reason="并入件的承诺还没有落实")
    assert state(walk) is HandlingState.FOLLOW_UP
    assert row(walk.play.suggestion("010").id).state is SuggestionState.WITHDRAWN
    walk.closed()
    assert verify().faults == ()


def test_a_unit_that_gave_it_back_keeps_nobody_from_merging(walk: Walk) -> None:
    play = walk.play
    walk.until("read")
    walk.do("director", A.REQUEST_RETURN, reason="不属于本局职责。")
    id = merged(walk)
    assert row(id).state is SuggestionState.MERGED
    walk.do("supervisor", A.GRANT_RETURN, unit="区财政局")
    step(play, id, "supervisor", A.UNMERGE, reason="不是一件事。")
    step(play, id, "supervisor", A.MERGE, into="第010号", reason=WHY)
    assert row(id).state is SuggestionState.MERGED
