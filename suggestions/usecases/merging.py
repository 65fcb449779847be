"""Merging: one suggestion goes along with another; both records say so, in one transaction."""

from suggestions.domain import lifecycle
from suggestions.domain.actions import Action
from suggestions.domain.errors import NotNow
from suggestions.domain.facts import SYSTEM
from suggestions.domain.states import HandlingState, Life, SuggestionState, span
from suggestions.extensions import db
from suggestions.models import Suggestion
from suggestions.models.case import Case, load_case
from suggestions.usecases import outbox, record
from suggestions.usecases.taking import Taking

_UNSIGNED = frozenset(span(HandlingState.ASSIGNED, HandlingState.IN_PROGRESS))


def merge(taking: Taking) -> None:
    """Go along with another suggestion; it must still be open when its row is held, and its reply not submitted."""
    into = load_case(db.session(), int(taking.fields["into"]), is_locked=True)
    if into.suggestion.state not in (SuggestionState.SUBMITTED, SuggestionState.ASSIGNED) or _is_late(into):
        raise NotNow("还不能并案：", ["要并入的那一件已经报签、答复或者结束；请看过以后另选。"])
    taking.suggestion.merged_into_id = into.suggestion.id
    taking.payload |= {"into_number": into.suggestion.number_text, "into_title": into.suggestion.title}
    taking.after.append(lambda _event: _note(into, taking.suggestion, is_merged=True))


def unmerge(taking: Taking) -> None:
    """Stand alone again, as long as no reply that names its deputy was submitted."""
    assert taking.suggestion.merged_into_id is not None
    into = load_case(db.session(), taking.suggestion.merged_into_id, is_locked=True)
    if _is_late(into):
        raise NotNow("还不能取消并案：", ["复函已经报签或者发出，里面写着本件的领衔代表。"])
    if into.suggestion.state is SuggestionState.WITHDRAWN and len(into.merged) == 1:
        raise NotNow("还不能取消并案：", ["那一件的领衔代表已经撤回，承办单位现在只为本件办理。"])
    taking.suggestion.merged_into_id = None
    taking.payload |= {"into_number": into.suggestion.number_text, "into_title": into.suggestion.title}
    taking.after.append(lambda _event: _note(into, taking.suggestion, is_merged=False))


def _is_late(case: Case) -> bool:
    return any(handling.state not in _UNSIGNED for handling in case.handlings)


def _note(into: Case, other: Suggestion, *, is_merged: bool) -> None:
    """Say in the record of the other case who came or went: from now on it counts for its reply and its rating."""
    into.suggestion.version += 1
    event = record.add_to_case(
        into.suggestion,
        record.Entry(
            life=Life.SUGGESTION,
            action=Action.NOTE_MERGER,
            actor=SYSTEM,
            payload={"suggestion": other.id, "is_merged": is_merged},
            from_state=into.suggestion.state,
            to_state=into.suggestion.state,
        ),
        not_before=into.events[-1].at if into.events else None,
    )
    step = lifecycle.rows(Life.SUGGESTION, Action.NOTE_MERGER)[0]
    people = outbox.recipients(step.tells, into, None, None, event)
    did = "并入" if is_merged else "不再并入"
    text = f"{into.suggestion.number_text}《{into.suggestion.title}》：《{other.title}》{did}本件。"
    outbox.tell(people, event, text=text, address=f"/suggestions/{into.suggestion.id}")
