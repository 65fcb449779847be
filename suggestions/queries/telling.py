"""What each action tells on the timeline: how it is drawn, what it is called, what it says."""

from collections.abc import Callable, Mapping
from datetime import date

from suggestions.domain.actions import Action
from suggestions.domain.due_lines import full, months_text
from suggestions.domain.labels import ACTIONS, PROPOSED_ON
from suggestions.domain.rulebook import Called
from suggestions.domain.story import Past


def _said(name: str) -> Callable[[Past], tuple[str, ...]]:
    return lambda past: (f"“{past.payload[name]}”",)


def _plain(name: str) -> Callable[[Past], tuple[str, ...]]:
    return lambda past: (str(past.payload[name]),)


def _demanded(past: Past) -> tuple[str, ...]:
    remark = past.payload.get("remark")
    return (f"“{remark}”" if remark else "", f"要求：{past.payload['demand']}")


def _given_to(past: Past) -> tuple[str, ...]:
    return f"改由{past.payload['unit_name']}承办", str(past.payload.get("reason") or "")


def settled(past: Past) -> str:
    """What became of the class: kept, or changed with the old one beside it."""
    was, now = past.payload["was"], past.payload["result_class"]
    kept = f"维持{now}类" if was == now else f"原定{was}类，改为{now}类"
    return f"人代工委裁定：{kept}" if past.payload["is_final"] else kept


def proposed(past: Past) -> str:
    """What the inspection office thinks of which request."""
    return f"对{PROPOSED_ON[Action(past.payload['on'])]}：{past.payload['label']}"


def redated(past: Past) -> list[str]:
    """Which days moved when holidays were announced; a light that alone moved says so."""
    moved = [f"{each['what']}由{each['was']}改为{each['now']}" for each in past.payload["changes"]]
    return moved or ["期限不变，只有提醒的日子变了"]


def _handed_over(begun: Past) -> str:
    """The day of the handover, where it was entered here on a later one."""
    on = date.fromisoformat(begun.payload["assigned_on"])
    return f"{full(on)}交办，{full(begun.on)}录入" if on < begun.on else ""


