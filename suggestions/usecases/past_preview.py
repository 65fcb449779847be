"""Judging a list of past years: what each row would become, and every fault with row and column."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from flask import current_app
from sqlalchemy import select

from suggestions import clock
from suggestions.documents.past import read_past
from suggestions.documents.rows import Fault, Handover, HandoverRow, PastNote
from suggestions.documents.safety import accept
from suggestions.domain import rulebook
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Handling, Suggestion
from suggestions.usecases.filing import Brought
from suggestions.usecases.handover_preview import Preview, judge

UNRATED = frozenset({"", "未评", "未评价", "未反馈", "未收到"})
"""What a list writes where the deputy did not rate."""


def preview_past(workbook: Brought, papers: Sequence[Brought], *, by: Actor) -> Preview:
    """Judge a list of past years against the house; nothing is written. Invalid when it is no workbook."""
    handover = read_past(workbook.data, workbook.name, current_app.config["CONGRESS"])
    files = {PurePath(paper.name).name: paper for paper in papers}
    return judge(handover, workbook, papers, _faults(handover, files, by))


def code_of_rating(said: str, rules: rulebook.Rulebook) -> str | None:
    """The rulebook's code of a rating as a list writes it (满意); empty where nobody rated, None when unknown."""
    if said in UNRATED:
        return ""
    return next((code for code, rating in rules.ratings.items() if said in (code, rating.label)), None)


def class_of(said: str) -> str:
    """The code of a class of result as a list writes it: A, a, A类."""
    return said.upper().removesuffix("类")


def _faults(handover: Handover, files: dict[str, Brought], by: Actor) -> Iterator[Fault]:
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    for row in handover.rows:
        if row.past is not None:
            said = (*_of_house(row, by), *_of_days(row, row.past), *_of_words(row.past, rules))
            said = (*said, *_of_reply(row.past, files))
            yield from (Fault(row.row, handover.column_of(column), value, message) for column, value, message in said)
    yield from _numbers_used(handover)


Said = tuple[str, str, str]
"""Column, value and what is wrong."""


def _of_house(row: HandoverRow, by: Actor) -> Iterable[Said]:
    for unit in row.main_units:
        if by.role is Role.CLERK and unit != by.unit_name:
            yield (
                "main_units",
                unit,
                f"局办公室只能导入本单位（{by.unit_name}）主办的往年件，别的单位的请由人代工委导入。",
            )


def _of_days(row: HandoverRow, note: PastNote) -> Iterable[Said]:
    for column, day in (("assigned_on", row.assigned_on), ("replied_on", note.replied_on)):
        if day is not None and day > clock.today():
            yield column, str(day), "这一天还没有到；往年件是已经答复过的，请核对。"


def _of_words(note: PastNote, rules: rulebook.Rulebook) -> Iterable[Said]:
    if note.result_class and class_of(note.result_class) not in rules.result_classes:
        codes = "、".join(rules.result_classes)
        yield "result_class", note.result_class, f"没有这个结果类别，请写{codes}之一；没有分类的空着。"
    if code_of_rating(note.rating, rules) is None:
        labels = "、".join(rating.label for rating in rules.ratings.values())
        yield "rating", note.rating, f"看不懂这个评价，请写{labels}之一；没有评价的写“未评”。"


def _of_reply(note: PastNote, files: dict[str, Brought]) -> Iterable[Said]:
    if not note.reply_name:
        return
    file = files.get(note.reply_name)
    if file is None:
        yield "reply_name", note.reply_name, "没有这个文件，请把复函和清单一起上传。"
        return
    try:
        accept(file.data, file.name)
    except Invalid as fault:
        yield "reply_name", note.reply_name, fault.message


def _numbers_used(handover: Handover) -> Iterator[Fault]:
    """A document number is issued once: it stands neither twice in the list nor under another case's letter."""
    column = handover.column_of("document_number")
    notes = {row.row: row.past for row in handover.rows if row.past and row.past.document_number}
    listed = Counter(note.document_number for note in notes.values())
    known = db.session.execute(
        select(Handling.document_number, Suggestion.number, Suggestion.term, Suggestion.session)
        .join(Handling.suggestion)
        .where(Handling.document_number.in_(list(listed)))
    )
    taken = {number: (of, term, session) for number, of, term, session in known}
    for row in handover.rows:
        note = notes.get(row.row)
        if note is None:
            continue
        meeting, used = note.meeting, taken.get(note.document_number)
        own = (row.number, meeting.term, meeting.session) if meeting else None
        if listed[note.document_number] > 1:
            yield Fault(row.row, column, note.document_number, "这个文号在清单里写了不止一次，一个文号只能是一封复函。")
        elif used is not None and used != own:
            words = f"这个文号已经是第{used[0]}号的复函，请核对。"
            yield Fault(row.row, column, note.document_number, words)
