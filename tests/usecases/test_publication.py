"""A letter is published as the office prepared it and secrecy was endorsed, or withheld with its ground."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.counting import Kind, row_of
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import Post, Standing
from suggestions.practice.play import Play
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.items import Desk
from suggestions.queries.dues import due_of
from suggestions.queries.looking import Look, Reader, look_at
from suggestions.queries.public_version import PublicVersion, public_version
from suggestions.queries.published import published_letter, published_letters
from suggestions.queries.verification import verify
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk


def public(walk: Walk) -> list[str]:
    return [item.number for item in published_letters(db.session(), walk.today, address)[0]]


def version(walk: Walk, who: str = "clerk") -> PublicVersion:
    return public_version(look(walk, who))


def look(walk: Walk, who: str) -> Look:
    reader = Reader(walk.play.actor(who), walk.play.moment, address)
    return look_at(db.session(), Life.HANDLING, walk.id, reader)


def on_desk(walk: Walk, who: str, group: str) -> list[tuple[A | None, str]]:
    desk = desk_of(walk.play.actor(who), walk.play.moment)
    assert isinstance(desk, Desk)
    found = next((g.items for g in desk.groups if g.id == group), ())
    return [(item.form.action if item.form else None, item.wait.partition("，")[2]) for item in found]


def lacking(walk: Walk) -> tuple[str, ...]:
    with pytest.raises(NotNow) as refused:
        walk.do("clerk", A.PUBLISH)
    return tuple(refused.value.missing)


def test_exactly_the_endorsed_text_is_published(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    assert lacking(walk) == ("还差：还没有拟公开稿。",)
    assert on_desk(walk, "clerk", "g-publish") == [(A.DRAFT_PUBLIC_TEXT, "还没有拟公开稿。")]
    assert on_desk(walk, "reviewer", "g-endorse") == []
    walk.do("clerk", A.DRAFT_PUBLIC_TEXT, text="已经办成。王某家住幸福路12号。")
    assert "没有保密审核意见" in lacking(walk)[0]
    assert version(walk).warnings == ("第1段第2句有住址“家住幸福路12号”：王某家住幸福路12号。",)
    walk.do("reviewer", A.REFUSE_ENDORSEMENT, reason="有住址")
    assert lacking(walk) == ("还差：公开稿保密审核没有通过：有住址",)
    walk.do("clerk", A.DRAFT_PUBLIC_TEXT, text="已经办成。")
    assert on_desk(walk, "clerk", "g-publish") == [(A.PUBLISH, "公开稿等保密审核。")]
    assert on_desk(walk, "reviewer", "g-endorse") == [(A.ENDORSE, "等保密审核。")]
    walk.do("reviewer", A.ENDORSE, opinion="可以公开")
    assert on_desk(walk, "clerk", "g-publish") == [(A.PUBLISH, "公开稿审核好了，可以公开。")]
    assert on_desk(walk, "reviewer", "g-endorse") == []
    assert public(walk) == []
    seen = version(walk)
    assert (seen.warnings, seen.is_drafted, seen.standing.endswith("何雨拟稿，还没有公开")) == ((), True, True)
    assert [(each.what, each.result, each.who, each.words) for each in seen.checked] == [
        ("复函", "通过", "方志诚 副局长", "可公开"),
        ("以前的稿", "没有通过", "方志诚 副局长", "有住址"),
        ("公开稿", "通过", "方志诚 副局长", "可以公开"),
    ]
    assert "邓小红" in "".join(text for left, _ in seen.rows for op, text in left if op == "del")
    with pytest.raises(Missing):
        version(walk, walk.lead)
    walk.do("clerk", A.PUBLISH)
    assert on_desk(walk, "clerk", "g-publish") == []
    assert version(walk).standing.endswith("公开")
    assert public(walk) == ["第010号"]
    text, _ = published_letter(db.session(), walk.id, walk.today)
    assert (text["text"], text["document_number"]) == ("已经办成。", "云山民政函〔2026〕1号")
    assert lacking(walk) == ("这一稿已经公开了。",)
    assert verify().faults == ()


def published(walk: Walk) -> Walk:
    walk.do("clerk", A.DRAFT_PUBLIC_TEXT, text="已经办成。")
    walk.do("reviewer", A.ENDORSE, opinion="可以公开")
    walk.do("clerk", A.PUBLISH)
    return walk


def counts_as(walk: Walk) -> tuple[bool, bool]:
    """Whether the newest letter counts as one to be published, and as published."""
    shape = select(Standing.shape).where(Standing.handling_id == walk.id, Standing.kind == Kind.HANDLING)
    row = row_of(db.session.scalars(shape.order_by(Standing.round.desc())).first() or "")
    return row.is_publishable, row.is_published


def is_to_be_published(walk: Walk) -> bool:
    """Whether the newest letter waits to be published: on the desk, in the numbers and nowhere before everybody."""
    is_waiting = on_desk(walk, "clerk", "g-publish") == [(A.DRAFT_PUBLIC_TEXT, "还没有拟公开稿。")]
    due = due_of(look(walk, "clerk"))
    assert is_waiting == (due is not None and "公开答复到期" in [due.label, *(each.label for each in due.beside)])
    return is_waiting and counts_as(walk) == (True, False) and public(walk) == []


def test_a_published_letter_is_taken_down_with_its_ground(play: Play) -> None:
    walk = published(Walk(play).until("closed"))
    assert counts_as(walk) == (True, True)
    with pytest.raises(Invalid):
        walk.do("clerk", A.WITHHOLD, ground=" ")
    walk.do("clerk", A.WITHHOLD, ground="涉及个人隐私，条例第十五条")
    assert public(walk) == []
    with pytest.raises(Missing):
        published_letter(db.session(), walk.id, walk.today)


def test_a_letter_that_is_corrected_is_public_no_more(play: Play) -> None:
    walk = published(Walk(play).until("dispatched"))
    corrected(walk)
    assert lacking(walk) == ("还差：还没有拟公开稿。",)
    assert is_to_be_published(walk)


def corrected(walk: Walk) -> None:
    walk.do("director", A.CORRECT_REPLY, reason="日期不对")
    assert public(walk) == []
    answered_anew(walk)


def answered_anew(walk: Walk) -> None:
    walk.drafted(closing="已更正。")
    walk.submitted()
    walk.signed()
    walk.dispatched("云山民政函〔2026〕2号")


def test_what_was_withheld_is_decided_anew_when_the_letter_was_corrected(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    walk.do("clerk", A.WITHHOLD, ground="涉及个人隐私，条例第十五条")
    assert counts_as(walk) == (False, False)
    corrected(walk)
    assert is_to_be_published(walk)


def test_the_letter_of_a_redo_is_published_anew(play: Play) -> None:
    walk = published(Walk(play).until("dispatched"))
    walk.rated("dissatisfied", "选址还是没有定。")
    walk.do(walk.lead, A.OPEN_RATING)
    walk.do("supervisor", A.ORDER_REDO, reason="把选址定下来。")
    assert public(walk) == ["第010号"]
    for stage in ("opened", "read", "planned", "approved", "pressed"):
        getattr(walk, stage)()
    answered_anew(walk)
    assert is_to_be_published(walk)
    published(walk)
    assert (public(walk), counts_as(walk)) == (["第010号"], (True, True))


def test_what_is_published_does_not_wait_because_its_handler_left(play: Play) -> None:
    walk = published(Walk(play).until("dispatched"))
    held = select(Post).where(Post.person_id == play.handling(walk.number).handler_id)
    db.session.scalars(held).one().to_on = walk.today - timedelta(days=1)
    assert on_desk(walk, "clerk", "g-publish") == []
    assert len(on_desk(walk, "clerk", "g-name")) == 1


@pytest.mark.parametrize("who", ["director", "handler", "supervisor", "邓小红", "inspector"])
def test_only_the_clerk_publishes(play: Play, who: str) -> None:
    walk = Walk(play).until("dispatched")
    for action in (A.DRAFT_PUBLIC_TEXT, A.PUBLISH, A.WITHHOLD):
        with pytest.raises(NotAllowed):
            walk.do(who, action, text="公开", ground="不")


def test_nothing_is_prepared_or_endorsed_before_it_goes_out(play: Play) -> None:
    walk = Walk(play).until("signed")
    with pytest.raises(NotNow):
        walk.do("clerk", A.DRAFT_PUBLIC_TEXT, text="公开")
    walk.dispatched()
    with pytest.raises(NotNow) as nothing:
        walk.knock(A.ENDORSE, {"opinion": "可"}, who="reviewer", content_hash="")
    assert nothing.value.missing == ("还没有可以审核的稿子。",)
