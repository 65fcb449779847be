"""What did not get through: for its own person, and for the system administrator without a word of any case."""

from sqlalchemy import Row, func, select

from suggestions.domain.reaching import Channel, Sending
from suggestions.extensions import db
from suggestions.models import Delivery, Notice, Person

_TROUBLE = (Sending.FAILED, Sending.UNKNOWN)
_MOST = 100


def troubles_of(person_id: int) -> list[Delivery]:
    """A person's own notices that did not get through, or of which nobody knows, the newest first."""
    query = select(Delivery).join(Notice).where(Notice.person_id == person_id, Delivery.state.in_(_TROUBLE))
    return list(db.session.scalars(query.order_by(Delivery.id.desc()).limit(10)))


def troubles() -> list[Row[tuple[Delivery, str]]]:
    """Everything that failed for good, is of unknown fate or waits for another try, with whom it was for."""
    query = select(Delivery, Person.name).join(Notice, Delivery.notice_id == Notice.id)
    query = query.join(Person, Notice.person_id == Person.id).where(
        Delivery.state.in_(_TROUBLE) | ((Delivery.state == Sending.WAITING) & (Delivery.attempts > 0))
    )
    return list(db.session.execute(query.order_by(Delivery.id.desc()).limit(_MOST)))


def counts() -> dict[tuple[Channel, Sending], int]:
    """How many notices stand where, by channel."""
    query = select(Delivery.channel, Delivery.state, func.count()).group_by(Delivery.channel, Delivery.state)
    return {(channel, state): number for channel, state, number in db.session.execute(query)}
