"""How offices write numbers, dates, names and sessions, read into plain values: one reading for workbook and Word."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[0-9〇零一二三四五六七八九十百千两]+"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_NOTHING = {"", "无", "没有", "暂无", "/", "-", "--", "—", "——", "空"}
_BRACKET = re.compile(r"[（(【\[](?P<inside>[^）)】\]]*)[）)】\]]")
_BETWEEN = r"[\s、，,；;／/]+(?![^（(]*[）)])"
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 2000, 2099

FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control and direction-changing signs, which no title or name has a use for."""


class Series(StrEnum):
    """Whether a suggestion was handed in at the session or between sessions (闭会期间); each numbers from 1."""

    SESSION = "session"
    BETWEEN = "between"


@dataclass(frozen=True)
class Meeting:
    """The session a suggestion belongs to: area (云山区), term (第十九届 = 19), session (第六次会议 = 6) and series."""

    area: str
    term: int
    session: int
    series: Series = Series.SESSION


def half_width(text: str) -> str:
    """The text with full-width digits, letters, signs and spaces made half-width (NFKC), without invisible signs."""
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE)


def plain(text: str) -> str:
    """The text as it is compared: half-width and without any space or line break."""
    return re.sub(r"\s+", "", half_width(text))


def one_line(text: str) -> str:
    """The text as it was written, with the line breaks of a narrow cell taken out and no space around it."""
    return re.sub(r"\s*[\r\n\v]+\s*", "", text).strip()


def count_of(text: str) -> int | None:
    """The whole number written in digits of any width or in Chinese (十九, 二十, 一百零一, 二〇二六), else None."""
    text = plain(text)
    if re.fullmatch("[0-9]+", text):
        return int(text) if len(text) <= 9 else None
    if not re.fullmatch(_NUMERAL, text) or re.search("[0-9]", text):
        return None
    if not any(sign in _UNITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) <= 9 else None
    total, digit = 0, None
    for sign in text:
        if sign in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[sign]
            digit = None
        else:
            digit = _DIGITS[sign] or None
    return total + (digit or 0)


def in_chinese(number: int) -> str:
    """The number 1 to 99 as a Chinese list counts: 一, 十, 十一, 二十, 九十九; digits beyond that."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    signs = "〇一二三四五六七八九"
    return (signs[tens] if tens > 1 else "") + ("十" if tens else "") + (signs[ones] if ones else "")


def suggestion_number(text: str) -> str | None:
    """A suggestion's number in its one form, three digits or more: 第１号, 1, 001, 第一号 are all 001; else None."""
    found = re.fullmatch(rf"(?:建议)?第?(?:建议)?(?P<number>{_NUMERAL})(?:号)?(?:建议)?", plain(text).strip("()"))
    number = count_of(found["number"]) if found else None
    return f"{number:03d}" if number else None


def find_number(text: str) -> tuple[str, str] | None:
    """The first 第…号 inside a longer line, as (written, 001), spaces inside it allowed; None if there is none."""
    for found in re.finditer(rf"第\s*{_NUMERAL}\s*号", half_width(text)):
        number = suggestion_number(found[0])
        if number:
            return found[0], number
    return None


_MEETING = re.compile(
    r"(?P<area>[一-鿿]{1,20}?(?:省|市|区|县|旗|州|盟|乡|镇))(?:人民代表大会|人大)?"
    rf"第?(?P<term>{_NUMERAL})届(?:人民代表大会|人大|人代会)?(?:常务委员会|常委会)?"
    rf"第?(?P<session>{_NUMERAL})次",
)


def read_meeting(text: str) -> Meeting | None:
    """The session named in a title row or on a letter's head, 闭会期间 as series "between"; None if it names none."""
    text = re.sub(r"^(?:关于)?(?:交办|转办|印发|分办)?(?:[0-9]{4}年度?)?(?:交办|转办|印发|分办)?", "", plain(text))
    found = _MEETING.search(text)
    if not found:
        return None
    term, session = count_of(found["term"]), count_of(found["session"])
    if not term or not session:
        return None
    series = Series.BETWEEN if "闭会" in text else Series.SESSION
    return Meeting(found["area"], term, session, series)


