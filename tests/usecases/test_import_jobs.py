"""An import that can be stopped anywhere: what was done stays, nothing is done twice, what was put right counts."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from suggestions.documents import store
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.extensions import db
from suggestions.models import Event, ImportJob, JobState, Suggestion
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import import_jobs, importing
from suggestions.usecases.filing import Stored
from tests.documents.corpus.pictures import picture
from tests.documents.making import TITLE, word, workbook
from tests.usecases.walking import Walk

HEADER = ("建议编号", "建议标题", "领衔代表", "主办单位", "交办日期", "原件")
BODY = ("内容：", "路灯不亮。", "为此，建议：", "一、修路灯。", "三、装路灯。")


def rows(count: int, name: str = "") -> list[tuple[str, ...]]:
    return [(str(301 + at), f"关于{at}的建议", "陈立群", "区民政局", "2026-02-09", name) for at in range(count)]


def begun(play: Play, count: int, **papers: bytes) -> int:
    """A job for so many rows, all of which name the first paper; its papers are read."""
    named = next(iter(papers), "")
    data = workbook([TITLE], HEADER, *rows(count, named))
    originals = [Stored(name, store.keep(content)) for name, content in papers.items()]
    by = play.actor("supervisor")
    assert by.person_id is not None
    assert by.post_id is not None
    job = import_jobs.begin(by.person_id, by.post_id, Stored("交办清单.xlsx", store.keep(data)), originals)
    assert import_jobs.go_on(job)
    return job


def job_of(id: int) -> ImportJob:
    return db.session.get_one(ImportJob, id, populate_existing=True)


def imported() -> int:
    found = db.session.scalar(select(func.count()).select_from(Suggestion).where(Suggestion.number >= "301"))
    return found or 0


def test_papers_are_read_then_a_person_confirms_then_rows_become_cases(play: Play) -> None:
    with Walk(play).clock():
        job = begun(play, 3)
        assert (job_of(job).state, imported()) == (JobState.READY, 0)
        import_jobs.confirm(job)
        assert import_jobs.go_on(job)
        assert (job_of(job).state, job_of(job).done, imported()) == (JobState.DONE, 3, 3)
        assert not import_jobs.go_on(job)
        with pytest.raises(Invalid, match="已经往前走了"):
            import_jobs.confirm(job)


@pytest.mark.whole_handover
def test_it_goes_on_where_it_was_cut_off(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_jobs, "BATCH", 4)
    batches = []

    def cut(*given: object, **_: object) -> None:
        batches.append(given)
        if len(batches) == 3:
            raise KeyboardInterrupt
        whole(*given)  # type: ignore[arg-type]

    whole = importing.import_batch
    with Walk(play).clock():
        job = begun(play, 10)
        import_jobs.confirm(job)
        monkeypatch.setattr(importing, "import_batch", cut)
        with pytest.raises(KeyboardInterrupt):
            import_jobs.go_on(job)
        db.session.rollback()
        assert (job_of(job).state, job_of(job).done, imported()) == (JobState.IMPORTING, 8, 8)
        assert not import_jobs.go_on(job), "it looks alive for a while"
        monkeypatch.setattr(import_jobs, "SILENT_AFTER", import_jobs.SILENT_AFTER * 0)
        assert import_jobs.waiting() == [job]
        assert import_jobs.go_on(job)
        assert (job_of(job).state, job_of(job).done, imported()) == (JobState.DONE, 10, 10)
        assert len(batches) == 4
    births = select(func.count()).select_from(Event).where(Event.action == Action.IMPORT_HANDOVER, Event.seq == 1)
    assert db.session.scalar(births) == 24 + 10


def test_a_batch_that_fails_leaves_nothing_of_itself(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    with Walk(play).clock():
        job = begun(play, 6)
        import_jobs.confirm(job)
        monkeypatch.setattr(import_jobs, "_beat", lambda *_: (_ for _ in ()).throw(Invalid("有别的进程。")))
        assert import_jobs.go_on(job)
    assert imported() == 0
    assert (job_of(job).state, job_of(job).message) == (JobState.READY, "有别的进程。")


def test_what_a_person_put_right_is_what_is_imported_and_a_guess_is_not(play: Play) -> None:
    paper = word("领衔代表：陈立群", *BODY)
    with Walk(play).clock():
        job = begun(play, 2, **{"甲.docx": paper})
        lines = import_jobs.brought(job_of(job)).preview().lines
        assert [doubt.field for doubt in lines[0].doubts if doubt.field == "requests"] == ["requests"]
        assert lines[0].guessed_requests == ("修路灯。", "装路灯。")
        import_jobs.correct(
            job, "301", {"requests": "修好路灯。\n加装路灯。", "joint": "刘素芬、何建平", "state": "closed"}
        )
        with pytest.raises(Invalid, match="没有第999号"):
            import_jobs.correct(job, "999", {"title": "x"})
        import_jobs.confirm(job)
        assert import_jobs.go_on(job)
    first, second = db.session.scalars(select(Suggestion).where(Suggestion.number >= "301").order_by(Suggestion.number))
    assert first.asked == ["修好路灯。", "加装路灯。"]
    assert second.asked == [], "what nobody confirmed is left empty"
    assert "路灯不亮。" in second.content
    with Walk(play).clock():
        again = begun(play, 2, **{"甲.docx": paper})
        assert {line.fate.value for line in import_jobs.brought(job_of(again)).preview().lines} == {"same"}


def test_more_papers_can_be_brought_and_are_read(play: Play) -> None:
    with Walk(play).clock():
        job = begun(play, 1, **{"一.png": picture("PNG"), "二.png": picture("PNG", 50, 50)})
        import_jobs.add_originals(job, [Stored("一.png", store.keep(picture("PNG", 60, 60)))])
        assert import_jobs.go_on(job)
        kept = import_jobs.brought(job_of(job))
        assert [paper.name for paper in kept.originals] == ["二.png", "一.png"]
        assert len(kept.preview().lines[0].doubts) == 5


def test_a_new_import_takes_the_place_of_the_one_before(play: Play) -> None:
    with Walk(play).clock():
        first = begun(play, 1)
        second = begun(play, 2)
    by = play.actor("supervisor")
    assert by.person_id is not None
    found = import_jobs.current(by.person_id)
    assert found is not None
    assert (found.id, job_of(first).state) == (second, JobState.DROPPED)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_killed_in_the_middle_it_goes_on_and_every_chain_holds(app: Flask, play: Play) -> None:
    """A real process, ended without warning; on the database that is a file, so that both can open it."""
    with Walk(play).clock():
        job = begun(play, 400)
        import_jobs.confirm(job)
    db.session.remove()
    config = app.config
    settings = {"DATABASE_URL": config["SQLALCHEMY_DATABASE_URI"], "FILES_DIR": config["FILES_DIR"], "PRACTICE": "1"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "go-on-importing", str(job)]
    with subprocess.Popen(command, env={**os.environ, **settings}) as runner:
        deadline = time.monotonic() + 60
        while job_of(job).done == 0 and time.monotonic() < deadline:
            db.session.rollback()
            time.sleep(0.02)
        runner.kill()
    db.session.rollback()
    done = job_of(job).done
    assert 0 < done < 400
    assert (imported(), done % import_jobs.BATCH) == (done, 0)
    job_of(job).beat_at = datetime(2026, 1, 1, tzinfo=UTC)
    db.session.commit()
    with Walk(play).clock():
        assert import_jobs.go_on(job)
    assert (job_of(job).state, imported()) == (JobState.DONE, 400)
    assert verify().faults == ()
