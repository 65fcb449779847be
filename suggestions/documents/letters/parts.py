"""A reply letter as its parts in order: what Word and PDF both draw, word for word the same."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from suggestions.documents.letters.measures import PER_LINE, TITLE_PER_LINE

_CUTS = re.compile(
    r"(?<=大会)|(?<=会议)|(?<=期间)|(?<=关于)|(?=第[\d一二三四五六七八九十])|(?<=号)|(?=建议的)|(?=答复)"
)
_SEAL_INDENT = 4
HOW_TO_CHECK = "扫码看到的编码，应与系统里这件复函页上的一致；不一致的，不是发出的那一封。"


@dataclass(frozen=True)
class Block:
    """One paragraph of the text: a heading of the first level, or plain."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class Evidence:
    """Where the letter stands in the record: the short code for the eye, the whole line for the QR mark."""

    code: str
    line: str


@dataclass(frozen=True)
class Receipt:
    """A form that goes with a letter and comes back: line by line what is asked, and what stands there to tick."""

    title: str
    lines: tuple[tuple[str, str], ...]
    return_to: str


@dataclass(frozen=True)
class LetterPaper:
    """A letter ready for paper; `warning` says aloud that it is no letter yet, and is empty once it went out."""

    letterhead: str
    marks: tuple[str, ...]
    warning: str
    number: str
    title: tuple[str, ...]
    addressees: tuple[str, ...]
    """The lines of those addressed, no name cut in two; without 代表 and colon when nobody may be named."""
    blocks: tuple[Block, ...]
    attachments: tuple[str, ...]
    unit: str
    date: str
    notes: tuple[str, ...]
    copies: str
    evidence: Evidence | None = None
    receipt: Receipt | None = None
    """The form that goes with it; None where nothing is asked back."""

    def words(self) -> tuple[str, ...]:
        """Every word of the letter proper in reading order: what Word and PDF must say, without the receipt form."""
        return (
            *self.marks,
            self.letterhead,
            self.number,
            *self.title,
            *self.addressees,
            *(block.text for block in self.blocks),
            *self.attachments,
            self.unit,
            self.date,
            *self.notes,
            *(("抄送：" + self.copies,) if self.copies else ()),
        )


def width(text: str) -> float:
    """How many full-width characters a text is wide; Latin letters and digits count half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def wrapped(pieces: Sequence[str], per_line: float = PER_LINE) -> tuple[str, ...]:
    """Lines made of whole pieces, none wider than a line unless one piece alone is."""
    lines: list[str] = []
    for piece in pieces:
        if lines and width(lines[-1] + piece) <= per_line:
            lines[-1] += piece
        else:
            lines.append(piece)
    return tuple(lines)


def salutation_lines(salutation: str) -> tuple[str, ...]:
    """The addressees from the left edge, broken between names: 回行时仍顶格."""
    pieces = [f"{name}、" for name in salutation.split("、")]
    return wrapped([*pieces[:-1], pieces[-1].removesuffix("、")])


def title_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """A title's lines, each within the width and broken between words, the parts of about one length."""
    return tuple(part for line in lines for part in _balanced(line))


def _balanced(line: str) -> tuple[str, ...]:
    if width(line) <= TITLE_PER_LINE:
        return (line,)
    cuts = [found.start() for found in _CUTS.finditer(line) if 0 < found.start() < len(line)]
    fitting = [cut for cut in cuts if max(width(line[:cut]), width(line[cut:])) <= TITLE_PER_LINE]
    if fitting:
        best = min(fitting, key=lambda cut: abs(width(line[:cut]) - width(line[cut:])))
        return line[:best], line[best:]
    return wrapped(line, TITLE_PER_LINE)


def signature_indents(unit: str, date: str) -> tuple[float, float]:
    """How far unit and date stand from the right edge, in characters: the date four, the unit centred on it."""
    over = (width(date) - width(unit)) / 2
    return (_SEAL_INDENT + over, _SEAL_INDENT) if over > -_SEAL_INDENT else (0.0, -over)


def attachment_lines(names: Sequence[str]) -> Iterator[str]:
    """The note on attachments: 附件：name, or numbered when there are several."""
    if len(names) == 1:
        yield f"附件：{names[0]}"
        return
    for number, name in enumerate(names, start=1):
        yield f"{'附件：' if number == 1 else '　　　'}{number}. {name}"


def plain(text: str) -> str:
    """A text without any blank: as it is compared with what was read back from a file."""
    return re.sub(r"\s", "", text)
