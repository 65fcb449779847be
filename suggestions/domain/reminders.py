"""Reminders: whom a light calls today, each of them once, and what they are asked to do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from suggestions.domain.actions import Action
from suggestions.domain.deadlines import ONE_DAY, Light, light, near_on
from suggestions.domain.facts import Facts
from suggestions.domain.limits import ANSWERS, Limits, behind, countersign_due, name_of, reply_due, round_start
from suggestions.domain.promise_round import Round
from suggestions.domain.rulebook import Called
from suggestions.domain.states import CoState, State
from suggestions.domain.states import HandlingState as S
from suggestions.domain.workdays import Calendar

_TODO: Mapping[State, str] = {
    S.ASSIGNED: "请签收",
    S.RECEIVED: "请局长阅看原件、写下批示",
    S.PLANNING: "请报送办理方案",
    S.PLAN_REVIEW: "请局长审定方案",
    S.IN_PROGRESS: "请抓紧办理、起草复函",
    S.SIGNING: "请局长签批复函",
    S.SIGNED: "请编号、发出复函",
    S.RETURN_REQUESTED: "请人代工委决定退办",
    S.REPLIED: "请评价复函，到期没有评价的按未评价统计",
    S.FOLLOW_UP: "请兑现承诺，兑现不了的由局长报请变更",
    S.CLOSED: "请兑现承诺，兑现不了的由局长报请变更",
    CoState.INVITED: "请报协办意见",
    CoState.SENT_BACK: "请重报协办意见",
    CoState.GIVEN: "请局长审定协办意见",
}
_NO_CONTACT = "还没有联系代表"
_TODO_BEHIND: Mapping[str, str] = {_NO_CONTACT: "请联系代表", "局长还没有督促过": "请局长督促一次"}
_TODO_OF_TERM: Mapping[str, str] = {**dict.fromkeys(ANSWERS, "请回复催办"), "first_contact": "请联系代表"}
_WORDS = {Light.NEAR: "黄灯", Light.OVER: "红灯"}


@dataclass(frozen=True)
class Call:
    """A light that calls people today; `key` says which light it is, so that each is called once."""

    key: str
    light: Light
    called: tuple[Called, ...]
    text: str


@dataclass(frozen=True)
class _Lamp:
    """A light that is not blue: since when, what of, and in which order it calls."""

    kind: Light
    turned_on: date
    due_on: date
    chain: Mapping[Called, int]
    said: str
    key: str
    about: str


def calls_of_handling(facts: Facts, owed: Iterable[Limits]) -> list[Call]:
    """Whom the handling's lights call today: each term that runs has its own, and so has work that is behind.

    A reply that waits for its rating calls the deputy and then the deputies office; a sealed rating calls nobody.
    """
    if facts.of_handling.state is S.RATED:
        return []
    terms = list(owed)
    lamps = [lamp for limit in terms if (lamp := _of_term(facts, limit))]
    found = [_call(facts, lamp, None) for lamp in (*lamps, *_of_work(facts, {lamp.about for lamp in lamps}))]
    return [call for call in found if call]


def _of_term(facts: Facts, owed: Limits) -> _Lamp | None:
    handling, chains = facts.of_handling, facts.rulebook.reminders
    if owed.due_on is None:
        return None
    waits = handling.state is S.REPLIED and owed.term not in ANSWERS
    kind = light(facts.today, owed.yellow_on, owed.red_after)
    todo = _TODO_OF_TERM.get(owed.term) or _TODO.get(handling.state, "")
    key = f"{kind}:{handling.round}:{owed.term}:{owed.due_on}:{owed.yellow_reason}"
    if kind is Light.NEAR and owed.yellow_on:
        chain = chains.rating if waits else chains.yellow
        return _Lamp(kind, owed.yellow_on, owed.due_on, chain, f"{owed.yellow_reason}；{todo}", key, owed.term)
    if kind is Light.OVER and waits and not is_deputy_warned(facts):
        said = f"{name_of(owed.term, facts.rulebook)}超期；{todo}"
        return _Lamp(kind, owed.due_on + ONE_DAY, owed.due_on, chains.rating, said, key, owed.term)
    if kind is Light.OVER and not waits:
        name = (
            owed.yellow_reason.removesuffix("快到期") if owed.term == "promise" else name_of(owed.term, facts.rulebook)
        )
        return _Lamp(kind, owed.due_on + ONE_DAY, owed.due_on, chains.red, f"{name}超期；{todo}", key, owed.term)
    return None


def is_deputy_warned(facts: Facts) -> bool:
    """Whether a rating may lapse: the deputy was reminded in this round, on an earlier day; or no rule asks for it.

    Where the clock stood still over the whole time of the reminder, it is made up for, and the lapse waits a day.
    """
    reminded = facts.story.all(Action.REMIND, round=facts.of_handling.round)
    return Called.DEPUTY not in facts.rulebook.reminders.rating or any(
        past.on < facts.today and Called.DEPUTY in past.payload["called"] for past in reminded
    )


def _of_work(facts: Facts, lit: set[str]) -> Iterator[_Lamp]:
    """The yellow lights of work that is behind; the contact has none of its own while its term's is on."""
    handling = facts.of_handling
    for turned_on, reason in behind(facts):
        if turned_on <= facts.today and not (reason == _NO_CONTACT and "first_contact" in lit):
            todo = _TODO_BEHIND.get(reason) or _TODO.get(handling.state, "")
            key = f"{Light.NEAR}:{handling.round}:{reason}"
            due = reply_due(handling, facts.rulebook, facts.calendar, round_start(facts)).on
            yield _Lamp(Light.NEAR, turned_on, due, facts.rulebook.reminders.yellow, f"{reason}；{todo}", key, "reply")


