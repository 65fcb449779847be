"""The command for past years: looks first, names each fault, imports what is sound."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.extensions import db
from suggestions.models import Suggestion
from suggestions.models.counting import counted_suggestions
from suggestions.practice import PAST
from tests.documents.past_making import GOOD, past_list

ARGUMENTS = ["import-past", str(PAST / "past.xlsx"), "--originals", str(PAST / "papers")]


def _run(app: Flask, *arguments: str) -> tuple[int, str]:
    with app.app_context():
        done = app.test_cli_runner().invoke(args=arguments)
    return done.exit_code, done.output


def _past(app: Flask) -> list[str | None]:
    with app.app_context():
        query = select(Suggestion.number).where(~counted_suggestions()).order_by(Suggestion.number)
        return list(db.session.scalars(query))


def test_a_dry_run_says_what_would_come_and_writes_nothing(app: Flask) -> None:
    assert _run(app, *ARGUMENTS, "--dry-run") == (0, "共4件，其中新的4件，有0处错。没有导入。\n")
    assert _past(app) == []


def test_twice_the_same_is_known(app: Flask) -> None:
    for told in ("导入4件，原来就有0件，没有导入0件。\n", "导入0件，原来就有4件，没有导入0件。\n"):
        assert _run(app, *ARGUMENTS) == (0, told)
    assert _past(app) == ["112", "126", "135", "208"]


@pytest.mark.parametrize("is_skipping", [False, True])
def test_a_fault_stops_everything_unless_it_is_skipped(app: Flask, tmp_path: Path, is_skipping: bool) -> None:
    book = tmp_path / "往年.xlsx"
    bad = {**GOOD, "建议编号": "302", "复函文号": "函2号", "主办单位": "区气象局"}
    book.write_bytes(past_list((GOOD, bad)))
    arguments = ["import-past", str(book), *(["--skip-errors"] if is_skipping else [])]
    status, output = _run(app, *arguments)
    assert "第4行 G列 主办单位“区气象局”：没有“区气象局”这个单位" in output
    assert status == (0 if is_skipping else 1)
    assert _past(app) == (["301"] if is_skipping else [])
