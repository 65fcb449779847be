"""The rows of the practice year, dealt out among the units; the same every time."""

from collections.abc import Iterator
from datetime import date

from benchmarks.year.house import House
from benchmarks.year.plan import BETWEEN_SESSIONS, FATES, HANDED_ON, PLACES, TOPICS
from benchmarks.year.tale import Tale
from suggestions.domain.deadlines import due, near_on
from suggestions.domain.states import CoState
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as Written
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Suggestion, Unit


def _assigned_on(house: House, fate: str) -> date:
    if fate not in BETWEEN_SESSIONS:
        return HANDED_ON
    first = {"new": date(2026, 6, 8), "waiting": date(2026, 3, 16), "sealed": date(2026, 3, 16)}
    return house.workday(first.get(fate, date(2026, 4, 20)), 0, 0 if fate == "new" else 20)


def deal(house: House) -> Iterator[Tale]:
    """The rows of every case, the fates dealt out among the units."""
    dealt = [fate for fate, many in FATES for _ in range(many)]
    house.dice.shuffle(dealt)
    names = list(TOPICS)
    # The first units of the list handle more, as in every district.
    weighted = [name for at, name in enumerate(names) for _ in range(3 if at < 6 else 2 if at < 10 else 1)]
    made = []
    for at, fate in enumerate(dealt):
        name = weighted[(at * 7) % len(weighted)]
        category, topics = TOPICS[name]
        on, lead = _assigned_on(house, fate), house.deputies[(at * 5) % len(house.deputies)]
        what = topics[at % len(topics)]
        suggestion = Suggestion(
            state=Written.ASSIGNED,
            congress="云山区",
            term=19,
            session=6,
            series="recess" if fate in BETWEEN_SESSIONS else "session",
            number=f"{at + 1:03}",
            title=f"关于在{PLACES[(at // len(weighted)) % len(PLACES)]}{what}的建议",
            content=f"群众反映{what}的事多年没有着落。\n建议：{what}，写明哪天办。",
            asked=[],
            category=category,
            lead_id=lead.person_id,
            is_key=at % 37 == 5,
            rulebook=house.rules.name,
            ruled_on=on,
            assigned_on=on,
            chain_seq=0,
            chain_hash="0" * 64,
        )
        handling = Handling(
            state=S.ASSIGNED,
            suggestion=suggestion,
            unit=house.units[name],
            reply_term="ordinary",
            publication="",
            assigned_on=on,
            reply_due_on=house.term("reply_ordinary", on),
        )
        made.append(
            (fate, suggestion, handling, lead, names[(names.index(name) + 3) % len(names)] if at % 4 == 0 else "")
        )
    db.session.add_all(handling for _, _, handling, _, _ in made)
    db.session.flush()
    tales = [Tale(house, fate, suggestion, handling, lead) for fate, suggestion, handling, lead, _ in made]
    for tale, (*_, other) in zip(tales, made, strict=True):
        if other:
            tale.opinions.append(_owed(house, tale.handling, house.units[other]))
    db.session.add_all(co for tale in tales for co in tale.opinions)
    db.session.flush()
    yield from tales


def _owed(house: House, handling: Handling, unit: Unit) -> CoHandling:
    term = due(house.rules.term("co_opinion"), handling.assigned_on, house.days)
    return CoHandling(
        state=CoState.INVITED,
        handling=handling,
        unit=unit,
        term="co_opinion",
        started_on=handling.assigned_on,
        due_on=term.on,
        yellow_on=near_on(term, house.days),
        red_after=term.on,
    )
