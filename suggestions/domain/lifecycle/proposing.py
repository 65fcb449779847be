"""The inspection office's opinion (政府督查室的意见) on a return, an extension or a dispute; it binds nobody."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Field, Kind, Stage, Step
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import State, span


def _proposes(source: str, *origins: State) -> Step:
    return _row(
        Stage.SUPERVISION,
        Action.PROPOSE,
        origins,
        None,
        rules.inspector,
        asks=(Field("stand", "督查室意见", Kind.CHOICE, source=source), Field("reason", "理由")),
        has_effect=True,
        is_evidence=True,
        tells=(A.SUPERVISORS,),
        follows="供人代工委决定时参考，由人代工委决定；一件申请只提一次。",
    )


TABLE: tuple[Step, ...] = (
    _proposes("stands_on_request", S.RETURN_REQUESTED, *span(S.RECEIVED, S.SIGNING)),
    _proposes("stands_on_dispute", S.CONTESTED),
)
