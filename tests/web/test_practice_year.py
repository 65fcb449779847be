"""A practice year of 300 suggestions: four questions of the deputies office, each answered two clicks from the desk."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from benchmarks.year import load_year
from benchmarks.year.plan import NUMBER, TODAY
from suggestions.domain.actions import Action as A
from suggestions.domain.states import HANDLING_ENDS, SuggestionState
from suggestions.domain.states import HandlingState as S
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Promise, Suggestion, Unit
from suggestions.queries.lights import OWED
from suggestions.queries.verification import verify
from suggestions.usecases.recounting import verify_counts
from tests.conftest import EMPTY
from tests.databases import Databases
from tests.web.visitor import Visitor

ANSWERED = (S.REPLIED, S.RATED, S.CONTESTED, S.FOLLOW_UP, S.CLOSED)


@pytest.fixture(scope="module")
def year(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The year, made once; these tests only read it."""
    for app in sqlite_databases.copy(EMPTY, tmp_path_factory.mktemp("year") / "files"):
        with app.app_context():
            assert load_year()
        yield app


@pytest.fixture(scope="module")
def supervisor(year: Flask) -> Visitor:
    return Visitor(year, "supervisor")


@pytest.fixture(scope="module")
def desk(supervisor: Visitor) -> str:
    return supervisor.get("/").text


def section(page: str, id: str) -> str:
    """One section of a page, by the id of its heading."""
    return next(part for part in page.split("<section")[1:] if f'id="{id}"' in part)


