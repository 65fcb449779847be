"""A house in which people have worked for a fortnight, and how many statements a question takes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import event, func, insert, inspect, select
from sqlalchemy.orm import joinedload

from suggestions import clock
from suggestions.domain.facts import Actor
from suggestions.extensions import db
from suggestions.models import Base, CoHandling, Cosigner, Event, Handling, Person, Post, Promise, Suggestion
from suggestions.models.actors import actor_of
from suggestions.models.calendar import calendar, forget_calendar
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.items import Desk, Todo
from tests.conftest import PLAYED
from tests.databases import Databases

Answer = TypeVar("Answer")
Row = TypeVar("Row", bound=Base)
NOON = datetime(2026, 2, 24, 12, tzinfo=clock.CHINA)


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application on the practice history, on each of the two databases; nobody may change it for good."""
    databases: Databases = request.getfixturevalue(f"{request.param}_databases")
    yield from databases.copy(PLAYED, tmp_path_factory.mktemp("lived") / "files")


@pytest.fixture
def house(lived: Flask) -> Iterator["House"]:
    """The lived-in house for one test, as it was again afterwards."""
    with lived.app_context():
        yield House()
        db.session.rollback()


_POSTS = select(Post).options(joinedload(Post.person).joinedload(Person.posts), joinedload(Post.unit)).order_by(Post.id)
_AT_ONCE = {"render_nulls": True}


class House:
    """Who works there, what they are told, and how many statements it takes."""

    def actor(self, username: str) -> Actor:
        query = _POSTS.join(Post.person).where(Person.username == username)
        return actor_of(db.session.scalars(query).unique().first(), NOON.date())

    def everybody(self) -> list[Actor]:
        return [actor_of(post, NOON.date()) for post in db.session.scalars(_POSTS).unique()]

    def handling(self, number: str) -> Handling:
        query = select(Handling).join(Handling.suggestion).where(Suggestion.number == number)
        return db.session.scalars(query).one()

    def counted(self, question: Callable[[], Answer]) -> tuple[Answer, int]:
        """The answer and the number of statements, with nothing known from before but the calendar."""
        db.session.flush()
        forget_calendar()
        calendar(db.session())
        db.session.expunge_all()
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            return question(), len(statements)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    def double(self) -> None:
        """As many cases again, each with everything under it; gone when the test ends."""
        step = 1 + max(db.session.scalar(select(func.max(model.id))) or 0 for model in _CLONED)
        for model in _CLONED:
            rows = db.session.scalars(select(model).order_by(model.id)).all()
            db.session.execute(insert(model), [_again(row, step) for row in rows], execution_options=_AT_ONCE)
        of_cases = db.session.scalars(select(Event).where(Event.suggestion_id.is_not(None))).all()
        db.session.execute(insert(Event), [_again(row, step) for row in of_cases], execution_options=_AT_ONCE)


def desk(house: House, username: str, kind: type[Answer], now: datetime = NOON) -> Answer:
    """The desk of an account, of the kind that is expected."""
    found = desk_of(house.actor(username), now)
    assert isinstance(found, kind)
    return found


def numbers(items: Sequence[Todo]) -> list[str]:
    """The bare numbers of what stands on a desk."""
    return [item.number.removeprefix("第").removesuffix("号") for item in items]


def groups(found: Desk) -> dict[str, tuple[Todo, ...]]:
    """What stands on a desk, by group."""
    return {group.id: group.items for group in found.groups}


_CLONED = (Suggestion, Cosigner, Handling, CoHandling, Promise)


def _again(row: Base, step: int) -> dict[str, object]:
    """The same row once more, under the cases that are there once more."""
    values = {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs}
    for name in ("suggestion_id", "handling_id", "co_handling_id", "id"):
        if values.get(name) is not None:
            values[name] += step
    if isinstance(row, Suggestion) and row.number:
        values["number"] = f"{int(row.number) + step * 100}"
    if isinstance(row, Handling) and row.document_number:
        values["document_number"] = f"{row.document_number}-{step}"
    if isinstance(row, Event):
        values |= {"chain": f"{row.chain}-{step}", "idempotency_key": None}
    return values
