"""Why a due date falls on this day: the lines that an officer can check against calendar and regulation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from suggestions.domain.rulebook import Basis, Season, Term, Unit
from suggestions.domain.workdays import WEEKDAYS, Calendar, Day

MONTHS = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
FIRST_DAY_LATE = "《民法典》第二百零三条"
ON_FAILURE = "过期以后"
NO_SUCH_DAY = "《民法典》第二百零二条"


@dataclass(frozen=True)
class Line:
    """One line of an explanation: what it is about, and what it says, in Chinese."""

    label: str
    text: str


@dataclass(frozen=True)
class Counting:
    """How a due date was reached: the day the count ended on (`nominal_on`) and, when that is not worked, the next one.

    `unextended_on` and `longest_on` are the due dates without any extension and with the longest the term allows.
    """

    term: Term
    start: date
    months: int
    nominal_on: date
    on: date
    unextended_on: date
    longest_on: date
    extended_months: int
    is_provisional: bool


def term_lines(count: Counting, calendar: Calendar) -> tuple[Line, ...]:
    """Explain the due date of a term: source, start, count, days skipped or made up, extension, what is provisional."""
    term = count.term
    lines = [
        Line("依据", basis_text(term.basis)),
        Line("起算", f"{full(count.start)}{term.start.label}，当日不计"),
    ]
    if term.unit is Unit.WORKDAYS:
        lines += _workday_lines(count, calendar)
    else:
        lines += _calendar_lines(count, calendar)
    if term.extension_months:
        lines.append(Line("延期", _extension_text(count)))
    if count.is_provisional:
        lines.append(
            Line("暂定", f"{_unannounced(count, calendar)}的放假安排还没有公布，先按周六、周日休息计算，公布后重新计算")
        )
    lines.append(Line(ON_FAILURE, term.on_failure))
    return tuple(lines)


def season_lines(season: Season, year: int) -> tuple[Line, ...]:
    """Explain the due date of a yearly duty."""
    opens, closes = season.opens_on(year), season.closes_on(year)
    return (
        Line("依据", basis_text(season.basis)),
        Line("时段", f"{full(opens)}至{short(closes, year)}，最后一日遇休息日不顺延"),
        Line(ON_FAILURE, season.on_failure),
    )


def basis_text(basis: Basis) -> str:
    """Return the citation with the rule in short, and how it binds here."""
    parts = [f"{basis.article}：{basis.rule}", basis.reference, f"另见{basis.also}" if basis.also else ""]
    return "；".join(part for part in parts if part)


def full(on: date) -> str:
    """Write a date as 2026年2月9日."""
    return f"{on.year}年{on.month}月{on.day}日"


def short(on: date, year: int) -> str:
    """Write a date as 2月9日, with its year when that is another than `year`."""
    return f"{on.month}月{on.day}日" if on.year == year else full(on)


def _weekday(on: date) -> str:
    return "星期" + WEEKDAYS[on.weekday()][1]


def _workday_lines(count: Counting, calendar: Calendar) -> Iterator[Line]:
    term, year = count.term, count.start.year
    yield Line("数工作日", f"数{term.amount}个工作日，到{full(count.on)}，{_weekday(count.on)}")
    skipped = "、".join(spans(calendar.skipped(count.start, count.on), year))
    yield Line("跳过", skipped or "没有遇到休息日")
    if made_up := calendar.made_up(count.start, count.on):
        yield Line("调休", "、".join(_made_up_text(day, year) for day in made_up) + "，照算工作日")


def _calendar_lines(count: Counting, calendar: Calendar) -> Iterator[Line]:
    nominal, year = count.nominal_on, count.start.year
    reached = f"{full(nominal)}，{_weekday(nominal)}"
    if count.term.unit is Unit.DAYS:
        yield Line(f"加{count.term.amount}天", reached)
    else:
        if nominal.day != count.start.day:
            reached += f"；{nominal.month}月没有{count.start.day}日，依{NO_SUCH_DAY}取月末"
        yield Line(f"加{months_text(count.months)}", reached)
    yield Line("遇休息日", _rest_day_text(count, calendar, year))


def _rest_day_text(count: Counting, calendar: Calendar, year: int) -> str:
    nominal = count.nominal_on
    if count.on == nominal:
        day = calendar.days.get(nominal)
        return f"{_made_up_text(day, year)}，是工作日，不顺延" if day else f"{short(nominal, year)}是工作日，不顺延"
    resting = "、".join(spans(calendar.skipped(nominal - timedelta(days=1), count.on), year))
    return f"{resting}，依{FIRST_DAY_LATE}顺延到{short(count.on, year)}，{_weekday(count.on)}"


def _extension_text(count: Counting) -> str:
    if count.extended_months:
        return (
            f"已延期{months_text(count.extended_months)}，从起算日起共{months_text(count.months)}；"
            f"原为{full(count.unextended_on)}"
        )
    return (
        f"没有申请过；需要延期的，应在{short(count.on, count.start.year)}前由主要负责人提出并书面向代表说明，"
        f"最长到{full(count.longest_on)}"
    )


def _unannounced(count: Counting, calendar: Calendar) -> str:
    years = [year for year in range(count.start.year, count.on.year + 2) if year not in calendar.announced_years]
    within = [year for year in years if year <= count.on.year] or years
    return "、".join(f"{year}年" for year in within)


def _made_up_text(day: Day, year: int) -> str:
    return f"{short(day.on, year)}（{WEEKDAYS[day.on.weekday()]}）{day.name}"


def months_text(months: int) -> str:
    """Write a number of months as 三个月."""
    return f"{MONTHS[months] if months < len(MONTHS) else months}个月"


def spans(skipped: list[tuple[date, str]], year: int) -> list[str]:
    """Write days not worked as spans: 2月15日至23日春节假期, 3月7日至8日周末, 3月1日周日."""
    groups: list[tuple[date, date, str]] = []
    for on, reason in skipped:
        kind = "周末" if reason in WEEKDAYS else reason
        if groups and groups[-1][1] + timedelta(days=1) == on and groups[-1][2] == kind:
            groups[-1] = (groups[-1][0], on, kind)
        else:
            groups.append((on, on, kind))
    return [_span_text(first, last, kind, year) for first, last, kind in groups]


def _span_text(first: date, last: date, kind: str, year: int) -> str:
    if first == last:
        return f"{short(first, year)}{WEEKDAYS[first.weekday()] if kind == '周末' else kind}"
    until = f"{last.day}日" if (first.year, first.month) == (last.year, last.month) else short(last, first.year)
    return f"{short(first, year)}至{until}{kind}"
