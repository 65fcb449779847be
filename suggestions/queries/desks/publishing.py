"""What is still to be published of the letters that went out: by when, and whose step comes next."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from suggestions.domain import guards, publication
from suggestions.domain.actions import Action as A
from suggestions.domain.canonical import digest
from suggestions.domain.deadlines import due, near_on
from suggestions.domain.facts import Facts
from suggestions.domain.rulebook import Unit
from suggestions.domain.states import ANSWERED
from suggestions.models import Event, Handling
from suggestions.queries.desks.items import Todo, of_handling
from suggestions.queries.lights import lamp_of_day, spoken

TOLD = (A.DISPATCH, A.DRAFT_PUBLIC_TEXT, A.PUBLISH, A.WITHHOLD)
"""The steps that are looked at, beside those of the letter and its endorsements."""


def _has(*actions: A) -> ColumnElement[bool]:
    """Whether one of these steps was taken since the newest letter went out."""
    sent = aliased(Event)
    newest = select(func.max(sent.seq)).where(sent.handling_id == Handling.id, sent.action == A.DISPATCH)
    of_it = Event.handling_id == Handling.id, Event.action.in_(actions)
    return exists().where(*of_it, Event.seq > newest.correlate(Handling).scalar_subquery()).correlate(Handling)


def unpublished() -> ColumnElement[bool]:
    """Letters that went out and were neither published nor withheld; a corrected one and one of a redo are new."""
    is_out = Handling.state.in_(ANSWERED) & Handling.dispatched_on.is_not(None) & ~Handling.is_past
    return is_out & ~_has(A.PUBLISH, A.WITHHOLD)


def to_endorse() -> ColumnElement[bool]:
    """Those of them whose public text was drafted."""
    return unpublished() & _has(A.DRAFT_PUBLIC_TEXT)


def to_publish(row: Handling, facts: Facts, today: date) -> Todo:
    """What the office does next: draft the public text, publish it, or withhold what the director closed."""
    standing = publication.sent_letter(facts.story)
    sent = f"{spoken(row.dispatched_on, today)}发出" if row.dispatched_on else "已发出"
    if standing and facts.rulebook.needs_ground(standing[1]["publication"]):
        label = facts.rulebook.publications[standing[1]["publication"]].label
        found = of_handling(
            row, facts.actor, today, f"{sent}，签批时定为“{label}”；请写明不公开的理由。", act=A.WITHHOLD
        )
    elif publication.drafted(facts.story) is None:
        found = of_handling(row, facts.actor, today, f"{sent}，还没有拟公开稿。", act=A.DRAFT_PUBLIC_TEXT)
    else:
        missing = guards.missing(A.PUBLISH, facts)
        wait = f"{sent}，公开稿{'等保密审核' if missing else '审核好了，可以公开'}。"
        found = of_handling(row, facts.actor, today, wait, act=A.PUBLISH, missing=missing)
    return _dated(found, row, facts)


def text_to_endorse(row: Handling, facts: Facts, today: date) -> Iterator[Todo]:
    """The public text, while no secrecy endorsement was given or refused on it."""
    drafted, text = publication.drafted(facts.story), publication.content(facts.story)
    if drafted is None or text is None or "secrecy" not in facts.endorses:
        return
    if facts.story.standing_endorsement("secrecy", digest(text)) is None:
        wait = f"{drafted.actor_name}{spoken(drafted.on, today)}拟的公开稿，等保密审核。"
        missing = guards.missing(A.ENDORSE, facts)
        found = of_handling(row, facts.actor, today, wait, act=A.ENDORSE, missing=missing)
        yield _dated(found, row, facts)


def _dated(found: Todo, row: Handling, facts: Facts) -> Todo:
    """With the light of publication, not that of what the handling owes next."""
    if row.dispatched_on is None:
        return found
    term = due(facts.rulebook.term("publication"), row.dispatched_on, facts.calendar)
    lamp = lamp_of_day(term.on, near_on(term, facts.calendar), facts.today, Unit.WORKDAYS)
    return replace(found, light=lamp, due_on=term.on)
