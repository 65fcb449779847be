"""Intake: how a suggestion is written, signed, submitted and assigned."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import select

from suggestions import clock
from suggestions.documents.asks import find_asks
from suggestions.domain import fields as forms
from suggestions.domain import lifecycle, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import Actor
from suggestions.domain.states import FINAL, Life, Role, SuggestionState
from suggestions.extensions import db
from suggestions.models import Cosigner, Event, Person, Suggestion, Unit
from suggestions.models.case import Case
from suggestions.models.counting import counted_suggestions
from suggestions.models.facts import facts_of
from suggestions.usecases import births, filing, record
from suggestions.usecases.choices import options
from suggestions.usecases.taking import Taking
from suggestions.usecases.transaction import use_case


@use_case
def draft(*, by: Actor, words: Mapping[str, Any], key: str | None = None) -> int:
    """Begin a suggestion: a deputy as its lead, or the deputies office for one on paper; the id of the suggestion."""
    db.session.execute(select(Person.id).where(Person.id == by.person_id).with_for_update())
    if (known := record.taken(by.person_id, key)) and known.suggestion_id:
        return known.suggestion_id
    rules = rulebook.load(current_app.config["RULEBOOK"], clock.today())
    facts = facts_of(db.session(), None, actor=by, now=clock.now(), rules=rules)
    step = lifecycle.permitted(Life.SUGGESTION, Action.DRAFT, facts)[0]
    cleaned = forms.clean(step.asks, words, lambda source: options(source, facts), facts.today)
    is_on_paper = by.role is Role.SUPERVISOR
    if is_on_paper and not cleaned["lead"]:
        raise Invalid("还差一处：", {"lead": "请选择领衔代表。"})
    suggestion = Suggestion(
        state=lifecycle.move(step, None, facts),
        congress=current_app.config["CONGRESS"],
        title=cleaned["title"],
        content=cleaned["content"],
        category=cleaned["category"],
        lead_id=int(cleaned["lead"]) if is_on_paper else by.person_id,
        entered_by_id=by.person_id,
        is_on_paper=is_on_paper,
        rulebook=rules.name,
        ruled_on=facts.today,
        chain_seq=0,
        chain_hash="0" * 64,
    )
    db.session.add(suggestion)
    db.session.flush()
    files = [
        filing.keep_for(suggestion.id, upload, is_original=True, at=facts.now, by=by.person_id)
        for upload in cleaned.pop("files")
    ]
    record.add_to_case(
        suggestion,
        record.Entry(
            life=Life.SUGGESTION,
            action=Action.DRAFT,
            actor=by,
            payload={**cleaned, "files": [file.sha256 for file in files]},
            to_state=SuggestionState.DRAFTING,
            idempotency_key=key,
        ),
    )
    return suggestion.id


def revise(taking: Taking) -> None:
    """Change the words before they are submitted; whoever had confirmed confirms the new words."""
    row, words = taking.suggestion, taking.fields
    row.title, row.content, row.category = words["title"], words["content"], words["category"]
    added = filing.keep(taking, words["files"], is_original=True)
    taking.payload["files"] = [file.sha256 for file in added]
    for cosigner in taking.case.cosigners:
        cosigner.confirmed_at = None


def invite_cosigner(taking: Taking) -> None:
    """Ask a deputy to sign: they confirm in person, or two persons of the deputies office enter their signature."""
    person = db.session.get_one(Person, int(taking.fields["deputy"]))
    position = 1 + max((c.position for c in taking.case.cosigners), default=0)
    cosigner = Cosigner(
        suggestion_id=taking.suggestion.id,
        person_id=person.id,
        position=position,
    )
    db.session.add(cosigner)
    taking.payload["name"] = person.name
    taking.case = taking.case.with_cosigner(cosigner)


def cosign(taking: Taking) -> None:
    """Confirm in person."""
    for cosigner in taking.case.cosigners:
        if cosigner.person_id == taking.facts.actor.person_id:
            cosigner.confirmed_at = taking.now


def decline_cosigning(taking: Taking) -> None:
    """Take oneself off the list of the invited."""
    own = next(c for c in taking.case.cosigners if c.person_id == taking.facts.actor.person_id)
    db.session.delete(own)


def remove_cosigner(taking: Taking) -> None:
    """Take an invited deputy off the list."""
    for cosigner in taking.case.cosigners:
        if cosigner.person_id == int(taking.fields["deputy"]):
            taking.payload["name"] = cosigner.person.name
            db.session.delete(cosigner)


def submit(taking: Taking) -> None:
    """Fix the words: from now on only a return for revision opens them again."""
    row = taking.suggestion
    row.submitted_on = taking.today
    row.asked = list(find_asks(row.content.splitlines()).texts)
    row.is_name_hidden = taking.fields["is_name_hidden"]
    taking.payload |= {"title": row.title, "content": row.content}


def assign(taking: Taking) -> None:
    """Give the suggestion its number and its units; each handling's term runs from today."""
    row, words = taking.suggestion, taking.fields
    give_number(row, words["number"], words["series"])
    both = set(words["main_units"]) & set(words["co_units"])
    if both:
        raise Invalid("还不能交办。", {"co_units": "同一个单位不能既主办又协办。"})
    # The law of the day of assignment holds to the end, whenever the deputy began to write.
    row.assigned_on = row.ruled_on = taking.today
    taking.after.append(lambda event: _begin_all(row, words, event))


