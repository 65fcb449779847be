"""Supervision: a lamp, an order to redo, a case opened again."""

from suggestions.domain.actions import Action
from suggestions.domain.deadlines import due
from suggestions.domain.states import SuggestionState
from suggestions.usecases.taking import Taking


def light_up(taking: Taking) -> None:
    """The deputy's lamp asks for an answer within the rulebook's days."""
    term = due(taking.facts.rulebook.term("light_up_answer"), taking.today, taking.facts.calendar)
    taking.payload["answer_due_on"] = term.on.isoformat()


def order_redo(taking: Taking) -> None:
    """Begin a new round with a new term; what the first round earned stays with it."""
    handling = taking.of_handling
    term = due(taking.facts.rulebook.term("redo"), taking.today, taking.facts.calendar)
    taking.payload["reply_due_on"] = term.on.isoformat()
    handling.round += 1
    handling.planned_on = handling.urged_on = handling.drafted_on = None
    handling.dispatched_on = handling.rated_on = handling.coordinated_on = handling.rating_due_on = None
    handling.document_number = None
    handling.extended_months, handling.extension_asked_on = 0, None


def reopen(taking: Taking) -> None:
    """Open a closed handling again, and the suggestion with it."""
    taking.of_handling.closed_on = None
    if taking.suggestion.state is SuggestionState.CLOSED:
        taking.cause(Action.REOPEN, taking.suggestion)
