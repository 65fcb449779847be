"""Whom a row waits for, in a few words, by where it stands."""

from collections.abc import Mapping

from suggestions.domain.facts import Actor
from suggestions.domain.states import CoState, HandlingState
from suggestions.models import Handling, Suggestion
from suggestions.queries.visible import may_read_names

HIDDEN = "姓名不公开的代表"

_HANDLINGS: Mapping[HandlingState, str] = {
    HandlingState.ASSIGNED: "局办公室签收",
    HandlingState.RECEIVED: "局长阅看原件并批示",
    HandlingState.PLANNING: "{handler}拟定方案",
    HandlingState.PLAN_REVIEW: "局长审定方案",
    HandlingState.IN_PROGRESS: "{handler}办理并起草复函",
    HandlingState.SIGNING: "局长签批复函",
    HandlingState.SIGNED: "局办公室编号、发出",
    HandlingState.REPLIED: "{lead}评价",
    HandlingState.RATED: "评价公布",
    HandlingState.CONTESTED: "人代工委督办",
    HandlingState.FOLLOW_UP: "{handler}跟踪落实，局长办结",
    HandlingState.CLOSED: "归档",
    HandlingState.RETURN_REQUESTED: "人代工委决定退办",
    HandlingState.REASSIGNED: "已改由别的单位承办",
    HandlingState.TERMINATED: "不用再办",
}
_CO_HANDLINGS: Mapping[CoState, str] = {
    CoState.INVITED: "{unit}报协办意见",
    CoState.GIVEN: "{unit}局长审定协办意见",
    CoState.SENT_BACK: "{unit}重报协办意见",
    CoState.RELEASED: "{main}采用",
    CoState.ACCEPTED: "复函写好后{unit}会签",
    CoState.SILENT: "逾期未复",
    CoState.CANCELLED: "已取消",
}


def lead_text(suggestion: Suggestion, actor: Actor) -> str:
    """The lead deputy as this person may read it: 陈立群代表, or that the name is not public."""
    name = suggestion.lead.name if suggestion.lead else None
    return lead_words(name, actor, is_hidden=suggestion.is_name_hidden)


def lead_words(name: str | None, actor: Actor, *, is_hidden: bool) -> str:
    """A lead deputy's name as this person may read it; None when nobody leads yet."""
    if name is None:
        return "领衔代表未定"
    return HIDDEN if is_hidden and not may_read_names(actor) else f"{name}代表"


def handling_waits_for(handling: Handling, actor: Actor) -> str:
    """Whom a handling waits for, and what they do next."""
    handler = handling.handler.name if handling.handler else None
    return handling_words(handling.state, handler, lead_text(handling.suggestion, actor))


def handling_words(state: HandlingState, handler: str | None, lead: str) -> str:
    """Whom a handling in this state waits for; `handler` is None while nobody is named."""
    return _HANDLINGS[state].format(handler=handler or "承办人", lead=lead)


def co_handling_words(state: CoState, unit: str, main: str, *, is_to_sign: bool) -> str:
    """Whom an opinion in this state waits for: the unit that owes it, or owes its signature now; or the main unit."""
    if is_to_sign:
        return f"{unit}会签"
    return _CO_HANDLINGS[state].format(unit=unit, main=main)
