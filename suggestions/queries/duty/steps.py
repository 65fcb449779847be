"""A director's five personal steps of a year, from events alone: how many, when, and how long each had waited."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from suggestions.domain.actions import Action as A
from suggestions.domain.guards import SEAL_ACTIONS
from suggestions.domain.labels import SEALS
from suggestions.domain.states import Life, Role, Seal
from suggestions.domain.workdays import Calendar
from suggestions.models import Event, Handling, Suggestion

SINCE: Mapping[Seal, tuple[tuple[A, ...], str]] = {
    Seal.READ: ((A.RECEIVE, A.ORDER_REDO), "签收（重新办理的，责成）"),
    Seal.PLAN: ((A.SUBMIT_PLAN,), "报送方案"),
    Seal.URGE: ((A.APPROVE_PLAN,), "审定方案"),
    Seal.SIGN: ((A.SUBMIT_REPLY,), "报签复函"),
    Seal.COORDINATE: ((A.OPEN_RATING, A.LAPSE_RATING, A.WAIVE_RATING, A.CONCLUDE_DISPUTE), "评价有了结果"),
}
"""From which event on each step waits for the director, and what that is called."""
_TAKES_BACK = (A.VOID_SIGNATURE, A.CORRECT_REPLY)
_SEAL_OF = {action: seal for seal, action in SEAL_ACTIONS.items()}
_READ = {*_SEAL_OF, *_TAKES_BACK, *(action for actions, _ in SINCE.values() for action in actions)}


@dataclass(frozen=True)
class Taken:
    """One personal step: on what, when, and how many working days it had waited; None where nothing waited for it."""

    handling_id: int
    number: str
    title: str
    on: date
    waited: int | None
    is_taken_back: bool = False


@dataclass(frozen=True)
class StepLine:
    """One of the five in a year."""

    seal: Seal
    name: str
    since: str
    taken: tuple[Taken, ...]

    @property
    def times(self) -> int:
        """How often it was taken."""
        return len(self.taken)

    @property
    def cases(self) -> int:
        """On how many handlings."""
        return len({each.handling_id for each in self.taken})

    @property
    def taken_back(self) -> int:
        """How many of them count no more, because the letter was taken up again."""
        return sum(each.is_taken_back for each in self.taken)

    @property
    def first_on(self) -> date | None:
        """The day of the first."""
        return min((each.on for each in self.taken), default=None)

    @property
    def last_on(self) -> date | None:
        """The day of the last."""
        return max((each.on for each in self.taken), default=None)

    @property
    def _waits(self) -> list[int]:
        return [each.waited for each in self.taken if each.waited is not None]

    @property
    def average(self) -> str:
        """How many working days they waited on average, to one digit; empty where nothing waited."""
        if not self._waits:
            return ""
        return str((Decimal(sum(self._waits)) / len(self._waits)).quantize(Decimal("0.1"), ROUND_HALF_UP))

    @property
    def longest(self) -> int | None:
        """How many working days the longest waited."""
        return max(self._waits, default=None)


def steps_of(session: Session, person_id: int, unit_id: int, year: int, calendar: Calendar) -> tuple[StepLine, ...]:
    """The five of one person in one unit and year, two statements for all of them."""
    own = and_(
        Event.actor_id == person_id,
        Event.unit_id == unit_id,
        Event.life == Life.HANDLING,
        Event.actor_role == Role.DIRECTOR,
        Event.action.in_(_SEAL_OF),
        Event.on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    columns = (Event.handling_id, Event.action, Event.actor_id, Event.unit_id, Event.on)
    touched = select(Event.handling_id).where(own)
    told = select(*columns).where(Event.handling_id.in_(touched), Event.action.in_(_READ))
    stories: dict[int, list[Row[Any]]] = defaultdict(list)
    for event in session.execute(told.order_by(Event.chain, Event.seq)):
        stories[event.handling_id].append(event)
    named = (
        select(Handling.id, Handling.part, Suggestion.number, Suggestion.title)
        .join(Suggestion, Suggestion.id == Handling.suggestion_id)
        .where(Handling.id.in_(touched))
    )
    found: dict[Seal, list[Taken]] = {seal: [] for seal in Seal}
    for handling in session.execute(named):
        number = f"第{handling.number}号" if handling.part is None else f"第{handling.number}-{handling.part}号"
        for seal, event, taken in _walk(stories[handling.id], calendar):
            if (event.actor_id, event.unit_id, event.on.year) == (person_id, unit_id, year):
                found[seal].append(replace(taken, handling_id=handling.id, number=number, title=handling.title))
    return tuple(
        StepLine(seal, SEALS[seal][1], SINCE[seal][1], tuple(sorted(taken, key=lambda each: (each.on, each.number))))
        for seal, taken in found.items()
    )


def _walk(story: Iterable[Row[Any]], calendar: Calendar) -> Iterator[tuple[Seal, Row[Any], Taken]]:
    """Every personal step on one handling, by whomever, with how long it had waited."""
    waiting: dict[Seal, date] = {}
    found: list[tuple[Seal, Row[Any], Taken]] = []
    for event in story:
        action = A(event.action)
        if seal := _SEAL_OF.get(action):
            since = waiting.pop(seal, None)
            waited = None if since is None else calendar.workdays_between(since, event.on)
            found.append((seal, event, Taken(event.handling_id, "", "", event.on, waited)))
        elif action in _TAKES_BACK:
            at = max((at for at, (seal, _, _) in enumerate(found) if seal is Seal.SIGN), default=None)
            if at is not None:
                seal, event_then, taken = found[at]
                found[at] = seal, event_then, replace(taken, is_taken_back=True)
        for each, (actions, _) in SINCE.items():
            if action in actions:
                waiting[each] = event.on
    yield from found
