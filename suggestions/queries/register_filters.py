"""What the register can be narrowed to: words searched for, state, category, unit, handler, light."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select, true

from suggestions.domain.actions import Action
from suggestions.domain.facts import Actor
from suggestions.domain.labels import STATES
from suggestions.domain.states import ANSWERED, UNIT_ROLES, HandlingState, Life, Role
from suggestions.models import CoHandling, Event, Handling, Person, Suggestion, Unit
from suggestions.models.counting import counted_handlings
from suggestions.queries.lights import OWED
from suggestions.queries.visible import may_read_names

WAITS_FOR_DIRECTOR = (HandlingState.RECEIVED, HandlingState.PLAN_REVIEW, HandlingState.SIGNING)
LIGHTS = {"over": 0, "near": 1, "ok": 2, "done": 3}
LONGEST = 100


def _times_in_round(action: Action) -> ScalarSelect[int]:
    taken = select(func.count()).where(
        Event.handling_id == Handling.id, Event.round == Handling.round, Event.action == action
    )
    return taken.correlate(Handling).scalar_subquery()


WAS_CHALLENGED: ColumnElement[bool] = (
    exists().where(Event.handling_id == Handling.id, Event.action == Action.CHALLENGE_CLASS).correlate(Handling)
)
"""A handling whose class of result was ever challenged."""
CHALLENGE_WAITS: ColumnElement[bool] = _times_in_round(Action.CHALLENGE_CLASS) > _times_in_round(Action.SETTLE_CLASS)
"""A handling with a challenge to this round's class that nobody has answered."""
CHALLENGE_INSISTED: ColumnElement[bool] = and_(CHALLENGE_WAITS, _times_in_round(Action.SETTLE_CLASS) > 0)
"""A challenge that was kept up after the director's answer, so that the deputies office decides."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of the register, as it stands in the address; an empty word asks nothing."""

    q: str = ""
    state: str = ""
    category: str = ""
    role: str = ""
    unit: str = ""
    handler: str = ""
    light: str = ""
    key: str = ""
    waits: str = ""
    answered: str = ""
    past: str = ""
    challenged: str = ""

    @property
    def arguments(self) -> dict[str, str]:
        """The words that ask something, for an address."""
        return {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}


def wanted(given: Mapping[str, str]) -> Wanted:
    """What an address asks; a word that is none of the offered ones asks nothing."""
    offered = {
        "state": {str(state) for state in HandlingState},
        "role": {"main", "co"},
        "light": {*LIGHTS, "co_over"},
        "key": {"1"},
        "waits": {"director"},
        "answered": {"yes", "no"},
        "past": {"1"},
        "challenged": {"1", "open"},
    }
    found = {}
    for field in fields(Wanted):
        word = unicodedata.normalize("NFC", given.get(field.name, "")).replace("\0", "").strip()[:LONGEST]
        is_offered = word in offered.get(field.name, {word})
        if field.name in ("unit", "handler"):
            is_offered = word.isascii() and word.isdigit() and len(word) < 10
        found[field.name] = word if is_offered else ""
    return Wanted(**found)


_WORDS: Mapping[tuple[str, str], str] = {
    ("light", "co_over"): "协办意见超期",
    ("answered", "yes"): "已答复",
    ("answered", "no"): "未答复",
    ("waits", "director"): "等局长",
    ("role", "main"): "本单位主办",
    ("role", "co"): "本单位协办",
}
_WORDS_OF_ANY = {"unit": "一个主办单位", "handler": "一位承办人"}


def words_of(name: str, word: str) -> str:
    """What is asked, for the heading of a list whose form cannot show it."""
    return _WORDS.get((name, word)) or _WORDS_OF_ANY.get(name, word)


def choices_of_state() -> list[tuple[str, str]]:
    """The states of a handling with their words."""
    return [(str(state), STATES[Life.HANDLING][state]) for state in HandlingState]


