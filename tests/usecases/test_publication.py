"""A letter is published as the office prepared it and secrecy was endorsed, or withheld with its ground."""

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.practice.play import Play
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.items import Desk
from suggestions.queries.looking import Reader, look_at
from suggestions.queries.public_version import PublicVersion, public_version
from suggestions.queries.published import published_letter, published_letters
from suggestions.queries.verification import verify
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk


def public(walk: Walk) -> list[str]:
    return [item.number for item in published_letters(db.session(), walk.today, address)[0]]


def version(walk: Walk, who: str = "clerk") -> PublicVersion:
    reader = Reader(walk.play.actor(who), walk.play.moment, address)
    return public_version(look_at(db.session(), Life.HANDLING, walk.id, reader))


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


def test_a_published_letter_is_taken_down_with_its_ground(play: Play) -> None:
    walk = Walk(play).until("closed")
    walk.do("clerk", A.DRAFT_PUBLIC_TEXT, text="已经办成。")
    walk.do("reviewer", A.ENDORSE, opinion="可以公开")
    walk.do("clerk", A.PUBLISH)
    with pytest.raises(Invalid):
        walk.do("clerk", A.WITHHOLD, ground=" ")
    walk.do("clerk", A.WITHHOLD, ground="涉及个人隐私，条例第十五条")
    assert public(walk) == []
    with pytest.raises(Missing):
        published_letter(db.session(), walk.id, walk.today)


def test_a_letter_that_is_corrected_is_public_no_more(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    walk.do("clerk", A.DRAFT_PUBLIC_TEXT, text="已经办成。")
    walk.do("reviewer", A.ENDORSE, opinion="可以公开")
    walk.do("clerk", A.PUBLISH)
    walk.do("director", A.CORRECT_REPLY, reason="日期不对")
    assert public(walk) == []
    walk.drafted(closing="已更正。")
    walk.submitted()
    walk.signed()
    walk.dispatched("云山民政函〔2026〕2号")
    assert lacking(walk) == ("还差：还没有拟公开稿。",)


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
