"""Follow-up: coordination, promises kept, and the end."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import OPEN, REASON, WORKING
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Binding, Field, Kind, Stage, Step
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import Seal, span

TABLE: tuple[Step, ...] = (
    _row(
        Stage.FOLLOW_UP,
        Action.COORDINATE,
        span(S.IN_PROGRESS, S.FOLLOW_UP),
        None,
        rules.director_of_unit,
        asks=(
            Field("with_whom", "同谁协调", Kind.TEXT),
            Field("remark", "定了什么", hint="写您自己的话。"),
            Field("checked", "到现场看了什么", is_required=False),
        ),
        personal=Seal.COORDINATE,
        binds=Binding.RECORD,
        marks="coordinated_on",
        is_evidence=True,
        tells=(A.HANDLER,),
        follows="办结前至少要有一次。",
    ),
    _row(
        Stage.FOLLOW_UP,
        Action.ADD_PROMISE,
        WORKING,
        None,
        rules.handler_of_case,
        asks=(
            Field("request_no", "对应诉求", Kind.CHOICE, source="requests"),
            Field("sentence", "复函里的原句", hint="照抄复函里说“将……”的那一句。"),
            Field("measure", "做成什么"),
            Field("owner", "责任人", Kind.TEXT),
            Field("due_on", "完成日期", Kind.DATE, reach="future"),
            Field("evidence", "拿什么证明", Kind.TEXT),
        ),
        has_effect=True,
        is_evidence=True,
        follows="到期前会提醒；兑现要有凭据。",
        is_public=True,
    ),
    _row(
        Stage.FOLLOW_UP,
        Action.FULFIL_PROMISE,
        (*WORKING, S.CLOSED),
        None,
        rules.handler_of_case,
        asks=(
            Field("promise", "哪一项承诺", Kind.CHOICE, source="open_promises"),
            Field("proof", "凭据", hint="文件号、照片说明、数字、验收情况。"),
            Field("files", "附件", Kind.FILES, is_required=False),
        ),
        has_effect=True,
        is_evidence=True,
        tells=(A.DIRECTOR, A.LEAD),
        follows="承诺销号，代表会看到凭据。",
        is_public=True,
    ),
    _row(
        Stage.FOLLOW_UP,
        Action.CLOSE,
        (S.FOLLOW_UP,),
        S.CLOSED,
        rules.director_of_unit,
        asks=(Field("conclusion", "办结意见"),),
        has_effect=True,
        tells=(A.LEAD, A.HANDLER, A.SUPERVISORS),
        follows="归档；人代工委有理由时可以恢复办理。",
        is_public=True,
    ),
    _row(
        Stage.SUPERVISION,
        Action.REOPEN,
        (S.CLOSED,),
        S.FOLLOW_UP,
        rules.supervisor,
        asks=REASON,
        has_effect=True,
        tells=(A.DIRECTOR, A.HANDLER, A.LEAD),
        follows="恢复办理，继续跟踪落实。",
        is_public=True,
    ),
    _row(
        Stage.SUPERVISION,
        Action.TERMINATE,
        OPEN,
        S.TERMINATED,
        rules.system,
        has_effect=True,
        tells=(A.HANDLER, A.CO_UNITS),
        follows="建议已经撤回，不用再办；评价和承诺留着。",
        is_public=True,
    ),
)
