"""Importing past years: each row becomes a case that is never counted, whose open promises are followed on."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from suggestions import clock
from suggestions.documents.rows import PastNote
from suggestions.documents.safety import MediaType, accept
from suggestions.documents.word import text_in
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import due
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import SYSTEM, Actor
from suggestions.domain.states import HandlingState, Life, Role
from suggestions.extensions import db
from suggestions.models import Event, File, Handling, Person, Post, Promise, Suggestion, Unit
from suggestions.models.calendar import calendar
from suggestions.models.case import load_case
from suggestions.models.counting import counted_suggestions
from suggestions.usecases import filing, record
from suggestions.usecases.filing import Brought
from suggestions.usecases.handover_preview import Line, Preview
from suggestions.usecases.importing import Ground, Imported, enter, ground, in_batches, record_import
from suggestions.usecases.judging import reset_limits
from suggestions.usecases.past_preview import class_of, code_of_rating, preview_past
from suggestions.usecases.transaction import use_case


def import_past(
    workbook: Brought, papers: Sequence[Brought], *, by: Actor, is_skipping_errors: bool = False
) -> Imported:
    """Import a list of past years, one case a row, in batches that each commit once; Refused when a row has a fault.

    With `is_skipping_errors` the sound rows are imported and the others left out.
    """
    judged = preview_past(workbook, papers, by=by)
    return in_batches(judged, _import_batch, by=by, is_skipping_errors=is_skipping_errors)


@use_case
def _import_batch(judged: Preview, lines: Sequence[Line], by: Actor) -> None:
    on = ground(judged, lines, Action.IMPORT_PAST, by)
    newest = db.session.scalar(select(func.max(Suggestion.term)).where(counted_suggestions())) or 0
    for line in lines:
        row, note = line.row, line.row.past
        assert note is not None
        assert note.meeting is not None
        unit = on.units[row.main_units[0]]
        if by.role is Role.CLERK and unit.id != by.unit_id:
            raise Invalid(f"局办公室只能导入本单位主办的往年件，第{row.number}号由{unit.name}主办。")
        is_former = note.meeting.term < newest
        to_on = clock.today() - timedelta(days=1) if is_former else None
        suggestion, _ = enter(line, on, ruled_on=clock.today(), from_on=row.assigned_on, to_on=to_on)
        suggestion.outside = {"year": note.year}
        _keep(suggestion, unit, line, on, record_import(suggestion, line, on, Action.IMPORT_PAST))


def _keep(suggestion: Suggestion, unit: Unit, line: Line, on: Ground, cause: Event) -> None:
    """Keep the unit's handling as it ended: its reply in the record, its open promises in the ledger."""
    row, note = line.row, line.row.past
    assert note is not None
    assert row.assigned_on is not None
    term = "complex" if row.is_complex else "ordinary"
    handler = _handler(note.handler, unit)
    handling = Handling(
        state=HandlingState.CLOSED,
        suggestion_id=suggestion.id,
        suggestion=suggestion,
        unit_id=unit.id,
        unit=unit,
        is_past=True,
        reply_term=term,
        handler_id=handler.id if handler else None,
        handler=handler,
        assigned_on=row.assigned_on,
        dispatched_on=note.replied_on,
        reply_due_on=due(on.rules.term(f"reply_{term}"), row.assigned_on, calendar(db.session())).on,
        document_number=note.document_number or None,
        result_class=class_of(note.result_class) or None,
    )
    db.session.add(handling)
    db.session.flush()
    file = _file(suggestion, handling, line, on)
    record.add_to_case(
        suggestion,
        record.Entry(
            life=Life.HANDLING,
            action=Action.KEEP_PAST,
            actor=SYSTEM,
            payload=_noted(note, line, unit, on, file),
            handling_id=handling.id,
            round=handling.round,
            to_state=HandlingState.CLOSED,
            cause_seq=cause.seq,
        ),
        not_before=cause.at,
    )
    for number, promise in enumerate((p for p in note.promises if not p.is_kept), start=1):
        assert promise.due_on is not None
        db.session.add(
            Promise(
                handling_id=handling.id,
                number=number,
                request_no=0,
                sentence=promise.measure,
                measure=promise.measure,
                owner=promise.owner,
                due_on=promise.due_on,
                evidence="",
                made_on=note.replied_on or row.assigned_on,
            )
        )
    db.session.flush()
    reset_limits(load_case(db.session(), suggestion.id), handling)


def _noted(note: PastNote, line: Line, unit: Unit, on: Ground, file: File | None) -> dict[str, Any]:
    rating = code_of_rating(note.rating, on.rules)
    return {
        "unit": unit.name,
        "co_units": list(line.row.co_units),
        "year": note.year,
        "handler": note.handler,
        "document_number": note.document_number,
        "replied_on": _iso(note.replied_on),
        "reply": note.reply or _text_of(line.reply),
        "result_class": class_of(note.result_class),
        "rating": on.rules.ratings[rating].label if rating else "",
        "files": [{"name": file.name, "sha256": file.sha256}] if file else [],
        "promises": [
            {
                "measure": promise.measure,
                "owner": promise.owner,
                "due_on": _iso(promise.due_on),
                "is_kept": promise.is_kept,
                "done": promise.done,
            }
            for promise in note.promises
        ],
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _text_of(upload: Brought | None) -> str:
    """What a Word file says; empty for a scan, which is kept and shown as it is."""
    if upload is None or accept(upload.data, upload.name) is not MediaType.DOCX:
        return ""
    return text_in(upload.data, upload.name)


def _file(suggestion: Suggestion, handling: Handling, line: Line, on: Ground) -> File | None:
    if line.reply is None:
        return None
    at, by = clock.now(), on.by.person_id
    return filing.keep_for(suggestion.id, line.reply, is_original=False, at=at, by=by, handling_id=handling.id)


def _handler(name: str, unit: Unit) -> Person | None:
    """Who handles for the unit under this name today; nobody when none or several do, so that one is named later."""
    today = clock.today()
    found = db.session.scalars(
        select(Person)
        .join(Post, Post.person_id == Person.id)
        .where(
            Person.name == name,
            Post.unit_id == unit.id,
            Post.role == Role.HANDLER,
            Post.from_on <= today,
            Post.to_on.is_(None) | (Post.to_on >= today),
        )
        .distinct()
    ).all()
    return found[0] if len(found) == 1 else None
