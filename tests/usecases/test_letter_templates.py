"""An office words its own letters, version by version; a letter keeps the words that it was drafted in."""

from datetime import date
from typing import Any

import pytest

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, NotAllowed, Stale
from suggestions.domain.letter_form import LetterForm
from suggestions.domain.numbering import Gap, gaps
from suggestions.extensions import db
from suggestions.models import Event, LetterTemplate
from suggestions.models.event import OFFICE
from suggestions.models.letter_template import form_of, numbers_of, templates_of
from suggestions.queries.letter_view import letter_of
from suggestions.queries.verification import verify
from suggestions.usecases.letter_templates import set_letter_template
from tests.queries.test_letter_view import case_of
from tests.usecases.walking import Walk, count

WORDS = {**LetterForm().words(), "series": "云山民政函", "letterhead": "重庆市云山区民政局", "copies": "区人代工委"}


def say(walk: Walk, seen: int = 0, who: str = "clerk", **words: str) -> LetterTemplate:
    with walk.clock():
        return set_letter_template({**WORDS, **words}, seen_version=seen, by=walk.play.actor(who))


@pytest.fixture
def walk(play: Any) -> Walk:
    return Walk(play)


def test_each_change_is_a_version_with_its_event(walk: Walk) -> None:
    say(walk)
    say(walk, 1, copies="区政府办公室")
    unit = walk.play.handling(walk.number).unit_id
    assert [each.version for each in templates_of(db.session(), unit)] == [2, 1]
    assert form_of(db.session(), unit).copies == "区政府办公室"
    last = db.session.query(Event).filter_by(chain=OFFICE).order_by(Event.seq.desc()).first()
    assert last is not None
    assert (last.action, last.payload["version"], last.payload["series"]) == ("set_letter_template", 2, "云山民政函")
    assert verify().faults == ()


@pytest.mark.parametrize("who", ["director", "handler", "supervisor", "sysadmin", "secadmin"])
def test_only_the_clerk_words_the_letters(walk: Walk, who: str) -> None:
    with pytest.raises(NotAllowed):
        say(walk, who=who)
    assert db.session.query(LetterTemplate).count() == 0


def test_who_saw_an_older_version_and_who_changes_nothing_is_told(walk: Walk) -> None:
    say(walk)
    with pytest.raises(Stale):
        say(walk, 0, copies="区政府办公室")
    with pytest.raises(Invalid, match="没有改动"):
        say(walk, 1)


def test_faults_are_named_by_field_and_nothing_is_kept(walk: Walk) -> None:
    before = count(Event)
    with pytest.raises(Invalid) as refused:
        say(walk, series="函〔2026〕", contact="{传真}", closing="", copies="区" * 201, letterhead="局\u202e")
    assert set(refused.value.faults) == {"series", "contact", "closing", "copies", "letterhead"}
    assert count(Event) == before


def test_a_letter_keeps_the_words_that_it_was_drafted_in(walk: Walk) -> None:
    say(walk)
    walk.until("dispatched")
    say(walk, 1, letterhead="云山区民政局办公室", contact="电话：{电话}")
    sheet = letter_of(case_of(walk), walk.facts("handler"))
    assert sheet is not None
    assert sheet.unit == "重庆市云山区民政局"
    assert sheet.contact_line == "（联系人：韩冬梅；电话：023-55500127）"
    drafted = walk.facts("handler").story.all(A.DRAFT_REPLY)[-1].payload["letter"]["form"]
    assert drafted["version"] == 1


def test_numbers_follow_each_other_and_a_gap_needs_its_reason(walk: Walk) -> None:
    say(walk)
    other = Walk(walk.play, "014", "蒋玉梅").until("signed")
    walk.until("signed")
    with pytest.raises(Invalid) as refused:
        walk.dispatched("云山民政函〔2026〕35号")
    assert list(refused.value.faults) == ["gap_reason"]
    words = {"document_number": "云山民政函〔2026〕35号", "delivery": "post", "has_receipt_form": "1"}
    walk.do("clerk", A.DISPATCH, **words, gap_reason="1到34号用于其他公文")
    with pytest.raises(Invalid) as back:
        other.dispatched("云山民政函〔2026〕34号")
    assert "不倒回去编" in back.value.faults["document_number"]
    with pytest.raises(Invalid) as used:
        other.dispatched("云山民政函〔2026〕35号")
    assert "已经用过" in used.value.faults["document_number"]
    with pytest.raises(Invalid):
        other.dispatched("云山民函〔2026〕36号")
    other.dispatched("云山民政函〔2026〕36号")
    numbers = numbers_of(db.session(), walk.play.handling(walk.number).unit_id)
    assert [each.text for each in numbers] == ["云山民政函〔2026〕35号", "云山民政函〔2026〕36号"]
    assert list(gaps(numbers, "云山民政函", 2026)) == [Gap(1, 34, "1到34号用于其他公文")]


def test_a_corrected_letter_keeps_its_number_and_the_next_one_is_new(walk: Walk) -> None:
    say(walk)
    walk.until("dispatched")
    walk.do("director", A.CORRECT_REPLY, reason="日期写错了")
    walk.drafted(closing="已经更正。")
    walk.submitted()
    walk.signed()
    with pytest.raises(Invalid):
        walk.dispatched()
    walk.dispatched("云山民政函〔2026〕2号")
    unit = walk.play.handling(walk.number).unit_id
    assert [each.text[-2:] for each in numbers_of(db.session(), unit)] == ["1号", "2号"]
    assert numbers_of(db.session(), unit)[0].on == date(2026, 2, 10)