def read_date(value: object) -> date | None:
    """The day meant by a cell: a date, 2026-02-09, 2026/2/9, 2026.2.9, 2026年2月9日, 20260209 or a serial number.

    A time of day behind the date is dropped. None when it is no date or lies outside the years 2000 to 2099.
    """
    day = _day_of(value)
    return day if day and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _day_of(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = half_width(cell_text(value)).strip()
    text = re.sub(r"[T\s]\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[分秒Z]?$", "", text)
    text = re.sub(r"\s+", "", text)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _SERIAL_DAY_ZERO + timedelta(days=int(text[:5]))
    found = (
        re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", text)
        or re.fullmatch(r"(\d{4})()(\d{2})(\d{2})", text)
        or re.fullmatch(rf"(\d{{4}}|[〇零一二三四五六七八九]{{4}})年()({_NUMERAL})月({_NUMERAL})[日号]?", text)
    )
    if not found:
        return None
    year, month, day = (count_of(found[group]) for group in (1, 3, 4))
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def cell_text(value: object) -> str:
    """What a cell says: a whole number without its .0, true and false as 是 and 否, everything else as written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def read_names(text: str) -> tuple[str, ...]:
    """The persons of a cell, parted by 、 ， ； / space or line break, each once, without what stands in brackets.

    A name stretched by a space (王 伟, 陈　立) is one name; 无 and a dash are nobody; 等5人 is dropped.
    """
    text = _BRACKET.sub("", half_width(text))
    names: list[str] = []
    for piece in re.split("[、,;/\r\n]+", text):
        written = re.sub(r"等(?:[0-9一二三四五六七八九十]*(?:人|名|位)(?:代表)?)?$", "", piece.strip())
        names.extend(_joined(written.split()))
    return tuple(dict.fromkeys(name for name in names if name not in _NOTHING))


def _joined(words: list[str]) -> Iterator[str]:
    """Put stretched names together: single signs side by side are two to a name, three when there are three."""
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1:
            run.append(word)
            continue
        step = len(run) if len(run) <= 3 else 2
        yield from ("".join(run[start : start + step]) for start in range(0, len(run), step or 1))
        run = []
        if word:
            yield word


def read_units(text: str) -> tuple[str, ...]:
    """The units of a cell, parted as names are, each once; brackets stay, for they may belong to the unit's name."""
    pieces = re.split(_BETWEEN, half_width(text).replace("(", "（").replace(")", "）").strip())
    return tuple(dict.fromkeys(piece for piece in pieces if piece not in _NOTHING))


def read_person(text: str) -> tuple[str, str]:
    """The one person of a field and the delegation written with it: 陈立群（上河街道代表团） gives both, else ""."""
    written = half_width(text)
    delegation = next((found["inside"].strip() for found in _BRACKET.finditer(written)), "")
    name = _BRACKET.sub(" ", written).strip()
    if not delegation and (found := re.fullmatch(r"(?P<name>.+?)\s+(?P<group>\S+(?:代表团|代表组))", name)):
        name, delegation = found["name"], found["group"]
    names = read_names(name)
    return "、".join(names), delegation


def is_nothing(text: str) -> bool:
    """Whether a cell is empty or says so (无, a dash)."""
    return plain(text) in _NOTHING


def read_yes(text: str) -> bool | None:
    """Whether a cell says yes: 是 √ 有 重点 1, no: 否 × 无 0 and empty; None when it says neither."""
    word = plain(text).lower()
    if word in {"是", "√", "✓", "✔", "对", "有", "1", "y", "yes", "true", "重点", "重点督办"}:
        return True
    return (
        False if word in _NOTHING | {"否", "不是", "×", "x", "✗", "0", "n", "no", "false", "非重点", "一般"} else None
    )


def read_months(text: str) -> int | None:
    """The months of a term: 3个月, 三个月内, ６个月, 半年, 3; None when the words name no number of months."""
    found = re.fullmatch(
        rf"(?:(?P<half>半年)|(?P<count>{_NUMERAL})(?:个?月)?)(?:[以之]?内)?(?:答复|办结)?", plain(text)
    )
    if found is None:
        return None
    return 6 if found["half"] else count_of(found["count"])
