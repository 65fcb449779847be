"""The way a suggestion went, for its deputy: public events in spoken words, then where it is, then what is ahead."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from suggestions.domain.actions import Action
from suggestions.domain.deadlines import Light, remaining
from suggestions.domain.lifecycle import TABLES
from suggestions.domain.states import FINAL, HandlingState, Life
from suggestions.domain.story import Past
from suggestions.domain.urging import outcome
from suggestions.queries.dues import reply_term
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look
from suggestions.queries.telling import redated, settled

_PUBLIC = frozenset(step.action for life in Life for step in TABLES[life] if step.is_public)
_MET = {
    "visit": "{who}上门见了{you}",
    "meeting": "{who}同{you}座谈",
    "research": "{who}同{you}一起调研",
    "phone": "{who}打电话给{you}",
    "message": "{who}给{you}发了信息",
    "mail": "{who}给{you}写了信",
    "attempt": "{who}找过{you}，没有接通",
}
_WRITTEN = (HandlingState.SIGNING, HandlingState.SIGNED)
_ANSWERED = frozenset(HandlingState) - frozenset(
    {
        HandlingState.ASSIGNED,
        HandlingState.RECEIVED,
        HandlingState.PLANNING,
        HandlingState.PLAN_REVIEW,
        HandlingState.IN_PROGRESS,
        HandlingState.RETURN_REQUESTED,
        HandlingState.REASSIGNED,
        *_WRITTEN,
    }
)


@dataclass(frozen=True)
class Leg:
    """One leg of the way: past, here, or still ahead."""

    state: str
    head: str
    time_iso: str = ""
    when: str = ""
    text: str = ""


def you(look: Look) -> str:
    """How the page speaks of the lead deputy: 您 to the lead deputy, 领衔代表 to a joint one."""
    return "您" if look.facts.actor.person_id in look.facts.lead_names else "领衔代表"


def boss(look: Look) -> str:
    """How the unit's head is called: 局长 in a bureau, otherwise 主要负责人."""
    return "局长" if look.handling.unit.name.endswith("局") else "主要负责人"


def way_of(look: Look) -> tuple[Leg, ...]:
    """What is ahead on top, then where it is, then what is past, newest first."""
    past = [_leg(look, event) for event in _shown(look)]
    return (*_ahead(look), *_here(look), *reversed(past))


def _shown(look: Look) -> Iterator[Past]:
    """The public events that a deputy may read: no progress that is not meant to be shown, nothing of a draft."""
    lamps = {past.seq for past in look.facts.story.all(Action.LIGHT_UP)}
    for past in look.facts.story.events:
        if past.action not in _PUBLIC or past.action not in (*_TELL, *_TELL_MORE):
            continue
        if past.action is Action.RECORD_PROGRESS and not past.payload.get("is_shown"):
            continue
        if past.action is Action.ANSWER_URGING and int(past.payload["urging"]) not in lamps:
            continue
        if past.action is Action.READ_ORIGINAL and "handler" not in past.payload:
            continue
        if past.action is Action.SUBMIT_REPLY and not _is_last_submission(look, past):
            continue
        if past.action is Action.SIGN_REPLY and look.facts.story.is_void(past):
            continue
        if past.action is Action.ADD_PROMISE and not _is_sent(look, past):
            continue
        yield past


def _is_last_submission(look: Look, past: Past) -> bool:
    """Whether this letter was not taken back, nor sent back by the director."""
    taken_back = (Action.RETURN_REPLY, Action.RECALL_REPLY, Action.VOID_SIGNATURE)
    return look.facts.story.after(past).last(*taken_back, round=past.round) is None


def _is_sent(look: Look, past: Past) -> bool:
    """Whether the letter that holds the promise has gone out."""
    return look.facts.story.after(past).last(Action.DISPATCH) is not None or look.handling.state in _ANSWERED


def _leg(look: Look, past: Past) -> Leg:
    head, text = _told(look, past)
    on = date.fromisoformat(past.payload["contacted_on"]) if past.action is Action.RECORD_CONTACT else past.on
    return Leg("past", head, on.isoformat(), spoken(on, look.today), text)


def _contact(look: Look, past: Past) -> tuple[str, str]:
    contact = next(c for c in look.facts.story.contacts() if c.past.seq == past.seq)
    whom = you(look)
    verdict = {None: "", "confirmed": f"{whom}已确认。", "denied": f"{whom}说没有这回事。"}[contact.verdict]
    people = str(past.payload.get("people") or "")
    agreed = str(past.payload.get("agreed") or "")
    text = (f"{people}。" if people else "") + (f"商定：{agreed.rstrip('。')}。" if agreed else "") + verdict
    return _MET[past.payload["form"]].format(who=look.handling.unit.name, you=whom), text


