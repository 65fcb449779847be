"""Feedback: the deputy's rating, which nobody else enters, changes or sees before it is opened."""

from collections.abc import Mapping
from typing import Any

from suggestions.domain import limits
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import Facts
from suggestions.domain.states import Role
from suggestions.usecases.taking import Taking


def refuse_unfinished(facts: Facts, words: Mapping[str, Any]) -> None:
    """Invalid when a request has no score, or a rating that is not satisfied has no reason."""
    rules = facts.rulebook
    faults: dict[str, str] = {}
    scored = {row["request_no"] for row in words["scores"]}
    for number in range(1, len(facts.story.requests) + 1):
        if str(number) not in scored:
            faults[f"scores-{number - 1}-score"] = f"请评价第{number}条诉求。"
    asked = [words[rated] for rated in rules.reasons_asked_for if rated in words]
    if any(rules.ratings[code].needs_reason for code in asked) and not words["reason"]:
        faults["reason"] = "不满意，请写一两句理由；重新办理时，局长要先看这一段。"
    if faults:
        raise Invalid("还差几处：", faults)


def refuse_same_class(facts: Facts, words: Mapping[str, Any]) -> None:
    """Invalid when a challenge names the class that the result has already."""
    current = facts.of_handling.result_class
    if words["result_class"] == current:
        raise Invalid("没有提出。", {"result_class": f"现在定的就是{current}类；请选您认为应当的那一类。"})


def rate(taking: Taking) -> None:
    """Keep the rating whole; every request needs a score, and a reason where the deputy is not satisfied."""
    refuse_unfinished(taking.facts, taking.fields)
    if taking.step.to is None and taking.step.action is Action.RATE:
        taking.payload["opens_after"] = ""
        return
    window = limits.window_due(taking.today, taking.facts.rulebook, taking.facts.calendar)
    taking.payload["opens_after"] = window.on.isoformat()


def correct_rating(taking: Taking) -> None:
    """Keep the corrected rating beside the first one."""
    first = taking.facts.story.own_rating(taking.of_handling.round, taking.facts.actor.person_id)
    rate(taking)
    taking.payload["corrects"] = first.seq if first else None


def challenge_class(taking: Taking) -> None:
    """Note the class that is challenged; Invalid when the challenger would keep it."""
    refuse_same_class(taking.facts, taking.fields)
    taking.payload["was"] = taking.of_handling.result_class


def settle_class(taking: Taking) -> None:
    """Keep or change the class; the old one stays in the letter and beside the new one in the record."""
    handling = taking.of_handling
    taking.payload |= {"was": handling.result_class, "is_final": taking.facts.actor.role is Role.SUPERVISOR}
    handling.result_class = taking.fields["result_class"]
