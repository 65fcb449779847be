"""What authorities published, each figure beside what our definitions make of a list built to match it.

The reports print totals, not lists. Each list here has the printed totals and nothing else: how satisfied and basically
satisfied were divided, for instance, is not printed, so no figure that depends on it is claimed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from suggestions.domain.counting import Kind, Reached, Row, Said
from suggestions.domain.rates import RATES, Value, value

Cells = tuple[tuple[Row, int], ...]
_ON = date(2026, 1, 1)
"""The day on which the lists are looked at; what they call not yet due is due after it."""
_LATER = _ON + timedelta(days=30)


@dataclass(frozen=True)
class Figure:
    """A printed figure: the rate that the report used, its printed percentage ("" when it printed none)."""

    said: str
    code: str
    printed: str
    computed: Value
    remark: str = ""

    @property
    def is_equal(self) -> bool:
        """Whether print and arithmetic agree; where nothing is printed there is nothing to differ."""
        return self.printed in ("", self.computed.exact)


@dataclass(frozen=True)
class Report:
    """One year of one place, with why it counts as it does."""

    year: str
    place: str
    source: str
    why: str
    figures: tuple[Figure, ...]


def _some(times: int, **runs: Sequence[tuple[Any, int]]) -> Iterator[Row]:
    """So many suggestions whose fields take these values in these numbers; what is left keeps the default."""
    fields = {name: [value for value, many in run for _ in range(many)] for name, run in runs.items()}
    for at in range(times):
        given = {name: values[at] for name, values in fields.items() if at < len(values)}
        said = given.get("said", Said.WAITING)
        yield Row(**{"kind": Kind.SUGGESTION, "reached": Reached.REPLIED, "shown": said, **given})


def _list(*parts: Iterable[Row]) -> Cells:
    return tuple(Counter(row for part in parts for row in part).items())


def _open(times: int) -> Iterator[Row]:
    return _some(times, reached=[(Reached.OPEN, times)], due_on=[(_LATER, times)])


_LIST_2021 = _list(
    _some(
        1216,
        is_on_time=[(True, 1212)],
        result_class=[("A", 993), ("B", 223)],
        said=[(Said.MOSTLY, 1127), (Said.DISSATISFIED, 6), (Said.LAPSED, 83)],
    ),
    _open(3),
)
_LIST_2022 = _list(
    _some(
        1220,
        is_on_time=[(True, 1220)],
        result_class=[("A", 1064), ("B", 156)],
        said=[(Said.MOSTLY, 1163), (Said.LAPSED, 57)],
    ),
    _open(1),
)
_LIST_2023 = _list(
    _some(
        1207,
        is_on_time=[(True, 1207)],
        result_class=[("A", 1064), ("B", 143)],
        said=[(Said.MOSTLY, 993), (Said.LAPSED, 214)],
    ),
    _some(1, said=[(Said.DISSATISFIED, 1)], is_latest=[(False, 1)], is_redone=[(True, 1)], is_on_time=[(True, 1)]),
    _some(1, said=[(Said.MOSTLY, 1)], is_first=[(False, 1)], is_on_time=[(True, 1)], result_class=[("B", 1)]),
    _open(2),
)
_LIST_2024 = _list(
    _some(
        1284,
        is_on_time=[(True, 1284)],
        result_class=[("A", 1178), ("B", 16), ("C", 90)],
        said=[(Said.MOSTLY, 1281), (Said.LAPSED, 3)],
        is_publishable=[(True, 1095)],
        is_published=[(True, 1095)],
    ),
    (
        Row(Kind.CO_HANDLING, Reached.REPLIED, said=said, shown=said)
        for said in [*[Said.MOSTLY] * 3056, Said.DISSATISFIED]
    ),
)
_LIST_2024_BODIES = _list(_some(4669, said=[(Said.SATISFIED, 4583), (Said.MOSTLY, 86)]))
_LIST_2002 = _list(_some(4287, result_class=[("A", 536), ("B", 2560), ("C", 775), ("D", 416)]))


def _figure(cells: Cells, said: str, code: str, printed: str, remark: str = "") -> Figure:
    return Figure(said, code, printed, value(RATES[code], cells, _ON), remark)


def reports() -> tuple[Report, ...]:
    """The published years with their figures, each computed by the definition that the report used."""
    city = "重庆市人大常委会"
    return (
        Report(
            "2021",
            city,
            "2021年代表建议办理情况报告",
            "这一年的时效率用全部1,219件作分母，还没到期的3件也在里面；满意率只看第一次评价，分母是回执，不是全部建议。",
            (
                _figure(_LIST_2021, "首次办理满意率：回执1,133件，满意和基本满意1,127件", "first_satisfied", "99.5"),
                _figure(_LIST_2021, "时效率：1,219件中1,212件按期", "on_time_all", "99.4"),
                _figure(_LIST_2021, "落实率：已答复1,216件中A类993件", "class_a", "81.7"),
            ),
        ),
        Report(
            "2022",
            city,
            "2022年代表建议办理情况报告",
            "同一座城市换了算法：没到期的1件不再进时效率的分母，所以是100%；照2021年的算法是99.9%。",
            (
                _figure(_LIST_2022, "满意率：回执1,163件，全部满意或者基本满意", "satisfied_loose", "100"),
                _figure(_LIST_2022, "时效率：1,221件中办复1,220件，全部按期", "on_time_due", "100"),
                _figure(_LIST_2022, "同样的办理，照2021年的算法", "on_time_all", "", "报告没有印这个数"),
                _figure(_LIST_2022, "落实率：已答复1,220件中A类1,064件", "class_a", "87.2"),
            ),
        ),
        Report(
            "2023",
            city,
            "2023年代表建议办理情况报告（“四率”：满意率、时效率、落实率、公开率）",
            "有1件第一次不满意，重新办理以后满意：首次办理满意率不改，满意率按最后的评价算。没到期的2件不进时效率的分母。",
            (
                _figure(_LIST_2023, "首次办理满意率：回执994件，993件满意或者基本满意", "first_satisfied", "99.9"),
                _figure(_LIST_2023, "重新办理以后的满意率", "satisfied_loose", "", "报告只说重新办理以后满意"),
                _figure(_LIST_2023, "时效率：1,210件中办复1,208件，全部按期", "on_time_due", "100"),
                _figure(_LIST_2023, "落实率：已答复1,208件中A类1,064件", "class_a", "88.1"),
            ),
        ),
        Report(
            "2024",
            city,
            "2024年代表建议办理情况报告",
            "这一年全部答复了，所以占全部、占已答复是一回事。主办和协办的回执分开数。A类率印的和除出来的差0.1，两个都写。",
            (
                _figure(_LIST_2024, "A类：1,284件中1,178件", "class_a", "91.8", "1,178÷1,284=91.7%，印的是91.8%"),
                _figure(_LIST_2024, "B类：16件", "class_b", "1.2"),
                _figure(_LIST_2024, "C类和D类：90件", "class_cd", "7.0"),
                _figure(_LIST_2024, "主办回执1,281件，全部满意或者基本满意", "satisfied_loose", "100"),
                _figure(_LIST_2024, "协办回执3,057件，3,056件满意或者基本满意", "opinions_satisfied", ""),
                _figure(_LIST_2024, "公开1,095件，不公开189件", "published_all", "", "报告只印了件数"),
            ),
        ),
        Report(
            "2024",
            "重庆市全部承办单位",
            "“人大代表全渝通”的介绍",
            "4,669次评价中4,583次满意、86次基本满意：宽的算法是100%，严的算法是98.2%。同一批回执，两个都对，说的不是一回事。",
            (
                _figure(_LIST_2024_BODIES, "满意和基本满意", "satisfied_loose", ""),
                _figure(_LIST_2024_BODIES, "只数满意", "satisfied_strict", ""),
            ),
        ),
        Report(
            "2002",
            "全国人大常委会",
            "2002年代表建议办理情况报告",
            "“解决或者计划逐步解决”把A类和B类加在一起，分母是全部，所以不能同重庆只数A类的落实率比；照那个算法是12.5%。",
            (
                _figure(_LIST_2002, "A类536件、B类2,560件，共4,287件", "solved_all", ""),
                _figure(_LIST_2002, "只数A类", "class_a", ""),
            ),
        ),
    )
