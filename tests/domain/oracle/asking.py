"""What the program says of the same life: its facts as the steps leave them, judged by the program's own code."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from suggestions.domain import deadlines, limits, rulebook
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import Light
from suggestions.domain.facts import Facts, PromiseFacts
from suggestions.domain.holidays import read_notice
from suggestions.domain.rulebook import Rulebook, Start
from suggestions.domain.states import HandlingState as S
from suggestions.domain.story import Past, Story
from suggestions.domain.workdays import Calendar, seed_days, seed_years
from tests.domain.making import HANDLING, PROMISE, facts
from tests.domain.oracle import telling
from tests.domain.oracle.days import INVENTED, KNOWN
from tests.domain.oracle.law import CHANGED_ON, CHANGES
from tests.domain.oracle.lives import Happening, Life
from tests.domain.oracle.telling import Told

_LIGHTS = {Light.OK: telling.BLUE, Light.NEAR: telling.YELLOW, Light.OVER: telling.RED, Light.NONE: telling.DARK}
_STATES = {
    "received": S.RECEIVED,
    "planned": S.IN_PROGRESS,
    "return_asked": S.RETURN_REQUESTED,
    "return_refused": S.PLANNING,
    "signed": S.SIGNED,
    "dispatched": S.REPLIED,
    "rated": S.RATED,
    "contested": S.CONTESTED,
    "redo": S.RECEIVED,
    "lapsed": S.FOLLOW_UP,
    "concluded": S.FOLLOW_UP,
    "closed": S.CLOSED,
}
_MARKS = {
    "received": "received_on",
    "contacted": "contacted_on",
    "planned": "planned_on",
    "urged": "urged_on",
    "drafted": "drafted_on",
    "dispatched": "dispatched_on",
    "rated": "rated_on",
}
_ACTIONS = {
    "redo": Action.ORDER_REDO,
    "return_asked": Action.REQUEST_RETURN,
    "return_refused": Action.REFUSE_RETURN,
    "dispatched": Action.DISPATCH,
    "delivered": Action.RECORD_DELIVERY,
    "pressed": Action.SUPERVISE,
    "replied_to": Action.ANSWER_URGING,
}
_OF_A_ROUND = ("planned_on", "urged_on", "drafted_on", "dispatched_on", "rated_on")


@cache
def calendar(notice: int) -> Calendar:
    """The working-day table, before or after a notice was taken in."""
    known = {day.on: day for day in seed_days() if day.on.year <= KNOWN}
    years = frozenset(year for year in seed_years() if year <= KNOWN)
    if notice < 0:
        return Calendar(known, years)
    taken = read_notice(INVENTED[notice][0])
    return Calendar(known | {day.on: day for day in taken.days}, years | {taken.year})


@cache
def versions(place: str) -> tuple[Rulebook, ...]:
    """The rulebook of a place, and a later version of it."""
    now = rulebook.load(place)
    terms = {key: replace(term, amount=CHANGES.get(key, term.amount)) for key, term in now.terms.items()}
    later = replace(now, version="later", valid_from=CHANGED_ON, terms=terms)
    return rulebook.in_order(place, [replace(now, valid_to=CHANGED_ON - timedelta(days=1)), later])


def facts_of(life: Life, today: date) -> Facts:
    """The facts of the life as its steps would have left them."""
    words: dict[str, object] = {}
    story: list[Past] = []
    promises: dict[int, PromiseFacts] = {}
    state, round, extended = S.ASSIGNED, 1, 0
    for seq, each in enumerate(life.until(today), start=1):
        state = _STATES.get(each.what, state)
        if each.what in _MARKS:
            words[_MARKS[each.what]] = each.on
        elif each.what == "extended":
            extended += each.months
        elif each.what == "redo":
            round, extended = round + 1, 0
            words |= dict.fromkeys(_OF_A_ROUND)
        elif each.what == "promised" and each.until:
            promises[each.which] = replace(PROMISE, number=each.which + 1, due_on=each.until)
        elif each.what == "kept":
            promises[each.which] = replace(promises[each.which], is_open=False)
        if each.what in _ACTIONS:
            story.append(_past(seq, each, round, story))
    handling = replace(
        HANDLING,
        state=state,
        round=round,
        assigned_on=life.assigned_on,
        reply_term=life.reply,
        extended_months=extended,
        **{"received_on": None, **words},  # type: ignore[arg-type]
    )
    return facts(
        handling=handling,
        promises=tuple(promises.values()),
        story=Story(tuple(story)),
        today=today,
        rulebook=rulebook.valid_on(versions(life.place), life.assigned_on),
        calendar=calendar(life.notice if today >= life.noticed_on else -1),
    )


def _past(seq: int, each: Happening, round: int, story: list[Past]) -> Past:
    payload: dict[str, object] = {}
    if each.what == "pressed" and each.until:
        payload = {"answer_due_on": each.until.isoformat(), "which": each.which}
    elif each.what == "replied_to":
        pressed = next(past for past in story if past.payload.get("which") == each.which)
        payload = {"urging": pressed.seq}
    elif each.what == "dispatched":
        payload = {"delivery": "post"}
    elif each.what == "delivered":
        payload = {"delivered_on": each.on.isoformat()}
    at = datetime.combine(each.on, datetime.min.time(), UTC)
    return Past(seq, _ACTIONS[each.what], round, 51, "周敏", "", "人代工委", at, each.on, payload)


def _others(life: Life, of: Facts) -> dict[str, date]:
    handling, rules, days = of.of_handling, of.rulebook, of.calendar
    found = {"request_return": limits.return_due(handling, rules, days).on}
    if decision := limits.return_decision(of):
        found["name_new_unit"] = decision.on
    if handling.dispatched_on:
        found["publication"] = deadlines.due(rules.term("publication"), handling.dispatched_on, days).on
    for each in life.until(of.today):
        if each.what == "reported":
            found[f"promise_rating {each.which}"] = limits.promise_rating_due(each.on, rules, days).on
    key = telling.ELSEWHERE[life.assigned_on.day % len(telling.ELSEWHERE)]
    found[key] = deadlines.due(rules.term(key), life.assigned_on, days).on
    return found


def _opinions(life: Life, of: Facts) -> dict[int, tuple[date, str]]:
    """Each opinion that is owed, dated as inviting, receiving and sending back date it."""
    owed: dict[int, tuple[str, date]] = {}
    for each in life.until(of.today):
        match each.what:
            case "asked_at_handover":
                owed[each.which] = ("co_opinion", life.assigned_on)
            case "invited":
                owed[each.which] = ("co_opinion_invited", each.on)
            case "sent_back":
                owed[each.which] = ("co_opinion_redo", each.on)
            case "answered":
                owed.pop(each.which, None)
    found = {}
    for which, (key, started_on) in owed.items():
        term = of.rulebook.term(key)
        received_on = of.of_handling.received_on if term.start is Start.RECEIVED_ON else None
        end = deadlines.due(term, received_on or started_on, of.calendar)
        light = deadlines.light(of.today, deadlines.near_on(end, of.calendar), end.on)
        found[which] = (end.on, _LIGHTS[light])
    return found


def ask(life: Life, today: date) -> Told:
    """What the program says of this day."""
    of = facts_of(life, today)
    next_one = limits.next_limits(of, life.entered_on)
    owed = sorted((each.term, each.due_on) for each in limits.owed(of, life.entered_on) if each.due_on)
    assert not owed or min(on for _, on in owed) == next_one.due_on
    reply = limits.reply_due(of.of_handling, of.rulebook, of.calendar, limits.round_start(of))
    return Told(
        owed=tuple(owed),
        light=_LIGHTS[deadlines.light(today, next_one.yellow_on, next_one.red_after)],
        others=tuple(sorted(_others(life, of).items())),
        opinions=tuple((which, *said) for which, said in sorted(_opinions(life, of).items())),
        is_sure=not reply.is_provisional,
        rested=tuple(on for on, _ in of.calendar.skipped(reply.on - timedelta(days=20), reply.on)),
    )
