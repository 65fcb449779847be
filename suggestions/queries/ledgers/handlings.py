"""The handling ledger (办理台账): every handling of a year where it stands, and the opinions that are owed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import aliased

from suggestions.documents.ledgers.sheet import Column, Kind, Ledger, Sheet, Value
from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.counting import Kind as Counted
from suggestions.domain.counting import Reached
from suggestions.domain.counting import Row as Counting
from suggestions.domain.deadlines import light
from suggestions.domain.labels import SERIES, STATES
from suggestions.domain.states import CoState, HandlingState, Life
from suggestions.models import CoHandling, Event, Handling, Person, Promise, Standing, Suggestion, Unit
from suggestions.queries.counts import seen
from suggestions.queries.ledgers.asking import ORDER, Asking, number_of, yes_no
from suggestions.queries.lights import ENDS, OWED, WORDS
from suggestions.queries.past_page import session_of
from suggestions.queries.statistics_list import said_words
from suggestions.queries.visible import co_handlings_for
from suggestions.queries.waiting import handling_words, lead_words

_MET = "m"
COLUMNS = (
    Column("编号", width=10),
    Column("届次", width=13),
    Column("会议期间或闭会期间", width=12),
    Column("标题", Kind.LONG, 46),
    Column("领衔代表", width=18),
    Column("类别", width=14),
    Column("重点督办", width=9),
    Column("承办单位", width=20),
    Column("协办单位", Kind.LONG, 28),
    Column("承办人", width=10),
    Column("交办日期", Kind.DATE, 12),
    Column("签收日期", Kind.DATE, 12),
    Column("局长阅看原件日期", Kind.DATE, 12),
    Column("方案审定日期", Kind.DATE, 12),
    Column("首次联系代表日期", Kind.DATE, 12),
    Column("当面沟通过", width=9),
    Column("局长督促日期", Kind.DATE, 12),
    Column("局长签批日期", Kind.DATE, 12),
    Column("答复期限", Kind.DATE, 12),
    Column("延期（月）", Kind.COUNT, 9),
    Column("答复日期", Kind.DATE, 12),
    Column("按期答复", width=9),
    Column("复函文号", width=22),
    Column("结果类别", width=9),
    Column("公开标注", width=16),
    Column("公开日期", Kind.DATE, 12),
    Column("代表评价", width=18),
    Column("第几轮", Kind.COUNT, 8),
    Column("承诺项数", Kind.COUNT, 9),
    Column("未了承诺", Kind.COUNT, 9),
    Column("局长协调日期", Kind.DATE, 12),
    Column("办结日期", Kind.DATE, 12),
    Column("办到哪一步", width=16),
    Column("现在等谁", Kind.LONG, 24),
    Column("灯", width=9),
)
CO_COLUMNS = (
    Column("编号", width=10),
    Column("届次", width=13),
    Column("标题", Kind.LONG, 46),
    Column("领衔代表", width=18),
    Column("主办单位", width=20),
    Column("协办单位", width=20),
    Column("请协办回答的", Kind.LONG, 40),
    Column("协办起算日期", Kind.DATE, 12),
    Column("协办期限", Kind.DATE, 12),
    Column("送出日期", Kind.DATE, 12),
    Column("按期", width=9),
    Column("办到哪一步", width=16),
    Column("灯", width=9),
)


def ledger(asking: Asking) -> Ledger:
    """The handlings of the year's cases, and the opinions owed by the units asked for."""
    own, owed = _handlings(asking), _opinions(asking)
    seen_by = owed.where(co_handlings_for(asking.actor))
    sheets = (
        Sheet("主办件", COLUMNS, _own_rows(asking, own)),
        Sheet("协办件", CO_COLUMNS, _owed_rows(asking, owed)),
    )
    return Ledger(f"{asking.asks.year}年代表建议办理台账", sheets, asking.count(own) + asking.count(seen_by))


