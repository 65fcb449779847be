"""Earlier suggestions that are like one: found by title, text, deputy and place, never more than one may see."""

from collections.abc import Callable

import pytest
from flask import Flask, url_for
from sqlalchemy import select

from suggestions import clock
from suggestions.extensions import db
from suggestions.models import Suggestion
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.queries.alike import LIMIT, Alike, alike_of
from suggestions.queries.looking import Reader
from tests.queries.conftest import NOON, House
from tests.usecases.walking import Walk, counted
from tests.web.visitor import Visitor

pytestmark = pytest.mark.whole_handover
Find = Callable[[str, str], list[Alike]]


@pytest.fixture
def find(app: Flask, play: Play) -> Find:
    def of(number: str, who: str) -> list[Alike]:
        case = load_case(db.session(), play.suggestion(number).id)
        with app.test_request_context():
            return alike_of(db.session(), case, Reader(play.actor(who), clock.now(), url_for))

    return of


def _write(number: str, title: str, content: str) -> None:
    row = db.session.scalars(select(Suggestion).where(Suggestion.number == number)).one()
    row.title, row.content = title, content
    db.session.commit()


def test_the_same_matter_in_other_words_comes_with_its_reasons(find: Find) -> None:
    _write("003", "关于增加社区老年食堂布点的建议", "临江街道三个社区没有老年食堂，建议增设。")
    _write("021", "关于增加社区老年食堂和运营补贴的建议", "临江街道老人吃饭难，建议给食堂补贴。")
    found = find("003", "supervisor")
    assert [each.number for each in found][:1] == ["第021号"]
    assert found[0].reasons[0] == "标题都有：增加社区老年食堂"
    assert "同一处地方：临江街道" in found[0].reasons
    assert found[0].replied == ()


def test_what_is_not_alike_is_not_shown(find: Find) -> None:
    _write("003", "关于整治共享单车乱停放的建议", "地铁口的单车堵住盲道。")
    assert [each.number for each in find("003", "supervisor")] == []


def test_nobody_sees_more_than_they_may(find: Find) -> None:
    _write("021", "关于规范社区工作者劳动合同的建议", "别的单位的件。")
    _write("001", "关于规范社区工作者劳动合同的建议", "本单位的件。")
    assert "第021号" in [each.number for each in find("001", "supervisor")]
    assert "第001号" not in [each.number for each in find("021", "handler@区住房城乡建委")]
    assert [each.number for each in find("001", "handler@区教委")] == []


def test_replies_promises_and_a_copied_answer_are_said(find: Find, play: Play) -> None:
    for number, document in (("010", "云山民政函〔2026〕1号"), ("011", "云山民政函〔2026〕2号")):
        lead = play.suggestion(number).lead
        assert lead is not None
        walk = Walk(play, number=number, lead=lead.username or "").until("signed")
        walk.dispatched(document)
    _write("010", "关于设立新社区便民服务点的建议", "镇上没有便民点。")
    _write("011", "关于设立新社区便民服务站的建议", "镇上没有便民站。")
    (first, *_) = find("010", "supervisor")
    assert first.number == "第011号"
    assert "答复" in first.replied[0]
    assert "（100%）" in first.same_reply
    assert "照抄" in first.same_reply


def test_what_was_answered_the_same_twice_is_said_when_it_comes_in_again(find: Find, play: Play) -> None:
    for number, document in (("010", "云山民政函〔2026〕1号"), ("011", "云山民政函〔2026〕2号")):
        lead = play.suggestion(number).lead
        assert lead is not None
        walk = Walk(play, number=number, lead=lead.username or "").until("signed")
        walk.dispatched(document)
        _write(number, f"关于设立新社区便民服务{'点站'[number == '011']}的建议", "镇上没有便民点。")
    _write("012", "关于增设新社区便民服务站的建议", "镇上没有便民点。")
    found = {each.number: each for each in find("012", "supervisor")}
    assert found["第010号"].same_reply == "第011号的答复和这件几乎一样（100%），同样的答复给过两次。"
    assert found["第011号"].same_reply.startswith("第010号的答复")
    assert found["第010号"].replied[0].endswith("答复，A类：已经办成。 已经办成"), "what was answered, not only that"


@pytest.mark.parametrize(
    ("number", "earlier", "title", "promised"),
    [
        ("003", "第112号", "标题都有：社区、老年食堂", ("承诺1项，已兑现0项",)),
        ("005", "第126号", "标题都有：独居老人、紧急呼叫", ("承诺1项，已兑现0项", "1项过期没有兑现")),
        ("001", "第208号", "标题都有：社区工作者", ()),
        ("014", None, "", ()),
    ],
)
def test_a_matter_of_last_year_is_found_in_other_words(
    house: House, number: str, earlier: str | None, title: str, promised: tuple[str, ...]
) -> None:
    reader = Reader(house.actor("supervisor"), NOON, lambda *_, **__: "")
    found = alike_of(db.session(), load_case(db.session(), house.handling(number).suggestion_id), reader)
    assert [each.number for each in found] == ([earlier] if earlier else [])
    for each in found:
        assert (each.reasons[0], each.promised) == (title, promised)
        assert each.replied[0].startswith("区民政局2025年")


def test_the_list_is_short_and_asks_few_questions(find: Find) -> None:
    for number in range(1, 21):
        _write(f"{number:03}", f"关于第{number}个社区食堂的建议", "社区食堂。")
    with counted() as found:
        assert len(find("001", "supervisor")) == LIMIT
    assert found["statements"] <= 4 + 9 * (LIMIT + 1)


def test_the_page_is_for_offices_and_units(app: Flask) -> None:
    with app.app_context():
        id = db.session.scalars(select(Suggestion.id).where(Suggestion.number == "001")).one()
    assert Visitor(app, "deputy").get(f"/suggestions/{id}/alike").status_code == 403
    assert Visitor(app, "director@区教委").get(f"/suggestions/{id}/alike").status_code == 404
    page = Visitor(app, "supervisor").get(f"/suggestions/{id}/alike")
    assert "以前提过的类似建议" in page.text
    assert Visitor(app, "director").get(f"/suggestions/{id}/alike").status_code == 200
