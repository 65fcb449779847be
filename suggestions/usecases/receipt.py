"""Receipt: what opening, reading and naming do beside moving the handling."""

from datetime import date

from suggestions.domain.actions import Action
from suggestions.domain.deadlines import due, near_on
from suggestions.domain.limits import receive_due
from suggestions.domain.rulebook import Start
from suggestions.domain.states import FINAL, Role
from suggestions.extensions import db
from suggestions.models import Person
from suggestions.usecases import hand_over_lists
from suggestions.usecases.taking import Taking


def receive(taking: Taking) -> None:
    """Begin the terms that the rulebook counts from receipt: an opinion asked for at the handover is dated anew."""
    handling, calendar, on = taking.of_handling, taking.facts.calendar, _received_on(taking)
    if on != taking.today:
        # The law ends the term, not the hour at which somebody ran the tick.
        handling.received_on, taking.payload["received_on"] = on, on.isoformat()
    for co in taking.case.co_handlings:
        term = taking.facts.rulebook.term(co.term)
        if co.handling_id != handling.id or term.start is not Start.RECEIVED_ON:
            continue
        if co.started_on != handling.assigned_on or co.state in FINAL:
            continue
        later = due(term, on, calendar)
        co.started_on, co.due_on = on, later.on
        co.yellow_on, co.red_after = near_on(later, calendar), later.on
        taking.payload.setdefault("co_opinions_due", {})[co.unit.name] = later.on.isoformat()


def _received_on(taking: Taking) -> date:
    """The day of receipt; what the system receives counts from the last day of the term at the latest."""
    if taking.facts.actor.role is not Role.SYSTEM:
        return taking.today
    begun = taking.facts.story.last(Action.BEGIN)
    begun_on = begun.on if begun else taking.of_handling.assigned_on
    return min(taking.today, receive_due(begun_on, taking.facts.rulebook, taking.facts.calendar).on)


def open_original(taking: Taking) -> None:
    """Note which file was opened, by name and digest."""
    opened = next(f for f in taking.facts.of_suggestion.files if f.sha256 == taking.fields["sha256"])
    taking.payload["name"] = opened.name


def read_original(taking: Taking) -> None:
    """Note what was read; the first reading of a round also names the handler."""
    taking.payload["files"] = [file.sha256 for file in taking.facts.of_suggestion.files]
    if "handler" in taking.fields:
        name_handler(taking)


def name_handler(taking: Taking) -> None:
    """Give the handling, and the open promises with it, to a handler of the unit; what goes over stands on a list."""
    before_id = taking.of_handling.handler_id
    person = db.session.get_one(Person, int(taking.fields["handler"]))
    taking.payload["handler_name"] = person.name
    taking.of_handling.handler_id = person.id
    taking.of_handling.handler = person
    for promise in taking.case.promises:
        if promise.handling_id == taking.of_handling.id and promise.is_open:
            promise.owner = person.name
    hand_over_lists.handler_changed(taking.of_handling, before_id)
