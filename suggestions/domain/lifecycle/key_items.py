"""Key items (重点督办): who leads the supervision and how, and what each visit found."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.step import Audience, Field, Kind, Rule, Stage, Step
from suggestions.domain.states import Life
from suggestions.domain.states import SuggestionState as S

_PLAN = (
    Field("leader", "牵头督办的领导", Kind.TEXT, hint="职务、姓名，例如：区人大常委会副主任某某某。"),
    Field("body", "负责督办的机构", Kind.TEXT, hint="哪个专门委员会，或者常委会的哪个工作机构。"),
    Field(
        "visits",
        "走访、座谈",
        Kind.ROWS,
        hint="哪一天、做什么、谁参加，一行一次。",
        columns=(
            Field("on", "日期", Kind.DATE),
            Field("what", "做什么", Kind.TEXT),
            Field("people", "谁参加", Kind.TEXT, is_required=False),
        ),
    ),
    Field("measures", "督办措施", hint="督什么、怎么督、办到什么程度算督到位。"),
)
_CHANGED = (Field("reason", "为什么调整", hint="原来的方案留着；承办单位看得到这一段。"),)


def _plans(asks: tuple[Field, ...], when: Rule) -> Step:
    return Step(
        Action.PLAN_SUPERVISION,
        Life.SUGGESTION,
        (S.ASSIGNED,),
        None,
        (rules.supervisor,),
        stage=Stage.KEY_ITEMS,
        asks=asks,
        has_effect=True,
        when=when,
        tells=(Audience.DIRECTOR,),
        follows="承办单位局长会收到提醒，在案卷里看得到方案；方案可以调整，原来的留着。",
    )


TABLE: tuple[Step, ...] = (
    _plans(_PLAN, rules.nobody_planned_supervision),
    _plans((*_PLAN, *_CHANGED), rules.supervision_is_planned),
    Step(
        Action.REPORT_SUPERVISION,
        Life.SUGGESTION,
        (S.ASSIGNED, S.CLOSED),
        None,
        (rules.supervisor,),
        stage=Stage.KEY_ITEMS,
        asks=(
            Field("held_on", "哪一天", Kind.DATE, reach="past"),
            Field("people", "谁参加的", Kind.TEXT, hint="带队领导、督办机构、代表、承办单位。"),
            Field("found", "督办情况", hint="看到、听到的，办到了哪一步，还有什么问题。"),
            Field("demand", "提出的要求", is_required=False, hint="要承办单位限期回话的，另外“督办”。"),
            Field("files", "附件", Kind.FILES, is_required=False, hint="督办报告、会议纪要、照片。"),
        ),
        has_effect=True,
        is_evidence=True,
        tells=(Audience.DIRECTOR,),
        follows="记进案卷，承办单位看得到；一次督办记一次。",
    ),
)