def _handlings(asking: Asking) -> Select[Any]:
    lead, handler = aliased(Person), aliased(Person)
    suggestion = (
        *(Suggestion.number, Suggestion.term, Suggestion.session, Suggestion.series, Suggestion.title),
        *(Suggestion.category, Suggestion.is_key, Suggestion.is_name_hidden, Suggestion.rulebook, Suggestion.ruled_on),
    )
    handling = [column for column in Handling.__table__.columns if column.name not in ("version", "rated_on")]
    query = select(*handling, *suggestion, Unit.name.label("unit"), lead.name.label("lead"))
    return (
        query.add_columns(handler.name.label("handler"))
        .select_from(Handling)
        .join(Suggestion, Suggestion.id == Handling.suggestion_id)
        .join(Unit, Unit.id == Handling.unit_id)
        .outerjoin(lead, lead.id == Suggestion.lead_id)
        .outerjoin(handler, handler.id == Handling.handler_id)
        .where(asking.of_year(), asking.of_units(Handling.unit_id))
        .order_by(*ORDER)
    )


@dataclass(frozen=True)
class _Beside:
    """What is known of a portion of handlings beside their own columns."""

    counted: Mapping[int, Counting]
    taken: Mapping[tuple[int, str], date]
    promises: Mapping[int, tuple[int, int]]
    co_units: Mapping[int, list[str]]


def _beside(asking: Asking, ids: Sequence[int]) -> _Beside:
    session = asking.session
    steps = select(Event.handling_id, Event.action, func.max(Event.on)).where(
        Event.handling_id.in_(ids), Event.action.in_((Action.READ_ORIGINAL, Action.SIGN_REPLY))
    )
    is_open = and_(Promise.fulfilled_on.is_(None), Promise.released_on.is_(None))
    promised = select(Promise.handling_id, func.count(), func.count().filter(is_open))
    co_units: dict[int, list[str]] = defaultdict(list)
    invited = select(CoHandling.handling_id, Unit.name).join(Unit, Unit.id == CoHandling.unit_id)
    invited = invited.where(CoHandling.handling_id.in_(ids), CoHandling.state != CoState.CANCELLED)
    for id, name in session.execute(invited.order_by(CoHandling.id)):
        co_units[id].append(name)
    return _Beside(
        counted=standings(asking, Counted.HANDLING, ids),
        taken={(id, step): on for id, step, on in session.execute(steps.group_by(Event.handling_id, Event.action))},
        promises={
            id: (all_of_them, still_open)
            for id, all_of_them, still_open in session.execute(
                promised.where(Promise.handling_id.in_(ids)).group_by(Promise.handling_id)
            )
        },
        co_units=co_units,
    )


def standings(asking: Asking, kind: Counted, ids: Sequence[int]) -> Mapping[int, Counting]:
    """How each of these is counted now, as whoever asks may know it; what is in no count is left out."""
    query = select(Standing.target_id, Standing.shape).where(Standing.kind == kind.value, Standing.target_id.in_(ids))
    # The newest round comes last, and stays.
    return {id: seen(shape, asking.scope) for id, shape in asking.session.execute(query.order_by(Standing.round))}


def _own_rows(asking: Asking, query: Select[Any]) -> Iterator[Sequence[Value]]:
    for portion in asking.portions(query, Handling.id):
        beside = _beside(asking, [row.id for row in portion])
        for row in portion:
            yield tuple(_own(asking, row, beside))


