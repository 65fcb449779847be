"""Loads a case: a suggestion with everything under it, as rows, in a handful of statements."""

from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from suggestions.domain import chain
from suggestions.domain.errors import Missing
from suggestions.domain.states import Life
from suggestions.domain.story import Story
from suggestions.models.co_handling import CoHandling
from suggestions.models.event import Event
from suggestions.models.handling import Handling
from suggestions.models.promise import Promise
from suggestions.models.suggestion import Cosigner, File, Suggestion


@dataclass(frozen=True)
class Case:
    """A suggestion with everything under it, as rows."""

    suggestion: Suggestion
    cosigners: tuple[Cosigner, ...]
    files: tuple[File, ...]
    handlings: tuple[Handling, ...]
    co_handlings: tuple[CoHandling, ...]
    promises: tuple[Promise, ...]
    events: tuple[Event, ...]
    merged: tuple[Suggestion, ...] = ()
    """The suggestions that were merged into this one, each with its lead."""

    def handling(self, id: int) -> Handling:
        """The handling of this id; Missing when the case has none."""
        return _one(self.handlings, id)

    def co_handling(self, id: int) -> CoHandling:
        """The co-handling of this id; Missing when the case has none."""
        return _one(self.co_handlings, id)

    def with_promise(self, promise: Promise) -> "Case":
        """The case with a promise that was just made."""
        return replace(self, promises=(*self.promises, promise))

    def with_cosigner(self, cosigner: Cosigner) -> "Case":
        """The case with a deputy who was just invited."""
        return replace(self, cosigners=(*self.cosigners, cosigner))

    def story(self, handling_id: int | None) -> Story:
        """The story of one handling; of the suggestion itself for None.

        An opinion that went along to the next unit takes its own events with it; what was erased tells nothing.
        """
        owed = {co.id for co in self.co_handlings if co.handling_id == handling_id}
        told = (e for e in self.events if e.handling_id == handling_id or e.co_handling_id in owed)
        return Story(tuple(e.past() for e in told if not chain.is_erased(e.payload)))


_Row = TypeVar("_Row", Handling, CoHandling)


def _one(rows: tuple[_Row, ...], id: int) -> _Row:
    for row in rows:
        if row.id == id:
            return row
    raise Missing


_ID: BindParameter[int] = bindparam("id")
# Made once: what a statement costs is mostly its making.
_OF_HANDLING = select(Handling.suggestion_id).where(Handling.id == _ID)
_OF_CO_HANDLING = (
    select(Handling.suggestion_id).join(CoHandling, CoHandling.handling_id == Handling.id).where(CoHandling.id == _ID)
)
_HELD = select(Suggestion.id).where(Suggestion.id == _ID).with_for_update()
_WITH_MERGED = (
    select(Suggestion)
    .where(or_(Suggestion.id == _ID, Suggestion.merged_into_id == _ID))
    .options(joinedload(Suggestion.lead))
    .order_by(Suggestion.id)
)
_HANDLINGS = (
    select(Handling)
    .where(Handling.suggestion_id == _ID)
    .options(joinedload(Handling.unit), joinedload(Handling.handler))
    .order_by(Handling.id)
)
_CO_HANDLINGS = (
    select(CoHandling)
    .join(CoHandling.handling)
    .where(Handling.suggestion_id == _ID)
    .options(joinedload(CoHandling.unit))
    .order_by(CoHandling.id)
)
_PROMISES = (
    select(Promise)
    .join(Handling, Promise.handling_id == Handling.id)
    .where(Handling.suggestion_id == _ID)
    .order_by(Promise.handling_id, Promise.number)
)
_COSIGNERS = (
    select(Cosigner)
    .where(Cosigner.suggestion_id == _ID)
    .options(joinedload(Cosigner.person))
    .order_by(Cosigner.position)
)
_FILES = select(File).where(File.suggestion_id == _ID).order_by(File.id)
_EVENTS = select(Event).where(Event.suggestion_id == _ID).order_by(Event.seq)


def suggestion_id_of(session: Session, life: Life, id: int) -> int:
    """Which case a row belongs to; Missing when there is no such row."""
    if life is Life.SUGGESTION:
        return id
    found = session.scalar(_OF_HANDLING if life is Life.HANDLING else _OF_CO_HANDLING, {"id": id})
    if found is None:
        raise Missing
    return found


def load_case(session: Session, suggestion_id: int, *, is_locked: bool = False) -> Case:
    """Load a case; with `is_locked` its suggestion's row is held until the transaction ends. Missing when absent."""
    of, fresh = {"id": suggestion_id}, {"populate_existing": True} if is_locked else {}
    if is_locked and session.get_bind().dialect.name == "postgresql":
        # Only the row of the case itself is held, not those that were merged into it. SQLite has one writer at a time.
        session.execute(_HELD, of)
    found = session.scalars(_WITH_MERGED, of, execution_options=fresh).all()
    suggestion = next((row for row in found if row.id == suggestion_id), None)
    if suggestion is None:
        raise Missing
    handlings = session.scalars(_HANDLINGS, of, execution_options=fresh).all()
    return Case(
        suggestion=suggestion,
        cosigners=tuple(session.scalars(_COSIGNERS, of)),
        files=tuple(session.scalars(_FILES, of)),
        handlings=tuple(handlings),
        co_handlings=tuple(session.scalars(_CO_HANDLINGS, of, execution_options=fresh)) if handlings else (),
        promises=tuple(session.scalars(_PROMISES, of)) if handlings else (),
        events=tuple(session.scalars(_EVENTS, of)),
        merged=tuple(row for row in found if row.id != suggestion_id),
    )
