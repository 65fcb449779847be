"""The papers of a case (文书): which there are, which are still missing and why, each made from the record."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from suggestions.domain.errors import Missing
from suggestions.domain.states import Life
from suggestions.queries.case_papers import asking, key_items, letters, planning, proofs, publication, working
from suggestions.queries.case_papers.entry import AND_CO_UNIT, AND_DEPUTY, Drawable, Entry, Kind, Maker
from suggestions.queries.looking import Look, Reader, look_at
from suggestions.queries.public_version import NOT_SENT

MAKERS: tuple[Maker, ...] = (
    Maker(Kind.HANDLING_SLIP, working.handling_slips, ""),
    Maker(Kind.READING_SLIP, planning.reading_slips, "局长阅看原件、写下批示以后才有。"),
    Maker(Kind.PLAN, planning.plans, "方案报送以后才有；代表看得到的，是审定以后的。", AND_DEPUTY),
    Maker(Kind.CONTACTS, working.contact_records, "记过一次联系以后才有。", AND_DEPUTY),
    Maker(Kind.URGING_SLIP, working.urging_slips, "没有督促、督办或者亮灯。", AND_DEPUTY),
    Maker(Kind.SUPERVISION_PLAN, key_items.plans, "列为重点督办、定了督办方案以后才有。"),
    Maker(Kind.SUPERVISION_REPORT, key_items.reports, "记过一次督办情况以后才有。"),
    Maker(Kind.CO_OPINION, letters.co_opinions, "协办单位局长审定意见以后才有。", AND_CO_UNIT),
    Maker(Kind.RETURN_REQUEST, asking.returns, "没有申请过退办。"),
    Maker(Kind.EXTENSION_REQUEST, asking.extensions, "没有申请过延期。"),
    Maker(Kind.EXPLANATION, letters.explanations, "没有申请过延期。", AND_DEPUTY),
    Maker(Kind.LETTER, letters.replies, "复函发出以后才有；各稿在“复函各稿”里。", AND_DEPUTY),
    Maker(Kind.RECEIPT, letters.reply_receipts, "复函发出以后才有。", AND_DEPUTY),
    Maker(Kind.PROMISE_REPORT, letters.promise_reports, "没有向代表报告过承诺的落实情况。", AND_DEPUTY),
    Maker(Kind.PROMISE_RECEIPT, letters.promise_receipts, "没有向代表报告过承诺的落实情况。", AND_DEPUTY),
    Maker(Kind.PUBLIC_VERSION, publication.comparisons, NOT_SENT),
    Maker(Kind.FIVE_PROOFS, proofs.cards, ""),
)
"""Every kind of paper, in the order of the work."""


@dataclass(frozen=True)
class PaperLine:
    """One paper on the list, as Word and as PDF, or bound in the background."""

    name: str
    line: str
    word_url: str
    pdf_url: str
    page_url: str = ""
    """Where it can be read on a page; empty for most."""
    bind_url: str = ""
    """Where it is bound in the background, which takes too long to wait for; empty for all but the archive."""


@dataclass(frozen=True)
class PapersPage:
    """The papers of a case, those that can be made and those that cannot yet, each with the reason."""

    number: str
    title: str
    back_url: str
    is_for_deputy: bool
    lines: tuple[PaperLine, ...]
    lacking: tuple[tuple[str, str], ...]


def entries_of(look: Look) -> tuple[Entry, ...]:
    """Every paper of the case that this person may see, in the order of the work."""
    return tuple(entry for maker in MAKERS if look.sight in maker.seen_by for entry in maker.entries(look))


def papers_page(session: Session, handling_id: int, reader: Reader) -> PapersPage:
    """The list of papers; Missing when this person may not see the case."""
    look = look_at(session, Life.HANDLING, handling_id, reader)
    found = entries_of(look)
    kinds = {entry.kind for entry in found}
    return PapersPage(
        number=look.handling.number_text,
        title=look.case.suggestion.title,
        back_url=back_of(look),
        is_for_deputy=not look.is_whole and look.own_co is None,
        lines=lines_of(look),
        lacking=tuple(
            (maker.kind.label, maker.lacking)
            for maker in MAKERS
            if look.sight in maker.seen_by and maker.kind not in kinds
        ),
    )


def back_of(look: Look) -> str:
    """The page of the case, as this person has it."""
    if look.is_whole or look.own_co is not None:
        return look.url("cases.handling", id=look.handling.id)
    return look.url("cases.suggestion", id=look.case.suggestion.id)


def lines_of(look: Look) -> tuple[PaperLine, ...]:
    """Every paper with its addresses, and the archive in which all of them are bound."""
    lines = tuple(line_of(look, entry) for entry in entries_of(look))
    if not look.is_whole:
        return lines
    archive = look.url("exports.archive", id=look.handling.id)
    return (*lines, PaperLine("归档卷", "以上全部，连同原件和附件，装成一份", "", "", bind_url=archive))


def line_of(look: Look, entry: Entry) -> PaperLine:
    """A paper with its addresses."""
    asked = {"id": look.handling.id, "kind": entry.kind.value} | ({"record": entry.record} if entry.record else {})
    word, pdf = (look.url(f"case_papers.{ending}", **asked) for ending in ("word", "pdf"))
    page = look.url("published.version", id=look.handling.id) if entry.kind is Kind.PUBLIC_VERSION else ""
    return PaperLine(entry.kind.label, entry.line, word, pdf, page)


@dataclass(frozen=True)
class FoundPaper:
    """A paper that was asked for, with the name that an office would give its file."""

    paper: Drawable
    name: str


def find_paper(session: Session, handling_id: int, reader: Reader, kind: str, record: int | None) -> FoundPaper:
    """The paper of this kind, the newest where no record is named; Missing when this person may see none."""
    look = look_at(session, Life.HANDLING, handling_id, reader)
    found = [each for each in entries_of(look) if each.kind == kind and record in (None, each.record)]
    if not found:
        raise Missing
    entry = found[-1]
    name = "-".join(
        part for part in (entry.kind.label, look.handling.number_text, entry.record and f"记录{entry.record}号") if part
    )
    return FoundPaper(entry.make(session), name)
