"""The handler's desk: own cases by next step, what is missing before each can move, terms and drafts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import and_, or_, select

from suggestions.domain import guards
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.limits import countersign_due, name_of, owed_passage
from suggestions.domain.states import HANDLING_ENDS, CoState, Life
from suggestions.domain.states import HandlingState as S
from suggestions.domain.urging import URGINGS
from suggestions.domain.workdays import WEEKDAYS
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, WorkingCopy
from suggestions.queries.desks.items import (
    Desk,
    Place,
    Todo,
    greet,
    group,
    of_co_handling,
    of_handling,
    present,
)
from suggestions.queries.desks.reports import owed_reports, owing
from suggestions.queries.docket import Docket, co_handlings, docket, handlings, owed_or_awaited
from suggestions.queries.dues import countersign_lamp
from suggestions.queries.hand_overs.waiting import Waiting, apart, beside
from suggestions.queries.lights import OWED, lamp_of, spoken
from suggestions.queries.waiting import handling_waits_for

_UNREAD = (A.ATTACH, A.COMMENT, A.RECORD_PROGRESS, A.OPEN_ORIGINAL, A.RATE, A.CORRECT_RATING)
_TERMS = 8
_DRAFTS = 8


@dataclass(frozen=True)
class Term:
    """A day on which something of the handler's ends."""

    on: date
    date_text: str
    text: str
    page: Place

    @property
    def date_iso(self) -> str:
        """The day for a machine."""
        return self.on.isoformat()


@dataclass(frozen=True)
class Draft:
    """Something begun and not sent."""

    saved_at: datetime
    text: str
    form: Place


@dataclass(frozen=True)
class HandlerDesk(Desk):
    """The groups, beside them the terms that come next and what was begun."""

    terms: tuple[Term, ...]
    drafts: tuple[Draft, ...]


def handler_desk(actor: Actor, now: datetime) -> HandlerDesk:
    """What waits for a handler: of the own cases, and what the unit owes to others."""
    today = now.date()
    is_owed = or_(Handling.state.not_in(HANDLING_ENDS), Handling.next_due == "promise", owing(today))
    is_anybodys = and_(Handling.is_past, Handling.handler_id.is_(None), Handling.unit_id == actor.unit_id)
    mine = list(db.session.scalars(handlings(or_(Handling.handler_id == actor.person_id, is_anybodys), is_owed)))
    mine = [row for row in mine if row.unit_id == actor.unit_id]
    ids = [row.id for row in mine]
    cos = list(
        db.session.scalars(
            co_handlings(
                owed_or_awaited(actor.unit_id, ids),
                Handling.state.not_in(HANDLING_ENDS),
                CoHandling.state.not_in((CoState.SILENT, CoState.CANCELLED)),
            )
        )
    )
    owed = [co for co in cos if co.unit_id == actor.unit_id]
    awaited = [co for co in cos if co.handling_id in ids]
    rows = [*mine, *{co.handling_id: co.handling for co in owed}.values()]
    judged = docket(actor, now, rows, co_handlings=awaited, has_promises=True, without=_UNREAD)
    facts = {row.id: judged.facts(row) for row in mine}
    groups = present(
        (
            group("g-answer", "要回话的", _to_answer(mine, facts, today), short="要回话"),
            group("g-co", "欠别的单位的意见", _owed(owed, judged, today), help="欠别人的，也是期限", short="协办"),
            group(
                "g-accept", "协办意见到了", _to_accept(awaited, today), help="有事实就采用，空话退回", short="意见到了"
            ),
            group("g-plan", "拟定方案", _to_plan(mine, facts, today), short="拟方案"),
            group("g-reply", "办理和起草复函", _to_reply(mine, facts, today), short="办理中"),
            group("g-keep", "跟踪落实", _to_keep(mine, facts, today), short="跟踪落实"),
            owed_reports(mine, judged, today),
            group("g-wait", "在别人手里", _waiting(mine, actor, today)),
        )
    )
    drafts, hand_overs = _drafts(actor, mine, owed)
    return HandlerDesk(
        hand_overs=hand_overs,
        greeting=greet(actor, sum(1 for g in groups for item in g.items if item.form)),
        groups=groups,
        terms=_terms(mine, facts, owed, judged, today),
        drafts=drafts,
    )


