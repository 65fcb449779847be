"""What a deputy wrote on paper: entered by one person of the deputies office, confirmed by another, marked for ever."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow
from suggestions.domain.states import HandlingState
from suggestions.extensions import db
from suggestions.models import Event, File
from suggestions.practice.play import Play
from suggestions.queries.file_seen import file_for
from suggestions.queries.looking import Reader
from suggestions.queries.verification import verify
from suggestions.usecases.filing import Upload
from suggestions.usecases.ticking import tick
from tests.conftest import practice_originals
from tests.queries.reading import page, text
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk


def scan() -> list[Upload]:
    return [Upload("回执.docx", practice_originals()[0].data)]


def enter(walk: Walk, entered: str = "rate", who: str = "supervisor", **words: Any) -> int:
    """Enter a paper; the number of the entry."""
    told = {"files": scan(), **words}
    if entered == "rate":
        told = {**walk.rating(), **told}
    return walk.knock(A.ENTER_ON_PAPER, {"entered": entered, **told}, who=who).seq


def confirm(walk: Walk, entry: int, who: str = "supervisor2") -> None:
    walk.knock(A.CONFIRM_ON_PAPER, {"entry": str(entry), "is_checked": "1"}, who=who)


def test_two_persons_rate_in_the_deputys_name(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    entry = enter(walk, overall="dissatisfied", reason="路还是坏的", is_pressed="1")
    assert play.handling(walk.number).state is HandlingState.REPLIED
    with pytest.raises(NotNow) as alone:
        confirm(walk, entry, "supervisor")
    assert alone.value.missing == ("这一份是您录入的，要由人代工委另一位同志核对。",)
    confirm(walk, entry)
    assert play.handling(walk.number).state is HandlingState.RATED
    rating = walk.facts("supervisor").story.rating
    assert rating is not None
    assert (rating.actor_name, rating.payload["overall"]) == ("邓小红", "dissatisfied")
    assert rating.payload["on_paper"] == {"entry": entry, "entered_by": "周敏", "confirmed_by": "吴刚"}
    event = db.session.scalars(select(Event).where(Event.action == "rate")).one()
    assert (event.actor_role, event.cause_seq) == ("deputy", entry + 1)
    sealed = text(page(walk, "handler"))
    assert "代录（周敏录入，吴刚核对）" in sealed
    for word in ("路还是坏的", "不满意", "打招呼"):
        assert word not in sealed
    with pytest.raises(Invalid):
        confirm(walk, entry)
    walk.do(walk.lead, A.OPEN_RATING)
    assert play.handling(walk.number).state is HandlingState.CONTESTED
    assert verify().faults == ()


def test_the_scan_is_required_and_the_unit_never_opens_it(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    with pytest.raises(Invalid) as bare:
        enter(walk, files=[])
    assert set(bare.value.faults) == {"files"}
    enter(walk)
    kept = db.session.scalars(select(File).where(File.name == "回执.docx")).one()
    for who in ("director", "handler", "clerk", "inspector"):
        with pytest.raises(Missing):
            file_for(db.session(), kept.id, Reader(play.actor(who), play.moment, address))
    for who in ("supervisor", "supervisor2", "auditor"):
        assert file_for(db.session(), kept.id, Reader(play.actor(who), play.moment, address)) is kept


def test_what_the_form_would_refuse_is_refused_on_paper(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    with pytest.raises(Invalid) as faulty:
        enter(walk, overall="dissatisfied", reason="")
    assert set(faulty.value.faults) == {"reason"}
    with pytest.raises(Invalid):
        enter(walk, entered="correct_rating", **walk.rating())
    with pytest.raises(Invalid):
        enter(walk, entered="close")


def test_a_newer_entry_takes_the_place_of_a_wrong_one(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    wrong = enter(walk, overall="dissatisfied", reason="录错了")
    right = enter(walk)
    with pytest.raises(Invalid):
        confirm(walk, wrong)
    confirm(walk, right)
    assert walk.facts("supervisor").story.rating.payload["overall"] == "satisfied"  # type: ignore[union-attr]


def test_what_one_deputy_signed_is_not_confirmed_for_the_next_one(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    entry = enter(walk)
    walk.play.suggestion(walk.number).lead_id = play.actor("deputy").person_id
    db.session.commit()
    before = walk.snapshot()
    with pytest.raises(NotNow) as other:
        confirm(walk, entry)
    assert "更换了领衔代表" in other.value.missing[0]
    assert walk.snapshot() == before


def test_an_entry_that_was_overtaken_is_not_confirmed(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    entry = enter(walk)
    walk.rated()
    before = walk.snapshot()
    with pytest.raises(NotNow):
        confirm(walk, entry)
    assert walk.snapshot() == before


def test_a_contact_that_was_denied_meanwhile_is_not_confirmed_on_paper(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    contact = str(walk.facts("supervisor").story.contacts()[0].past.seq)
    entry = enter(walk, entered="confirm_contact", contact=contact)
    walk.do(walk.lead, A.DENY_CONTACT, contact=contact, reason="没有来过")
    with pytest.raises(NotNow) as overtaken:
        confirm(walk, entry)
    assert overtaken.value.missing == ("哪一次联系不在可选的范围里，请重新选择。",)


def test_other_steps_come_on_paper_too(play: Play) -> None:
    walk = Walk(play).until("rated")
    lead = str(play.actor(walk.lead).person_id)
    confirm(walk, enter(walk, entered="correct_rating", **walk.rating("mostly_satisfied")))
    contact = walk.facts("supervisor").story.contacts()[0].past.seq
    confirm(walk, enter(walk, entered="confirm_contact", contact=str(contact)))
    confirm(walk, enter(walk, entered="challenge_class", deputies=lead, result_class="C", reason="没有办成"))
    story = walk.facts("supervisor").story
    assert story.contacts()[0].verdict == "confirmed"
    assert story.rating.payload["overall"] == "mostly_satisfied"  # type: ignore[union-attr]
    assert story.class_challenge(1) is not None
    again = "评价已经更正过一次，不能再改。"
    with pytest.raises(NotNow) as twice:
        enter(walk, entered="correct_rating", **walk.rating())
    assert twice.value.missing == (again,)


def test_a_late_paper_counts_after_the_close(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    play.go_to(play.moment.date().replace(month=6))
    take_lapse(walk)
    walk.coordinated()
    walk.closed()
    with pytest.raises(Invalid):
        enter(walk)
    walk.do("supervisor", A.REOPEN, reason="收到迟到的回执")
    confirm(walk, enter(walk))
    walk.do(walk.lead, A.OPEN_RATING)
    walk.closed()
    assert verify().faults == ()


def take_lapse(walk: Walk) -> None:
    """The clock stood still when the deputy was to be reminded: that is made up for, and a day later it ends."""
    for lapsed in (0, 1):
        with walk.clock():
            assert tick().lapsed == lapsed
        walk.play.go_to(walk.play.moment.date() + timedelta(days=1))


@pytest.mark.parametrize("who", ["clerk", "handler", "director", "inspector", "邓小红"])
def test_nobody_else_enters_or_confirms(play: Play, who: str) -> None:
    walk = Walk(play).until("dispatched")
    entry = enter(walk)
    with pytest.raises(NotAllowed):
        enter(walk, who=who)
    with pytest.raises(NotAllowed):
        confirm(walk, entry, who)


def test_the_clerk_can_only_forward_the_scan(play: Play) -> None:
    walk = Walk(play).until("signed")
    with pytest.raises(NotNow):
        walk.do("clerk", A.ATTACH, files=scan(), note="代表寄来的回执")
    walk.dispatched()
    walk.do("clerk", A.ATTACH, files=scan(), note="代表寄来的回执")
    assert play.handling(walk.number).state is HandlingState.REPLIED


def test_a_paper_counts_only_for_the_letter_that_it_answers(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    entry = enter(walk)
    walk.do("director", A.CORRECT_REPLY, reason="有一个数字写错了。")
    walk.drafted("感谢您的关心，请继续监督。")
    walk.submitted()
    walk.signed()
    walk.dispatched("云山民政函〔2026〕2号")
    with pytest.raises(Invalid):
        confirm(walk, entry)
    assert play.handling(walk.number).state is HandlingState.REPLIED
    confirm(walk, enter(walk))
    assert play.handling(walk.number).state is HandlingState.RATED
