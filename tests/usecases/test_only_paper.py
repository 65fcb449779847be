"""A deputy without a login: signs with others, rates letter and promise, and withdraws, all on paper; nothing traps."""

from datetime import date, timedelta
from typing import Any

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow
from suggestions.domain.states import HandlingState, Life, Role, SuggestionState
from suggestions.extensions import db
from suggestions.models import Post, Promise
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import office
from suggestions.usecases.step import Taken, take
from tests.usecases.test_merging import merged, state
from tests.usecases.test_paper import confirm, enter, scan
from tests.usecases.test_suggestion import assignment, drafted, person, row, step
from tests.usecases.walking import Walk

WHO = ("supervisor", "supervisor2")


@pytest.fixture
def play_at(play: Play) -> Play:
    play.go_to(date(2026, 3, 10))
    return play


def knock(play: Play, id: int, action: A, words: dict[str, Any], who: str = "supervisor") -> Taken:
    with Walk(play).clock():
        return take(Life.SUGGESTION, action, id, by=play.actor(who), words=words)


def enters(play: Play, id: int, entered: str, **words: Any) -> int:
    return knock(play, id, A.ENTER_ON_PAPER, {"entered": entered, "files": scan(), **words}).seq


def confirms(play: Play, id: int, entry: int, who: str = "supervisor2") -> None:
    knock(play, id, A.CONFIRM_ON_PAPER, {"entry": str(entry), "is_checked": "1"}, who)


def paper_deputies(play: Play, count: int) -> list[int]:
    """Deputies who have no login at all."""
    with Walk(play).clock():
        people = [office.create_user(f"纸面{at}", delegation="东山代表团") for at in range(count)]
        for each in people:
            office.appoint(each, Role.DEPUTY, from_on=date(2026, 1, 1))
    return [each.id for each in people]


def on_paper(play: Play, lead: int) -> int:
    return drafted(play, "supervisor", lead=str(lead), files=scan())


def test_one_sheet_with_several_signatures_is_entered_once_and_confirmed_by_another(play_at: Play) -> None:
    lead, one, two = paper_deputies(play_at, 3)
    id = on_paper(play_at, lead)
    for deputy in (one, two):
        knock(play_at, id, A.INVITE_COSIGNER, {"deputy": str(deputy)})
    with pytest.raises(Invalid) as nobody:
        enters(play_at, id, "cosign")
    assert set(nobody.value.faults) == {"deputies"}
    entry = enters(play_at, id, "cosign", deputies=[str(one), str(two)])
    with pytest.raises(NotNow) as own:
        confirms(play_at, id, entry, "supervisor")
    assert "另一位同志" in own.value.missing[0]
    with pytest.raises(NotNow):
        knock(play_at, id, A.SUBMIT, {})
    confirms(play_at, id, entry)
    assert all(cosigner.confirmed_at for cosigner in row(id).cosigners)
    knock(play_at, id, A.SUBMIT, {})
    assert row(id).state is SuggestionState.SUBMITTED
    assert verify().faults == ()


def test_who_signed_in_person_meanwhile_is_not_signed_for_again(play_at: Play) -> None:
    (lead,) = paper_deputies(play_at, 1)
    id = on_paper(play_at, lead)
    joint = person(play_at, "deputy2")
    knock(play_at, id, A.INVITE_COSIGNER, {"deputy": joint})
    entry = enters(play_at, id, "cosign", deputies=[joint])
    step(play_at, id, "deputy2", A.COSIGN)
    with pytest.raises(NotNow) as overtaken:
        confirms(play_at, id, entry)
    assert "不用、也不能“确认联名”" in overtaken.value.missing[0]


def test_an_invited_deputy_says_no_and_the_lead_goes_on(play_at: Play) -> None:
    id = drafted(play_at)
    step(play_at, id, "deputy", A.INVITE_COSIGNER, deputy=person(play_at, "deputy2"))
    for who in ("deputy", "邓小红", "supervisor"):
        with pytest.raises((NotAllowed, Missing)):
            knock(play_at, id, A.DECLINE_COSIGNING, {}, who)
    knock(play_at, id, A.DECLINE_COSIGNING, {"reason": "这件事我不清楚"}, "deputy2")
    assert not row(id).cosigners
    with pytest.raises(Missing):
        knock(play_at, id, A.COSIGN, {}, "deputy2")
    step(play_at, id, "deputy", A.SUBMIT)
    assert verify().faults == ()


def test_the_draft_that_a_deputy_writes_at_the_screen_is_not_seen_by_the_office(play_at: Play) -> None:
    id = drafted(play_at)
    with pytest.raises(Missing):
        enters(play_at, id, "withdraw", reason="不提了")


@pytest.mark.parametrize("until", ["drafting", "submitted", "assigned"])
def test_a_withdrawal_on_paper(play_at: Play, until: str) -> None:
    (lead,) = paper_deputies(play_at, 1)
    id = on_paper(play_at, lead)
    if until != "drafting":
        knock(play_at, id, A.SUBMIT, {})
    if until == "assigned":
        step(play_at, id, "supervisor", A.ASSIGN, **assignment())
    with pytest.raises(Invalid) as bare:
        enters(play_at, id, "withdraw")
    assert set(bare.value.faults) == {"reason"}
    entry = enters(play_at, id, "withdraw", reason="已经办成了")
    assert str(row(id).state) == until
    confirms(play_at, id, entry)
    assert row(id).state is SuggestionState.WITHDRAWN
    assert verify().faults == ()


