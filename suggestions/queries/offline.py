"""Secret items: what may be shown of them, and what they add to the counts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, Text, cast, literal, select, type_coerce

from suggestions.domain import rulebook
from suggestions.domain.facts import Actor
from suggestions.domain.sight import Sight
from suggestions.domain.states import Role, SuggestionState
from suggestions.models import Suggestion
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look
from suggestions.queries.visible import suggestions_for

OFFLINE = "offline"
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


def offline_rows(actor: Actor) -> list[Select[Any]]:
    """What the deputies office and the auditor find in the register, as rows of its counts; for others nothing."""
    if actor.role not in _READERS:
        return []
    noted = type_coerce(Suggestion.outside, Text)
    query = select(literal(OFFLINE), cast(Suggestion.id, Text), Suggestion.number + "|" + noted, literal(1))
    return [query.where(suggestions_for(actor), Suggestion.state == SuggestionState.OFFLINE)]


def offline_of(rows: Iterable[Row[Any]]) -> Offline | None:
    """The secret items among the rows, by number; None where there are none."""
    found = sorted((*row.label.split("|", 1), int(row.code)) for row in rows)
    noted = [json.loads(said) for _, said, _ in found]
    return (
        None
        if not found
        else Offline(
            items=tuple((id, f"第{number}号") for number, _, id in found),
            replied=sum(1 for each in noted if each["replied_on"]),
            rated=sum(1 for each in noted if each["rating"]),
        )
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
