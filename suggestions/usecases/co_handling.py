"""Co-handling: the opinion itself, its short second term, and the signature under the passage."""

from suggestions.domain import shown
from suggestions.domain.deadlines import due, near_on
from suggestions.domain.lifecycle import Binding
from suggestions.extensions import db
from suggestions.models import Unit
from suggestions.usecases import births
from suggestions.usecases.reminding import remind
from suggestions.usecases.taking import Taking

__all__ = [
    "countersign",
    "dissent",
    "give_co_opinion",
    "invite_co_opinion",
    "reinvite_co_opinion",
    "remind",
    "send_back_co_opinion",
]


def invite_co_opinion(taking: Taking) -> None:
    """Ask another unit for its opinion; its term runs from today."""
    births.invite(
        taking.of_handling,
        db.session.get_one(Unit, int(taking.fields["unit"])),
        question=taking.fields["question"],
        is_own_invitation=True,
        started_on=taking.today,
        by=taking.facts.actor,
        cause=None,
    )


def reinvite_co_opinion(taking: Taking) -> None:
    """Ask a unit anew because the plan names it, within a new term; its earlier opinion stays in the record."""
    co, rules = taking.of_co, taking.facts.rulebook
    term = due(rules.term("co_opinion_invited"), taking.today, taking.facts.calendar)
    co.term, co.started_on, co.due_on = "co_opinion_invited", taking.today, term.on
    co.yellow_on, co.red_after = near_on(term, taking.facts.calendar), term.on
    co.is_own_invitation, co.opinion = True, ""
    co.question = taking.payload["question"]
    taking.payload |= {"unit": co.unit.name, "due_on": term.on.isoformat()}


def give_co_opinion(taking: Taking) -> None:
    """Keep the newest opinion on the row; every earlier one stays in the record."""
    taking.of_co.opinion = taking.fields["opinion"]


def send_back_co_opinion(taking: Taking) -> None:
    """An empty opinion is asked for again, within the short term (Chongqing regulation art. 20)."""
    term = due(taking.facts.rulebook.term("co_opinion_redo"), taking.today, taking.facts.calendar)
    co = taking.of_co
    co.term, co.started_on, co.due_on = "co_opinion_redo", taking.today, term.on
    co.yellow_on, co.red_after = near_on(term, taking.facts.calendar), term.on
    taking.payload["due_on"] = term.on.isoformat()


def countersign(taking: Taking) -> None:
    """Keep the very passage that was signed."""
    taking.payload["passage"] = shown.content(Binding.PASSAGE, taking.facts)


def dissent(taking: Taking) -> None:
    """Keep the passage and the dissent that will be printed beside it."""
    countersign(taking)
