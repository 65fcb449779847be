"""What is read from a workbook of suggestions: its rows, and every fault with row and column."""

from dataclasses import dataclass, field
from datetime import date

from suggestions.documents.headings import ALL_NAMES, Field
from suggestions.documents.words import Meeting


@dataclass(frozen=True)
class Fault:
    """One thing wrong: sheet row counted from 1, column (H列 交办日期), the value as written, and what to do."""

    row: int
    column: str
    value: str
    message: str
    blames: int | None = None
    """The row of the list that cannot be taken over for it, where the fault stands on another sheet; 0: none."""

    @property
    def blamed(self) -> int:
        """The row that cannot be taken over because of this fault."""
        return self.row if self.blames is None else self.blames


@dataclass(frozen=True)
class PastPromise:
    """A promise of a past reply: what, by whom, until when, and whether it was kept in the words of the list."""

    measure: str
    owner: str
    due_on: date | None
    is_kept: bool
    done: str


@dataclass(frozen=True)
class PastNote:
    """What a list of past years notes of one suggestion: its session, its reply, and what was made of it."""

    meeting: Meeting | None
    year: int
    content: str
    document_number: str
    replied_on: date | None
    reply: str
    reply_name: str
    result_class: str
    rating: str
    handler: str
    promises: tuple[PastPromise, ...]


@dataclass(frozen=True)
class HandoverRow:
    """One suggestion of the workbook; what a fault names is empty (date: None), so take over no row that has one.

    `row` is the sheet row counted from 1; `is_complex` means the term of six months instead of three.
    """

    row: int
    number: str
    title: str
    category: str
    lead: str
    delegation: str
    joint: tuple[str, ...]
    phone: str
    main_units: tuple[str, ...]
    co_units: tuple[str, ...]
    is_key: bool
    assigned_on: date | None
    is_complex: bool
    original_name: str
    past: PastNote | None = None
    """What became of it, in a list of past years."""


@dataclass(frozen=True)
class Handover:
    """A workbook read whole: its session (None with a fault when the title names none), its rows and all faults."""

    meeting: Meeting | None
    rows: tuple[HandoverRow, ...]
    faults: tuple[Fault, ...]
    columns: dict[str, str] = field(default_factory=dict)

    def column_of(self, name: str) -> str:
        """The column of a HandoverRow attribute as a person finds it: column_of("main_units") is I列 主办单位."""
        return self.columns.get(name) or ALL_NAMES[Field(name)][0]

    def meeting_of(self, row: HandoverRow) -> Meeting | None:
        """The session of a row: its own in a list of past years, else the workbook's."""
        return row.past.meeting if row.past else self.meeting

    @property
    def sound_rows(self) -> tuple[HandoverRow, ...]:
        """The rows that no fault names; none when a fault concerns the workbook as a whole (its row is not theirs)."""
        faulty = {fault.blamed for fault in self.faults}
        if faulty - {row.row for row in self.rows}:
            return ()
        return tuple(row for row in self.rows if row.row not in faulty)