def links(part: str) -> dict[str, str]:
    """The links of a part of a page: their text without marks, and where they lead."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', part, re.DOTALL)
    return {re.sub(r"<[^>]+>", "", text).strip(): html.unescape(url) for url, text in found}


def total(page: str) -> int:
    """How many a list says that it has: in its heading, or in the line that counts its pages."""
    said = re.search(r"<h1>[^<]*：([0-9]+)[件项]</h1>|(?:共|全部)\s*([0-9]+)\s*[件项]", page)
    assert said is not None
    return int(said[1] or said[2])


def test_the_year_is_whole(year: Flask) -> None:
    with year.app_context():
        assert len(db.session.scalars(select(Suggestion.id)).all()) == NUMBER == 300
        assert verify().faults == ()
        assert verify_counts().faults == ()


def test_who_is_late_and_why(year: Flask, supervisor: Visitor, desk: str) -> None:
    with year.app_context():
        rows = [row for row in db.session.scalars(select(Handling)) if row.state not in HANDLING_ENDS]
        late = [row for row in rows if row.red_after and row.red_after < TODAY]
        by_state = Counter(str(row.state) for row in late)
        numbers = {row.number_text for row in late}
    part = section(desk, "lights-h")
    steps = {url: int(match[1]) for text, url in links(part).items() if (match := re.search(r"([0-9]+)件$", text))}
    assert {url.partition("state=")[2]: number for url, number in steps.items()} == by_state
    assert set(re.findall(r'card-no num">(第[0-9]+号)<', part)) <= numbers
    assert "督办" in links(part)
    for url, number in steps.items():
        listed = supervisor.get(url).text
        assert len(set(re.findall(r"第[0-9]+号", listed)) & numbers) == number
        assert "超期" in listed


def test_which_promises_fall_due_this_month(year: Flask, supervisor: Visitor, desk: str) -> None:
    with year.app_context():
        promises = [p for p in db.session.scalars(select(Promise)) if (p.due_on.year, p.due_on.month) == (2026, 6)]
        kept = sum(1 for p in promises if p.fulfilled_on)
        assert len(promises) > 20 > kept > 0
    part = section(desk, "promised-h")
    assert f"，已兑现{kept}项" in part
    assert total(supervisor.get(links(part)[f"{len(promises)}项"]).text) == len(promises)
    first = next(url for url in links(part).values() if url.startswith("/handlings/"))
    assert "承诺" in supervisor.get(first).text


def test_which_units_contacted_nobody(year: Flask, supervisor: Visitor, desk: str) -> None:
    with year.app_context():
        told = select(Event).where(Event.action.in_((A.RECORD_CONTACT, A.DENY_CONTACT)))
        events = db.session.scalars(told.order_by(Event.suggestion_id, Event.seq)).all()
        denied = {(e.handling_id, int(e.payload["contact"])) for e in events if e.action == A.DENY_CONTACT}
        held = [e for e in events if e.action == A.RECORD_CONTACT and (e.handling_id, e.seq) not in denied]
        talked, in_round = {e.handling_id for e in held}, {(e.handling_id, e.round) for e in held}
        rows = [row for row in db.session.scalars(select(Handling)) if row.state is not S.TERMINATED]
        expected = {
            unit.name: sum(1 for row in rows if row.unit_id == unit.id)
            for unit in db.session.scalars(select(Unit))
            if {row.id for row in rows if row.unit_id == unit.id}.isdisjoint(talked)
        }
        nobody = sum(1 for row in rows if (row.id, row.round) not in in_round)
    expected = {name: number for name, number in expected.items() if number}
    part = section(desk, "silent-h")
    assert len(expected) == 3
    for name, number in expected.items():
        assert f"</a>：{number}件，一件也没有联系过" in part
        assert total(supervisor.get(links(part)[name]).text) == number
    assert total(supervisor.get(links(part)["全部没有联系过的件"]).text) == nobody


def test_what_was_done_beside_what_was_satisfied(year: Flask, supervisor: Visitor, desk: str) -> None:
    with year.app_context():
        rows = [row for row in db.session.scalars(select(Handling)) if row.state is not S.TERMINATED]
        secret = [s.outside or {} for s in db.session.scalars(select(Suggestion)) if s.state is SuggestionState.OFFLINE]
        said = {
            e.handling_id: e.payload["overall"]
            for e in db.session.scalars(select(Event).where(Event.action == A.RATE).order_by(Event.seq))
        }
        overall = Counter(said.values()) + Counter(noted["rating"] for noted in secret if noted["rating"])
        closed = sum(1 for row in rows if row.state is S.CLOSED)
        class_a = sum(1 for row in rows if row.state in ANSWERED and row.result_class == "A")
        answered = sum(1 for row in rows if row.state in ANSWERED)
    part = links(section(desk, "done-h"))
    good, receipts = overall["satisfied"] + overall["mostly_satisfied"], sum(overall.values())
    for words in (
        f"办结（没有未了的承诺）{closed}件",
        f"全部（涉密件除外）{len(rows)}件",
        f"A类{class_a}件",
        f"已答复（涉密件除外）{answered}件",
        f"满意和基本满意{good}件",
        f"满意{overall['satisfied']}件",
        f"代表评价的回执{receipts}件",
    ):
        assert words in part
        number = re.search(r"([0-9]+)件$", words)
        assert number is not None
        assert total(supervisor.get(part[words]).text) == int(number[1])
    assert len(secret) == 4


def test_the_government_office_sees_its_own_units_and_no_sealed_rating(year: Flask) -> None:
    page = Visitor(year, "inspector").get("/").text
    assert "团区委" not in page
    assert "区林业局" in section(page, "silent-h")
    with year.app_context():
        sealed = [
            row for row in db.session.scalars(select(Handling)) if row.state is S.RATED and row.unit.is_government
        ]
    assert f"已评价、还没公布{len(sealed)}件" in section(page, "done-h")


@pytest.mark.parametrize("who", ["supervisor", "inspector"])
def test_the_screen_of_the_meeting_room_leads_to_its_lists_and_tells_nothing_sealed(year: Flask, who: str) -> None:
    person = Visitor(year, who)
    answer = person.get("/big-screen")
    assert answer.headers["Refresh"] == "300"
    assert "Refresh" not in person.get("/big-screen?still=1").headers
    assert "<script" not in answer.text.split("<main")[1]
    numbers = re.findall(r'<a href="(/statistics/list/[^"]+)"[^>]*>[^<]*<b>([0-9]+)</b>', answer.text)
    assert len(numbers) > 12
    for url, number in numbers:
        assert "opened=1" in url
        assert total(person.get(html.unescape(url)).text) == int(number), url
    sealed = links(section(answer.text, "big-rates-h"))
    with year.app_context():
        rows = [row for row in db.session.scalars(select(Handling)) if who == "supervisor" or row.unit.is_government]
        assert f"已评价、还没公布{sum(1 for row in rows if row.state is S.RATED)}" in sealed
        late = sum(1 for row in rows if row.red_after and row.red_after < TODAY and row.state not in HANDLING_ENDS)
    assert f'light=over"><b>{late}</b>' in answer.text


def test_the_bulletin_of_a_week_says_who_was_late_where_and_for_how_long(year: Flask, supervisor: Visitor) -> None:
    page = supervisor.get("/bulletin?week=2026-05-13").text
    with year.app_context():
        rows = [row for row in db.session.scalars(select(Handling)) if row.state is not S.TERMINATED]
        sunday = date(2026, 5, 17)
        late = [
            row
            for row in rows
            if row.round == 1
            and row.reply_due_on < sunday
            and (row.dispatched_on is None or row.dispatched_on > sunday)
        ]
        sent = [row for row in rows if row.dispatched_on and date(2026, 5, 11) <= row.dispatched_on <= sunday]
        one = next(row for row in late if row.state is S.PLAN_REVIEW)
        number, days = one.number_text, (sunday - one.reply_due_on).days
    assert "2026年第20周" in page
    assert f"<strong>{len(late)}</strong>" in page
    assert f"<strong>{len(sent)}</strong>" in page
    row = next(part for part in section(page, "late-h").split("<tr>") if number in part)
    assert f"{days}天" in row
    assert "方案待审，等局长审定方案" in row
    silent = section(page, "silent-h")
    assert all(name in silent for name in ("区林业局", "团区委", "区残联"))
    word = supervisor.get("/bulletin.docx?week=2026-05-13")
    assert word.data.startswith(b"PK")
    assert "团区委" not in Visitor(year, "inspector").get("/bulletin").text
    for odd in ("week=", "week=x", "week=9999-12-31", "week=0001-01-01"):
        assert supervisor.get(f"/bulletin?{odd}").status_code == 200


def test_whatever_is_red_today_stands_in_the_bulletin(year: Flask, supervisor: Visitor) -> None:
    page = supervisor.get("/bulletin").text
    with year.app_context():
        red = select(Handling).where(Handling.red_after < TODAY, Handling.state.not_in(HANDLING_ENDS))
        numbers = [row.number_text for row in db.session.scalars(red)]
        owed = select(CoHandling).where(CoHandling.red_after < TODAY, CoHandling.state.in_(OWED))
        opinions = [(co.handling.number_text, co.unit.name) for co in db.session.scalars(owed)]
    listed = re.findall(r"第[\d-]+号", section(page, "late-h") + section(page, "red-h"))
    assert sorted(listed) == sorted(numbers)
    assert "第" in section(page, "red-h")
    lines = [part for part in section(page, "opinions-h").split("<tr>") if '<th scope="row"' in part]
    assert len(lines) == len(opinions) > 0
    assert all(any(number in line and unit in line for line in lines) for number, unit in opinions)


@pytest.mark.parametrize("path", ["/big-screen", "/bulletin", "/bulletin.docx"])
def test_the_screen_and_the_bulletin_are_for_those_above_the_units(year: Flask, path: str) -> None:
    for who in ("director", "auditor", "deputy"):
        assert Visitor(year, who).get(path).status_code == 403
