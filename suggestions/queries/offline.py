"""Secret items: what may be shown of them, and what they add to the counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from suggestions.domain import rulebook
from suggestions.domain.facts import Actor
from suggestions.domain.sight import Sight
from suggestions.domain.states import Role, SuggestionState
from suggestions.extensions import db
from suggestions.models import Suggestion
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look
from suggestions.queries.visible import suggestions_for

_READERS = frozenset({Role.SUPERVISOR, Role.AUDITOR})


@dataclass(frozen=True)
class Offline:
    """The secret items of the register, by id and number alone, and how many are answered and rated."""

    items: tuple[tuple[int, str], ...]
    replied: int
    rated: int

    @property
    def line(self) -> str:
        """How many there are, in a sentence."""
        return f"涉密件{len(self.items)}件，已答复{self.replied}件，已评价{self.rated}件；只登记编号，不在本系统流转"


def offline_items(actor: Actor) -> Offline | None:
    """What the deputies office and the auditor find in the register; None for others, and where there are none."""
    if actor.role not in _READERS:
        return None
    query = select(Suggestion.id, Suggestion.number, Suggestion.outside)
    query = query.where(suggestions_for(actor), Suggestion.state == SuggestionState.OFFLINE)
    rows = db.session.execute(query.order_by(Suggestion.assigned_on, Suggestion.number, Suggestion.id)).all()
    if not rows:
        return None
    noted = [row.outside or {} for row in rows]
    return Offline(
        items=tuple((row.id, f"第{row.number}号") for row in rows),
        replied=sum(1 for each in noted if each.get("replied_on")),
        rated=sum(1 for each in noted if each.get("rating")),
    )


def noted_of(look: Look) -> tuple[tuple[str, str], ...]:
    """What was registered of a secret item, to who registers and who audits; to its deputies nothing more."""
    if look.case.suggestion.state is not SuggestionState.OFFLINE or look.sight is Sight.STUB:
        return ()
    suggestion = look.case.suggestion
    said: Mapping[str, Any] = suggestion.outside or {}
    ratings = rulebook.load(suggestion.rulebook, suggestion.ruled_on).ratings
    rating = str(said.get("rating") or "")
    return (
        ("承办单位", str(said.get("unit_name", ""))),
        ("交办", _day(said.get("assigned_on"), look.today)),
        ("答复", _day(said.get("replied_on"), look.today)),
        ("总的评价", ratings[rating].label if rating in ratings else "还没有"),
    )


def _day(text: Any, today: date) -> str:
    return spoken(date.fromisoformat(text), today) if text else "还没有"
