"""Supervision: a lamp, the inspection office's opinion, an order to redo, a case opened again."""

from suggestions.domain import proposing
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import due
from suggestions.domain.labels import DISPUTE_PROPOSALS, PROPOSALS
from suggestions.domain.states import FINAL, SuggestionState
from suggestions.usecases.taking import Taking


def light_up(taking: Taking) -> None:
    """The deputy's lamp asks for an answer within the rulebook's days."""
    term = due(taking.facts.rulebook.term("light_up_answer"), taking.today, taking.facts.calendar)
    taking.payload["answer_due_on"] = term.on.isoformat()


def propose(taking: Taking) -> None:
    """Keep the inspection office's opinion with the request that it is on, in the words that were chosen."""
    of = taking.facts.of_handling
    is_asked = of.extension_asked_on is not None
    asked = proposing.waiting(taking.facts.story, of.state, of.round, is_extension_asked=is_asked)
    assert asked is not None
    words = {**PROPOSALS, **DISPUTE_PROPOSALS}
    taking.payload |= {"request": asked.seq, "on": asked.action.value, "label": words[taking.fields["stand"]]}


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


def agree_release(taking: Taking) -> None:
    """Release a promise that the director asked to be released of: neither open nor kept from now on."""
    promise = taking.promise(int(taking.fields["promise"]))
    promise.released_on, promise.release_asked_on = taking.today, None
    taking.payload |= {"number": promise.number, "measure": promise.measure, "ground": promise.release_ground}


def refuse_release(taking: Taking) -> None:
    """End the request: the promise goes on as it was, and may be asked to be released again on another ground."""
    promise = taking.promise(int(taking.fields["promise"]))
    promise.release_asked_on, promise.release_ground = None, ""
    taking.payload |= {"number": promise.number, "measure": promise.measure}


def terminate(taking: Taking) -> None:
    """End the handling before its time, and with it every opinion that is still owed to it."""
    taking.of_handling.return_asked_on = taking.of_handling.extension_asked_on = None
    for co in taking.case.co_handlings:
        if co.handling_id == taking.of_handling.id and co.state not in FINAL:
            taking.cause(Action.CANCEL_CO_OPINION, co, reason="建议已经撤回。")


def reopen(taking: Taking) -> None:
    """Open a closed handling again, and the suggestion with it."""
    taking.of_handling.closed_on = None
    if taking.suggestion.state is SuggestionState.CLOSED:
        taking.cause(Action.REOPEN, taking.suggestion)
