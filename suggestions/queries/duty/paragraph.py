"""The paragraph of a duty report (述职报告段落): every figure from the record, its list and formula behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from suggestions.domain.rates import RATES
from suggestions.queries.sentences import Figures, Piece
from suggestions.queries.statistics_tables import Shown

USED = (
    *("replied_all", "on_time_due", "closed_all", "satisfied_loose", "satisfied_strict", "returned", "class_a", "met"),
    *("promises_kept", "published"),
)
"""The formulas that the paragraph uses, in its order."""
_TOLD_BY_NAME = (("understood", "理解件"), ("dissatisfied", "不满意件"))
_ENDINGS = "局委部办院厅署"


def own_words(unit: str) -> str:
    """How a unit speaks of itself: 我局, 我委; 我单位 where its name says nothing shorter."""
    return f"我{unit[-1]}" if unit and unit[-1] in _ENDINGS else "我单位"


@dataclass(frozen=True)
class Writer:
    """Puts the figures of one unit and year into sentences."""

    figures: Figures
    unit: str
    year: int
    titles: dict[str, tuple[str, ...]]
    """What the suggestions with an 理解 or a 不满意 asked for, by the part that counts them."""

    def pieces(self) -> Iterator[Piece]:
        """The whole paragraph but for the director's own steps."""
        yield Piece(f"{self.year}年，{own_words(self.unit)}")
        if not self.figures.value("items"):
            yield Piece("没有承办人大建议。")
            return
        yield Piece("共办理人大建议")
        yield from self.figures.count("items")
        yield Piece("，已答复")
        yield from self.figures.count("replied", "replied_all")
        if self.figures.value("replied"):
            yield Piece("，其中按期答复")
            yield from self.figures.count("on_time", "on_time_due")
        yield Piece("；办结")
        yield from self.figures.count("closed", "closed_all")
        if self.figures.value("tracking"):
            yield Piece("，答复以后跟踪落实的")
            yield from self.figures.count("tracking")
        yield Piece("。")
        yield from self._said()
        yield from self._results()
        yield from self._promises()

    def shown(self) -> tuple[Shown, ...]:
        """Every formula that the paragraph uses, with its two numbers."""
        return tuple(self.figures.book.shown(RATES[code]) for code in USED)

    def _said(self) -> Iterator[Piece]:
        if not self.figures.value("replied"):
            return
        if not self.figures.value("receipts"):
            yield Piece("还没有已公布的代表回执")
        else:
            yield Piece("收到代表回执")
            yield from self.figures.count("receipts", "returned")
            yield Piece("，满意")
            yield from self.figures.count("satisfied")
            yield Piece("，基本满意")
            yield from self.figures.count("mostly")
            for code in ("satisfied_loose", "satisfied_strict"):
                yield Piece("，")
                yield from self.figures.rate(code)
            yield from self._by_name()
        if self.figures.value("sealed"):
            yield Piece("；另有")
            yield from self.figures.count("sealed")
            yield Piece("代表已评价、还没有公布，不在里面")
        yield Piece("。")

    def _by_name(self) -> Iterator[Piece]:
        """Who was not satisfied is said with what it was about, never left out."""
        told = [(code, words) for code, words in _TOLD_BY_NAME if self.figures.value(code)]
        for at, (code, words) in enumerate(told):
            yield Piece("（" if at == 0 else "；")
            yield self.figures.number(code)
            yield Piece(f"件{words}，建议内容为{'、'.join(self.titles[code])}")
        if told:
            yield Piece("）")

    def _results(self) -> Iterator[Piece]:
        if self.figures.value("replied"):
            yield Piece("结果为A类")
            yield from self.figures.count("class_a", "class_a")
            for letter in "bcd":
                yield Piece(f"，{letter.upper()}类")
                yield from self.figures.count(f"class_{letter}")
            yield Piece("。")
        yield Piece("同代表当面沟通过")
        yield from self.figures.count("met", "met")
        if self.figures.value("publishable"):
            yield Piece("；应公开的复函")
            yield from self.figures.count("publishable")
            yield Piece("，已公开")
            yield from self.figures.count("published", "published")
        yield Piece("。")

    def _promises(self) -> Iterator[Piece]:
        if not self.figures.value("promises"):
            return
        yield Piece("在复函里作出承诺")
        yield from self.figures.count("promises")
        yield Piece("，已到期、已兑现或者已终止的")
        yield from self.figures.count("promises_due")
        yield Piece("，按期兑现")
        yield from self.figures.count("promises_in_time", "promises_kept")
        yield Piece("。")
