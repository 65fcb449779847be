"""What the deputies office changes after the assignment: another unit, another lead, another year."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.step import Audience, Field, Kind, Stage, Step
from suggestions.domain.states import Life
from suggestions.domain.states import SuggestionState as S

TABLE: tuple[Step, ...] = (
    Step(
        Action.ADD_UNIT,
        Life.SUGGESTION,
        (S.ASSIGNED,),
        None,
        (rules.supervisor,),
        stage=Stage.CHANGING,
        asks=(
            Field("role", "作为", Kind.CHOICE, source="unit_roles"),
            Field("unit", "哪个单位", Kind.CHOICE, source="any_units"),
            Field("handling", "协办哪一件", Kind.CHOICE, is_required=False, source="open_handlings", hint="协办时选。"),
            Field("reason", "为什么增加"),
        ),
        has_effect=True,
        tells=(Audience.DEPUTIES, Audience.DIRECTOR),
        follows="从今天起算这个单位的期限；原来的单位期限不变。",
    ),
    Step(
        Action.MARK_CROSS_YEAR,
        Life.SUGGESTION,
        (S.ASSIGNED,),
        None,
        (rules.supervisor,),
        stage=Stage.CHANGING,
        asks=(Field("document", "主任会议文件", Kind.TEXT, hint="文件名称和文号。"),),
        has_effect=True,
        tells=(Audience.DIRECTOR, Audience.LEAD),
        follows="列入跨年度跟踪，承诺到下一年接着督办。",
    ),
    Step(
        Action.CHANGE_LEAD,
        Life.SUGGESTION,
        (S.ASSIGNED,),
        None,
        (rules.supervisor,),
        stage=Stage.CHANGING,
        asks=(
            Field("ground", "原因", Kind.CHOICE, source="lead_changes"),
            Field("reason", "说明", hint="什么时候、依据什么文件。"),
        ),
        has_effect=True,
        tells=(Audience.DEPUTIES, Audience.DIRECTOR, Audience.HANDLER),
        follows="由下一位联名代表领衔并评价；没有联名代表的，记为无法评价，不计入任何评价率。",
    ),
)
