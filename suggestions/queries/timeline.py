"""Progress and contacts, newest first, as far as this person's sight goes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from suggestions.domain.actions import Action
from suggestions.domain.due_lines import full, months_text
from suggestions.domain.labels import (
    ACTIONS,
    CONTACT_FORMS,
    CONTACT_RANKS,
    CONTACT_STAGES,
    CONTACT_VERDICTS,
    URGING_FORMS,
)
from suggestions.domain.rulebook import Called
from suggestions.domain.sight import Sight
from suggestions.domain.states import Role
from suggestions.domain.story import Contact, Past
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look, moment_text
from suggestions.queries.urging_words import after_urging

_WITH_FILES = (Action.RECORD_CONTACT, Action.ATTACH, Action.FULFIL_PROMISE, Action.REPORT_PROMISE)
_GIVEN_ON = (Action.REASSIGN, Action.GRANT_RETURN)


@dataclass(frozen=True)
class Entry:
    """One thing that happened: a square for the director's hand, filled for a contact with the deputy."""

    kind: str
    head: str
    time_iso: str
    time_text: str
    who: tuple[str, ...]
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Progress:
    """The timeline and its sum."""

    line: str
    items: tuple[Entry, ...]


def progress_of(look: Look) -> Progress:
    """What was done, said and asked; remarks made inside the unit only for who may read them."""
    contacts = {contact.past.seq: contact for contact in look.facts.story.contacts()}
    entries = [_entry(look, past, contacts) for past in reversed(look.facts.story.events)]
    line = "往年的办理经过没有记录" if look.handling.is_past else _sum(list(contacts.values()))
    return Progress(line, tuple(entry for entry in entries if entry is not None))


def _sum(contacts: list[Contact]) -> str:
    met = [contact for contact in contacts if not contact.is_attempt]
    if not met:
        return "还没有联系过代表"
    confirmed = sum(1 for contact in met if contact.verdict == "confirmed")
    denied = sum(1 for contact in met if contact.verdict == "denied")
    parts = [f"联系{len(met)}次", f"代表已确认{confirmed}次" if confirmed else "", f"否认{denied}次" if denied else ""]
    return "，".join(part for part in parts if part)


def _entry(look: Look, past: Past, contacts: Mapping[int, Contact]) -> Entry | None:
    if past.action is Action.RECORD_CONTACT:
        return _contact(look, contacts[past.seq])
    if past.action is Action.COMMENT and not look.sees_comments:
        return None
    if past.action not in _TELL:
        return None
    kind, head, tell = _TELL[past.action]
    asked_by = past.payload.get("answer_due_on")
    by = f"{spoken(date.fromisoformat(asked_by), look.today)}前回复" if asked_by else ""
    if past.action is Action.URGE:
        head = f"局长{URGING_FORMS[past.payload['form']]}"
    return Entry(
        kind=kind,
        head=head,
        time_iso=past.at.isoformat(timespec="minutes"),
        time_text=moment_text(past.at, look.today),
        who=(look.who(past),),
        text="\n".join(part for part in (*tell(past), by, *after_urging(look, past)) if part),
        links=tuple(_links(look, past)),
    )


def _contact(look: Look, contact: Contact) -> Entry:
    past = contact.past
    on = date.fromisoformat(past.payload["contacted_on"])
    words = past.payload
    ranked = CONTACT_RANKS.get(str(words.get("rank", "")))
    told = [
        f"{ranked}带队" if ranked else "",
        f"地点：{words['place']}" if words.get("place") else "",
        f"代表说：{words['asked']}" if words.get("asked") else "",
        f"商定：{words['agreed']}" if words.get("agreed") else "",
        f"代表说没有这回事：{contact.reason}" if contact.verdict == "denied" and contact.reason else "",
    ]
    verdict = "" if contact.is_attempt else CONTACT_VERDICTS[contact.verdict]
    stage = CONTACT_STAGES[look.facts.story.contact_stage(past)]
    return Entry(
        kind="plain" if contact.is_attempt or contact.verdict == "denied" else "met",
        head=f"{stage}：{CONTACT_FORMS[words['form']]}",
        time_iso=on.isoformat(),
        time_text=spoken(on, look.today),
        who=tuple(part for part in (str(words.get("people", "")), verdict) if part),
        text="\n".join(part for part in told if part),
        links=tuple(_links(look, past)),
    )


def _links(look: Look, past: Past) -> Iterator[tuple[str, str]]:
    if past.action in _GIVEN_ON and look.is_whole and look.facts.actor.role is Role.SUPERVISOR:
        for handling in look.case.handlings:
            if handling.unit.name == past.payload["unit_name"] and handling.id != look.handling.id:
                yield f"看{handling.unit.name}承办的这一件", look.url("cases.handling", id=handling.id)
    if look.sight is Sight.CO_UNIT or past.action not in _WITH_FILES:
        return
    digests = [str(file["sha256"]) for file in past.payload.get("files", ())]
    for file in look.files(digests):
        yield file.name, look.url("files.file", id=file.id)


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


def redated(past: Past) -> list[str]:
    """Which days moved when holidays were announced; a light that alone moved says so."""
    moved = [f"{each['what']}由{each['was']}改为{each['now']}" for each in past.payload["changes"]]
    return moved or ["期限不变，只有提醒的日子变了"]


_TELL: Mapping[Action, tuple[str, str, Callable[[Past], tuple[str, ...]]]] = {
    Action.BEGIN: (
        "plain",
        "交由承办",
        lambda p: (
            f"接{p.payload['from_unit']}" if "from_unit" in p.payload else "",
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
