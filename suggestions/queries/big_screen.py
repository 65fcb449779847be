"""The screen in the meeting room: large numbers, each with the list behind it, and nothing that is still sealed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from suggestions.domain.facts import Actor
from suggestions.domain.labels import STATES
from suggestions.domain.states import HANDLING_ENDS, Life
from suggestions.extensions import db
from suggestions.models import Handling, Suggestion
from suggestions.models.counting import counted_handlings
from suggestions.queries.charts import Chart
from suggestions.queries.counts import scope_of
from suggestions.queries.desks.congress import UnitRow, unit_rows
from suggestions.queries.desks.items import Place
from suggestions.queries.desks.watching import Watch, watch
from suggestions.queries.docket import handlings
from suggestions.queries.lights import Lamp, lamp_of
from suggestions.queries.visible import handlings_for

UNITS, KEYS, PROMISES = 6, 3, 3
"""How many rows of each find room in type that is read from five metres: 28 pixels of 1080."""
WIDE, HIGH = 600, 200
"""The measures of the drawing of the year's course, in its own units."""
_NAME, _MONTH = 44, 100
"""How far apart its names stand, and its months."""


@dataclass(frozen=True)
class KeyItem:
    """A suggestion under special supervision (重点督办)."""

    page: Place
    number: str
    title: str
    unit: str
    stage: str
    light: Lamp


@dataclass(frozen=True)
class Curve:
    """One line of the year's course, as points of a drawing, with its last number and where its name stands."""

    name: str
    tone: str
    points: str
    last: int
    at: tuple[float, float]


@dataclass(frozen=True)
class Screen:
    """Everything on the screen."""

    watch: Watch
    over: int
    near: int
    units: tuple[UnitRow, ...]
    calm: int
    """How many units have neither red nor yellow."""
    more: int
    """How many units with red or yellow have no room."""
    keys: tuple[KeyItem, ...]
    curves: tuple[Curve, ...]
    months: tuple[tuple[float, str], ...]


def big_screen(actor: Actor, today: date) -> Screen:
    """What this office shows to a meeting: the ratings that are open, and only those, whoever shows it."""
    units = unit_rows(actor, today)
    scope = scope_of(db.session(), actor, tuple(unit.id for unit in units))
    watched = watch(actor, scope, today, is_opened=True)
    lit = sorted((unit for unit in units if unit.over or unit.near), key=lambda unit: (-unit.over, -unit.near, unit.id))
    return Screen(
        watch=watched,
        over=sum(unit.over for unit in units),
        near=sum(unit.near for unit in units),
        units=tuple(lit[:UNITS]),
        calm=sum(1 for unit in units if unit.main) - sum(1 for unit in lit if unit.main),
        more=max(len(lit) - UNITS, 0),
        keys=tuple(_keys(actor, today)),
        curves=tuple(curves(watched.course)) if watched.course else (),
        months=tuple(_months(watched.course.labels)) if watched.course else (),
    )


def _keys(actor: Actor, today: date) -> list[KeyItem]:
    """The key items that are not done, the reddest first."""
    is_open = Handling.state.not_in(HANDLING_ENDS)
    query = handlings(Suggestion.is_key.is_(True), counted_handlings(), handlings_for(actor), is_open)
    rows = db.session.scalars(query).all()
    items = [(row, lamp_of(row, today)) for row in rows]
    items.sort(key=lambda item: (item[1].rank, item[0].red_after or date.max, item[0].id))
    return [
        KeyItem(
            page=Place(Life.HANDLING, row.id),
            number=row.number_text,
            title=row.suggestion.title,
            unit=row.unit.name,
            stage=STATES[Life.HANDLING][row.state],
            light=lamp,
        )
        for row, lamp in items[:KEYS]
    ]


def curves(course: Chart) -> list[Curve]:
    """The lines of the year's course as points: from left to right the months, upwards the number."""
    top = max((value for series in course.series for value in series.values), default=0) or 1
    found = []
    for series in course.series:
        points = [(x, round(HIGH - value / top * HIGH, 1)) for x, value in _places(series.values)]
        drawn = " ".join(f"{x:g},{y:g}" for x, y in points)
        found.append(Curve(series.name, series.tone, drawn, int(series.values[-1]), points[-1]))
    return _apart(found)


def _apart(drawn: Sequence[Curve]) -> list[Curve]:
    """The lines with their names one below the other, none over another and none below the base line."""
    found, floor = [], float(HIGH)
    for curve in sorted(drawn, key=lambda curve: -curve.at[1]):
        y = min(curve.at[1], floor)
        found.append(replace(curve, at=(curve.at[0], y)))
        floor = y - _NAME
    return sorted(found, key=lambda curve: [each.name for each in drawn].index(curve.name))


def _places(values: Sequence[float]) -> list[tuple[float, float]]:
    step = WIDE / max(len(values) - 1, 1)
    return [(round(at * step, 1), value) for at, value in enumerate(values)]


def _months(labels: Sequence[str]) -> list[tuple[float, str]]:
    """As many months as find room, the last among them."""
    step = WIDE / max(len(labels) - 1, 1)
    every = ceil(_MONTH / step)
    last = len(labels) - 1
    return [(round(at * step, 1), label) for at, label in enumerate(labels) if (last - at) % every == 0]
