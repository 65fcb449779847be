"""What a form shows beside its fields: the original, the plan, the letter, the passage that the step is bound to."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from suggestions.documents import store
from suggestions.documents.rendering import Block, render_docx
from suggestions.documents.rendering import Kind as BlockKind
from suggestions.documents.safety import MediaType
from suggestions.domain import letter, limits, shown
from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.labels import REPLY_TERMS
from suggestions.domain.lifecycle import Binding, Step
from suggestions.models import File
from suggestions.models.facts import Case
from suggestions.queries import letter_view
from suggestions.usecases.choices import NO_CO_UNIT, options


@dataclass(frozen=True)
class Paper:
    """One file of the original as it is read in the page."""

    name: str
    url: str
    sha256: str
    is_opened: bool
    is_image: bool
    is_pdf: bool
    blocks: list[dict[str, Any]]


_KINDS = {
    BlockKind.HEADING: "heading",
    BlockKind.TABLE: "table",
    BlockKind.IMAGE: "image",
    BlockKind.LIST_ITEM: "item",
}


def _block(block: Block) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "kind": _KINDS.get(block.kind, "paragraph"),
        "align": block.align,
        "level": block.level,
        "text": block.number + block.text,
        "runs": [
            {"text": run.text, "bold": run.is_bold, "italic": run.is_italic, "underline": run.is_underlined}
            for run in block.runs
        ]
        if not block.number
        else [],
        "rows": [["\n".join(b.text for b in cell.blocks) for cell in row] for row in block.rows],
    }
    if block.image:
        data = base64.b64encode(block.image.data).decode("ascii")
        drawn["src"] = f"data:{block.image.media_type};base64,{data}"
    return drawn


def blocks_of(file: File) -> list[dict[str, Any]]:
    """A Word file as blocks for the page; nothing for another kind of file."""
    if file.media_type != MediaType.DOCX:
        return []
    return [_block(block) for block in render_docx(store.read(file.sha256), file.name)]


def papers(case: Case, facts: Facts) -> Iterator[Paper]:
    """Every file of the original, each with whether this person opened it."""
    opened = facts.story.opened_files(facts.actor.person_id)
    for file in case.files:
        if file.is_original:
            yield Paper(
                name=file.name,
                url=url_for("files.file", id=file.id),
                sha256=file.sha256,
                is_opened=file.sha256 in opened,
                is_image=file.media_type.startswith("image/"),
                is_pdf=file.media_type == MediaType.PDF,
                blocks=blocks_of(file),
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
        "story": facts.story,
        "rulebook": facts.rulebook,
    }
    if step.binds is Binding.ORIGINAL:
        context |= {
            "papers": list(papers(case, facts)),
            "redo_reason": shown.redo_reason(facts) if handling and handling.round > 1 else "",
        }
    if step.binds is Binding.PLAN and facts.story.plan:
        context["plan"] = facts.story.plan
        context["plan_units"] = _plan_units(facts)
    if step.binds is Binding.REPLY or step.action in (Action.SUBMIT_REPLY, Action.DISPATCH, Action.RETURN_REPLY):
        context |= _letter(case, facts)
    if facts.co is not None:
        context |= {"opinion": facts.co.opinion, "question": case.co_handling(facts.co.id).question}
    if step.binds is Binding.PASSAGE:
        context["passage"] = shown.content(Binding.PASSAGE, facts)
    if step.action is Action.REQUEST_RETURN:
        context["return_due"] = limits.return_due(facts.of_handling, facts.rulebook, facts.calendar)
    if step.action in (Action.RATE, Action.CORRECT_RATING):
        context |= _rating(facts)
    if step.action is Action.DRAFT_REPLY:
        context["opinions"] = [co for co in facts.co_handlings if co.opinion]
        context["unaccounted"] = _unaccounted(facts)
    return context


def _unaccounted(facts: Facts) -> list[str]:
    standing = facts.story.letter(facts.of_handling.round)
    return [] if standing is None else letter.unaccounted_sentences(standing, facts.promises)


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
    return {"answers": answers, "promised": promised, "needs_reason": needs}
