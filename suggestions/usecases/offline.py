"""A secret item: its number is registered, and whatever this house held of its words and files is erased."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import select

from suggestions import clock
from suggestions.documents import store
from suggestions.domain import chain, lifecycle, rulebook
from suggestions.domain import fields as forms
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import due
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import Actor
from suggestions.domain.states import Life, SuggestionState
from suggestions.extensions import db
from suggestions.models import File, Notice, Person, Suggestion, Unit, WorkingCopy
from suggestions.models.calendar import calendar
from suggestions.models.event import case_chain
from suggestions.models.facts import facts_of
from suggestions.usecases import record
from suggestions.usecases.choices import options
from suggestions.usecases.intake import give_number
from suggestions.usecases.taking import Taking
from suggestions.usecases.transaction import once_committed, use_case

TITLE = "涉密件"
"""What stands where a title would, everywhere."""


@use_case
def register_offline(*, by: Actor, words: Mapping[str, Any], key: str | None = None) -> int:
    """Register a secret item that never was in this house; the id of its entry. Invalid names every fault."""
    db.session.execute(select(Person.id).where(Person.id == by.person_id).with_for_update())
    if (known := record.taken(by.person_id, key)) and known.suggestion_id:
        return known.suggestion_id
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    facts = facts_of(db.session(), None, actor=by, now=clock.now(), rules=rules)
    step = next(s for s in lifecycle.permitted(Life.SUGGESTION, Action.RECORD_OFFLINE, facts) if s.is_start)
    cleaned = forms.clean(step.asks, words, lambda source: options(source, facts), facts.today)
    suggestion = Suggestion(
        state=lifecycle.move(step, None, facts),
        congress=current_app.config["CONGRESS"],
        title=TITLE,
        entered_by_id=by.person_id,
        rulebook=rules.name,
        ruled_on=facts.today,
        chain_seq=0,
        chain_hash="0" * 64,
    )
    noted = _note(suggestion, cleaned)
    db.session.add(suggestion)
    db.session.flush()
    record.add_to_case(
        suggestion,
        record.Entry(
            life=Life.SUGGESTION,
            action=Action.RECORD_OFFLINE,
            actor=by,
            payload={**noted, "erases": []},
            to_state=SuggestionState.OFFLINE,
            idempotency_key=key,
        ),
    )
    return suggestion.id


def record_offline(taking: Taking) -> None:
    """Register a submitted suggestion as secret and erase its words and files; or add reply and rating later on."""
    suggestion = taking.suggestion
    is_here = suggestion.state is not SuggestionState.OFFLINE
    taking.payload = {**_note(suggestion, taking.fields), "erases": [e.seq for e in taking.case.events if is_here]}
    if is_here:
        _erase(taking)


def _note(suggestion: Suggestion, words: Mapping[str, Any]) -> dict[str, Any]:
    """Write down number, unit, dates and rating; what the event says of them."""
    replied_on = words["replied_on"]
    if replied_on and replied_on < words["assigned_on"]:
        raise Invalid("还不能登记。", {"replied_on": "答复日期不能早于交办日期。"})
    if words["rating"] and not replied_on:
        raise Invalid("还不能登记。", {"replied_on": "有了评价，就要写答复日期。"})
    give_number(suggestion, words["number"], words["series"])
    unit = db.session.get_one(Unit, int(words["unit"]))
    suggestion.assigned_on = date.fromisoformat(words["assigned_on"])
    rules = rulebook.load(suggestion.rulebook, suggestion.ruled_on)
    term = due(rules.term("reply_ordinary"), suggestion.assigned_on, calendar(db.session()))
    suggestion.outside = {
        "unit": unit.id,
        "unit_name": unit.name,
        "assigned_on": words["assigned_on"],
        "reply_due_on": term.on.isoformat(),
        "replied_on": replied_on,
        "rating": words["rating"],
    }
    return {**suggestion.outside, "number": suggestion.number, "series": suggestion.series}


def _erase(taking: Taking) -> None:
    """Take title, text, files, drafts and told titles out of this house; who did what when stays in the chain."""
    suggestion, case = taking.suggestion, taking.case
    told_in = {case_chain(suggestion.id)}
    told_in |= {case_chain(int(e.payload["into"])) for e in case.events if e.action == Action.MERGE}
    for notice in db.session.scalars(select(Notice).where(Notice.chain.in_(told_in))):
        notice.text = notice.text.replace(f"《{suggestion.title}》", f"《{TITLE}》")
    for copy in db.session.scalars(
        select(WorkingCopy).where(WorkingCopy.life == Life.SUGGESTION, WorkingCopy.target_id == suggestion.id)
    ):
        db.session.delete(copy)
    digests = {file.sha256 for file in case.files}
    for file in case.files:
        db.session.delete(file)
    suggestion.title, suggestion.content, suggestion.category, suggestion.phone = TITLE, "", "", ""
    suggestion.asked = []
    # The database lets only the record of a secret item be erased, so the state is told first.
    suggestion.state = SuggestionState.OFFLINE
    db.session.flush()
    for event in case.events:
        event.payload = dict(chain.ERASED)
    db.session.flush()
    once_committed(lambda: _erase_bytes(digests))


def _erase_bytes(digests: set[str]) -> None:
    """Erase from the store what no other case holds."""
    held = set(db.session.scalars(select(File.sha256).where(File.sha256.in_(digests))))
    for sha256 in digests - held:
        store.erase(sha256)