def _own(asking: Asking, row: Row[Any], beside: _Beside) -> Iterable[Value]:
    counted = beside.counted.get(row.id)
    lead = lead_words(row.lead, asking.actor, is_hidden=row.is_name_hidden)
    rules = rulebook.load(row.rulebook, row.ruled_on)
    mark = rules.publications.get(row.publication)
    promised, still_open = beside.promises.get(row.id, (0, 0))
    is_sent = counted is not None and counted.reached in (Reached.REPLIED, Reached.CLOSED)
    yield from (number_of(row.number, row.part), session_of(row), SERIES.get(row.series, row.series), row.title, lead)
    yield from (row.category, yes_no(row.is_key), row.unit, "、".join(beside.co_units.get(row.id, ())), row.handler)
    yield from (row.assigned_on, row.received_on, beside.taken.get((row.id, Action.READ_ORIGINAL)), row.planned_on)
    yield from (row.contacted_on, "" if counted is None else yes_no(_MET in counted.contacts), row.urged_on)
    yield from (beside.taken.get((row.id, Action.SIGN_REPLY)), row.reply_due_on, row.extended_months or None)
    yield from (row.dispatched_on, yes_no(counted.is_on_time) if counted and is_sent else "", row.document_number)
    yield from (counted.result_class if counted else "", mark.label if mark and is_sent else "", row.published_on)
    yield from (_said(counted), row.round, promised or None, still_open if promised else None)
    yield from (row.coordinated_on, row.closed_on, STATES[Life.HANDLING][row.state])
    yield from (handling_words(row.state, row.handler, lead), _lamp(asking, row))


def _said(counted: Counting | None) -> str:
    return "" if counted is None else said_words(counted)


def _lamp(asking: Asking, row: Row[Any]) -> str:
    state: HandlingState = row.state
    if state in ENDS and row.next_due != "promise":
        return ENDS[state].word
    return WORDS[light(asking.today, row.yellow_on, row.red_after)]


def _opinions(asking: Asking) -> Select[Any]:
    """The opinions of these units, whoever may see them: that is asked where they are chosen."""
    lead, main = aliased(Person), aliased(Unit)
    owed = (*(CoHandling.question, CoHandling.started_on, CoHandling.due_on, CoHandling.state), CoHandling.yellow_on)
    suggestion = (Suggestion.number, Suggestion.term, Suggestion.session, Suggestion.series, Suggestion.title)
    names = (main.name.label("main"), Unit.name.label("unit"), lead.name.label("lead"))
    return (
        select(
            CoHandling.id, *owed, CoHandling.red_after, *suggestion, Suggestion.is_name_hidden, Handling.part, *names
        )
        .select_from(CoHandling)
        .join(Handling, Handling.id == CoHandling.handling_id)
        .join(Suggestion, Suggestion.id == Handling.suggestion_id)
        .join(Unit, Unit.id == CoHandling.unit_id)
        .join(main, main.id == Handling.unit_id)
        .outerjoin(lead, lead.id == Suggestion.lead_id)
        .where(asking.of_year(), asking.of_units(CoHandling.unit_id))
        .order_by(*ORDER, CoHandling.id)
    )


def _owed_rows(asking: Asking, query: Select[Any]) -> Iterator[Sequence[Value]]:
    given = select(Event.co_handling_id, func.max(Event.on)).where(Event.action == Action.RELEASE_CO_OPINION)
    for portion in asking.portions(query, CoHandling.id, co_handlings_for(asking.actor)):
        ids = [row.id for row in portion]
        counted = standings(asking, Counted.CO_HANDLING, ids)
        of_these = given.where(Event.co_handling_id.in_(ids)).group_by(Event.co_handling_id)
        sent = dict(asking.session.execute(of_these).tuples().all())
        for row in portion:
            found, is_owed = counted.get(row.id), row.state in OWED
            is_given = found is not None and found.reached is Reached.REPLIED
            lead = lead_words(row.lead, asking.actor, is_hidden=row.is_name_hidden)
            yield (
                *(number_of(row.number, row.part), session_of(row), row.title, lead, row.main, row.unit, row.question),
                *(row.started_on, row.due_on, sent.get(row.id) if is_given else None),
                yes_no(found.is_on_time) if found and is_given else "",
                STATES[Life.CO_HANDLING][row.state],
                WORDS[light(asking.today, row.yellow_on, row.red_after)] if is_owed else "",
            )
