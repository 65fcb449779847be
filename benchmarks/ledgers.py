"""Every ledger of many cases as a workbook, with time and memory: `python -m benchmarks.ledgers [cases] [MB allowed]`.

Each case has an assigned handling, ten events, a contact, a promise and an opinion owed by another unit. What is
measured is the most memory that the whole process ever held, the program itself included.
"""

import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import flask_migrate

from suggestions import create_app
from suggestions.documents.ledgers import workbook
from suggestions.domain.canonical import canonical
from suggestions.domain.counting import Kind, Reached, Row, Said
from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.queries.counts import Asked, scope_of
from suggestions.queries.ledgers import BOOKS, ledger

YEAR, UNITS = 2026, 60
_LONG = "这一段同真的一样长，写了做什么、谁去做、什么时候做完。" * 8
_CONTACT = {
    "form": "visit",
    "contacted_on": f"{YEAR}-02-20",
    "place": "社区活动室",
    "people": "承办人、科长",
    "asked": _LONG,
    "agreed": _LONG,
}
_STEPS = (
    *("begin", "receive", "read_original", "record_contact", "submit_plan", "approve_plan", "urge", "draft_reply"),
    *("sign_reply", "dispatch"),
)


def _put(connection: sqlite3.Connection, table: str, **values: Any) -> None:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608


def _tables(id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    unit, lead, on = 1 + id % UNITS, 1 + id % 300, f"{date(YEAR, 2, 9) + timedelta(days=id % 200)}"
    yield "suggestion", {
        "id": id, "version": 1, "state": "assigned", "congress": "区", "term": 1, "session": 1, "series": "session",
        "number": f"{id:05}", "title": f"关于第{id}件事的建议", "content": _LONG, "asked": "[]", "category": f"类别{id % 12}",
        "lead_id": lead, "is_on_paper": 0, "is_name_hidden": 0, "is_key": 0, "phone": "", "rulebook": "chongqing",
        "ruled_on": on, "assigned_on": on, "chain_seq": 10, "chain_hash": "",
    }  # fmt: skip
    yield "handling", {
        "id": id, "version": 1, "state": "follow_up", "suggestion_id": id, "unit_id": unit, "round": 1, "handler_id": 1,
        "reply_term": "ordinary", "publication": "proactive", "assigned_on": on, "received_on": on, "dispatched_on": on,
        "reply_due_on": on, "next_due": "", "yellow_reason": "", "extended_months": 0, "result_class": "B",
        "document_number": f"区函〔{YEAR}〕{id}号",
    }  # fmt: skip
    yield "promise", {
        "handling_id": id, "number": 1, "request_no": 1, "sentence": _LONG, "measure": _LONG, "owner": "科长",
        "due_on": on, "evidence": "照片", "proof": "", "made_on": on, "changed": 0, "rated": "", "reopened": 0,
        "release_ground": "",
    }  # fmt: skip
    yield "co_handling", {
        "id": id, "version": 1, "state": "invited", "handling_id": id, "unit_id": 1 + (id + 1) % UNITS,
        "is_own_invitation": 0, "question": "请说明能做什么。", "term": "co", "started_on": on, "due_on": on, "opinion": "",
    }  # fmt: skip
    for seq, action in enumerate(_STEPS, start=1):
        payload = canonical(_CONTACT if action == "record_contact" else {"text": _LONG}).decode()
        yield "event", {
            "chain": f"case:{id}", "seq": seq, "suggestion_id": id, "handling_id": id, "life": "handling",
            "action": action, "round": 1, "actor_name": "某人", "actor_id": 1, "actor_role": "director",
            "actor_title": "", "unit_name": "", "is_acting": 0, "at": f"{on} 09:00:00.000000", "on_day": on,
            "proof": "password", "content_hash": "0", "post_id": 1, "is_evidence": 0, "payload": payload, "salt": "",
            "commitment": "", "prev": "", "hash": "",
        }  # fmt: skip
    row = Row(Kind.HANDLING, Reached.REPLIED, is_on_time=True, said=Said.SEALED, shown=Said.SEALED, result_class="B")
    yield "standing", {
        "kind": "h", "target_id": id, "round": 1, "suggestion_id": id, "handling_id": id, "year": YEAR, "unit_id": unit,
        "category": "", "lead_id": lead, "is_lead_hidden": 0, "shape": row.shape, "marks": "",
    }  # fmt: skip


def fill(file: Path, number: int) -> None:
    """Write so many cases straight into the tables."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    for id in range(1, UNITS + 1):
        _put(connection, "unit", id=id, name=f"单位{id}", is_government=1, phone="")
    for id in range(1, 301):
        words = {"is_password_given": 0, "is_active": 1, "is_large": 0, "is_contrast": 0}
        _put(connection, "person", id=id, name=f"代表{id}", delegation="", phone="", **words)
    for id in range(1, number + 1):
        for table, values in _tables(id):
            _put(connection, table, **values)
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()


def most_held() -> float:
    """The most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(number: int, allowed: int) -> int:
    """Measure and print; 1 when more memory was taken than is allowed."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "ledgers.db"
        app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}", "FILES_DIR": name, "CHEAP_PASSWORDS": True})
        with app.app_context():
            flask_migrate.upgrade()
            db.session.remove()
            fill(file, number)
            before = most_held()
            print(f"{number} cases; {before:.0f} MB held before the first ledger")
            actor = Actor(1, "周敏", Role.SUPERVISOR)
            for book in BOOKS.values():
                begun, rows = time.perf_counter(), 0
                made = ledger(
                    db.session(),
                    actor,
                    scope_of(db.session(), actor),
                    Asked(YEAR),
                    code=book.code,
                    today=date(YEAR, 9, 1),
                )

                def note() -> None:
                    nonlocal rows
                    rows += 1

                out = Path(name) / f"{book.code}.xlsx"
                with out.open("wb") as target:
                    workbook.write(made, target, note)
                took, size = time.perf_counter() - begun, out.stat().st_size / 1_048_576
                print(
                    f"{book.code:<12}{rows:8} rows {took:7.1f} s {size:6.1f} MB file, most held {most_held():6.0f} MB"
                )
            most = most_held()
            print(f"most held: {most:.0f} MB of {allowed} MB allowed, {most - before:.0f} MB of it by the ledgers")
    return int(most > allowed)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(given[0] if given else 20_000, given[1] if len(given) > 1 else 200))
