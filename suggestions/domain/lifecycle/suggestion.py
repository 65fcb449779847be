"""The table of the suggestion: from the deputy's draft to the end of all its handlings."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle import changing, merging
from suggestions.domain.lifecycle.step import Audience, Field, Kind, Rule, Stage, Step
from suggestions.domain.states import Life, State
from suggestions.domain.states import SuggestionState as S

_WORDS = (
    Field("title", "建议标题", Kind.TEXT, hint="一事一议，例如：关于……的建议。"),
    Field("content", "正文", hint="先写情况和问题，再逐条写“一、……”“二、……”的建议。"),
    Field("category", "类别", Kind.TEXT, is_required=False),
)


def _row(action: Action, origins: tuple[State, ...], to: State | None, *who: Rule, **more: object) -> Step:
    return Step(action, Life.SUGGESTION, origins, to, who, stage=Stage.INTAKE, **more)  # type: ignore[arg-type]


TABLE: tuple[Step, ...] = (
    _row(
        Action.DRAFT,
        (),
        S.DRAFTING,
        rules.any_deputy,
        rules.supervisor,
        asks=(
            *_WORDS,
            Field(
                "lead",
                "领衔代表",
                Kind.CHOICE,
                is_required=False,
                source="deputies",
                hint="代表本人起草时不用选；人代工委录入纸质建议时必选。",
            ),
            Field(
                "files",
                "原件、附件",
                Kind.FILES,
                is_required=False,
                hint="纸质建议请附扫描件；可用 Word、PDF、图片、OFD。",
            ),
        ),
        has_effect=True,
        follows="可以继续修改，邀请联名代表，然后提交。",
    ),
    _row(
        Action.REVISE,
        (S.DRAFTING,),
        None,
        rules.lead_deputy,
        rules.supervisor_of_paper,
        asks=_WORDS,
        has_effect=True,
        follows="改动已保存；已经确认过的联名代表要重新确认。",
    ),
    _row(
        Action.INVITE_COSIGNER,
        (S.DRAFTING,),
        None,
        rules.lead_deputy,
        rules.supervisor_of_paper,
        asks=(Field("deputy", "请谁联名", Kind.CHOICE, source="deputies"),),
        has_effect=True,
        tells=(Audience.INVITED,),
        follows="对方本人确认后才算联名。",
    ),
    _row(
        Action.COSIGN,
        (S.DRAFTING,),
        None,
        rules.invited_deputy,
        has_effect=True,
        tells=(Audience.LEAD,),
        follows="您已联名；复函也会送给您。",
    ),
    _row(
        Action.REMOVE_COSIGNER,
        (S.DRAFTING,),
        None,
        rules.lead_deputy,
        rules.supervisor_of_paper,
        asks=(Field("deputy", "不再联名的代表", Kind.CHOICE, source="cosigners"),),
        has_effect=True,
    ),
    _row(
        Action.SUBMIT,
        (S.DRAFTING,),
        S.SUBMITTED,
        rules.lead_deputy,
        rules.supervisor_of_paper,
        asks=(Field("is_name_hidden", "请对承办单位隐去我的姓名", Kind.FLAG, is_required=False),),
        has_effect=True,
        tells=(Audience.SUPERVISORS,),
        follows="人代工委审查后交给承办单位；提交后不能再改。",
    ),
    _row(
        Action.RETURN_FOR_REVISION,
        (S.SUBMITTED,),
        S.DRAFTING,
        rules.supervisor,
        asks=(Field("reason", "退回修改的理由"),),
        tells=(Audience.LEAD,),
        follows="领衔代表修改后可再次提交。",
    ),
    _row(
        Action.DECLINE,
        (S.SUBMITTED,),
        S.DECLINED,
        rules.supervisor,
        asks=(Field("ground", "依据", Kind.CHOICE, source="decline_grounds"), Field("reason", "向代表的说明")),
        tells=(Audience.LEAD,),
        follows="不作为建议处理，说明已告知领衔代表。",
    ),
    _row(
        Action.ASSIGN,
        (S.SUBMITTED,),
        S.ASSIGNED,
        rules.supervisor,
        asks=(
            Field("number", "建议编号", Kind.TEXT, hint="例如：第025号。"),
            Field("series", "会议期间或闭会期间", Kind.CHOICE, source="series"),
            Field("main_units", "主办单位（选两个以上即为分办）", Kind.CHOICES, source="units"),
            Field("co_units", "协办单位", Kind.CHOICES, is_required=False, source="units"),
            Field("reply_term", "答复期限", Kind.CHOICE, source="reply_terms"),
            Field("publication", "复函默认公开属性", Kind.CHOICE, source="publication"),
        ),
        has_effect=True,
        tells=(Audience.LEAD,),
        follows="从今天起算答复期限，承办单位的办公室会收到提醒。",
    ),
    _row(
        Action.IMPORT_HANDOVER,
        (),
        S.ASSIGNED,
        rules.supervisor,
        rules.clerk,
        asks=(Field("workbook", "交办清单", Kind.FILES), Field("originals", "建议原件", Kind.FILES, is_required=False)),
        follows="每件都从交办之日起算期限。",
    ),
    _row(
        Action.IMPORT_PAST,
        (),
        S.PAST,
        rules.supervisor,
        rules.clerk,
        asks=(
            Field("workbook", "往年件清单", Kind.FILES),
            Field("originals", "原件和复函", Kind.FILES, is_required=False),
        ),
        follows="可以查找，不计入统计；没有兑现的承诺从今天起亮灯、提醒。",
    ),
    *merging.TABLE,
    _row(
        Action.MARK_KEY,
        (S.ASSIGNED,),
        None,
        rules.supervisor,
        asks=(Field("document", "主任会议文件", Kind.TEXT, hint="文件名称和文号。"),),
        has_effect=True,
        tells=(Audience.DIRECTOR, Audience.LEAD),
    ),
    *changing.TABLE,
    _row(
        Action.TALK_ALONE,
        (S.ASSIGNED,),
        None,
        rules.supervisor,
        asks=(
            Field("talked_on", "谈话日期", Kind.DATE, reach="past"),
            Field("people", "谁去的", Kind.TEXT, hint="只由人代工委的人谈，承办单位不在场。"),
            Field("said", "代表怎么说", hint="为什么想撤回，有没有人打招呼。承办单位看不到这一段。"),
        ),
        is_evidence=True,
        tells=(Audience.LEAD,),
        follows="记下以后，领衔代表才能撤回已经答复的建议。",
    ),
    _row(
        Action.AGREE_WITHDRAWAL,
        (S.DRAFTING, S.SUBMITTED, S.ASSIGNED),
        None,
        rules.joint_deputy_who_must_agree,
        is_evidence=True,
        tells=(Audience.LEAD,),
        follows="全体联名代表都同意以后，领衔代表才能撤回。",
    ),
    _row(
        Action.WITHDRAW,
        (S.DRAFTING, S.SUBMITTED, S.ASSIGNED),
        S.WITHDRAWN,
        rules.lead_deputy,
        asks=(Field("reason", "撤回的理由"),),
        has_effect=True,
        tells=(Audience.SUPERVISORS, Audience.DIRECTOR, Audience.CLERKS, Audience.DEPUTIES),
        follows="这件建议到此为止，各单位停止办理；评价和承诺留在登记簿里。撤回以后不能恢复。",
    ),
    _row(Action.COMPLETE, (S.ASSIGNED,), S.CLOSED, rules.system, follows="各承办单位都已办结。"),
    _row(Action.REOPEN, (S.CLOSED,), S.ASSIGNED, rules.system, follows="有承办单位恢复办理。"),
)
