"""The letter by itself: to the unit at any time and in any version, to the deputies once it went out."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from suggestions.domain.actions import Action
from suggestions.domain.errors import Missing
from suggestions.domain.sight import Sight
from suggestions.domain.states import Life
from suggestions.queries.letter_view import Sheet, dispatched_letter_of, letter_of
from suggestions.queries.looking import Look, Reader, look_at
from suggestions.queries.past_page import PastReply, past_reply
from suggestions.queries.steps import open_to

_NOT_SENT = "复函还没有发出，发出以后在这里看。"
_NOT_WRITTEN = "还没有这一稿复函。"


@dataclass(frozen=True)
class LetterPage:
    """A letter with what leads back to its case."""

    number: str
    title: str
    version: str
    letter: Sheet | None
    back_url: str
    is_for_deputy: bool
    past: PastReply | None = None
    """The reply of a past year, where there is no letter of this house."""
    rate_url: str = ""
    """Where the deputy rates this letter; empty when it is not theirs to rate now."""


def letter_page(
    session: Session, handling_id: int, reader: Reader, draft: int | None = None, sent: int | None = None
) -> LetterPage:
    """The letter that stands, or a draft or a letter that went out by its number; Missing when there is none to see."""
    look = look_at(session, Life.HANDLING, handling_id, reader)
    if look.sight is Sight.CO_UNIT:
        raise Missing
    is_for_deputy = look.sight is Sight.DEPUTY
    is_sent = is_for_deputy or sent is not None
    sheet = (
        dispatched_letter_of(look.case, look.facts, number=sent)
        if is_sent
        else letter_of(look.case, look.facts, draft=draft)
    )
    past = past_reply(look)
    if sheet is None and past is None:
        raise Missing(_NOT_SENT if is_for_deputy else _NOT_WRITTEN)
    back = (
        reader.url("cases.suggestion", id=look.case.suggestion.id)
        if is_for_deputy
        else reader.url("cases.handling", id=handling_id)
    )
    return LetterPage(
        number=look.handling.number_text,
        title=look.case.suggestion.title,
        version=_version(sheet, draft, look.facts.story.draft_number),
        letter=sheet,
        back_url=back,
        is_for_deputy=is_for_deputy,
        past=past,
        rate_url=_rate_url(look) if is_for_deputy and sent is None else "",
    )


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
