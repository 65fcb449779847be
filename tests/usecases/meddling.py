"""Meddling with the record as somebody who owns the database: what such a person could do, in SQL."""

# Statements are put together from the table's own column names and from nothing that anybody sends.
# ruff: noqa: S608

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Integer, text

from suggestions.extensions import db
from suggestions.models import Event


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def ask(statement: str, **values: Any) -> Any:
    return db.session.execute(text(statement), values)


def unguard() -> None:
    """In this transaction, as somebody who owns the database: no triggers, no foreign keys and no checks."""
    if not is_sqlite():
        ask("SET LOCAL session_replication_role = replica")
        for name in ask(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'event'::regclass AND contype = 'c'"
        ).scalars():
            ask(f"ALTER TABLE event DROP CONSTRAINT {name}")
        return
    ask("PRAGMA defer_foreign_keys = ON")
    ask("PRAGMA ignore_check_constraints = ON")
    for name in ("event_no_update", "event_no_delete", "event_no_replace"):
        ask(f"DROP TRIGGER {name}")


COLUMNS = [column.name for column in Event.__table__.columns]
OTHER = {"actor_name": "'别人'"}


def copied(verb: str, more: str = "", **other: str) -> str:
    """A statement that puts a copy of the first office event in, some of its columns changed."""
    values = ", ".join({**OTHER, **other}.get(name, f'"{name}"') for name in COLUMNS)
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    return f"{verb} INTO event ({names}) SELECT {values} FROM event WHERE chain = 'office' AND seq = 1 {more}"


def others(column: str, value: Any) -> Iterator[Any]:
    """Other values than the stored one that somebody with SQL could put there, sound and nonsense alike."""
    kind = Event.__table__.columns[column].type
    made: Iterator[Any]
    if column == "payload":
        made = iter(PAYLOADS)
    elif isinstance(kind, Boolean):
        made = iter([not value])
    elif isinstance(kind, Integer):
        made = numbers(column, value)
    elif column in ("at", "on_day"):
        made = days(column, value)
    else:
        made = words(column, value)
    yield from (other for other in made if other != value)


PAYLOADS = (
    '{"remark":"\\u522b\\u7684"}',
    '{"a": 1}',
    "{}",
    "[]",
    "null",
    "nonsense",
    '{"a":1.5}',
    '{"a":1e400}',
    "[" * 9999,
)


def numbers(column: str, value: int | None) -> Iterator[Any]:
    yield 9999 if value is None else value + 1000
    if column not in ("seq", "round"):
        yield 0 if value is None else None
    if is_sqlite() and column != "seq":
        yield "nonsense"


def days(column: str, value: Any) -> Iterator[Any]:
    if column == "at":
        yield moved(value, timedelta(seconds=1))
        yield moved(value, timedelta(microseconds=1))
    else:
        yield "2026-02-01"
    if is_sqlite():
        yield "nonsense"


def words(column: str, value: str | None) -> Iterator[Any]:
    yield "x" if value is None else value[:-1] + ("0" if value[-1:] != "0" else "1")
    yield "改"
    if Event.__table__.columns[column].nullable:
        yield "" if value is None else None


def moved(value: Any, by: timedelta) -> Any:
    """The moment a little later, as this database keeps it."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return (moment + by).strftime("%Y-%m-%d %H:%M:%S.%f") if is_sqlite() else moment + by
