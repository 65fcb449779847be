"""Who pressed from above, and what came of it: orders of the offices and lamps of the deputies, with their answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Actor
from suggestions.domain.states import Life
from suggestions.models import Event, Handling, Suggestion, Unit
from suggestions.queries.desks.items import Place
from suggestions.queries.visible import handlings_for

_PRESSED = (A.SUPERVISE, A.LIGHT_UP)


@dataclass(frozen=True)
class Pressed:
    """One time that somebody pressed: who, what for, and the answer; `days` is how long that took."""

    page: Place
    number: str
    title: str
    unit: str
    by: str
    on: date
    demand: str
    due_on: date | None
    answer: str = ""
    answered_on: date | None = None

    @property
    def days(self) -> int | None:
        """How many days the answer took; None while there is none."""
        return None if self.answered_on is None else (self.answered_on - self.on).days


def pressed(session: Session, actor: Actor, first: date, last: date) -> Iterator[Pressed]:
    """Everything of these days that this person may see, oldest first, in one statement."""
    columns = (Event.handling_id, Event.seq, Event.action, Event.actor_name, Event.payload, Event.on)
    of_case = (Suggestion.number, Handling.part, Suggestion.title, Unit.name.label("unit"))
    query = (
        select(*columns, *of_case)
        .join(Handling, Handling.id == Event.handling_id)
        .join(Suggestion, Suggestion.id == Handling.suggestion_id)
        .join(Unit, Unit.id == Handling.unit_id)
        .where(Event.on.between(first, last), Event.action.in_((*_PRESSED, A.ANSWER_URGING)), handlings_for(actor))
        .order_by(Event.on, Event.chain, Event.seq)
    )
    rows = session.execute(query).all()
    answers = {(row.handling_id, str(row.payload["urging"])): row for row in rows if row.action == A.ANSWER_URGING}
    for row in rows:
        if row.action == A.ANSWER_URGING:
            continue
        told, due_on = answers.get((row.handling_id, str(row.seq))), row.payload.get("answer_due_on")
        yield Pressed(
            page=Place(Life.HANDLING, row.handling_id),
            number=f"第{row.number}号" if row.part is None else f"第{row.number}-{row.part}号",
            title=row.title,
            unit=row.unit,
            by="代表亮灯" if row.action == A.LIGHT_UP else f"{row.actor_name}督办",
            on=row.on,
            demand=str(row.payload.get("demand", "")),
            due_on=date.fromisoformat(str(due_on)) if due_on else None,
            answer=str(told.payload["answer"]) if told else "",
            answered_on=told.on if told else None,
        )
