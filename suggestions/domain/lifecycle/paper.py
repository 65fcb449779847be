"""Paper: what a deputy wrote by hand is entered by one person of the deputies office and confirmed by another."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Field, Kind, Rule, Stage, Step
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import Life, State, SuggestionState, span


def _rows(life: Life, origins: tuple[State, ...], who: Rule) -> tuple[Step, Step]:
    return (
        Step(
            Action.ENTER_ON_PAPER,
            life,
            origins,
            None,
            (who,),
            stage=Stage.PAPER,
            asks=(
                Field("entered", "代录哪一项", Kind.CHOICE, source="paper_actions"),
                Field("files", "代表签名的纸质件（扫描或照片）", Kind.FILES, hint="必须附上；承办单位看不到。"),
            ),
            has_effect=True,
            is_evidence=True,
            tells=(A.SUPERVISORS,),
            follows="录入以后还没有生效：要由人代工委另一位同志对照纸质件核对。录错了再录一次，以后录的为准。",
        ),
        Step(
            Action.CONFIRM_ON_PAPER,
            life,
            origins,
            None,
            (who,),
            stage=Stage.PAPER,
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


OF_SUGGESTION: tuple[Step, ...] = (
    *_rows(Life.SUGGESTION, (SuggestionState.DRAFTING,), rules.supervisor_of_paper),
    *_rows(Life.SUGGESTION, (SuggestionState.SUBMITTED, SuggestionState.ASSIGNED), rules.supervisor),
)
TABLE: tuple[Step, ...] = _rows(Life.HANDLING, (*span(S.RECEIVED, S.FOLLOW_UP), S.CLOSED), rules.supervisor)
