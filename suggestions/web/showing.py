"""What a form shows beside its fields: the original, the plan, the letter, the passage that the step is bound to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from suggestions.documents.safety import MediaType
from suggestions.domain import letter, limits, publication, shown
from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.labels import ACTIONS, REPLY_TERMS
from suggestions.domain.lifecycle import Binding, Stage, Step
from suggestions.domain.story import Past
from suggestions.models import Handling
from suggestions.models.case import Case
from suggestions.queries import letter_view
from suggestions.queries.desks.posts import vacancies
from suggestions.queries.public_version import warnings_on
from suggestions.queries.rehandling import rehandling_of
from suggestions.usecases.choices import NO_CO_UNIT, options
from suggestions.web import decision_shown, paper_shown
from suggestions.web.pages import leaves
from suggestions.web.papers_shown import papers_beside


@dataclass(frozen=True)
class Paper:
    """One file of the original as it is read in the page."""

    name: str
    url: str
    sha256: str
    is_opened: bool
    is_pdf: bool
    blocks: list[dict[str, Any]]
    texts: tuple[str, ...]
    pages: list[str]


def papers(case: Case, facts: Facts) -> Iterator[Paper]:
    """Every file of the original, each with whether this person opened it."""
    opened = facts.story.opened_files(facts.actor.person_id, facts.of_handling.round)
    for file in case.files:
        if file.is_original:
            shown_here = leaves(file.sha256, file.name)
            yield Paper(
                name=file.name,
                url=url_for("files.file", id=file.id),
                sha256=file.sha256,
                is_opened=file.sha256 in opened,
                is_pdf=file.media_type == MediaType.PDF,
                blocks=shown_here.blocks,
                texts=shown_here.texts,
                pages=[url_for("files.page", id=file.id, page=at) for at in range(1, shown_here.pages + 1)],
            )


def drafted(facts: Facts) -> dict[str, str]:
    """The texts of the drafted letter, by the name of their edit field."""
    standing = facts.story.letter(facts.of_handling.round)
    return {} if standing is None else letter.edited_fields(standing)


def editable(facts: Facts) -> dict[str, str]:
    """The texts of the letter with the director's own edits so far."""
    standing = shown.reply(facts)
    return {} if standing is None else letter.edited_fields(standing)


def edit_rows(facts: Facts) -> list[dict[str, str]]:
    """The texts that can be edited, each with what it is and what was drafted."""
    before = drafted(facts)
    labels = {"opening": "开头", "closing": "结尾"}
    return [
        {
            "name": name,
            "label": labels.get(name, f"第{name.removeprefix('answer_')}条答复"),
            "text": text,
            "drafted": before[name],
        }
        for name, text in editable(facts).items()
    ]


def _letter(case: Case, facts: Facts) -> dict[str, Any]:
    standing = shown.reply(facts)
    if standing is None:
        return {"letter": None}
    edits = [name for name, text in editable(facts).items() if text != drafted(facts)[name]]
    return {
        "letter": letter_view.letter_of(case, facts),
        "edits": edits,
        "found_promises": letter.promising_sentences(standing),
    }


def beside(step: Step, case: Case, facts: Facts) -> dict[str, Any]:
    """What the page of this row shows beside its form."""
    suggestion = case.suggestion
    handling = case.handling(facts.handling.id) if facts.handling else None
    context: dict[str, Any] = {
        "suggestion": suggestion,
        "number": handling.number_text if handling else suggestion.number_text,
        "lead": suggestion.lead,
        "handling": handling,
        "requests": list(facts.story.requests),
        "reply_term": REPLY_TERMS.get(handling.reply_term, "") if handling else "",
        "promises": facts.promises,
        "returned": _returned(step, facts),
        "story": facts.story,
        "rulebook": facts.rulebook,
        "replies": rehandling_of(facts) if step.action in _AFTER_A_SECOND_REPLY else None,
    }
    if step.binds is Binding.ORIGINAL:
        context |= {
            "papers": list(papers(case, facts)),
            "merged": case.merged,
            "redo_reason": shown.redo_reason(facts) if handling and handling.round > 1 else "",
            "redo_order": _reason_of(facts, Action.ORDER_REDO),
        }
    context["papers_beside"] = papers_beside(step.action, case, facts)
    if step.binds is Binding.RECORD:
        context["recent"] = _recent(facts)
    if (step.binds is Binding.PLAN or step.action is Action.RETURN_PLAN) and facts.story.plan:
        context["plan"] = facts.story.plan
        context["plan_units"] = _plan_units(facts)
    if step.binds is Binding.REPLY or step.action in _ON_THE_LETTER:
        context |= _letter(case, facts)
    if facts.co is not None:
        context |= {"opinion": facts.co.opinion, "question": case.co_handling(facts.co.id).question}
    if step.binds is Binding.PASSAGE:
        context["passage"] = shown.content(Binding.PASSAGE, facts)
    for shows in (_BESIDE.get(step.action), decision_shown.SHOWN.get(step.action)):
        context |= shows(facts) if shows else {}
    if step.binds is Binding.PUBLIC:
        context["public_text"] = shown.content(Binding.PUBLIC, facts)
    if step.stage is Stage.PUBLICATION and handling:
        context |= _public(case, facts, handling)
    return context


