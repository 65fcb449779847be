"""Judging a handover: what each row of the workbook would become, and every fault with row and column."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePath

from sqlalchemy import select

from suggestions.documents.handover import read_handover
from suggestions.documents.originals import Original, compare, read_original
from suggestions.documents.rows import Fault, Handover, HandoverRow
from suggestions.documents.safety import MediaType, accept
from suggestions.documents.words import Meeting
from suggestions.domain.canonical import digest
from suggestions.domain.errors import Invalid
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Event, Person, Post, Suggestion, Unit
from suggestions.usecases.filing import Upload

_CONFLICT = "已经在库里，但内容不同；要改请由人代工委在原件上办理，不能靠重新导入。"


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
    reply: Upload | None = None
    """The file of the reply, in a list of past years."""

    @property
    def joint(self) -> tuple[str, ...]:
        """The joint deputies: as the workbook lists them, else as the paper names them."""
        return joint_of(self.row, self.original)


@dataclass(frozen=True)
class Preview:
    """A workbook judged whole: its lines, and every fault with row, column, value and what is wrong."""

    handover: Handover
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    sha256: str = ""
    """Of the workbook's bytes, so that every event says from which workbook it came."""

    @property
    def new(self) -> tuple[Line, ...]:
        """The lines that would become cases."""
        faulty = {fault.blamed for fault in self.faults}
        return tuple(line for line in self.lines if line.fate is Fate.NEW and line.row.row not in faulty)


def preview(workbook: Upload, originals: Sequence[Upload]) -> Preview:
    """Judge a workbook and its originals against the house; nothing is written. Invalid when it is no workbook."""
    return judge(read_handover(workbook.data, workbook.name), workbook, originals)


def judge(handover: Handover, workbook: Upload, originals: Sequence[Upload], more: Iterable[Fault] = ()) -> Preview:
    """Judge what was read of a workbook against the papers and the house; `more` is what is wrong besides."""
    papers = {PurePath(paper.name).name: paper for paper in originals}
    faults = [*handover.faults, *more]
    read = {row.row: _paper(row, handover, papers, faults) for row in handover.rows}
    faults += _unknown_units(handover)
    faults += _ambiguous_deputies(handover, read)
    lines = list(_lines(handover, read, papers))
    faults += [
        Fault(line.row.row, handover.column_of("number"), line.row.number, f"第{line.row.number}号{_CONFLICT}")
        for line in lines
        if line.fate is Fate.CONFLICT
    ]
    in_order = tuple(sorted(faults, key=lambda fault: fault.row))
    return Preview(handover, tuple(lines), in_order, sha256(workbook.data).hexdigest())


def joint_of(row: HandoverRow, original: Original | None) -> tuple[str, ...]:
    """The joint deputies of a row: the workbook's, and where it lists none, the paper's."""
    return row.joint or (original.joint if original else ())


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
        # A unit that gave an opinion in a past year may be gone by now; nothing is asked of it.
        for field in ("main_units",) if row.past else ("main_units", "co_units"):
            for name in getattr(row, field):
                if name not in known:
                    yield Fault(
                        row.row, handover.column_of(field), name, f"没有“{name}”这个单位，请核对名称或先登记单位。"
                    )


def known_deputies() -> dict[str, list[Person]]:
    """Every deputy of the house, by name."""
    found: dict[str, list[Person]] = defaultdict(list)
    people = select(Person).join(Post, Post.person_id == Person.id).where(Post.role == Role.DEPUTY).distinct()
    for person in db.session.scalars(people):
        found[person.name].append(person)
    return found


def candidates(name: str, delegation: str, known: Mapping[str, list[Person]]) -> list[Person]:
    """The deputies who may be meant: those of the delegation, else all of the name that nothing speaks against."""
    people = known.get(name, [])
    exact = [person for person in people if delegation and person.delegation == delegation]
    return exact or [person for person in people if not delegation or not person.delegation]


def _ambiguous_deputies(handover: Handover, read: Mapping[int, Original | None]) -> Iterable[Fault]:
    known = known_deputies()
    for row in handover.rows:
        named = [("lead", row.lead, row.delegation), *(("joint", name, "") for name in joint_of(row, read[row.row]))]
        for field, name, delegation in named:
            people = candidates(name, delegation, known)
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
        reply = papers.get(row.past.reply_name) if row.past else None
        fingerprint, fate = _fingerprint(row, original, file, reply), Fate.NEW
        if (known := prints.get((handover.meeting_of(row), row.number))) is not None:
            is_unread = bool(row.original_name) and original is None and (file is None or file.name.endswith(".docx"))
            is_unread = is_unread or bool(row.past and row.past.reply_name and reply is None)
            fate = Fate.SAME if is_unread or known == fingerprint else Fate.CONFLICT
        yield Line(row, original, file, fate, fingerprint, reply)


def _known_fingerprints(handover: Handover) -> dict[tuple[Meeting | None, str], str]:
    """The first event of every case of the workbook's sessions, by session and number."""
    meetings = {meeting for row in handover.rows if (meeting := handover.meeting_of(row))}
    known: dict[tuple[Meeting | None, str], str] = {}
    for meeting in meetings:
        rows = db.session.execute(
            select(Suggestion.number, Event.payload)
            .join(Event, Event.suggestion_id == Suggestion.id)
            .where(
                Event.seq == 1,
                Suggestion.congress == meeting.area,
                Suggestion.term == meeting.term,
                Suggestion.session == meeting.session,
                Suggestion.series == meeting.series,
            )
        )
        known |= {(meeting, number): payload.get("fingerprint", "") for number, payload in rows if number}
    return known


def _fingerprint(row: HandoverRow, original: Original | None, file: Upload | None, reply: Upload | None) -> str:
    return digest(
        {
            "title": row.title,
            "category": row.category,
            "lead": row.lead,
            "delegation": row.delegation,
            "joint": list(joint_of(row, original)),
            "main": list(row.main_units),
            "co": list(row.co_units),
            "is_key": row.is_key,
            "assigned_on": str(row.assigned_on),
            "content": list(original.paragraphs) if original else [],
            "file": file.data.hex() if file else "",
        }
        | ({"past": json.dumps(asdict(row.past), default=str), "reply": digest_of(reply)} if row.past else {})
    )


def digest_of(file: Upload | None) -> str:
    """The SHA-256 of a file that came along; empty when none did."""
    return sha256(file.data).hexdigest() if file else ""
