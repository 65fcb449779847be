"""What deputies may answer on paper: which of their steps the deputies office enters for them, and what still waits."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from suggestions.domain.actions import Action
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.lifecycle import TABLES, may_take
from suggestions.domain.lifecycle.step import Field, Step
from suggestions.domain.states import Life, Role
from suggestions.domain.story import Past, Story


def _has_contact_to_judge(facts: Facts) -> bool:
    return any(contact.verdict is None and not contact.is_attempt for contact in facts.story.contacts())


ON_PAPER: Mapping[Action, Callable[[Facts], bool]] = {
    Action.RATE: lambda _facts: True,
    Action.CORRECT_RATING: lambda _facts: True,
    Action.CONFIRM_CONTACT: _has_contact_to_judge,
    Action.CHALLENGE_CLASS: lambda _facts: True,
}
"""The lead deputy's steps that may come on paper, each with when it is called for at all."""


def rows_now(facts: Facts) -> dict[Action, Step]:
    """The rows that the lead deputy could take where the handling stands, by action."""
    if facts.handling is None or facts.of_suggestion.lead_id is None:
        return {}
    lead = replace(facts, actor=Actor(facts.of_suggestion.lead_id, "", Role.DEPUTY))
    return {
        row.action: row
        for row in TABLES[Life.HANDLING]
        if row.action in ON_PAPER
        and facts.handling.state in row.origins
        and may_take(row, lead)
        and ON_PAPER[row.action](facts)
    }


def asks(step: Step, facts: Facts, chosen: object) -> tuple[Field, ...]:
    """What the form of a row asks: where the office enters for a deputy, also what the entered step asks."""
    if step.action is not Action.ENTER_ON_PAPER:
        return step.asks
    entered = next((row for action, row in rows_now(facts).items() if action == chosen), None)
    return step.asks if entered is None else (*step.asks, *entered.asks)


def waiting(story: Story) -> tuple[Past, ...]:
    """The entries that nobody confirmed yet; a newer entry of the same step takes the older one's place.

    What was said of a letter that has been taken up again, or of an earlier round, is said of no other letter.
    """
    newest = {past.payload["entered"]: past for past in story.all(Action.ENTER_ON_PAPER)}
    confirmed = {past.payload["entry"] for past in story.all(Action.CONFIRM_ON_PAPER)}
    since = story.after(story.last(Action.CORRECT_REPLY, Action.ORDER_REDO)).events
    return tuple(
        past
        for past in newest.values()
        if past.seq not in confirmed and (past in since or past.payload["entered"] == Action.CONFIRM_CONTACT)
    )
