"""Every formula of the trade with its variants, each counted once by hand; and what counts of a secret item."""

from datetime import timedelta

from suggestions.domain.counting import Kind, Reached, Row, Said
from suggestions.domain.rate_parts import PARTS, count
from suggestions.domain.rates import RATES, value
from tests.domain.test_rates import TODAY, item

# The formulas of the trade, each with its variants, counted by hand over the list below: rate, numerator, denominator.
BY_HAND = [
    ("replied_due", 7, 8),  # 办复率: replied by items due
    ("replied_all", 7, 10),  # the same by all items
    ("on_time_due", 5, 8),  # 按期率 as in 2022: what is not yet due is left out
    ("on_time_all", 5, 10),  # as in 2021: by all items
    ("closed_all", 3, 10),  # 办结率: closed without an open promise, by all
    ("received", 6, 10),  # 签收率: received in time, by what was handed over
    ("contacted", 7, 10),  # 沟通率: any contact
    ("met", 4, 10),  # 面商率: face to face
    ("contacted_before", 4, 10),
    ("contacted_during", 6, 10),
    ("contacted_after", 3, 7),
    ("satisfied_loose", 6, 6),  # 满意率, loose: satisfied and mostly, by receipts
    ("satisfied_strict", 4, 6),  # strict: satisfied alone
    ("first_satisfied", 5, 6),  # 首次满意率: the first rating, by first receipts
    ("returned", 6, 7),  # 回执率: receipts by replies
    ("not_returned", 1, 7),
    ("class_a", 4, 7),  # 落实率: class A by what is replied
    ("solved_all", 6, 10),  # 解决率: A and B by all
    ("promises_kept", 2, 5),  # 承诺兑现率: kept by their own date, by promises due
    ("redone", 1, 6),  # 重办率: redone by rated
    ("redo_satisfied", 1, 1),  # 重办转满意率: satisfied after, by redone
    ("published", 3, 5),  # 公开率: by publishable
    ("published_all", 3, 10),  # by all
    ("opinions_in_time", 2, 4),  # 协办按期率: on time by asked and due
]


def test_of_a_secret_item_its_dates_and_its_rating_count_and_nothing_that_is_not_known() -> None:
    secret = item(is_secret=True, is_on_time=True, said=Said.MOSTLY, shown=Said.MOSTLY)
    cells = [(secret, 1), (item(is_on_time=True, is_publishable=True, is_published=True, result_class="A"), 1)]
    both = ("replied_due", "replied_all", "on_time_due", "on_time_all")
    assert {(value(RATES[code], cells, TODAY).top, value(RATES[code], cells, TODAY).base) for code in both} == {(2, 2)}
    assert value(RATES["satisfied_loose"], cells, TODAY).base == value(RATES["returned"], cells, TODAY).top == 1
    unknown = ("closed_all", "received", "contacted", "met", "class_a", "solved_all", "published")
    assert {value(RATES[code], cells, TODAY).base for code in unknown} == {1}
    assert (value(RATES["published_all"], cells, TODAY).top, value(RATES["published_all"], cells, TODAY).base) == (1, 2)
    assert count(cells, PARTS["withheld"], TODAY) == 1


def test_every_formula_gives_what_was_counted_by_hand() -> None:
    yesterday, later = TODAY - timedelta(days=1), TODAY + timedelta(days=9)
    good = {"is_on_time": True, "said": Said.SATISFIED, "shown": Said.SATISFIED, "result_class": "A"}
    open_to_all = {"is_publishable": True, "is_received": True}
    bad = {"said": Said.DISSATISFIED, "shown": Said.DISSATISFIED}
    cells: list[tuple[Row, int]] = [
        (item(reached=Reached.CLOSED, contacts="bdam", is_published=True, **good, **open_to_all), 3),
        (item(is_owing=True, said=Said.MOSTLY, shown=Said.MOSTLY, result_class="B", contacts="d", **open_to_all), 2),
        (item(is_on_time=True, said=Said.LAPSED, shown=Said.LAPSED, result_class="C"), 1),
        (item(reached=Reached.OPEN, due_on=yesterday, contacts="b", is_received=True), 1),
        (item(reached=Reached.OPEN, due_on=later), 2),
        (item(is_latest=False, is_redone=True, is_on_time=True, result_class="A", contacts="m", **bad), 1),
        (item(is_first=False, contacts="dm", **good), 1),
        (Row(Kind.PROMISE, Reached.CLOSED, is_on_time=True), 2),
        (Row(Kind.PROMISE, Reached.CLOSED), 1),
        (Row(Kind.PROMISE, Reached.ENDED), 1),
        (Row(Kind.PROMISE, due_on=yesterday), 1),
        (Row(Kind.PROMISE, due_on=later), 3),
        (Row(Kind.CO_HANDLING, Reached.REPLIED, is_on_time=True), 2),
        (Row(Kind.CO_HANDLING, Reached.REPLIED), 1),
        (Row(Kind.CO_HANDLING, due_on=yesterday), 1),
        (Row(Kind.CO_HANDLING, due_on=later), 2),
    ]
    found = [(code, value(RATES[code], cells, TODAY)) for code, _, _ in BY_HAND]
    assert [(code, each.top, each.base) for code, each in found] == BY_HAND
