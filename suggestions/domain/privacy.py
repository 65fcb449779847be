"""What in a public text may point at a person: numbers, addresses, hidden names; warned of, each with its place."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from suggestions.domain.promising import sentences

_WIDE = {0xFEE0 + code: code for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))} | {
    ord("－"): "-",
    ord("—"): "-",
    ord("＠"): "@",
    ord("＋"): "+",
}
"""Full-width signs as plain ones, sign for sign, so that places stay."""
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("身份证号", re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\d)")),
    ("银行卡号", re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")),
    ("手机号码", re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")),
    ("电话号码", re.compile(r"(?<!\d)(?:\(0\d{2,3}\)|（0\d{2,3}）|0\d{2,3})[ -]?\d{4}[ -]?\d{3,4}(?!\d)")),
    ("电话号码", re.compile(r"(?<=电话)(?:号码)?(?:是|为|[：: ])?\s*\d{7,8}(?!\d)")),
    ("电子邮箱", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    (
        "住址",
        re.compile(
            r"(?:家庭住址|现住址|户籍地址|户籍地|住址|家住|现住|住在|居住在)[：:是为]?"
            r"[^，。；、\n]*?(?:\d+|[一二三四五六七八九十]+)(?:号|弄|栋|幢|组|社|楼|室|单元)[^，。；、\n]*"
        ),
    ),
    ("住址", re.compile(r"[^，。；、：:\s]{0,16}\d+号?(?:楼|栋|幢)[^，。；、\n]{0,10}?\d+(?:室|号)")),
    ("住址", re.compile(r"[^，。；、：:\s]{0,16}\d+单元\d+(?:室|号)?")),
)


@dataclass(frozen=True)
class Finding:
    """Something that may point at a person: what it is, how it is written, and in which sentence of which paragraph."""

    what: str
    words: str
    sentence: str
    paragraph: int
    number: int

    @property
    def text(self) -> str:
        """The finding as it is said, with its place."""
        return f"第{self.paragraph}段第{self.number}句有{self.what}“{self.words}”：{self.sentence}"


def findings(text: str, *, own_lines: str = "", hidden_names: Collection[str] = ()) -> tuple[Finding, ...]:
    """Whatever may point at a person, in reading order; the numbers of the unit's own contact line may stay."""
    own = frozenset(_digits(found) for found in re.findall(r"[\d －-]{7,}", own_lines.translate(_WIDE)))
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return tuple(
        Finding(what, words, sentence, paragraph, number)
        for paragraph, line in enumerate(paragraphs, start=1)
        for number, sentence in enumerate(sentences(line), start=1)
        for what, words in _in_sentence(sentence, hidden_names)
        if not (what.startswith(("电话", "手机")) and _is_own(words, own))
    )


def _in_sentence(sentence: str, hidden_names: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is found, no sign of the sentence counted twice."""
    plain = sentence.translate(_WIDE)
    taken: list[tuple[int, int, str]] = []
    for what, pattern in _PATTERNS:
        for found in pattern.finditer(plain):
            start, end = found.span()
            is_free = all(end <= a or start >= b for a, b, _ in taken)
            if is_free and (what != "身份证号" or _is_birthday(found[0][6:14])):
                taken.append((start, end, what))
    for name in hidden_names:
        taken += [(at.start(), at.end(), "要求隐去的姓名") for at in re.finditer(re.escape(name), plain)]
    for start, end, what in sorted(taken):
        yield what, sentence[start:end].strip()


def _digits(words: str) -> str:
    return "".join(sign for sign in words.translate(_WIDE) if sign.isdigit())


def _is_own(words: str, own: Collection[str]) -> bool:
    """Whether a number is the unit's own, with or without its area code."""
    number = _digits(words)
    return any(number == each or each.endswith(number) for each in own)


def _is_birthday(digits: str) -> bool:
    """Whether the digits of an identity number that say a birthday say a real one."""
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
