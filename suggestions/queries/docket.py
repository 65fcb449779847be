"""Many handlings at once with what the guards judge, in a number of statements that does not grow with the rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Promise, Suggestion
from suggestions.models.case import Case
from suggestions.models.facts import facts_of


def handlings(*where: ColumnElement[bool]) -> Select[tuple[Handling]]:
    """Handlings with suggestion, lead, unit and handler in one statement, by the day that comes next."""
    return (
        select(Handling)
        .join(Handling.suggestion)
        .where(*where)
        .options(
            contains_eager(Handling.suggestion).joinedload(Suggestion.lead),
            joinedload(Handling.unit),
            joinedload(Handling.handler),
        )
        .order_by(Handling.next_due_on, Suggestion.number, Handling.id)
    )


def co_handlings(*where: ColumnElement[bool]) -> Select[tuple[CoHandling]]:
    """Co-handlings with both units and the suggestion in one statement, by their due date."""
    return (
        select(CoHandling)
        .join(CoHandling.handling)
        .join(Handling.suggestion)
        .where(*where)
        .options(
            joinedload(CoHandling.unit),
            contains_eager(CoHandling.handling).options(
                contains_eager(Handling.suggestion).joinedload(Suggestion.lead),
                joinedload(Handling.unit),
                joinedload(Handling.handler),
            ),
        )
        .order_by(CoHandling.due_on, CoHandling.id)
    )


@dataclass(frozen=True)
class Docket:
    """Handlings with their co-handlings, promises and events, ready to be judged for one person at one moment."""

    actor: Actor
    now: datetime
    co_handlings: dict[int, list[CoHandling]]
    promises: dict[int, list[Promise]]
    events: dict[int, list[Event]]
    is_reviewed: bool = True
    """Whether the acting clerk's unit holds a reviewer's post today."""

    def facts(self, handling: Handling, co: CoHandling | None = None) -> Facts:
        """The facts of one handling, or of an opinion owed to it; the original's files are not among them."""
        case = Case(
            suggestion=handling.suggestion,
            cosigners=(),
            files=(),
            handlings=(handling,),
            co_handlings=tuple(self.co_handlings.get(handling.id, ())) if co is None else (co,),
            promises=tuple(self.promises.get(handling.id, ())),
            events=tuple(self.events.get(handling.id, ())),
        )
        return facts_of(
            db.session(),
            case,
            actor=self.actor,
            now=self.now,
            rules=rulebook.load(handling.suggestion.rulebook, handling.suggestion.ruled_on),
            life=Life.HANDLING if co is None else Life.CO_HANDLING,
            target_id=handling.id if co is None else co.id,
            is_reviewed=self.is_reviewed,
        )


def docket(
    actor: Actor,
    now: datetime,
    rows: Sequence[Handling],
    *,
    co_handlings: Iterable[CoHandling] = (),
    has_promises: bool = False,
    without: Collection[Action] = (),
    is_reviewed: bool = True,
) -> Docket:
    """Load what belongs to these handlings: one statement for the events, one more for the promises where asked.

    `without` leaves out actions that nothing on the page looks at; `is_reviewed` is told of a clerk's own unit.
    """
    ids = [row.id for row in rows]
    grouped: dict[int, list[CoHandling]] = defaultdict(list)
    for co in co_handlings:
        grouped[co.handling_id].append(co)
    promises: dict[int, list[Promise]] = defaultdict(list)
    if has_promises:
        query = select(Promise).where(Promise.handling_id.in_(ids)).order_by(Promise.handling_id, Promise.number)
        for promise in db.session.scalars(query):
            promises[promise.handling_id].append(promise)
    events: dict[int, list[Event]] = defaultdict(list)
    told = select(Event).where(Event.handling_id.in_(ids), Event.action.not_in([str(action) for action in without]))
    for event in db.session.scalars(told.order_by(Event.handling_id, Event.seq)):
        if event.handling_id is not None:
            events[event.handling_id].append(event)
    return Docket(actor, now, grouped, promises, events, is_reviewed)


def owed_or_awaited(unit_id: int | None, ids: Sequence[int]) -> ColumnElement[bool]:
    """Co-handlings that a unit owes to others, or that others owe to these handlings."""
    return or_(CoHandling.unit_id == unit_id, CoHandling.handling_id.in_(ids))
