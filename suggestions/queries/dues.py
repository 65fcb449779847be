"""The due date of a handling as its page shows it: with its light and every line of why it is this day."""

from dataclasses import dataclass, replace
from datetime import date

from suggestions.domain import limits
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import Due, Light, due, near_on, remaining
from suggestions.domain.facts import Facts
from suggestions.domain.rulebook import Unit
from suggestions.domain.sight import Sight
from suggestions.domain.states import HandlingState
from suggestions.models import CoHandling
from suggestions.queries.lights import DONE, Lamp, lamp_of, lamp_of_co, lamp_of_day, spoken
from suggestions.queries.looking import Look, full_day

_REPLY_TERMS = ("reply_ordinary", "reply_complex", "redo")


@dataclass(frozen=True)
class DueView:
    """A due date that explains itself."""

    light: Lamp
    label: str
    date_iso: str
    date_text: str
    why: tuple[tuple[str, str], ...] = ()


def due_of(look: Look) -> DueView | None:
    """What is due next here: for a co-unit its own opinion; None when no term runs."""
    if look.sight is Sight.CO_UNIT:
        if look.own_co is None:
            return None
        return _countersignature(look, look.own_co) or due_of_co(look, look.own_co)
    lamp = _named(lamp_of(look.handling, look.today), look)
    if look.handling.state in limits.BEFORE_REPLY:
        view = _explained(lamp, "答复到期", reply_term(look.facts))
        return replace(view, why=(*view.why, *_other_clock(look), *_return_clock(look)))
    return _after_reply(look, lamp)


def _after_reply(look: Look, lamp: Lamp) -> DueView | None:
    facts, handling = look.facts, look.handling
    view = None
    match handling.state:
        case HandlingState.REPLIED if handling.dispatched_on:
            rating = limits.rating_due(handling.dispatched_on, facts.rulebook, facts.calendar)
            view = _explained(lamp, "代表评价到期", rating)
        case HandlingState.RATED if handling.rated_on:
            window = limits.window_due(handling.rated_on, facts.rulebook, facts.calendar)
            view = _explained(lamp, "评价封存到", window)
        case HandlingState.FOLLOW_UP:
            view = _promise(look, lamp)
        case HandlingState.CLOSED:
            view = _promise(look, lamp)
            if view is None and handling.closed_on:
                view = _view(DONE, "办结", handling.closed_on)
    return view


def return_decision(facts: Facts) -> Due | None:
    """By when the deputies office decides on a request to return the handling; None while there is none."""
    asked = facts.story.last(Action.REQUEST_RETURN)
    if asked is None or facts.of_handling.state is not HandlingState.RETURN_REQUESTED:
        return None
    return due(facts.rulebook.term("name_new_unit"), asked.on, facts.calendar)


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


def _promise(look: Look, lamp: Lamp) -> DueView | None:
    waiting = sorted((p for p in look.facts.promises if p.is_open), key=lambda p: p.due_on)
    if not waiting:
        return None
    first = waiting[0]
    return _view(lamp, f"承诺第{first.number}项到期", first.due_on)


def _named(lamp: Lamp, look: Look) -> Lamp:
    """The light with what is left; with the name of its term, when that is not the one whose date stands beside it."""
    handling = look.handling
    if handling.state not in limits.BEFORE_REPLY or handling.next_due in ("", *_REPLY_TERMS):
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
    text = (
        f"首次联系代表，自{spoken(handling.received_on, look.today)}签收起{term.amount}个工作日，"
        f"最晚{spoken(contact.on, look.today)}（{term.article}）；"
        f"{f'{spoken(met, look.today)}已联系' if met else '还没有联系'}"
    )
    return (("另一只钟", text),)


def _return_clock(look: Look) -> tuple[tuple[str, str], ...]:
    """The clock of the deputies office, which a request to return the handling starts and which stops no other."""
    decision = return_decision(look.facts)
    if decision is None:
        return ()
    return (("退办决定", f"最晚{spoken(decision.on, look.today)}；没有决定以前，本单位的各项期限照常计算"),)


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
