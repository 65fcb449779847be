"""A letter as it goes on paper: the words of the page, put into the parts that Word and PDF draw."""

from collections.abc import Iterator

from suggestions.documents.letters import parts, receipts
from suggestions.domain.facts import Facts
from suggestions.domain.labels import CONTACT_FORMS
from suggestions.domain.rulebook import Scale, TermKey
from suggestions.domain.rulebook import Unit as Counted
from suggestions.domain.story import ATTEMPT
from suggestions.queries.letter_marks import evidence_line
from suggestions.queries.letter_page import Found
from suggestions.queries.letter_view import RECEIPT_FORM, Sheet, Words

_NO_NUMBER = "（文号待编）"
_NO_DATE = "（签发日期待定）"
_COUNTED = {Counted.WORKDAYS: "个工作日", Counted.DAYS: "天", Counted.MONTHS: "个月"}


def paper_of(found: Found) -> parts.LetterPaper:
    """The letter that was found, ready for paper."""
    look, sheet, sent = found.look, found.sheet, found.sent
    evidence = None
    if sent is not None:
        line = evidence_line(look.case.suggestion.id, look.handling.number_text, sent)
        evidence = parts.Evidence(sheet.evidence, line)
    lines = receipts.on_reply(
        (
            ("建议", f"{look.handling.number_text}《{look.case.suggestion.title}》"),
            ("答复", f"{sheet.unit}，{sheet.number_text or _NO_NUMBER}"),
            ("代表", sheet.salutation.removesuffix("：").removesuffix("代表")),
        ),
        look.facts.story.requests,
        **_scales(look.facts),
        contact_forms=tuple(label for code, label in CONTACT_FORMS.items() if code != ATTEMPT),
    )
    return _paper(sheet, evidence, parts.Receipt(RECEIPT_FORM, lines, return_to(look.facts, TermKey.RATING, "复函")))


def _paper(sheet: Sheet, evidence: parts.Evidence | None, receipt: parts.Receipt) -> parts.LetterPaper:
    return parts.LetterPaper(
        letterhead=sheet.unit,
        marks=tuple(marks_of(sheet)),
        warning=sheet.warning,
        number=sheet.number_text or _NO_NUMBER,
        title=sheet.title_lines,
        addressees=parts.salutation_lines(sheet.salutation),
        blocks=tuple(_blocks(sheet)),
        attachments=tuple(parts.attachment_lines(sheet.attachments)),
        unit=sheet.unit,
        date=sheet.date_text or _NO_DATE,
        notes=tuple(filter(None, (sheet.contact_line, f"（{sheet.publication}）" if sheet.publication else ""))),
        copies=sheet.copies,
        evidence=evidence,
        receipt=receipt,
    )


def marks_of(sheet: Sheet) -> Iterator[str]:
    """What stands at the top right: the class of the result, and how the letter is published."""
    if sheet.class_mark:
        yield f"办理结果：{sheet.class_mark}"
    if sheet.publication_mark:
        yield f"公开属性：{sheet.publication_mark}"


def plain_words(words: Words) -> str:
    """The words as they stand, without what a hand struck out."""
    return words if isinstance(words, str) else "".join(text for op, text in words if op != "del")


def _blocks(sheet: Sheet) -> Iterator[parts.Block]:
    yield from _lines(plain_words(sheet.opening))
    for answer in sheet.answers:
        if answer.heading:
            yield parts.Block(answer.heading, is_heading=True)
        for paragraph in answer.paragraphs:
            yield from _lines(plain_words(paragraph))
    yield from _lines("".join(sheet.co_sentences) + sheet.signed_by + plain_words(sheet.closing))


def _lines(text: str) -> Iterator[parts.Block]:
    return (parts.Block(line.strip()) for line in text.split("\n") if line.strip())


def _scales(facts: Facts) -> dict[str, tuple[str, ...]]:
    rules = facts.rulebook
    return {
        "part_scale": tuple(rating.label for rating in rules.scales[Scale.PART]),
        "overall_scale": tuple(rating.label for rating in rules.overall_scale),
    }


def return_to(facts: Facts, key: TermKey, letter: str) -> str:
    """By when and to whom a receipt form goes back, and what the unit may not do."""
    term = facts.rulebook.term(key)
    return (
        f"请在收到{letter}后{term.amount}{_COUNTED[term.unit]}内由代表本人填写，寄人代工委；也可以登录后在网上评价，不必再寄。"
        "承办单位不得代填，不得为评价打招呼。"
    )
