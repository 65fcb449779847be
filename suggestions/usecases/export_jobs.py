"""An export as a job: it is made in the background, shows how far it is, and its file is its maker's for a while."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import IO

from flask import current_app
from sqlalchemy import delete, or_, select, update

from suggestions.domain.errors import DomainError, Missing
from suggestions.domain.facts import Actor
from suggestions.extensions import db
from suggestions.models import ExportJob, ExportState
from suggestions.usecases.transaction import use_case

BEATS_EVERY = 2.0
"""Seconds between two signs of life, where rows are made faster."""
SILENT_AFTER = timedelta(minutes=3)
"""Without a sign of life for so long, whoever made an export is taken for dead. Binding may take two minutes."""
KEPT_FOR = timedelta(hours=24)
"""So long a file is there for its maker."""
FAULT = "生成时系统出错，没有生成。可以再试一次；还不行，请联系系统管理员。"
Make = Callable[[IO[bytes], Callable[[], object]], None]
"""Writes an export to an open file, and calls the second after each row."""


@dataclass(frozen=True)
class Of:
    """What an export is of: a year, with one unit or with all; or one case."""

    year: int
    unit: int | None = None
    handling: int | None = None


@use_case
def begin(by: Actor, *, code: str, title: str, ending: str, total: int, of: Of) -> int:
    """Begin an export; the same one that is still being made goes on instead. Old files go at this occasion."""
    sweep()
    asked = (
        ExportJob.code == code,
        ExportJob.year == of.year,
        ExportJob.unit_id.is_not_distinct_from(of.unit),
        ExportJob.handling_id.is_not_distinct_from(of.handling),
    )
    own = (ExportJob.person_id == by.person_id, ExportJob.post_id == by.post_id)
    same = db.session.scalar(select(ExportJob.id).where(*own, *asked, ExportJob.state == ExportState.MAKING))
    if same is not None:
        return same
    job = ExportJob(
        person_id=by.person_id,
        post_id=by.post_id,
        state=ExportState.MAKING,
        code=code,
        year=of.year,
        unit_id=of.unit,
        handling_id=of.handling,
        title=title,
        file=f"{secrets.token_hex(16)}.{ending}",
        total=total,
        made_at=datetime.now(UTC),
    )
    db.session.add(job)
    db.session.flush()
    return job.id


def own(by: Actor, handling: int | None = None) -> list[ExportJob]:
    """What this person in this post exported lately of the years, or of one case, the newest first."""
    mine = select(ExportJob).where(ExportJob.person_id == by.person_id, ExportJob.post_id == by.post_id)
    mine = mine.where(ExportJob.handling_id.is_not_distinct_from(handling), ExportJob.made_at > _too_old())
    return list(db.session.scalars(mine.order_by(ExportJob.id.desc()).limit(5)))


def one(job_id: int, by: Actor) -> ExportJob:
    """An export of this person in this post; Missing for anybody else's, and for one whose time is over."""
    job = db.session.get(ExportJob, job_id)
    if job is None or (job.person_id, job.post_id) != (by.person_id, by.post_id) or job.made_at <= _too_old():
        raise Missing("这份文件不在了：只有生成它的人能下载，只留24小时。可以再生成一份。")
    return job


def _too_old() -> datetime:
    return datetime.now(UTC) - KEPT_FOR


def is_silent(job: ExportJob) -> bool:
    """Whether it should be under way and nobody is seen making it."""
    seen_at = job.beat_at or job.made_at
    return job.state == ExportState.MAKING and datetime.now(UTC) - seen_at > SILENT_AFTER


def path_of(job: ExportJob) -> Path:
    """Where its file lies."""
    return _folder() / job.file


def _folder() -> Path:
    return Path(current_app.config["FILES_DIR"]) / "exports"


@use_case
def again(job_id: int) -> None:
    """Let an export that failed or fell silent be made from the beginning."""
    job = db.session.get(ExportJob, job_id, populate_existing=True, with_for_update=True)
    if job is not None and (job.state == ExportState.FAILED or is_silent(job)):
        job.state, job.done, job.message, job.runner, job.beat_at = ExportState.MAKING, 0, "", "", None
        job.made_at = datetime.now(UTC)


def go_on(job_id: int, make: Make) -> bool:
    """Make an export, or say why not; False when another is at it already or it needs nothing more.

    The file appears under its name when it is whole: a process that dies leaves none that could be taken for one.
    """
    runner = secrets.token_hex(8)
    if not _claim(job_id, runner):
        return False
    path = path_of(db.session.get_one(ExportJob, job_id, populate_existing=True))
    db.session.rollback()
    path.parent.mkdir(parents=True, exist_ok=True)
    partial, rows, beaten = path.with_name(f"{path.name}.{runner}"), 0, monotonic()

    def note() -> None:
        nonlocal rows, beaten
        rows += 1
        if monotonic() - beaten >= BEATS_EVERY:
            _beat(job_id, runner, rows)
            beaten = monotonic()

    try:
        with partial.open("wb") as file:
            make(file, note)
        partial.replace(path)
        _end(job_id, runner, ExportState.DONE, "", rows)
    except _Overtaken:
        pass
    except DomainError as refusal:
        _end(job_id, runner, ExportState.FAILED, refusal.message, rows)
    except Exception:
        logging.getLogger(__name__).exception("export %s failed", job_id)
        _end(job_id, runner, ExportState.FAILED, FAULT, rows)
    finally:
        partial.unlink(missing_ok=True)
    return True


class _Overtaken(Exception):
    """The job was taken by another runner, or is gone."""


@use_case
def _claim(job_id: int, runner: str) -> bool:
    """Take a job that nobody is at; one statement, so that of two only one gets it."""
    now = datetime.now(UTC)
    taken = db.session.execute(
        update(ExportJob)
        .where(
            ExportJob.id == job_id,
            ExportJob.state == ExportState.MAKING,
            or_(ExportJob.beat_at.is_(None), ExportJob.beat_at < now - SILENT_AFTER),
        )
        .values(runner=runner, beat_at=now, done=0, message="")
        .returning(ExportJob.id)
    )
    return taken.scalar() is not None


@use_case
def _beat(job_id: int, runner: str, done: int) -> None:
    mine = update(ExportJob).where(ExportJob.id == job_id, ExportJob.runner == runner)
    values = {"done": done, "beat_at": datetime.now(UTC)}
    if db.session.execute(mine.values(**values).returning(ExportJob.id)).scalar() is None:
        raise _Overtaken


@use_case
def _end(job_id: int, runner: str, state: ExportState, message: str, done: int) -> None:
    db.session.execute(
        update(ExportJob)
        .where(ExportJob.id == job_id, ExportJob.runner == runner)
        .values(state=state, message=message[:300], done=done, runner="", beat_at=None)
    )


@use_case
def sweep() -> None:
    """Take away what is older than it is kept, with its file; and files that no export has."""
    db.session.execute(delete(ExportJob).where(ExportJob.made_at <= _too_old()))
    kept = set(db.session.scalars(select(ExportJob.file)))
    for path in _folder().glob("*"):
        if ".".join(path.name.split(".")[:2]) not in kept:
            path.unlink(missing_ok=True)
