"""What stands on a letter beside its words: its marks, the warning before it went out, its place in the record."""

from collections.abc import Mapping
from typing import Any

from suggestions.domain import letter
from suggestions.domain.facts import Facts
from suggestions.domain.letter_form import LetterForm
from suggestions.domain.story import Past

NOT_SIGNED = "未签发"
NOT_SENT = "已签批，未发出"
EACH = "each"
_GROUPS, _GROUP = 4, 4


def marks(text: letter.Letter, facts: Facts, signed: Past | None, sent: Past | None) -> dict[str, str]:
    """How it is published, what it is not yet, and the code of the event by which it went out."""
    mark = text.get("publication")
    return {
        "publication_mark": facts.rulebook.publications[mark].label if mark else "",
        "warning": "" if sent else NOT_SENT if signed else NOT_SIGNED,
        "evidence": code_of(sent.hash) if sent else "",
    }


def code_of(hash: str) -> str:
    """The beginning of a hash in groups that the eye compares: A1B2 C3D4 E5F6 0718."""
    return " ".join(hash[at : at + _GROUP].upper() for at in range(0, _GROUPS * _GROUP, _GROUP))


def evidence_line(suggestion_id: int, number: str, sent: Past) -> str:
    """The whole line of the QR mark: which letter, and the event of the case's chain by which it went out."""
    return f"代表建议复函 {sent.payload['document_number']} {number} case:{suggestion_id}#{sent.seq} {sent.hash}"


def letterhead_of(text: letter.Letter, full_name: str) -> str:
    """The letterhead that the letter was drafted under; the unit's full name where its office had said nothing."""
    return str(_form(text).get("letterhead") or full_name)


def contact_of(text: letter.Letter, handler: str, phone: str) -> str:
    """The contact line that the letter was drafted with; a letter from before templates has the house's own."""
    form = _form(text)
    return str(form["contact"]) if "contact" in form else LetterForm().contact_line(handler, phone)


def is_one_for_each(sent: Past | None) -> bool:
    """Whether every deputy got a letter of their own when this one went out."""
    return sent is not None and sent.payload.get("letters") == EACH


def addressed_to(text: letter.Letter, name: str) -> letter.Letter:
    """The letter as it is addressed to one deputy alone; to all of them for an empty name, or one not addressed."""
    return {**text, "addressees": [name]} if name in text.get("addressees", ()) else text


def _form(text: letter.Letter) -> Mapping[str, Any]:
    found: Mapping[str, Any] = text.get("form") or {}
    return found
