"""The migrations: they lead to exactly the tables of the models, there and back with a house full of rows."""

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import func, select, text

from suggestions.extensions import db
from suggestions.models import Base, CoHandling, Event, Handling


def differences() -> list[object]:
    with db.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def counted() -> list[int | None]:
    rows = [db.session.scalar(select(func.count()).select_from(table)) for table in (Handling, CoHandling, Event)]
    db.session.remove()
    return rows


def test_the_last_step_goes_back_and_forth_over_rows(app: Flask) -> None:
    with app.app_context():
        before = counted()
        assert differences() == []
        flask_migrate.downgrade(revision="0007")
        flask_migrate.upgrade()
        assert counted() == before
        assert differences() == []
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                assert connection.scalar(text("PRAGMA foreign_keys")) == 1
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
