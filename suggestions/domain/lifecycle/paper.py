"""Paper: what a deputy wrote by hand is entered by one person of the deputies office and confirmed by another."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Field, Kind, Stage, Step
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import span

TABLE: tuple[Step, ...] = (
    _row(
        Stage.PAPER,
        Action.ENTER_ON_PAPER,
        span(S.RECEIVED, S.FOLLOW_UP),
        None,
        rules.supervisor,
        asks=(
            Field("entered", "代录哪一项", Kind.CHOICE, source="paper_actions"),
            Field("files", "代表签名的纸质件（扫描或照片）", Kind.FILES, hint="必须附上；承办单位看不到。"),
        ),
        has_effect=True,
        is_evidence=True,
        tells=(A.SUPERVISORS,),
        follows="还没有生效：要由人代工委另一位同志对照纸质件核对。录错了再录一次，以后录的为准。",
    ),
    _row(
        Stage.PAPER,
        Action.CONFIRM_ON_PAPER,
        span(S.RECEIVED, S.FOLLOW_UP),
        None,
        rules.supervisor,
        asks=(
            Field("entry", "核对哪一份", Kind.CHOICE, source="paper_entries"),
            Field("is_checked", "已对照纸质件逐项核对，一字不差", Kind.FLAG),
        ),
        has_effect=True,
        is_evidence=True,
        tells=(A.LEAD, A.SUPERVISORS),
        follows="以代表的名义生效，永远标明“代录”。",
    ),
)
