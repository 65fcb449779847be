"""The letter by itself: to the unit at any time and in any version, to the deputies once it went out."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from suggestions.domain.actions import Action
from suggestions.domain.errors import Missing
from suggestions.domain.sight import Sight
from suggestions.domain.states import Life
from suggestions.domain.story import Past
from suggestions.queries.letter_marks import is_one_for_each
from suggestions.queries.letter_view import HIDDEN_NAME, Sheet, dispatched_letter_of, letter_of
from suggestions.queries.looking import Look, Reader, look_at
from suggestions.queries.past_page import PastReply, past_reply
from suggestions.queries.steps import open_to
from suggestions.queries.visible import may_read_names

_NOT_SENT = "复函还没有发出，发出以后在这里看。"
_NOT_WRITTEN = "还没有这一稿复函。"


@dataclass(frozen=True)
class Which:
    """Which letter is asked for: a draft by its number, one that went out by its number, addressed to whom."""

    draft: int | None = None
    sent: int | None = None
    to: int | None = None
    """Which of those addressed, from 1; None for the letter as it was signed."""


@dataclass(frozen=True)
class Found:
    """A letter that this person may see, with the event by which it went out, if it did."""

    look: Look
    sheet: Sheet
    sent: Past | None
    to: str = ""

    @property
    def is_for_deputy(self) -> bool:
        """Whether a deputy reads it."""
        return self.look.sight is Sight.DEPUTY

    @property
    def name(self) -> str:
        """To whom alone it is addressed, as this person may read it; empty for all."""
        return self.to and self.sheet.salutation.removesuffix("代表：").removesuffix("：")


@dataclass(frozen=True)
class Download:
    """A letter to take along: to whom it is addressed (empty: to all), as Word and as PDF."""

    label: str
    word_url: str
    pdf_url: str


@dataclass(frozen=True)
class LetterPage:
    """A letter with what leads back to its case, and as what it can be taken along."""

    number: str
    title: str
    version: str
    letter: Sheet | None
    back_url: str
    is_for_deputy: bool
    downloads: tuple[Download, ...] = ()
    past: PastReply | None = None
    """The reply of a past year, where there is no letter of this house."""
    rate_url: str = ""
    """Where the deputy rates this letter; empty when it is not theirs to rate now."""


def find_letter(session: Session, handling_id: int, reader: Reader, which: Which) -> Found:
    """The letter that stands, or the one asked for; Missing when there is none that this person may see."""
    return letter_from(look_at(session, Life.HANDLING, handling_id, reader), which)


def letter_from(look: Look, which: Which) -> Found:
    """The letter that stands, or the one asked for, in a case already looked at; Missing when there is none to see."""
    if look.sight is Sight.CO_UNIT:
        raise Missing
    if look.sight is not Sight.DEPUTY and which.sent is None and which.to is None:
        return _standing(look, which.draft)
    letters = look.facts.story.all(Action.DISPATCH)
    at = which.sent or len(letters)
    sent = letters[at - 1] if 0 < at <= len(letters) else None
    to = _addressee(look, sent, which.to)
    sheet = dispatched_letter_of(look.case, look.facts, number=at, to=to)
    if sheet is None or sent is None:
        raise Missing(_NOT_SENT if look.sight is Sight.DEPUTY else _NOT_WRITTEN)
    return Found(look, sheet, sent, to)


def _standing(look: Look, draft: int | None) -> Found:
    """The letter that stands, sent or not, or a draft of it; Missing when nothing is written."""
    sheet = letter_of(look.case, look.facts, draft=draft)
    if sheet is None:
        raise Missing(_NOT_WRITTEN)
    return Found(look, sheet, look.facts.story.last(Action.DISPATCH) if sheet.number_text else None)


def _addressee(look: Look, sent: Past | None, to: int | None) -> str:
    """Whose own letter it is: a deputy's own, another's by place; empty for the one to all. Missing for no such one."""
    names = addressees(look, sent)
    if look.sight is Sight.DEPUTY:
        own = look.facts.actor.name
        return own if own in names else ""
    if to is None:
        return ""
    if not 0 < to <= len(names):
        raise Missing
    return names[to - 1]


def addressees(look: Look, sent: Past | None) -> tuple[str, ...]:
    """Who got a letter of their own when this one went out; nobody when there was one for all."""
    signed = look.facts.story.signed_as_sent(sent) if sent is not None and is_one_for_each(sent) else None
    names = tuple(signed.payload["letter"].get("addressees", ())) if signed else ()
    return names if len(names) > 1 else ()


def letter_page(
    session: Session, handling_id: int, reader: Reader, draft: int | None = None, sent: int | None = None
) -> LetterPage:
    """The letter that stands, or a draft or a letter that went out by its number; Missing when there is none to see."""
    look = look_at(session, Life.HANDLING, handling_id, reader)
    is_for_deputy = look.sight is Sight.DEPUTY
    past = None if look.sight is Sight.CO_UNIT else past_reply(look)
    found = None if past else letter_from(look, Which(draft, sent))
    back = (
        reader.url("cases.suggestion", id=look.case.suggestion.id)
        if is_for_deputy
        else reader.url("cases.handling", id=handling_id)
    )
    return LetterPage(
        number=look.handling.number_text,
        title=look.case.suggestion.title,
        version=_version(found.sheet if found else None, draft, look.facts.story.draft_number),
        letter=found.sheet if found else None,
        back_url=back,
        is_for_deputy=is_for_deputy,
        downloads=_downloads(found, draft, sent) if found else (),
        past=past,
        rate_url=_rate_url(look) if is_for_deputy and sent is None else "",
    )


def _downloads(found: Found, draft: int | None, sent: int | None) -> tuple[Download, ...]:
    look = found.look
    names = () if found.is_for_deputy else addressees(look, found.sent)
    asked = {name: value for name, value in (("draft", draft), ("sent", sent)) if value is not None}

    def download(label: str, **more: int) -> Download:
        word, pdf = (look.url(f"letters.{kind}", id=look.handling.id, **asked, **more) for kind in ("word", "pdf"))
        return Download(label, word, pdf)

    hidden = {each.lead.name for each in (look.case.suggestion, *look.case.merged) if each.is_name_hidden and each.lead}
    shown = [HIDDEN_NAME if name in hidden and not may_read_names(look.facts.actor) else name for name in names]
    return (download(""), *(download(name, to=place) for place, name in enumerate(shown, start=1)))


def _rate_url(look: Look) -> str:
    is_offered = any(offer.step.action is Action.RATE and offer.is_open for offer in open_to(look.facts))
    return look.url("steps.handling", id=look.handling.id, action="rate") if is_offered else ""


def _version(sheet: Sheet | None, draft: int | None, newest: int) -> str:
    if sheet is None:
        return "往年复函"
    if draft is not None:
        return f"第{draft}稿"
    if sheet.number_text:
        return "已发出"
    return "已签批，待发出" if sheet.signed_by else f"第{newest}稿，还没有签批"