def test_nobody_but_the_office_enters_what_concerns_the_suggestion(play_at: Play) -> None:
    (lead,) = paper_deputies(play_at, 1)
    id = on_paper(play_at, lead)
    knock(play_at, id, A.SUBMIT, {})
    step(play_at, id, "supervisor", A.ASSIGN, **assignment())
    for who in ("director", "handler", "clerk", "inspector", "auditor"):
        with pytest.raises(NotAllowed):
            knock(play_at, id, A.ENTER_ON_PAPER, {"entered": "withdraw", "reason": "x", "files": scan()}, who)


def test_each_lead_of_merged_suggestions_rates_on_an_own_paper(play: Play) -> None:
    walk = Walk(play)
    merged(walk)
    walk.until("dispatched")
    first, second = person(play, walk.lead), person(play, "deputy")
    one = enter(walk, deputies=first)
    two = enter(walk, deputies=second, overall="dissatisfied", reason="没有办成")
    confirm(walk, one)
    assert state(walk) is HandlingState.REPLIED
    confirm(walk, two)
    assert state(walk) is HandlingState.RATED
    story = walk.facts("supervisor").story
    own = {id: story.own_rating(1, int(id)) for id in (first, second)}
    assert [past.payload["overall"] for past in own.values() if past] == ["satisfied", "dissatisfied"]
    assert all(past.payload["on_paper"]["confirmed_by"] == "吴刚" for past in own.values() if past)
    assert verify().faults == ()


def test_a_former_deputy_still_rates_on_paper(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    post = db.session.get_one(Post, play.actor(walk.lead).post_id)
    post.to_on = walk.today - timedelta(days=1)
    db.session.commit()
    confirm(walk, enter(walk))
    assert state(walk) is HandlingState.RATED


def promised(walk: Walk) -> str:
    """A handling in follow-up with one promise; its id."""
    walk.until("followed")
    walk.do(
        "handler", A.ADD_PROMISE, request_no="1", sentence="将修好坡道。", measure="修好坡道", owner="韩冬梅",
        due_on="2026-03-20", evidence="照片",
    )  # fmt: skip
    return str(walk.facts("supervisor").promises[0].id)


def test_a_promise_is_rated_on_paper_also_after_the_close(play: Play) -> None:
    walk = Walk(play)
    promise = promised(walk)
    with pytest.raises(Invalid):
        enter(walk, "rate_promise", promise=promise, score="satisfied")
    walk.do("handler", A.FULFIL_PROMISE, promise=promise, proof="修好了")
    walk.coordinated()
    walk.closed()
    walk.do("director", A.REPORT_PROMISE, promise=promise, document_number="函9号", report="修好了。")
    with pytest.raises(Invalid) as bare:
        enter(walk, "rate_promise", promise=promise, score="dissatisfied")
    assert set(bare.value.faults) == {"reason"}
    confirm(walk, enter(walk, "rate_promise", promise=promise, score="dissatisfied", reason="没有扶手"))
    kept = db.session.get_one(Promise, int(promise))
    assert (kept.rated, kept.reopened, kept.fulfilled_on) == ("dissatisfied", 1, None)
    assert verify().faults == ()


def test_a_refused_release_leaves_the_promise_as_it_was(play: Play) -> None:
    walk = Walk(play)
    promise = promised(walk)
    words = {"promise": promise, "reason": "区里还有用房，可以再找。"}
    with pytest.raises(Invalid):
        walk.knock(A.REFUSE_RELEASE, words, who="supervisor")
    walk.do("director", A.RELEASE_PROMISE, promise=promise, ground="政策变了", letter="请您谅解。")
    for who in ("director", "handler", "inspector", walk.lead):
        with pytest.raises(NotAllowed):
            walk.knock(A.REFUSE_RELEASE, words, who=who)
    walk.knock(A.REFUSE_RELEASE, words, who="supervisor")
    kept = db.session.get_one(Promise, int(promise))
    assert (kept.is_open, kept.release_asked_on, kept.due_on) == (True, None, date(2026, 3, 20))
    with pytest.raises(Invalid):
        walk.knock(A.AGREE_RELEASE, {"promise": promise, "opinion": "同意"}, who="supervisor")
    walk.do("director", A.RELEASE_PROMISE, promise=promise, ground="另一个依据", letter="请您谅解。")
    walk.do("supervisor", A.AGREE_RELEASE, promise=promise, opinion="同代表谈过。")
    assert not db.session.get_one(Promise, int(promise)).is_open


def test_a_challenge_that_names_the_same_class_is_refused_when_entered(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    with pytest.raises(Invalid) as same:
        enter(walk, "challenge_class", deputies=person(play, walk.lead), result_class="A", reason="没有办成")
    assert set(same.value.faults) == {"result_class"}


def test_a_plan_names_units_or_says_that_none_is_needed(play: Play) -> None:
    walk = Walk(play).until("read")
    walk.do("handler", A.SPLIT_REQUESTS, requests=[{"text": text} for text in play.suggestion(walk.number).asked])
    unit = assignment()["co_units"][0]
    measures = [
        {"request_no": str(n), "measure": "办", "owner": "韩冬梅", "due_on": walk.today.isoformat()}
        for n in range(1, walk.requests + 1)
    ]
    plan: dict[str, Any] = {"measures": measures, "hardest": "用房", "co_units": ["none", unit]}
    with pytest.raises(Invalid) as both:
        walk.knock(A.SUBMIT_PLAN, plan, who="handler")
    assert both.value.faults == {"co_units": "选了协办单位，又选了“不需要协办”，只能选一样。"}
    walk.knock(A.SUBMIT_PLAN, {**plan, "co_units": [unit]}, who="handler")
    assert state(walk) is HandlingState.PLAN_REVIEW
