"""The rates: every formula as a named, versioned definition, its numerator and denominator in words and as parts.

Where two places, or one place in two years, count differently, each way is a definition of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from suggestions.domain.counting import Row
from suggestions.domain.rate_parts import PARTS, Part, Rounds, count

VERSION = "2026-2"
"""The version of these definitions; a changed formula gets a new one, and the old figures keep theirs."""
FEWEST_FOR_PERCENT = 20
"""Below this denominator a rate is said as two numbers: one case would be more than five points of a percentage."""
_REGULATION = "《重庆市人民代表大会代表建议批评和意见工作条例》"


@dataclass(frozen=True)
class Rate:
    """One formula; `mark` tells variants of one name apart, `source` says who counts so."""

    code: str
    group: str
    name: str
    top: Part
    base: Part
    mark: str = ""
    source: str = "本系统默认"
    note: str = ""
    version: str = VERSION

    @property
    def formula(self) -> str:
        """The formula in words."""
        return f"{self.top.words} ÷ {self.base.words}"


@dataclass(frozen=True)
class Value:
    """A rate with its two numbers."""

    rate: Rate
    top: int
    base: int

    @property
    def exact(self) -> str:
        """The percentage, 0 and 100 only where they are exact; empty when there is nothing to divide by."""
        return percent(self.top, self.base)

    @property
    def percent(self) -> str:
        """The percentage where the denominator carries one, otherwise empty: then the two numbers speak."""
        return self.exact if self.base >= FEWEST_FOR_PERCENT else ""


def percent(top: int, base: int) -> str:
    """A share in percent, rounded half up to one digit as the reports print it (7.0); empty for a base of 0.

    100 and 0 are said only where they are exact: a share that would be rounded to them keeps more digits.
    """
    if not base:
        return ""
    if top in (0, base):
        return "100" if top else "0"
    exact, digit = Decimal(100 * top) / base, Decimal("0.1")
    while (share := exact.quantize(digit, ROUND_HALF_UP)) in (0, 100):
        digit /= 10
    return str(share)


def value(rate: Rate, cells: Iterable[tuple[Row, int]], on: date, rounds: Rounds = Rounds.LATEST) -> Value:
    """A rate over these rows, each with how often it occurs, on this day."""
    held = list(cells)
    return Value(rate, count(held, rate.top, on, rounds), count(held, rate.base, on, rounds))


ANSWERING, SATISFACTION, RESULT, CONTACT, PROMISES, OPENNESS, REDOING, OPINIONS = (
    "答复和办结",
    "代表评价",
    "办理结果",
    "沟通",
    "承诺",
    "公开",
    "重新办理",
    "协办",
)


def _rates() -> Iterable[Rate]:
    def rate(code: str, group: str, name: str, top: str, base: str, mark: str = "", **more: str) -> Rate:  # noqa: PLR0917
        return Rate(code, group, name, PARTS[top], PARTS[base], mark, **more)

    yield rate("replied_due", ANSWERING, "办复率", "replied", "due", note="没到期、也没答复的不进分母。")
    yield rate("replied_all", ANSWERING, "办复率", "replied", "items", "占全部")
    yield rate(
        "closed_all",
        ANSWERING,
        "办结率",
        "closed",
        "known",
        source="代表工作中很多报告写的“办结”其实是“答复”，所以单列",
        note="答复不等于办结：还有承诺没有兑现的，算跟踪中。",
    )
    yield rate(
        "on_time_due",
        ANSWERING,
        "按期办复率（时效率）",
        "on_time",
        "due",
        source="重庆2022年、2023年的算法；期限依条例第二十三条",
        note="没到期、也没答复的不进分母；同意延期的按延长后的期限算。",
    )
    yield rate(
        "on_time_all",
        ANSWERING,
        "按期办复率（时效率）",
        "on_time",
        "items",
        "占全部",
        source="重庆2021年的算法",
        note="没到期的也进分母，所以同样的办理，数字要低一些。",
    )
    yield rate("received", ANSWERING, "签收率", "received", "known", note="期满由系统代为签收的，不算按时签收。")
    yield rate(
        "satisfied_loose",
        SATISFACTION,
        "满意率",
        "at_least_mostly",
        "receipts",
        "宽",
        source=f"重庆的算法；{_REGULATION}第二十六条、第二十九条",
        note="基本满意算满意；“理解”算回执，不算满意；没有回执的不进分母。重新办理的，有新的评价以前按上一轮的不满意算。",
    )
    yield rate(
        "satisfied_strict",
        SATISFACTION,
        "满意率",
        "satisfied",
        "receipts",
        "严",
        source="深圳2007年考核各局的算法",
        note="只数满意；基本满意和“理解”都不算。",
    )
    yield rate(
        "first_satisfied",
        SATISFACTION,
        "首次办理满意率",
        "first_at_least_mostly",
        "first_receipts",
        source="重庆2018年至2021年的算法",
        note="只看第一轮的评价，重新办理以后再满意的不改它。",
    )
    yield rate("understood", SATISFACTION, "理解", "understood", "receipts", "占回执", note="条例没有这一档，单列。")
    yield rate("dissatisfied", SATISFACTION, "不满意", "dissatisfied", "receipts", "占回执")
    yield rate(
        "returned",
        SATISFACTION,
        "回执率",
        "returned",
        "replied",
        source=f"{_REGULATION}第二十九条：不反馈的不纳入满意统计，所以要同满意率放在一起看",
    )
    yield rate("not_returned", SATISFACTION, "未评（未回）", "not_returned", "replied", "占已答复")
    yield rate(
        "class_a",
        RESULT,
        "落实率（A类率）",
        "class_a",
        "known_replied",
        source=f"重庆的算法；{_REGULATION}第二十二条",
        note="同“解决率”不能比：那个把B类也算进去，分母是全部。",
    )
    for code, words in (("b", "B类"), ("c", "C类"), ("d", "D类"), ("cd", "C类和D类")):
        yield rate(
            f"class_{code}", RESULT, words, f"class_{code}", "known_replied", "占已答复", source="重庆2024年的算法"
        )
    yield rate(
        "solved_all",
        RESULT,
        "解决率",
        "class_ab",
        "known",
        source="全国人大的算法：已经解决和计划逐步解决的，占全部",
        note="同“落实率”不能比：那个只数A类。",
    )
    by_default = "各地都没有公布公式，这是本系统的算法"
    yield rate("contacted", CONTACT, "沟通率", "contacted", "known", source=by_default, note="代表否认的不算。")
    yield rate("met", CONTACT, "面商率", "met", "known", source=by_default, note="上门、座谈、一起调研才算当面。")
    yield rate(
        "met_by_leader",
        CONTACT,
        "面商率",
        "met_by_leader",
        "known",
        "领导带队",
        source=by_default,
        note="主要负责人或者分管领导带队、当面谈的才算；以前没有记谁带队的不算。",
    )
    yield rate("contacted_before", CONTACT, "办前沟通率", "contacted_before", "known", source=by_default)
    yield rate("contacted_during", CONTACT, "办中沟通率", "contacted_during", "known", source=by_default)
    yield rate("contacted_after", CONTACT, "办后沟通率", "contacted_after", "known_replied", source=by_default)
    yield rate(
        "promises_kept",
        PROMISES,
        "承诺兑现率",
        "promises_in_time",
        "promises_due",
        source=f"{_REGULATION}第二十四条、第二十八条",
        note="一项承诺算一项，按作出承诺的年份；终止的、过期才兑现的，都不算兑现。",
    )
    yield rate(
        "promises_as_made",
        PROMISES,
        "承诺兑现率",
        "promises_as_made",
        "promises_due",
        "按原来说的",
        note="变更过日期或者内容的，兑现了也不算。",
    )
    yield rate(
        "promises_kept_ever", PROMISES, "承诺兑现率", "promises_kept", "promises_due", "含过期兑现", note="终止的不算。"
    )
    yield rate(
        "published",
        OPENNESS,
        "公开率",
        "published",
        "publishable",
        source=f"{_REGULATION}第三十六条；重庆“四率”之一",
        note="依申请公开、不予公开、说明理由不公开的和涉密件，不进分母。",
    )
    yield rate("published_all", OPENNESS, "公开率", "published", "items", "占全部")
    yield rate("redone", REDOING, "重办率", "redone", "first_receipts")
    yield rate("redo_satisfied", REDOING, "重办转满意率", "redo_satisfied", "redo")
    yield rate(
        "opinions_in_time",
        OPINIONS,
        "协办按期率",
        "opinions_in_time",
        "opinions_due",
        source=f"{_REGULATION}第二十条",
    )
    yield rate(
        "opinions_satisfied",
        OPINIONS,
        "协办满意率",
        "opinion_at_least_mostly",
        "opinion_receipts",
        source="重庆2024年的算法",
    )


RATES: Mapping[str, Rate] = {rate.code: rate for rate in _rates()}
"""Every rate by its code, in the order in which they are shown."""
