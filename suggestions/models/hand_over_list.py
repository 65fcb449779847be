"""What stands on a hand-over list now, as plain data: the same for the page that shows it and for who signs it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from suggestions.domain import chain, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.guards import SEAL_ACTIONS
from suggestions.domain.hand_over import FORM, OWED, PRESSED_BY, Change, Content, seals_of, urgings_of
from suggestions.domain.limits import name_of
from suggestions.domain.states import HANDLING_ENDS, SuggestionState
from suggestions.domain.story import Story
from suggestions.models.co_handling import CoHandling
from suggestions.models.event import Event
from suggestions.models.hand_over import HandOver, HandOverItem
from suggestions.models.handling import Handling
from suggestions.models.promise import Promise
from suggestions.models.suggestion import Suggestion

_TOLD = [
    str(action)
    for action in (
        *SEAL_ACTIONS.values(),
        *PRESSED_BY,
        Action.ANSWER_URGING,
        Action.VOID_SIGNATURE,
        Action.CORRECT_REPLY,
    )
]
_IS_PROMISED = exists().where(
    Promise.handling_id == Handling.id, Promise.fulfilled_on.is_(None), Promise.released_on.is_(None)
)


def to_hand_over(unit_id: int) -> ColumnElement[bool]:
    """The handlings that a unit's director leaves to the next: every open one, and any with an open promise."""
    return (Handling.unit_id == unit_id) & or_(Handling.state.not_in(HANDLING_ENDS), _IS_PROMISED.correlate(Handling))


def owed_by(unit_id: int) -> ColumnElement[bool]:
    """The opinions that a unit still owes to others."""
    return (
        (CoHandling.unit_id == unit_id)
        & CoHandling.state.in_(OWED)
        & CoHandling.handling.has(Handling.state.not_in(HANDLING_ENDS))
    )


def has_anything(session: Session, unit_id: int) -> bool:
    """Whether a unit's director has anything to leave to the next."""
    handles, owes = exists().where(to_hand_over(unit_id)), exists().where(owed_by(unit_id))
    return bool(session.scalar(select(or_(handles, owes))))


def content_of(session: Session, of: HandOver) -> Content:
    """What stands on the list now, in four statements however long it is."""
    handlings = _handlings(session, of)
    ids = [row.id for row in handlings]
    promises, stories = _promises(session, ids), _stories(session, ids)
    return {
        "form": FORM,
        "change": of.change.value,
        "unit": of.unit.name,
        "giver": of.giver.name,
        "taker": of.taker.name,
        "items": [_item(row, promises[row.id], Story(tuple(stories[row.id]))) for row in handlings],
        "opinions": _opinions(session, of.unit_id) if of.change is Change.DIRECTOR else [],
    }


def _handlings(session: Session, of: HandOver) -> Sequence[Handling]:
    wanted = to_hand_over(of.unit_id)
    if of.change is Change.HANDLER:
        on_it = select(HandOverItem.handling_id).where(HandOverItem.hand_over_id == of.id)
        wanted = (Handling.unit_id == of.unit_id) & Handling.id.in_(on_it)
    return session.scalars(
        select(Handling)
        .join(Handling.suggestion)
        .where(wanted, Suggestion.state != SuggestionState.OFFLINE)
        .options(contains_eager(Handling.suggestion), joinedload(Handling.handler))
        .order_by(Handling.is_past, Suggestion.number, Handling.part, Handling.id)
    ).all()


def _promises(session: Session, ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    query = select(Promise).where(Promise.handling_id.in_(ids)).order_by(Promise.handling_id, Promise.number)
    for row in session.scalars(query):
        if row.is_open:
            found[row.handling_id].append(
                {
                    "number": row.number,
                    "measure": row.measure,
                    "owner": row.owner,
                    "due_on": row.due_on.isoformat(),
                    "evidence": row.evidence,
                }
            )
    return found


def _stories(session: Session, ids: Iterable[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    told = select(Event).where(Event.handling_id.in_(ids), Event.action.in_(_TOLD)).order_by(Event.chain, Event.seq)
    for event in session.scalars(told):
        if event.handling_id is not None and not chain.is_erased(event.payload):
            found[event.handling_id].append(event.past())
    return found


def _item(row: Handling, promises: list[dict[str, Any]], story: Story) -> dict[str, Any]:
    rules = rulebook.load(row.suggestion.rulebook, row.suggestion.ruled_on)
    is_answered = row.dispatched_on is not None or row.state in HANDLING_ENDS
    return {
        "handling": row.id,
        "number": row.number_text,
        "title": row.suggestion.title,
        "state": row.state.value,
        "round": row.round,
        "handler": row.handler.name if row.handler else "",
        "next": name_of(row.next_due, rules) if row.next_due else "",
        "next_due_on": row.next_due_on.isoformat() if row.next_due and row.next_due_on else None,
        "reply_due_on": None if is_answered else row.reply_due_on.isoformat(),
        "is_past": row.is_past,
        "seals": seals_of(story, row.round),
        "promises": promises,
        "urgings": list(urgings_of(story, row.round)),
    }


def _opinions(session: Session, unit_id: int) -> list[dict[str, Any]]:
    owed = (
        select(CoHandling)
        .join(CoHandling.handling)
        .join(Handling.suggestion)
        .where(owed_by(unit_id))
        .options(
            contains_eager(CoHandling.handling).options(contains_eager(Handling.suggestion), joinedload(Handling.unit))
        )
        .order_by(CoHandling.due_on, CoHandling.id)
    )
    return [
        {
            "co_handling": row.id,
            "handling": row.handling_id,
            "number": row.handling.number_text,
            "title": row.handling.suggestion.title,
            "unit": row.handling.unit.name,
            "state": row.state.value,
            "due_on": row.due_on.isoformat(),
        }
        for row in session.scalars(owed)
    ]
