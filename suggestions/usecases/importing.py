"""Importing a handover: each sound row becomes one case, in batches that commit once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask import current_app
from sqlalchemy import select

from suggestions import clock
from suggestions.documents import store
from suggestions.documents.handover import Handover
from suggestions.domain import lifecycle, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import Actor
from suggestions.domain.states import Life, Role, SuggestionState
from suggestions.extensions import db
from suggestions.models import Cosigner, Person, Post, Suggestion, Unit
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
    if judged.faults and not is_skipping_errors:
        raise Refused(judged)
    new = [line for line in judged.new if only is None or line.row.number in only]
    for start in range(0, len(new), BATCH):
        import_batch(judged.handover, new[start : start + BATCH], by)
        if note:
            note(min(start + BATCH, len(new)), len(new))
    known = sum(1 for line in judged.lines if line.fate is Fate.SAME)
    return Imported(len(new), known, len(judged.lines) - len(new) - known)


def import_batch(handover: Handover, lines: Sequence[Line], by: Actor) -> None:
    """Import some sound rows in one transaction: all of them or none. Their papers are stored first."""
    papers = [line.file for line in lines if line.file is not None and not isinstance(line.file, Stored)]
    store.keep_together(partial(getattr, paper, "data") for paper in papers)
    _import_lines(handover, lines, by)


@use_case
def _import_lines(handover: Handover, lines: Sequence[Line], by: Actor) -> None:
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    facts = facts_of(db.session(), None, actor=by, now=clock.now(), rules=rules)
    step = lifecycle.permitted(Life.SUGGESTION, Action.IMPORT_HANDOVER, facts)[0]
    if by.role is Role.CLERK and current_app.config["HOUSE"] != "bureau":
        raise Invalid("全区的交办清单由人代工委导入。")
    state = lifecycle.move(step, None, facts)
    assert isinstance(state, SuggestionState)
    people = _Deputies(lines)
    units = {unit.name: unit for unit in db.session.scalars(select(Unit))}
    for line in lines:
        _import_line(handover, line, by=by, state=state, rules=rules, people=people, units=units)


class _Deputies:
    """Finds each deputy by name and delegation, and creates without login whoever is new."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.known = known_deputies()
        self.delegations = {line.row.lead: line.row.delegation for line in lines if line.row.delegation}

    def find(self, name: str, delegation: str = "") -> Person:
        """The one deputy of this name; a new one gets a post from today."""
        delegation = delegation or self.delegations.get(name, "")
        people = candidates(name, delegation, self.known)
        if people:
            people[0].delegation = people[0].delegation or delegation
            return people[0]
        person = Person(name=name, delegation=delegation)
        person.posts = [Post(role=Role.DEPUTY, title="人大代表", from_on=clock.today(), endorsement_kinds=[])]
        db.session.add(person)
        db.session.flush()
        self.known[name].append(person)
        return person


def _import_line(
    handover: Handover,
    line: Line,
    *,
    by: Actor,
    state: SuggestionState,
    rules: rulebook.Rulebook,
    people: _Deputies,
    units: Mapping[str, Unit],
) -> None:
    row, meeting = line.row, handover.meeting
    assert meeting is not None
    assert row.assigned_on is not None
    lead = people.find(row.lead, row.delegation)
    original = line.original
    suggestion = Suggestion(
        state=state,
        congress=meeting.area,
        term=meeting.term,
        session=meeting.session,
        series=meeting.series,
        number=row.number,
        title=row.title,
        content="\n".join(original.paragraphs) if original else "",
        asked=list(original.requests) if original else [],
        category=row.category,
        lead_id=lead.id,
        entered_by_id=by.person_id,
        is_key=row.is_key,
        phone=row.phone,
        rulebook=rules.name,
        ruled_on=row.assigned_on,
        submitted_on=row.assigned_on,
        assigned_on=row.assigned_on,
        chain_seq=0,
        chain_hash="0" * 64,
    )
    db.session.add(suggestion)
    db.session.flush()
    cosigners = [
        Cosigner(
            suggestion_id=suggestion.id, person_id=people.find(name).id, position=position, confirmed_at=clock.now()
        )
        for position, name in enumerate(line.joint, start=1)
    ]
    db.session.add_all(cosigners)
    file = None
    if line.file:
        file = filing.keep_for(
            suggestion.id, line.file, is_original=True, at=clock.now(), by=by.person_id, is_read=line.is_read
        )
    event = record.add_to_case(
        suggestion,
        record.Entry(
            life=Life.SUGGESTION,
            action=Action.IMPORT_HANDOVER,
            actor=by,
            payload={
                "fingerprint": line.fingerprint,
                "row": row.row,
                "title": row.title,
                "content": suggestion.content,
                "lead": row.lead,
                "joint": list(line.joint),
                "file": file.sha256 if file else "",
            },
            to_state=state,
        ),
    )
    db.session.flush()
    begin_units(
        suggestion,
        main=[units[name] for name in row.main_units],
        co=[units[name] for name in row.co_units],
        reply_term="complex" if row.is_complex else "ordinary",
        publication=rules.default_publication,
        cause=event,
        newborn=Case(suggestion, tuple(cosigners), (file,) if file else (), (), (), (), (event,)),
    )
