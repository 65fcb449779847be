"""What must be true before a term is extended."""

from collections.abc import Iterator, Mapping

from suggestions.domain import limits
from suggestions.domain.actions import Action as A
from suggestions.domain.due_lines import full, months_text
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard


def extension_is_left(facts: Facts) -> Iterator[str]:
    """The rulebook's term can be extended, and has not been to its longest."""
    handling = facts.of_handling
    term = limits.reply_term(handling, facts.rulebook)
    if not term.extension_months:
        yield f"“{term.name}”的期限不能延长。"
    elif limits.extension_left(handling, facts.rulebook) == 0:
        yield f"已经延长{months_text(handling.extended_months)}，是最长的了，不能再延。"


def term_still_runs(facts: Facts) -> Iterator[str]:
    """An extension is asked for before the term has run out (Chongqing measures art. 47)."""
    due = limits.reply_due(facts.of_handling, facts.rulebook, facts.calendar, limits.round_start(facts))
    if facts.today > due.on:
        yield f"答复期限到{full(due.on)}，已经过了；延期要在到期以前提出。"


def nothing_is_pending(facts: Facts) -> Iterator[str]:
    """No request waits for the deputies office."""
    if asked := facts.of_handling.extension_asked_on:
        yield f"{full(asked)}申请的延期，人代工委还没有决定。"


def something_is_pending(facts: Facts) -> Iterator[str]:
    """A request waits for the deputies office; it lapses when the reply is signed."""
    if facts.of_handling.extension_asked_on is None:
        yield "没有等待决定的延期申请。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.REQUEST_EXTENSION: (extension_is_left, term_still_runs, nothing_is_pending),
    A.GRANT_EXTENSION: (something_is_pending,),
    A.REFUSE_EXTENSION: (something_is_pending,),
}