TELL: Mapping[Action, tuple[str, str, Callable[[Past], tuple[str, ...]]]] = {
    Action.BEGIN: (
        "plain",
        "交由承办",
        lambda p: (
            f"接{p.payload['from_unit']}" if "from_unit" in p.payload else _handed_over(p),
            f"答复到期{full(date.fromisoformat(p.payload['reply_due_on']))}",
        ),
    ),
    Action.KEEP_PAST: ("plain", "往年件存档", lambda _p: ("在这里办的从这一天起；以前的经过没有记录。",)),
    Action.REASSIGN: ("plain", "改办", _given_to),
    Action.READ_ORIGINAL: ("by_hand", "局长阅看原件，批示", _said("remark")),
    Action.NAME_HANDLER: (
        "plain",
        "更换承办人",
        lambda p: (f"改由{p.payload.get('handler_name', '')}承办：{p.payload['reason']}",),
    ),
    Action.REQUEST_RETURN: ("by_hand", "局长申请退办", _said("reason")),
    Action.GRANT_RETURN: ("plain", "同意退办", _given_to),
    Action.REFUSE_RETURN: ("plain", "不同意退办", _plain("reason")),
    Action.RETRACT_RETURN: ("by_hand", "局长收回退办申请", lambda _p: ()),
    Action.APPROVE_PLAN: ("by_hand", "局长审定方案", _said("remark")),
    Action.RETURN_PLAN: ("by_hand", "局长退回方案", _said("reason")),
    Action.URGE: ("by_hand", "局长督促", _demanded),
    Action.SUPERVISE: ("plain", "督办", _demanded),
    Action.PROPOSE: ("plain", "督查室意见", lambda p: (proposed(p), str(p.payload["reason"]))),
    Action.LIGHT_UP: ("plain", "代表亮灯", _demanded),
    Action.ANSWER_URGING: ("plain", "回复催办", _plain("answer")),
    Action.REQUEST_EXTENSION: (
        "by_hand",
        "局长申请延期",
        lambda p: (f"延长{months_text(p.payload['months'])}", f"给代表的说明：{p.payload['explanation']}"),
    ),
    Action.GRANT_EXTENSION: (
        "plain",
        "同意延期",
        lambda p: (
            f"延长{months_text(p.payload['months'])}，答复到期{full(date.fromisoformat(p.payload['reply_due_on']))}",
        ),
    ),
    Action.REFUSE_EXTENSION: ("plain", "不同意延期", _plain("reason")),
    Action.REMIND: (
        "plain",
        "亮灯提醒",
        lambda p: (p.payload["text"], f"提醒了{'、'.join(Called(who).label for who in p.payload['called'])}"),
    ),
    Action.REDATE: ("plain", "放假安排公布，重算期限", lambda p: tuple(redated(p))),
    Action.RECORD_PROGRESS: (
        "plain",
        "进展",
        lambda p: (p.payload["progress"] + ("（给代表看）" if p.payload.get("is_shown") else ""),),
    ),
    Action.ATTACH: ("plain", "附文件", _plain("note")),
    Action.COMMENT: ("plain", "内部意见", _plain("comment")),
    Action.RETURN_REPLY: ("by_hand", "局长退回复函", _said("reason")),
    Action.SIGN_REPLY: ("by_hand", "局长签批复函", _said("remark")),
    Action.WAIVE_RATING: ("plain", "无法评价", lambda _p: ("没有领衔代表可以评价，不计入任何评价率。",)),
    Action.VOID_SIGNATURE: ("plain", "撤回签批", _said("reason")),
    Action.RECORD_DELIVERY: (
        "plain",
        "登记送达",
        lambda p: tuple(
            f"{said}{full(date.fromisoformat(p.payload[key]))}"
            for said, key in (("送到代表手里：", "delivered_on"), ("评价到期：", "rating_due_on"))
        ),
    ),
    Action.CORRECT_REPLY: ("by_hand", "局长更正复函", _said("reason")),
    Action.ENTER_ON_PAPER: (
        "plain",
        "代录纸质意见",
        lambda p: (f"{ACTIONS[Action(p.payload['entered'])]}，等人代工委另一位同志核对",),
    ),
    Action.CONFIRM_ON_PAPER: (
        "plain",
        "核对代录",
        lambda p: (f"{ACTIONS[Action(p.payload['entered'])]}，{p.payload['entered_by']}录入，以代表的名义生效",),
    ),
    Action.CHALLENGE_CLASS: (
        "plain",
        "分类异议",
        lambda p: (f"现定{p.payload['was']}类，认为应当是{p.payload['result_class']}类", str(p.payload["reason"])),
    ),
    Action.SETTLE_CLASS: ("plain", "答复分类异议", lambda p: (settled(p), str(p.payload["reason"]))),
    Action.ORDER_REDO: ("plain", "责成重新办理", _plain("reason")),
    Action.CONCLUDE_DISPUTE: (
        "plain",
        "协调结论",
        lambda p: (f"{p.payload['convened_on']}开会，到场：{p.payload['present']}", str(p.payload["conclusion"])),
    ),
    Action.COORDINATE: (
        "by_hand",
        "局长协调落实",
        lambda p: (f"同{p.payload['with_whom']}", f"“{p.payload['remark']}”", p.payload.get("checked") or ""),
    ),
    Action.FULFIL_PROMISE: (
        "plain",
        "兑现承诺",
        lambda p: (f"第{p.payload['number']}项“{p.payload['measure']}”：{p.payload['proof']}",),
    ),
    Action.CHANGE_PROMISE: (
        "by_hand",
        "局长变更承诺",
        lambda p: (
            f"第{p.payload['number']}项“{p.payload['measure']}”，由{p.payload['before']['due_on']}改到{p.payload['due_on']}",
            f"理由：{p.payload['reason']}",
        ),
    ),
    Action.REPORT_PROMISE: (
        "by_hand",
        "局长报告落实情况",
        lambda p: (f"第{p.payload['number']}项，{p.payload['document_number']}", str(p.payload["report"])),
    ),
    Action.RATE_PROMISE: (
        "plain",
        "代表评价落实情况",
        lambda p: (
            f"第{p.payload['number']}项：{p.payload['label']}{'，重新打开' if p.payload['is_reopened'] else ''}",
            str(p.payload.get("reason") or ""),
        ),
    ),
    Action.RELEASE_PROMISE: (
        "by_hand",
        "局长申请终止承诺",
        lambda p: (
            f"第{p.payload['number']}项“{p.payload['measure']}”：{p.payload['ground']}",
            str(p.payload["letter"]),
        ),
    ),
    Action.AGREE_RELEASE: (
        "plain",
        "同意终止承诺",
        lambda p: (f"第{p.payload['number']}项“{p.payload['measure']}”：{p.payload['opinion']}",),
    ),
    Action.REFUSE_RELEASE: (
        "plain",
        "不同意终止承诺",
        lambda p: (f"第{p.payload['number']}项“{p.payload['measure']}”照旧：{p.payload['reason']}",),
    ),
    Action.PUBLISH: ("plain", "公开复函", lambda p: (f"{p.payload['document_number']}，所有代表都能看到公开稿",)),
    Action.WITHHOLD: ("plain", "不公开复函", _said("ground")),
    Action.CLOSE: ("by_hand", "局长办结", _plain("conclusion")),
    Action.REOPEN: ("plain", "恢复办理", _plain("reason")),
    Action.TRANSFER: (
        "plain",
        "移交承接单位",
        lambda p: (f"由{p.payload['from_unit']}移交{p.payload['unit_name']}", str(p.payload["document"])),
    ),
    Action.TERMINATE: ("plain", "终止办理", lambda _p: ("建议已经撤回。",)),
}
"""What belongs on the timeline: how it is drawn, what it is called, what it says."""
