"""Re-dating: when the holidays of a year are announced, what rested on a guess is counted anew."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import OPEN
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Stage, Step
from suggestions.domain.states import HandlingState as S

TABLE: tuple[Step, ...] = (
    _row(
        Stage.REDATING,
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
)
