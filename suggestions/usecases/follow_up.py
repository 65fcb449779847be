"""Follow-up: promises are entered, kept with proof, and the case ends when all its handlings have."""

from datetime import date

from suggestions.domain.actions import Action
from suggestions.domain.states import FINAL
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
    promise.fulfilled_on = taking.today
    taking.payload |= {
        "number": promise.number,
        "measure": promise.measure,
        "due_on": promise.due_on.isoformat(),
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
    }


def close(taking: Taking) -> None:
    """End the handling; when it was the last open one, the suggestion is complete."""
    taking.of_handling.closed_on = taking.today
    others = (h for h in taking.case.handlings if h.id != taking.of_handling.id)
    if all(h.state in FINAL for h in others):
        taking.cause(Action.COMPLETE, taking.suggestion)
