"""Who is told of a step: one notice to each person, written with the event."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import BindParameter, bindparam, or_, select

from suggestions import clock
from suggestions.domain.lifecycle.step import Audience
from suggestions.domain.reaching import Channel
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Delivery, Event, Handling, Notice, Person, Post, Reach
from suggestions.models.case import Case

_ON: BindParameter[date] = bindparam("on")
# Made once: what a statement costs is mostly its making. Which of these posts are wanted is picked from the answer.
_HOLDERS = select(Post.role, Post.unit_id, Post.person_id).where(
    Post.role.in_(bindparam("roles", expanding=True)),
    or_(Post.unit_id.in_(bindparam("units", expanding=True)), Post.role.in_(bindparam("anywhere", expanding=True))),
    Post.from_on <= _ON,
    or_(Post.to_on.is_(None), Post.to_on >= _ON),
)
_WITH_LOGIN = (
    select(Person.id, Reach)
    .outerjoin(Reach, Reach.person_id == Person.id)
    .where(Person.id.in_(bindparam("people", expanding=True)), Person.username.is_not(None))
    .order_by(Person.id)
)
_IN_UNIT = {Audience.DIRECTOR: Role.DIRECTOR, Audience.REVIEWERS: Role.REVIEWER, Audience.CLERKS: Role.CLERK}
_IN_CO_UNIT = {Audience.CO_UNIT: Role.HANDLER, Audience.CO_DIRECTOR: Role.DIRECTOR}


def _posts_wanted(
    audiences: Iterable[Audience], case: Case, handling: Handling | None, co: CoHandling | None
) -> Iterator[tuple[Role, int | None]]:
    for audience in audiences:
        if audience in _IN_UNIT and handling is not None:
            yield _IN_UNIT[audience], handling.unit_id
        elif audience in _IN_UNIT:
            yield from ((_IN_UNIT[audience], h.unit_id) for h in case.handlings)
        elif audience in _IN_CO_UNIT and co is not None:
            yield _IN_CO_UNIT[audience], co.unit_id
        elif audience is Audience.CO_UNITS and handling is not None:
            yield from ((Role.HANDLER, c.unit_id) for c in case.co_handlings if c.handling_id == handling.id)
        elif audience is Audience.SUPERVISORS:
            yield Role.SUPERVISOR, None


def _named(audiences: Iterable[Audience], case: Case, handling: Handling | None) -> Iterator[int]:
    for audience in audiences:
        if audience in (Audience.LEAD, Audience.DEPUTIES) and case.suggestion.lead_id:
            yield case.suggestion.lead_id
        if audience in (Audience.LEAD, Audience.DEPUTIES):
            yield from (other.lead_id for other in case.merged if other.lead_id)
        if audience is Audience.DEPUTIES:
            yield from (cosigner.person_id for cosigner in case.cosigners)
        if audience is Audience.INVITED:
            yield from (cosigner.person_id for cosigner in case.cosigners if cosigner.confirmed_at is None)
        if audience is Audience.HANDLER and handling is not None and handling.handler_id:
            yield handling.handler_id


def recipients(
    audiences: tuple[Audience, ...], case: Case, handling: Handling | None, co: CoHandling | None, event: Event
) -> set[int]:
    """Ids of the persons who are told, the acting one left out."""
    people = set(_named(audiences, case, handling))
    wanted = set(_posts_wanted(audiences, case, handling, co))
    if wanted:
        asked = {
            "roles": [role for role, _ in wanted],
            "units": [unit for _, unit in wanted if unit],
            "anywhere": [role for role, unit in wanted if unit is None],
            "on": event.on,
        }
        for role, unit_id, person_id in db.session.execute(_HOLDERS, asked):
            if (role, unit_id) in wanted or (role, None) in wanted:
                people.add(person_id)
    return people - {event.actor_id}


def tell(people: Iterable[int], event: Event, *, text: str, address: str) -> None:
    """Put one notice for each person with a login into the outbox, and its ways out, in the event's transaction."""
    asked = list(people)
    for person_id, reach in db.session.execute(_WITH_LOGIN, {"people": asked}) if asked else ():
        notice = Notice(
            chain=event.chain,
            seq=event.seq,
            person_id=person_id,
            text=text[:300],
            address=address,
            created_at=event.at,
        )
        db.session.add(notice)
        if reach is not None:
            due_at = reach.rhythm().due_at(event.at.astimezone(clock.CHINA))
            for channel in reach.channels:
                db.session.add(Delivery(notice=notice, channel=Channel(channel), due_at=due_at))
