"""The rates: what was published comes out of them, numerators lie in their denominators, small numbers stay numbers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suggestions.domain.counting import RECEIPTS, Kind, Reached, Row, Said, narrow, row_of, together, worst
from suggestions.domain.published_figures import Figure, reports
from suggestions.domain.rate_parts import PARTS, Of, Rounds, count
from suggestions.domain.rates import FEWEST_FOR_PERCENT, RATES, Value, percent, value

TODAY = date(2026, 4, 22)
# Printed by the city, copied from its reports by hand: year, rate, numerator, denominator, printed percentage.
PRINTED = [
    ("2021", "first_satisfied", 1127, 1133, "99.5"),
    ("2021", "on_time_all", 1212, 1219, "99.4"),
    ("2021", "class_a", 993, 1216, "81.7"),
    ("2022", "satisfied_loose", 1163, 1163, "100"),
    ("2022", "on_time_due", 1220, 1220, "100"),
    ("2022", "class_a", 1064, 1220, "87.2"),
    ("2023", "first_satisfied", 993, 994, "99.9"),
    ("2023", "on_time_due", 1208, 1208, "100"),
    ("2023", "class_a", 1064, 1208, "88.1"),
    ("2024", "class_b", 16, 1284, "1.2"),
    ("2024", "class_cd", 90, 1284, "7.0"),
    ("2024", "satisfied_loose", 1281, 1281, "100"),
]


def figure(year: str, code: str, place: str = "重庆市人大常委会") -> Figure:
    report = next(r for r in reports() if r.year == year and r.place == place)
    return next(f for f in report.figures if f.code == code)


@pytest.mark.parametrize(("year", "code", "top", "base", "printed"), PRINTED)
def test_what_the_city_published_comes_out_to_the_printed_digit(
    year: str, code: str, top: int, base: int, printed: str
) -> None:
    found = figure(year, code)
    assert (found.computed.top, found.computed.base) == (top, base)
    assert found.computed.exact == found.printed == printed
    assert found.is_equal


def test_where_print_and_arithmetic_differ_both_are_said() -> None:
    found = figure("2024", "class_a")
    assert (found.computed.top, found.computed.base) == (1178, 1284)
    assert (found.printed, found.computed.exact) == ("91.8", "91.7")
    assert not found.is_equal
    assert [f.code for r in reports() for f in r.figures if not f.is_equal] == ["class_a"]


def test_the_same_work_gives_another_figure_by_the_rule_of_another_year() -> None:
    assert figure("2022", "on_time_due").computed.exact == "100"
    assert figure("2022", "on_time_all").computed.exact == "99.9"
    bodies = "重庆市全部承办单位"
    assert figure("2024", "satisfied_loose", bodies).computed.exact == "100"
    assert figure("2024", "satisfied_strict", bodies).computed.exact == "98.2"
    assert figure("2024", "opinions_satisfied").computed.top == 3056
    assert figure("2024", "published_all").computed.top == 1095
    assert figure("2002", "solved_all", "全国人大常委会").computed.exact == "72.2"


rows = st.builds(
    Row,
    kind=st.sampled_from(Kind),
    reached=st.sampled_from(Reached),
    is_first=st.booleans(),
    is_latest=st.booleans(),
    is_on_time=st.booleans(),
    said=st.sampled_from(Said),
    shown=st.sampled_from(Said),
    is_publishable=st.booleans(),
    is_published=st.booleans(),
    is_received=st.booleans(),
    is_redone=st.booleans(),
    is_owing=st.booleans(),
    is_changed=st.booleans(),
    result_class=st.sampled_from(["", "A", "B", "C", "D"]),
    contacts=st.sampled_from(["", "b", "d", "am", "bdam"]),
    due_on=st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
    is_secret=st.booleans(),
    still=st.none() | st.sampled_from(sorted(RECEIPTS)),
)


@given(rows)
@settings(max_examples=1500, deadline=None)
def test_whatever_is_in_a_numerator_is_in_its_denominator(row: Row) -> None:
    for rate in RATES.values():
        for rounds in Rounds:
            if rate.top.holds(row, TODAY, rounds):
                assert rate.base.holds(row, TODAY, rounds), (rate.code, rounds)


@given(rows)
@settings(max_examples=300, deadline=None)
def test_a_row_is_spelled_in_one_way_and_read_back(row: Row) -> None:
    assert row_of(row.shape) == row
    assert len(row.shape) <= 60
    assert row.veiled.veiled.said is row.shown


@given(rows)
@settings(max_examples=500, deadline=None)
def test_a_receipt_says_one_thing_and_a_reply_without_one_another(row: Row) -> None:
    def holds(code: str) -> bool:
        return PARTS[code].holds(row, TODAY)

    assert holds("receipts") == (sum(map(holds, ("satisfied", "mostly", "understood", "dissatisfied"))) == 1)
    without = ("sealed", "waiting", "not_returned", "waived")
    assert holds("replied") == (sum(map(holds, ("returned", *without))) == 1)
    assert holds("known_replied") == (holds("closed") + holds("tracking") == 1)
    assert holds("replied") == (holds("publishable") + holds("withheld") == 1)
    assert holds("items") == (holds("known") + holds("secret") == 1)
    assert holds("items") == (holds("due") + holds("not_due") == 1)
    assert holds("due") == (holds("on_time") + holds("late") + holds("overdue") == 1)


def item(**fields: object) -> Row:
    return Row(**{"kind": Kind.HANDLING, "reached": Reached.REPLIED, **fields})  # type: ignore[arg-type]


def said(*given: Said) -> list[tuple[Row, int]]:
    return [(item(said=each, shown=each), 1) for each in given]


def test_understood_is_a_receipt_and_never_satisfied() -> None:
    cells = said(Said.SATISFIED, Said.MOSTLY, Said.UNDERSTOOD, Said.DISSATISFIED, Said.LAPSED, Said.WAITING)
    loose, strict = (value(RATES[f"satisfied_{kind}"], cells, TODAY) for kind in ("loose", "strict"))
    assert (loose.top, loose.base) == (2, 4)
    assert (strict.top, strict.base) == (1, 4)
    assert (value(RATES["returned"], cells, TODAY).top, value(RATES["returned"], cells, TODAY).base) == (4, 6)
    assert count(cells, PARTS["not_returned"], TODAY) == 1
    assert count(cells, PARTS["waiting"], TODAY) == 1
    assert {Said.UNDERSTOOD} == RECEIPTS - {Said.SATISFIED, Said.MOSTLY, Said.DISSATISFIED}


def test_a_promise_released_or_kept_too_late_is_not_kept() -> None:
    def promise(reached: Reached, **fields: bool) -> Row:
        return Row(Kind.PROMISE, reached, **fields)  # type: ignore[arg-type]

    cells = [
        (promise(Reached.CLOSED, is_on_time=True), 3),
        (promise(Reached.CLOSED, is_on_time=True, is_changed=True), 1),
        (promise(Reached.CLOSED), 1),
        (promise(Reached.ENDED), 2),
        (Row(Kind.PROMISE, due_on=TODAY - timedelta(days=1)), 1),
        (Row(Kind.PROMISE, due_on=TODAY), 5),
    ]
    assert value(RATES["promises_kept"], cells, TODAY) == Value(RATES["promises_kept"], 4, 8)
    assert value(RATES["promises_as_made"], cells, TODAY).top == 3
    assert value(RATES["promises_kept_ever"], cells, TODAY).top == 5


def test_the_first_round_and_the_later_ones_are_told_apart() -> None:
    cells = [
        (item(is_latest=False, is_redone=True, said=Said.DISSATISFIED), 1),
        (item(is_first=False, said=Said.SATISFIED), 1),
        (item(said=Said.MOSTLY), 3),
    ]
    items = PARTS["items"]
    assert [count(cells, items, TODAY, rounds) for rounds in Rounds] == [4, 4, 1]
    assert value(RATES["satisfied_loose"], cells, TODAY).exact == "100"
    assert value(RATES["first_satisfied"], cells, TODAY).exact == "75.0"
    assert value(RATES["redone"], cells, TODAY) == Value(RATES["redone"], 1, 4)
    assert value(RATES["redo_satisfied"], cells, TODAY) == Value(RATES["redo_satisfied"], 1, 1)


def test_a_first_dissatisfied_rating_stays_in_the_figures_until_a_newer_one_is_read() -> None:
    first = item(is_latest=False, is_redone=True, said=Said.DISSATISFIED, shown=Said.DISSATISFIED)
    loose = RATES["satisfied_loose"]
    for reached, said in (
        (Reached.OPEN, Said.WAITING),
        (Reached.REPLIED, Said.WAITING),
        (Reached.REPLIED, Said.LAPSED),
        (Reached.CLOSED, Said.WAIVED),
        (Reached.REPLIED, Said.SEALED),
    ):
        now = item(reached=reached, is_first=False, said=said, shown=said, still=Said.DISSATISFIED)
        cells = [(first, 1), (now, 1), (item(said=Said.SATISFIED), 3)]
        assert value(loose, cells, TODAY) == Value(loose, 3, 4)
        assert count(cells, PARTS["dissatisfied"], TODAY) == count(cells, PARTS["first_dissatisfied"], TODAY) == 1
        assert count(cells, PARTS["receipts"], TODAY, Rounds.LATER) == 0
        assert row_of(narrow(now.shape)).verdict is Said.DISSATISFIED
    anew = item(is_first=False, said=Said.SATISFIED, shown=Said.SEALED, still=Said.DISSATISFIED)
    assert (anew.verdict, anew.veiled.verdict) == (Said.SATISFIED, Said.DISSATISFIED)
    assert count([(first, 1), (anew, 1)], PARTS["first_dissatisfied"], TODAY) == 1


def test_of_several_parts_one_that_is_redone_leaves_the_whole_dissatisfied_once_all_are_rated() -> None:
    redone = item(is_first=False, said=Said.WAITING, still=Said.DISSATISFIED)
    rated, unrated = item(said=Said.SATISFIED), item(said=Said.WAITING)
    assert together([redone, rated]).verdict is Said.DISSATISFIED
    assert together([redone, unrated]).verdict is Said.WAITING
    assert together([item(is_first=False, said=Said.SATISFIED), unrated]).verdict is Said.WAITING


def test_what_was_taken_back_counts_for_its_rating_alone() -> None:
    cells = [(item(reached=Reached.ENDED, said=Said.DISSATISFIED, result_class="A"), 1)]
    held = {code for code, part in PARTS.items() if count(cells, part, TODAY)}
    assert held == {"receipts", "dissatisfied", "first_receipts", "first_dissatisfied"}


def test_small_numbers_are_said_as_numbers() -> None:
    rate = RATES["class_a"]
    assert Value(rate, 7, FEWEST_FOR_PERCENT - 1).percent == ""
    assert Value(rate, 7, FEWEST_FOR_PERCENT).percent == "35.0"
    assert Value(rate, 0, 0).exact == ""
    assert 100 / FEWEST_FOR_PERCENT <= 5


@pytest.mark.parametrize(
    ("top", "base", "said"),
    [
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 8, "12.5"),
        (1, 2000, "0.1"),
        (1, 2001, "0.05"),
        (3056, 3057, "99.97"),
        (0, 5, "0"),
        (5, 5, "100"),
    ],
)
def test_a_share_is_rounded_half_up(top: int, base: int, said: str) -> None:
    assert percent(top, base) == said


def test_a_split_suggestion_is_as_far_as_its_last_part_and_as_good_as_its_worst() -> None:
    done = item(reached=Reached.CLOSED, is_on_time=True, said=Said.SATISFIED, shown=Said.SATISFIED)
    done = replace(done, result_class="A", contacts="bdm")
    behind = item(said=Said.MOSTLY, shown=Said.SEALED, result_class="C", contacts="b")
    whole = together([done, behind])
    assert (whole.kind, whole.reached, whole.is_on_time) == (Kind.SUGGESTION, Reached.REPLIED, False)
    assert (whole.said, whole.result_class, whole.contacts) == (Said.MOSTLY, "C", "b")
    assert whole.veiled.said is Said.SEALED
    late = Row(Kind.HANDLING, due_on=TODAY)
    assert together([done, late]).due_on == TODAY
    assert together([done, late]).said is Said.WAITING
    assert together([done, item(said=Said.LAPSED)]).said is Said.SATISFIED
    assert worst([Said.SATISFIED, Said.UNDERSTOOD]) is Said.UNDERSTOOD


def test_every_rate_says_who_counts_so_and_by_which_version() -> None:
    names = [(rate.name, rate.mark) for rate in RATES.values()]
    assert len(names) == len(set(names))
    for rate in RATES.values():
        assert rate.source
        assert rate.version
        assert rate.top.of is rate.base.of
        assert rate.top.measure in ("件", "项")
    assert {part.of for part in PARTS.values()} == set(Of)
