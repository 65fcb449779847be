"""Whose a handling is: given to another unit, asked back, or moved with everything in it to the unit that succeeds."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import WORKING
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Field, Kind, Stage, Step
from suggestions.domain.states import HandlingState as S

_NEXT_UNIT = Field("unit", "改由哪个单位承办", Kind.CHOICE, source="next_units")

TABLE: tuple[Step, ...] = (
    _row(
        Stage.ASSIGNMENT,
        Action.REASSIGN,
        (S.ASSIGNED, S.RECEIVED),
        S.REASSIGNED,
        rules.supervisor,
        asks=(_NEXT_UNIT, Field("reason", "改办的理由", hint="写明为什么不归原单位办，归新单位办。")),
        has_effect=True,
        tells=(A.DIRECTOR, A.CLERKS, A.CO_UNITS, A.LEAD),
        follows="新的承办单位从今天起算答复期限；已请的协办单位不变，期限不变。",
        is_public=True,
    ),
    _row(
        Stage.ASSIGNMENT,
        Action.REQUEST_RETURN,
        (S.PLANNING,),
        S.RETURN_REQUESTED,
        rules.director_of_unit,
        asks=(Field("reason", "情况和理由", hint="写明为什么不属于本单位职责；知道该由哪个单位办的，也请写上。"),),
        has_effect=True,
        marks="return_asked_on",
        tells=(A.SUPERVISORS, A.HANDLER),
        follows="等人代工委决定；决定以前，各项期限照常计算，不得自行转办。",
        is_public=True,
    ),
    _row(
        Stage.ASSIGNMENT,
        Action.GRANT_RETURN,
        (S.RETURN_REQUESTED,),
        S.REASSIGNED,
        rules.supervisor,
        asks=(_NEXT_UNIT, Field("reason", "决定的理由", is_required=False)),
        has_effect=True,
        tells=(A.DIRECTOR, A.HANDLER, A.CLERKS, A.CO_UNITS, A.LEAD),
        follows="新的承办单位从今天起算答复期限；已请的协办单位不变，期限不变。",
        is_public=True,
    ),
    _row(
        Stage.ASSIGNMENT,
        Action.REFUSE_RETURN,
        (S.RETURN_REQUESTED,),
        S.PLANNING,
        rules.supervisor,
        asks=(Field("reason", "不同意的理由"),),
        has_effect=True,
        tells=(A.DIRECTOR, A.HANDLER),
        follows="由原单位接着办，期限没有停过。",
        is_public=True,
    ),
    _row(
        Stage.ASSIGNMENT,
        Action.RETRACT_RETURN,
        (S.RETURN_REQUESTED,),
        S.PLANNING,
        rules.director_of_unit,
        has_effect=True,
        tells=(A.SUPERVISORS, A.HANDLER),
        follows="本单位接着办，期限没有停过。",
        is_public=True,
    ),
    _row(
        Stage.ASSIGNMENT,
        Action.TRANSFER,
        (*WORKING, S.RETURN_REQUESTED),
        None,
        rules.supervisor,
        asks=(
            Field("unit", "承接单位", Kind.CHOICE, source="next_units"),
            Field("document", "依据的文件", Kind.TEXT, hint="机构改革、职责调整的文件名称和文号。"),
        ),
        has_effect=True,
        tells=(A.DIRECTOR, A.CLERKS, A.CO_UNITS, A.LEAD),
        follows="全案转给承接单位，期限不变；请它指定承办人，局长看过原件才能审方案、签复函。",
        is_public=True,
    ),
)
