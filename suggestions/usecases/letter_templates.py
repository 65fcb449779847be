"""Acts of office on letters: a unit words its own letterhead, closing, contact line, number series and copies."""

from collections.abc import Mapping

from sqlalchemy import select

from suggestions import clock
from suggestions.domain import letter_form
from suggestions.domain.errors import Invalid, NotAllowed, Stale
from suggestions.domain.facts import Actor
from suggestions.domain.fields import plain
from suggestions.domain.letter_form import LetterForm
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import LetterTemplate, Unit
from suggestions.models.letter_template import form_of
from suggestions.usecases.office import note
from suggestions.usecases.transaction import use_case

_LONGEST = {"letterhead": 40, "series": 40, "closing": 400, "contact": 200, "copies": 200}
_LABELS = {
    "letterhead": "发文机关标志",
    "series": "发文机关代字",
    "closing": "结尾用语",
    "contact": "联系行",
    "copies": "抄送",
}


def cleaned(words: Mapping[str, str]) -> LetterForm:
    """An office's words in their stored spelling, as a form without number; Invalid names every fault by field."""
    faults: dict[str, str] = {}
    said: dict[str, str] = {}
    for name, longest in _LONGEST.items():
        try:
            said[name] = plain(words.get(name, "")).replace("\n", "")
        except ValueError as fault:
            said[name], faults[name] = "", f"{_LABELS[name]}{fault}。"
        if len(said[name]) > longest:
            faults[name] = f"{_LABELS[name]}太长，最多{longest}个字，现在{len(said[name])}个。"
    faults = letter_form.faults(said) | faults
    if faults:
        raise Invalid("还没有存。", faults)
    return LetterForm(
        letterhead=said["letterhead"],
        series=said["series"],
        closing=said["closing"],
        contact=said["contact"],
        copies=said["copies"],
    )


@use_case
def set_letter_template(words: Mapping[str, str], *, seen_version: int, by: Actor) -> LetterTemplate:
    """Add the next version of the clerk's own unit's template; Stale when somebody added one meanwhile.

    NotAllowed for anybody but a clerk of a unit; Invalid when a word cannot stand, or when nothing was changed.
    """
    if by.role is not Role.CLERK or by.unit_id is None:
        raise NotAllowed("信函模板由本单位的局办公室来定。")
    form = cleaned(words)
    db.session.execute(select(Unit.id).where(Unit.id == by.unit_id).with_for_update())
    standing = form_of(db.session(), by.unit_id)
    if standing.version != seen_version:
        raise Stale("有人刚刚改过信函模板，您的这一版没有存；请看过以后再改。")
    if standing.words() == form.words():
        raise Invalid("没有改动，没有存新的一版。")
    template = LetterTemplate(
        unit_id=by.unit_id,
        version=standing.version + 1,
        **form.words(),
        made_by_id=by.person_id,
        made_at=clock.now(),
    )
    db.session.add(template)
    note("set_letter_template", by, unit=by.unit_id, version=template.version, **form.words())
    return template
