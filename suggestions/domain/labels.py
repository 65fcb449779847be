"""The words of the trade for everything that has a code: one place, so that screen, letter and record agree."""

from collections.abc import Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.states import CoState, HandlingState, Life, Role, Seal, State, SuggestionState

ACTIONS: Mapping[A, str] = {
    A.DRAFT: "起草建议",
    A.REVISE: "修改建议",
    A.INVITE_COSIGNER: "邀请联名",
    A.COSIGN: "确认联名",
    A.REMOVE_COSIGNER: "取消联名",
    A.SUBMIT: "提交建议",
    A.RETURN_FOR_REVISION: "退回修改",
    A.DECLINE: "不作为建议处理",
    A.ASSIGN: "交办",
    A.IMPORT_HANDOVER: "导入交办",
    A.MARK_KEY: "列为重点督办",
    A.COMPLETE: "全部办结",
    A.BEGIN: "交由承办",
    A.RECEIVE: "签收",
    A.REASSIGN: "改办",
    A.OPEN_ORIGINAL: "打开原件",
    A.READ_ORIGINAL: "阅看原件",
    A.NAME_HANDLER: "更换承办人",
    A.REQUEST_RETURN: "申请退办",
    A.GRANT_RETURN: "同意退办",
    A.REFUSE_RETURN: "不同意退办",
    A.RETRACT_RETURN: "收回退办申请",
    A.SPLIT_REQUESTS: "拆分诉求",
    A.SUBMIT_PLAN: "报送方案",
    A.RECALL_PLAN: "取回方案",
    A.APPROVE_PLAN: "审定方案",
    A.RETURN_PLAN: "退回方案",
    A.RECORD_CONTACT: "记联系",
    A.CONFIRM_CONTACT: "确认联系",
    A.DENY_CONTACT: "否认联系",
    A.RECORD_PROGRESS: "记进展",
    A.ATTACH: "附文件",
    A.COMMENT: "内部意见",
    A.URGE: "督促",
    A.SUPERVISE: "督办",
    A.LIGHT_UP: "亮灯催办",
    A.ANSWER_URGING: "回复催办",
    A.REQUEST_EXTENSION: "申请延期",
    A.GRANT_EXTENSION: "同意延期",
    A.REFUSE_EXTENSION: "不同意延期",
    A.DRAFT_REPLY: "起草复函",
    A.ENDORSE: "审核通过",
    A.REFUSE_ENDORSEMENT: "审核不通过",
    A.SUBMIT_REPLY: "报签复函",
    A.RECALL_REPLY: "取回复函",
    A.RETURN_REPLY: "退回复函",
    A.SIGN_REPLY: "签批复函",
    A.DISPATCH: "发出复函",
    A.RATE: "评价",
    A.CORRECT_RATING: "更正评价",
    A.OPEN_RATING: "公布评价",
    A.LAPSE_RATING: "逾期未评",
    A.ORDER_REDO: "责成重新办理",
    A.CONCLUDE_DISPUTE: "协调结论",
    A.COORDINATE: "协调落实",
    A.ADD_PROMISE: "记承诺",
    A.FULFIL_PROMISE: "兑现承诺",
    A.CLOSE: "办结",
    A.REOPEN: "恢复办理",
    A.TRANSFER: "移交承接单位",
    A.INVITE_CO_OPINION: "邀请协办",
    A.GIVE_CO_OPINION: "报协办意见",
    A.RETURN_CO_OPINION: "退回协办意见",
    A.RELEASE_CO_OPINION: "审定协办意见",
    A.ACCEPT_CO_OPINION: "采用协办意见",
    A.SEND_BACK_CO_OPINION: "退回重报",
    A.COUNTERSIGN: "会签",
    A.DISSENT: "会签不同意见",
    A.GO_ON_WITHOUT: "逾期未复，先行办理",
    A.CANCEL_CO_OPINION: "取消协办",
}

STATES: Mapping[Life, Mapping[State, str]] = {
    Life.SUGGESTION: {
        SuggestionState.DRAFTING: "起草中",
        SuggestionState.SUBMITTED: "已提交",
        SuggestionState.ASSIGNED: "已交办",
        SuggestionState.CLOSED: "办结",
        SuggestionState.DECLINED: "不作为建议处理",
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
    "lead_deputy_after_lapse": "领衔代表（逾期后）",
    "invited_deputy": "受邀联名代表",
    "supervisor_of_paper": "人代工委（纸质建议）",
    "director_of_unit": "局长本人",
    "director_without_seal": "局长本人（接任后）",
    "reviewer_of_unit": "审核人",
    "secrecy_reviewer_of_unit": "保密审核人",
    "clerk_of_unit": "局办公室",
    "any_handler_of_unit": "本单位任一承办人",
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
URGING_FORMS: Mapping[str, str] = {"urge": "督促", "hear": "听取汇报", "inspect": "现场检查"}
DELIVERY_WAYS: Mapping[str, str] = {
    "in_person": "当面送达",
    "post": "邮寄",
    "platform": "网上送达，并寄纸质件",
}
SERIES: Mapping[str, str] = {"session": "会议期间", "between": "闭会期间"}
REPLY_TERMS: Mapping[str, str] = {"ordinary": "三个月", "complex": "六个月（涉及面广、难度大）"}
