"""The letters that everybody may read: their public texts, and nothing else of their cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from suggestions.domain.actions import Action
from suggestions.domain.errors import Missing
from suggestions.models import Event, Handling
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Url

_PAGE = 50


@dataclass(frozen=True)
class Published:
    """One published letter in the list."""

    number: str
    title: str
    unit: str
    on_text: str
    url: str


def published_letters(
    session: Session, today: date, url: Url, before: int | None = None
) -> tuple[list[Published], int | None]:
    """One page of published letters, the newest handling first, and the key of the next page; one statement."""
    query = (
        select(Handling)
        .where(Handling.published_on.is_not(None))
        .options(joinedload(Handling.suggestion), joinedload(Handling.unit))
        .order_by(Handling.id.desc())
        .limit(_PAGE + 1)
    )
    rows = list(session.scalars(query if before is None else query.where(Handling.id < before)))
    shown = [
        Published(
            row.number_text,
            row.suggestion.title,
            row.unit.name,
            spoken(row.published_on, today) if row.published_on else "",
            url("published.letter", id=row.id),
        )
        for row in rows[:_PAGE]
    ]
    return shown, rows[_PAGE - 1].id if len(rows) > _PAGE else None


def published_letter(session: Session, handling_id: int, today: date) -> tuple[Mapping[str, Any], str]:
    """The public text as it was published, and when; Missing when there is none, or it was taken down."""
    on = session.scalar(select(Handling.published_on).where(Handling.id == handling_id))
    if on is None:
        raise Missing
    newest = select(Event.payload).where(Event.handling_id == handling_id, Event.action == Action.PUBLISH.value)
    return session.scalars(newest.order_by(Event.seq.desc()).limit(1)).one(), spoken(on, today)
