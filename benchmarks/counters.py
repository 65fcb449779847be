"""The statistics page beside GROUP BY over the tables, with a million cases: `python -m benchmarks.counters`.

Ten years, 60 units, 12 categories; most cases are closed, those of the newest year are on their way. Only the ratio
travels to other machines.
"""

import random
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import flask_migrate
from sqlalchemy import event, text

from benchmarks.__main__ import milliseconds
from suggestions import create_app
from suggestions.domain.counting import Kind, Reached, Row, Said, of_round
from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models.counted import Cell, Counted, cells
from suggestions.queries.counts import Asked, scope_of
from suggestions.queries.statistics import statistics

NEWEST, UNITS, CATEGORIES = 2026, 60, 12
TODAY = date(NEWEST, 4, 22)
_SAID = (Said.SATISFIED, Said.SATISFIED, Said.MOSTLY, Said.LAPSED, Said.UNDERSTOOD, Said.DISSATISFIED)
GROUPED = """
    SELECT h.unit_id, s.category, h.state, h.result_class, h.rated_on IS NULL, h.closed_on IS NULL, count(*)
    FROM handling h JOIN suggestion s ON s.id = h.suggestion_id
    GROUP BY h.unit_id, s.category, h.state, h.result_class, h.rated_on IS NULL, h.closed_on IS NULL
"""
NARROW = "SELECT year, unit_id, category, shape, count(*) FROM standing GROUP BY year, unit_id, category, shape"


def row(dice: random.Random, year: int, assigned: date) -> tuple[Row, str]:
    """How one case may stand, with its marks."""
    contacts = dice.choice(("bm", "bdm", "bdam", "d"))
    course = f"course:assigned.{assigned:%Y-%m}"
    if year == NEWEST and dice.random() < 0.6:
        due = assigned + timedelta(days=90)
        light = f"light:{due - timedelta(days=15)}.{due}"
        return Row(Kind.HANDLING, contacts=contacts, due_on=due, is_received=True), f"{course} {light} wait:receive.1"
    replied = assigned + timedelta(days=dice.randint(20, 100))
    said = dice.choice(_SAID)
    found = Row(
        Kind.HANDLING,
        Reached.CLOSED if year < NEWEST else Reached.REPLIED,
        is_on_time=dice.random() < 0.95,
        said=said,
        shown=said,
        is_publishable=dice.random() < 0.9,
        is_received=True,
        result_class=dice.choice("AAAAAABBC"),
        contacts=contacts,
    )
    waits = f"wait:receive.{dice.randint(0, 3)} wait:read.{dice.randint(0, 9)} wait:plan.{dice.randint(1, 20)}"
    return found, f"{course} course:replied.{replied:%Y-%m} {waits} wait:reply.{dice.randint(20, 90)}"


def cases(number: int) -> Iterator[tuple[int, Row, str, Counted, Counted]]:
    """So many cases: id, row, state and the standings of the suggestion and of its handling."""
    dice = random.Random(11)
    for id in range(1, number + 1):
        year = NEWEST - id % 10
        assigned = date(year, dice.choice((2, 2, 2, 3, 7)), dice.randint(1, 28))
        found, marks = row(dice, year, assigned)
        unit, lead, category = 1 + id % UNITS, 1 + id % 3000, f"类别{id % CATEGORIES}"
        whole = Row(**{**vars(of_round(found, is_first=True, is_latest=True)), "kind": Kind.SUGGESTION})
        own = Counted("h", id, 1, id, id, year, unit, category, lead, False, found.shape, marks)
        course = " ".join(mark for mark in marks.split(" ") if mark.startswith("course"))
        above = Counted("s", id, 1, id, None, year, None, category, lead, False, whole.shape, course)
        yield id, found, assigned.isoformat(), above, own


def fill(file: Path, number: int) -> None:
    """Write the cases straight into the tables."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    connection.executemany(
        "INSERT INTO unit (id, name, is_government, phone) VALUES (?, ?, 1, '')",
        ((id, f"单位{id}") for id in range(1, UNITS + 1)),
    )
    connection.executemany(
        "INSERT INTO person (id, name, delegation, phone, is_password_given, is_active, is_large, is_contrast) "
        "VALUES (?, ?, '', '', 0, 1, 0, 0)",
        ((id, f"代表{id}") for id in range(1, 3001)),
    )
    tally: Counter[Cell] = Counter()
    for id, found, on, above, own in cases(number):
        is_closed = found.reached is Reached.CLOSED
        state = "closed" if is_closed else "in_progress" if found.reached is Reached.OPEN else "follow_up"
        connection.execute(
            "INSERT INTO suggestion (id, version, state, congress, term, session, series, number, title, content, asked,"
            " category, lead_id, is_on_paper, is_name_hidden, is_key, phone, rulebook, ruled_on, assigned_on, chain_seq,"
            " chain_hash) VALUES (?, 1, 'assigned', '区', 1, ?, 'session', ?, '关于某事的建议', ?, '[]', ?, ?, 0, 0, 0, '',"
            " 'chongqing', ?, ?, 0, '')",
            (id, own.year, str(id), "正文。" * 200, own.category, own.lead_id, on, on),
        )
        connection.execute(
            "INSERT INTO handling (id, version, state, suggestion_id, unit_id, round, handler_id, reply_term, publication,"
            " assigned_on, received_on, reply_due_on, next_due, yellow_reason, extended_months, result_class, rated_on,"
            " closed_on) VALUES (?, 1, ?, ?, ?, 1, 1, 'ordinary', '', ?, ?, ?, '', '', 0, ?, ?, ?)",
            (id, state, id, own.unit_id, on, on, on, found.result_class, on, on if is_closed else None),
        )
        for each in (above, own):
            values = each.values
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO standing ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608
            tally.update(cells(each))
    connection.executemany(
        "INSERT INTO tally (year, dim, key, shape, times) VALUES (?, ?, ?, ?, ?)",
        ((*cell, times) for cell, times in tally.items()),
    )
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


def main(number: int) -> None:
    """Measure and print medians and ratios."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "counters.db"
        app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}", "FILES_DIR": name, "CHEAP_PASSWORDS": True})
        with app.app_context():
            flask_migrate.upgrade()
            db.session.remove()
            fill(file, number)
            actor = Actor(1, "周敏", Role.SUPERVISOR)
            taken: list[str] = []
            event.listen(db.engine, "before_cursor_execute", lambda _c, _k, statement, *_: taken.append(statement))

            def page() -> None:
                statistics(db.session(), scope_of(db.session(), actor), Asked(NEWEST), TODAY)

            def grouped(statement: str) -> None:
                db.session.execute(text(statement)).all()

            ours = milliseconds(page, 9)
            statements = len(taken) // 9
            wide, narrow = milliseconds(lambda: grouped(GROUPED), 3), milliseconds(lambda: grouped(NARROW), 3)
            print(f"{number} cases, {statements} statements a page")
            print(f"{'statistics page':<36}{ours:10.1f} ms")
            print(f"{'GROUP BY over handling, suggestion':<36}{wide:10.1f} ms  page: {ours / wide:.3f} of it")
            print(f"{'GROUP BY over the narrow table':<36}{narrow:10.1f} ms  page: {ours / narrow:.3f} of it")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
