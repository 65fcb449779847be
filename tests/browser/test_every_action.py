"""Every action of the tables taken in a browser by the right person, from the case page, on the practice history."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from suggestions import clock
from suggestions.domain import rules
from suggestions.domain.actions import Action as A
from suggestions.domain.lifecycle import TABLES
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Suggestion, Unit
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping, ticking
from tests.browser.hand import Hands
from tests.browser.tries import STORIES
from tests.documents.making import HEADER, TITLE, workbook
from tests.documents.past_making import PROMISE, past_list

pytestmark = pytest.mark.browser

BY_THE_SYSTEM = {
    (Life.SUGGESTION, A.NOTE_MERGER),
    (Life.SUGGESTION, A.COMPLETE),
    (Life.SUGGESTION, A.REOPEN),
    (Life.HANDLING, A.BEGIN),
    (Life.HANDLING, A.KEEP_PAST),
    (Life.HANDLING, A.LAPSE_RATING),
    (Life.HANDLING, A.WAIVE_RATING),
    (Life.HANDLING, A.TERMINATE),
    (Life.HANDLING, A.REDATE),
    (Life.HANDLING, A.REMIND),
    (Life.CO_HANDLING, A.REMIND),
    (Life.CO_HANDLING, A.REINVITE_CO_OPINION),
    # The handler invites on the handling; the row that it bears on the co-handling is the birth.
    (Life.CO_HANDLING, A.INVITE_CO_OPINION),
}


@pytest.fixture(scope="module")
def hands(house: Flask, site: str, browser: Browser) -> Iterator[Hands]:
    """Everybody, each at an own screen."""
    found = Hands(house, site, browser)
    yield found
    found.close()


def ruled_by(number: str, rulebook: str) -> Callable[[Flask], None]:
    """Let a suggestion be handled under another place's rules."""

    def prepare(house: Flask) -> None:
        with house.app_context():
            db.session.scalars(select(Suggestion).where(Suggestion.number == number)).one().rulebook = rulebook
            db.session.commit()

    return prepare


def until_overdue(house: Flask) -> None:
    """Let the days pass until what 区教委 owes to 第017号 is overdue."""
    with house.app_context():
        owed = select(CoHandling).join(CoHandling.unit).join(CoHandling.handling).join(Handling.suggestion)
        co = db.session.scalars(owed.where(Suggestion.number == "017", Unit.name == "区教委")).one()
        housekeeping.set_practice_day(max(clock.today(), co.due_on + timedelta(days=1)))
        ticking.tick()


BEFORE = {
    "a dispute concluded; withdrawn where all must agree": ruled_by("003", "shanghai"),
    "extended where the office must agree": ruled_by("017", "zhejiang"),
    "without the opinion of a silent unit": until_overdue,
}


@pytest.mark.parametrize("name", list(STORIES))
def test_a_story_in_the_browser(house: Flask, hands: Hands, name: str) -> None:
    hands.complaints()
    case, moves = STORIES[name]
    if name in BEFORE:
        BEFORE[name](house)
    for move in moves:
        hands.do(case, move)
    assert hands.complaints() == []
    with house.app_context():
        assert verify().faults == ()


def draft(hands: Hands, _folder: Path) -> None:
    """A deputy begins a suggestion from the desk."""
    page = hands.person("deputy").page
    hands.person("deputy").go("/")
    page.locator("a[href='/suggestions/new']:visible").first.click()
    page.fill("[name=title]", "关于增设母婴室的建议")
    page.fill("[name=content]", "医院没有母婴室。\n为此，建议：\n一、增设母婴室。")
    page.locator("main form[method=post] button[type=submit].btn-hand").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("增设母婴室")
    expect(page.locator("main")).to_contain_text("起草中")


def import_handover(hands: Hands, folder: Path) -> None:
    """The deputies office takes in a list of one case: brought, looked at, confirmed, found in the register."""
    sheet = folder / "清单.xlsx"
    sheet.write_bytes(workbook((TITLE,), HEADER, ("801", "关于甲的建议", "陈立群", "", "区民政局", "", "2026-02-09")))
    page = take_in(hands, "/import", sheet)
    expect(page.get_by_role("heading", level=1)).to_have_text("导入好了")
    expect(page.locator("main")).to_contain_text("入册1件")
    page.get_by_role("link", name="看台账").click()
    expect(page.locator("main")).to_contain_text("801")


def import_past(hands: Hands, folder: Path) -> None:
    """The deputies office takes in a case of a past year with its open promise."""
    sheet = folder / "往年件.xlsx"
    sheet.write_bytes(past_list(promises=[PROMISE]))
    page = take_in(hands, "/import/past", sheet)
    expect(page.locator(".notice-done")).to_contain_text("往年件入册1件")
    expect(page.locator("main")).to_contain_text("301")


def take_in(hands: Hands, at: str, sheet: Path) -> Page:
    """Bring a list, look at what it would do, let it be done."""
    office = hands.person("supervisor")
    office.go(at)
    form = office.page.locator("main form[method=post]")
    form.locator("[name=workbook]").set_input_files(sheet)
    form.locator("button[type=submit]").click()
    expect(office.page.get_by_role("heading", level=1)).to_contain_text("先看一遍")
    office.page.get_by_role("button", name="入册，1件").click()
    return office.page


WITHOUT_A_CASE_PAGE: dict[tuple[Life, A], Callable[[Hands, Path], None]] = {
    (Life.SUGGESTION, A.DRAFT): draft,
    (Life.SUGGESTION, A.IMPORT_HANDOVER): import_handover,
    (Life.SUGGESTION, A.IMPORT_PAST): import_past,
}
"""How a suggestion that is not there yet, and so has no page, comes into the house."""


@pytest.mark.parametrize("birth", WITHOUT_A_CASE_PAGE.values())
def test_a_birth_in_the_browser(
    house: Flask, hands: Hands, tmp_path: Path, birth: Callable[[Hands, Path], None]
) -> None:
    hands.complaints()
    birth(hands, tmp_path)
    assert hands.complaints() == []
    with house.app_context():
        assert verify().faults == ()


def test_every_action_that_people_take_is_among_the_stories() -> None:
    by_people = {
        (life, step.action) for life, table in TABLES.items() for step in table if set(step.who) != {rules.system}
    }
    tried = {(move.life, move.action) for _, moves in STORIES.values() for move in moves}
    assert by_people - tried == WITHOUT_A_CASE_PAGE.keys() | (BY_THE_SYSTEM & by_people)
    assert tried <= by_people
    whole = {(life, step.action) for life, table in TABLES.items() for step in table}
    assert whole == tried | WITHOUT_A_CASE_PAGE.keys() | BY_THE_SYSTEM
