"""Papers in the letter format: a co-unit's opinion, the explanation of an extension, the report on a promise."""

from collections.abc import Iterable, Iterator
from functools import partial

from suggestions.documents.letters import parts, receipts
from suggestions.documents.letters.parts import LetterPaper
from suggestions.documents.papers.parts import Form, Paper, Text
from suggestions.domain.actions import Action
from suggestions.domain.due_lines import months_text
from suggestions.domain.rulebook import Scale, TermKey
from suggestions.domain.sight import Sight
from suggestions.domain.states import CoState
from suggestions.domain.story import Past
from suggestions.models import CoHandling
from suggestions.queries.case_papers.common import day, names_of_leads, signature, unit_of
from suggestions.queries.case_papers.entry import Entry, Kind
from suggestions.queries.letter_page import Which, letter_from
from suggestions.queries.letter_paper import paper_of, return_to
from suggestions.queries.letter_view import full_name, meeting_of
from suggestions.queries.looking import Look

_NOT_RELEASED = "未审定"
_RECEIPT = "承诺事项落实情况回执"


def _letter(
    unit: str,
    title: str,
    addressees: str,
    texts: Iterable[str],
    date: str,
    *,
    number: str = "",
    phone: str = "",
    warning: str = "",
    receipt: parts.Receipt | None = None,
) -> LetterPaper:
    """A letter of a unit; where it goes out with a form that comes back, the form is its attachment."""
    return LetterPaper(
        letterhead=unit,
        marks=(),
        warning=warning,
        number=number,
        title=parts.title_lines((unit, title)),
        addressees=parts.salutation_lines(addressees),
        blocks=tuple(parts.Block(line.strip()) for text in texts for line in text.split("\n") if line.strip()),
        attachments=tuple(parts.attachment_lines((receipt.title,))) if receipt else (),
        unit=unit,
        date=date,
        notes=(f"（电话：{phone}）",) if phone else (),
        copies="",
        receipt=receipt,
    )


def co_opinions(look: Look) -> Iterator[Entry]:
    """Each opinion that a co-unit's director released; to the co-unit itself also the one that waits for release."""
    for co in look.case.co_handlings:
        if co.handling_id != look.handling.id or (look.sight is Sight.CO_UNIT and co is not look.own_co):
            continue
        events = [past for past in look.facts.story.events if past.co_handling_id == co.id]
        given: Past | None = None
        for past in events:
            if past.action is Action.GIVE_CO_OPINION:
                given = past
            elif past.action is Action.RELEASE_CO_OPINION and given is not None:
                line = f"{co.unit.name}，{day(past.on)}审定"
                yield Entry(Kind.CO_OPINION, partial(_co_opinion, look, co, given, past), line, past.seq)
        if given is not None and co.state is CoState.GIVEN and look.sight is Sight.CO_UNIT:
            line = f"{co.unit.name}，{_NOT_RELEASED}"
            yield Entry(Kind.CO_OPINION, partial(_co_opinion, look, co, given, None), line, given.seq)


def _co_opinion(look: Look, co: CoHandling, given: Past, released: Past | None, _session: object) -> LetterPaper:
    suggestion = look.case.suggestion
    number = look.handling.number_text
    asked = f"你单位请我单位说明：{co.question}" if co.question else ""
    return _letter(
        full_name(co.unit.name, suggestion.congress),
        f"关于{meeting_of(suggestion)}{number}建议的协办意见",
        f"{look.handling.unit.name}：",
        (
            f"你单位主办的《{suggestion.title}》（{number}）收悉。{asked}",
            "经研究，提出协办意见如下：",
            str(given.payload["opinion"]),
            f"以上意见已经{signature(released)}审定。" if released else "",
            "特此函复。",
        ),
        day(released.on) if released else "（日期待定）",
        phone=co.unit.phone,
        warning="" if released else _NOT_RELEASED,
    )


def explanations(look: Look) -> Iterator[Entry]:
    """What was written to the deputies with each request for an extension."""
    for past in look.facts.story.all(Action.REQUEST_EXTENSION):
        line = f"{day(past.on)}，延长{months_text(past.payload['months'])}"
        yield Entry(Kind.EXPLANATION, partial(_explanation, look, past), line, past.seq)


def _explanation(look: Look, past: Past, _session: object) -> LetterPaper:
    suggestion, number = look.case.suggestion, look.handling.number_text
    return _letter(
        unit_of(look),
        f"关于{meeting_of(suggestion)}{number}建议延期答复的说明",
        names_of_leads(look),
        (
            f"您提出的《{suggestion.title}》（{number}）正在办理，需要延长{months_text(past.payload['months'])}答复。"
            "现将情况说明如下：",
            str(past.payload["explanation"]),
            f"此说明由{signature(past)}签发。",
            "延期是否同意，由人代工委决定，会另行告知。" if look.facts.rulebook.extension_needs_consent else "",
        ),
        day(past.on),
        phone=look.handling.unit.phone,
    )


