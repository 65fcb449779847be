"""Which papers of a case stand beside a step's form, and which one a step makes."""

from collections.abc import Mapping

from flask import url_for

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.sight import Sight, sight
from suggestions.models.case import Case
from suggestions.queries.case_papers import PaperLine, entries_of, line_of
from suggestions.queries.case_papers.entry import Kind
from suggestions.queries.looking import Look

_BESIDE: Mapping[Action, tuple[Kind, ...]] = {
    Action.SUBMIT_PLAN: (Kind.READING_SLIP,),
    Action.APPROVE_PLAN: (Kind.READING_SLIP, Kind.PLAN),
    Action.RETURN_PLAN: (Kind.PLAN,),
    Action.ANSWER_URGING: (Kind.URGING_SLIP,),
    Action.GRANT_RETURN: (Kind.RETURN_REQUEST,),
    Action.REFUSE_RETURN: (Kind.RETURN_REQUEST,),
    Action.GRANT_EXTENSION: (Kind.EXTENSION_REQUEST, Kind.EXPLANATION),
    Action.REFUSE_EXTENSION: (Kind.EXTENSION_REQUEST, Kind.EXPLANATION),
    Action.ACCEPT_CO_OPINION: (Kind.CO_OPINION,),
    Action.RELEASE_CO_OPINION: (Kind.CO_OPINION,),
    Action.DISPATCH: (Kind.HANDLING_SLIP,),
    Action.ENDORSE: (Kind.PUBLIC_VERSION,),
    Action.PUBLISH: (Kind.PUBLIC_VERSION,),
    Action.WITHHOLD: (Kind.PUBLIC_VERSION,),
    Action.CLOSE: (Kind.HANDLING_SLIP, Kind.FIVE_PROOFS),
}
_MAKES: Mapping[Action, Kind] = {
    Action.READ_ORIGINAL: Kind.READING_SLIP,
    Action.SUBMIT_PLAN: Kind.PLAN,
    Action.APPROVE_PLAN: Kind.PLAN,
    Action.RECORD_CONTACT: Kind.CONTACTS,
    Action.URGE: Kind.URGING_SLIP,
    Action.SUPERVISE: Kind.URGING_SLIP,
    Action.REQUEST_RETURN: Kind.RETURN_REQUEST,
    Action.REQUEST_EXTENSION: Kind.EXPLANATION,
    Action.RELEASE_CO_OPINION: Kind.CO_OPINION,
    Action.DISPATCH: Kind.RECEIPT,
    Action.DRAFT_PUBLIC_TEXT: Kind.PUBLIC_VERSION,
    Action.REPORT_PROMISE: Kind.PROMISE_REPORT,
    Action.CLOSE: Kind.FIVE_PROOFS,
}


def papers_beside(action: Action, case: Case, facts: Facts) -> tuple[PaperLine, ...]:
    """The papers that one would have in hand while taking a step."""
    return _lines(_BESIDE.get(action, ()), case, facts)


def paper_made(action: Action, case: Case, facts: Facts) -> PaperLine | None:
    """The paper that a step has just made, as the person who took it may see it."""
    made = _lines((_MAKES[action],), case, facts) if action in _MAKES else ()
    return made[-1] if made else None


def _lines(kinds: tuple[Kind, ...], case: Case, facts: Facts) -> tuple[PaperLine, ...]:
    seen = sight(facts)
    if not kinds or facts.handling is None or seen is Sight.NOTHING:
        return ()
    look = Look(case, facts, seen, url_for)
    return tuple(line_of(look, entry) for entry in entries_of(look) if entry.kind in kinds)
