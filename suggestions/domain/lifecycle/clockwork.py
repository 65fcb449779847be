"""What the clock does by itself: days counted anew when holidays are announced, and reminders when a light turns."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import OPEN
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Stage, Step
from suggestions.domain.states import HandlingState as S

TABLE: tuple[Step, ...] = (
    _row(
        Stage.CLOCKWORK,
        Action.REDATE,
        (*OPEN, S.CLOSED),
        None,
        rules.system,
        has_effect=True,
        is_evidence=True,
        tells=(A.DIRECTOR, A.HANDLER, A.CO_UNITS, A.DEPUTIES, A.SUPERVISORS),
        follows="放假安排有变，期限按新的工作日重新计算。",
        is_public=True,
    ),
    _row(
        Stage.CLOCKWORK,
        Action.REMIND,
        (*OPEN, S.CLOSED),
        None,
        rules.system,
        has_effect=True,
        is_evidence=True,
        follows="同一盏灯对同一个人只提醒一次；没有动静的，逐级往上提醒。",
    ),
)
