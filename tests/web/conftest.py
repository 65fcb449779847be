"""The house of the page tests; what the pages ask of either database is tested by queries, use cases and journeys."""

from collections.abc import Iterator

import pytest
from flask import Flask

from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping
from tests.conftest import ASSIGNED_ON
from tests.databases import Databases
from tests.web.visitor import Visitor


@pytest.fixture
def databases(sqlite_databases: Databases) -> Databases:
    """SQLite alone, because a page is a page on either."""
    return sqlite_databases


@pytest.fixture
def house(app: Flask) -> Iterator[Flask]:
    """The house on 9 February 2026; every test leaves a record that holds."""
    with app.app_context():
        housekeeping.set_practice_day(ASSIGNED_ON)
    yield app
    with app.app_context():
        assert verify().faults == ()


@pytest.fixture
def admin(house: Flask) -> Visitor:
    return Visitor(house, "secadmin")