def _public(case: Case, facts: Facts, handling: Handling) -> dict[str, Any]:
    """What the public text is warned of, and where it stands beside its letter."""
    standing, drafted = publication.sent_letter(facts.story), publication.drafted(facts.story)
    if standing is None:
        return {}
    text = str(drafted.payload["text"]) if drafted else publication.default_text(standing[1])
    suggestions = (case.suggestion, *case.merged)
    return {
        "warnings": warnings_on(text, standing[1], handling.unit.phone, suggestions),
        "version_url": url_for("published.version", id=handling.id),
    }


_ON_THE_LETTER = (
    Action.SUBMIT_REPLY,
    Action.RETURN_REPLY,
    Action.VOID_SIGNATURE,
    Action.DISPATCH,
    Action.CORRECT_REPLY,
)
"""Steps that are bound to no letter and yet are about one."""
_AFTER_A_SECOND_REPLY = (
    Action.ENDORSE,
    Action.SIGN_REPLY,
    Action.RETURN_REPLY,
    Action.RATE,
    Action.CORRECT_RATING,
    Action.CONCLUDE_DISPUTE,
)
"""Steps before which whoever takes them reads what changed from the first reply to the second."""
_RETURNS = {
    Action.SUBMIT_PLAN: (Action.RETURN_PLAN,),
    Action.DRAFT_REPLY: (Action.RETURN_REPLY, Action.REFUSE_ENDORSEMENT),
    Action.GIVE_CO_OPINION: (Action.RETURN_CO_OPINION, Action.SEND_BACK_CO_OPINION),
    Action.REVISE: (Action.RETURN_FOR_REVISION,),
}


def _returned(step: Step, facts: Facts) -> Past | None:
    """Why the work came back to this form, when it did after the last time that it was sent."""
    found = facts.story.last(step.action, *_RETURNS.get(step.action, ()))
    return found if found is not None and found.action is not step.action else None


def _reason_of(facts: Facts, action: Action) -> str:
    found = facts.story.last(action)
    return "" if found is None else str(found.payload.get("reason", ""))


def _recent(facts: Facts) -> list[dict[str, str]]:
    """What happened lately, newest first: what a director has before the eyes when pressing or coordinating."""
    said = ("progress", "agreed", "asked", "answer", "opinion", "demand", "hardest", "reason", "remark")
    kept = [e for e in facts.story.events if any(e.payload.get(name) for name in said)]
    return [
        {
            "on": f"{e.on.month}月{e.on.day}日",
            "who": f"{e.unit_name}{e.actor_name}",
            "label": ACTIONS[e.action],
            "text": next(str(e.payload[name]) for name in said if e.payload.get(name)),
        }
        for e in reversed(kept[-8:])
        if e.action not in (Action.RATE, Action.CORRECT_RATING, Action.COMMENT)
    ]


def _unaccounted(facts: Facts) -> list[str]:
    standing = facts.story.letter(facts.of_handling.round)
    return [] if standing is None else letter.unaccounted_sentences(standing, facts.promises)


def _drafting(facts: Facts) -> dict[str, Any]:
    return {"opinions": [co for co in facts.co_handlings if co.opinion], "unaccounted": _unaccounted(facts)}


def _vacancies(source: str, facts: Facts) -> dict[str, Any]:
    """Which of the units that can be chosen lack a needed post today: a warning, not a refusal."""
    return {"warnings": vacancies(facts.today, [int(code) for code, _ in options(source, facts)])}


def _plan_units(facts: Facts) -> list[str]:
    plan = facts.story.plan
    names = dict(options("plan_co_units", facts))
    return [names.get(code, code) for code in (plan.payload["co_units"] if plan else []) if code != NO_CO_UNIT]


def _rating(facts: Facts) -> dict[str, Any]:
    standing = facts.story.letter(facts.of_handling.round) or {"answers": []}
    answers = {str(a["request_no"]): a["text"] for a in standing["answers"]}
    promised: dict[str, list[str]] = {}
    for p in facts.promises:
        text = f"{p.due_on.year}年{p.due_on.month}月{p.due_on.day}日前，{p.measure}。责任人：{p.owner}。"
        promised.setdefault(str(p.request_no), []).append(text)
    needs = {code: rating.needs_reason for code, rating in facts.rulebook.ratings.items()}
    objects = [str(rated) for rated in facts.rulebook.reasons_asked_for]
    return {"answers": answers, "promised": promised, "needs_reason": needs, "reason_objects": objects}


_BESIDE: Mapping[Action, Callable[[Facts], dict[str, Any]]] = {
    Action.ASSIGN: lambda facts: _vacancies("units", facts),
    Action.ADD_UNIT: lambda facts: _vacancies("any_units", facts),
    Action.REASSIGN: lambda facts: _vacancies("next_units", facts),
    Action.GRANT_RETURN: lambda facts: _vacancies("next_units", facts),
    Action.TRANSFER: lambda facts: _vacancies("next_units", facts),
    Action.REQUEST_RETURN: lambda facts: {
        "return_due": limits.return_due(facts.of_handling, facts.rulebook, facts.calendar)
    },
    Action.DRAFT_REPLY: _drafting,
    Action.RATE: _rating,
    Action.CORRECT_RATING: _rating,
    Action.ENTER_ON_PAPER: lambda facts: {"paper_actions": options("paper_actions", facts)},
    Action.CONFIRM_ON_PAPER: lambda facts: {"entries": list(paper_shown.entries(facts))},
}
"""What single actions show, beside what their content asks for."""
