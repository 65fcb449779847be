"""A holiday notice (节假日安排的通知) as the State Council words it, read into the exceptional days of its year."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from suggestions.domain.errors import Invalid
from suggestions.domain.workdays import WEEKDAYS, Day, dates_after

_YEAR = re.compile(r"(\d{4})年[^。]{0,12}节假日安排")
_HEAD = re.compile(r"^\s*(?:[一二三四五六七八九十]+、\s*)?([一-鿿、]{2,12}?)[：:\t]\s*(?=.*[日])")
_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（[^）]*?(?:周|星期)([一二三四五六日天])[^）]*）)?")
_SPAN = re.compile(rf"({_DAY.pattern})(?:\s*(?:至|—|-|－|～)\s*({_DAY.pattern}))?")
_COUNT = re.compile(r"共(\d{1,2})天")
MADE_UP = "调休上班"
"""What the name of a holiday ends in when it names a weekend day worked in exchange."""
_LONGEST = 31
_EVERY_YEAR = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")
_SMALLEST_YEAR, _LARGEST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Notice:
    """The exceptional days of one year, in order: holidays, and the weekend days worked in exchange."""

    year: int
    days: tuple[Day, ...]

    @property
    def holidays(self) -> tuple[Day, ...]:
        """The days off."""
        return tuple(day for day in self.days if not day.is_workday)

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The holidays of every year that this notice does not name."""
        return tuple(name for name in _EVERY_YEAR if not any(name in day.name for day in self.holidays))

    def as_text(self) -> str:
        """The days as data, such as `read_list` takes them."""
        days = [
            {"date": day.on.isoformat(), "name": day.name.removesuffix(MADE_UP), "isOffDay": not day.is_workday}
            for day in self.days
        ]
        return json.dumps({"year": self.year, "days": days}, ensure_ascii=False)

    @property
    def made_up(self) -> tuple[Day, ...]:
        """The weekend days that are worked."""
        return tuple(day for day in self.days if day.is_workday)


def read_notice(text: str, year: int | None = None) -> Notice:
    """Read the notice (一、元旦：1月1日至3日放假调休，共3天。1月4日（周日）上班。), or its table pasted from a sheet.

    A table's line has the holiday, its days and the days worked, parted by tabs. Weekdays and numbers of days that
    stand in the text are checked; raises Invalid naming every line that does not hold together.
    """
    text = _plain(text)
    named = _YEAR.search(text)
    if year is None and named is None:
        raise Invalid("没有看出是哪一年的放假安排。", {"year": "请写明年份，如2027。"})
    of = year if year is not None else int(named[1]) if named else 0
    _refuse_year(of)
    faults: list[str] = []
    days: list[Day] = []
    for line in text.splitlines():
        if head := _HEAD.match(line):
            try:
                days += _line(of, head[1].strip("、"), line[head.end() :])
            except ValueError as fault:
                faults.append(f"“{line.strip()[:40]}”：{fault}")
    return _checked(of, days, faults)


def read_list(year: object, listed: Iterable[Mapping[str, object]]) -> Notice:
    """Read the days as data: each with date, name and whether it is off (isOffDay); raises Invalid naming the entry."""
    if not isinstance(year, int):
        raise Invalid("没有看出是哪一年的放假安排。", {"text": "JSON 里要有 year，如 2027。"})
    _refuse_year(year)
    faults: list[str] = []
    days: list[Day] = []
    for number, entry in enumerate(listed, start=1):
        name, is_off = str(entry.get("name", "")).strip(), entry.get("isOffDay")
        try:
            on = date.fromisoformat(str(entry.get("date")))
        except ValueError:
            on = None
        if on is None or not name or not isinstance(is_off, bool):
            faults.append(f"第{number}项要有 date（2027-01-01）、name（元旦）和 isOffDay（true 或 false）。")
        else:
            days.append(Day(on, not is_off, name if is_off else f"{name}{MADE_UP}"))
    return _checked(year, days, faults)


def _plain(text: str) -> str:
    digits = str.maketrans("０１２３４５６７８９（）", "0123456789（）")
    return text.translate(digits).replace("(", "（").replace(")", "）").replace("\r", "\n")


def _refuse_year(year: int) -> None:
    if not _SMALLEST_YEAR <= year <= _LARGEST_YEAR:
        raise Invalid("年份不对。", {"year": f"请写{_SMALLEST_YEAR}到{_LARGEST_YEAR}之间的年份。"})


def _line(year: int, name: str, said: str) -> Iterator[Day]:
    """The days of one holiday: its span first, then what is worked; ValueError in words when they do not fit."""
    cells = [cell.strip() for cell in said.split("\t")]
    off, worked = (cells[0], "".join(cells[1:])) if len(cells) > 1 else _parted(said)
    spans = [*_SPAN.finditer(off)]
    if not spans:
        raise ValueError("没有看到放假的日期。")
    first = spans[0]
    start = _date(year, first.groups()[1:5])
    end = _date(start.year, first.groups()[6:10], start) if first[6] else start
    if not start <= end < start + timedelta(days=_LONGEST):
        raise ValueError(f"放假从{start}到{end}，不对。")
    length = (end - start).days + 1
    if (stated := _COUNT.search(off)) and int(stated[1]) != length:
        raise ValueError(f"写的是共{stated[1]}天，{start}到{end}是{length}天。")
    yield from (Day(on, False, name) for on in (start, *dates_after(start, end)))
    for found in _DAY.finditer(worked):
        on = _date(year, found.groups(), start, is_near=True)
        if on.weekday() < 5:
            raise ValueError(f"{on}是{WEEKDAYS[on.weekday()]}，本来就上班。")
        yield Day(on, True, f"{name}{MADE_UP}")


def _parted(said: str) -> tuple[str, str]:
    """The sentence that gives the days off, and those that end in 上班; an encouragement to take leave is neither."""
    sentences = [sentence for sentence in said.split("。") if sentence.strip()]
    off = next((sentence for sentence in sentences if "放假" in sentence), "")
    return off, "".join(sentence for sentence in sentences if sentence.strip().endswith("上班") and sentence is not off)


def _date(year: int, parts: tuple[str | None, ...], start: date | None = None, *, is_near: bool = False) -> date:
    """A day as it is written, year and month taken from the one before where they are left out."""
    own_year, month, day, weekday = parts
    of_month = int(month) if month else start.month if start else 0
    of_year = int(own_year) if own_year else year
    if start and not own_year and not is_near and of_month < start.month:
        of_year += 1
    try:
        on = date(of_year, of_month, int(day or 0))
    except ValueError:
        raise ValueError(f"没有{of_year}年{of_month}月{day}日这一天。") from None
    if weekday and WEEKDAYS[on.weekday()] != f"周{weekday.replace('天', '日')}":
        raise ValueError(f"{on}是{WEEKDAYS[on.weekday()]}，不是周{weekday}；年份或日期写错了。")
    return on


def _checked(year: int, days: list[Day], faults: list[str]) -> Notice:
    seen: dict[date, Day] = {}
    for day in days:
        if day.on in seen and seen[day.on].is_workday != day.is_workday:
            faults.append(f"{day.on}既写了放假，又写了上班。")
        if abs(day.on - date(year, 7, 1)) > timedelta(days=190):
            faults.append(f"{day.on}不在{year}年前后。")
        seen.setdefault(day.on, day)
    if not faults and not any(not day.is_workday for day in days):
        faults.append("没有读出一天放假。")
    if faults:
        raise Invalid("放假安排有读不懂的地方，什么也没有改。", {"text": " ".join(faults)})
    return Notice(year, tuple(seen[on] for on in sorted(seen)))
