"""Extension: the request waits for consent where the rulebook asks it, otherwise it extends at once."""

from suggestions.domain import limits
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.models.facts import handling_facts
from suggestions.usecases.taking import Taking


def request_extension(taking: Taking) -> None:
    """Keep the request with its explanation; where no consent is asked the system grants it in the same breath."""
    months = int(taking.fields["months"])
    if months > limits.extension_left(taking.facts.of_handling, taking.facts.rulebook):
        raise Invalid("还不能申请延期。", {"months": "超过了规则允许的最长延期，请重新选择。"})
    taking.payload["months"] = months
    taking.of_handling.extension_asked_on = taking.today
    if not taking.facts.rulebook.extension_needs_consent:
        taking.cause(Action.GRANT_EXTENSION, taking.of_handling)


def grant_extension(taking: Taking) -> None:
    """Extend the reply term, counted from its own start."""
    handling = taking.of_handling
    asked = taking.facts.story.last(Action.REQUEST_EXTENSION, round=handling.round)
    assert asked is not None
    handling.extended_months += int(asked.payload["months"])
    handling.extension_asked_on = None
    facts = taking.facts
    due = limits.reply_due(handling_facts(handling), facts.rulebook, facts.calendar, limits.round_start(facts))
    taking.payload |= {"request": asked.seq, "months": asked.payload["months"], "reply_due_on": due.on.isoformat()}


def refuse_extension(taking: Taking) -> None:
    """The term stays as it was."""
    asked = taking.facts.story.last(Action.REQUEST_EXTENSION, round=taking.of_handling.round)
    assert asked is not None
    taking.of_handling.extension_asked_on = None
    taking.payload["request"] = asked.seq
