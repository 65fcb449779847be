"""A practice year: a district's 300 suggestions as they stand on 10 June, written as the steps would have left them.

Playing them through the door takes minutes. Here rows and events are written directly, chained as the door chains
them, so that `flask verify` and `flask recount` find them right; the same year comes out every time.
"""

from datetime import datetime, time

from sqlalchemy import select

from benchmarks.year.dealing import deal
from benchmarks.year.house import the_house
from benchmarks.year.plan import HANDED_ON, NUMBER, SECRETS, TODAY
from suggestions import clock
from suggestions.domain.states import HANDLING_ENDS, Role
from suggestions.extensions import db
from suggestions.models import Person, Post, Suggestion, Unit
from suggestions.models.actors import actor_of
from suggestions.models.case import Case
from suggestions.practice.people import settle
from suggestions.usecases import housekeeping, office, offline
from suggestions.usecases.judging import reset_limits
from suggestions.usecases.recounting import recount
from suggestions.usecases.transaction import use_case


def load_year() -> bool:
    """Fill an empty database with people and the year; False, and nothing done, when anything is in it."""
    if any(db.session.scalar(select(table.id).limit(1)) is not None for table in (Person, Suggestion)):
        return False
    with clock.pinned(datetime.combine(HANDED_ON, time(8), clock.CHINA)):
        office.seed_calendar()
        settle()
    with clock.pinned(datetime.combine(TODAY, time(8), clock.CHINA)):
        write_year()
        _register_secrets()
        recount()
    housekeeping.set_practice_day(TODAY)
    return True


@use_case
def write_year() -> None:
    """The year's suggestions into a house that has its people and its calendar."""
    house = the_house()
    tales = list(deal(house))
    for tale in tales:
        tale.tell()
    db.session.flush()
    for tale in tales:
        if tale.handling.state not in HANDLING_ENDS:
            case = Case(
                suggestion=tale.suggestion,
                cosigners=(),
                files=(),
                handlings=(tale.handling,),
                co_handlings=tuple(tale.opinions),
                promises=tuple(tale.promises),
                events=tuple(tale.events),
            )
            reset_limits(case, tale.handling)


def _register_secrets() -> None:
    supervisor = db.session.scalars(select(Post).where(Post.role == Role.SUPERVISOR).order_by(Post.id)).first()
    unit = db.session.scalars(select(Unit.id).where(Unit.name == "区公安分局")).one()
    told = (("", ""), ("2026-04-07", "satisfied"), ("2026-05-07", ""), ("2026-05-20", "mostly_satisfied"))
    for at, (replied_on, rating) in enumerate(told, start=NUMBER - SECRETS + 1):
        words = {"number": f"第{at}号", "series": "session", "unit": str(unit), "assigned_on": f"{HANDED_ON}"}
        offline.register_offline(by=actor_of(supervisor), words={**words, "replied_on": replied_on, "rating": rating})
