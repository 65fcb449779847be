"""How the database is opened: SQLite durable and explicit about writing, PostgreSQL with its strict defaults."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event

from suggestions.extensions import db

_is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)
_WAL_IS_FIXED_IN = (3, 51, 3)
_BACKPORTED = {(3, 44, 6), (3, 50, 7)}


def journal_mode() -> str:
    """WAL where its reset bug is fixed (sqlite.org/wal.html), otherwise TRUNCATE, which has none."""
    version = sqlite3.sqlite_version_info
    return "WAL" if version >= _WAL_IS_FIXED_IN or version in _BACKPORTED else "TRUNCATE"


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"journal_mode={journal_mode()}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=20000",
        "recursive_triggers=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _is_writing.get() else "BEGIN")


def prepare(engine: Engine) -> None:
    """Make an SQLite engine durable, strict and explicit about who writes; other engines are left as they are."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def init_app(app: Flask) -> None:
    """Prepare the application's engine before its first connection."""
    with app.app_context():
        prepare(db.engine)


@contextmanager
def writing() -> Iterator[None]:
    """Begin every transaction inside as a writing one, so that two writers queue instead of losing updates."""
    if _is_writing.get():
        yield
        return
    db.session.rollback()
    token = _is_writing.set(True)
    try:
        yield
    finally:
        _is_writing.reset(token)
