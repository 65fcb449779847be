"""The statistics: every number equals its list, sealed ratings stay sealed, each role counts what it may."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date

import pytest
from sqlalchemy import select, update

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor
from suggestions.domain.rate_parts import PARTS, Rounds
from suggestions.extensions import db
from suggestions.models import Standing, Suggestion, Tally, Unit
from suggestions.practice.play import Play
from suggestions.queries import counts
from suggestions.queries.counts import Asked, asked, scope_of
from suggestions.queries.statistics import Statistics, statistics
from suggestions.queries.statistics_list import LIGHTS, PAGE, List, listed
from suggestions.queries.statistics_tables import Number
from suggestions.usecases.counting import apply, count_anew
from tests.queries.conftest import NOON, House
from tests.queries.reading import rated

TODAY = NOON.date()
YEAR = Asked(2026)
READERS = ("supervisor", "inspector", "director")
VEILED = ("director", "inspector", "deputy")
TELLING = (
    *("receipts", "returned", "satisfied", "mostly", "at_least_mostly", "understood", "dissatisfied", "sealed"),
    *("waiting", "not_returned", "first_receipts", "first_at_least_mostly", "redone", "replied", "tracking"),
)


def page(actor: Actor, asks: Asked = YEAR, today: date = TODAY) -> Statistics:
    return statistics(db.session(), scope_of(db.session(), actor), asks, today, has_deputies=True)


def list_of(actor: Actor, code: str, asks: Asked = YEAR, *, after: int = 0, today: date = TODAY) -> List:
    return listed(db.session(), actor, scope_of(db.session(), actor), asks, code=code, today=today, after=after)


def numbers(found: Statistics) -> Iterator[Number]:
    """Every number on the page that a person could tap."""
    for _, group in found.groups:
        for shown in group:
            yield from (shown.top, shown.base, *shown.beside)
    yield from found.said
    for table in found.tables:
        for line in table.lines:
            yield from line.numbers
    for _, lit in found.lights:
        yield from lit


def of_unit(name: str) -> int:
    return db.session.scalars(select(Unit.id).where(Unit.name == name)).one()


@pytest.mark.parametrize("username", READERS)
def test_every_number_is_as_long_as_its_list(house: House, username: str) -> None:
    actor = house.actor(username)
    looked_at = {(number.part, number.asks): number.value for number in numbers(page(actor))}
    assert len(looked_at) > 40
    for (part, asks), value in looked_at.items():
        found = list_of(actor, part, asks)
        assert found.total == len(found.rows) == value, (part, asks)


NARROWED = {
    "category": replace(YEAR, category="养老服务"),
    "class": replace(YEAR, result_class="B"),
    "first": replace(YEAR, rounds=Rounds.FIRST),
    "later": replace(YEAR, rounds=Rounds.LATER),
    "unit": replace(YEAR, unit=1),
    "all": replace(YEAR, unit=1, category="社区治理", result_class="A"),
    "empty": Asked(2019),
}


@pytest.mark.parametrize(
    ("username", "narrowed"),
    [
        *(("supervisor", each) for each in NARROWED),
        ("inspector", "unit"),
        ("director", "category"),
        ("director", "class"),
    ],
)
def test_a_narrowed_number_is_as_long_as_its_list_too(house: House, username: str, narrowed: str) -> None:
    actor, asks = house.actor(username), NARROWED[narrowed]
    if asks.unit is not None:
        asks = replace(asks, unit=of_unit("区民政局"))
    for number in {(n.part, n.asks): n for n in numbers(page(actor, asks))}.values():
        assert list_of(actor, number.part, number.asks).total == number.value, (number.part, number.asks)


def test_one_deputy_is_counted_by_what_they_lead(house: House) -> None:
    actor = house.actor("supervisor")
    table = next(table for table in page(actor).tables if table.id == "deputies")
    assert sum(line.numbers[0].value for line in table.lines) == 24
    line = next(line for line in table.lines if line.numbers[0].value > 1)
    one = page(actor, line.asks)
    assert one.shown("replied_all").base.value == line.numbers[0].value
    for number in numbers(one):
        assert list_of(actor, number.part, number.asks).total == number.value


def test_the_office_counts_suggestions_and_the_bureau_its_handlings(house: House) -> None:
    above, below = page(house.actor("supervisor")), page(house.actor("director"))
    assert (above.counts, below.counts) == ("建议", "承办件")
    assert above.shown("replied_all").base.value == 24
    assert below.shown("replied_all").base.value == 20
    units = next(table for table in above.tables if table.id == "units")
    assert units.counts == "承办件"
    assert {line.name: line.numbers[0].value for line in units.lines}["区民政局"] == 20
    assert page(house.actor("supervisor"), replace(YEAR, unit=of_unit("区民政局"))).counts == "承办件"
    assert {row.life for row in list_of(house.actor("supervisor"), "items").rows} == {"suggestion"}
    assert {row.life for row in list_of(house.actor("director"), "items").rows} == {"handling"}


def test_what_is_closed_stands_beside_what_is_replied_and_what_is_followed(house: House) -> None:
    found = page(house.actor("supervisor"))
    replied, closed = found.shown("replied_all"), found.shown("closed_all")
    (tracking,) = closed.beside
    assert tracking.part == "tracking"
    assert replied.top.value == closed.top.value + tracking.value


def test_everybody_of_a_unit_counts_the_same_and_the_auditor_as_the_office(house: House) -> None:
    scopes = {name: scope_of(db.session(), house.actor(name)) for name in ("director", "handler", "reviewer", "clerk")}
    assert len(set(scopes.values())) == 1
    assert all(scope.is_veiled and scope.units for scope in scopes.values())
    assert scope_of(db.session(), house.actor("auditor")) == scope_of(db.session(), house.actor("supervisor"))


def test_a_unit_counts_no_other_unit_whatever_it_asks(house: House) -> None:
    director, mine = house.actor("director"), of_unit("区民政局")
    scope = scope_of(db.session(), director)
    other = of_unit("区教委")
    assert asked({"unit": str(other), "year": "2026"}, 2026, scope) == YEAR
    assert asked({"unit": str(mine)}, 2026, scope) == replace(YEAR, unit=mine)
    words = {"class": "E", "round": "last", "deputy": "x", "year": "１２", "category": " "}
    assert asked(words, 2026, scope) == YEAR
    with pytest.raises(Missing):
        list_of(director, "items'; --")
    own = set(db.session.scalars(select(Standing.target_id).where(Standing.kind == "h", Standing.unit_id == mine)))
    assert {row.id for row in list_of(director, "items").rows} == own


def test_the_inspection_office_counts_the_government_alone(house: House) -> None:
    actor = house.actor("inspector")
    assert page(actor).shown("replied_all").base.value == 24
    unit = db.session.get_one(Unit, of_unit("区民政局"))
    unit.is_government = False
    db.session.flush()
    assert page(actor).shown("replied_all").base.value == 4
    assert all("区民政局" not in row.sub for row in list_of(actor, "items").rows)


def test_a_deputy_reads_the_published_totals_and_no_list(house: House) -> None:
    actor = house.actor("deputy")
    found = page(
        actor, asked({"unit": "1", "deputy": "3", "class": "A", "year": "2026"}, 2026, scope_of(db.session(), actor))
    )
    assert found.asks == YEAR
    assert found.shown("replied_all").base.value == 24
    assert (found.tables, found.lights) == ((), ())
    assert {chart.id for chart in found.charts} <= {"course", "said", "classes"}
    for code in (*PARTS, *LIGHTS):
        with pytest.raises(Missing):
            list_of(actor, code)


def test_no_number_and_no_list_tells_a_sealed_rating(play: Play) -> None:
    """The same pages before and after a sealed rating is corrected from one end of the scale to the other."""
    walk = rated(play, "satisfied")
    first, before = all_that_is_read(play), str(asdict(page(play.actor("supervisor"), today=walk.today)))
    walk.do(walk.lead, A.CORRECT_RATING, **walk.rating("dissatisfied", "门面话多，事没办。"))
    assert all_that_is_read(play) == first
    assert str(asdict(page(play.actor("supervisor"), today=walk.today))) != before
    assert "门面话" not in str(first)
    sealed = page(play.actor("director"), today=walk.today)
    assert {number.part: number.value for number in sealed.said}["sealed"] == 1
    assert sealed.shown("satisfied_loose").base.value == sealed.shown("returned").top.value == 0
    walk.do(walk.lead, A.OPEN_RATING)
    assert all_that_is_read(play) != first
    opened = page(play.actor("director"), today=walk.today)
    assert (opened.shown("dissatisfied").top.value, opened.shown("dissatisfied").base.value) == (1, 1)


def all_that_is_read(play: Play) -> list[str]:
    """All that people below the deputies office read: pages and lists, narrowed in every way."""
    db.session.expire_all()
    found, today = [], play.moment.date()
    for name in VEILED:
        actor = play.actor(name)
        questions = [YEAR, replace(YEAR, rounds=Rounds.FIRST), replace(YEAR, deputy=play.suggestion("010").lead_id)]
        for asks in questions:
            found.append(str(asdict(page(actor, asks, today))))
            if scope_of(db.session(), actor).is_listed:
                found += [str(asdict(list_of(actor, code, asks, today=today))) for code in TELLING]
    return found


def test_a_hidden_name_is_in_no_table_and_no_filter_of_the_unit(house: House) -> None:
    suggestion = house.handling("003").suggestion
    lead = suggestion.lead_id
    db.session.execute(update(Suggestion).where(Suggestion.lead_id == lead).values(is_name_hidden=True))
    count_again()
    director = house.actor("director")
    for asks in (YEAR, replace(YEAR, deputy=lead)):
        assert "罗正国" not in str(asdict(page(director, asks)))
    assert list_of(director, "items", replace(YEAR, deputy=lead)).total == 0
    assert "罗正国" not in str(asdict(list_of(director, "items")))
    assert "罗正国" in str(asdict(page(house.actor("supervisor"))))


def test_the_counters_answer_as_the_table_behind_them_does(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = house.actor("supervisor")
    counted = asdict(page(actor))
    monkeypatch.setattr(counts, "_is_tallied", lambda _scope, _asks: False)
    assert asdict(page(actor)) == counted


@pytest.mark.parametrize("username", ["supervisor", "inspector", "director", "deputy"])
def test_as_many_statements_with_twice_the_rows(house: House, username: str) -> None:
    actor = house.actor(username)
    before, first = house.counted(lambda: page(actor))
    house.double()
    count_again()
    after, second = house.counted(lambda: page(actor))
    assert first == second <= 9
    assert after.shown("replied_all").base.value == 2 * before.shown("replied_all").base.value
    if username != "deputy":
        _, asked_for = house.counted(lambda: list_of(actor, "items"))
        assert asked_for <= 4


def count_again() -> None:
    """Bring the counters up to date with rows that a test changed, within its own transaction."""
    db.session.flush()
    db.session.expire_all()
    apply(count_anew(list(db.session.scalars(select(Suggestion.id)))))
    db.session.expire_all()


def test_a_long_list_is_paged_without_gap_or_double(house: House) -> None:
    house.double()
    house.double()
    count_again()
    actor, seen, pages = house.actor("supervisor"), [], []
    after = 0
    while True:
        pages.append(list_of(actor, "items", after=after))
        seen += [row.id for row in pages[-1].rows]
        if pages[-1].following is None:
            break
        after = pages[-1].following
    assert len(seen) == len(set(seen)) == pages[0].total == 96
    assert [(p.first, p.last) for p in pages] == [(1, PAGE), (PAGE + 1, 96)]


def test_an_empty_year_and_a_house_with_nothing_show_sensible_pages(house: House) -> None:
    found = page(house.actor("supervisor"), Asked(2020))
    assert found.is_empty
    assert found.charts == ()
    assert 2020 in found.choices.years
    assert all(shown.big == "" for _, group in found.groups for shown in group)
    for model in (Tally, Standing):
        for row in db.session.scalars(select(model)):
            db.session.delete(row)
    db.session.flush()
    assert page(house.actor("director"), Asked(2026)).is_empty


def test_the_charts_end_where_the_numbers_stand(house: House) -> None:
    for name in ("supervisor", "director", "inspector"):
        found = page(house.actor(name))
        course = next(chart for chart in found.charts if chart.id == "course")
        ends = {series.name: series.values[-1] for series in course.series}
        closed = found.shown("closed_all")
        assert ends == {
            "交办": closed.base.value,
            "答复": found.shown("replied_all").top.value,
            "办结": closed.top.value,
        }
        lit = next(chart for chart in found.charts if chart.id == "lights")
        assert sum(value for series in lit.series for value in series.values) == sum(
            number.value for _, of in found.lights for number in of
        )
        waits = next(chart for chart in found.charts if chart.id == "waiting")
        assert all(middle <= slow for middle, slow in zip(*(s.values for s in waits.series[:2]), strict=True))
