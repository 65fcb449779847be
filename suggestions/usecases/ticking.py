"""The tick: what the system does by itself when a term has run out; safe to run twice."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.actions import Action
from suggestions.domain.errors import NotNow
from suggestions.domain.states import HandlingState, Life
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.usecases.step import take_as_system


@dataclass(frozen=True)
class Ticked:
    """How many handlings the tick moved, by what it did."""

    received: int = 0
    lapsed: int = 0
    opened: int = 0


def _due(state: HandlingState, today: date) -> list[int]:
    is_over = Handling.next_due_on <= today if state is HandlingState.ASSIGNED else Handling.next_due_on < today
    wanted = select(Handling.id).where(Handling.state == state, is_over).order_by(Handling.id)
    return list(db.session.scalars(wanted))


def tick() -> Ticked:
    """Receive what nobody received, lapse what nobody rated, open the ratings whose window ended."""
    today = clock.today()
    done = {}
    for state, action in (
        (HandlingState.ASSIGNED, Action.RECEIVE),
        (HandlingState.REPLIED, Action.LAPSE_RATING),
        (HandlingState.RATED, Action.OPEN_RATING),
    ):
        done[action] = sum(_try(action, id) for id in _due(state, today))
    return Ticked(done[Action.RECEIVE], done[Action.LAPSE_RATING], done[Action.OPEN_RATING])


def _try(action: Action, handling_id: int) -> bool:
    try:
        take_as_system(Life.HANDLING, action, handling_id)
    except NotNow:
        return False
    return True
