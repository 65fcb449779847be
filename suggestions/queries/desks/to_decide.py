"""What the two offices above the units look at first, with what of it is to be decided, in one statement."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Text, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Actor
from suggestions.domain.states import HANDLING_ENDS
from suggestions.domain.states import HandlingState as S
from suggestions.extensions import db
from suggestions.models import Event, Handling, Promise
from suggestions.queries.docket import handlings
from suggestions.queries.register_filters import CHALLENGE_INSISTED
from suggestions.queries.visible import handlings_for

_SHOWN = 30
_asking = aliased(Event)


def _how_many(action: A) -> ScalarSelect[int]:
    taken = select(func.count()).where(Event.handling_id == Handling.id, Event.action == action)
    return taken.correlate(Handling).scalar_subquery()


RELEASE_ASKED: ColumnElement[bool] = (
    exists()
    .where(Promise.handling_id == Handling.id, Promise.release_asked_on.is_not(None), Promise.released_on.is_(None))
    .correlate(Handling)
)
"""A handling with a promise whose end was asked and not yet decided."""
MAYBE_ON_PAPER: ColumnElement[bool] = _how_many(A.ENTER_ON_PAPER) > _how_many(A.CONFIRM_ON_PAPER)
"""A handling with more entries from paper than were confirmed; its story tells which of them still wait."""


_ASKED_BY: ColumnElement[str] = case(
    (Handling.state == S.RETURN_REQUESTED, literal(A.REQUEST_RETURN.value)),
    (Handling.state == S.CONTESTED, literal(A.OPEN_RATING.value)),
    else_=literal(A.REQUEST_EXTENSION.value),
)
"""By which action came what waits on a handling; the same is said of one handling in `domain/proposing.py`."""
_ASKED_AT = (
    select(func.max(_asking.seq))
    .where(_asking.handling_id == Handling.id, _asking.action == _ASKED_BY)
    .correlate(Handling)
    .scalar_subquery()
)
PROPOSAL: ScalarSelect[dict[str, str]] = (
    select(Event.payload)
    # The payload is text in one spelling, and a quotation mark that somebody wrote stands escaped in it.
    .where(Event.handling_id == Handling.id, Event.action == A.PROPOSE, Event.seq > _ASKED_AT)
    .where(cast(Event.payload, Text).like(literal('%"on":"') + _ASKED_BY + literal('"%')))
    .order_by(Event.seq.desc())
    .limit(1)
    .correlate(Handling)
    .scalar_subquery()
)
"""What the inspection office said of what waits on a handling."""


@dataclass(frozen=True)
class Looked:
    """A handling with what is to be decided of it; `proposal` is what the inspection office thinks, or empty."""

    row: Handling
    is_release_asked: bool
    is_on_paper: bool
    """Whether an entry from paper may wait."""
    is_insisted: bool
    """Whether a class is to be settled."""
    proposal: str


def look_over(actor: Actor, today: date, *, is_of_office: bool) -> list[Looked]:
    """Handlings that are disputed, red or yellow, the reddest first, each with what is to be decided of it.

    For the deputies office also those with a release asked, an entry from paper, a class to settle or a rating due.
    """
    is_lit = or_(Handling.red_after < today, Handling.yellow_on <= today)
    is_to_decide = or_(Handling.state.in_((S.CONTESTED, S.RETURN_REQUESTED)), Handling.extension_asked_on.is_not(None))
    if is_of_office:
        is_to_decide = or_(is_to_decide, RELEASE_ASKED, MAYBE_ON_PAPER, CHALLENGE_INSISTED)
    wanted = [is_to_decide, is_lit]
    if is_of_office:
        wanted.append(Handling.state == S.REPLIED)
    urgency = case((is_to_decide, 0), (Handling.red_after < today, 1), else_=2)
    query = handlings(handlings_for(actor), Handling.state.not_in(HANDLING_ENDS), or_(*wanted))
    told = query.add_columns(RELEASE_ASKED, MAYBE_ON_PAPER, CHALLENGE_INSISTED, PROPOSAL)
    found = db.session.execute(told.order_by(None).order_by(urgency, Handling.red_after, Handling.id).limit(_SHOWN))
    return [
        Looked(row, bool(asked), bool(entered), bool(insisted), str(said["label"]) if said else "")
        for row, asked, entered, insisted, said in found
    ]
