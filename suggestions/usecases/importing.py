"""Importing a handover: each sound row becomes one case, in batches that commit once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import current_app
from sqlalchemy import select

from suggestions import clock
from suggestions.documents import store
from suggestions.domain import lifecycle, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import Actor
from suggestions.domain.states import Life, Role, SuggestionState
from suggestions.extensions import db
from suggestions.models import Cosigner, Event, Person, Post, Suggestion, Unit
from suggestions.models.case import Case
from suggestions.models.facts import facts_of
from suggestions.usecases import filing, record
from suggestions.usecases.filing import Brought, Stored
from suggestions.usecases.handover_preview import Fate, Line, Preview, candidates, known_deputies, preview
from suggestions.usecases.intake import begin_units
from suggestions.usecases.transaction import use_case

BATCH = 200


@dataclass(frozen=True)
class Imported:
    """How many rows became cases and how many were known already."""

    added: int
    known: int
    left_out: int


class Refused(Invalid):
    """A workbook with faults: nothing was imported; `preview` names each."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(f"有{len(preview.faults)}处要改，一件也没有导入。")
        self.preview = preview


def import_handover(
    workbook: Brought,
    originals: Sequence[Brought],
    *,
    by: Actor,
    is_skipping_errors: bool = False,
    only: frozenset[str] | None = None,
    corrections: Mapping[str, Mapping[str, str]] | None = None,
    note: Callable[[int, int], None] | None = None,
) -> Imported:
    """Import a handover, one case a row, in batches that each commit once; Refused when any row has a fault.

    After each batch `note` is told how many rows of how many are done. With `is_skipping_errors` the sound rows are
    imported and the others left out; `only` keeps to these numbers.
    """
    judged = preview(workbook, originals, corrections)
    return in_batches(judged, import_batch, by=by, is_skipping_errors=is_skipping_errors, only=only, note=note)


def in_batches(
    judged: Preview,
    import_some: Callable[[Preview, Sequence[Line], Actor], None],
    *,
    by: Actor,
    is_skipping_errors: bool,
    only: frozenset[str] | None = None,
    note: Callable[[int, int], None] | None = None,
) -> Imported:
    """Import what is new in a judged workbook, batch by batch; Refused when a row has a fault and none is skipped."""
    if judged.faults and not is_skipping_errors:
        raise Refused(judged)
    new = [line for line in judged.new if only is None or line.row.number in only]
    for start in range(0, len(new), BATCH):
        import_some(judged, new[start : start + BATCH], by)
        if note:
            note(min(start + BATCH, len(new)), len(new))
    known = sum(1 for line in judged.lines if line.fate is Fate.SAME)
    return Imported(len(new), known, len(judged.lines) - len(new) - known)


@dataclass(frozen=True)
class Ground:
    """What every line of a batch stands on: who imports, under which rules, and where each case will stand."""

    judged: Preview
    by: Actor
    rules: rulebook.Rulebook
    state: SuggestionState
    people: "Deputies"
    units: Mapping[str, Unit]


def ground(judged: Preview, lines: Sequence[Line], action: Action, by: Actor) -> Ground:
    """What a batch stands on; NotAllowed when this person may not import such a list."""
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    facts = facts_of(db.session(), None, actor=by, now=clock.now(), rules=rules)
    step = lifecycle.permitted(Life.SUGGESTION, action, facts)[0]
    state = lifecycle.move(step, None, facts)
    assert isinstance(state, SuggestionState)
    units = {unit.name: unit for unit in db.session.scalars(select(Unit))}
    return Ground(judged, by, rules, state, Deputies(lines), units)


def import_batch(judged: Preview, lines: Sequence[Line], by: Actor) -> None:
    """Import some sound rows in one transaction: all of them or none. Their papers are stored first."""
    papers = [line.file for line in lines if line.file is not None and not isinstance(line.file, Stored)]
    store.keep_together(partial(getattr, paper, "data") for paper in papers)
    _import_batch(judged, lines, by)