def _opened(look: Look, past: Past) -> tuple[str, str]:
    scale = look.facts.rulebook.ratings
    labels = [scale[rating.payload["overall"]].label for rating in look.facts.story.ratings(past.round)]
    return f"评价公布了：{'、'.join(labels)}", "承办单位看到了评价，一字不改。"


def _co_unit(look: Look, past: Past) -> tuple[str, str]:
    name = next((co.unit_name for co in look.facts.co_handlings if co.id == past.co_handling_id), past.unit_name)
    return f"{name}给了意见", ""


def _challenged(look: Look, past: Past) -> tuple[str, str]:
    claim = f"现定{past.payload['was']}类，认为应当是{past.payload['result_class']}类"
    return f"{look.who(past)}对分类有异议", f"{claim}：{past.payload['reason']}"


def _settled(_look: Look, past: Past) -> tuple[str, str]:
    return f"分类异议有了答复：{settled(past)}", str(past.payload["reason"])


def _begun(look: Look, past: Past) -> tuple[str, str]:
    """The day it was handed over, where it was entered here on a later one."""
    on = date.fromisoformat(past.payload["assigned_on"])
    is_late = on < past.on and "from_unit" not in past.payload
    late = f"{spoken(on, look.today)}交办，{spoken(past.on, look.today)}录入。" if is_late else ""
    return f"交给{look.handling.unit.name}办理", late


def _redated(_look: Look, past: Past) -> tuple[str, str]:
    return "放假安排公布，期限按新的工作日重算", "；".join(line for line in redated(past) if "协办" not in line)


def _lit(look: Look, past: Past) -> tuple[str, str]:
    """What was asked; and while the answer is late, since when and by how much."""
    urging, demand = next(u for u in look.facts.story.urgings() if u.past.seq == past.seq), past.payload["demand"]
    facts, is_ended = look.facts, look.handling.state in FINAL
    found = outcome(urging, facts.story, look.today, facts.calendar, rules=facts.rulebook, is_ended=is_ended)
    if found.light is not Light.OVER or found.due_on is None:
        return f"{you(look)}亮了灯", demand
    rest = remaining(look.today, found.due_on, found.unit, look.facts.calendar)
    end = "" if demand.endswith(("。", "？", "！")) else "。"
    return f"{you(look)}亮了灯", f"{demand}{end}应当在{spoken(found.due_on, look.today)}前回话，还没有回，{rest}。"


_TELL: Mapping[Action, tuple[str, str]] = {
    Action.KEEP_PAST: ("往年件存到这里", "往年的办理经过没有记录；没有兑现的承诺接着办。"),
    Action.RECEIVE: ("{unit}签收", ""),
    Action.REASSIGN: ("人代工委改由{unit_name}办理", "{reason}"),
    Action.REQUEST_RETURN: ("{unit}说不归它办，申请退办", "{reason}"),
    Action.GRANT_RETURN: ("人代工委同意退办，改由{unit_name}办理", "{reason}"),
    Action.REFUSE_RETURN: ("人代工委不同意退办", "{reason}"),
    Action.RETRACT_RETURN: ("{unit}收回退办申请，接着办", ""),
    Action.REQUEST_EXTENSION: ("承办单位申请延期，给{you}的说明", "{explanation}"),
    Action.GRANT_EXTENSION: ("答复期限延到{reply_due_on}", ""),
    Action.REFUSE_EXTENSION: ("人代工委不同意延期", "{reason}"),
    Action.TRANSFER: ("移交{unit_name}承办", "{document}"),
    Action.READ_ORIGINAL: ("{boss}看了原件", "批示：“{remark}”"),
    Action.APPROVE_PLAN: ("{boss}定了办理方案", ""),
    Action.RECORD_PROGRESS: ("办理有进展", "{progress}"),
    Action.ANSWER_URGING: ("承办单位回了话", "{answer}"),
    Action.SUBMIT_REPLY: ("复函写好，送{boss}审签", ""),
    Action.SIGN_REPLY: ("{boss}亲自签了复函", ""),
    Action.DISPATCH: ("复函送出", "{document_number}"),
    Action.CORRECT_REPLY: ("{boss}要更正复函", "{document_number}：{reason}"),
    Action.LAPSE_RATING: ("过了评价期限", "没有收到评价，统计时不算满意。"),
    Action.WAIVE_RATING: ("没有领衔代表可以评价", "记为无法评价，不计入评价率。"),
    Action.ORDER_REDO: ("人代工委责成重新办理", "{reason}"),
    Action.CONCLUDE_DISPUTE: ("人代工委作了协调结论", "{conclusion}"),
    Action.ADD_PROMISE: ("记下一项承诺", "{measure}（{due_on}前）"),
    Action.FULFIL_PROMISE: ("承诺兑现了：{measure}", "{proof}"),
    Action.CHANGE_PROMISE: ("一项承诺改到{due_on}：{measure}", "{reason}"),
    Action.REPORT_PROMISE: ("{boss}报告了一项承诺的落实情况：{measure}", "{report}"),
    Action.RATE_PROMISE: ("{you}评价了一项承诺：{label}", "{reason}"),
    Action.RELEASE_PROMISE: ("{boss}申请终止一项承诺：{measure}", "{letter}"),
    Action.REFUSE_RELEASE: ("人代工委不同意终止一项承诺：{measure}", "照旧兑现。{reason}"),
    Action.AGREE_RELEASE: ("人代工委同意终止一项承诺：{measure}", "按没有兑现统计。"),
    Action.PUBLISH: ("复函公开了", "{document_number}"),
    Action.WITHHOLD: ("复函不公开", "{ground}"),
    Action.CLOSE: ("办结", "{conclusion}"),
    Action.REOPEN: ("恢复办理", "{reason}"),
    Action.TERMINATE: ("建议撤回，停止办理", "评价和承诺留在登记簿里。"),
}
"""How a public step is told, filled with its words; confirming and denying a contact is told with the contact."""
_TELL_MORE: Mapping[Action, Callable[[Look, Past], tuple[str, str]]] = {
    Action.BEGIN: _begun,
    Action.RECORD_CONTACT: _contact,
    Action.RELEASE_CO_OPINION: _co_unit,
    Action.OPEN_RATING: _opened,
    Action.CHALLENGE_CLASS: _challenged,
    Action.SETTLE_CLASS: _settled,
    Action.REDATE: _redated,
    Action.LIGHT_UP: _lit,
}


