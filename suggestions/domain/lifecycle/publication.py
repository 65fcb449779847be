"""Publication: what of the letter everybody may read, or why not."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Binding, Field, Stage, Step
from suggestions.domain.states import ANSWERED

TABLE: tuple[Step, ...] = (
    _row(
        Stage.PUBLICATION,
        Action.DRAFT_PUBLIC_TEXT,
        ANSWERED,
        None,
        rules.clerk_of_unit,
        asks=(Field("text", "公开稿", hint="已经去掉称呼、联系人和电话；请再看一遍有没有人名、住址、电话。"),),
        when=rules.of_own_case,
        has_effect=True,
        is_evidence=True,
        tells=(A.REVIEWERS,),
        follows="审核人看过这一稿，才能公开。",
    ),
    _row(
        Stage.PUBLICATION,
        Action.ENDORSE,
        ANSWERED,
        None,
        rules.secrecy_reviewer_of_unit,
        rules.clerk_of_unit_without_reviewer,
        asks=(Field("opinion", "保密审核意见"),),
        binds=Binding.PUBLIC,
        when=rules.of_own_case,
        has_effect=True,
        is_evidence=True,
        tells=(A.CLERKS,),
        follows="保密审核只对这一稿公开稿有效。",
    ),
    _row(
        Stage.PUBLICATION,
        Action.REFUSE_ENDORSEMENT,
        ANSWERED,
        None,
        rules.secrecy_reviewer_of_unit,
        rules.clerk_of_unit_without_reviewer,
        asks=(Field("reason", "理由"),),
        binds=Binding.PUBLIC,
        when=rules.of_own_case,
        has_effect=True,
        is_evidence=True,
        tells=(A.CLERKS,),
        follows="局办公室改过公开稿再送审，或者写明理由不公开。",
    ),
    _row(
        Stage.PUBLICATION,
        Action.PUBLISH,
        ANSWERED,
        None,
        rules.clerk_of_unit,
        binds=Binding.PUBLIC,
        when=rules.of_own_case,
        has_effect=True,
        is_evidence=True,
        marks="published_on",
        tells=(A.DEPUTIES, A.DIRECTOR),
        follows="所有代表都能看到这一稿；以后还可以写明理由撤下。",
        is_public=True,
    ),
    _row(
        Stage.PUBLICATION,
        Action.WITHHOLD,
        ANSWERED,
        None,
        rules.clerk_of_unit,
        asks=(Field("ground", "不公开的理由", hint="写依据，例如：涉及个人隐私，政府信息公开条例第十五条。"),),
        when=rules.of_own_case,
        has_effect=True,
        is_evidence=True,
        tells=(A.DEPUTIES, A.DIRECTOR, A.SUPERVISORS),
        follows="只有本件的代表看得到复函；理由留在案卷里。",
        is_public=True,
    ),
)
