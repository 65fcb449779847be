"""The tests' own servers start, answer, stop, and say plainly when they cannot."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests import servers
from tests.servers import NO_CHROMIUM, NO_POSTGRES, chromium_flags, find_chromium, missing, start_postgres


def ask(url: str, question: str) -> object:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        result = connection.execute(text(question))
        return result.scalar() if result.returns_rows else None


@pytest.mark.postgres
def test_a_server_starts_keeps_databases_apart_and_leaves_nothing_behind() -> None:
    server = start_postgres()
    if server is None:
        missing(NO_POSTGRES)
    try:
        server.create("first")
        ask(server.url("first"), "CREATE TABLE case_file (title text)")
        ask(server.url("first"), "INSERT INTO case_file VALUES ('关于加装电梯的建议')")
        server.create("copy", template="first")
        assert ask(server.url("copy"), "SELECT title FROM case_file") == "关于加装电梯的建议"
        assert ask(server.url("copy"), "SHOW server_encoding") == "UTF8"
        assert ask(server.url("copy"), "SHOW listen_addresses") == ""
        folder = Path(str(ask(server.url("copy"), "SHOW unix_socket_directories")))
        assert folder.is_dir()
        server.drop("copy")
        server.drop("copy")
        with pytest.raises(OperationalError, match="does not exist"):
            ask(server.url("copy"), "SELECT 1")
    finally:
        server.stop()
    server.stop()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server.pid, 0)


@pytest.mark.postgres
def test_dropping_a_database_closes_what_is_connected() -> None:
    server = start_postgres()
    if server is None:
        missing(NO_POSTGRES)
    try:
        server.create("busy")
        engine = create_engine(server.url("busy"), poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            server.drop("busy")
            with pytest.raises(OperationalError):
                connection.execute(text("SELECT 1"))
            connection.invalidate()
    finally:
        server.stop()


def test_programs_that_do_not_work_are_an_error_and_no_reason_to_skip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("initdb", "postgres"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho 'no room on the disk' >&2\nexit 1\n")
        program.chmod(0o755)
    tmp_path.chmod(0o755)
    monkeypatch.setattr(servers, "find_postgres", lambda: tmp_path)
    monkeypatch.setattr(servers, "_server_user", lambda: None)
    with pytest.raises(RuntimeError, match="no room on the disk"):
        start_postgres()


def test_without_its_programs_there_is_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "find_postgres", lambda: None)
    assert start_postgres() is None


@pytest.mark.browser
def test_the_browser_is_one_that_starts(tmp_path: Path) -> None:
    chromium = find_chromium()
    if chromium is None:
        missing(NO_CHROMIUM)
    command = [chromium, "--headless", *chromium_flags(), f"--user-data-dir={tmp_path}", "--dump-dom"]
    page = subprocess.run(
        [*command, "data:text/html,<title>in</title><script>document.title+=' order'</script>"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "<title>in order</title>" in page.stdout


def test_what_is_missing_is_left_out_on_a_desk_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no server here"):
        missing("no server here")
    monkeypatch.setenv("REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="no server here"):
        missing("no server here")
