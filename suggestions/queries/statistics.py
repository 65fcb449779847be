"""The statistics page: every rate with its two numbers, the tables by unit, year, category, class and deputy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suggestions.domain.counting import Kind, row_of
from suggestions.domain.deadlines import Light
from suggestions.domain.rate_parts import PARTS
from suggestions.models import Person, Standing, Tally, Unit
from suggestions.queries import charts
from suggestions.queries.charts import Chart
from suggestions.queries.counts import (
    CLASSES,
    NO_CATEGORY,
    Asked,
    Margins,
    Scope,
    by_year,
    kind_of,
    known,
    margins,
    rows_asked,
    units_of,
)
from suggestions.queries.statistics_tables import SAID_PARTS, Book, Number, Rows, Shown, Table, counts_words

_TONES = ("strong", "plain", "pale", "bad", "empty", "empty", "empty", "empty")


@dataclass(frozen=True)
class Choices:
    """What the filters offer this person."""

    years: tuple[int, ...]
    units: tuple[tuple[int, str], ...]
    categories: tuple[tuple[str, str], ...]
    deputies: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Statistics:
    """Everything on the page."""

    asks: Asked
    scope: Scope
    counts: str
    is_empty: bool
    groups: tuple[tuple[str, tuple[Shown, ...]], ...]
    said: tuple[Number, ...]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...]
    lights: tuple[tuple[str, tuple[Number, ...]], ...]
    choices: Choices
    book: Book

    @property
    def by_code(self) -> Mapping[str, Shown]:
        """The rates of the page by their codes."""
        return {each.rate.code: each for _, group in self.groups for each in group}

    def shown(self, code: str) -> Shown:
        """One rate of the page."""
        return self.by_code[code]


def statistics(session: Session, scope: Scope, asks: Asked, today: date, *, has_deputies: bool = False) -> Statistics:
    """The numbers of one person for one question, in as many statements however many cases there are."""
    found = margins(session, scope, asks)
    kind = kind_of(scope, asks)
    cells = known(found.get(("all", ""), {}).items(), scope, kind, asks)
    years = by_year(session, scope, asks)
    names = _unit_names(session, scope)
    book = Book(scope, asks, today, kind, cells)
    lamps, by_unit = charts.lights(found, names, today)
    tables = list(_tables(session, book, found, years, names, has_deputies=has_deputies)) if scope.is_listed else []
    return Statistics(
        asks=asks,
        scope=scope,
        counts=counts_words(kind),
        is_empty=not book.number("items").value,
        groups=book.groups(),
        said=tuple(book.number(code) for code in SAID_PARTS),
        tables=tuple(tables),
        charts=_charts(book, found, lamps if scope.is_listed else None),
        lights=tuple(
            (names.get(id, ""), tuple(book.light(id, which, number) for which, number in _lit(of)))
            for id, of in sorted(by_unit.items(), key=lambda pair: names.get(pair[0], ""))
        )
        if scope.is_listed
        else (),
        choices=_choices(session, scope, asks, years, names),
        book=book,
    )


def _tables(
    session: Session,
    book: Book,
    found: Margins,
    years: Mapping[int, Mapping[str, int]],
    names: Mapping[int, str],
    *,
    has_deputies: bool,
) -> Iterable[Table]:
    scope, asks, kind = book.scope, book.asks, book.kind
    units = units_of(scope, asks)
    if units is None or len(units) > 1:
        yield book.table("units", "各单位", "单位", kind=Kind.HANDLING, rows=_unit_lines(found, names))
    yield book.table("categories", "各类别", "类别", kind=kind, rows=_category_lines(found))
    yield book.table("classes", "各类结果", "结果", kind=kind, rows=_class_lines(found.get(("all", ""), {})))
    of_years: Rows = [(f"{year}年", {"year": year}, years[year]) for year in sorted(years, reverse=True)]
    yield book.table("years", "各年", "交办年份", kind=kind, rows=of_years)
    if has_deputies:
        yield book.table("deputies", "各位代表", "领衔代表", kind=kind, rows=_deputy_lines(session, scope, asks))


def _class_lines(shapes: Mapping[str, int]) -> Rows:
    by_class: dict[str, dict[str, int]] = {code: {} for code in CLASSES}
    for shape, times in shapes.items():
        if (code := row_of(shape).result_class) in by_class:
            by_class[code][shape] = times
    return [(f"{code}类", {"result_class": code}, of) for code, of in by_class.items()]


def _lit(of: Mapping[Light, int]) -> Iterable[tuple[str, int]]:
    return (("light_over", of[Light.OVER]), ("light_near", of[Light.NEAR]), ("light_ok", of[Light.OK]))


def _unit_lines(found: Margins, names: Mapping[int, str]) -> Rows:
    units = [(names[int(key)], int(key), shapes) for (dim, key), shapes in found.items() if dim == "unit"]
    return [(name, {"unit": id}, shapes) for name, id, shapes in sorted(units, key=lambda unit: unit[1])]


def _category_lines(found: Margins) -> Rows:
    kinds = sorted((key, shapes) for (dim, key), shapes in found.items() if dim == "category")
    return [(key or "没有分类", {"category": key}, shapes) for key, shapes in kinds]


def _deputy_lines(session: Session, scope: Scope, asks: Asked) -> Rows:
    """One row for each lead deputy; those who hid their names from the unit are counted in no row of their own."""
    columns = (Standing.lead_id, Person.name, Standing.shape)
    query = select(*columns, func.count()).join(Person, Person.id == Standing.lead_id)
    query = query.where(rows_asked(scope, asks)).group_by(*columns)
    if not scope.reads_hidden_names:
        query = query.where(~Standing.is_lead_hidden)
    found: dict[tuple[str, int], dict[str, int]] = {}
    for id, name, shape, times in session.execute(query):
        found.setdefault((name, id), {})[shape] = times
    return [(f"{name}代表", {"deputy": id}, shapes) for (name, id), shapes in sorted(found.items())]


def _charts(book: Book, found: Margins, lamps: Chart | None) -> tuple[Chart, ...]:
    classes = [(f"{code}类", book.number(f"class_{code.lower()}").value, "plain") for code in CLASSES]
    said = [(PARTS[code].words, book.number(code).value, tone) for code, tone in zip(SAID_PARTS, _TONES, strict=True)]
    drawn = [
        charts.course(found, book.kind, book.asks.year, book.today),
        *([lamps] if lamps else []),
        charts.shares("said", "代表评价", "评价", tuple(part for part in said if part[1] or part[2] != "empty")),
        charts.shares("classes", "结果分类", "结果", tuple(classes)),
        *([charts.waiting(found)] if book.scope.is_listed else []),
    ]
    return tuple(chart for chart in drawn if not chart.is_empty)


def _unit_names(session: Session, scope: Scope) -> Mapping[int, str]:
    query = select(Unit.id, Unit.name)
    if scope.units is not None:
        query = query.where(Unit.id.in_(scope.units))
    return {row.id: row.name for row in session.execute(query)}


def _choices(
    session: Session, scope: Scope, asks: Asked, years: Mapping[int, object], names: Mapping[int, str]
) -> Choices:
    if not scope.is_listed:
        return Choices(tuple(sorted(years, reverse=True)), (), (), ())
    wide = Asked(asks.year)
    if scope.units is None:
        categories = select(Tally.key).where(Tally.year == asks.year, Tally.dim == "category", Tally.times > 0)
    else:
        categories = select(Standing.category).where(rows_asked(scope, wide))
    leads = select(Person.id, Person.name).join(Standing, Standing.lead_id == Person.id).where(rows_asked(scope, wide))
    if not scope.reads_hidden_names:
        leads = leads.where(~Standing.is_lead_hidden)
    known_years = {asks.year, *years}
    return Choices(
        years=tuple(sorted(known_years, reverse=True)),
        units=tuple(sorted(names.items(), key=lambda unit: unit[0])) if len(names) > 1 else (),
        categories=tuple((key or NO_CATEGORY, key or "没有分类") for key in sorted(set(session.scalars(categories)))),
        deputies=tuple(
            (id, f"{name}代表") for id, name in sorted(session.execute(leads.distinct()).all(), key=lambda d: d[1])
        ),
    )
