"""The paragraph of a duty report (述职报告段落): every figure from the record, its list and formula behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from suggestions.domain.rates import RATES
from suggestions.queries.statistics_tables import Book, Number, Shown

USED = (
    *("replied_all", "on_time_due", "closed_all", "satisfied_loose", "satisfied_strict", "returned", "class_a", "met"),
    *("promises_kept", "published"),
)
"""The formulas that the paragraph uses, in its order."""
_TOLD_BY_NAME = (("understood", "理解件"), ("dissatisfied", "不满意件"))
_ENDINGS = "局委部办院厅署"


@dataclass(frozen=True)
class Piece:
    """A piece of the paragraph: words, or a figure with what it counts; `is_step` leads to the table of steps."""

    text: str
    number: Number | None = None
    is_step: bool = False


def own_words(unit: str) -> str:
    """How a unit speaks of itself: 我局, 我委; 我单位 where its name says nothing shorter."""
    return f"我{unit[-1]}" if unit and unit[-1] in _ENDINGS else "我单位"


@dataclass(frozen=True)
class Writer:
    """Puts the figures of one unit and year into sentences."""

    book: Book
    unit: str
    year: int
    titles: dict[str, tuple[str, ...]]
    """What the suggestions with an 理解 or a 不满意 asked for, by the part that counts them."""

    def pieces(self) -> Iterator[Piece]:
        """The whole paragraph but for the director's own steps."""
        yield Piece(f"{self.year}年，{own_words(self.unit)}")
        if not self._value("items"):
            yield Piece("没有承办人大建议。")
            return
        yield Piece("共办理人大建议")
        yield from self._count("items")
        yield Piece("，已答复")
        yield from self._count("replied", "replied_all")
        if self._value("replied"):
            yield Piece("，其中按期答复")
            yield from self._count("on_time", "on_time_due")
        yield Piece("；办结")
        yield from self._count("closed", "closed_all")
        if self._value("tracking"):
            yield Piece("，答复以后跟踪落实的")
            yield from self._count("tracking")
        yield Piece("。")
        yield from self._said()
        yield from self._results()
        yield from self._promises()

    def shown(self) -> tuple[Shown, ...]:
        """Every formula that the paragraph uses, with its two numbers."""
        return tuple(self.book.shown(RATES[code]) for code in USED)

    def _said(self) -> Iterator[Piece]:
        if not self._value("replied"):
            return
        if not self._value("receipts"):
            yield Piece("还没有已公布的代表回执")
        else:
            yield Piece("收到代表回执")
            yield from self._count("receipts", "returned")
            yield Piece("，满意")
            yield from self._count("satisfied")
            yield Piece("，基本满意")
            yield from self._count("mostly")
            for code in ("satisfied_loose", "satisfied_strict"):
                yield Piece("，")
                yield from self._rate(code)
            yield from self._by_name()
        if self._value("sealed"):
            yield Piece("；另有")
            yield from self._count("sealed")
            yield Piece("代表已评价、还没有公布，不在里面")
        yield Piece("。")

    def _by_name(self) -> Iterator[Piece]:
        """Who was not satisfied is said with what it was about, never left out."""
        told = [(code, words) for code, words in _TOLD_BY_NAME if self._value(code)]
        for at, (code, words) in enumerate(told):
            yield Piece("（" if at == 0 else "；")
            yield Piece(str(self._value(code)), self.book.number(code))
            yield Piece(f"件{words}，建议内容为{'、'.join(self.titles[code])}")
        if told:
            yield Piece("）")

    def _results(self) -> Iterator[Piece]:
        if self._value("replied"):
            yield Piece("结果为A类")
            yield from self._count("class_a", "class_a")
            for letter in "bcd":
                yield Piece(f"，{letter.upper()}类")
                yield from self._count(f"class_{letter}")
            yield Piece("。")
        yield Piece("同代表当面沟通过")
        yield from self._count("met", "met")
        if self._value("publishable"):
            yield Piece("；应公开的复函")
            yield from self._count("publishable")
            yield Piece("，已公开")
            yield from self._count("published", "published")
        yield Piece("。")

    def _promises(self) -> Iterator[Piece]:
        if not self._value("promises"):
            return
        yield Piece("在复函里作出承诺")
        yield from self._count("promises")
        yield Piece("，已到期、已兑现或者已终止的")
        yield from self._count("promises_due")
        yield Piece("，按期兑现")
        yield from self._count("promises_in_time", "promises_kept")
        yield Piece("。")

    def _value(self, code: str) -> int:
        return self.book.number(code).value

    def _count(self, code: str, rate: str = "") -> Iterator[Piece]:
        """A figure with its measure word, and the rate that it is the numerator of."""
        number = self.book.number(code)
        measure = "项" if code.startswith("promises") else "件"
        yield Piece(str(number.value), number)
        yield Piece(measure)
        if rate and self.book.shown(RATES[rate]).value.base:
            yield Piece("（")
            yield from self._rate(rate)
            yield Piece("）")

    def _rate(self, code: str) -> Iterator[Piece]:
        """A rate in percent, or as its two numbers while the denominator carries no percentage."""
        shown = self.book.shown(RATES[code])
        mark = f"（{shown.rate.mark}）" if shown.rate.mark in ("宽", "严") else ""
        # The table below says the whole name; here a second pair of brackets would only be in the way.
        yield Piece(shown.rate.name.partition("（")[0] + mark)
        if shown.value.percent:
            yield Piece(f"{shown.value.percent}%", shown.top)
            return
        measure = shown.rate.top.measure
        yield Piece("为")
        yield Piece(str(shown.base.value), shown.base)
        yield Piece(f"{measure}中")
        yield Piece(str(shown.top.value), shown.top)
        yield Piece(measure)
