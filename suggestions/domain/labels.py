"""The words of the trade for everything that has a code: one place, so that screen, letter and record agree."""

from collections.abc import Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.states import CoState, HandlingState, Life, Role, Seal, State, SuggestionState

ACTIONS: Mapping[A, str] = {action: action.label for action in A if action.label}

STATES: Mapping[Life, Mapping[State, str]] = {
    Life.SUGGESTION: {
        SuggestionState.DRAFTING: "起草中",
        SuggestionState.SUBMITTED: "已提交",
        SuggestionState.ASSIGNED: "已交办",
        SuggestionState.MERGED: "已并案",
        SuggestionState.CLOSED: "办结",
        SuggestionState.DECLINED: "不作为建议处理",
        SuggestionState.OFFLINE: "涉密件登记",
        SuggestionState.WITHDRAWN: "已撤回",
        SuggestionState.PAST: "往年件",
    },
    Life.HANDLING: {
        HandlingState.ASSIGNED: "待签收",
        HandlingState.RECEIVED: "待阅示",
        HandlingState.PLANNING: "拟定方案",
        HandlingState.PLAN_REVIEW: "方案待审",
        HandlingState.IN_PROGRESS: "办理中",
        HandlingState.SIGNING: "复函待签",
        HandlingState.SIGNED: "待发出",
        HandlingState.REPLIED: "待评价",
        HandlingState.RATED: "已评价待公布",
        HandlingState.CONTESTED: "待督办",
        HandlingState.FOLLOW_UP: "跟踪落实",
        HandlingState.CLOSED: "办结",
        HandlingState.RETURN_REQUESTED: "申请退办",
        HandlingState.REASSIGNED: "已改办",
        HandlingState.TERMINATED: "终止",
    },
    Life.CO_HANDLING: {
        CoState.INVITED: "待报意见",
        CoState.GIVEN: "待本单位审定",
        CoState.SENT_BACK: "退回重报",
        CoState.RELEASED: "已送主办单位",
        CoState.ACCEPTED: "待会签",
        CoState.SILENT: "逾期未复",
        CoState.CANCELLED: "已取消",
    },
}

LIVES: Mapping[Life, str] = {Life.SUGGESTION: "建议", Life.HANDLING: "承办件", Life.CO_HANDLING: "协办件"}

ROLES: Mapping[Role, str] = {
    Role.DEPUTY: "人大代表",
    Role.SUPERVISOR: "人代工委",
    Role.INSPECTOR: "政府督查室",
    Role.DIRECTOR: "局长",
    Role.REVIEWER: "审核人",
    Role.HANDLER: "承办人",
    Role.CLERK: "局办公室",
    Role.SYSADMIN: "系统管理员",
    Role.SECADMIN: "安全管理员",
    Role.AUDITOR: "审计员",
    Role.SYSTEM: "系统",
}

RULES: Mapping[str, str] = {
    "system": "系统",
    "supervisor": "人代工委",
    "inspector": "政府督查室",
    "any_deputy": "人大代表",
    "clerk": "局办公室",
    "lead_deputy": "领衔代表",
    "only_lead_deputy": "领衔代表（只有一位时）",
    "lead_deputy_after_lapse": "领衔代表（逾期后）",
    "invited_deputy": "受邀联名代表",
    "deputy_of_suggestion": "领衔代表、联名代表",
    "joint_deputy_who_must_agree": "联名代表（规定要一致同意的）",
    "supervisor_of_paper": "人代工委（纸质建议）",
    "director_of_unit": "局长本人",
    "director_without_seal": "局长本人（接任后）",
    "reviewer_of_unit": "审核人",
    "secrecy_reviewer_of_unit": "保密审核人",
    "clerk_of_unit": "局办公室",
    "clerk_of_unit_without_reviewer": "局办公室（本单位没有审核人时）",
    "any_handler_of_unit": "本单位任一承办人",
    "any_handler_of_past_case": "本单位任一承办人（没有指定时）",
    "handler_of_case": "承办人",
    "handler_in_charge": "承办人",
    "anyone_of_unit": "本单位任何人",
    "co_handler": "协办单位承办人",
    "co_director": "协办单位局长",
    "own_invitation": "承办人（自己邀请的）",
    "named_at_assignment": "人代工委（交办时指定的）",
}

SEALS: Mapping[Seal, tuple[str, str]] = {
    Seal.READ: ("阅", "阅原件"),
    Seal.PLAN: ("审", "审方案"),
    Seal.URGE: ("督", "督促"),
    Seal.SIGN: ("签", "签复函"),
    Seal.COORDINATE: ("协", "协调"),
}

PROOFS: Mapping[str, str] = {"password": "登录密码（当场重输）", "passkey": "指纹（通行密钥，当场验证）"}

CONTACT_FORMS: Mapping[str, str] = {
    "visit": "上门走访",
    "meeting": "座谈面商",
    "research": "联合调研",
    "phone": "电话",
    "message": "短信、微信",
    "mail": "信函、电子邮件",
    "attempt": "未接通（记一次尝试）",
}
CONTACT_RANKS: Mapping[str, str] = {
    "head": "主要负责人",
    "deputy_head": "分管领导",
    "section": "科室负责人",
    "staff": "承办人员",
}
CONTACT_STAGES: Mapping[str, str] = {"b": "办理前", "d": "办理中", "a": "办理后"}
CONTACT_VERDICTS: Mapping[str | None, str] = {None: "待代表确认", "confirmed": "代表已确认", "denied": "代表否认"}
URGING_FORMS: Mapping[str, str] = {"urge": "督促", "hear": "听取汇报", "inspect": "现场检查"}
PROPOSALS: Mapping[str, str] = {"agree": "同意", "refuse": "不同意"}
DISPUTE_PROPOSALS: Mapping[str, str] = {"redo": "责成重新办理", "settle": "召集双方协调"}
PROPOSED_ON: Mapping[A, str] = {
    A.REQUEST_RETURN: "申请退办",
    A.REQUEST_EXTENSION: "申请延期",
    A.OPEN_RATING: "代表不满意",
}
DELIVERY_WAYS: Mapping[str, str] = {
    "in_person": "当面送达",
    "post": "邮寄",
    "platform": "网上送达，并寄纸质件",
}
LETTER_WAYS: Mapping[str, str] = {
    "each": "每位代表一封，各写各的姓名",
    "together": "一封写给全体代表，领衔代表已同意由其转交",
}
SERIES: Mapping[str, str] = {"session": "会议期间", "between": "闭会期间"}
UNIT_PARTS: Mapping[str, str] = {"main": "分办（另行答复）", "co": "协办（提供意见）"}
LEAD_CHANGES: Mapping[str, str] = {"died": "去世", "left": "不再担任代表", "unit": "在承办单位任职"}
REPLY_TERMS: Mapping[str, str] = {"ordinary": "三个月", "complex": "六个月（涉及面广、难度大）"}
