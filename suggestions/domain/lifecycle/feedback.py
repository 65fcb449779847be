"""Feedback: the deputy's rating, sealed and opened, and what follows when it is bad."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Field, Kind, Stage, Step
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import span

_SCORES = (
    Field(
        "scores",
        "逐条评价",
        Kind.ROWS,
        columns=(
            Field("request_no", "诉求", Kind.CHOICE, source="requests"),
            Field("score", "评价", Kind.CHOICE, source="part_scale"),
            Field("reason", "哪里不满意", is_required=False),
        ),
    ),
    Field("attitude", "办事的态度", Kind.CHOICE, source="part_scale", hint="同您商量过吗，话说得实在吗。"),
    Field("result", "办理的结果", Kind.CHOICE, source="part_scale", hint="您提的事，办得怎么样。"),
    Field("overall", "总的评价", Kind.CHOICE, source="overall_scale", hint="以这一项为准。"),
    Field("reason", "哪里不满意", is_required=False, hint="不满意要写理由，一两句就行。重新办理时，局长要先看这一段。"),
    Field(
        "is_pressed", "有人打招呼、托人情，要我评好一点。这一条只有区人大人代工委看得到。", Kind.FLAG, is_required=False
    ),
)

TABLE: tuple[Step, ...] = (
    _row(
        Stage.FEEDBACK,
        Action.RATE,
        (S.REPLIED,),
        S.RATED,
        rules.lead_deputy,
        asks=_SCORES,
        has_effect=True,
        marks="rated_on",
        tells=(A.SUPERVISORS,),
        follows="先封存：承办单位只知道您评过了。几天内可以更正一次，也可以现在公布。",
    ),
    _row(
        Stage.FEEDBACK,
        Action.RATE,
        (S.FOLLOW_UP,),
        S.RATED,
        rules.lead_deputy_after_lapse,
        asks=_SCORES,
        has_effect=True,
        marks="rated_on",
        tells=(A.SUPERVISORS,),
        follows="过了期限也收下，记为迟到的评价。",
    ),
    _row(
        Stage.FEEDBACK,
        Action.CORRECT_RATING,
        (S.RATED,),
        None,
        rules.lead_deputy,
        asks=_SCORES,
        has_effect=True,
        tells=(A.SUPERVISORS,),
        follows="只能更正一次，前后两次都留着。",
    ),
    _row(
        Stage.FEEDBACK,
        Action.OPEN_RATING,
        (S.RATED,),
        S.FOLLOW_UP,
        rules.system,
        rules.lead_deputy,
        when=rules.rating_satisfies,
        tells=(A.DIRECTOR, A.HANDLER),
        follows="承办单位看到您的评价，一字不改。",
        is_public=True,
    ),
    _row(
        Stage.FEEDBACK,
        Action.OPEN_RATING,
        (S.RATED,),
        S.CONTESTED,
        rules.system,
        rules.lead_deputy,
        when=rules.rating_contests,
        tells=(A.DIRECTOR, A.HANDLER, A.SUPERVISORS),
        follows="不满意：等人代工委督办。",
        is_public=True,
    ),
    _row(
        Stage.FEEDBACK,
        Action.LAPSE_RATING,
        (S.REPLIED,),
        S.FOLLOW_UP,
        rules.system,
        tells=(A.LEAD, A.SUPERVISORS),
        follows="逾期未评，统计时算“未回”，不算满意。",
        is_public=True,
    ),
    _row(
        Stage.FEEDBACK,
        Action.CHALLENGE_CLASS,
        span(S.REPLIED, S.FOLLOW_UP),
        None,
        rules.deputy_of_suggestion,
        rules.supervisor,
        asks=(
            Field("result_class", "您认为应当是哪一类", Kind.CHOICE, source="result_classes"),
            Field("reason", "为什么", hint="例如：写着已经解决，路灯其实还没有装。"),
        ),
        has_effect=True,
        tells=(A.DIRECTOR, A.HANDLER, A.SUPERVISORS, A.DEPUTIES),
        follows="先由承办单位局长答复；不同意他的答复，可以再提一次，由人代工委裁定。",
        is_public=True,
    ),
    _row(
        Stage.FEEDBACK,
        Action.SETTLE_CLASS,
        span(S.REPLIED, S.FOLLOW_UP),
        None,
        rules.director_of_unit,
        rules.supervisor,
        asks=(
            Field("result_class", "现在定为哪一类", Kind.CHOICE, source="result_classes"),
            Field("reason", "保留或者改变的理由", hint="代表会看到这一段。"),
        ),
        has_effect=True,
        tells=(A.DIRECTOR, A.HANDLER, A.SUPERVISORS, A.DEPUTIES),
        follows="原来的分类留在复函和案卷里，一直看得到。",
        is_public=True,
    ),
    _row(
        Stage.SUPERVISION,
        Action.ORDER_REDO,
        (S.CONTESTED,),
        S.RECEIVED,
        rules.supervisor,
        asks=(Field("reason", "责成重新办理的要求"),),
        has_effect=True,
        tells=(A.DIRECTOR, A.HANDLER, A.CLERKS, A.LEAD),
        follows="开始新一轮，新期限从今天起算；局长要重新看原件和代表的理由。",
        is_public=True,
    ),
    _row(
        Stage.SUPERVISION,
        Action.CONCLUDE_DISPUTE,
        (S.CONTESTED,),
        S.FOLLOW_UP,
        rules.supervisor,
        asks=(
            Field("convened_on", "开会日期", Kind.DATE, reach="past"),
            Field("present", "谁到场，谁没有来"),
            Field("conclusion", "协调结论"),
        ),
        tells=(A.DIRECTOR, A.HANDLER, A.LEAD),
        follows="代表的评价不变，继续跟踪落实。",
        is_public=True,
    ),
)