@dataclass(frozen=True)
class Ground:
    """What conditions are made of: who asks, and the parts of a row that depend on the asking person and the day."""

    actor: Actor
    today: date
    rank: ColumnElement[int]
    is_co: ColumnElement[bool]

    def of_main(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        """Only for rows of a main unit: how far it is, is never told by a row that is only co-handled."""
        return and_(~self.is_co, condition)


def of_years(asked: Wanted) -> ColumnElement[bool]:
    """Past years are left out unless they are asked for, or words that no stage of work here narrows."""
    is_sought = bool(asked.q) and not (asked.state or asked.answered or asked.waits)
    return true() if asked.past or is_sought else counted_handlings()


def condition(asked: Wanted, on: Ground) -> ColumnElement[bool]:
    """The rows that are asked for."""
    return and_(of_years(asked), *(_CONDITIONS[name](word, on) for name, word in asked.arguments.items()))


def _of_light(word: str, on: Ground) -> ColumnElement[bool]:
    if word in LIGHTS:
        return on.rank == LIGHTS[word]
    return on.of_main(exists().where(_is_late(on.today)).correlate(Handling))


def _is_late(today: date) -> ColumnElement[bool]:
    return and_(CoHandling.handling_id == Handling.id, CoHandling.state.in_(OWED), CoHandling.red_after < today)


def late_units(today: date) -> ScalarSelect[str]:
    """The units whose opinion on a handling is late, by name."""
    names = select(func.aggregate_strings(Unit.name, "、")).join_from(CoHandling, Unit, Unit.id == CoHandling.unit_id)
    return names.where(_is_late(today)).correlate(Handling).scalar_subquery()


_CONDITIONS: Mapping[str, Callable[[str, Ground], ColumnElement[bool]]] = {
    "q": lambda word, on: _found(word, on.actor),
    "state": lambda word, on: on.of_main(Handling.state == HandlingState(word)),
    "category": lambda word, _on: Suggestion.category == word,
    "role": lambda word, on: on.is_co if word == "co" else ~on.is_co,
    "unit": lambda word, _on: Handling.unit_id == int(word),
    "handler": lambda word, on: on.of_main(Handling.handler_id == int(word)),
    "light": _of_light,
    "key": lambda _word, _on: Suggestion.is_key.is_(True),
    "past": lambda _word, on: on.of_main(Handling.is_past.is_(True)),
    "challenged": lambda word, on: on.of_main(CHALLENGE_WAITS if word == "open" else WAS_CHALLENGED),
    "waits": lambda _word, on: on.of_main(Handling.state.in_(WAITS_FOR_DIRECTOR)),
    "answered": lambda word, on: on.of_main(
        Handling.state.in_(ANSWERED) if word == "yes" else Handling.state.not_in(ANSWERED)
    ),
}


def _found(text: str, actor: Actor) -> ColumnElement[bool]:
    by_name = Person.name.icontains(text.removesuffix("代表"), autoescape=True)
    if not may_read_names(actor):
        by_name = and_(by_name, ~Suggestion.is_name_hidden)
    number, _, part = text.removeprefix("第").removesuffix("号").partition("-")
    found = [Suggestion.title.icontains(text, autoescape=True), by_name]
    if number.isascii() and number.isdigit():
        is_number = Suggestion.number.in_({number, number.lstrip("0"), number.lstrip("0").zfill(3)})
        is_part = part.isascii() and part.isdigit() and len(part) < 10
        found.append(and_(is_number, Handling.part == int(part)) if is_part else is_number)
    return or_(*found)


@dataclass(frozen=True)
class Quick:
    """A frequent question, one tap away; `light` is its shape, or empty."""

    label: str
    asks: Wanted
    light: str = ""


def quick_for(actor: Actor) -> tuple[Quick, ...]:
    """The frequent questions of this person's role."""
    everything = (
        Quick("全部", Wanted()),
        Quick("超期", Wanted(light="over"), "over"),
        Quick("临近", Wanted(light="near"), "near"),
    )
    mine = {
        Role.HANDLER: (Quick("我承办", Wanted(handler=str(actor.person_id))),),
        Role.DIRECTOR: (Quick("等局长", Wanted(waits="director")),),
    }
    common = (
        Quick("重点督办", Wanted(key="1")),
        Quick("待评价", Wanted(state=str(HandlingState.REPLIED))),
        Quick("分类异议", Wanted(challenged="1")),
    )
    past = Quick("往年件", Wanted(past="1"))
    if actor.role in UNIT_ROLES:
        return (*everything, *mine.get(actor.role, ()), *common, Quick("协办", Wanted(role="co")), past)
    if actor.role is Role.DEPUTY:
        return (*everything, *common, past)
    return (*everything, *common, Quick("不满意", Wanted(state=str(HandlingState.CONTESTED))), past)
