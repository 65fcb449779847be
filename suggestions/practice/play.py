"""Plays steps as the practice people would take them: through the real door, with their own proofs, on moving days."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from suggestions import clock
from suggestions.domain import lifecycle, shown
from suggestions.domain.actions import Action
from suggestions.domain.facts import Actor
from suggestions.domain.fields import Choices
from suggestions.domain.lifecycle import Field, Kind, Step
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Person, Post, Suggestion, Unit
from suggestions.models.actors import actor_of
from suggestions.models.case import load_case, suggestion_id_of
from suggestions.usecases.accounts import Presence
from suggestions.usecases.choices import options
from suggestions.usecases.judging import facts_for, state_of
from suggestions.usecases.step import Taken, take

Words = Mapping[str, Any]
_OPENS_AT = time(8, 40)
_PAUSE = timedelta(minutes=11)
_OPEN_FOR = timedelta(hours=8, minutes=50)
# Made once: what a statement costs is mostly its making.
_POST_OF = (
    select(Post)
    .join(Post.person)
    .where(Person.username == bindparam("username"))
    .options(joinedload(Post.person).joinedload(Person.posts), joinedload(Post.unit))
    .order_by(Post.id)
)
_HANDLING_OF = select(Handling).join(Handling.suggestion).where(Suggestion.number == bindparam("number"))


def _code(source: str, said: str, choices: Choices) -> str:
    known = choices(source)
    exact = next((code for code, label in known if said in (code, label)), None)
    return exact or next((code for code, label in known if said in label), said)


def _put(field: Field, said: Any, choices: Choices) -> Any:
    match field.kind:
        case Kind.ROWS:
            return [by_code(field.columns, row, choices) for row in said]
        case Kind.CHOICES:
            return [_code(field.source, item, choices) for item in said]
        case Kind.CHOICE if said:
            return _code(field.source, said, choices)
        case _:
            return said


def by_code(asks: Sequence[Field], words: Words, choices: Choices) -> dict[str, Any]:
    """The words with each choice as its code, where a story names it as the form shows it, or by a part of that."""
    fields = {field.name: field for field in asks}
    return {name: _put(fields[name], said, choices) if name in fields else said for name, said in words.items()}


def _is_looked_at(rows: Sequence[Step], words: Words) -> bool:
    """Whether a step is bound to what the page shows, or chooses from what it offers."""
    chosen = (Kind.CHOICE, Kind.CHOICES, Kind.ROWS)
    return any(row.binds or any(ask.kind in chosen and ask.name in words for ask in row.asks) for row in rows)


class Play:
    """A day at the office: every step takes a while, so the record reads as if people had worked."""

    def __init__(self, day: date) -> None:
        self.go_to(day)

    def go_to(self, day: date, *, steps: int = 0) -> None:
        """Let the office open on another day, at a pace that lets so many steps be done before it closes."""
        self.moment = datetime.combine(day, _OPENS_AT, clock.CHINA)
        self.pause = min(_PAUSE, timedelta(seconds=_OPEN_FOR.seconds // max(steps, 1)))

    def actor(self, username: str) -> Actor:
        """The person of an account with the hat they wear."""
        return actor_of(db.session.scalars(_POST_OF, {"username": username}).unique().first())

    def suggestion(self, number: str) -> Suggestion:
        """The suggestion of a number of the session."""
        return db.session.scalars(select(Suggestion).where(Suggestion.number == number)).one()

    def handling(self, number: str) -> Handling:
        """The only handling of a number."""
        return db.session.scalars(_HANDLING_OF, {"number": number}).one()

    def co_handling(self, number: str, unit: str) -> CoHandling:
        """What a unit owes to a number."""
        query = select(CoHandling).join(CoHandling.handling).join(Handling.suggestion).join(CoHandling.unit)
        return db.session.scalars(query.where(Suggestion.number == number, Unit.name == unit)).one()

    def handle(self, number: str, who: str, action: Action, **words: Any) -> Taken:
        """One step on the handling of a number."""
        return self.step(Life.HANDLING, self.handling(number).id, who, action, words)

    def answer(self, number: str, unit: str, who: str, action: Action, **words: Any) -> Taken:
        """One step on what a unit owes to a number."""
        return self.step(Life.CO_HANDLING, self.co_handling(number, unit).id, who, action, words)

    def step(
        self, life: Life, target_id: int, who: str, action: Action, words: Words, *, edits: Words | None = None
    ) -> Taken:
        """One step as this person, having seen what the page shows at this moment, with the password where asked."""
        self.moment += self.pause
        with clock.pinned(self.moment):
            by = self.actor(who)
            if not _is_looked_at(lifecycle.rows(life, action), words):
                return take(life, action, target_id, by=by, words=words, edits=edits)
            case = load_case(db.session(), suggestion_id_of(db.session(), life, target_id))
            facts = facts_for(case, by, life, target_id, words=edits)
            candidates = lifecycle.permitted(life, action, facts)
            row = next((step for step in candidates if state_of(facts, life) in step.origins), candidates[0])
            return take(
                life,
                action,
                target_id,
                by=by,
                words=by_code(row.asks, words, lambda source: options(source, facts)),
                edits=edits,
                content_hash=shown.content_hash(row.binds, facts) if row.binds else None,
                presence=Presence(current_app.config["PRACTICE_PASSWORD"]) if row.personal else None,
            )
