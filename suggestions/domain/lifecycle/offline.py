"""A secret item: only its number is kept here; title, text and files stay outside (涉密件登记)."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.step import Audience, Field, Kind, Stage, Step
from suggestions.domain.states import Life, State
from suggestions.domain.states import SuggestionState as S


def _row(*origins: State, follows: str) -> Step:
    return Step(
        Action.RECORD_OFFLINE,
        Life.SUGGESTION,
        origins,
        S.OFFLINE,
        (rules.supervisor,),
        stage=Stage.OFFLINE,
        asks=(
            Field("number", "建议编号", Kind.TEXT, hint="例如：第025号。只写编号，不要写标题和内容。"),
            Field("series", "会议期间或闭会期间", Kind.CHOICE, source="series"),
            Field("unit", "承办单位", Kind.CHOICE, source="any_units"),
            Field("assigned_on", "交办日期", Kind.DATE, reach="past"),
            Field(
                "replied_on", "答复日期", Kind.DATE, is_required=False, reach="past", hint="还没有答复的，以后再补。"
            ),
            Field("rating", "总的评价", Kind.CHOICE, is_required=False, source="overall_scale", hint="只供统计用。"),
        ),
        has_effect=True,
        tells=(Audience.DEPUTIES,),
        follows=follows,
    )


TABLE: tuple[Step, ...] = (
    _row(follows="登记簿里只有编号；标题、正文、附件都不进本系统。"),
    _row(S.SUBMITTED, follows="本系统里的标题、正文、附件和草稿全部抹去，不能恢复；登记簿里只留编号。"),
    _row(S.OFFLINE, follows="登记簿里只有编号；前后登记的都留在案卷里。"),
)
