"""One row of the register in words: what it is, where it stands, when it is due, whom it waits for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import Light
from suggestions.domain.facts import Actor
from suggestions.domain.labels import STATES
from suggestions.domain.limits import short_name
from suggestions.domain.states import CoState, HandlingState, Life
from suggestions.queries.dues import is_own as is_own_term
from suggestions.queries.lights import DONE, ENDS, OWED, PAST, SENT, WORDS, Lamp, spoken
from suggestions.queries.past_page import session_of
from suggestions.queries.waiting import co_handling_words, handling_words, lead_words

_LAMPS = (Lamp(Light.OVER, WORDS[Light.OVER]), Lamp(Light.NEAR, WORDS[Light.NEAR]), Lamp(Light.OK, "正常"), DONE)
_LATE, _OK = 0, 2
_SIGNED = {Action.COUNTERSIGN: "已会签", Action.DISSENT: "会签提了不同意见"}


@dataclass(frozen=True)
class Line:
    """One row: a handling, or for a unit that only owes an opinion, that opinion."""

    id: int
    number: str
    light: Lamp
    title: str
    is_key: bool
    sub: str
    stage: str
    due_text: str
    next: str
    is_co: bool
    key: str


def line_of(row: Row[Any], actor: Actor, today: date) -> Line:
    """The row as this person reads it on this day."""
    lead = lead_words(row.lead, actor, is_hidden=row.is_name_hidden)
    co_state = getattr(row, "co_state", None)
    sub = [lead, row.category]
    if co_state is not None:
        sub += ["协办", f"{row.unit}主办"]
        is_to_sign = co_state is CoState.ACCEPTED and row.co_red_after is not None
        stage = STATES[Life.CO_HANDLING][co_state]
        waits = co_handling_words(co_state, actor.unit_name, row.unit, is_to_sign=is_to_sign)
        if co_state is CoState.ACCEPTED and row.signature and not is_to_sign:
            stage, waits = _SIGNED[row.signature], "现在不等本单位"
        until = row.co_due_on if co_state in OWED else row.co_red_after if is_to_sign else None
        due = f"{spoken(until, today)}到期" if until else ""
        lamp = SENT if row.rank == DONE.rank else _LAMPS[row.rank]
    else:
        sub += [] if row.unit == actor.unit_name else [row.unit]
        sub += ["分类异议"] if row.was_challenged else []
        sub += [f"{owing}欠协办意见"] if (owing := getattr(row, "late_units", None)) else []
        stage = STATES[Life.HANDLING][row.state] + (f"，第{row.round}轮" if row.round > 1 else "")
        waits = handling_words(row.state, row.handler, lead)
        due = _due_text(row, today)
        lamp = ENDS.get(row.state, _LAMPS[row.rank])
        if row.is_past:
            is_owed = row.next_due == "promise"
            sub.insert(0, session_of(row))
            stage, waits = "往年件", f"{row.handler or '承办人'}兑现承诺" if is_owed else "已存档"
            lamp = _LAMPS[row.rank] if is_owed else PAST
    return Line(
        id=row.id,
        number=f"第{row.number}号" if row.part is None else f"第{row.number}-{row.part}号",
        light=lamp,
        title=row.title,
        is_key=row.is_key,
        sub=" · ".join(part for part in sub if part),
        stage=stage,
        due_text=due,
        next=waits,
        is_co=co_state is not None,
        key=f"{row.rank}.{len(row.number)}.{row.number}.{row.id}",
    )


def _due_text(row: Row[Any], today: date) -> str:
    if row.state is HandlingState.CLOSED and not row.is_past:
        return f"{spoken(row.closed_on, today)}办结" if row.closed_on else ""
    if row.next_due_on is None:
        return ""
    is_own = is_own_term(row.state, row.next_due)
    if row.state is HandlingState.REPLIED and row.rank == _OK and row.rating_due_on and not is_own:
        return f"{spoken(row.rating_due_on, today)}到期"
    is_named = row.rank == _LATE or not is_own
    name = short_name(row.next_due, rulebook.load(row.rulebook, row.ruled_on)) if is_named else ""
    return f"{name}{spoken(row.next_due_on, today)}到期"
