"""Databases for tests: each template made once for all processes, and its copies on applications that go round."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, make_url

from suggestions import clock, create_app
from suggestions.extensions import db
from suggestions.models.calendar import forget_calendar
from tests import servers

COPY, BEGUN = "copy of a template", "settings that it began with"
Templates = Mapping[str, tuple[str, Callable[[], object]]]
"""What a test can begin from: each template with the one that it begins from itself, and what is done there."""


class Sqlite:
    """Databases as files: a copy is a copied file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def url(self, name: str) -> str:
        return f"sqlite:///{self._folder / name}.db"

    def create(self, name: str, template: str | None = None) -> None:
        if template is not None:
            shutil.copyfile(self._folder / f"{template}.db", self._folder / f"{name}.db")

    def drop(self, name: str) -> None:
        for file in self._folder.glob(f"{name}.db*"):
            file.unlink()


class Databases:
    """The databases of one kind: each template made once, when it is first asked for, and any number of copies."""

    def __init__(self, server: Sqlite | servers.Socket, folder: Path, templates: Templates, made_at: datetime) -> None:
        self._templates, self._made_at = templates, made_at
        self.server = server
        self.folder = folder
        self._numbers = count(1)
        self._idle: list[Flask] = []

    def application(self, name: str, files: Path) -> Flask:
        """An application on one database, with cheap passwords and the practice mode.

        It may have been on another one before: making one is dear, and so is what it has compiled meanwhile.
        """
        app = self._idle.pop() if self._idle else self._new(name)
        app.config.clear()
        app.config.update(app.extensions[BEGUN])
        app.config.update({"SQLALCHEMY_DATABASE_URI": self.server.url(name), "FILES_DIR": str(files)})
        return app

    def _new(self, name: str) -> Flask:
        settings = {"CHEAP_PASSWORDS": True, "PRACTICE": True, "TESTING": True}
        app = create_app({"SQLALCHEMY_DATABASE_URI": self.server.url(name), **settings})
        app.extensions[BEGUN] = dict(app.config)

        def go_where_it_is_now(dialect: Any, _record: Any, args: list[Any], named: dict[str, Any]) -> None:
            args[:], now = dialect.create_connect_args(make_url(app.config["SQLALCHEMY_DATABASE_URI"]))
            named.update(now)

        with app.app_context():
            event.listen(db.engine, "do_connect", go_where_it_is_now)
            if db.engine.dialect.name == "sqlite":
                event.listen(db.engine, "connect", do_not_wait_for_the_disk)
        return app

    def release(self, app: Flask) -> None:
        """Close every connection of an application, forget what was cached of its database, and keep it for others."""
        disconnect(app)
        self._idle.append(app)

    def copy(self, template: str, files: Path) -> Iterator[Flask]:
        """An application on a copy of a template; database and connections are gone afterwards."""
        name = f"{template}_{os.getpid()}_{next(self._numbers)}"
        self.begin(name, template, files)
        app = self.application(name, files)
        with app.app_context():
            copy = app.extensions[COPY] = Copy(self, app, name, template, files)
        try:
            yield app
        finally:
            copy.forget()
            self.release(app)
            self.server.drop(name)

    def begin(self, name: str, template: str, files: Path) -> None:
        """Make a database, and the files beside it, as they are in a template."""
        self._make(template)
        self.server.create(name, template)
        if self._files(template).exists():
            shutil.copytree(self._files(template), files)

    def _files(self, template: str) -> Path:
        return self.folder / f"{template}-files"

    def _make(self, template: str) -> None:
        made = self.folder / f"{template}.made"
        if made.exists():
            return
        base, furnish = self._templates[template]
        if base:
            self._make(base)
        with (self.folder / f"{template}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if made.exists():
                return
            # Another process may have been ended in the middle of it.
            self.server.drop(template)
            shutil.rmtree(self._files(template), ignore_errors=True)
            self.begin(template, base, self._files(template)) if base else self.server.create(template)
            app = self.application(template, self._files(template))
            try:
                with app.app_context(), clock.pinned(self._made_at):
                    furnish()
            finally:
                self.release(app)
            made.touch()


class Copy:
    """An application's copy of a template, which may begin anew from another one while nothing has been written."""

    def __init__(self, databases: Databases, app: Flask, name: str, template: str, files: Path) -> None:
        self._databases, self._app, self._name, self._files = databases, app, name, files
        self.template = template
        self.is_written = False
        self._engine = db.engine
        event.listen(self._engine, "commit", self._note)

    def forget(self) -> None:
        """Take no more notice of what is written."""
        event.remove(self._engine, "commit", self._note)

    def _note(self, _connection: object) -> None:
        self.is_written = True

    def begin_from(self, template: str) -> None:
        """Put another template in its place."""
        assert not self.is_written
        db.session.remove()
        disconnect(self._app)
        self._databases.server.drop(self._name)
        shutil.rmtree(self._files, ignore_errors=True)
        self._databases.begin(self._name, template, self._files)
        self.template = template


def disconnect(app: Flask) -> None:
    """Close every connection of an application and forget what was cached of its database."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    forget_calendar()


def do_not_wait_for_the_disk(connection: Any, _record: Any) -> None:
    """Nothing here outlives the tests; what the application asks of a disk has a test of its own."""
    connection.execute("PRAGMA synchronous=OFF")
