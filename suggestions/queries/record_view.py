"""The record of a case as its page shows it: who did what when, and whether the chain holds."""

from dataclasses import dataclass

from suggestions.domain import chain
from suggestions.domain.actions import Action
from suggestions.domain.labels import ACTIONS, CONTACT_FORMS
from suggestions.domain.states import Life
from suggestions.models import Event
from suggestions.queries.looking import Look, moment_text, short_hash


@dataclass(frozen=True)
class RecordRow:
    """One event."""

    number: int
    time_text: str
    who: str
    what: str
    hash: str


@dataclass(frozen=True)
class RecordView:
    """The events of a case, newest first, and what checking them found."""

    line: str
    caption: str
    rows: tuple[RecordRow, ...]
    is_sound: bool
    links: tuple[tuple[str, str], ...] = ()


def record_of(look: Look) -> RecordView:
    """The events of the suggestion and of this handling; the whole chain is checked, also what is not shown."""
    events = look.case.events
    here = (None, look.facts.handling.id if look.facts.handling else None)
    shown = [event for event in events if event.handling_id in here]
    counts: dict[Action, int] = {}
    rows = [_row(look, event, counts) for event in shown]
    fault = broken(look)
    checked = fault or "首尾相连，已核验"
    others = len(events) - len(shown)
    caption = f"另有{others}条属于别的承办单位，已一并核验" if others else "最新的在上面"
    return RecordView(f"{len(events)}条，{checked}", caption, tuple(reversed(rows)), not fault)


def broken(look: Look) -> str:
    """What is wrong with the case's chain, in a sentence; empty when it holds to its end."""
    events, suggestion = look.case.events, look.case.suggestion
    fault = chain.check(chain.Record(e.chain, e.seq, e.head(), e.salt, e.payload, e.prev, e.hash) for e in events)
    if fault is not None:
        return f"核验不通过：第{fault.seq}号记录{fault.reason}，请报告审计员"
    last = (events[-1].seq, events[-1].hash) if events else (0, chain.START)
    if last != (suggestion.chain_seq, suggestion.chain_hash):
        return "核验不通过：末尾的记录与案卷不符，请报告审计员"
    return ""


def _row(look: Look, event: Event, counts: dict[Action, int]) -> RecordRow:
    action = Action(event.action)
    counts[action] = counts.get(action, 0) + 1
    return RecordRow(
        number=event.seq,
        time_text=moment_text(event.at, look.today),
        who=look.named(event.actor_id, event.actor_name, event.unit_name, event.actor_title, with_title=True),
        what=_what(look, event, action, counts[action]),
        hash=short_hash(event.hash),
    )


def _what(look: Look, event: Event, action: Action, count: int) -> str:
    label = ACTIONS[action]
    if chain.is_erased(event.payload):
        return f"{label}（内容已按涉密件抹去）"
    if action is Action.SUBMIT_PLAN:
        return f"{label}第{count}稿"
    if action is Action.DRAFT_REPLY:
        return f"复函第{count}稿定稿"
    if action is Action.RECORD_CONTACT:
        return f"{label}：{CONTACT_FORMS[event.payload['form']]}"
    if action is Action.DISPATCH:
        return f"{label}：{event.payload['document_number']}"
    if action in (Action.ENTER_ON_PAPER, Action.CONFIRM_ON_PAPER):
        return f"{label}：{ACTIONS[Action(event.payload['entered'])]}"
    if event.payload.get("on_paper"):
        return f"{label}（代录）"
    if event.life == Life.CO_HANDLING and event.co_handling_id:
        return f"{label}（{look.case.co_handling(event.co_handling_id).unit.name}）"
    return label
