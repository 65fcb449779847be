"""What every test shares: both databases, made once for all processes, of which each test gets a fresh copy."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cache, partial
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask

from suggestions.documents import readings, safety
from suggestions.documents.originals import read_original
from suggestions.extensions import db
from suggestions.practice import HANDOVER
from suggestions.practice.history import load_practice
from suggestions.practice.people import settle
from suggestions.practice.play import Play
from suggestions.usecases import importing, office
from suggestions.usecases.filing import Upload
from tests import servers
from tests.databases import Databases, Sqlite

EMPTY, HOUSE, WHOLE, PLAYED = "empty", "house", "whole", "played"
TAKEN_UP = frozenset({"001", "003", "009", "010", "014"})
"""The numbers of the practice handover that most tests take up; what lies beside them calls whenever a clock moves."""
ASSIGNED_ON = date(2026, 2, 9)
MADE_AT = datetime.combine(ASSIGNED_ON, time(8))
# Otherwise each application would keep a key of its own beside the checkout's database.
os.environ.setdefault("SECRET_KEY", "a key for the tests alone")


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Do nothing: pytest-flask would push one request for the whole test, and every client would be the same person."""


ROOM, SHARED, SERVER = pytest.StashKey[Path](), pytest.StashKey[Path](), pytest.StashKey["servers.Postgres"]()
IN_MEMORY, ENOUGH = Path("/dev/shm"), 4 * 1024**3  # noqa: S108


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let what is made for a while lie in memory, where there is room: a disk would be asked a million times."""
    is_one_of_many = hasattr(config, "workerinput")
    if is_one_of_many or not os.access(IN_MEMORY, os.W_OK) or shutil.disk_usage(IN_MEMORY).free < ENOUGH:
        return
    room = config.stash[ROOM] = Path(tempfile.mkdtemp(prefix="suggestions-", dir=IN_MEMORY))
    # The database server is another user.
    room.chmod(0o711)
    tempfile.tempdir = os.environ["TMPDIR"] = str(room)


def pytest_configure_node(node: Any) -> None:
    """Let every process of the tests use the same templates and the same server, which this one starts and stops."""
    stash = node.config.stash
    if SHARED not in stash:
        stash[SHARED] = Path(tempfile.mkdtemp(prefix="suggestions-tests-"))
        if server := servers.start_postgres():
            stash[SERVER] = server
    node.workerinput["shared"] = str(stash[SHARED])
    node.workerinput["server"] = str(stash[SERVER].folder) if SERVER in stash else ""


BEGIN_WITH = ("browser/test_every_action.py", "queries/test_statistics.py", "domain/test_model.py")
"""Long files, and of those that wait for the practice history to be played only one for each database."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the processes begin with files that do not wait for each other."""
    items.sort(
        key=lambda item: next((at for at, file in enumerate(BEGIN_WITH) if item.path.match(file)), len(BEGIN_WITH))
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove what was made."""
    if SERVER in config.stash:
        config.stash[SERVER].stop()
    for key in (SHARED, ROOM):
        if key in config.stash:
            shutil.rmtree(config.stash[key], ignore_errors=True)


def furnish_empty() -> None:
    """The schema, by the migrations, and the working-day table."""
    flask_migrate.upgrade()
    office.seed_calendar()


def furnish_house(only: frozenset[str] | None = None) -> None:
    """The practice people, and the practice handover of 9 February 2026 or some numbers of it."""
    settle()
    by = Play(ASSIGNED_ON).actor("supervisor")
    importing.import_handover(practice_workbook(), practice_originals(), by=by, only=only)


TEMPLATES: dict[str, tuple[str, Callable[[], object]]] = {
    EMPTY: ("", furnish_empty),
    HOUSE: (EMPTY, partial(furnish_house, TAKEN_UP)),
    WHOLE: (EMPTY, furnish_house),
    PLAYED: (EMPTY, load_practice),
}
"""What a test can begin from: each template with the one that it begins from itself, and what is done there."""


def practice_workbook() -> Upload:
    """The practice handover's workbook as an upload."""
    return Upload("handover.xlsx", (HANDOVER / "handover.xlsx").read_bytes())


def practice_originals() -> list[Upload]:
    """The practice handover's Word originals as uploads."""
    return [Upload(file.name, file.read_bytes()) for file in sorted((HANDOVER / "originals").iterdir())]


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the templates, which all processes of a run share."""
    given = getattr(request.config, "workerinput", {}).get("shared")
    return Path(given) if given else tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="session")
def sqlite_databases(shared: Path) -> Databases:
    """SQLite, always there."""
    return Databases(Sqlite(shared / "sqlite"), shared / "sqlite", TEMPLATES, MADE_AT)


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
        yield Databases(server, folder, TEMPLATES, MADE_AT)
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Each of the two databases in turn."""
    found: Any = request.getfixturevalue(f"{request.param}_databases")
    assert isinstance(found, Databases)
    return found


@pytest.fixture
def app(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The house: practice people settled, and some of the practice handover imported; all where a test asks for it."""
    is_whole = request.node.get_closest_marker("whole_handover") is not None
    yield from databases.copy(WHOLE if is_whole else HOUSE, tmp_path / "files")


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
