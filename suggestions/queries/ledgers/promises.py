"""The promise ledger (承诺事项台账): what was promised this year and last, cases of past years included."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from suggestions.documents.ledgers.sheet import Column, Kind, Ledger, Sheet, Value
from suggestions.domain import chain, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.states import HandlingState
from suggestions.models import Event, Handling, Person, Promise, Suggestion, Unit
from suggestions.queries.ledgers.asking import ORDER, Asking, number_of, yes_no
from suggestions.queries.past_page import session_of
from suggestions.queries.statistics_list import promise_words
from suggestions.queries.waiting import lead_words

COLUMNS = (
    Column("承诺年份", Kind.COUNT, 9),
    Column("编号", width=10),
    Column("届次", width=13),
    Column("往年件", width=8),
    Column("标题", Kind.LONG, 46),
    Column("领衔代表", width=18),
    Column("承办单位", width=20),
    Column("复函文号", width=22),
    Column("第几项", Kind.COUNT, 8),
    Column("复函里的承诺", Kind.LONG, 46),
    Column("要做的事", Kind.LONG, 40),
    Column("责任人", width=18),
    Column("承诺日期", Kind.DATE, 12),
    Column("完成期限", Kind.DATE, 12),
    Column("怎样算完成", Kind.LONG, 24),
    Column("怎样了", width=16),
    Column("兑现日期", Kind.DATE, 12),
    Column("兑现的依据", Kind.LONG, 40),
    Column("变更次数", Kind.COUNT, 9),
    Column("最近报告日期", Kind.DATE, 12),
    Column("代表对落实的评价", width=14),
    Column("终止日期", Kind.DATE, 12),
    Column("终止的理由", Kind.LONG, 30),
)
_KEPT = "导入时已经完成"


def ledger(asking: Asking) -> Ledger:
    """Every promise that was made in the year or in the one before."""
    year = asking.asks.year
    query = _promises(asking)
    sheet = Sheet("承诺事项", COLUMNS, _rows(asking, query))
    return Ledger(f"{year - 1}年、{year}年承诺事项台账", (sheet,), asking.count(query))


def _of_case(asking: Asking, query: Select[Any]) -> Select[Any]:
    return (
        query.join(Suggestion, Suggestion.id == Handling.suggestion_id)
        .join(Unit, Unit.id == Handling.unit_id)
        .outerjoin(Person, Person.id == Suggestion.lead_id)
        .where(Handling.state != HandlingState.REASSIGNED, asking.of_units(Handling.unit_id))
    )


_CASE = (
    *(Suggestion.number, Suggestion.term, Suggestion.session, Suggestion.series, Suggestion.title),
    *(Suggestion.is_name_hidden, Suggestion.rulebook, Suggestion.ruled_on, Handling.part, Handling.is_past),
    *(Handling.document_number, Unit.name.label("unit"), Person.name.label("lead")),
)


def _promises(asking: Asking) -> Select[Any]:
    year = asking.asks.year
    own = [column for column in Promise.__table__.columns if column.name not in ("id", "number")]
    query = select(*own, Promise.number.label("nth"), *_CASE).select_from(Promise)
    query = _of_case(asking, query.join(Handling, Handling.id == Promise.handling_id))
    made_then = Promise.made_on.between(date(year - 1, 1, 1), date(year, 12, 31))
    return query.where(made_then).order_by(*ORDER, Promise.number)


def _rows(asking: Asking, query: Select[Any]) -> Iterator[Sequence[Value]]:
    for portion in asking.portions(query, Promise.id):
        for row in portion:
            rules = rulebook.load(row.rulebook, row.ruled_on)
            rating = rules.ratings.get(row.rated)
            yield (
                row.made_on.year,
                *_case(asking, row),
                row.document_number,
                *(row.nth, row.sentence, row.measure, row.owner, row.made_on, row.due_on, row.evidence),
                promise_words(row, asking.today),
                *(row.fulfilled_on, row.proof, row.changed or None, row.reported_on, rating.label if rating else ""),
                *(row.released_on, row.release_ground if row.released_on else ""),
            )
    yield from _kept_before(asking)


def _case(asking: Asking, row: Row[Any]) -> tuple[Value, ...]:
    lead = lead_words(row.lead, asking.actor, is_hidden=row.is_name_hidden)
    where = (number_of(row.number, row.part), session_of(row), yes_no(row.is_past))
    return *where, row.title, lead, row.unit


def _kept_before(asking: Asking) -> Iterator[Sequence[Value]]:
    """What a case of a past year had kept before it came here: it is noted in the record alone."""
    query = select(Event.payload, *_CASE).select_from(Event).where(Event.action == Action.KEEP_PAST)
    query = _of_case(asking, query.join(Handling, Handling.id == Event.handling_id)).order_by(*ORDER)
    years = (asking.asks.year - 1, asking.asks.year)
    for portion in asking.portions(query, Handling.id):
        for row in portion:
            note = {} if chain.is_erased(row.payload) else row.payload
            on = _day(note.get("replied_on"))
            if on is None or on.year not in years:
                continue
            for number, promise in enumerate(note["promises"], start=1):
                if not promise["is_kept"]:
                    continue
                words = (number, "", promise["measure"], promise["owner"], on, _day(promise["due_on"]), "", _KEPT)
                made = (on.year, *_case(asking, row), note["document_number"] or None)
                yield *made, *words, None, promise["done"] or "", None, None, "", None, ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
