"""The urging register (督促督办台账): who urged, what was asked, what followed, how long it took, what is late."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from suggestions.domain import chain
from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import Light
from suggestions.domain.facts import Actor
from suggestions.domain.labels import ROLES, URGING_FORMS
from suggestions.domain.states import FINAL, Role
from suggestions.domain.story import Past, Story
from suggestions.domain.urging import FOLLOWED, URGINGS, Outcome, outcome
from suggestions.models import Event, Handling, Person, Suggestion, Unit
from suggestions.models.calendar import calendar
from suggestions.queries.counts import Scope
from suggestions.queries.lights import Lamp, lamp_of_day, rules_of, spoken
from suggestions.queries.paging import Chip, Page
from suggestions.queries.promise_register import visible
from suggestions.queries.urging_words import answered, followed
from suggestions.queries.waiting import lead_words

_READ = (*URGINGS, A.ANSWER_URGING, A.REDATE, *FOLLOWED)


@dataclass(frozen=True)
class Line:
    """One urging with its light, and what became of it."""

    handling_id: int
    number: str
    title: str
    unit: str
    who: str
    on_text: str
    asked: str
    due_text: str
    light: Lamp
    became: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """One page of the register, with the count of every question beside it."""

    lines: tuple[Line, ...]
    chips: tuple[Chip, ...]
    page: Page


@dataclass(frozen=True)
class Shown:
    """A frequent question: its words, which urgings answer it, and the shape of a light, or empty."""

    label: str
    holds: Callable[[Outcome], bool]
    light: str = ""


def _by(*roles: Role) -> Callable[[Outcome], bool]:
    return lambda found: found.urging.past.actor_role in roles


SHOWN: Mapping[str, Shown] = {
    "over": Shown("超期没有回话", lambda o: o.light is Light.OVER, "over"),
    "near": Shown("快到期", lambda o: o.light is Light.NEAR, "near"),
    "waiting": Shown("等回话", lambda o: o.is_waiting),
    "late": Shown("回话晚了", lambda o: o.light is Light.DONE and o.days_late > 0),
    "idle": Shown("此后没有动作", lambda o: not o.followed),
    "director": Shown("局长督促", _by(Role.DIRECTOR)),
    "supervisor": Shown("人代工委督办", _by(Role.SUPERVISOR)),
    "inspector": Shown("督查室督办", _by(Role.INSPECTOR)),
    "deputy": Shown("代表亮灯", _by(Role.DEPUTY)),
}
"""The frequent questions by their code."""


def register(session: Session, actor: Actor, scope: Scope, show: str, *, today: date, page: int = 1) -> Register:
    """One page of the urgings of what this person's unit answers for: unanswered and late ones first, then by day."""
    found = sorted(_outcomes(session, scope, today), key=_order)
    wanted = [each for each in found if show not in SHOWN or SHOWN[show].holds(each[1])]
    at = Page.nearest(page, len(wanted))
    return Register(
        lines=tuple(_line(row, of, actor, today) for row, of in wanted[at.before : at.last]),
        chips=tuple(
            Chip(code, of.label, sum(of.holds(each) for _, each in found), of.light) for code, of in SHOWN.items()
        ),
        page=at,
    )


def _order(found: tuple[Handling, Outcome]) -> tuple[bool, date, int]:
    """What waits first, by the day of its answer; then the newest."""
    on = found[1].due_on or date.max
    past = found[1].urging.past
    return (False, on, past.seq) if found[1].is_waiting else (True, date.min, -past.on.toordinal())


def _outcomes(session: Session, scope: Scope, today: date) -> Iterator[tuple[Handling, Outcome]]:
    urged = select(Event.handling_id).where(Event.action.in_(list(URGINGS)))
    rows = session.scalars(
        select(Handling)
        .where(visible(scope), Handling.id.in_(urged))
        .options(
            joinedload(Handling.suggestion).defer(Suggestion.content),
            joinedload(Handling.suggestion).joinedload(Suggestion.lead).load_only(Person.name),
            joinedload(Handling.unit).load_only(Unit.name),
        )
    ).all()
    told: dict[int, list[Past]] = defaultdict(list)
    events = select(Event).where(Event.handling_id.in_([row.id for row in rows]), Event.action.in_(_READ))
    for event in session.scalars(events.order_by(Event.chain, Event.seq)):
        if event.handling_id is not None and not chain.is_erased(event.payload):
            told[event.handling_id].append(event.past())
    days = calendar(session)
    for row in rows:
        story = Story(tuple(told[row.id]))
        for urging in story.urgings():
            yield row, outcome(urging, story, today, days, rules=rules_of(row.suggestion), is_ended=row.state in FINAL)


def _line(row: Handling, found: Outcome, actor: Actor, today: date) -> Line:
    past, suggestion = found.urging.past, row.suggestion
    demand = str(past.payload.get("demand", ""))
    return Line(
        handling_id=row.id,
        number=row.number_text,
        title=suggestion.title,
        unit=row.unit.name,
        who=_who(past, actor, is_hidden=suggestion.is_name_hidden),
        on_text=spoken(past.on, today),
        asked=demand,
        due_text=f"{spoken(found.due_on, today)}前回话" if found.due_on else "没有定日期",
        light=_lamp(found, today),
        became=(*answered(found, today), *followed(found, today)),
    )


def _who(past: Past, actor: Actor, *, is_hidden: bool) -> str:
    if past.action is A.LIGHT_UP:
        return f"代表亮灯 {lead_words(past.actor_name, actor, is_hidden=is_hidden)}"
    if past.action is A.URGE:
        return f"局长{URGING_FORMS[past.payload['form']]} {past.actor_name}"
    role = Role(past.actor_role) if past.actor_role else Role.SUPERVISOR
    return f"{ROLES[role]}督办 {past.actor_name}"


def _lamp(found: Outcome, today: date) -> Lamp:
    if found.light is Light.DONE:
        return Lamp(Light.DONE, "已回话", f"晚{found.late_text}" if found.days_late else "")
    if found.light is Light.NONE or found.due_on is None or found.near_on is None:
        return Lamp(Light.NONE, "没有回话", "")
    return lamp_of_day(found.due_on, found.near_on, today, found.unit)
