"""The house itself: short files, one place that commits, writes where they belong, imports in sight."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "suggestions"
LONGEST = 300
BELOW_WEB = ("domain", "models", "usecases", "queries", "documents", "notify")
# Heavy or seldom needed: loaded by the one function that needs them.
LAZY_IMPORTS: dict[str, str] = {
    "documents/letters/as_pdf.py:_weasyprint": "WeasyPrint takes a second and needs libraries that not every machine has",
    "documents/ledgers/workbook.py:_openpyxl": "openpyxl is large, and only who exports a ledger needs it",
}
# Who may write: the verbs alone. Steps and acts of office record an event; housekeeping is listed in its file.
WRITERS = ("usecases/",)
RAW_SQL = {
    "usecases/housekeeping.py": "deletes working copies and marks notices in one statement",
    "usecases/recounting.py": "throws the counters away before they are counted anew",
    "usecases/import_jobs.py": "of two that take a job, one statement lets one have it",
    "usecases/export_jobs.py": "of two that take an export, one statement lets one have it",
    "usecases/proving_email.py": "deletes codes that are dead in one statement",
    "web/records.py": "asks the database whether it is there",
    "queries/verification.py": "asks SQLite whether its file is whole",
}
HOUSEKEEPING = {
    "working_copy",
    "save_working_copy",
    "drop_working_copy",
    "note_seen",
    "read_notices",
    "set_preference",
    "set_practice_day",
}
WRITE_METHODS = {"add", "add_all", "delete", "merge", "flush", "bulk_save_objects", "bulk_insert_mappings"}
WRITE_STATEMENTS = {"insert", "update", "delete"}


def sources(*parts: str) -> list[Path]:
    found = [file for part in parts for file in sorted((ROOT / part).rglob("*.py"))]
    assert found
    return found


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def name_of(file: Path) -> str:
    return file.relative_to(PACKAGE if file.is_relative_to(PACKAGE) else ROOT).as_posix()


def calls(file: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call as (node, what stands before the last dot, the last word)."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, ast.unparse(node.func.value), node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, "", node.func.id


@pytest.mark.parametrize("part", ["suggestions", "tests", "benchmarks", "deploy"])
def test_no_file_is_longer_than_300_lines(part: str) -> None:
    if not (ROOT / part).exists() or not any((ROOT / part).rglob("*.py")):
        return
    long = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in sources(part)}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_every_file_opens_with_a_sentence() -> None:
    silent = [name_of(file) for file in sources("suggestions", "tests") if not ast.get_docstring(tree(file))]
    assert silent == []


def test_one_place_commits() -> None:
    where = {name_of(file) for file in sources("suggestions") for _, _, word in calls(file) if word == "commit"}
    assert where == {"usecases/transaction.py"}


def test_nothing_below_the_pages_knows_the_browser() -> None:
    known = {}
    for part in BELOW_WEB:
        for file in sorted((PACKAGE / part).rglob("*.py")):
            for node in ast.walk(tree(file)):
                names: set[str] = set()
                if isinstance(node, ast.ImportFrom):
                    names = {f"{node.module}.{alias.name}" for alias in node.names}
                elif isinstance(node, ast.Import):
                    names = {alias.name for alias in node.names}
                strangers = {
                    name
                    for name in names
                    if name.startswith(("flask_login", "flask_wtf", "wtforms", "werkzeug", "suggestions.web"))
                    or (name.startswith("flask.") and name not in ("flask.current_app", "flask.Flask"))
                }
                if strangers:
                    known[name_of(file)] = strangers
    assert known == {}


def test_no_import_hides_in_a_function() -> None:
    hidden = {
        f"{name_of(file)}:{function.name}"
        for file in sources("suggestions")
        for function in ast.walk(tree(file))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert hidden == set(LAZY_IMPORTS)


def writes(file: Path) -> Iterator[str]:
    """The calls that would write to the database."""
    for node, before, word in calls(file):
        if word in WRITE_METHODS and re.search(r"\bsession\b(\(\))?$", before):
            yield f"{before}.{word}"
        if word in WRITE_STATEMENTS and before in ("", "sa", "sqlalchemy"):
            yield word
        if word in ("execute", "scalars", "scalar") and node.args and "text(" in ast.unparse(node.args[0]):
            yield f"{word}(text)"


def test_only_use_cases_write() -> None:
    found = {name_of(file): sorted(writes(file)) for file in sources("suggestions")}
    strangers = {
        name: said for name, said in found.items() if said and not name.startswith(WRITERS) and name not in RAW_SQL
    }
    assert strangers == {}
    assert {
        name for name, said in found.items() if any(word in (*WRITE_STATEMENTS, "execute(text)") for word in said)
    } == set(RAW_SQL)


def test_every_verb_that_writes_is_a_use_case() -> None:
    """A public function of a use-case file that opens a transaction says so; housekeeping is the list in its file."""
    public = {
        node.name
        for node in tree(PACKAGE / "usecases/housekeeping.py").body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert public == HOUSEKEEPING
    for node in tree(PACKAGE / "usecases/housekeeping.py").body:
        if isinstance(node, ast.FunctionDef) and node.name != "working_copy":
            assert [ast.unparse(each) for each in node.decorator_list] == ["use_case"], node.name


def test_nothing_of_this_machine_stands_in_the_house() -> None:
    told = re.compile("|".join(re.escape(f"{folder}/") for folder in (ROOT.parent, Path.home())) + r"|\.internal\b")
    found = [
        f"{file.relative_to(ROOT)}"
        for pattern in (
            "suggestions/**/*.py",
            "templates/**/*.html",
            "migrations/**/*.py",
            "docs/**/*.md",
            "*.md",
            "Makefile",
        )
        for file in ROOT.glob(pattern)
        if "vendor" not in file.parts and told.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []
