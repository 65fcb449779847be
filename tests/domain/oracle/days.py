"""Which days were worked, written down by hand from the notices of the State Council, and walked one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
_WAITS = 5 * DAY
"""How far a year's notice can reach back into December: those for 2019 and 2023 did."""

# One line a year: each holiday from its first to its last day off, and behind + the weekend days worked in exchange.
_NOTICES = {
    2018: "0101; 0215-0221 +0211 +0224; 0405-0407 +0408; 0429-0501 +0428; 0618-0618; 0924-0924; 1001-1007 +0929 +0930",
    2019: "<1230-0101 +<1229; 0204-0210 +0202 +0203; 0405-0407; 0501-0504 +0428 +0505; 0607-0609; 0913-0915;"
    "1001-1007 +0929 +1012",
    # The Spring Festival as it was prolonged on 26 January 2020; 1 February had been a Saturday to be worked.
    2020: "0101; 0124-0202 +0119; 0404-0406; 0501-0505 +0426 +0509; 0625-0627 +0628; 1001-1008 +0927 +1010",
    2021: "0101-0103; 0211-0217 +0207 +0220; 0403-0405; 0501-0505 +0425 +0508; 0612-0614; 0919-0921 +0918;"
    "1001-1007 +0926 +1009",
    2022: "0101-0103; 0131-0206 +0129 +0130; 0403-0405 +0402; 0430-0504 +0424 +0507; 0603-0605; 0910-0912;"
    "1001-1007 +1008 +1009",
    2023: "<1231-0102; 0121-0127 +0128 +0129; 0405; 0429-0503 +0423 +0506; 0622-0624 +0625; 0929-1006 +1007 +1008",
    2024: "<1230-0101; 0210-0217 +0204 +0218; 0404-0406 +0407; 0501-0505 +0428 +0511; 0608-0610; 0915-0917 +0914;"
    "1001-1007 +0929 +1012",
    2025: "0101; 0128-0204 +0126 +0208; 0404-0406; 0501-0505 +0427; 0531-0602; 1001-1008 +0928 +1011",
    2026: "0101-0103 +0104; 0215-0223 +0214 +0228; 0404-0406; 0501-0505 +0509; 0619-0621; 0925-0927;"
    "1001-1007 +0920 +1010",
}
KNOWN = max(_NOTICES)

# What could be announced for the year after: as the program is given it, and the same days by hand.
INVENTED = (
    (
        "2027年部分节假日安排\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
        "二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。\n"
        "三、清明节：4月3日（周六）至5日（周一）放假，共3天。\n"
        "四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。\n"
        "五、端午节：6月9日（周三）放假，共1天。\n六、中秋节：9月15日（周三）放假，共1天。\n"
        "七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。",
        "0101-0103; 0205-0211 +0131 +0214; 0403-0405; 0501-0505 +0425 +0508; 0609; 0915; 1001-1007 +0926 +1009",
    ),
    (
        "2027年部分节假日安排\n一、元旦：2026年12月31日（周四）至2027年1月2日（周六）放假调休，共3天。"
        "2026年12月27日（周日）上班。\n"
        "二、春节：2月6日（周六）至12日（周五）放假调休，共7天。1月30日（周六）、2月20日（周六）上班。\n"
        "三、国庆节：10月1日（周五）至8日（周五）放假调休，共8天。9月25日（周六）上班。",
        "<1231-0102 +<1227; 0206-0212 +0130 +0220; 1001-1008 +0925",
    ),
    (
        "2027年部分节假日安排\n元旦\t1月1日\t\n春节\t2月5日至13日\t1月30日、2月27日\n劳动节\t5月1日至3日\t",
        "0101; 0205-0213 +0130 +0227; 0501-0503",
    ),
)


@dataclass(frozen=True)
class Days:
    """The days off and the weekend days worked that are known, and the years whose notice is out."""

    off: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]

    def is_worked(self, on: date) -> bool:
        return on in self.worked or (on not in self.off and on.isoweekday() < 6)

    def nth_worked(self, start: date, n: int) -> date:
        """The n-th day worked after the start, which is not counted."""
        on = start
        while n:
            on += DAY
            if self.is_worked(on):
                n -= 1
        return on

    def first_worked(self, on: date) -> date:
        """This day or, when it is not worked, the next that is."""
        while not self.is_worked(on):
            on += DAY
        return on

    def worked_after(self, start: date, end: date, enough: int) -> int:
        """How many days after `start`, up to and with `end`, are worked; counted no further than `enough`."""
        count, on = 0, start
        while on < end and count < enough:
            on += DAY
            if self.is_worked(on):
                count += 1
        return count

    def rested(self, start: date, end: date) -> tuple[date, ...]:
        """The days after `start`, up to and with `end`, that are not worked."""
        return tuple(on for on in walk(start + DAY, end) if not self.is_worked(on))

    def is_sure(self, start: date, end: date) -> bool:
        """Whether the notice of every day's year is out, and none is awaited that could still reach back to the end."""
        return all(on.year in self.years for on in (start, end, end + _WAITS))


def walk(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last."""
    while first <= last:
        yield first
        first += DAY


def months_later(start: date, months: int) -> date:
    """The corresponding day, found by walking over so many firsts of a month; a shorter month's last day."""
    on = start
    while months:
        on += DAY
        if on.day == 1:
            months -= 1
    while on.day != start.day and (on + DAY).day != 1:
        on += DAY
    return on


def _read(year: int, line: str) -> tuple[set[date], set[date]]:
    off, worked = set[date](), set[date]()
    for holiday in line.split(";"):
        span, *made_up = holiday.split()
        first, _, last = span.partition("-")
        off.update(walk(_day(year, first), _day(year, last or first)))
        worked.update(_day(year, each[1:]) for each in made_up)
    return off, worked


def _day(year: int, text: str) -> date:
    if text.startswith("<"):
        year, text = year - 1, text[1:]
    return date(year, int(text[:2]), int(text[2:]))


def _days(extra: str = "") -> Days:
    lines = {**_NOTICES, **({KNOWN + 1: extra} if extra else {})}
    read = [_read(year, line) for year, line in lines.items()]
    off, worked = frozenset[date]().union(*(o for o, _ in read)), frozenset[date]().union(*(w for _, w in read))
    return Days(off, worked, frozenset(lines))


BEFORE = _days()
"""The days as long as the year after the last known one is not announced."""
AFTER = tuple(_days(line) for _, line in INVENTED)
"""The days once it is, by each of the invented notices."""
