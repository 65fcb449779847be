"""The table of the co-handling: an opinion owed to another unit, and its signature under the passage about it."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.step import Audience, Binding, Field, Rule, Stage, Step
from suggestions.domain.states import CoState as S
from suggestions.domain.states import Life, State


def _row(action: Action, origins: tuple[State, ...], to: State | None, *who: Rule, **more: object) -> Step:
    return Step(action, Life.CO_HANDLING, origins, to, who, stage=Stage.CO_HANDLING, **more)  # type: ignore[arg-type]


TABLE: tuple[Step, ...] = (
    _row(
        Action.INVITE_CO_OPINION,
        (),
        S.INVITED,
        rules.system,
        rules.handler_of_case,
        tells=(Audience.CO_UNIT,),
        follows="从今天起算协办期限。",
    ),
    _row(
        Action.REINVITE_CO_OPINION,
        (S.ACCEPTED, S.SILENT, S.CANCELLED),
        S.INVITED,
        rules.system,
        has_effect=True,
        tells=(Audience.CO_UNIT,),
        follows="新方案请贵单位再次协办，从今天起算协办期限。",
    ),
    _row(
        Action.GIVE_CO_OPINION,
        (S.INVITED, S.SENT_BACK),
        S.GIVEN,
        rules.co_handler,
        asks=(Field("opinion", "协办意见", hint="写事实、数字、能做什么、什么时候做；“将积极配合”会被退回。"),),
        has_effect=True,
        tells=(Audience.CO_DIRECTOR,),
        follows="等本单位局长审定后送主办单位。",
    ),
    _row(
        Action.RETURN_CO_OPINION,
        (S.GIVEN,),
        S.INVITED,
        rules.co_director,
        asks=(Field("reason", "退回的理由"),),
        tells=(Audience.CO_UNIT,),
        follows="承办人修改后重新报送。",
    ),
    _row(
        Action.RELEASE_CO_OPINION,
        (S.GIVEN,),
        S.RELEASED,
        rules.co_director,
        tells=(Audience.HANDLER,),
        follows="意见送主办单位。",
        is_public=True,
    ),
    _row(
        Action.ACCEPT_CO_OPINION,
        (S.RELEASED,),
        S.ACCEPTED,
        rules.handler_of_case,
        tells=(Audience.CO_UNIT,),
        follows="复函中写到它的一段，要请它会签。",
    ),
    _row(
        Action.SEND_BACK_CO_OPINION,
        (S.RELEASED,),
        S.SENT_BACK,
        rules.handler_of_case,
        asks=(Field("reason", "空在哪里", hint="只有空话才能退；意见不同不是理由。"),),
        has_effect=True,
        tells=(Audience.CO_UNIT,),
        follows="协办单位要在短期限内重报。",
    ),
    _row(
        Action.COUNTERSIGN,
        (S.ACCEPTED,),
        None,
        rules.co_handler,
        binds=Binding.PASSAGE,
        is_evidence=True,
        has_effect=True,
        tells=(Audience.HANDLER,),
        follows="会签的就是复函里现在的这一段；它改一个字，要重新会签。",
    ),
    _row(
        Action.DISSENT,
        (S.ACCEPTED,),
        None,
        rules.co_handler,
        asks=(Field("reason", "不同意见", hint="会印在复函里。"),),
        binds=Binding.PASSAGE,
        is_evidence=True,
        has_effect=True,
        tells=(Audience.HANDLER,),
        follows="不同意见会原样印在复函里。",
    ),
    _row(
        Action.GO_ON_WITHOUT,
        (S.INVITED, S.GIVEN, S.SENT_BACK),
        S.SILENT,
        rules.director_of_unit,
        asks=(Field("reason", "说明"),),
        tells=(Audience.CO_UNIT, Audience.SUPERVISORS),
        follows="复函写明“逾期未复”，并留在协办单位的记录里。",
    ),
    _row(
        Action.CANCEL_CO_OPINION,
        (S.INVITED, S.GIVEN, S.SENT_BACK, S.RELEASED, S.ACCEPTED),
        S.CANCELLED,
        rules.own_invitation,
        rules.named_at_assignment,
        rules.system,
        asks=(Field("reason", "取消的理由"),),
        tells=(Audience.CO_UNIT,),
        follows="这个单位不用再报意见，会收到提醒。",
    ),
    _row(
        Action.REMIND,
        (S.INVITED, S.GIVEN, S.SENT_BACK, S.ACCEPTED),
        None,
        rules.system,
        has_effect=True,
        is_evidence=True,
        follows="同一盏灯对同一个人只提醒一次；没有动静的，逐级往上提醒。",
    ),
)
