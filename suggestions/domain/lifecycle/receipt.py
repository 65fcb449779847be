"""Receipt: from the day a unit gets a suggestion until its director has read the original."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import WORKING
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Binding, Field, Kind, Stage, Step
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import Seal, span

TABLE: tuple[Step, ...] = (
    _row(
        Stage.RECEIPT,
        Action.BEGIN,
        (),
        S.ASSIGNED,
        rules.system,
        tells=(A.CLERKS,),
        follows="等承办单位签收。",
        is_public=True,
    ),
    _row(
        Stage.RECEIPT,
        Action.RECEIVE,
        (S.ASSIGNED,),
        S.RECEIVED,
        rules.clerk_of_unit,
        rules.any_handler_of_unit,
        rules.system,
        has_effect=True,
        marks="received_on",
        tells=(A.DIRECTOR,),
        follows="等局长本人阅看原件并批示；首次联系代表从今天起算。",
        is_public=True,
    ),
    _row(
        Stage.RECEIPT,
        Action.OPEN_ORIGINAL,
        span(S.RECEIVED, S.SIGNING),
        None,
        rules.director_of_unit,
        asks=(Field("sha256", "哪一件", Kind.CHOICE, source="files"),),
        has_effect=True,
        is_evidence=True,
        follows="每一件都看完后，写批示并确认。",
    ),
    _row(
        Stage.RECEIPT,
        Action.READ_ORIGINAL,
        (S.RECEIVED,),
        S.PLANNING,
        rules.director_of_unit,
        asks=(
            Field("remark", "批示", hint="写您自己的话：抓什么、谁来办、先做哪一步。"),
            Field("handler", "承办人", Kind.CHOICE, source="handlers"),
        ),
        personal=Seal.READ,
        binds=Binding.ORIGINAL,
        has_effect=True,
        tells=(A.HANDLER,),
        follows="承办人拆分诉求、拟定方案。",
        is_public=True,
    ),
    _row(
        Stage.RECEIPT,
        Action.READ_ORIGINAL,
        span(S.PLANNING, S.SIGNING),
        None,
        rules.director_without_seal,
        asks=(Field("remark", "批示", hint="接任后先看原件，再写您自己的话。"),),
        personal=Seal.READ,
        binds=Binding.ORIGINAL,
        has_effect=True,
        tells=(A.HANDLER,),
        follows="看过原件，才能签批复函。",
    ),
    _row(
        Stage.RECEIPT,
        Action.NAME_HANDLER,
        WORKING,
        None,
        rules.director_of_unit,
        rules.reviewer_of_unit,
        rules.clerk_of_unit,
        asks=(Field("handler", "承办人", Kind.CHOICE, source="handlers"), Field("reason", "更换的理由", Kind.TEXT)),
        has_effect=True,
        tells=(A.HANDLER,),
        follows="未兑现的承诺一并移交；交出去的件列入交接清单，由前后两位承办人本人签字。",
    ),
)
