"""Who sees what of a case: the first question of every step and every page."""

from enum import StrEnum

from suggestions.domain.facts import Facts
from suggestions.domain.states import UNIT_ROLES, Role, SuggestionState


class Sight(StrEnum):
    """How much of a case a person sees."""

    NOTHING = "nothing"
    STUB = "stub"
    """Of a secret item, to its own deputies: that it is one, and its number."""
    DEPUTY = "deputy"
    """The own suggestion: contacts, public progress, the approved plan, the letter; never comments or drafts."""
    CO_UNIT = "co_unit"
    """The original, the requests, the own opinion and passage; nothing else."""
    UNIT = "unit"
    """The own handling whole, but no rating before it is opened."""
    INSPECTOR = "inspector"
    """The government's units, but no sealed rating and no quiet flag."""
    OFFICE = "office"
    """Everything said of the deputies office."""
    AUDIT = "audit"
    """Everything, to read."""


def sight(facts: Facts) -> Sight:
    """How much of this case, or of the handling acted upon, the acting person sees."""
    if facts.suggestion is not None and facts.suggestion.state is SuggestionState.OFFLINE:
        return _of_offline(facts)
    match facts.actor.role:
        case Role.SYSTEM:
            return Sight.OFFICE
        case Role.AUDITOR:
            return Sight.AUDIT
        case Role.SUPERVISOR:
            return _of_office(facts)
        case Role.INSPECTOR:
            shown = (facts.handling,) if facts.handling else facts.handlings
            return Sight.INSPECTOR if any(h.is_government for h in shown) else Sight.NOTHING
        case Role.DEPUTY:
            return _of_deputy(facts)
        case role if role in UNIT_ROLES:
            return _of_unit(facts)
        case _:
            return Sight.NOTHING


def _of_offline(facts: Facts) -> Sight:
    """A secret item is registered by the deputies office; no unit finds it here."""
    match facts.actor.role:
        case Role.SYSTEM | Role.SUPERVISOR:
            return Sight.OFFICE
        case Role.AUDITOR:
            return Sight.AUDIT
        case Role.DEPUTY if _of_deputy(facts) is not Sight.NOTHING:
            return Sight.STUB
        case _:
            return Sight.NOTHING


def _of_office(facts: Facts) -> Sight:
    suggestion = facts.suggestion
    if suggestion and suggestion.state is SuggestionState.DRAFTING and not suggestion.is_on_paper:
        return Sight.NOTHING
    return Sight.OFFICE


def _of_deputy(facts: Facts) -> Sight:
    suggestion, person = facts.suggestion, facts.actor.person_id
    leads_along = suggestion is not None and person in {other.lead_id for other in suggestion.merged}
    if suggestion is None or leads_along or suggestion.lead_id == person or person in suggestion.cosigners:
        return Sight.DEPUTY
    return Sight.NOTHING


def _of_unit(facts: Facts) -> Sight:
    if facts.co is not None and facts.co.unit_id == facts.actor.unit_id:
        return Sight.CO_UNIT
    handlings = (facts.handling,) if facts.handling else facts.handlings
    if any(h.unit_id == facts.actor.unit_id for h in handlings):
        return Sight.UNIT
    shown = {h.id for h in handlings}
    if facts.co is None and any(
        co.unit_id == facts.actor.unit_id and co.handling_id in shown for co in facts.co_handlings
    ):
        return Sight.CO_UNIT
    return Sight.NOTHING
