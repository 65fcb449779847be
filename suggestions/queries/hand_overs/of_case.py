"""What a case tells of hand-overs: from whom to whom it went, and by which list."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from suggestions.domain.hand_over import GROUNDS, Stage, may_read
from suggestions.models import HandOver, HandOverItem
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look, moment_text
from suggestions.queries.timeline import Entry


def hand_overs_of(session: Session, look: Look) -> tuple[tuple[datetime, Entry], ...]:
    """Each list on which this handling stands, with the moment at which it belongs on the timeline."""
    on_it = select(HandOverItem.hand_over_id).where(HandOverItem.handling_id == look.handling.id)
    query = select(HandOver).where(HandOver.id.in_(on_it), HandOver.stage != Stage.VOID).order_by(HandOver.id)
    parts = joinedload(HandOver.giver), joinedload(HandOver.taker)
    return tuple(_entry(look, found) for found in session.scalars(query.options(*parts)))


def _entry(look: Look, found: HandOver) -> tuple[datetime, Entry]:
    at = found.taken_at or look.facts.now
    waits = found.taken_at is None
    link = (f"看第{found.id}号交接清单", look.url("hand_overs.page", id=found.id))
    told = Entry(
        kind="plain",
        head="工作交接，清单还没有签完" if waits else "工作交接，双方已签清单",
        time_iso=found.opened_on.isoformat() if waits else at.isoformat(timespec="minutes"),
        time_text=f"{spoken(found.opened_on, look.today)}起" if waits else moment_text(at, look.today),
        who=(f"{found.giver.name}移交{found.taker.name}",),
        text="\n".join(_told(found)),
        links=(link,) if may_read(found.parties, look.facts.actor) else (),
    )
    return at, told


def _told(found: HandOver) -> Iterator[str]:
    if found.ground:
        yield f"{found.given_by_name}代{found.giver.name}签：{GROUNDS[found.ground]}"
    if found.stage is Stage.OPEN:
        yield f"等{found.giver.name}签字移交"
    elif found.stage is Stage.GIVEN:
        yield f"等{found.taker.name}签字接收"
