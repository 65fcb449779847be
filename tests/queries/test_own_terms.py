"""A day stands beside what it is the day of: an answer that is owed first hides neither a rating nor a promise."""

from datetime import date

import pytest
from sqlalchemy import select, update

from suggestions.domain.actions import Action as A
from suggestions.extensions import db
from suggestions.models import Handling, Post, Promise
from suggestions.queries.desks import deciding
from suggestions.queries.desks.congress import CongressDesk
from suggestions.queries.desks.deputy import DeputyDesk
from suggestions.queries.own_dates import own_dates
from suggestions.queries.register import register
from suggestions.queries.register_filters import Wanted
from tests.queries.conftest import NOON, House, desk, groups

RATING, ANSWER = date(2026, 3, 23), date(2026, 3, 6)


@pytest.fixture
def urged(house: House) -> Handling:
    """A letter that waits for its rating, while somebody wants an answer before."""
    row = house.handling("004")
    row.rating_due_on, row.next_due, row.next_due_on = RATING, "answer", ANSWER
    row.yellow_on, row.yellow_reason, row.red_after = date(2026, 3, 5), "催办要回话", ANSWER
    db.session.flush()
    return row


def test_the_deputys_calendar_holds_the_day_of_the_rating(house: House, urged: Handling) -> None:
    person_id = house.actor("deputy").person_id
    posts = db.session.scalars(select(Post).where(Post.person_id == person_id)).all()
    dates = {each.key: (each.on, each.text) for each in own_dates(person_id, posts)}
    on, said = dates[f"handling-{urged.id}"]
    assert on == RATING
    assert said.endswith("》代表评价到期")


@pytest.mark.usefixtures("urged")
def test_the_deputy_is_told_the_day_of_the_rating(house: House) -> None:
    task = next(task for task in desk(house, "deputy", DeputyDesk).tasks if task.form.action is A.RATE)
    assert task.detail == "请在3月23日前评。"


def test_the_register_pairs_the_waiting_deputy_with_the_day_of_the_rating(house: House, urged: Handling) -> None:
    def due_text(on: date) -> str:
        lines = register(house.actor("supervisor"), on, Wanted()).lines
        return next(line.due_text for line in lines if line.id == urged.id)

    assert due_text(NOON.date()) == "3月23日到期"
    assert due_text(date(2026, 3, 5)) == due_text(date(2026, 3, 10)) == "催办回话3月6日到期"


def test_the_office_sees_the_light_of_the_rating_and_none_where_no_term_runs(house: House, urged: Handling) -> None:
    item = groups(desk(house, "supervisor", CongressDesk))["g-unrated"][0]
    assert item.light
    assert (item.number, item.due_on, item.light.rest) == ("第004号", RATING, "3月23日到期")
    db.session.execute(update(Promise).where(Promise.handling_id == urged.id).values(release_asked_on=NOON.date()))
    actor = house.actor("supervisor")
    for found in (deciding.releases, deciding.insisted):
        asked = found([urged], actor, NOON.date()).items[0]
        assert (asked.light, asked.due_on) == (None, None)
