"""Whether a person may open a file of a case: originals with the case, all else as far as their sight goes."""

from sqlalchemy.orm import Session

from suggestions.domain.actions import Action
from suggestions.domain.errors import Missing
from suggestions.domain.sight import Sight
from suggestions.domain.states import Life
from suggestions.models import File
from suggestions.models.case import load_case
from suggestions.queries.looking import Look, Reader, look_from

_OF_THE_WORK = frozenset({Sight.UNIT, Sight.OFFICE, Sight.INSPECTOR, Sight.AUDIT})


def file_for(session: Session, id: int, reader: Reader) -> File:
    """The file, for who may open it; Missing for everybody else.

    A file of the work, and one of a supervision report, is seen by its unit and by who watches over it; by the
    deputies only as proof of a kept promise. The scan of what a deputy wrote is seen by the deputies office alone,
    and by who audits.
    """
    file = session.get(File, id)
    if file is None:
        raise Missing
    case = load_case(session, file.suggestion_id)
    life, id = (Life.SUGGESTION, file.suggestion_id) if file.handling_id is None else (Life.HANDLING, file.handling_id)
    if not _is_open(look_from(session, case, life, id, reader), file):
        raise Missing
    return file


def files_for(look: Look) -> tuple[File, ...]:
    """Every file of the suggestion and of this handling that this person may open, in the order in which they came."""
    here = (None, look.handling.id)
    return tuple(file for file in look.case.files if file.handling_id in here and _is_open(look, file))


def _is_open(look: Look, file: File) -> bool:
    """Whether a file of what is looked at may be opened."""
    if file.handling_id is None:
        is_shown = file.is_original or (look.sight in _OF_THE_WORK and _is_of_report(look, file))
        return is_shown or look.sight in (Sight.OFFICE, Sight.AUDIT)
    work = (Sight.OFFICE, Sight.AUDIT) if _is_deputys_paper(look, file) else _OF_THE_WORK
    return look.sight in work or (look.sight is Sight.DEPUTY and _is_proof(look, file))


def _is_of_report(look: Look, file: File) -> bool:
    """Whether the file belongs to a report on the supervision of a key item."""
    reports = look.case.story(None).all(Action.REPORT_SUPERVISION)
    return any(shown["sha256"] == file.sha256 for past in reports for shown in past.payload["files"])


def _is_deputys_paper(look: Look, file: File) -> bool:
    """Whether the file is the scan of what a deputy wrote: the rating on it may be sealed."""
    entered = look.facts.story.all(Action.ENTER_ON_PAPER)
    return any(kept["id"] == file.id for past in entered for kept in past.payload["files"])


def _is_proof(look: Look, file: File) -> bool:
    """Whether the file proves a kept promise, or is the reply of a past year, which its deputies have had."""
    kept = look.facts.story.all(Action.FULFIL_PROMISE, Action.REPORT_PROMISE, Action.KEEP_PAST)
    return any(shown["sha256"] == file.sha256 for past in kept for shown in past.payload.get("files", ()))
