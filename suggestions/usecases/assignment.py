"""Assignment: a handling goes to the next unit, or to the unit that succeeds its own."""

from suggestions.domain.deadlines import due
from suggestions.extensions import db
from suggestions.models import Event, Unit
from suggestions.usecases import births
from suggestions.usecases.taking import Taking


def reassign(taking: Taking) -> None:
    """End this unit's handling and begin the next unit's today, under the same number and with the same co-units."""
    unit = _next_unit(taking)
    taking.of_handling.return_asked_on = None
    taking.of_handling.extension_asked_on = None
    taking.after.append(lambda event: _begin_next(taking, unit, event))


def _begin_next(taking: Taking, unit: Unit, event: Event) -> None:
    old = taking.of_handling
    births.begin(
        taking.suggestion,
        unit,
        part=old.part,
        reply_term=old.reply_term,
        assigned_on=taking.today,
        publication=old.publication,
        cause=event,
        succeeds=old,
    )


def request_return(taking: Taking) -> None:
    """Say until when the deputies office decides (Chongqing regulation art. 16)."""
    term = due(taking.facts.rulebook.term("name_new_unit"), taking.today, taking.facts.calendar)
    taking.payload["decide_by"] = term.on.isoformat()


def grant_return(taking: Taking) -> None:
    """Give the handling to the next unit, as a reassignment does."""
    reassign(taking)


def refuse_return(taking: Taking) -> None:
    """The request is decided."""
    taking.of_handling.return_asked_on = None


def retract_return(taking: Taking) -> None:
    """The request is taken back."""
    taking.of_handling.return_asked_on = None


def transfer(taking: Taking) -> None:
    """Change the unit with everything in it; seals and terms stay, and the new unit names its own handler."""
    handling = taking.of_handling
    taking.payload["from_unit"] = handling.unit.name
    unit = _next_unit(taking)
    if handling.handler is not None:
        taking.payload["from_handler"] = handling.handler.name
    handling.unit_id, handling.unit = unit.id, unit
    handling.handler_id = handling.handler = None
    handling.transferred_on = taking.today


def _next_unit(taking: Taking) -> Unit:
    unit = db.session.get_one(Unit, int(taking.fields["unit"]))
    taking.payload["unit_name"] = unit.name
    return unit
