"""Cases of past years (往年件): kept as they ended elsewhere, so that their open promises are followed here."""

from dataclasses import replace

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle import follow_up, receipt
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Rule, Stage, Step
from suggestions.domain.states import HandlingState as S


def _though_closed(action: Action, *who: Rule) -> Step:
    """The same step, taken on a handling that was closed before it came here: a promise outlives it."""
    row = next(step for step in (*receipt.TABLE, *follow_up.TABLE) if step.action is action)
    return replace(row, origins=(S.CLOSED,), when=rules.of_past_case, who=who or row.who)


TABLE: tuple[Step, ...] = (
    _row(
        Stage.FOLLOW_UP,
        Action.KEEP_PAST,
        (),
        S.CLOSED,
        rules.system,
        follows="往年的答复存在这里，没有兑现的承诺接着跟踪。",
        is_public=True,
    ),
    _though_closed(Action.NAME_HANDLER),
    _though_closed(Action.FULFIL_PROMISE, rules.any_handler_of_past_case),
    _though_closed(Action.CHANGE_PROMISE),
    _though_closed(Action.RELEASE_PROMISE),
    _though_closed(Action.AGREE_RELEASE),
    _though_closed(Action.REFUSE_RELEASE),
)
