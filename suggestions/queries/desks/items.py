"""What a desk is made of: groups of things to do, each with its light, what it waits for and one act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from suggestions.domain.actions import Action
from suggestions.domain.facts import Actor
from suggestions.domain.labels import ACTIONS
from suggestions.domain.states import Life
from suggestions.models import CoHandling, Handling, Suggestion
from suggestions.queries.hand_overs.waiting import Waiting
from suggestions.queries.lights import Lamp, lamp_of, lamp_of_co
from suggestions.queries.waiting import lead_text

_LATEST = date.max


@dataclass(frozen=True)
class Place:
    """The page of a row, or the form of an action on it."""

    life: Life
    id: int
    action: Action | None = None
    promise: int | None = None
    """Which promise the form is about, where it asks for one."""


@dataclass(frozen=True)
class Todo:
    """One thing on a desk: what it is, what it waits for, and the one act that moves it on."""

    page: Place
    number: str
    title: str
    wait: str
    light: Lamp | None = None
    meta: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    form: Place | None = None
    label: str = ""
    missing: tuple[str, ...] = ()
    due_on: date | None = None

    @property
    def urgency(self) -> tuple[int, date, str]:
        """The order in which people look at it: red before yellow, then what is due first."""
        return (self.light.rank if self.light else 2, self.due_on or _LATEST, self.number)


@dataclass(frozen=True)
class Group:
    """Things to do of one kind; `short` is its counter's word, no counter without it."""

    id: str
    heading: str
    items: tuple[Todo, ...]
    help: str = ""
    short: str = ""
    character: str = ""
    shown: int = 0
    """How many stand open, the rest being folded; 0: all."""


@dataclass(frozen=True)
class Counter:
    """How many wait in a group, leading down to it."""

    label: str
    count: int
    href: str


@dataclass(frozen=True)
class Figure:
    """A number with what it counts; `arguments` are those of the list's address, none: no link."""

    label: str
    value: str
    arguments: tuple[tuple[str, str], ...] = ()
    list: str = "register.register"
    """The page that lists what it counts."""


@dataclass(frozen=True)
class Desk:
    """What waits for one person; `greeting` says it in phrases."""

    greeting: tuple[str, ...]
    groups: tuple[Group, ...]
    hand_overs: tuple[Waiting, ...] = field(default=(), kw_only=True)
    """The hand-over lists that wait for a signature."""

    @property
    def counters(self) -> list[Counter]:
        """How many wait in each group that has a short word."""
        return [Counter(g.short, len(g.items), f"#{g.id}") for g in self.groups if g.short]


def group(
    id: str,
    heading: str,
    items: Iterable[Todo],
    *,
    help: str = "",
    short: str = "",
    character: str = "",
    shown: int = 0,
) -> Group:
    """A group in the order of urgency."""
    ordered = tuple(sorted(items, key=lambda item: item.urgency))
    return Group(id, heading, ordered, help, short, character, shown)


def present(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups in which there is something."""
    return tuple(g for g in groups if g.items)


def greet(actor: Actor, count: int, nothing: str = "现在没有等您办的") -> tuple[str, ...]:
    """The first line of a desk: who, and how much waits."""
    return (f"{actor.name}，", f"{count}件等您" if count else nothing)


def of_handling(
    handling: Handling,
    actor: Actor,
    today: date,
    wait: str,
    *,
    act: Action | None = None,
    label: str = "",
    missing: Sequence[str] = (),
    meta: Sequence[str] = (),
) -> Todo:
    """A handling on a desk, with its act when there is one."""
    suggestion = handling.suggestion
    return Todo(
        page=Place(Life.HANDLING, handling.id),
        number=handling.number_text,
        title=suggestion.title,
        wait=wait,
        light=lamp_of(handling, today),
        meta=(lead_text(suggestion, actor), *([f"第{handling.round}轮"] if handling.round > 1 else []), *meta),
        tags=_tags(suggestion),
        form=Place(Life.HANDLING, handling.id, act) if act else None,
        label=(label or ACTIONS[act]) if act else "",
        missing=tuple(missing),
        due_on=handling.red_after or handling.next_due_on,
    )


def of_co_handling(
    co: CoHandling, today: date, wait: str, *, act: Action | None = None, missing: Sequence[str] = ()
) -> Todo:
    """An opinion owed to another unit, or awaited from one, on a desk."""
    handling = co.handling
    return Todo(
        page=Place(Life.HANDLING, handling.id),
        number=handling.number_text,
        title=handling.suggestion.title,
        wait=wait,
        light=lamp_of_co(co, today),
        meta=(f"{handling.unit.name}主办",),
        tags=_tags(handling.suggestion),
        form=Place(Life.CO_HANDLING, co.id, act) if act else None,
        label=ACTIONS[act] if act else "",
        missing=tuple(missing),
        due_on=co.due_on,
    )


def _tags(suggestion: Suggestion) -> tuple[str, ...]:
    return ("重点督办",) if suggestion.is_key else ()