def _told(look: Look, past: Past) -> tuple[str, str]:
    if past.action in _TELL_MORE:
        return _TELL_MORE[past.action](look, past)
    words = {"unit": look.handling.unit.name, "boss": boss(look), "you": you(look), **past.payload}
    for name in {"due_on", "reply_due_on"} & past.payload.keys():
        words[name] = spoken(date.fromisoformat(past.payload[name]), look.today)
    head, text = _TELL[past.action]
    return head.format_map(words), text.format_map(words)


def _here(look: Look) -> Iterator[Leg]:
    head, text = {
        HandlingState.ASSIGNED: (f"等{look.handling.unit.name}签收", ""),
        HandlingState.RECEIVED: (f"等{boss(look)}看原件", "每一份都要本人看完，写下批示。"),
        HandlingState.PLANNING: ("正在拟办理方案", ""),
        HandlingState.PLAN_REVIEW: (f"{boss(look)}审方案", ""),
        HandlingState.IN_PROGRESS: ("正在办理", ""),
        HandlingState.SIGNING: (f"{boss(look)}审签复函", f"{boss(look)}要亲自看、亲自签。"),
        HandlingState.SIGNED: ("正在编号、送出", ""),
        HandlingState.REPLIED: (f"等{you(look)}评价", ""),
        HandlingState.RATED: ("评价封存，等公布", "公布以前承办单位看不到。"),
        HandlingState.CONTESTED: ("等人代工委督办", ""),
        HandlingState.FOLLOW_UP: ("跟踪落实", ""),
        HandlingState.CLOSED: ("", ""),
        HandlingState.RETURN_REQUESTED: ("等人代工委决定退办", "没有决定以前，答复期限照常计算。"),
        HandlingState.REASSIGNED: ("", ""),
        HandlingState.TERMINATED: ("", ""),
    }[look.handling.state]
    if head:
        since = look.facts.story.events[-1].on if look.facts.story.events else look.today
        moved = next((e.on for e in reversed(look.facts.story.events) if not e.is_evidence), since)
        yield Leg("here", head, moved.isoformat(), f"{spoken(moved, look.today)}起", text)


def _ahead(look: Look) -> Iterator[Leg]:
    """What is still to come, the farthest on top."""
    state = look.handling.state
    order = list(HandlingState)
    at = order.index(HandlingState.PLANNING if state is HandlingState.RETURN_REQUESTED else state)
    if at < order.index(HandlingState.REPLIED):
        term = look.facts.rulebook.term("rating")
        yield Leg("ahead", f"请{you(look)}评价", when=f"收到复函后{term.amount}个工作日内")
        yield Leg("ahead", "复函送出", when=f"最晚{spoken(reply_term(look.facts).on, look.today)}")
    if at < order.index(HandlingState.SIGNING):
        yield Leg("ahead", f"{boss(look)}审签复函")
    if at < order.index(HandlingState.PLANNING):
        yield Leg("ahead", f"{boss(look)}定方案")
    if state in (HandlingState.REPLIED, HandlingState.RATED, HandlingState.FOLLOW_UP):
        yield Leg("ahead", "落实完、办结")