def _to_answer(mine: Sequence[Handling], facts: dict[int, Facts], today: date) -> Iterator[Todo]:
    for row in (each for each in mine if each.state not in HANDLING_ENDS):
        for urging in facts[row.id].story.urgings():
            past = urging.past
            if urging.answers or past.round < row.round:
                continue
            until = f"，{spoken(urging.due_on, today)}前要回" if urging.due_on else ""
            said = " ".join(str(past.payload.get("demand") or past.payload.get("remark", "")).split())
            wait = f"{spoken(past.on, today)}{URGINGS[past.action]}{until}：{said}"
            yield of_handling(row, facts[row.id].actor, today, wait, act=A.ANSWER_URGING)


def _to_plan(mine: Sequence[Handling], facts: dict[int, Facts], today: date) -> Iterator[Todo]:
    for row in mine:
        if row.state is not S.PLANNING:
            continue
        found = facts[row.id]
        requests = len(found.story.requests)
        act = A.SUBMIT_PLAN if requests else A.SPLIT_REQUESTS
        returned = found.story.last(A.RETURN_PLAN, round=row.round)
        if returned and (found.story.plan is None or returned.seq > found.story.plan.seq):
            wait = f"方案被局长退回：{returned.payload.get('reason', '')}"
        elif requests:
            wait = f"诉求拆成{requests}条，等您写措施、责任人和日期。"
        else:
            wait = "先把代表的话逐条拆成诉求。"
        yield of_handling(row, found.actor, today, wait, act=act, missing=_without_contact(row, found))


def _without_contact(row: Handling, facts: Facts) -> list[str]:
    return [] if row.contacted_on else list(guards.reply.there_was_contact(facts))


def _to_reply(mine: Sequence[Handling], facts: dict[int, Facts], today: date) -> Iterator[Todo]:
    for row in mine:
        if row.state is not S.IN_PROGRESS:
            continue
        found = facts[row.id]
        missing = guards.missing(A.SUBMIT_REPLY, found)
        returned = found.story.last(A.RETURN_REPLY, round=row.round)
        draft = found.story.draft
        has_draft = draft is not None and draft.round == row.round
        if returned and draft and returned.seq > draft.seq:
            wait = f"复函被局长退回：{returned.payload.get('reason', '')}"
        elif not missing:
            wait = f"第{found.story.draft_number}稿都齐了，可以报签。"
        elif has_draft:
            wait = f"第{found.story.draft_number}稿，报签以前还差{len(missing)}项："
        else:
            wait = f"报签以前还差{len(missing)}项："
        act = A.DRAFT_REPLY if missing else A.SUBMIT_REPLY
        label = "改复函" if missing and has_draft else ""
        yield of_handling(row, found.actor, today, wait, act=act, label=label, missing=missing)


def _to_keep(mine: Sequence[Handling], facts: dict[int, Facts], today: date) -> Iterator[Todo]:
    for row in mine:
        if row.state is not S.FOLLOW_UP and row.next_due != "promise":
            continue
        found = facts[row.id]
        still_open = [p for p in found.promises if p.is_open]
        wait = f"还有{len(still_open)}项承诺没有兑现。" if still_open else "承诺都已兑现，等局长办结。"
        missing = list(guards.follow_up.no_open_promise(found))
        act = A.FULFIL_PROMISE if still_open else None
        yield of_handling(row, found.actor, today, wait, act=act, missing=missing)


def _waiting(mine: Sequence[Handling], actor: Actor, today: date) -> Iterator[Todo]:
    for row in mine:
        if row.state not in (S.PLANNING, S.IN_PROGRESS, S.FOLLOW_UP, S.CLOSED):
            yield of_handling(row, actor, today, f"等{handling_waits_for(row, actor)}。")


