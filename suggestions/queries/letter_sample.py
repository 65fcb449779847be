"""A made-up letter that shows an office its own words, and the register of the numbers that its letters bear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from suggestions.documents.letters.parts import title_lines
from suggestions.domain.letter_form import LetterForm
from suggestions.domain.numbering import Gap, Issued, Number, gaps, proposed
from suggestions.queries.letter_view import RECEIPT_FORM, Answer, Sheet, full_name, full_stop
from suggestions.queries.lights import spoken

_HANDLER = "张三"
_SAMPLE_NUMBER = 1


def sample_sheet(form: LetterForm, *, unit: str, phone: str, congress: str, today: date) -> Sheet:
    """A short letter in an office's own words, about a suggestion that does not exist."""
    head = form.letterhead or full_name(unit, congress)
    series = form.series or "（代字）"
    return Sheet(
        unit=head,
        number_text=str(Number(series, today.year, _SAMPLE_NUMBER)),
        class_mark="A",
        publication_mark="主动公开",
        warning="样张",
        title_lines=title_lines((head, "关于区人民代表大会第×次会议第000号建议的复函")),
        salutation="李四代表：",
        opening="您提出的《关于×××的建议》（第000号）收悉。经研究，现答复如下：",
        answers=(Answer("一、关于×××（A类）", ("这里是逐条答复的正文，由承办人起草、局长签批。",)),),
        co_sentences=(),
        signed_by=f"此复函已经{unit}局长×××审签。",
        closing=form.closing,
        date_text=f"{today.year}年{today.month}月{today.day}日",
        contact_line=form.contact_line(_HANDLER, phone),
        publication="此件公开发布",
        copies=full_stop(form.copies),
        attachments=(RECEIPT_FORM,),
    )


@dataclass(frozen=True)
class NumberLine:
    """A line of the register: a number with its letter, or the gap before it with its reason."""

    text: str
    on_text: str = ""
    case: str = ""
    handling_id: int = 0
    reason: str = ""
    is_gap: bool = False


@dataclass(frozen=True)
class Register:
    """The numbers of an office's letters, newest first, and the one that comes next."""

    lines: tuple[NumberLine, ...]
    next_text: str


def register_of(issued: Sequence[Issued], form: LetterForm, today: date) -> Register:
    """Every number that went out, with every gap of its series; the next is the one that dispatch proposes."""
    lines: list[NumberLine] = []
    series = dict.fromkeys((n.series, n.year) for each in issued if (n := each.number))
    before = {(name, year, gap.last + 1): gap for name, year in series for gap in gaps(issued, name, year)}
    for each in issued:
        number = each.number
        gap = before.get((number.series, number.year, number.number)) if number else None
        if gap is not None and number is not None:
            lines.append(_gap(gap, number))
        on = spoken(each.on, today)
        lines.append(NumberLine(each.text, on, each.case, each.handling_id, each.reason))
    return Register(tuple(reversed(lines)), proposed(issued, form.series, today))


def _gap(gap: Gap, number: Number) -> NumberLine:
    first, last = Number(number.series, number.year, gap.first), Number(number.series, number.year, gap.last)
    text = str(first) if gap.first == gap.last else f"{first}到{last.number}号"
    return NumberLine(text, reason=gap.reason or "启用本系统以前的号，或者没有写明", is_gap=True)