def call_of_report(facts: Facts, round: Round, owed: int) -> Call | None:
    """Whom the light of the yearly round calls today, while the handling owes a report on so many promises."""
    yellow_on, chains = near_on(round.due, facts.calendar), facts.rulebook.reminders
    kind = light(facts.today, yellow_on, round.closes_on)
    if not owed or kind not in _WORDS:
        return None
    is_late = kind is Light.OVER
    said = f"{round.year}年第四季度还有{owed}项承诺的落实情况没有报告代表；请局长签发落实情况函，附回执"
    turned_on, chain = (round.closes_on + ONE_DAY, chains.red) if is_late else (yellow_on, chains.yellow)
    return _call(
        facts, _Lamp(kind, turned_on, round.closes_on, chain, said, f"{kind}:report:{round.year}", "report"), None
    )


def call_of_opinion(facts: Facts, yellow_on: date | None, due_on: date) -> Call | None:
    """Whom the light of an owed opinion calls today: the co-unit's people, and then the deputies office.

    An opinion has no reviewer: its director releases it.
    """
    co, chains = facts.of_co, facts.rulebook.reminders
    yellow, red = _without_reviewer(chains.yellow), _without_reviewer(chains.red)
    kind = light(facts.today, yellow_on, due_on)
    todo, key = _TODO.get(co.state, ""), f"{kind}:{due_on}"
    lamp = None
    if kind is Light.NEAR and yellow_on:
        lamp = _Lamp(kind, yellow_on, due_on, yellow, f"协办意见快到期；{todo}", key, "co")
    elif kind is Light.OVER:
        lamp = _Lamp(kind, due_on + ONE_DAY, due_on, red, f"协办意见超期；{todo}", key, "co")
    return _call(facts, lamp, co.id)


def call_of_countersignature(facts: Facts) -> Call | None:
    """Whom the light of an owed countersignature calls today; after its term nothing is owed: it is 未会签."""
    term = countersign_due(facts, facts.of_co.id)
    if term is None:
        return None
    yellow_on = near_on(term, facts.calendar)
    if light(facts.today, yellow_on, term.on) is not Light.NEAR:
        return None
    said = "会签快到期；请会签复函中写到本单位的一段，到期没有会签的按未会签处理"
    chain = _without_reviewer(facts.rulebook.reminders.yellow)
    key = f"{Light.NEAR}:{facts.of_handling.round}:countersign:{term.on}"
    return _call(facts, _Lamp(Light.NEAR, yellow_on, term.on, chain, said, key, "countersign"), facts.of_co.id)


def _without_reviewer(chain: Mapping[Called, int]) -> Mapping[Called, int]:
    return {who: after for who, after in chain.items() if who != Called.REVIEWER}


def _call(facts: Facts, lamp: _Lamp | None, co_id: int | None) -> Call | None:
    if lamp is None or not facts.calendar.is_workday(facts.today):
        return None
    reminded = [past for past in facts.story.all(Action.REMIND) if past.co_handling_id == co_id]
    told = {who for past in reminded if past.payload["key"] == lamp.key for who in past.payload["called"]}
    called = tuple(
        who
        for who, after in lamp.chain.items()
        if who not in told and _day(lamp.turned_on, after, facts.calendar) <= facts.today
    )
    end = "已到期" if lamp.kind is Light.OVER else "到期"
    text = f"{_WORDS[lamp.kind]}：{lamp.said}（{lamp.due_on.month}月{lamp.due_on.day}日{end}）。"
    return Call(lamp.key, lamp.kind, called, text) if called else None


def _day(turned_on: date, after: int, calendar: Calendar) -> date:
    first = calendar.next_workday(turned_on)
    return calendar.add_workdays(first, after) if after else first
