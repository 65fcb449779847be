"""The one door: every step on a case goes through take(), which moves, records and tells in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from suggestions import clock
from suggestions.domain import fields as forms
from suggestions.domain import guards, lifecycle, paper, shown
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow
from suggestions.domain.facts import SYSTEM, Actor, Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.lifecycle import Field, Step
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Person, Post, Suggestion
from suggestions.models.actors import is_worn_on, stood_in_by
from suggestions.models.case import Case, load_case, suggestion_id_of
from suggestions.usecases import counting, freshness, outbox, record
from suggestions.usecases.accounts import Presence, WrongProof, count_failure, prove_presence
from suggestions.usecases.choices import options
from suggestions.usecases.effects import effect_of
from suggestions.usecases.judging import facts_for, reset_limits, state_of
from suggestions.usecases.taking import ForAnother, Taking, life_of
from suggestions.usecases.transaction import use_case


@dataclass(frozen=True)
class Taken:
    """A step that was taken: which event, and the sentence that answers it; the same again for a repeated form."""

    suggestion_id: int
    handling_id: int | None
    seq: int
    sentence: str


def take(
    life: Life,
    action: Action,
    target_id: int,
    *,
    by: Actor,
    words: Mapping[str, Any] | None = None,
    edits: Mapping[str, Any] | None = None,
    version: int | None = None,
    content_hash: str | None = None,
    presence: Presence | None = None,
    key: str | None = None,
) -> Taken:
    """Take one step on one row: check, move, record and tell, committed once.

    Checks in this order: may see it (Missing), rule (NotAllowed), form (Invalid), state (NotNow), version and content
    (Stale), all guards at once (NotNow), proof of presence (Invalid, counted; Locked). `edits` are the director's own
    changes to the reply that was shown; `key` makes a repeated form one event with the same answer.
    """
    try:
        return _take(
            life,
            action,
            target_id,
            by=by,
            words=words or {},
            edits=edits,
            version=version,
            content_hash=content_hash,
            presence=presence,
            key=key,
        )
    except WrongProof:
        person = db.session.get(Person, by.person_id)
        if presence is not None and presence.password and person is not None and person.username:
            count_failure(person.username, str(action))
        raise


@use_case
def _take(
    life: Life,
    action: Action,
    target_id: int,
    *,
    by: Actor,
    words: Mapping[str, Any],
    edits: Mapping[str, Any] | None,
    version: int | None,
    content_hash: str | None,
    presence: Presence | None,
    key: str | None,
) -> Taken:
    case = load_case(db.session(), suggestion_id_of(db.session(), life, target_id), is_locked=True)
    if key and (done := _already(by, key)):
        return done
    by = _in_post(by)
    facts = facts_for(case, by, life, target_id)
    if sight(facts) is Sight.NOTHING:
        raise Missing
    candidates = lifecycle.permitted(life, action, facts)
    cleaned = forms.clean(_asks(candidates, facts, words), words, lambda source: options(source, facts), facts.today)
    step = freshness.row_for_now(life, action, facts, version)
    facts = replace(facts, words={**cleaned, **(edits or {})})
    freshness.refuse_stale(step, facts, version, content_hash)
    if lacking := guards.missing(action, facts):
        raise NotNow(f"还不能“{ACTIONS[action]}”：", lacking)
    proof = _prove(step, by, presence)
    taking = _open(step, facts, case, cleaned)
    event = _go(taking, by, proof=proof, key=key)
    return _answer(event)


def _asks(candidates: tuple[Step, ...], facts: Facts, words: Mapping[str, Any]) -> tuple[Field, ...]:
    """What the form asks: that of the row which begins here, else of any row the person may take."""
    here = [step for step in candidates if state_of(facts, step.life) in step.origins]
    now = [step for step in here if step.when is None or step.when(facts)]
    return paper.asks((now or here or list(candidates))[0], facts, words.get("entered"))


def _already(by: Actor, key: str) -> Taken | None:
    event = record.taken(by.person_id, key)
    if event is None or event.suggestion_id is None:
        return None
    return _answer(event)


def _answer(event: Event) -> Taken:
    step = next(
        s
        for s in lifecycle.rows(Life(event.life), Action(event.action))
        if (event.from_state in s.origins or event.from_state is None) and (s.to is None or s.to == event.to_state)
    )
    sentence = f"已{ACTIONS[step.action]}。{step.follows}"
    return Taken(event.suggestion_id or 0, event.handling_id, event.seq, sentence)


def _prove(step: Step, by: Actor, presence: Presence | None) -> str | None:
    if step.personal is None:
        return None
    person = db.session.get_one(Person, by.person_id)
    return prove_presence(person, presence)


def _in_post(by: Actor) -> Actor:
    """Whoever acts, as the database says it now: NotAllowed without the post today; a director may be stood in for."""
    post, today = db.session.get(Post, by.post_id), clock.today()
    claimed = (by.person_id, by.unit_id, by.role)
    if (
        post is None
        or (post.person_id, post.unit_id, post.role) != claimed
        or not is_worn_on(db.session(), post, today)
    ):
        raise NotAllowed(f"您今天不任{by.unit_name}{by.title or '这个岗位'}，这一步没有办。")
    return replace(by, stood_in_by=stood_in_by(post, today), is_former=not post.is_held_on(today))


def _open(step: Step, facts: Facts, case: Case, fields: dict[str, Any]) -> Taking:
    taking = Taking(step=step, facts=facts, case=case, fields=fields, payload=dict(fields), now=facts.now)
    if facts.handling is not None:
        taking.handling = case.handling(facts.handling.id)
    if facts.co is not None:
        taking.co = case.co_handling(facts.co.id)
    if step.binds is not None:
        taking.content_hash = shown.content_hash(step.binds, facts)
    return taking


def _row(taking: Taking) -> Suggestion | Handling | CoHandling:
    return {
        Life.SUGGESTION: taking.suggestion,
        Life.HANDLING: taking.handling,
        Life.CO_HANDLING: taking.co,
    }[taking.step.life]  # type: ignore[return-value]


def _go(
    taking: Taking, by: Actor, *, proof: str | None = None, key: str | None = None, cause: int | None = None
) -> Event:
    """Move, let the effect work, record, tell; then the steps that this one causes."""
    step, row = taking.step, _row(taking)
    before = row.state
    after = lifecycle.move(step, before, taking.facts)
    round = taking.handling.round if taking.handling else 0
    if step.marks:
        setattr(row, step.marks, taking.today)
    if step.has_effect:
        effect_of(step)(taking)
    row.state = after  # type: ignore[assignment]
    if not step.is_evidence:
        row.version += 1
    event = record.add_to_case(
        taking.suggestion,
        record.Entry(
            life=step.life,
            action=step.action,
            actor=by,
            payload=taking.payload,
            handling_id=taking.handling.id if taking.handling else None,
            co_handling_id=taking.co.id if taking.co else None,
            round=round,
            from_state=before,
            to_state=after,
            proof=proof,
            content_hash=taking.content_hash,
            is_evidence=step.is_evidence,
            cause_seq=cause,
            idempotency_key=key,
        ),
        not_before=_last_at(taking.case),
    )
    taking.case = replace(taking.case, events=(*taking.case.events, event))
    _tell(taking, event)
    for follow_on in taking.after:
        follow_on(event)
    for action, caused_row, payload in taking.caused:
        taking.case = _cause(taking.case, action, caused_row, payload, event)
    for another in taking.for_others:
        taking.case = _for_another(taking.case, another, event)
    if taking.handling is not None:
        reset_limits(taking.case, taking.handling)
    counting.hand(taking.case)
    return event


def _last_at(case: Case) -> datetime | None:
    return case.events[-1].at if case.events else None


def _tell(taking: Taking, event: Event) -> None:
    people = outbox.recipients(taking.step.tells, taking.case, taking.handling, taking.co, event)
    if people:
        number = taking.handling.number_text if taking.handling else taking.suggestion.number_text
        # One text goes to units and deputies alike, so a name that was asked to be hidden stays out of it.
        hidden = {row.lead_id for row in (taking.suggestion, *taking.case.merged) if row.is_name_hidden}
        who = "领衔代表" if event.actor_id in hidden else f"{event.unit_name}{event.actor_name}"
        text = f"{number}《{taking.suggestion.title}》：{who}{ACTIONS[taking.step.action]}。"
        place = f"/handlings/{taking.handling.id}" if taking.handling else f"/suggestions/{taking.suggestion.id}"
        outbox.tell(people, event, text=text, address=place)


def _cause(
    case: Case, action: Action, row: Suggestion | Handling | CoHandling, payload: dict[str, Any], cause: Event
) -> Case:
    life = life_of(row)
    facts = facts_for(case, SYSTEM, life, row.id)
    state = state_of(facts, life)
    step = lifecycle.row_for(life, action, state, facts)
    taking = _open(step, facts, case, {})
    taking.payload = payload
    _go(taking, SYSTEM, cause=cause.seq)
    return taking.case


def _for_another(case: Case, another: ForAnother, cause: Event) -> Case:
    """Take a step in the name of whoever signed it on paper: the same rule, form and guards as if they were here."""
    life = life_of(another.row)
    facts = facts_for(case, another.actor, life, another.row.id)
    step = lifecycle.row_for(life, another.action, state_of(facts, life), facts)
    try:
        cleaned = forms.clean(step.asks, another.words, lambda source: options(source, facts), facts.today)
    except Invalid as overtaken:
        raise NotNow(f"还不能“{ACTIONS[another.action]}”：", list(overtaken.faults.values())) from None
    facts = replace(facts, words=cleaned)
    if lacking := guards.missing(another.action, facts):
        raise NotNow(f"还不能“{ACTIONS[another.action]}”：", lacking)
    taking = _open(step, facts, case, cleaned)
    taking.payload["on_paper"] = dict(another.on_paper)
    _go(taking, another.actor, cause=cause.seq)
    return taking.case


@use_case
def take_as_system(life: Life, action: Action, target_id: int, **payload: Any) -> Taken:
    """Let the system take a step of its own when a term runs out; NotNow when it no longer applies."""
    case = load_case(db.session(), suggestion_id_of(db.session(), life, target_id), is_locked=True)
    facts = facts_for(case, SYSTEM, life, target_id)
    step = lifecycle.row_for(life, action, state_of(facts, life), facts)
    taking = _open(step, facts, case, {})
    taking.payload = payload
    return _answer(_go(taking, SYSTEM))
