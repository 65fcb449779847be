"""The due date of a handling as its page shows it: with its light and every line of why it is this day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from suggestions.domain import limits, publication
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import ONE_DAY, Due, Light, due, near_on, remaining
from suggestions.domain.due_lines import ON_FAILURE
from suggestions.domain.facts import Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.rulebook import ExtraKey, Term, TermKey, Unit
from suggestions.domain.sight import Sight
from suggestions.domain.states import HANDLING_ENDS, HandlingState, SuggestionState
from suggestions.models import CoHandling
from suggestions.queries.lights import DONE, Lamp, lamp_of, lamp_of_co, lamp_of_day, spoken
from suggestions.queries.looking import Look, full_day

_REPLY_TERMS = ("reply_ordinary", "reply_complex", "redo")
_SHOWN = {
    HandlingState.REPLIED: ("rating",),
    HandlingState.RATED: ("rating_window",),
    HandlingState.FOLLOW_UP: ("promise",),
    HandlingState.CLOSED: ("promise",),
}
"""The terms whose day stands beside the light, by state; before the reply it is the reply's."""
_MAY_RETURN = (HandlingState.ASSIGNED, HandlingState.RECEIVED, HandlingState.PLANNING)


@dataclass(frozen=True)
class DueView:
    """A due date that explains itself."""

    light: Lamp
    label: str
    date_iso: str
    date_text: str
    why: tuple[tuple[str, str], ...] = ()
    beside: tuple["DueView", ...] = ()
    """What else runs at the same time, each explained as well."""


def due_of(look: Look) -> DueView | None:
    """What is due next here: for a co-unit its own opinion; None when no term runs."""
    if look.sight is Sight.CO_UNIT:
        if look.own_co is None:
            return None
        return _countersignature(look, look.own_co) or due_of_co(look, look.own_co)
    lamp = _named(lamp_of(look.handling, look.today, is_named=False), look)
    if look.handling.state in limits.BEFORE_REPLY:
        view = _explained(lamp, "答复到期", reply_term(look.facts))
        return replace(view, why=(*view.why, *_other_clock(look)), beside=(*_before_reply(look), *_answers(look)))
    views = (*_after_reply(look, lamp), *_publication(look), *_answers(look))
    return replace(views[0], beside=views[1:]) if views else None


def due_of_suggestion(look: Look) -> DueView | None:
    """What the deputies office owes a suggestion that came in between the sessions, explained; None afterwards."""
    suggestion = look.case.suggestion
    if look.sight is not Sight.OFFICE or suggestion.state is not SuggestionState.SUBMITTED:
        return None
    rules, start = look.facts.rulebook, suggestion.submitted_on
    terms = (rules.term(TermKey.ASSIGN), rules.extra_term(ExtraKey.ACCEPTANCE_NOTICE))
    views = [_beside(look, due(term, start, look.facts.calendar)) for term in terms if term and start]
    return replace(views[0], beside=tuple(views[1:])) if views else None


def _before_reply(look: Look) -> Iterator[DueView]:
    """What runs beside the reply: receipt or contact, the time to ask for a return, the decision on one."""
    facts, handling = look.facts, look.handling
    rules, days = facts.rulebook, facts.calendar
    if handling.state is HandlingState.ASSIGNED:
        begun = facts.story.last(Action.BEGIN)
        yield _beside(look, limits.receive_due(begun.on if begun else handling.assigned_on, rules, days))
    contact = limits.contact_due(facts.of_handling, rules, days)
    if contact and handling.round == 1 and handling.contacted_on is None:
        yield _beside(look, contact)
    back = limits.return_due(facts.of_handling, rules, days)
    if handling.state in _MAY_RETURN and handling.round == 1 and look.today <= back.on:
        yield _beside(look, back)
    if decision := limits.return_decision(facts):
        yield _beside(look, decision)


def _after_reply(look: Look, lamp: Lamp) -> Iterator[DueView]:
    facts, handling = look.facts, look.handling
    match handling.state:
        case HandlingState.REPLIED if rating := limits.rating_term(facts):
            yield _explained(lamp, "代表评价到期", rating)
        case HandlingState.RATED if handling.rated_on:
            window = limits.window_due(handling.rated_on, facts.rulebook, facts.calendar)
            yield _explained(lamp, "评价封存到", window)
        case HandlingState.FOLLOW_UP | HandlingState.CLOSED:
            promises = list(_promises(look, lamp))
            yield from promises
            if not promises and handling.state is HandlingState.CLOSED and handling.closed_on:
                yield _view(DONE, "办结", handling.closed_on)


def _publication(look: Look) -> Iterator[DueView]:
    """By when the letter is to be published or withheld, while neither is done."""
    facts, sent = look.facts, look.facts.of_handling.dispatched_on
    if sent and publication.decision(facts.story) is None and not look.handling.is_past:
        yield _beside(look, due(facts.rulebook.term("publication"), sent, facts.calendar))


def _answers(look: Look) -> Iterator[DueView]:
    """By when somebody who pressed wants an answer."""
    for urging in look.facts.story.urgings():
        said = urging.past
        if urging.answers or urging.due_on is None or look.handling.state in HANDLING_ENDS:
            continue
        if said.action is Action.LIGHT_UP:
            yield _beside(look, due(look.facts.rulebook.term("light_up_answer"), said.on, look.facts.calendar))
            continue
        on = urging.due_on
        lamp = lamp_of_day(on, look.facts.calendar.add_workdays(on + ONE_DAY, -2), look.today, Unit.DAYS)
        who = f"{look.who(said)}{full_day(said.on)}{ACTIONS[said.action]}时定的日期，遇休息日不顺延"
        yield _view(lamp, "催办回话到期", on, (("依据", who), (ON_FAILURE, "本件亮红灯，直到回复催办。")))


