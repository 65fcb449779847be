"""Planning: requests, plan, and the director who gates it."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import REASON
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Binding, Field, Kind, Stage, Step
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import Seal, span

TABLE: tuple[Step, ...] = (
    _row(
        Stage.PLANNING,
        Action.SPLIT_REQUESTS,
        (S.PLANNING,),
        None,
        rules.handler_of_case,
        asks=(
            Field(
                "requests",
                "诉求",
                Kind.ROWS,
                hint="代表问一条，复函答一条；照代表的原话拆，一行一条。",
                columns=(Field("text", "诉求"),),
            ),
        ),
        follows="方案要逐条写明措施、责任人和日期。",
    ),
    _row(
        Stage.PLANNING,
        Action.SUBMIT_PLAN,
        (S.PLANNING,),
        S.PLAN_REVIEW,
        rules.handler_of_case,
        asks=(
            Field(
                "measures",
                "措施",
                Kind.ROWS,
                columns=(
                    Field("request_no", "对应诉求", Kind.CHOICE, source="requests"),
                    Field("measure", "做什么"),
                    Field("owner", "责任人", Kind.TEXT),
                    Field("due_on", "完成日期", Kind.DATE, reach="future"),
                ),
            ),
            Field("hardest", "最难的是哪一条，谁负责？", hint="说实话：卡在哪里，要谁出面。"),
            Field(
                "co_units",
                "协办",
                Kind.CHOICES,
                source="plan_co_units",
                hint="选要请协办的单位；不需要就选“不需要协办”。",
            ),
        ),
        has_effect=True,
        tells=(A.DIRECTOR,),
        follows="等局长本人把关方案。",
    ),
    _row(
        Stage.PLANNING,
        Action.RECALL_PLAN,
        (S.PLAN_REVIEW,),
        S.PLANNING,
        rules.handler_of_case,
        tells=(A.DIRECTOR,),
        follows="方案取回，改好后再报。",
    ),
    _row(
        Stage.PLANNING,
        Action.APPROVE_PLAN,
        (S.PLAN_REVIEW,),
        S.IN_PROGRESS,
        rules.director_of_unit,
        asks=(Field("remark", "最难的是哪一条，谁负责？", hint="写您自己的判断和要求，留档。"),),
        personal=Seal.PLAN,
        binds=Binding.PLAN,
        marks="planned_on",
        tells=(A.HANDLER,),
        has_effect=True,
        follows="方案由此定下，承办人开始办理；方案会给代表看。",
        is_public=True,
    ),
    _row(
        Stage.PLANNING,
        Action.RETURN_PLAN,
        (S.PLAN_REVIEW,),
        S.PLANNING,
        rules.director_of_unit,
        asks=REASON,
        tells=(A.HANDLER,),
        follows="承办人修改后重新报送。",
    ),
    _row(
        Stage.CO_HANDLING,
        Action.INVITE_CO_OPINION,
        span(S.PLANNING, S.IN_PROGRESS),
        None,
        rules.handler_of_case,
        asks=(Field("unit", "请哪个单位协办", Kind.CHOICE, source="units"), Field("question", "请它说清什么")),
        has_effect=True,
        follows="协办期限从今天起算。",
    ),
)
