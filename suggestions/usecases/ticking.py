"""The tick: what the system does by itself when a term has run out; safe to run twice."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.actions import Action
from suggestions.domain.errors import NotNow
from suggestions.domain.facts import SYSTEM
from suggestions.domain.reminders import is_deputy_warned
from suggestions.domain.states import HandlingState, Life
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.models.case import load_case
from suggestions.usecases import hand_over_lists, redating, reminding
from suggestions.usecases.judging import facts_for, term_ends_on
from suggestions.usecases.step import take_as_system


@dataclass(frozen=True)
class Ticked:
    """How many handlings the tick moved, by what it did."""

    received: int = 0
    lapsed: int = 0
    opened: int = 0
    redated: int = 0
    reminded: int = 0


def _due(state: HandlingState, today: date) -> list[int]:
    """Ids of the handlings in a state whose term is over; an unanswered urging that is due ends no term."""
    last = today if state is HandlingState.ASSIGNED else today - timedelta(days=1)
    wanted = select(Handling).where(Handling.state == state, Handling.next_due_on <= last).order_by(Handling.id)
    return [row.id for row in db.session.scalars(wanted).all() if _ends_on(row) <= last]


def _ends_on(row: Handling) -> date:
    return term_ends_on(load_case(db.session(), row.suggestion_id), row) or date.max


def _may_lapse(id: int) -> bool:
    case = load_case(db.session(), db.session.get_one(Handling, id).suggestion_id)
    return is_deputy_warned(facts_for(case, SYSTEM, Life.HANDLING, id))


def tick() -> Ticked:
    """Count anew what holidays moved; receive what nobody received, lapse what nobody rated, open ratings in time."""
    redated, today = redate_owed(), clock.today()
    hand_over_lists.standins_ended()
    done = {}
    for state, action in (
        (HandlingState.ASSIGNED, Action.RECEIVE),
        (HandlingState.REPLIED, Action.LAPSE_RATING),
        (HandlingState.RATED, Action.OPEN_RATING),
    ):
        due = _due(state, today)
        if action is Action.LAPSE_RATING:
            due = [id for id in due if _may_lapse(id)]
        done[action] = sum(_try(action, id) for id in due)
    return Ticked(done[Action.RECEIVE], done[Action.LAPSE_RATING], done[Action.OPEN_RATING], redated, _remind(today))


def redate_owed() -> int:
    """Count anew whatever an announcement of holidays may reach; how many handlings were moved. Safe to run twice."""
    since = redating.begins_again()
    if since is None:
        return 0
    moved = sum(_try(Action.REDATE, id) for id in redating.reached(since) if redating.is_moved(id))
    redating.settle()
    return moved


def _try(action: Action, row_id: int, life: Life = Life.HANDLING, **payload: Any) -> bool:
    try:
        take_as_system(life, action, row_id, **payload)
    except NotNow:
        return False
    return True


def _remind(today: date) -> int:
    """Let every light that is yellow or red call whom it calls today; how many reminders went out."""
    done = 0
    for id in reminding.alight(today):
        for life, row_id, call in reminding.calls(load_case(db.session(), id)):
            done += _try(
                Action.REMIND, row_id, life, key=call.key, light=call.light, text=call.text, called=call.called
            )
    return done