def _to_accept(awaited: Sequence[CoHandling], today: date) -> Iterator[Todo]:
    for co in awaited:
        if co.state is CoState.RELEASED and co.handling.state in (S.PLANNING, S.PLAN_REVIEW, S.IN_PROGRESS):
            item = of_co_handling(co, today, f"{co.unit.name}的协办意见到了，等您看。", act=A.ACCEPT_CO_OPINION)
            yield replace(item, light=lamp_of(co.handling, today), meta=())


def _owed(owed: Sequence[CoHandling], judged: Docket, today: date) -> Iterator[Todo]:
    for co in owed:
        until = spoken(co.due_on, today)
        if co.state in (CoState.INVITED, CoState.SENT_BACK):
            asked = f"{co.handling.unit.name}问：{co.question}" if co.question else ""
            again = "意见是空话，被退回，要重报。" if co.state is CoState.SENT_BACK else ""
            yield of_co_handling(
                co, today, f"{again}{until}前报给{co.handling.unit.name}。{asked}", act=A.GIVE_CO_OPINION
            )
        elif co.state is CoState.GIVEN:
            yield of_co_handling(co, today, "意见已拟好，等本单位局长审定。")
        elif co.state is CoState.ACCEPTED:
            yield from _to_countersign(co, judged.facts(co.handling, co), today)


def _to_countersign(co: CoHandling, facts: Facts, today: date) -> Iterator[Todo]:
    term = countersign_due(facts, co.id)
    if term is None:
        return
    lamp, passage = countersign_lamp(term, facts), owed_passage(facts, co.id)
    item = of_co_handling(co, today, f"复函中写到贵单位的一段，等您会签：{passage}", act=A.COUNTERSIGN)
    yield replace(item, light=lamp, due_on=term.on)


def _terms(
    mine: Sequence[Handling], facts: dict[int, Facts], owed: Sequence[CoHandling], judged: Docket, today: date
) -> tuple[Term, ...]:
    found = []
    for row in mine:
        if row.next_due_on and lamp_of(row, today).rest:
            name = name_of(row.next_due, facts[row.id].rulebook)
            found.append((row.next_due_on, f"{row.number_text} {name}", row.id))
    found += [(co.due_on, f"{co.handling.number_text} 协办意见", co.handling_id) for co in owed if co.state in OWED]
    for co in owed:
        signing = countersign_due(judged.facts(co.handling, co), co.id) if co.state is CoState.ACCEPTED else None
        if signing is not None:
            found.append((signing.on, f"{co.handling.number_text} 会签", co.handling_id))
    return tuple(
        Term(on, f"{spoken(on, today)} {WEEKDAYS[on.weekday()]}", text, Place(Life.HANDLING, id))
        for on, text, id in sorted(found)[:_TERMS]
    )


def _drafts(
    actor: Actor, mine: Sequence[Handling], owed: Sequence[CoHandling]
) -> tuple[tuple[Draft, ...], tuple[Waiting, ...]]:
    """What was begun and not sent, the newest first; and in the same statement the lists that wait for a signature."""
    numbers = {(str(Life.HANDLING), row.id): row.number_text for row in mine}
    numbers |= {(str(Life.CO_HANDLING), co.id): co.handling.number_text for co in owed}
    columns = WorkingCopy.life, WorkingCopy.target_id, WorkingCopy.action, WorkingCopy.saved_at
    asked = select(*columns).where(WorkingCopy.person_id == actor.person_id)
    kept, hand_overs = apart(db.session.execute(beside(asked, actor)), actor)
    found = (
        Draft(saved_at, f"{numbers[life, target]} {ACTIONS[A(action)]}", Place(Life(life), target, A(action)))
        for life, target, action, saved_at in (row[: len(columns)] for row in kept)
        if (life, target) in numbers
    )
    newest = sorted(found, key=lambda draft: draft.saved_at, reverse=True)
    return tuple(newest[:_DRAFTS]), hand_overs
