"""Follow-up: promises are entered, kept with proof, and the case ends when all its handlings have."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from suggestions.domain import limits
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import Facts
from suggestions.domain.states import FINAL, SuggestionState
from suggestions.extensions import db
from suggestions.models import Promise
from suggestions.usecases import filing
from suggestions.usecases.taking import Taking


def add_promise(taking: Taking) -> None:
    """Enter a promise of the reply into the ledger."""
    words = taking.fields
    number = 1 + max((p.number for p in taking.facts.promises), default=0)
    promise = Promise(
        handling_id=taking.of_handling.id,
        number=number,
        request_no=int(words["request_no"]),
        sentence=words["sentence"],
        measure=words["measure"],
        owner=words["owner"],
        due_on=date.fromisoformat(words["due_on"]),
        evidence=words["evidence"],
        made_on=taking.today,
    )
    db.session.add(promise)
    db.session.flush()
    taking.payload["number"] = number
    taking.case = taking.case.with_promise(promise)


def fulfil_promise(taking: Taking) -> None:
    """Strike a promise off with its proof."""
    promise = taking.promise(int(taking.fields["promise"]))
    files = filing.keep(taking, taking.fields["files"])
    promise.proof = taking.fields["proof"]
    promise.fulfilled_on, promise.release_asked_on = taking.today, None
    taking.payload |= {
        "number": promise.number,
        "measure": promise.measure,
        "due_on": promise.due_on.isoformat(),
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
    }


def change_promise(taking: Taking) -> None:
    """Give a promise a new date or measure; what it was before stays in the record."""
    words, promise = taking.fields, taking.promise(int(taking.fields["promise"]))
    measure = words["measure"] or promise.measure
    due_on = date.fromisoformat(words["due_on"])
    if (due_on, measure) == (promise.due_on, promise.measure):
        raise Invalid("没有改。", {"due_on": "日期和内容都和原来一样。"})
    taking.payload |= {
        "number": promise.number,
        "measure": measure,
        "before": {"measure": promise.measure, "due_on": promise.due_on.isoformat()},
    }
    promise.measure, promise.due_on = measure, due_on
    promise.changed += 1


def report_promise(taking: Taking) -> None:
    """Report on a promise to the deputy, whose rating of it is asked for within the rulebook's days."""
    promise = taking.promise(int(taking.fields["promise"]))
    files = filing.keep(taking, taking.fields["files"])
    term = limits.promise_rating_due(taking.today, taking.facts.rulebook, taking.facts.calendar)
    promise.reported_on, promise.rating_due_on = taking.today, term.on
    taking.payload |= {
        "number": promise.number,
        "measure": promise.measure,
        "is_kept": promise.fulfilled_on is not None,
        "rating_due_on": term.on.isoformat(),
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
    }


def refuse_unreasoned(facts: Facts, words: Mapping[str, Any]) -> None:
    """Invalid when a rating of a promise that is not satisfied has no reason."""
    if facts.rulebook.ratings[words["score"]].needs_reason and not words["reason"]:
        raise Invalid("还差一处：", {"reason": "不满意，请写一两句理由。"})


def rate_promise(taking: Taking) -> None:
    """Keep the deputy's rating of one promise; the first one that is not satisfied opens the promise again."""
    words, rules = taking.fields, taking.facts.rulebook
    refuse_unreasoned(taking.facts, words)
    promise = taking.promise(int(words["promise"]))
    is_late = promise.rating_due_on is not None and promise.rating_due_on < taking.today
    is_reopened = rules.is_contesting(words["score"]) and not promise.reopened and promise.released_on is None
    promise.rated, promise.rating_due_on = words["score"], None
    if is_reopened:
        promise.reopened, promise.fulfilled_on = 1, None
    taking.payload |= {
        "number": promise.number,
        "measure": promise.measure,
        "label": rules.ratings[words["score"]].label,
        "is_late": is_late,
        "is_reopened": is_reopened,
    }


def release_promise(taking: Taking) -> None:
    """Ask to be released of a promise, with the ground and what the deputy is told; it stays open until consented."""
    promise = taking.promise(int(taking.fields["promise"]))
    promise.release_asked_on, promise.release_ground = taking.today, taking.fields["ground"]
    taking.payload |= {"number": promise.number, "measure": promise.measure}


def close(taking: Taking) -> None:
    """End the handling; when it was the last open one, the suggestion is complete."""
    taking.of_handling.closed_on = taking.today
    others = (h for h in taking.case.handlings if h.id != taking.of_handling.id)
    if taking.suggestion.state is SuggestionState.ASSIGNED and all(h.state in FINAL for h in others):
        taking.cause(Action.COMPLETE, taking.suggestion)
