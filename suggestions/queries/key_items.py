"""The key items of a year (重点督办件): who leads the supervision, whether there is a plan, how many reports."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from suggestions.domain import chain
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Actor
from suggestions.domain.labels import STATES
from suggestions.domain.states import HANDLING_ENDS, Life, SuggestionState
from suggestions.domain.story import Past
from suggestions.models import Event, Handling, Suggestion
from suggestions.models.counting import counted_handlings
from suggestions.queries.counts import Scope
from suggestions.queries.desks.items import Place
from suggestions.queries.docket import handlings
from suggestions.queries.lights import Lamp, lamp_of, spoken
from suggestions.queries.paging import Chip
from suggestions.queries.promise_register import visible
from suggestions.queries.waiting import lead_text

_TOLD = (A.PLAN_SUPERVISION, A.REPORT_SUPERVISION)


@dataclass(frozen=True)
class Line:
    """One key item with what its supervision has come to; `plan_form` is where a plan can still be made."""

    page: Place
    number: str
    title: str
    lead: str
    units: str
    stage: str
    light: Lamp
    due_text: str
    leader: str
    plan_text: str
    report_text: str
    is_planned: bool
    is_reported: bool
    plan_form: Place | None


@dataclass(frozen=True)
class KeyItems:
    """The key items of one year, those whose light is worst first, and the other years that have any."""

    year: int
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    chips: tuple[Chip, ...]
    total: int


SHOWN: Mapping[str, tuple[str, Callable[[Line], bool]]] = {
    "unplanned": ("没有督办方案", lambda line: not line.is_planned),
    "unreported": ("还没有督办情况", lambda line: not line.is_reported),
}
"""The frequent questions by their code."""


def key_items(
    session: Session, actor: Actor, scope: Scope, show: str, *, today: date, year: int | None = None
) -> KeyItems:
    """The key items that this person's unit answers for, or all; of the newest year with any where none is named."""
    wanted = Suggestion.is_key.is_(True), Suggestion.assigned_on.is_not(None), counted_handlings(), visible(scope)
    parts: dict[int, list[Handling]] = defaultdict(list)
    for row in session.scalars(handlings(*wanted).order_by(None).order_by(Suggestion.id, Handling.id)):
        parts[row.suggestion_id].append(row)
    years = sorted({_year(rows) for rows in parts.values()}, reverse=True)
    chosen = year or next(iter(years), today.year)
    of_year = [rows for rows in parts.values() if _year(rows) == chosen]
    told = _told(session, [rows[0].suggestion_id for rows in of_year])
    found = [_line(rows, told[rows[0].suggestion_id], actor, scope, today) for rows in of_year]
    found.sort(key=lambda line: (line.light.rank, line.is_planned, line.number))
    return KeyItems(
        year=chosen,
        years=tuple(years),
        lines=tuple(line for line in found if show not in SHOWN or SHOWN[show][1](line)),
        chips=tuple(Chip(code, label, sum(map(holds, found))) for code, (label, holds) in SHOWN.items()),
        total=len(found),
    )


def _year(rows: Sequence[Handling]) -> int:
    assigned = rows[0].suggestion.assigned_on
    assert assigned is not None
    return assigned.year


def _told(session: Session, ids: Sequence[int]) -> dict[int, list[Past]]:
    told: dict[int, list[Past]] = defaultdict(list)
    events = select(Event).where(Event.suggestion_id.in_(ids), Event.action.in_(_TOLD))
    for event in session.scalars(events.order_by(Event.suggestion_id, Event.seq)):
        if event.suggestion_id is not None and not chain.is_erased(event.payload):
            told[event.suggestion_id].append(event.past())
    return told


def _line(rows: Sequence[Handling], told: Sequence[Past], actor: Actor, scope: Scope, today: date) -> Line:
    suggestion = rows[0].suggestion
    lamps = [(lamp_of(row, today), row) for row in rows]
    worst, row = min(lamps, key=lambda pair: (pair[0].rank, pair[1].red_after or date.max, pair[1].id))
    plans = [past for past in told if past.action is A.PLAN_SUPERVISION]
    reports = [past for past in told if past.action is A.REPORT_SUPERVISION]
    may_plan = scope.units is None and suggestion.state is SuggestionState.ASSIGNED and not plans
    return Line(
        page=Place(Life.HANDLING, row.id) if len(rows) == 1 else Place(Life.SUGGESTION, suggestion.id),
        number=suggestion.number_text,
        title=suggestion.title,
        lead=lead_text(suggestion, actor),
        units="、".join(each.unit.name for each in rows),
        stage=STATES[Life.HANDLING][row.state],
        light=worst,
        due_text="" if row.state in HANDLING_ENDS or row.dispatched_on else f"{spoken(row.reply_due_on, today)}前答复",
        leader=str(plans[-1].payload["leader"]) if plans else "",
        plan_text=_plan_text(plans, today),
        report_text=_report_text(reports, today),
        is_planned=bool(plans),
        is_reported=bool(reports),
        plan_form=Place(Life.SUGGESTION, suggestion.id, A.PLAN_SUPERVISION) if may_plan else None,
    )


def _plan_text(plans: Sequence[Past], today: date) -> str:
    if not plans:
        return "没有督办方案"
    changed = f"，{spoken(plans[-1].on, today)}调整" if len(plans) > 1 else ""
    return f"{spoken(plans[0].on, today)}定{changed}"


def _report_text(reports: Sequence[Past], today: date) -> str:
    if not reports:
        return "还没有"
    last = max(date.fromisoformat(str(past.payload["held_on"])) for past in reports)
    return f"{len(reports)}次，最近{spoken(last, today)}"
