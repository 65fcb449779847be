"""What is shown of a case of a past year: its reply, its rating, its promises as they were noted when it came in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.models import Suggestion
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look, moment_text
from suggestions.queries.original import Block
from suggestions.queries.papers import Paper

_GIST = 120


def noted(facts: Facts) -> Mapping[str, Any] | None:
    """What was noted of the handling when it was imported; None of a case that was handled here."""
    kept = facts.story.last(Action.KEEP_PAST)
    return None if kept is None else kept.payload


def session_of(suggestion: Suggestion | Row[Any]) -> str:
    """The session as a list has room for it: 十九届五次 is 19届5次."""
    between = "闭会" if suggestion.series == "between" else ""
    return f"{suggestion.term}届{suggestion.session}次{between}"


def tags_of(suggestion: Suggestion) -> tuple[str, ...]:
    """That the case is one of a past year, and of which session."""
    return "往年件", session_of(suggestion)


def waiting_of(look: Look) -> str:
    """What a case of a past year still waits for."""
    still_open = sum(1 for promise in look.facts.promises if promise.is_open)
    if not still_open:
        return "往年件，已经存档，没有要办的。"
    who = look.handling.handler.name if look.handling.handler else "承办人（还没有指定）"
    return f"往年件，还有{still_open}项承诺没有兑现，现在等{who}。"


def reply_paper(look: Look, note: Mapping[str, Any]) -> Paper:
    """The reply as it was noted, with its file where one came along."""
    on = date.fromisoformat(note["replied_on"]) if note["replied_on"] else None
    links = [("看全文", look.url("cases.letter", id=look.handling.id))] if note["reply"] else []
    digests = [str(file["sha256"]) for file in note["files"]]
    links += [(file.name, look.url("files.file", id=file.id)) for file in look.files(digests)]
    text = " ".join(note["reply"].split())
    return Paper(
        head=note["document_number"] or "往年复函",
        line=f"{spoken(on, look.today)}发出" if on else "发出日期没有记录",
        tag=f"{note['result_class']}类" if note["result_class"] else "没有分类",
        links=tuple(links),
        paragraphs=(text if len(text) <= _GIST else f"{text[: _GIST - 1]}…",) if text else (),
    )


def rating_paper(look: Look, note: Mapping[str, Any]) -> Paper:
    """The rating as the list had it: who entered it there is not known here."""
    kept = look.facts.story.last(Action.KEEP_PAST)
    line = f"{moment_text(kept.at, look.today)}随往年件清单导入" if kept else ""
    return Paper("当年的评价", line, tag=note["rating"] or "未评")


def kept_promises(look: Look) -> str:
    """How many promises of the reply had been kept before it came here; empty when none had."""
    note = noted(look.facts)
    kept = [promise for promise in note["promises"] if promise["is_kept"]] if note else []
    return f"另有{len(kept)}项导入时已经完成" if kept else ""


def rows_for_deputy(look: Look) -> Iterator[tuple[str, str, str]]:
    """Where a case of a past year stands, for its deputy: how it was answered, and what was promised."""
    note = noted(look.facts)
    assert note is not None
    if note["replied_on"]:
        on = spoken(date.fromisoformat(note["replied_on"]), look.today)
        yield "当年答复", note["document_number"] or "没有文号", f"{on}，{look.handling.unit.name}"
    if note["rating"]:
        yield "当年评价", note["rating"], ""
    promises = sorted((p for p in look.facts.promises if p.is_open), key=lambda p: p.due_on)
    for promise in promises:
        yield "说好的事", promise.measure, f"{spoken(promise.due_on, look.today)}前，{promise.owner}负责"


@dataclass(frozen=True)
class PastReply:
    """The reply of a past year as it was noted: never dressed up as the letter that went out."""

    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]


def past_reply(look: Look) -> PastReply | None:
    """The words of the reply; None of a case that was handled here, or when only a file of it was kept."""
    note = noted(look.facts)
    if note is None or not note["reply"]:
        return None
    on = date.fromisoformat(note["replied_on"]) if note["replied_on"] else None
    facts = (
        ("单位", str(note["unit"])),
        ("文号", note["document_number"] or "没有记录"),
        ("日期", spoken(on, look.today) if on else "没有记录"),
        ("结果类别", f"{note['result_class']}类" if note["result_class"] else "没有分类"),
    )
    return PastReply(facts, tuple(Block(line.strip()) for line in note["reply"].splitlines() if line.strip()))
