"""The parts that rates are made of: what a numerator or a denominator holds, in words and as a condition on a row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from suggestions.domain.counting import RECEIPTS, Kind, Reached, Row, Said


class Of(StrEnum):
    """Of what a part counts: items are suggestions for the office and handlings for a unit."""

    ITEMS = "items"
    PROMISES = "promises"
    OPINIONS = "opinions"


class Rounds(StrEnum):
    """Which round of an item is looked at: how it stands now, its first round, or a later one alone."""

    LATEST = "latest"
    FIRST = "first"
    LATER = "later"


@dataclass(frozen=True)
class Part:
    """Something that can be counted and listed; `rounds` is fixed where the part is of one round by its meaning."""

    code: str
    words: str
    of: Of
    test: Callable[[Row, date], bool]
    rounds: Rounds | None = None

    @property
    def measure(self) -> str:
        """The measure word: 件, or 项 for a promise."""
        return "项" if self.of is Of.PROMISES else "件"

    def holds(self, row: Row, on: date, rounds: Rounds = Rounds.LATEST) -> bool:
        """Whether a row belongs to the part on this day, looked at in these rounds."""
        if _OF[row.kind] is not self.of:
            return False
        if self.of is Of.ITEMS:
            looked_at = self.rounds or rounds
            if not _is_in(row, looked_at):
                return False
            row = row.alone if looked_at is Rounds.LATER else row
        return self.test(row, on)


_OF: Mapping[Kind, Of] = {
    Kind.SUGGESTION: Of.ITEMS,
    Kind.HANDLING: Of.ITEMS,
    Kind.PROMISE: Of.PROMISES,
    Kind.CO_HANDLING: Of.OPINIONS,
}
LOOSELY = frozenset({Said.SATISFIED, Said.MOSTLY})
_ANSWERED = (Reached.REPLIED, Reached.CLOSED)


def _is_in(row: Row, rounds: Rounds) -> bool:
    match rounds:
        case Rounds.LATEST:
            return row.is_latest
        case Rounds.FIRST:
            return row.is_first
        case Rounds.LATER:
            return row.is_latest and not row.is_first


def _is_item(row: Row, _on: date) -> bool:
    return row.reached is not Reached.ENDED


def _is_known(row: Row, on: date) -> bool:
    return _is_item(row, on) and not row.is_secret


def _is_replied(row: Row, _on: date) -> bool:
    return row.reached in _ANSWERED


def _is_over(row: Row, on: date) -> bool:
    return row.due_on is not None and row.due_on < on


def _is_due(row: Row, on: date) -> bool:
    return _is_replied(row, on) or (_is_item(row, on) and _is_over(row, on))


def _is_closed(row: Row, _on: date) -> bool:
    return row.reached is Reached.CLOSED and not row.is_owing and not row.is_secret


def _has_said(*said: Said) -> Callable[[Row, date], bool]:
    """The rating that stands: the deputy's silence on what was handled anew takes nothing back."""
    return lambda row, _on: row.verdict in said


def _has_contact(sign: str) -> Callable[[Row, date], bool]:
    return lambda row, on: _is_known(row, on) and sign in row.contacts


def _is_class(*codes: str) -> Callable[[Row, date], bool]:
    return lambda row, on: _is_replied(row, on) and not row.is_secret and row.result_class in codes


def _is_promise_due(row: Row, on: date) -> bool:
    return row.reached is not Reached.OPEN or _is_over(row, on)


def _is_kept(row: Row, _on: date) -> bool:
    return row.reached is Reached.CLOSED


def _is_opinion_due(row: Row, on: date) -> bool:
    return row.reached is not Reached.OPEN or _is_over(row, on)


