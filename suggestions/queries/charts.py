"""What the charts of the statistics show, as plain series: each chart is also its own table."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suggestions.domain.counting import Kind
from suggestions.domain.deadlines import Light, light
from suggestions.models.counted import STAGES
from suggestions.queries.counts import Margins

_STAGE_WORDS = {
    "receive": "签收",
    "read": "局长阅示",
    "plan": "定方案",
    "reply": "办理、答复",
    "rate": "评价、公布",
    "close": "跟踪到办结",
}
_IN_TABLE = "table"
"""The tone of a series that stands in the table alone."""
_LIT = ((Light.OVER, "超期"), (Light.NEAR, "临近"), (Light.OK, "正常"))


@dataclass(frozen=True)
class Series:
    """One line, or one part of each bar; `tone` names its colour and its pattern."""

    name: str
    values: tuple[float, ...]
    tone: str


@dataclass(frozen=True)
class Chart:
    """A chart that says in one sentence what it shows; `form` is line, bar or stack (parts of one bar)."""

    id: str
    title: str
    form: str
    unit: str
    summary: str
    head: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for series in self.series for value in series.values)

    @property
    def on_paper(self) -> tuple[Series, ...]:
        """The series that are drawn; the others stand in the table alone."""
        return tuple(series for series in self.series if series.tone != _IN_TABLE)

    @property
    def drawn(self) -> Mapping[str, object]:
        """What the script in the page draws."""
        series = [{"name": s.name, "values": list(s.values), "tone": s.tone} for s in self.on_paper]
        return {"form": self.form, "unit": self.unit, "labels": list(self.labels), "series": series}


def course(found: Margins, kind: Kind, year: int, today: date) -> Chart:
    """The year's course: how many were assigned, replied and closed by the end of each month, all together."""
    by_month: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (dim, key), marks in found.items():
        if dim == "course" and key.startswith(kind.value):
            for mark, times in marks.items():
                what, _, month = mark.partition(".")
                by_month[what][month] += times
    seen = [month for months in by_month.values() for month in months]
    months = _months(_before(min(seen, default=f"{year}-02")), max([*seen, _last_month(year, today)]))
    running = {what: _running(by_month[what], months) for what in ("assigned", "replied", "closed")}
    now = {what: values[-1] if values else 0 for what, values in running.items()}
    return Chart(
        id="course",
        title="全年进程",
        form="line",
        unit="件",
        summary=f"共交办{now['assigned']}件，答复{now['replied']}件，办结{now['closed']}件。",
        head="截至月末",
        labels=tuple(f"{int(month[5:])}月" if month.startswith(str(year)) else month for month in months),
        series=(
            Series("交办", running["assigned"], "plain"),
            Series("答复", running["replied"], "strong"),
            Series("办结", running["closed"], "done"),
        ),
    )


def _before(month: str) -> str:
    """The month before, in which everything still stood at nothing."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"


def _last_month(year: int, today: date) -> str:
    return f"{today:%Y-%m}" if today.year == year else f"{year}-12"


def _months(first: str, last: str) -> list[str]:
    year, month, found = int(first[:4]), int(first[5:]), [first]
    while found[-1] < last and len(found) < 60:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        found.append(f"{year}-{month:02}")
    return found


def _running(by_month: Mapping[str, int], months: list[str]) -> tuple[float, ...]:
    return tuple(sum(times for month, times in by_month.items() if month <= each) for each in months)


def lights(found: Margins, names: Mapping[int, str], today: date) -> tuple[Chart, dict[int, dict[Light, int]]]:
    """The lights of what is open today, by unit, the reddest first; the chart, and the same numbers by unit."""
    by_unit: dict[int, dict[Light, int]] = defaultdict(lambda: defaultdict(int))
    for (dim, key), marks in found.items():
        if dim == "light" and key.startswith(Kind.HANDLING.value):
            for mark, times in marks.items():
                yellow, red = (date.fromisoformat(day) if day else None for day in mark.split("."))
                kind = light(today, yellow, red)
                by_unit[int(key[1:])][kind if kind in (Light.OVER, Light.NEAR) else Light.OK] += times
    reddest = {id: (-of[Light.OVER], -of[Light.NEAR], names.get(id, "")) for id, of in by_unit.items()}
    order = sorted(reddest, key=reddest.__getitem__)
    totals = {kind: sum(of[kind] for of in by_unit.values()) for kind, _ in _LIT}
    chart = Chart(
        id="lights",
        title="各单位的灯",
        form="stack",
        unit="件",
        summary="还在办的承办件：" + "，".join(f"{word}{totals[kind]}件" for kind, word in _LIT) + "。",
        head="单位",
        labels=tuple(names.get(id, "") for id in order),
        series=tuple(Series(word, tuple(by_unit[id][kind] for id in order), str(kind)) for kind, word in _LIT),
    )
    return chart, by_unit


def shares(id: str, title: str, head: str, rows: tuple[tuple[str, int, str], ...]) -> Chart:
    """How a whole is divided: name, number and tone of each part."""
    return Chart(
        id=id,
        title=title,
        form="bar",
        unit="件",
        summary="，".join(f"{name}{number}件" for name, number, _ in rows if number) + "。",
        head=head,
        labels=tuple(name for name, _, _ in rows),
        series=(Series("件数", tuple(number for _, number, _ in rows), "plain"),),
    )


def waiting(found: Margins) -> Chart:
    """How many days the finished stages of the first round took: the middle one, and the slowest tenth."""
    days: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (dim, _), marks in found.items():
        if dim == "wait":
            for mark, times in marks.items():
                stage, _, number = mark.partition(".")
                days[stage][int(number)] += times
    known = [stage for stage in STAGES if days[stage]]
    middle = tuple(_quantile(days[stage], 0.5) for stage in known)
    slow = tuple(_quantile(days[stage], 0.9) for stage in known)
    slowest = max(zip(middle, known, strict=True), default=None)
    said = (
        f"走得最慢的一步是“{_STAGE_WORDS[slowest[1]]}”，一半的件用了{slowest[0]:g}天以内，另一半更久。"
        if slowest
        else ""
    )
    return Chart(
        id="waiting",
        title="每一步等了多久",
        form="bar",
        unit="天",
        summary=f"{said}只算首轮里已经走完的步子，按自然日。",
        head="步骤",
        labels=tuple(_STAGE_WORDS[stage] for stage in known),
        series=(
            Series("一半的件在几天以内", middle, "strong"),
            Series("九成的件在几天以内", slow, "plain"),
            Series("走完的件数", tuple(sum(days[stage].values()) for stage in known), _IN_TABLE),
        ),
    )


def _quantile(days: Mapping[int, int], share: float) -> float:
    """The smallest number of days that this share of the cases did not exceed."""
    total, seen = sum(days.values()), 0
    for number in sorted(days):
        seen += days[number]
        if seen >= share * total:
            return float(number)
    return 0.0
