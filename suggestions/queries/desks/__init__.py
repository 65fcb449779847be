"""The desks: what waits for a person, by the hat they wear."""

from collections.abc import Callable, Mapping
from datetime import datetime

from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.queries.desks.administrators import admin_desk, audit_desk
from suggestions.queries.desks.congress import inspector_desk, supervisor_desk
from suggestions.queries.desks.deputy import DeputyDesk, deputy_desk
from suggestions.queries.desks.director import director_desk
from suggestions.queries.desks.handler import handler_desk
from suggestions.queries.desks.items import Desk
from suggestions.queries.desks.office import clerk_desk, reviewer_desk

DESKS: Mapping[Role, Callable[[Actor, datetime], Desk | DeputyDesk]] = {
    Role.DIRECTOR: director_desk,
    Role.HANDLER: handler_desk,
    Role.REVIEWER: reviewer_desk,
    Role.CLERK: clerk_desk,
    Role.DEPUTY: deputy_desk,
    Role.SUPERVISOR: supervisor_desk,
    Role.INSPECTOR: inspector_desk,
    Role.SYSADMIN: admin_desk,
    Role.SECADMIN: admin_desk,
    Role.AUDITOR: audit_desk,
}


def desk_of(actor: Actor, now: datetime) -> Desk | DeputyDesk:
    """The desk of this person at this moment, in at most five statements however many rows there are."""
    return DESKS[actor.role](actor, now)