def _items() -> Iterable[Part]:
    def part(code: str, words: str, test: Callable[[Row, date], bool], rounds: Rounds | None = None) -> Part:
        return Part(code, words, Of.ITEMS, test, rounds)

    first = Rounds.FIRST
    yield part("items", "全部", _is_item)
    yield part("known", "全部（涉密件除外）", _is_known)
    yield part("secret", "涉密件", lambda row, on: _is_item(row, on) and row.is_secret)
    yield part("replied", "已答复", _is_replied)
    yield part("known_replied", "已答复（涉密件除外）", lambda row, on: _is_replied(row, on) and not row.is_secret)
    yield part("due", "已答复或者已到期", _is_due)
    yield part("not_due", "还没到期、也没答复", lambda row, on: _is_item(row, on) and not _is_due(row, on))
    yield part("on_time", "按期答复", lambda row, on: _is_replied(row, on) and row.is_on_time)
    yield part("late", "超期才答复", lambda row, on: _is_replied(row, on) and not row.is_on_time)
    yield part(
        "overdue", "超期未答复", lambda row, on: _is_item(row, on) and not _is_replied(row, on) and _is_over(row, on)
    )
    yield part("closed", "办结（没有未了的承诺）", _is_closed)
    yield part(
        "tracking",
        "跟踪中（答复了，还没办结）",
        lambda row, on: _is_replied(row, on) and not row.is_secret and not _is_closed(row, on),
    )
    yield part("received", "由人按时签收", lambda row, on: _is_known(row, on) and row.is_received)
    yield part("contacted", "同代表联系过（代表没有否认）", lambda row, on: _is_known(row, on) and row.contacts != "")
    yield part("uncontacted", "没有同代表联系过", lambda row, on: _is_known(row, on) and not row.contacts)
    yield part("met", "当面沟通过", _has_contact("m"))
    yield part("met_by_leader", "主要负责人或者分管领导当面沟通过", _has_contact("l"))
    yield part("contacted_before", "定方案以前联系过", _has_contact("b"))
    yield part("contacted_during", "办理中联系过", _has_contact("d"))
    yield part(
        "contacted_after",
        "答复以后联系过",
        lambda row, on: _is_replied(row, on) and not row.is_secret and "a" in row.contacts,
    )
    yield part("receipts", "代表评价的回执", _has_said(*RECEIPTS))
    yield part("returned", "已答复、已有回执", lambda row, on: _is_replied(row, on) and row.verdict in RECEIPTS)
    yield part("satisfied", "满意", _has_said(Said.SATISFIED))
    yield part("mostly", "基本满意", _has_said(Said.MOSTLY))
    yield part("at_least_mostly", "满意和基本满意", _has_said(*LOOSELY))
    yield part("understood", "理解", _has_said(Said.UNDERSTOOD))
    yield part("dissatisfied", "不满意", _has_said(Said.DISSATISFIED))
    yield part("sealed", "已评价、还没公布", lambda row, on: _is_replied(row, on) and row.verdict is Said.SEALED)
    yield part("waiting", "等代表评价", lambda row, on: _is_replied(row, on) and row.verdict is Said.WAITING)
    yield part("not_returned", "逾期未评（未回）", lambda row, on: _is_replied(row, on) and row.verdict is Said.LAPSED)
    yield part("waived", "没有人可以评价", lambda row, on: _is_replied(row, on) and row.verdict is Said.WAIVED)
    yield part("first_receipts", "首轮答复的回执", lambda row, _on: row.said in RECEIPTS, first)
    yield part("first_at_least_mostly", "首轮满意和基本满意", lambda row, _on: row.said in LOOSELY, first)
    yield part("first_dissatisfied", "首轮不满意", lambda row, _on: row.said is Said.DISSATISFIED, first)
    yield part("redone", "责成重新办理", lambda row, _on: row.is_redone and row.said in RECEIPTS, first)
    yield part(
        "redo_satisfied",
        "重新办理后满意和基本满意",
        lambda row, on: _is_item(row, on) and row.said in LOOSELY,
        Rounds.LATER,
    )
    yield part("redo", "重新办理", _is_item, Rounds.LATER)
    for code in "ABCD":
        yield part(f"class_{code.lower()}", f"{code}类", _is_class(code))
    yield part("class_ab", "A类和B类", _is_class("A", "B"))
    yield part("class_cd", "C类和D类", _is_class("C", "D"))
    yield part("publishable", "应公开（标明主动公开）", lambda row, on: _is_replied(row, on) and row.is_publishable)
    yield part(
        "published",
        "已公开",
        lambda row, on: _is_replied(row, on) and row.is_publishable and row.is_published,
    )
    yield part(
        "withheld",
        "已答复、不主动公开（依申请公开、不予公开或者说明了理由的）",
        lambda row, on: _is_replied(row, on) and not row.is_publishable,
    )


def _others() -> Iterable[Part]:
    def promise(code: str, words: str, test: Callable[[Row, date], bool]) -> Part:
        return Part(code, words, Of.PROMISES, test)

    def opinion(code: str, words: str, test: Callable[[Row, date], bool]) -> Part:
        return Part(code, words, Of.OPINIONS, test)

    yield promise("promises", "承诺", lambda _row, _on: True)
    yield promise("promises_due", "已到期、已兑现或者已终止的承诺", _is_promise_due)
    yield promise("promises_kept", "兑现了的承诺", _is_kept)
    yield promise("promises_in_time", "在期限内兑现的承诺", lambda row, on: _is_kept(row, on) and row.is_on_time)
    yield promise(
        "promises_as_made",
        "没有变更过、在期限内兑现的承诺",
        lambda row, on: _is_kept(row, on) and row.is_on_time and not row.is_changed,
    )
    yield promise("promises_released", "终止的承诺", lambda row, _on: row.reached is Reached.ENDED)
    yield promise(
        "promises_overdue", "到期没有兑现的承诺", lambda row, on: row.reached is Reached.OPEN and _is_over(row, on)
    )
    yield opinion("opinions", "请求协办的意见", lambda _row, _on: True)
    yield opinion("opinions_due", "已交或者已到期的协办意见", _is_opinion_due)
    yield opinion(
        "opinions_in_time",
        "按期交出的协办意见",
        lambda row, _on: row.reached is Reached.REPLIED and row.is_on_time,
    )
    yield opinion("opinion_receipts", "协办的回执", lambda row, _on: row.said in RECEIPTS)
    yield opinion("opinion_at_least_mostly", "协办满意和基本满意", lambda row, _on: row.said in LOOSELY)


PARTS: Mapping[str, Part] = {part.code: part for part in (*_items(), *_others())}
"""Every part by its code: the code stands in addresses."""


def count(cells: Iterable[tuple[Row, int]], part: Part, on: date, rounds: Rounds = Rounds.LATEST) -> int:
    """How many of these rows, each with how often it occurs, belong to a part on this day."""
    return sum(times for row, times in cells if part.holds(row, on, rounds))