def promise_reports(look: Look) -> Iterator[Entry]:
    """Each report on a promise as the letter that it is, its receipt form attached."""
    for past in look.facts.story.all(Action.REPORT_PROMISE):
        line = f"第{past.payload['number']}项，{past.payload['document_number']}"
        yield Entry(Kind.PROMISE_REPORT, partial(_promise_report, look, past), line, past.seq)


def _promise_report(look: Look, past: Past, _session: object) -> LetterPaper:
    suggestion, number, words = look.case.suggestion, look.handling.number_text, past.payload
    promise = next(row for row in look.case.promises if row.id == int(words["promise"]))
    sent = look.facts.story.last(Action.DISPATCH)
    where = f"复函（{sent.payload['document_number']}）" if sent else "答复"
    return _letter(
        unit_of(look),
        f"关于{meeting_of(suggestion)}{number}建议承诺事项落实情况的函",
        names_of_leads(look),
        (
            f"您提出的《{suggestion.title}》（{number}），我单位在{where}中承诺：{promise.measure}，"
            f"{day(promise.due_on)}前完成。现将落实情况报告如下：",
            str(words["report"]),
            f"此函已经{signature(past)}审签。请您填写回执，对落实情况作出评价。",
        ),
        day(past.on),
        number=str(words["document_number"]),
        phone=look.handling.unit.phone,
        receipt=_promise_receipt(look, past),
    )


def promise_receipts(look: Look) -> Iterator[Entry]:
    """The form on each report, by itself."""
    for past in look.facts.story.all(Action.REPORT_PROMISE):
        line = f"第{past.payload['number']}项，{day(past.payload['rating_due_on'])}前评价"
        yield Entry(
            Kind.PROMISE_RECEIPT,
            partial(_promise_form, look, past),
            line,
            past.seq,
        )


def _promise_form(look: Look, past: Past, _session: object) -> Paper:
    return _form(_promise_receipt(look, past), look)


def _promise_receipt(look: Look, past: Past) -> parts.Receipt:
    words = past.payload
    promise = next(row for row in look.case.promises if row.id == int(words["promise"]))
    facts = (
        ("建议", f"{look.handling.number_text}《{look.case.suggestion.title}》"),
        ("报告", f"{unit_of(look)}，{words['document_number']}"),
        ("代表", names_of_leads(look).removesuffix("：").removesuffix("代表")),
        (f"承诺第{words['number']}项", str(words["measure"])),
        ("复函里的原句", promise.sentence or "往年复函"),
        ("完成日期", day(promise.due_on)),
        ("落实情况", str(words["report"])),
    )
    scale = [rating.label for rating in look.facts.rulebook.scales[Scale.PROMISE]]
    term = return_to(look.facts, TermKey.PROMISE_RATING, "落实情况函")
    return parts.Receipt(_RECEIPT, receipts.on_promise(facts, scale), term)


def replies(look: Look) -> Iterator[Entry]:
    """Each letter that went out; to a deputy who had one of their own, that one."""
    for at, past in enumerate(look.facts.story.all(Action.DISPATCH), start=1):
        fate = "，后来更正" if look.facts.story.is_corrected(past) else ""
        line = f"{past.payload['document_number']}，{day(past.on)}发出{fate}"
        yield Entry(Kind.LETTER, partial(_reply, look, at), line, past.seq)


def _reply(look: Look, at: int, _session: object) -> LetterPaper:
    return paper_of(letter_from(look, Which(sent=at)))


def reply_receipts(look: Look) -> Iterator[Entry]:
    """The form on each letter that went out, by itself."""
    for at, past in enumerate(look.facts.story.all(Action.DISPATCH), start=1):
        line = str(past.payload["document_number"])
        yield Entry(Kind.RECEIPT, partial(_reply_receipt, look, at), line, past.seq)


def _reply_receipt(look: Look, at: int, _session: object) -> Paper:
    receipt = _reply(look, at, _session).receipt
    assert receipt is not None
    return _form(receipt, look)


def _form(receipt: parts.Receipt, look: Look) -> Paper:
    """A receipt form as a paper of its own."""
    return Paper(
        receipt.title,
        unit_of(look),
        (Form([(pair,) for pair in receipt.lines]), Text(receipt.return_to, is_note=True)),
    )
