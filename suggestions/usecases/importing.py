"""Importing a handover: the whole workbook is judged first, then each row becomes one case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from flask import current_app
from sqlalchemy import select

from suggestions import clock
from suggestions.documents.handover import Fault, Handover, HandoverRow, read_handover
from suggestions.documents.originals import Original, compare, read_original
from suggestions.documents.safety import MediaType, accept
from suggestions.domain import lifecycle, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.canonical import digest
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import Actor
from suggestions.domain.states import Life, Role, SuggestionState
from suggestions.extensions import db
from suggestions.models import Cosigner, Event, Person, Post, Suggestion, Unit
from suggestions.models.facts import facts_of
from suggestions.usecases import filing, record
from suggestions.usecases.filing import Upload
from suggestions.usecases.intake import begin_units
from suggestions.usecases.transaction import use_case

BATCH = 200


class Fate(StrEnum):
    """What becomes of a row: it is new, known with the same content, or known with other content."""

    NEW = "new"
    SAME = "same"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Line:
    """A row of the workbook with the paper it names, judged against what the house knows."""

    row: HandoverRow
    original: Original | None
    file: Upload | None
    fate: Fate
    fingerprint: str


@dataclass(frozen=True)
class Preview:
    """A workbook judged whole: its lines, and every fault with row, column, value and what is wrong."""

    handover: Handover
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]

    @property
    def new(self) -> tuple[Line, ...]:
        """The lines that would become cases."""
        faulty = {fault.row for fault in self.faults}
        return tuple(line for line in self.lines if line.fate is Fate.NEW and line.row.row not in faulty)


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


def preview(workbook: Upload, originals: Sequence[Upload]) -> Preview:
    """Judge a workbook and its originals against the house; nothing is written. Invalid when it is no workbook."""
    handover = read_handover(workbook.data, workbook.name)
    papers = {PurePath(paper.name).name: paper for paper in originals}
    faults = list(handover.faults)
    read = {row.row: _paper(row, handover, papers, faults) for row in handover.rows}
    faults += _unknown_units(handover)
    faults += _ambiguous_deputies(handover)
    lines = list(_lines(handover, read, papers))
    faults += [
        Fault(
            line.row.row,
            handover.column_of("number"),
            line.row.number,
            f"第{line.row.number}号已经在库里，但内容不同；要改请由人代工委在原件上办理，不能靠重新导入。",
        )
        for line in lines
        if line.fate is Fate.CONFLICT
    ]
    return Preview(handover, tuple(lines), tuple(sorted(faults, key=lambda fault: fault.row)))


def _paper(row: HandoverRow, handover: Handover, papers: Mapping[str, Upload], faults: list[Fault]) -> Original | None:
    """Read the original that a row names; what is wrong with it is a fault of the row."""
    if not row.original_name:
        return None
    column = handover.column_of("original_name")
    paper = papers.get(row.original_name)
    if paper is None:
        faults.append(Fault(row.row, column, row.original_name, "没有这个文件，请把原件和清单一起上传。"))
        return None
    try:
        if accept(paper.data, paper.name) is not MediaType.DOCX:
            return None
        original = read_original(paper.data, paper.name)
    except Invalid as fault:
        faults.append(Fault(row.row, column, row.original_name, fault.message))
        return None
    faults += compare(row, original, handover.column_of)
    return original


def _unknown_units(handover: Handover) -> Iterable[Fault]:
    known = set(db.session.scalars(select(Unit.name)))
    for row in handover.rows:
        for field in ("main_units", "co_units"):
            for name in getattr(row, field):
                if name not in known:
                    yield Fault(
                        row.row, handover.column_of(field), name, f"没有“{name}”这个单位，请核对名称或先登记单位。"
                    )


def _deputies() -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    people = select(Person).join(Post, Post.person_id == Person.id).where(Post.role == Role.DEPUTY).distinct()
    for person in db.session.scalars(people):
        found[person.name].append(person)
    return found


def _candidates(name: str, delegation: str, known: Mapping[str, list[Person]]) -> list[Person]:
    people = known.get(name, [])
    exact = [person for person in people if delegation and person.delegation == delegation]
    return exact or [person for person in people if not delegation or not person.delegation]


def _ambiguous_deputies(handover: Handover) -> Iterable[Fault]:
    known = _deputies()
    for row in handover.rows:
        named = [("lead", row.lead, row.delegation), *(("joint", name, "") for name in row.joint)]
        for field, name, delegation in named:
            people = _candidates(name, delegation, known)
            if len(people) > 1:
                where = "、".join(person.delegation or "未写代表团" for person in people)
                yield Fault(
                    row.row,
                    handover.column_of(field),
                    name,
                    f"有{len(people)}位代表叫“{name}”（{where}），分不清是哪一位，请写明代表团。",
                )


def _lines(handover: Handover, read: Mapping[int, Original | None], papers: Mapping[str, Upload]) -> Iterable[Line]:
    prints = _known_fingerprints(handover)
    for row in handover.rows:
        original, file = read[row.row], papers.get(row.original_name)
        fingerprint = _fingerprint(row, original, file)
        fate = Fate.NEW
        if row.number in prints:
            fate = Fate.SAME if prints[row.number] == fingerprint else Fate.CONFLICT
        yield Line(row, original, file, fate, fingerprint)


def _known_fingerprints(handover: Handover) -> dict[str, str]:
    if handover.meeting is None:
        return {}
    rows = db.session.execute(
        select(Suggestion.number, Event.payload)
        .join(Event, Event.suggestion_id == Suggestion.id)
        .where(
            Event.seq == 1,
            Suggestion.congress == handover.meeting.area,
            Suggestion.term == handover.meeting.term,
            Suggestion.session == handover.meeting.session,
            Suggestion.series == handover.meeting.series,
        )
    )
    return {number: payload.get("fingerprint", "") for number, payload in rows if number}


def _fingerprint(row: HandoverRow, original: Original | None, file: Upload | None) -> str:
    return digest(
        {
            "title": row.title,
            "category": row.category,
            "lead": row.lead,
            "delegation": row.delegation,
            "joint": list(row.joint),
            "main": list(row.main_units),
            "co": list(row.co_units),
            "is_key": row.is_key,
            "assigned_on": str(row.assigned_on),
            "content": list(original.paragraphs) if original else [],
            "file": file.data.hex() if file else "",
        }
    )


def import_handover(
    workbook: Upload,
    originals: Sequence[Upload],
    *,
    by: Actor,
    is_skipping_errors: bool = False,
    only: frozenset[str] | None = None,
) -> Imported:
    """Import a handover, one case a row, in batches that each commit once; Refused when any row has a fault.

    With `is_skipping_errors` the sound rows are imported and the others left out; `only` keeps to these numbers.
    """
    judged = preview(workbook, originals)
    if judged.faults and not is_skipping_errors:
        raise Refused(judged)
    new = [line for line in judged.new if only is None or line.row.number in only]
    for start in range(0, len(new), BATCH):
        _import_batch(judged.handover, new[start : start + BATCH], by)
    known = sum(1 for line in judged.lines if line.fate is Fate.SAME)
    return Imported(len(new), known, len(judged.lines) - len(new) - known)


@use_case
def _import_batch(handover: Handover, lines: Sequence[Line], by: Actor) -> None:
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
        _import_line(handover, line, by, state, rules, people, units)


class _Deputies:
    """Finds each deputy by name and delegation, and creates without login whoever is new."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.known = _deputies()
        self.delegations = {line.row.lead: line.row.delegation for line in lines if line.row.delegation}

    def find(self, name: str, delegation: str = "") -> Person:
        """The one deputy of this name; a new one gets a post from today."""
        delegation = delegation or self.delegations.get(name, "")
        people = _candidates(name, delegation, self.known)
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
    suggestion = Suggestion(
        state=state,
        congress=meeting.area,
        term=meeting.term,
        session=meeting.session,
        series=meeting.series,
        number=row.number,
        title=row.title,
        content="\n".join(line.original.paragraphs) if line.original else "",
        asked=list(line.original.requests) if line.original else [],
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
    for position, name in enumerate(row.joint, start=1):
        db.session.add(
            Cosigner(
                suggestion_id=suggestion.id, person_id=people.find(name).id, position=position, confirmed_at=clock.now()
            )
        )
    file = None
    if line.file:
        file = filing.keep_for(suggestion.id, line.file, is_original=True, at=clock.now(), by=by.person_id)
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
                "joint": list(row.joint),
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
    )