def give_number(row: Suggestion, number: str, series: str) -> None:
    """Give a suggestion its number in the newest session; Invalid when there is none in the text, or it is taken."""
    sessions = select(Suggestion.term, Suggestion.session).where(counted_suggestions())
    newest = db.session.execute(sessions.order_by(Suggestion.term.desc(), Suggestion.session.desc()).limit(1)).first()
    row.term, row.session = newest or (0, 0)
    row.series = series
    row.number = number_of(number)
    taken = select(Suggestion.id).where(
        Suggestion.congress == row.congress,
        Suggestion.term == row.term,
        Suggestion.session == row.session,
        Suggestion.series == row.series,
        Suggestion.number == row.number,
        Suggestion.id != row.id,
    )
    with db.session.no_autoflush:
        other = db.session.scalar(taken)
    if other is not None:
        raise Invalid("编号不行。", {"number": f"编号“{number}”已经用过，请换一个。"})


def _begin_all(row: Suggestion, words: Mapping[str, Any], event: Event) -> None:
    begin_units(
        row,
        main=[db.session.get_one(Unit, int(code)) for code in words["main_units"]],
        co=[db.session.get_one(Unit, int(code)) for code in words["co_units"]],
        reply_term=words["reply_term"],
        publication=words["publication"],
        cause=event,
    )


def begin_units(
    row: Suggestion,
    *,
    main: Sequence[Unit],
    co: Sequence[Unit],
    reply_term: str,
    publication: str,
    cause: Event,
    newborn: Case | None = None,
) -> None:
    """Begin a handling for each main unit, and owe it the opinion of each co-unit, from the day of assignment."""
    assert row.assigned_on is not None
    # Parts look at each other: only a case with one unit is known without loading it.
    newborn = newborn if len(main) == 1 else None
    for at, unit in enumerate(main, start=1):
        handling = births.begin(
            row,
            unit,
            part=at if len(main) > 1 else None,
            reply_term=reply_term,
            assigned_on=row.assigned_on,
            publication=publication,
            cause=cause,
            newborn=newborn,
        )
        for other in co:
            births.invite_at_handover(handling, other, cause, newborn=newborn)


def mark_key(taking: Taking) -> None:
    """A key item supervised by the chairpersons' meeting (重点督办)."""
    taking.suggestion.is_key = True


def withdraw(taking: Taking) -> None:
    """Take the suggestion back: every handling that is still open ends with it; ratings and promises stay.

    Where others are merged into it, it ends only for itself: the units go on for them.
    """
    if taking.case.merged:
        return
    for handling in taking.case.handlings:
        if handling.state not in FINAL:
            taking.cause(Action.TERMINATE, handling)


def number_of(text: str) -> str:
    """The number as it is kept: digits and a part, without 第 and 号; Invalid when there is none."""
    number = text.strip().removeprefix("第").removesuffix("号").strip()
    if not number or not all(sign.isdigit() or sign == "-" for sign in number):
        raise Invalid("编号不行。", {"number": f"编号“{text}”不对，请写成“第025号”。"})
    return number
