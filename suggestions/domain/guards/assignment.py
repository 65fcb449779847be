"""What must be true before a handling is given back, or to another unit."""

from collections.abc import Iterator, Mapping

from suggestions.domain import limits
from suggestions.domain.actions import Action as A
from suggestions.domain.due_lines import full
from suggestions.domain.facts import Facts
from suggestions.domain.guards.follow_up import no_open_promise
from suggestions.domain.guards.guard import Guard
from suggestions.domain.states import FINAL, HandlingState


def return_is_in_term(facts: Facts) -> Iterator[str]:
    """A return is asked for in the first round and within the rulebook's term (Chongqing regulation art. 16)."""
    if facts.of_handling.round > 1:
        yield "责成重新办理的件不能退办，由本单位办理。"
        return
    term = limits.return_due(facts.of_handling, facts.rulebook, facts.calendar)
    if facts.today > term.on:
        yield f"申请退办的期限到{full(term.on)}，已经过了，不再受理；由本单位办理。"


def unit_is_free(facts: Facts) -> Iterator[str]:
    """The next unit neither handles this suggestion nor owes an opinion to this handling."""
    unit = str((facts.words or {}).get("unit", ""))
    for handling in facts.handlings:
        if str(handling.unit_id) == unit and handling.state is not HandlingState.REASSIGNED:
            yield f"{handling.unit_name}已经是本件的承办单位，请另选一个。"
    for co in facts.co_handlings:
        if str(co.unit_id) == unit and co.state not in FINAL:
            yield f"{co.unit_name}正在协办这一件；先取消它的协办，再改由它承办。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.REASSIGN: (unit_is_free, no_open_promise),
    A.REQUEST_RETURN: (return_is_in_term, no_open_promise),
    A.GRANT_RETURN: (unit_is_free,),
    A.TRANSFER: (unit_is_free,),
}
