"""A byte of the database file is changed: verification never stays silent and never breaks."""

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from suggestions import create_app
from suggestions.database import journal_mode
from suggestions.extensions import db
from suggestions.queries.verification import Verified, verify
from tests.databases import Databases, disconnect
from tests.usecases.small import SMALL

DAMAGED = "数据库文件已损坏"
PLACES = 80


def payload_places(data: bytes, count_of: int) -> list[int]:
    """Places in a database file that lie inside the stored payloads of events, by chance but always the same."""
    found = [
        place
        for stored in re.finditer(
            rb'\{"(?:remark|content|measures|requests|assigned_on|name|fingerprint)"[^\x00]{10,3000}', data
        )
        for place in range(stored.start(), stored.start() + len(json_prefix(stored.group())))
    ]
    assert len(found) > 5 * count_of
    return sorted(random.Random(20260209).sample(found, count_of))


def json_prefix(stored: bytes) -> bytes:
    """As much as is surely payload: to the end of the object, or, when it flows over into another page, to the cut."""
    try:
        _, end = json.JSONDecoder().raw_decode(stored.decode("latin-1"))
    except ValueError:
        end = len(stored) // 2
    return stored[:end]


def changed_byte(old: int) -> Iterator[int]:
    """Other bytes for one byte: one bit flipped, a digit or letter beside it, and one that no text holds."""
    yield old ^ 1
    yield 0xFF


def test_any_changed_byte_of_a_payload_is_found_in_the_file(sqlite_databases: Databases, tmp_path: Path) -> None:
    """Never an exception, never silence: an event is named, or the file is called damaged."""
    outcome: list[Verified] = []

    def damage(app: Flask, file: Path, whole: bytes, place: int, byte: int) -> None:
        file.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
        with app.app_context():
            outcome.append(verify())
            db.session.remove()
            db.engine.dispose()
        said = " ".join(outcome[-1].faults)
        context = (place, byte, whole[place - 20 : place + 20])
        assert re.search(rf"第\d+条记录|{DAMAGED}", said), context

    with_file(sqlite_databases, tmp_path, damage)
    named = sum(DAMAGED not in " ".join(found.faults) for found in outcome)
    assert len(outcome) >= PLACES
    assert named > 0


def with_file(databases: Databases, tmp_path: Path, damage: Callable[[Flask, Path, bytes, int, int], None]) -> None:
    for app in databases.copy(SMALL, tmp_path / "files"):
        source = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
        whole = source.read_bytes()
        copy = tmp_path / "damaged.db"
        shutil.copyfile(source, copy)
        damaged = damaged_app(databases, copy, tmp_path)
        try:
            for place in payload_places(whole, PLACES):
                for byte in changed_byte(whole[place]):
                    damage(damaged, copy, whole, place, byte)
        finally:
            copy.write_bytes(whole)
            disconnect(damaged)


def damaged_app(databases: Databases, copy: Path, tmp_path: Path) -> Flask:
    """An application on the very file that is damaged."""
    target = Path(databases.server.url("damaged").removeprefix("sqlite:///"))
    if not target.is_symlink():
        target.symlink_to(copy)
    return databases.application("damaged", tmp_path / "files")


def test_the_application_waits_for_the_disk_and_keeps_its_keys(tmp_path: Path) -> None:
    """The copies that tests work on do not; the application does."""
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'kept.db'}"})
    with app.app_context():
        kept = {name: db.session.scalar(text(f"PRAGMA {name}")) for name in ("synchronous", "foreign_keys")}
        kept["journal_mode"] = db.session.scalar(text("PRAGMA journal_mode"))
    disconnect(app)
    assert kept == {"synchronous": 2, "foreign_keys": 1, "journal_mode": journal_mode().lower()}
