"""Judging a handover: what each row of the workbook would become, and every fault with row and column."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from sqlalchemy import select

from suggestions.documents import readings
from suggestions.documents.handover import read_handover
from suggestions.documents.originals import Doubt, Original, compare
from suggestions.documents.rows import Fault, Handover, HandoverRow
from suggestions.documents.words import Meeting, read_names
from suggestions.domain.canonical import digest
from suggestions.domain.errors import Invalid
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Event, Person, Post, Suggestion, Unit
from suggestions.usecases.filing import Brought

_CONFLICT = "已经在库里，但内容不同；要改请由人代工委在原件上办理，不能靠重新导入。"


class Fate(StrEnum):
    """What becomes of a row: it is new, known with the same content, or known with other content."""

    NEW = "new"
    SAME = "same"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Line:
    """A row of the workbook with the paper it names, judged against what the house knows.

    What a person put right beside the paper (`words`) counts; the reading itself is fetched when it is asked for.
    """

    row: HandoverRow
    file: Brought | None
    fate: Fate
    fingerprint: str
    joint: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    is_read: bool = False
    reply: Brought | None = None
    """The file of the reply, in a list of past years."""

    @property
    def original(self) -> Original | None:
        """What the paper says, corrections included; None without a paper that could be read."""
        return readings.settled(self._guess) if self._guess else None

    @property
    def guessed_requests(self) -> tuple[str, ...]:
        """The requests as they were read, sure or not: for a person to look at, never to be taken over unseen."""
        return self._guess.requests if self._guess else ()

    @property
    def _guess(self) -> Original | None:
        return _reading(self.file, self.words) if self.file and self.is_read else None


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


def preview(
    workbook: Brought, originals: Sequence[Brought], corrections: Mapping[str, Mapping[str, str]] | None = None
) -> Preview:
    """Judge a workbook and its originals against the house; nothing is written. Invalid when it is no workbook.

    `corrections` are what a person put right beside the papers, by number and field (readings.CORRECTABLE).
    """
    return judge(read_handover(workbook.data, workbook.name), workbook, originals, corrections=corrections or {})


def judge(
    handover: Handover,
    workbook: Brought,
    originals: Sequence[Brought],
    more: Iterable[Fault] = (),
    *,
    corrections: Mapping[str, Mapping[str, str]] | None = None,
) -> Preview:
    """Judge what was read of a workbook against the papers and the house; `more` is what is wrong besides."""
    papers = {PurePath(paper.name).name: paper for paper in originals}
    faults = [*handover.faults, *more]
    judging = _Judge(handover, papers, corrections or {}, faults)
    lines = [judging.line(row) for row in handover.rows]
    handover = replace(handover, rows=tuple(line.row for line in lines))
    faults += _unknown_units(handover)
    faults += _ambiguous_deputies(handover, lines)
    faults += [
        Fault(line.row.row, handover.column_of("number"), line.row.number, f"第{line.row.number}号{_CONFLICT}")
        for line in lines
        if line.fate is Fate.CONFLICT
    ]
    in_order = tuple(sorted(faults, key=lambda fault: fault.row))
    return Preview(handover, tuple(lines), in_order, workbook.sha256)


def papers_of(handover: Handover, originals: Sequence[Brought]) -> tuple[Brought, ...]:
    """The originals that the rows name, each once, in the order of the rows."""
    papers = {PurePath(paper.name).name: paper for paper in originals}
    named = dict.fromkeys(row.original_name for row in handover.rows if row.original_name)
    return tuple(papers[name] for name in named if name in papers)


def _put_right(row: HandoverRow, words: Mapping[str, str]) -> HandoverRow:
    """The row with the title, lead, delegation, joint deputies and category that a person gave beside the paper."""
    given: dict[str, Any] = {
        name: words[name].strip() for name in ("title", "lead", "delegation", "category") if words.get(name, "").strip()
    }
    if "joint" in words:
        given["joint"] = read_names(words["joint"])
    return replace(row, **given) if given else row


def _reading(file: Brought, words: Mapping[str, str]) -> Original:
    found = readings.kept(file.sha256, file.name) or readings.read(file.data, file.name, file.sha256)
    return readings.corrected(found, words)


class _Judge:
    """Judges row after row with its paper; what is wrong with a paper is a fault of its row."""

    def __init__(
        self,
        handover: Handover,
        papers: Mapping[str, Brought],
        corrections: Mapping[str, Mapping[str, str]],
        faults: list[Fault],
    ) -> None:
        self._handover, self._papers, self._corrections, self._faults = handover, papers, corrections, faults
        self._prints = _known_fingerprints(handover)

    def line(self, written: HandoverRow) -> Line:
        """One row; its fingerprint is of what the files say, so that a correction makes it no other row."""
        words = self._corrections.get(written.number, {})
        row, file = _put_right(written, words), self._papers.get(written.original_name)
        found = self._read(row, file) if written.original_name else None
        right = readings.settled(readings.corrected(found, words)) if found else None
        doubts: tuple[Doubt, ...] = ()
        if found:
            still = readings.corrected(found, words)
            self._faults += compare(row, still, self._handover.column_of)
            doubts = tuple(doubt for doubt in still.doubts if not _is_answered(doubt, row))
        reply = self._papers.get(row.past.reply_name) if row.past else None
        fingerprint = _fingerprint(written, readings.settled(found) if found else None, file, reply)
        fate = Fate.NEW
        if (known := self._prints.get((self._handover.meeting_of(row), row.number))) is not None:
            is_unread = bool(row.original_name) and found is None
            is_unread = is_unread or bool(row.past and row.past.reply_name and reply is None)
            fate = Fate.SAME if is_unread or known == fingerprint else Fate.CONFLICT
        return Line(
            *(row, file, fate, fingerprint, joint_of(row, right), doubts, words), is_read=found is not None, reply=reply
        )

    def _read(self, row: HandoverRow, file: Brought | None) -> Original | None:
        column = self._handover.column_of("original_name")
        try:
            if file is not None:
                return readings.read(file.data, file.name, file.sha256)
            message = "没有这个文件，请把原件和清单一起上传。"
        except Invalid as fault:
            message = fault.message
        self._faults.append(Fault(row.row, column, row.original_name, message))
        return None


def joint_of(row: HandoverRow, original: Original | None) -> tuple[str, ...]:
    """The joint deputies of a row: the workbook's, and where it lists none, the paper's."""
    return row.joint or (original.joint if original else ())


def _is_answered(doubt: Doubt, row: HandoverRow) -> bool:
    """Whether the workbook itself says what the paper does not say for sure."""
    if doubt.field in {"number", "meeting", "title", "lead"}:
        return True
    return doubt.field in {"delegation", "joint", "category"} and bool(getattr(row, doubt.field))


def _unknown_units(handover: Handover) -> Iterable[Fault]:
    known = set(db.session.scalars(select(Unit.name)))
    for row in handover.rows:
        # A unit that gave an opinion in a past year may be gone by now; nothing is asked of it.
        for asked in ("main_units",) if row.past else ("main_units", "co_units"):
            for name in getattr(row, asked):
                if name not in known:
                    yield Fault(
                        row.row, handover.column_of(asked), name, f"没有“{name}”这个单位，请核对名称或先登记单位。"
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


def _ambiguous_deputies(handover: Handover, lines: Iterable[Line]) -> Iterable[Fault]:
    known = known_deputies()
    for line in lines:
        row = line.row
        named = [("lead", row.lead, row.delegation), *(("joint", name, "") for name in line.joint)]
        for asked, name, delegation in named:
            people = candidates(name, delegation, known)
            if len(people) > 1:
                where = "、".join(person.delegation or "未写代表团" for person in people)
                yield Fault(
                    row.row,
                    handover.column_of(asked),
                    name,
                    f"有{len(people)}位代表叫“{name}”（{where}），分不清是哪一位，请写明代表团。",
                )


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


def _fingerprint(row: HandoverRow, original: Original | None, file: Brought | None, reply: Brought | None) -> str:
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
            "file": file.sha256 if file else "",
        }
        | (
            {"past": json.dumps(asdict(row.past), default=str), "reply": reply.sha256 if reply else ""}
            if row.past
            else {}
        )
    )
