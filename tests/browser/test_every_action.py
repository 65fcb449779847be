"""Every action of the tables taken in a browser by the right person, from the case page, on the practice history."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
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
NOT_ON_A_CASE_PAGE = {
    # Tried below: a suggestion that is not there yet has no page.
    (Life.SUGGESTION, A.DRAFT),
    # The imports have pages and tests of their own.
    (Life.SUGGESTION, A.IMPORT_HANDOVER),
    (Life.SUGGESTION, A.IMPORT_PAST),
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


def test_a_deputy_drafts_a_suggestion_from_the_desk(hands: Hands) -> None:
    page = hands.person("deputy").page
    hands.person("deputy").go("/")
    page.locator("a[href='/suggestions/new']:visible").first.click()
    page.fill("[name=title]", "关于增设母婴室的建议")
    page.fill("[name=content]", "医院没有母婴室。\n为此，建议：\n一、增设母婴室。")
    page.locator("main form[method=post] button[type=submit].btn-hand").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("增设母婴室")
    expect(page.locator("main")).to_contain_text("起草中")


def test_every_action_that_people_take_is_among_the_stories() -> None:
    by_people = {
        (life, step.action) for life, table in TABLES.items() for step in table if set(step.who) != {rules.system}
    }
    tried = {(move.life, move.action) for _, moves in STORIES.values() for move in moves}
    assert by_people - tried == NOT_ON_A_CASE_PAGE | (BY_THE_SYSTEM & by_people)
    assert tried <= by_people
    whole = {(life, step.action) for life, table in TABLES.items() for step in table}
    assert whole == tried | NOT_ON_A_CASE_PAGE | BY_THE_SYSTEM
