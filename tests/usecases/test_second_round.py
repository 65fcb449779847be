"""A second round begins anew: the original and the deputy's reason are read again."""

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import NotNow
from suggestions.domain.shown import redo_reason
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.practice.play import Play
from suggestions.queries.answers import requests_of
from suggestions.queries.looking import Reader, look_at
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk


def test_the_original_is_opened_and_read_again_in_the_second_round(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    walk.rated("dissatisfied", "选址还是没有定。")
    walk.do(walk.lead, A.OPEN_RATING)
    walk.do("supervisor", A.ORDER_REDO, reason="把选址定下来。")
    words = {"remark": "这次我自己去看。", "handler": walk.person("handler")}
    with pytest.raises(NotNow) as refused:
        walk.do("director", A.READ_ORIGINAL, **words)
    assert any("还没有用您本人的账号打开看完" in sentence for sentence in refused.value.missing)
    walk.opened()
    walk.do("director", A.READ_ORIGINAL, **words)
    assert walk.facts("director").story.last(A.READ_ORIGINAL, round=2)


def test_the_director_reads_the_reason_of_each_request_again(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    scores = [{"request_no": "1", "score": "dissatisfied", "reason": "没有写哪一天开门。"}]
    scores += [{"request_no": str(number), "score": "satisfied"} for number in range(2, walk.requests + 1)]
    walk.do(walk.lead, A.RATE, **(walk.rating("dissatisfied", "选址没有定。") | {"scores": scores}))
    walk.do(walk.lead, A.OPEN_RATING)
    walk.do("supervisor", A.ORDER_REDO, reason="把选址定下来。")
    assert redo_reason(walk.facts("director")) == "选址没有定。\n第1条：没有写哪一天开门。"


def test_until_there_is_a_new_draft_the_old_answers_stand_with_what_was_said_of_them(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    walk.rated("dissatisfied", "选址还是没有定。")
    walk.do(walk.lead, A.OPEN_RATING)
    walk.do("supervisor", A.ORDER_REDO, reason="把选址定下来。")
    seen = requests_of(
        look_at(db.session(), Life.HANDLING, walk.id, Reader(play.actor("handler"), play.moment, address))
    )
    assert seen is not None
    assert seen.caption == "第1轮签批的复函逐条对照"
    assert [row.rating for row in seen.rows] == ["满意"] * walk.requests
