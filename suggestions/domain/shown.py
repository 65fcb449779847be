"""What was on the screen, as a hash: a step that is bound to content counts only for exactly this."""

from typing import Any

from suggestions.domain import letter, publication
from suggestions.domain.canonical import digest
from suggestions.domain.facts import Facts
from suggestions.domain.lifecycle.step import Binding


def original(facts: Facts) -> dict[str, Any]:
    """The original as the deputies wrote it with its files; from round 2 also the deputy's reason."""
    suggestion = facts.of_suggestion
    content: dict[str, Any] = {
        "title": suggestion.title,
        "content": suggestion.content,
        "files": [file.sha256 for file in suggestion.files],
    }
    if suggestion.merged:
        content["merged"] = [{"title": other.title, "content": other.content} for other in suggestion.merged]
    if facts.of_handling.round > 1:
        content["reason"] = redo_reason(facts)
    return content


def redo_reason(facts: Facts) -> str:
    """Why the deputies were not satisfied with the round before this one, as a whole and request by request."""
    lines: list[str] = []
    for rating in facts.story.ratings(facts.of_handling.round - 1):
        said = rating.payload
        lines += [str(said["reason"])] if said.get("reason") else []
        lines += [f"第{row['request_no']}条：{row['reason']}" for row in said.get("scores", ()) if row.get("reason")]
    return "\n".join(lines)


def reply(facts: Facts) -> dict[str, Any] | None:
    """The letter that stands, with the acting director's own edits where there are any."""
    standing = facts.story.letter(facts.of_handling.round)
    if standing is None:
        return None
    return letter.with_edits(standing, facts.words or {})


def content(binding: Binding, facts: Facts) -> Any:
    """What a step of this binding is bound to, as plain data; None when there is nothing to show yet."""
    match binding:
        case Binding.ORIGINAL:
            return original(facts)
        case Binding.PLAN:
            return None if facts.story.plan is None else dict(facts.story.plan.payload)
        case Binding.REPLY:
            return reply(facts)
        case Binding.PUBLIC:
            return publication.content(facts.story)
        case Binding.RECORD:
            return {"handling": facts.of_handling.id, "round": facts.of_handling.round, "head": facts.story.head}
        case Binding.PASSAGE:
            standing = facts.story.letter(facts.of_handling.round)
            return None if standing is None else letter.passage_of(standing, facts.of_co.id)


def content_hash(binding: Binding, facts: Facts) -> str:
    """The hash that the form carries and the step is checked against; empty when there is nothing to show."""
    shown = content(binding, facts)
    return "" if shown is None else digest(shown)
