"""Freshness: whether the person saw the newest, and if not, who acted first and what changed."""

from datetime import datetime

from suggestions import clock
from suggestions.domain import lifecycle, shown
from suggestions.domain.actions import Action
from suggestions.domain.errors import NotNow, Stale
from suggestions.domain.facts import Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.lifecycle import Step
from suggestions.domain.states import Life
from suggestions.usecases.judging import state_of


def _current(life: Life, facts: Facts) -> int:
    return {
        Life.SUGGESTION: facts.of_suggestion.version,
        Life.HANDLING: facts.handling.version if facts.handling else 0,
        Life.CO_HANDLING: facts.co.version if facts.co else 0,
    }[life]


def _changes_since(life: Life, facts: Facts, version: int | None) -> list[str]:
    """Who did what to the row since the version that the person saw; empty when it is the newest."""
    current = _current(life, facts)
    if version is None or version == current:
        return []
    own = [e for e in facts.story.events if not e.is_evidence and e.co_handling_id == (facts.co and facts.co.id)]
    since = own[version - current :] if 0 <= version < current else own[-1:]
    return [f"{_said_at(e.at)} {e.unit_name}{e.actor_name}：{ACTIONS[e.action]}" for e in since]


def _said_at(at: datetime) -> str:
    here = at.astimezone(clock.CHINA)
    return f"{here.month}月{here.day}日 {here:%H:%M}"


def row_for_now(life: Life, action: Action, facts: Facts, version: int | None) -> Step:
    """The row that applies now; when it no longer does, whoever was slower is told who acted."""
    try:
        return lifecycle.row_for(life, action, state_of(facts, life), facts)
    except NotNow as refusal:
        if version is not None and version < _current(life, facts):
            changes = _changes_since(life, facts, version)
            raise Stale(f"有人先办了一步。{refusal.message}", changes) from refusal
        raise


def refuse_stale(step: Step, facts: Facts, version: int | None, content_hash: str | None) -> None:
    """Raise Stale when the row or the content is not what the person saw."""
    if version is not None and version != _current(step.life, facts):
        raise Stale(
            "有人先办了一步，您看到的不是最新的。您写的字还在，请看过变动后再办。",
            _changes_since(step.life, facts, version),
        )
    if step.binds is None:
        return
    expected = shown.content_hash(step.binds, facts)
    if content_hash is None or content_hash != expected:
        raise Stale("内容变了，或者不是您看到的那一稿，所以没有记下。请重新看过再办。")
