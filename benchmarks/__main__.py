"""Pages and steps beside their floors, in one run: `make bench`, or `python -m benchmarks [rounds]`.

The floor of a page is an empty Flask answer on the same machine in the same process; the floor of a step is a durable
commit of one event's bytes. Only the ratios travel to other machines.
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import select

from benchmarks import permissions
from suggestions import clock, create_app
from suggestions.domain.actions import Action
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import Handling, Suggestion
from suggestions.practice.history import load_practice
from suggestions.practice.play import Play
from suggestions.usecases.step import take
from tests.web.visitor import Visitor

PAGES = {
    "desk": "/",
    "register": "/register",
    "case": "/handlings/{id}",
    "form": "/handlings/{id}/record-contact",
}


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of one call."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def hello() -> Flask:
    """The smallest Flask answer."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "hello")
    return app


def raw_commit(folder: Path) -> Callable[[], None]:
    """One durable commit of 1 kB, with the settings that the product ships."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE event (body TEXT)")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO event VALUES (?)", ("x" * 1024,))
        connection.execute("COMMIT")

    return commit


def house(folder: Path) -> Flask:
    """The practice house with its played history."""
    app = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'house.db'}",
            "FILES_DIR": str(folder / "files"),
            "CHEAP_PASSWORDS": True,
            "PRACTICE": True,
        }
    )
    with app.app_context():
        flask_migrate.upgrade()
        load_practice()
    return app


def through_the_door(play: Play, id: int) -> Callable[[], None]:
    """One step without reading first what a page would show."""
    by = play.actor("handler")

    def step() -> None:
        play.moment += play.pause
        with clock.pinned(play.moment):
            take(Life.HANDLING, Action.COMMENT, id, by=by, words={"comment": "量一量"})

    return step


def main(rounds: int) -> None:
    """Measure and print a table of medians and ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = house(folder)
        with app.app_context():
            found = select(Handling.id).join(Handling.suggestion).where(Suggestion.number == "006")
            id = db.session.scalars(found).one()
        client = hello().test_client()
        floor = milliseconds(lambda: client.get("/"), rounds)
        print(f"{'Flask hello':<28}{floor:8.2f} ms")
        handler = Visitor(app, "handler")
        for label, path in PAGES.items():
            took = milliseconds(lambda path=path: handler.get(path.format(id=id)), rounds)  # type: ignore[misc]
            print(f"{label:<28}{took:8.2f} ms  {took / floor:6.1f} x hello")
        commit = milliseconds(raw_commit(folder), rounds)
        print(f"{'raw durable commit':<28}{commit:8.2f} ms")
        with app.app_context():
            play = Play(date(2026, 2, 24))
            step = milliseconds(
                lambda: play.handle("006", "handler", Action.COMMENT, comment="量一量"), min(rounds, 30)
            )
            door = milliseconds(through_the_door(play, id), min(rounds, 30))
        bound = commit + 5 * floor
        for label, took in (("a step with what it shows", step), ("the same, its POST alone", door)):
            print(f"{label:<28}{took:8.2f} ms  {took / bound:6.1f} x (raw commit + 5 x hello)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
    sys.exit(1 if permissions.ask() else 0)
