"""Which promises the yearly round of reports is about, and on which of them the report went out."""

from sqlalchemy import ColumnElement, and_, exists, or_

from suggestions.domain.actions import Action
from suggestions.domain.promise_round import Round
from suggestions.domain.states import ANSWERED
from suggestions.models.event import Event
from suggestions.models.handling import Handling
from suggestions.models.promise import Promise


def owes_report(round: Round) -> ColumnElement[bool]:
    """Promises of a letter that went out, kept or open, that this round is about; imported ones from then on."""
    came_in = exists().where(
        Event.handling_id == Handling.id, Event.action == Action.KEEP_PAST, Event.on <= round.closes_on
    )
    return and_(
        Handling.state.in_(ANSWERED),
        or_(~Handling.is_past, came_in.correlate(Handling)),
        Promise.released_on.is_(None),
        Promise.made_on.between(round.first_made_on, round.last_made_on),
    )


def is_reported(round: Round) -> ColumnElement[bool]:
    """Whether the report of this round went out."""
    return and_(Promise.reported_on.is_not(None), Promise.reported_on >= round.opens_on)


def owing(round: Round) -> ColumnElement[bool]:
    """A handling with a promise on which the round's report is still owed, ended or not."""
    is_owed = exists().where(Promise.handling_id == Handling.id, owes_report(round), ~is_reported(round))
    return is_owed.correlate(Handling)
