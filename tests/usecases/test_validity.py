"""A row of a rulebook that holds from a later day: what began before keeps its number and its article."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from suggestions.domain import limits, rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.usecases.judging import facts_for
from tests.usecases.test_suggestion import assignment, drafted, step, unit
from tests.usecases.walking import Walk

PACKAGED = Path(rulebook.__file__).resolve().parents[1] / "rulebooks"
CHANGED_ON = date(2026, 4, 1)
# The district shortens the reply from three months to two, from 1 April on.
LATER = """
[terms.reply_ordinary]
amount = 2
source = "district"
article = "第九条"
rule = "自交办之日起两个月内答复（自2026年4月1日起）"
"""


@pytest.fixture
def amended(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The practice district's house, whose rulebook has a second version from 1 April 2026 on."""
    folder = tmp_path / "rulebooks"
    shutil.copytree(PACKAGED, folder)
    text = (folder / "yunshan.toml").read_text(encoding="utf-8")
    (folder / "yunshan.toml").write_text(
        text.replace("valid_from = 2026-01-01", "valid_from = 2026-01-01\nvalid_to = 2026-03-31"), encoding="utf-8"
    )
    newer = text.replace("valid_from = 2026-01-01", "valid_from = 2026-04-01").replace('"2026-01"', '"2026-04"')
    (folder / "yunshan-2026-04.toml").write_text(newer + LATER, encoding="utf-8")
    monkeypatch.setattr(rulebook, "_versions", cache(lambda name: rulebook.versions_in(folder, name)))
    app.config["RULEBOOK"] = "yunshan"
    return app


def assigned(play: Play, id: int, number: str) -> Handling:
    words = assignment(number=number, main_units=[unit("区民政局")], co_units=[])
    step(play, id, "deputy", A.SUBMIT)
    step(play, id, "supervisor", A.ASSIGN, **words)
    return load_case(db.session(), id).handlings[0]


def judged(play: Play, handling: Handling) -> Facts:
    with Walk(play).clock():
        case = load_case(db.session(), handling.suggestion_id)
        return facts_for(case, play.actor("supervisor"), Life.HANDLING, handling.id)


def explained(play: Play, handling: Handling) -> str:
    facts = judged(play, handling)
    due = limits.reply_due(facts.of_handling, facts.rulebook, facts.calendar, limits.round_start(facts))
    assert due.on == handling.reply_due_on
    return "\n".join(f"{line.label} {line.text}" for line in due.lines)


def test_what_was_assigned_before_keeps_its_number_and_the_next_gets_the_new(amended: Flask) -> None:
    with amended.app_context():
        play = Play(date(2026, 3, 10))
        before = assigned(play, drafted(play), "第401号")
        begun_before = drafted(play)
        assert before.reply_due_on == date(2026, 6, 10)
        play.go_to(date(2026, 4, 7))
        after = assigned(play, begun_before, "第402号")
        assert after.reply_due_on == date(2026, 6, 8)
        told = explained(play, after)
        assert "第九条" in told
        kept = explained(play, before)
        assert "第九条" not in kept
        assert "三个月" in kept or "3个月" in kept
        versions = {judged(play, row).rulebook.version.partition("，")[0] for row in (before, after)}
        assert versions == {"2026-01", "2026-04"}
        db.session.rollback()


def test_a_later_step_of_an_old_case_is_judged_by_the_old_rows(amended: Flask) -> None:
    with amended.app_context():
        play = Play(date(2026, 3, 10))
        before = assigned(play, drafted(play), "第401号")
        play.go_to(date(2026, 4, 7))
        play.handle("401", "clerk", A.RECEIVE)
        db.session.expire_all()
        assert db.session.get_one(Handling, before.id).reply_due_on == date(2026, 6, 10)
        db.session.rollback()


def test_the_printed_rulebook_says_what_holds_when_and_what_changed(amended: Flask) -> None:
    runner = amended.test_cli_runner()
    newest = runner.invoke(args=["rulebook", "yunshan"]).output
    assert "- 各版本：2026-01，底本 chongqing 2018-01（自2026-01-01至2026-03-31）；2026-04" in newest
    assert "- 自2026-04-01改：答复，3个月改为2个月（《云山区人大代表建议办理工作办法》（练习示例）第九条）" in newest
    older = runner.invoke(args=["rulebook", "yunshan", "--on", "2026-03-31"]).output
    assert "- 有效：自2026-01-01至2026-03-31" in older
    assert "改为2个月" not in older
    refused = runner.invoke(args=["rulebook", "yunshan", "--on", "2017-01-01"])
    assert refused.exit_code == 1
    assert "没有在 2017-01-01 有效的版本" in refused.output
