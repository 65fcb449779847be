"""An export in the background: whole or not there, its maker's alone, and made anew after its process died."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import IO

import pytest

from suggestions.domain.errors import Invalid, Missing
from suggestions.extensions import db
from suggestions.models import ExportJob, ExportState
from suggestions.practice.play import Play
from suggestions.usecases import export_jobs
from suggestions.usecases.export_jobs import Of

Note = Callable[[], object]


def begun(play: Play, who: str = "supervisor", total: int = 3) -> int:
    return export_jobs.begin(
        play.actor(who), code="handling", title="办理台账", ending="xlsx", total=total, of=Of(2026)
    )


def job_of(id: int) -> ExportJob:
    return db.session.get_one(ExportJob, id, populate_existing=True)


def write(file: IO[bytes], note: Note) -> None:
    for _ in range(3):
        file.write(b"row")
        note()


def age(id: int, **by: float) -> None:
    job = job_of(id)
    job.made_at -= timedelta(**by)
    if job.beat_at is not None:
        job.beat_at -= timedelta(**by)
    db.session.commit()


def test_it_is_made_once_for_its_maker_and_goes_after_a_day(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_jobs, "BEATS_EVERY", 0)
    seen: list[tuple[str, int]] = []

    def watched(file: IO[bytes], note: Note) -> None:
        write(file, note)
        seen.append((job_of(id).state, job_of(id).done))
        assert not path.exists()

    id = begun(play)
    assert begun(play) == id, "the same one that is still being made goes on"
    path = export_jobs.path_of(job_of(id))
    assert export_jobs.go_on(id, watched)
    assert seen == [(ExportState.MAKING, 3)]
    assert (job_of(id).state, path.read_bytes()) == (ExportState.DONE, b"rowrowrow")
    assert not export_jobs.go_on(id, write)
    by = play.actor("supervisor")
    assert export_jobs.one(id, by).id == id
    assert [job.id for job in export_jobs.own(by)] == [id]
    for who in ("inspector", "clerk"):
        with pytest.raises(Missing, match="只有生成它的人能下载"):
            export_jobs.one(id, play.actor(who))
        assert export_jobs.own(play.actor(who)) == []
    age(id, hours=25)
    with pytest.raises(Missing):
        export_jobs.one(id, by)
    begun(play, "clerk")
    assert not path.exists()


def test_what_fails_says_so_and_can_be_made_again(play: Play) -> None:
    def refused(file: IO[bytes], note: Note) -> None:
        write(file, note)
        raise Invalid("这一年的数据不完整。")

    def broken(_file: IO[bytes], _note: Note) -> None:
        raise ValueError

    id = begun(play)
    path = export_jobs.path_of(job_of(id))
    for make, words in ((refused, "这一年的数据不完整。"), (broken, export_jobs.FAULT)):
        assert export_jobs.go_on(id, make)
        assert (job_of(id).state, job_of(id).message) == (ExportState.FAILED, words)
        assert list(path.parent.iterdir()) == []
        export_jobs.again(id)
    assert export_jobs.go_on(id, write)
    assert job_of(id).state == ExportState.DONE
    export_jobs.again(id)
    assert job_of(id).state == ExportState.DONE, "what is there is not made again"


def test_a_process_that_died_is_noticed_and_another_one_takes_over(play: Play) -> None:
    job = begun(play)

    def killed(_file: IO[bytes], _note: Note) -> None:
        raise KeyboardInterrupt

    def overtaken(file: IO[bytes], note: Note) -> None:
        age(job, minutes=4)
        assert export_jobs.go_on(job, write)
        write(file, note)
        file.write(b"too late")

    with pytest.raises(KeyboardInterrupt):
        export_jobs.go_on(job, killed)
    assert (job_of(job).state, export_jobs.is_silent(job_of(job))) == (ExportState.MAKING, False)
    assert not export_jobs.go_on(job, write), "somebody was at it just now"
    age(job, minutes=4)
    assert export_jobs.is_silent(job_of(job))
    export_jobs.again(job)
    assert export_jobs.go_on(job, overtaken)
    assert job_of(job).state == ExportState.DONE
    assert job_of(job).made_at < datetime.now(UTC)