@use_case
def _import_batch(judged: Preview, lines: Sequence[Line], by: Actor) -> None:
    on = ground(judged, lines, Action.IMPORT_HANDOVER, by)
    if by.role is Role.CLERK and current_app.config["HOUSE"] != "bureau":
        raise Invalid("全区的交办清单由人代工委导入。")
    for line in lines:
        row = line.row
        assert row.assigned_on is not None
        suggestion, cosigners = enter(line, on, ruled_on=row.assigned_on)
        event = record_import(suggestion, line, on, Action.IMPORT_HANDOVER)
        begin_units(
            suggestion,
            main=[on.units[name] for name in row.main_units],
            co=[on.units[name] for name in row.co_units],
            reply_term="complex" if row.is_complex else "ordinary",
            publication=on.rules.default_publication,
            cause=event,
            # Nothing of the work looks at the files of a newborn case.
            newborn=Case(suggestion, cosigners, (), (), (), (), (event,)),
        )


class Deputies:
    """Finds each deputy by name and delegation, and creates without login whoever is new."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.known = known_deputies()
        self.delegations = {line.row.lead: line.row.delegation for line in lines if line.row.delegation}

    def find(
        self, name: str, delegation: str = "", *, from_on: date | None = None, to_on: date | None = None
    ) -> Person:
        """The one deputy of this name; a new one gets a post from today, or for the days named."""
        delegation = delegation or self.delegations.get(name, "")
        people = candidates(name, delegation, self.known)
        if people:
            people[0].delegation = people[0].delegation or delegation
            return people[0]
        person = Person(name=name, delegation=delegation)
        begin = from_on or clock.today()
        person.posts = [
            Post(role=Role.DEPUTY, title="人大代表", from_on=begin, to_on=to_on, endorsement_kinds=[]),
        ]
        db.session.add(person)
        db.session.flush()
        self.known[name].append(person)
        return person


def enter(
    line: Line, on: Ground, *, ruled_on: date, from_on: date | None = None, to_on: date | None = None
) -> tuple[Suggestion, tuple[Cosigner, ...]]:
    """Enter the suggestion of a line with its signers and its paper; its first event is still to be recorded.

    Whoever is new among the deputies held the post from and to the days named, else from today.
    """
    row, meeting = line.row, on.judged.handover.meeting_of(line.row)
    assert meeting is not None
    lead = on.people.find(row.lead, row.delegation, from_on=from_on, to_on=to_on)
    written, original = row.past.content if row.past else "", line.original
    suggestion = Suggestion(
        state=on.state,
        congress=meeting.area,
        term=meeting.term,
        session=meeting.session,
        series=meeting.series,
        number=row.number,
        title=row.title,
        content="\n".join(original.paragraphs) if original else written,
        asked=list(original.requests) if original else [],
        category=row.category,
        lead_id=lead.id,
        entered_by_id=on.by.person_id,
        is_key=row.is_key,
        phone=row.phone,
        rulebook=on.rules.name,
        ruled_on=ruled_on,
        submitted_on=row.assigned_on,
        assigned_on=row.assigned_on,
        chain_seq=0,
        chain_hash="0" * 64,
    )
    db.session.add(suggestion)
    db.session.flush()
    people = [on.people.find(name, from_on=from_on, to_on=to_on) for name in line.joint]
    cosigners = tuple(
        Cosigner(suggestion_id=suggestion.id, person_id=person.id, position=at, confirmed_at=clock.now())
        for at, person in enumerate(people, start=1)
    )
    db.session.add_all(cosigners)
    return suggestion, cosigners


def record_import(suggestion: Suggestion, line: Line, on: Ground, action: Action) -> Event:
    """Keep the paper of a line and record that it was imported: from which workbook, which row, with which words."""
    file = None
    if line.file:
        file = filing.keep_for(
            suggestion.id, line.file, is_original=True, at=clock.now(), by=on.by.person_id, is_read=line.is_read
        )
    event = record.add_to_case(
        suggestion,
        record.Entry(
            life=Life.SUGGESTION,
            action=action,
            actor=on.by,
            payload={
                "fingerprint": line.fingerprint,
                "workbook": on.judged.sha256,
                "row": line.row.row,
                "title": line.row.title,
                "content": suggestion.content,
                "lead": line.row.lead,
                "joint": list(line.joint),
                "file": file.sha256 if file else "",
            },
            to_state=on.state,
        ),
    )
    db.session.flush()
    return event
