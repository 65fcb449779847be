"""The contact ledger (沟通台账): every contact with a deputy, when in the work it was, and what the deputy said."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select

from suggestions.documents.ledgers.sheet import Column, Kind, Ledger, Sheet, Value
from suggestions.domain import chain
from suggestions.domain.actions import Action
from suggestions.domain.labels import CONTACT_FORMS, CONTACT_RANKS, CONTACT_STAGES
from suggestions.domain.story import Contact, Past, Story
from suggestions.models import Event, Handling, Person, Suggestion, Unit
from suggestions.queries.ledgers.asking import ORDER, Asking, number_of
from suggestions.queries.past_page import session_of
from suggestions.queries.waiting import lead_words

COLUMNS = (
    Column("编号", width=10),
    Column("届次", width=13),
    Column("标题", Kind.LONG, 46),
    Column("领衔代表", width=18),
    Column("承办单位", width=20),
    Column("第几轮", Kind.COUNT, 8),
    Column("什么时候", width=12),
    Column("方式", width=16),
    Column("联系日期", Kind.DATE, 12),
    Column("地点", Kind.LONG, 24),
    Column("谁带队", width=12),
    Column("参加的人", Kind.LONG, 30),
    Column("代表说了什么", Kind.LONG, 46),
    Column("商定了什么", Kind.LONG, 46),
    Column("记的人", width=10),
    Column("记入日期", Kind.DATE, 12),
    Column("代表怎么说", width=12),
    Column("代表否认的理由", Kind.LONG, 30),
    Column("算不算联系", width=10),
    Column("照片、扫描件", Kind.COUNT, 12),
)
_VERDICTS = {"confirmed": "确认", "denied": "否认", None: "没有表态"}
_READ = (
    Action.RECORD_CONTACT,
    Action.CONFIRM_CONTACT,
    Action.DENY_CONTACT,
    Action.APPROVE_PLAN,
    Action.DISPATCH,
)


def ledger(asking: Asking) -> Ledger:
    """Every contact that was recorded in the year's cases."""
    recorded = (
        select(Event.seq)
        .join(Handling, Handling.id == Event.handling_id)
        .join(Suggestion, Suggestion.id == Handling.suggestion_id)
        .where(Event.action == Action.RECORD_CONTACT, asking.of_year(), asking.of_units(Handling.unit_id))
    )
    sheet = Sheet("沟通", COLUMNS, _rows(asking))
    return Ledger(f"{asking.asks.year}年同代表沟通台账", (sheet,), asking.count(recorded))


def _handlings(asking: Asking) -> Select[Any]:
    suggestion = (Suggestion.number, Suggestion.term, Suggestion.session, Suggestion.series, Suggestion.title)
    names = (Suggestion.is_name_hidden, Unit.name.label("unit"), Person.name.label("lead"))
    told = select(Event.handling_id).where(Event.action == Action.RECORD_CONTACT)
    return (
        select(Handling.id, Handling.part, *suggestion, *names)
        .select_from(Handling)
        .join(Suggestion, Suggestion.id == Handling.suggestion_id)
        .join(Unit, Unit.id == Handling.unit_id)
        .outerjoin(Person, Person.id == Suggestion.lead_id)
        .where(asking.of_year(), asking.of_units(Handling.unit_id), Handling.id.in_(told))
        .order_by(*ORDER)
    )


def _rows(asking: Asking) -> Iterator[Sequence[Value]]:
    for portion in asking.portions(_handlings(asking), Handling.id):
        told: dict[int, list[Past]] = defaultdict(list)
        events = select(Event).where(Event.handling_id.in_([row.id for row in portion]), Event.action.in_(_READ))
        for event in asking.session.scalars(events.order_by(Event.chain, Event.seq)):
            if event.handling_id is not None and not chain.is_erased(event.payload):
                told[event.handling_id].append(event.past())
        for row in portion:
            story = Story(tuple(told[row.id]))
            for contact in story.contacts():
                yield _line(asking, row, story, contact)


def _line(asking: Asking, row: Row[Any], story: Story, contact: Contact) -> Sequence[Value]:
    past, said = contact.past, contact.past.payload
    lead = lead_words(row.lead, asking.actor, is_hidden=row.is_name_hidden)
    form, on = str(said.get("form", "")), said.get("contacted_on")
    return (
        *(number_of(row.number, row.part), session_of(row), row.title, lead, row.unit, past.round),
        CONTACT_STAGES[story.contact_stage(past)],
        CONTACT_FORMS.get(form, form),
        date.fromisoformat(on) if on else past.on,
        str(said.get("place") or ""),
        CONTACT_RANKS.get(str(said.get("rank") or ""), ""),
        *(str(said.get(name) or "") for name in ("people", "asked", "agreed")),
        *(past.actor_name, past.on),
        "" if contact.is_attempt else _VERDICTS[contact.verdict],
        contact.reason,
        "算" if contact.counts else "不算",
        len(said.get("files") or ()),
    )
