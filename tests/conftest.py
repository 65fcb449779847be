"""What every test shares: both databases, made once for all processes, of which each test gets a fresh copy."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import event

from suggestions import clock, create_app
from suggestions.documents import readings, safety
from suggestions.documents.originals import read_original
from suggestions.extensions import db
from suggestions.models.calendar import forget_calendar
from suggestions.practice import HANDOVER
from suggestions.practice.history import load_practice
from suggestions.practice.people import settle
from suggestions.practice.play import Play
from suggestions.usecases import importing, office
from suggestions.usecases.filing import Upload
from tests import servers

EMPTY, HOUSE, PLAYED = "empty", "house", "played"
COPY = "copy of a template"
ASSIGNED_ON = date(2026, 2, 9)
# Otherwise each application would keep a key of its own beside the checkout's database.
os.environ.setdefault("SECRET_KEY", "a key for the tests alone")


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Do nothing: pytest-flask would push one request for the whole test, and every client would be the same person."""


SHARED, SERVER = pytest.StashKey[Path](), pytest.StashKey["servers.Postgres"]()


def pytest_configure_node(node: Any) -> None:
    """Let every process of the tests use the same templates and the same server, which this one starts and stops."""
    stash = node.config.stash
    if SHARED not in stash:
        stash[SHARED] = Path(tempfile.mkdtemp(prefix="suggestions-tests-"))
        if server := servers.start_postgres():
            stash[SERVER] = server
    node.workerinput["shared"] = str(stash[SHARED])
    node.workerinput["server"] = str(stash[SERVER].folder) if SERVER in stash else ""


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove the templates."""
    if SERVER in config.stash:
        config.stash[SERVER].stop()
    if SHARED in config.stash:
        shutil.rmtree(config.stash[SHARED], ignore_errors=True)


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

    def __init__(self, server: "Sqlite | servers.Socket", folder: Path) -> None:
        self.server = server
        self.folder = folder
        self._numbers = count(1)

    def application(self, name: str, files: Path) -> Flask:
        """An application on one database, with cheap passwords and the practice mode."""
        app = create_app(
            {
                "SQLALCHEMY_DATABASE_URI": self.server.url(name),
                "FILES_DIR": str(files),
                "CHEAP_PASSWORDS": True,
                "PRACTICE": True,
                "TESTING": True,
            }
        )
        with app.app_context():
            if db.engine.dialect.name == "sqlite":
                event.listen(db.engine, "connect", do_not_wait_for_the_disk)
        return app

    def copy(self, template: str, files: Path) -> Iterator[Flask]:
        """An application on a copy of a template; database and connections are gone afterwards."""
        name = f"{template}_{os.getpid()}_{next(self._numbers)}"
        self.begin(name, template, files)
        app = self.application(name, files)
        with app.app_context():
            app.extensions[COPY] = Copy(self, app, name, template, files)
        try:
            yield app
        finally:
            release(app)
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
        base, furnish = TEMPLATES[template]
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
                with app.app_context(), clock.pinned(datetime.combine(ASSIGNED_ON, time(8))):
                    furnish()
            finally:
                release(app)
            made.touch()


class Copy:
    """An application's copy of a template, which may begin anew from another one while nothing has been written."""

    def __init__(self, databases: Databases, app: Flask, name: str, template: str, files: Path) -> None:
        self._databases, self._app, self._name, self._files = databases, app, name, files
        self.template = template
        self.is_written = False
        event.listen(db.engine, "commit", self._note)

    def _note(self, _connection: object) -> None:
        self.is_written = True

    def begin_from(self, template: str) -> None:
        """Put another template in its place."""
        assert not self.is_written
        db.session.remove()
        release(self._app)
        self._databases.server.drop(self._name)
        shutil.rmtree(self._files, ignore_errors=True)
        self._databases.begin(self._name, template, self._files)
        self.template = template


def furnish_empty() -> None:
    """The schema, by the migrations, and the working-day table."""
    flask_migrate.upgrade()
    office.seed_calendar()


def furnish_house() -> None:
    """The practice people, and the practice handover of 9 February 2026."""
    settle()
    by = Play(ASSIGNED_ON).actor("supervisor")
    importing.import_handover(practice_workbook(), practice_originals(), by=by)


TEMPLATES: dict[str, tuple[str, Callable[[], object]]] = {
    EMPTY: ("", furnish_empty),
    HOUSE: (EMPTY, furnish_house),
    PLAYED: (EMPTY, load_practice),
}
"""What a test can begin from: each template with the one that it begins from itself, and what is done there."""


def do_not_wait_for_the_disk(connection: Any, _record: Any) -> None:
    """Nothing here outlives the tests; what the application asks of a disk has a test of its own."""
    connection.execute("PRAGMA synchronous=OFF")


def practice_workbook() -> Upload:
    """The practice handover's workbook as an upload."""
    return Upload("handover.xlsx", (HANDOVER / "handover.xlsx").read_bytes())


def practice_originals() -> list[Upload]:
    """The practice handover's Word originals as uploads."""
    return [Upload(file.name, file.read_bytes()) for file in sorted((HANDOVER / "originals").iterdir())]


def release(app: Flask) -> None:
    """Close every connection of an application and forget what was cached of its database."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    forget_calendar()


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the templates, which all processes of a run share."""
    given = getattr(request.config, "workerinput", {}).get("shared")
    return Path(given) if given else tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="session")
def sqlite_databases(shared: Path) -> Databases:
    """SQLite, always there."""
    return Databases(Sqlite(shared / "sqlite"), shared / "sqlite")


@pytest.fixture(scope="session")
def postgresql_databases(request: pytest.FixtureRequest, shared: Path) -> Iterator[Databases]:
    """PostgreSQL on a server of the run's own; where there is none, the asking test says so."""
    given = getattr(request.config, "workerinput", {}).get("server")
    server = servers.Socket(Path(given)) if given else servers.start_postgres()
    if server is None:
        servers.missing(servers.NO_POSTGRES)
    folder = shared / "postgresql"
    folder.mkdir(exist_ok=True)
    try:
        yield Databases(server, folder)
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Each of the two databases in turn."""
    found: Any = request.getfixturevalue(f"{request.param}_databases")
    assert isinstance(found, Databases)
    return found


@pytest.fixture
def app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The house: practice people settled and the practice handover imported on 9 February 2026."""
    yield from databases.copy(HOUSE, tmp_path / "files")


@pytest.fixture
def empty_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """An empty house: the schema and the working-day table."""
    yield from databases.copy(EMPTY, tmp_path / "empty-files")


READ_ONCE, ACCEPT_ONCE = cache(read_original), cache(safety.accept)


@pytest.fixture
def papers_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same papers come again in many tests: what reading them costs is no matter of those tests."""
    monkeypatch.setattr(readings, "read_original", READ_ONCE)
    monkeypatch.setattr(safety, "accept", ACCEPT_ONCE)


@pytest.fixture
def played(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The practice history: cases in every state on 24 February 2026."""
    yield from databases.copy(PLAYED, tmp_path / "played-files")


@pytest.fixture
def play(app: Flask) -> Iterator[Play]:
    """The office opens on 10 February 2026, the day after the handover; inside the application's context."""
    with app.app_context():
        yield Play(date(2026, 2, 10))
        db.session.rollback()
