"""What became of a promise, in a line for each step: kept, changed, reported, rated, released."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.story import Past
from suggestions.queries.lights import spoken


def became(past: Past, today: date) -> str:
    """One step on a promise as it is read: the day, who signed a change, what it was before."""
    return f"{spoken(past.on, today)}{BECAME[past.action](past, today)}"


def _day(text: str, today: date) -> str:
    return spoken(date.fromisoformat(text), today)


def _changed(past: Past, today: date) -> str:
    words, before = past.payload, past.payload["before"]
    what = f"，原来写的是“{before['measure']}”" if before["measure"] != words["measure"] else ""
    dates = f"由{_day(before['due_on'], today)}改到{_day(words['due_on'], today)}"
    return f"{past.actor_name}批准变更：{dates}{what}；{words['reason']}"


def _reported(past: Past, today: date) -> str:
    until = _day(past.payload["rating_due_on"], today)
    return f"报告落实情况（{past.payload['document_number']}），请代表在{until}前评价"


def _rated(past: Past, _today: date) -> str:
    words: Mapping[str, Any] = past.payload
    late = "（迟到的评价）" if words["is_late"] else ""
    again = "；重新打开" if words["is_reopened"] else ""
    reason = f"：{words['reason']}" if words.get("reason") else ""
    return f"代表评价{words['label']}{late}{reason}{again}"


BECAME: Mapping[Action, Callable[[Past, date], str]] = {
    Action.FULFIL_PROMISE: lambda past, _today: f"兑现：{past.payload['proof']}",
    Action.CHANGE_PROMISE: _changed,
    Action.REPORT_PROMISE: _reported,
    Action.RATE_PROMISE: _rated,
    Action.RELEASE_PROMISE: lambda past, _today: f"局长申请终止：{past.payload['ground']}",
    Action.REFUSE_RELEASE: lambda past, _today: f"人代工委不同意终止：{past.payload['reason']}",
    Action.AGREE_RELEASE: lambda past, _today: f"人代工委同意终止：{past.payload['opinion']}",
}
"""The steps on a promise that its ledger tells."""
