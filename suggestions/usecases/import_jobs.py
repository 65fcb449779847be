"""An import as a job: papers are read, a person looks, rows become cases; stopped anywhere, it goes on there."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import or_, select, update

from suggestions.documents import readings
from suggestions.documents.handover import read_handover
from suggestions.documents.rows import HandoverRow
from suggestions.domain.errors import DomainError, Invalid, Missing
from suggestions.domain.facts import Actor
from suggestions.extensions import db
from suggestions.models import ImportJob, JobState, Post
from suggestions.models.actors import actor_of
from suggestions.usecases import handover_preview, importing
from suggestions.usecases.filing import Stored
from suggestions.usecases.handover_preview import Preview
from suggestions.usecases.transaction import use_case

BATCH = 100
"""Papers or rows between two signs of life; other writers wait for one batch of rows at the most."""
SILENT_AFTER = timedelta(seconds=60)
"""Without a sign of life for so long, whoever ran a job is taken for dead."""
_OPEN = (JobState.READING, JobState.READY, JobState.IMPORTING)


@dataclass(frozen=True)
class Brought:
    """What a job works on: the workbook, the papers, and what was put right."""

    workbook: Stored
    originals: tuple[Stored, ...]
    corrections: Mapping[str, Mapping[str, str]]

    def preview(self) -> Preview:
        """The workbook judged as it stands now."""
        return handover_preview.preview(self.workbook, self.originals, self.corrections)

    def rows(self) -> tuple[HandoverRow, ...]:
        """The rows as the workbook has them; Invalid when it is none."""
        return read_handover(self.workbook.data, self.workbook.name).rows

    def papers(self) -> tuple[Stored, ...]:
        """The papers that the rows name, in their order."""
        handover = read_handover(self.workbook.data, self.workbook.name)
        found = handover_preview.papers_of(handover, self.originals)
        return tuple(paper for paper in found if isinstance(paper, Stored))


@use_case
def begin(person_id: int, post_id: int, workbook: Stored, originals: Sequence[Stored]) -> int:
    """Begin an import, instead of any other that this person had under way; the id of the job."""
    db.session.execute(
        update(ImportJob)
        .where(ImportJob.person_id == person_id, ImportJob.state.in_(_OPEN))
        .values(state=JobState.DROPPED, runner="")
    )
    job = ImportJob(
        person_id=person_id,
        post_id=post_id,
        state=JobState.READING,
        workbook={"name": workbook.name, "sha256": workbook.sha256},
        originals=[{"name": paper.name, "sha256": paper.sha256} for paper in originals],
        corrections={},
        made_at=datetime.now(UTC),
    )
    db.session.add(job)
    db.session.flush()
    return job.id


def current(person_id: int) -> ImportJob | None:
    """The import that this person has under way or ended last; None without one."""
    mine = select(ImportJob).where(ImportJob.person_id == person_id, ImportJob.state != JobState.DROPPED)
    return db.session.scalar(mine.order_by(ImportJob.id.desc()).limit(1))


def brought(job: ImportJob) -> Brought:
    """What was brought for a job."""
    return Brought(Stored(**job.workbook), tuple(Stored(**paper) for paper in job.originals), dict(job.corrections))


def is_silent(job: ImportJob) -> bool:
    """Whether something is to be done and nobody is seen doing it."""
    is_working = job.state in {JobState.READING, JobState.IMPORTING}
    return is_working and (job.beat_at is None or datetime.now(UTC) - job.beat_at > SILENT_AFTER)


@use_case
def add_originals(job_id: int, papers: Sequence[Stored]) -> None:
    """Add papers to an import before its rows become cases; one of the same name takes the place of the other."""
    job = _open(job_id, JobState.READING, JobState.READY)
    new = {paper.name: paper for paper in papers}
    kept = [paper for paper in job.originals if paper["name"] not in new]
    job.originals = [*kept, *({"name": paper.name, "sha256": paper.sha256} for paper in papers)]
    job.state, job.runner, job.beat_at, job.message = JobState.READING, "", None, ""


@use_case
def correct(job_id: int, number: str, words: Mapping[str, str]) -> None:
    """Put right, or confirm, what was read from the paper of one row; Invalid for a row that is not there."""
    job = _open(job_id, JobState.READY)
    given = {field: text for field, text in words.items() if field in readings.CORRECTABLE}
    if number not in {line.row.number for line in brought(job).preview().lines}:
        raise Invalid(f"清单里没有第{number}号建议，请回到预览再试。")
    job.corrections = {**job.corrections, number: {**job.corrections.get(number, {}), **given}}


@use_case
def confirm(job_id: int) -> None:
    """Let the rows become cases; Refused while the workbook has a fault."""
    job = _open(job_id, JobState.READY)
    judged = brought(job).preview()
    if judged.faults:
        raise importing.Refused(judged)
    job.state, job.total, job.done = JobState.IMPORTING, len(judged.new), 0
    job.known = len(judged.lines) - len(judged.new)
    job.runner, job.beat_at, job.message = "", None, ""


def _open(job_id: int, *states: JobState) -> ImportJob:
    job = db.session.get(ImportJob, job_id, populate_existing=True, with_for_update=True)
    if job is None:
        raise Missing
    if job.state not in states:
        raise Invalid("这份清单的导入已经往前走了，请看现在的进度。")
    return job


def size(job: ImportJob) -> int:
    """How much there is to do: papers to read, or rows to import."""
    return len(job.originals) if job.state == JobState.READING else job.total


def waiting() -> list[int]:
    """The jobs that something is to be done for and that nobody is seen at."""
    jobs = db.session.scalars(select(ImportJob).where(ImportJob.state.in_((JobState.READING, JobState.IMPORTING))))
    return [job.id for job in jobs if is_silent(job)]


def go_on(job_id: int) -> bool:
    """Do what is to be done for a job, batch by batch, until it is done; False when another is at it already.

    Whatever stops it, the batches that were done stay done: a row that is known is not imported twice. A refusal is
    kept with the job, in its words.
    """
    runner = secrets.token_hex(8)
    if not _claim(job_id, runner):
        return False
    try:
        for _ in _steps(job_id, runner):
            pass
    except DomainError as refusal:
        db.session.rollback()
        _stop(job_id, refusal.message)
    return True


@use_case
def _claim(job_id: int, runner: str) -> bool:
    """Take a job that nobody is at; one statement, so that of two only one gets it."""
    now = datetime.now(UTC)
    taken = db.session.execute(
        update(ImportJob)
        .where(
            ImportJob.id == job_id,
            ImportJob.state.in_((JobState.READING, JobState.IMPORTING)),
            or_(ImportJob.beat_at.is_(None), ImportJob.beat_at < now - SILENT_AFTER),
        )
        .values(runner=runner, beat_at=now, message="")
        .returning(ImportJob.id)
    )
    return taken.scalar() is not None


def _steps(job_id: int, runner: str) -> Iterator[None]:
    job = db.session.get_one(ImportJob, job_id, populate_existing=True)
    given, state, total = brought(job), job.state, job.total
    by = actor_of(db.session.get_one(Post, job.post_id))
    # Reading takes long: nothing of the database is held meanwhile.
    db.session.rollback()
    if state == JobState.READING:
        yield from _read(job_id, runner, given)
    else:
        yield from _import(job_id, runner, given, by=by, total=total)


def _read(job_id: int, runner: str, given: Brought) -> Iterator[None]:
    papers = given.papers()
    for start in range(0, len(papers), BATCH):
        for paper in papers[start : start + BATCH]:
            try:
                if readings.kept(paper.sha256, paper.name) is None:
                    readings.read(paper.data, paper.name, paper.sha256)
            except Invalid:
                # The preview names it beside its row.
                continue
        _beat(job_id, runner, min(start + BATCH, len(papers)), len(papers))
        yield
    _beat(job_id, runner, len(papers), len(papers), JobState.READY)


def _import(job_id: int, runner: str, given: Brought, *, by: Actor, total: int) -> Iterator[None]:
    judged = given.preview()
    db.session.rollback()
    if judged.faults:
        raise importing.Refused(judged)
    new = judged.new
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        _import_batch(job_id, runner, judged, batch, by=by, done=total - len(new) + start + len(batch))
        yield
    _beat(job_id, runner, total, total, JobState.DONE)


@use_case
def _import_batch(
    job_id: int, runner: str, judged: Preview, batch: Sequence[handover_preview.Line], *, by: Actor, done: int
) -> None:
    """Some rows and how far that is, in one transaction."""
    importing.import_batch(judged, batch, by)
    _beat(job_id, runner, done)


@use_case
def _beat(job_id: int, runner: str, done: int, total: int | None = None, state: JobState | None = None) -> None:
    """Say how far it is; Invalid, which stops it, when the job was taken by another or dropped."""
    values: dict[str, object] = {"done": done, "beat_at": datetime.now(UTC)}
    if total is not None:
        values["total"] = total
    if state is not None:
        values |= {"state": state, "runner": "", "beat_at": None}
    mine = update(ImportJob).where(ImportJob.id == job_id, ImportJob.runner == runner, ImportJob.state.in_(_OPEN))
    if db.session.execute(mine.values(**values).returning(ImportJob.id)).scalar() is None:
        raise Invalid("这次导入已经由另一个进程接着做，或已换成另一份清单。")


@use_case
def _stop(job_id: int, message: str) -> None:
    """Keep why it stopped; what was not imported can be looked at and tried again."""
    db.session.execute(
        update(ImportJob)
        .where(ImportJob.id == job_id, ImportJob.state.in_((JobState.READING, JobState.IMPORTING)))
        .values(state=JobState.READY, runner="", beat_at=None, message=message[:300])
    )
