"""Changing: a unit comes later, another deputy leads, a suggestion is followed into the next year."""

from sqlalchemy import select

from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.domain.facts import SYSTEM
from suggestions.domain.labels import LEAD_CHANGES
from suggestions.domain.states import UNIT_ROLES, HandlingState
from suggestions.extensions import db
from suggestions.models import Cosigner, Event, Post, Unit
from suggestions.usecases import births
from suggestions.usecases.taking import Taking


def add_unit(taking: Taking) -> None:
    """Give the suggestion to one more unit, as another part or as a co-unit of one; its clock begins today."""
    words, case = taking.fields, taking.case
    unit = db.session.get_one(Unit, int(words["unit"]))
    taking.payload["name"] = unit.name
    if words["role"] == "co":
        _add_co_unit(taking, unit)
        return
    if any(handling.unit_id == unit.id for handling in case.handlings):
        raise Invalid("还不能增加。", {"unit": f"{unit.name}已经在主办或者分办。"})
    held = [handling for handling in case.handlings if handling.state is not HandlingState.REASSIGNED]
    for at, handling in enumerate(held, start=1):
        handling.part = handling.part or at
    part = 1 + max(handling.part or 0 for handling in case.handlings)
    first = case.handlings[0]

    def begin(event: Event) -> None:
        births.begin(
            taking.suggestion,
            unit,
            part=part,
            reply_term=first.reply_term,
            assigned_on=taking.today,
            publication=first.publication,
            cause=event,
        )

    taking.after.append(begin)


def _add_co_unit(taking: Taking, unit: Unit) -> None:
    if not taking.fields["handling"]:
        raise Invalid("还不能增加。", {"handling": "请选择协办哪一件。"})
    handling = taking.case.handling(int(taking.fields["handling"]))
    asked = [co for co in taking.case.co_handlings if co.handling_id == handling.id and co.unit_id == unit.id]
    if asked or handling.unit_id == unit.id:
        raise Invalid("还不能增加。", {"unit": f"{unit.name}已经在办这一件。"})

    def invite(event: Event) -> None:
        births.invite(
            handling, unit, question="", is_own_invitation=False, started_on=taking.today, by=SYSTEM, cause=event
        )

    taking.after.append(invite)


def mark_cross_year(taking: Taking) -> None:
    """Follow the suggestion into the next year (跨年度跟踪), by a document of the chairpersons' meeting."""
    taking.suggestion.is_cross_year = True


def change_lead(taking: Taking) -> None:
    """Let the next joint deputy lead, one who holds no post in a handling unit; where there is none, nobody rates."""
    suggestion, case = taking.suggestion, taking.case
    old = suggestion.lead
    taking.payload |= {"from": old.name if old else "", "ground_name": LEAD_CHANGES[taking.fields["ground"]]}
    units = {handling.unit_id for handling in case.handlings}
    bound = set(
        db.session.scalars(
            select(Post.person_id).where(
                Post.unit_id.in_(units),
                Post.role.in_(UNIT_ROLES),
                Post.from_on <= taking.today,
                Post.to_on.is_(None) | (Post.to_on >= taking.today),
            )
        )
    )
    following = next((c for c in case.cosigners if c.confirmed_at and c.person_id not in bound), None)
    if following is None:
        suggestion.is_lead_gone = True
        taking.payload["to"] = ""
        if not case.merged:
            for handling in case.handlings:
                if handling.state is HandlingState.REPLIED:
                    taking.cause(Action.WAIVE_RATING, handling)
        return
    taking.payload["to"] = following.person.name
    suggestion.lead_id, suggestion.lead = following.person_id, following.person
    db.session.delete(following)
    if taking.fields["ground"] == "unit" and old is not None:
        last = max(c.position for c in case.cosigners)
        db.session.add(
            Cosigner(suggestion_id=suggestion.id, person_id=old.id, position=last + 1, confirmed_at=taking.now)
        )