def _beside(look: Look, term: Due) -> DueView:
    unit = term.term.unit if isinstance(term.term, Term) else Unit.DAYS
    lamp = lamp_of_day(term.on, near_on(term, look.facts.calendar), look.today, unit)
    return _explained(lamp, f"{term.term.name}到期", term)


def reply_term(facts: Facts) -> Due:
    """The reply's due date in this round, explained."""
    return limits.reply_due(facts.of_handling, facts.rulebook, facts.calendar, limits.round_start(facts))


def due_of_co(look: Look, co: CoHandling) -> DueView:
    """The due date of an opinion, explained."""
    term = due(look.facts.rulebook.term(co.term), co.started_on, look.facts.calendar)
    return _explained(lamp_of_co(co, look.today), "协办意见到期", term)


def countersign_lamp(term: Due, facts: Facts) -> Lamp:
    """The light of a countersignature that is owed."""
    return lamp_of_day(term.on, near_on(term, facts.calendar), facts.today, term.term.near.unit)


def _countersignature(look: Look, co: CoHandling) -> DueView | None:
    term = limits.countersign_due(look.facts, co.id)
    return None if term is None else _explained(countersign_lamp(term, look.facts), "会签到期", term)


def _promises(look: Look, lamp: Lamp) -> Iterator[DueView]:
    """Every open promise, the nearest first, which bears the light of the handling."""
    fails = look.facts.rulebook.season("promise_report").on_failure
    waiting = sorted((p for p in look.facts.promises if p.is_open), key=lambda p: p.due_on)
    for at, promise in enumerate(waiting):
        own = promise_lamp(promise.due_on, promise.due_on - limits.PROMISE_NEAR, None, look.today)
        why = (
            ("依据", f"本单位承诺：{promise.measure}；日期是自己定的，遇休息日不顺延"),
            ("变更", "要改日期，由局长变更承诺，说明理由；要终止，由局长申请，人代工委同意"),
            (ON_FAILURE, fails),
        )
        yield _view(own if at else lamp, f"承诺第{promise.number}项到期", promise.due_on, why)


def is_own(state: HandlingState, term: str) -> bool:
    """Whether this term is the one that a handling in this state waits for, so that its day needs no name."""
    return term in ("", *_SHOWN.get(state, _REPLY_TERMS))


def _named(lamp: Lamp, look: Look) -> Lamp:
    """The light with what is left; with the name of its term, when that is not the one whose date stands beside it."""
    handling = look.handling
    if is_own(handling.state, handling.next_due):
        if lamp.kind is Light.OK and handling.red_after is not None:
            left = remaining(look.today, handling.red_after, Unit.WORKDAYS, look.facts.calendar)
            return replace(lamp, rest=left)
        return lamp
    if lamp.kind is Light.NEAR and lamp.rest == handling.yellow_reason:
        return lamp
    return replace(lamp, rest=f"{limits.name_of(handling.next_due, look.facts.rulebook)}{lamp.rest}")


def _other_clock(look: Look) -> tuple[tuple[str, str], ...]:
    """The clock that runs from receipt: the first contact with the deputy."""
    handling, facts = look.handling, look.facts
    if handling.round > 1:
        return ()
    contact = limits.contact_due(facts.of_handling, facts.rulebook, facts.calendar)
    if contact is None or handling.received_on is None:
        return (("另一只钟", "首次联系代表，自签收之日起算；还没有签收"),)
    term, met = facts.rulebook.term("first_contact"), handling.contacted_on
    receipt = facts.story.last(Action.RECEIVE)
    by_system = "（期满由系统代签收）" if receipt and receipt.payload.get("received_on") else ""
    text = (
        f"首次联系代表，自{spoken(handling.received_on, look.today)}签收{by_system}起{term.amount}个工作日，"
        f"最晚{spoken(contact.on, look.today)}（{term.article}）；"
        f"{f'{spoken(met, look.today)}已联系' if met else '还没有联系'}"
    )
    return (("另一只钟", text),)


def _explained(lamp: Lamp, label: str, term: Due) -> DueView:
    return _view(lamp, label, term.on, tuple((line.label, line.text) for line in term.lines))


def _view(lamp: Lamp, label: str, on: date, why: tuple[tuple[str, str], ...] = ()) -> DueView:
    return DueView(lamp, label, on.isoformat(), full_day(on), why)


def promise_lamp(
    due_on: date, near_on: date, fulfilled_on: date | None, today: date, *, released_on: date | None = None
) -> Lamp:
    """The light of a promise: done with the day it was kept, and how late; a released one has none and was not kept."""
    if released_on is not None:
        return Lamp(Light.NONE, "终止", f"{spoken(released_on, today)}，按没有兑现统计")
    if fulfilled_on is None:
        return lamp_of_day(due_on, near_on, today, Unit.DAYS)
    late = (fulfilled_on - due_on).days
    return Lamp(Light.DONE, "兑现", f"{spoken(fulfilled_on, today)}{f'，晚{late}天' if late > 0 else ''}")
