"""What a person may see, as conditions on the three tables: `domain/sight.py` said once more for whole lists."""

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from suggestions.domain.facts import Actor
from suggestions.domain.states import UNIT_ROLES, Role, SuggestionState
from suggestions.models import CoHandling, Cosigner, Handling, Suggestion, Unit

_along = aliased(Suggestion)
_EVERYTHING = frozenset({Role.SYSTEM, Role.AUDITOR})


def suggestions_for(actor: Actor) -> ColumnElement[bool]:
    """Which rows of `suggestion` this person may see."""
    match actor.role:
        case role if role in _EVERYTHING:
            return true()
        case Role.SUPERVISOR:
            return or_(Suggestion.state != SuggestionState.DRAFTING, Suggestion.is_on_paper)
        case Role.DEPUTY:
            return _signed_by(actor)
        case Role.INSPECTOR:
            return exists().where(Handling.suggestion_id == Suggestion.id, handlings_for(actor))
        case role if role in UNIT_ROLES and actor.unit_id is not None:
            return exists().where(Handling.suggestion_id == Suggestion.id, handlings_for(actor))
        case _:
            return false()


def handlings_for(actor: Actor) -> ColumnElement[bool]:
    """Which rows of `handling` this person may see, as the unit's own or as the unit of an opinion owed to it."""
    match actor.role:
        case role if role in _EVERYTHING or role is Role.SUPERVISOR:
            return true()
        case Role.DEPUTY:
            return exists().where(Suggestion.id == Handling.suggestion_id, _signed_by(actor)).correlate(Handling)
        case Role.INSPECTOR:
            return Handling.unit_id.in_(select(Unit.id).where(Unit.is_government))
        case role if role in UNIT_ROLES and actor.unit_id is not None:
            owed = select(CoHandling.handling_id).where(CoHandling.unit_id == actor.unit_id)
            return or_(Handling.unit_id == actor.unit_id, Handling.id.in_(owed))
        case _:
            return false()


def co_handlings_for(actor: Actor) -> ColumnElement[bool]:
    """Which rows of `co_handling` this person may see: a unit what it owes and is owed, never a neighbour's."""
    if actor.role in UNIT_ROLES and actor.unit_id is not None:
        own = select(Handling.id).where(Handling.unit_id == actor.unit_id)
        return or_(CoHandling.unit_id == actor.unit_id, CoHandling.handling_id.in_(own))
    if actor.role in UNIT_ROLES:
        return false()
    return CoHandling.handling_id.in_(select(Handling.id).where(handlings_for(actor)))


def _signed_by(actor: Actor) -> ColumnElement[bool]:
    cosigned = select(Cosigner.suggestion_id).where(Cosigner.person_id == actor.person_id)
    leads_along = select(_along.merged_into_id).where(
        _along.lead_id == actor.person_id, _along.merged_into_id.is_not(None)
    )
    return or_(Suggestion.lead_id == actor.person_id, Suggestion.id.in_(cosigned), Suggestion.id.in_(leads_along))


def may_read_names(actor: Actor) -> bool:
    """Whether this person reads the name of a deputy who asked that it be hidden from the handling unit."""
    return actor.role not in UNIT_ROLES
