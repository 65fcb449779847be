"""What a form knows before anybody writes: the requests as the document has them, a row for each, a usual opening."""

from collections.abc import Callable, Mapping
from typing import Any

from suggestions.domain import letter, numbering, publication
from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.lifecycle import Step
from suggestions.domain.states import CoState
from suggestions.extensions import db
from suggestions.models.case import Case
from suggestions.models.letter_template import form_of, numbers_of

Values = dict[str, Any]


def _revise(case: Case, _facts: Facts) -> Values:
    row = case.suggestion
    return {"title": row.title, "content": row.content, "category": row.category}


def _assign(_case: Case, facts: Facts) -> Values:
    return {"series": "between", "reply_term": "ordinary", "publication": facts.rulebook.default_publication}


def _split_requests(case: Case, facts: Facts) -> Values:
    texts = facts.story.requests or case.suggestion.asked
    return {"requests": [{"text": text} for text in texts] or [{}]}


def _submit_plan(_case: Case, facts: Facts) -> Values:
    if facts.story.plan is not None:
        is_of_this_round = facts.story.plan.round == facts.of_handling.round
        return dict(facts.story.plan.payload) | ({} if is_of_this_round else {"co_units": []})
    numbers = range(1, len(facts.story.requests) + 1)
    named = [str(co.unit_id) for co in facts.co_handlings]
    return {"measures": [{"request_no": str(n)} for n in numbers] or [{}], "co_units": named or ["none"]}


def _draft_reply(case: Case, facts: Facts) -> Values:
    written = facts.story.newest_text
    if written is not None and written.round == facts.of_handling.round:
        return dict(written.payload["letter"])
    plural = "你们" if len(case.cosigners) else "您"
    unit_id = case.handling(facts.of_handling.id).unit_id
    who = "、".join(co.unit_name for co in facts.co_handlings if not letter.is_of_earlier_round(co, facts))
    together = f"会同{who}" if who else ""
    suggestion = facts.of_suggestion
    return {
        "opening": f"{plural}提出的《{suggestion.title}》（第{suggestion.number}号）收悉。经{together}研究，现答复如下：",
        "answers": [{"request_no": str(n)} for n in range(1, len(facts.story.requests) + 1)] or [{}],
        "passages": [
            {"co_handling": str(co.id), "text": f"{co.unit_name}意见：{co.opinion}"}
            for co in facts.co_handlings
            if co.state is CoState.ACCEPTED and not letter.is_of_earlier_round(co, facts)
        ]
        or [{}],
        "closing": form_of(db.session(), unit_id).closing_for(is_joint=len(case.cosigners) > 0),
        "publication": case.handling(facts.of_handling.id).publication or facts.rulebook.default_publication,
    }


def _dispatch(case: Case, facts: Facts) -> Values:
    unit_id = case.handling(facts.of_handling.id).unit_id
    form = form_of(db.session(), unit_id)
    signed = facts.story.letter(facts.of_handling.round)
    is_joint = signed is not None and len(signed.get("addressees", ())) > 1
    return {
        "document_number": numbering.proposed(numbers_of(db.session(), unit_id), form.series, facts.today),
        "copies": form.copies,
        "letters": "each" if is_joint else "",
    }


def _record_delivery(_case: Case, facts: Facts) -> Values:
    return {"delivered_on": facts.today.isoformat()}


def _correct_rating(_case: Case, facts: Facts) -> Values:
    own = facts.story.own_rating(facts.of_handling.round, facts.actor.person_id)
    return dict(own.payload) if own else {}


def _rate(_case: Case, facts: Facts) -> Values:
    return {"scores": [{"request_no": str(n)} for n in range(1, len(facts.story.requests) + 1)]}


def _draft_public_text(_case: Case, facts: Facts) -> Values:
    written, standing = publication.drafted(facts.story), publication.sent_letter(facts.story)
    if written is not None:
        return {"text": written.payload["text"]}
    return {"text": publication.default_text(standing[1])} if standing else {}


def _give_co_opinion(_case: Case, facts: Facts) -> Values:
    return {"opinion": facts.of_co.opinion}


def _plan_supervision(_case: Case, facts: Facts) -> Values:
    standing = facts.story.last(Action.PLAN_SUPERVISION)
    return {name: said for name, said in standing.payload.items() if name != "reason"} if standing else {}


_KNOWN: Mapping[Action, Callable[[Case, Facts], Values]] = {
    Action.REVISE: _revise,
    Action.ASSIGN: _assign,
    Action.SPLIT_REQUESTS: _split_requests,
    Action.SUBMIT_PLAN: _submit_plan,
    Action.DRAFT_REPLY: _draft_reply,
    Action.DISPATCH: _dispatch,
    Action.RECORD_DELIVERY: _record_delivery,
    Action.RATE: _rate,
    Action.CORRECT_RATING: _correct_rating,
    Action.DRAFT_PUBLIC_TEXT: _draft_public_text,
    Action.PLAN_SUPERVISION: _plan_supervision,
    Action.GIVE_CO_OPINION: _give_co_opinion,
}


def values(step: Step, case: Case, facts: Facts) -> Values:
    """What the form of a row starts with."""
    known = _KNOWN.get(step.action)
    return known(case, facts) if known else {}
