"""What a handling owes next: the terms that run in each state, and the day its light turns yellow or red."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from suggestions.domain import letter
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import ONE_DAY, Due, checkpoints, due, near_on
from suggestions.domain.facts import Facts, HandlingFacts
from suggestions.domain.rulebook import Rulebook, Start, Term, TermKey
from suggestions.domain.states import FINAL, CoState, span
from suggestions.domain.states import HandlingState as S
from suggestions.domain.workdays import Calendar

BEFORE_REPLY = (*span(S.ASSIGNED, S.SIGNED), S.RETURN_REQUESTED)
"""Where the reply is still owed: a request to return the handling stops no clock."""
PROMISE_NEAR = timedelta(days=15)
"""How long before its day a promise turns yellow."""
ANSWER = "answer"
"""What is owed next when it is an answer by a day that somebody named, which no rulebook has a term for."""
ANSWERS = (ANSWER, TermKey.LIGHT_UP_ANSWER)
"""What is owed next when it is the answer to an urging: to one of the unit or an office, or to the deputy's lamp."""
_BEHIND = {
    "contact": "还没有联系代表",
    "plan": "方案还没有审定",
    "urge": "局长还没有督促过",
    "draft": "复函还没有起草",
}


@dataclass(frozen=True)
class Limits:
    """The next term, and when the light turns: all None when nothing is owed."""

    term: str = ""
    due_on: date | None = None
    yellow_on: date | None = None
    yellow_reason: str = ""
    red_after: date | None = None


def reply_due(handling: HandlingFacts, rules: Rulebook, calendar: Calendar, round_start: date | None = None) -> Due:
    """The due date of the reply, extensions included, explained; in a later round counted from the order to redo."""
    term, months = reply_term(handling, rules), handling.extended_months
    if handling.round > 1 and round_start is not None:
        return due(term, round_start, calendar, extended_months=months)
    return due(term, handling.assigned_on, calendar, extended_months=months)


def reply_term(handling: HandlingFacts, rules: Rulebook) -> Term:
    """The term of the reply in this round: that of the redo from round 2 on."""
    return rules.term("redo" if handling.round > 1 else f"reply_{handling.reply_term}")


def extension_left(handling: HandlingFacts, rules: Rulebook) -> int:
    """By how many months this round's reply can still be extended."""
    return reply_term(handling, rules).extension_months - handling.extended_months


def return_due(handling: HandlingFacts, rules: Rulebook, calendar: Calendar) -> Due:
    """The last day on which a return can be asked for, from assignment or receipt as the rulebook says (art. 16)."""
    term = rules.term("request_return")
    received = handling.received_on if term.start is Start.RECEIVED_ON else None
    return due(term, received or handling.assigned_on, calendar)


def receive_due(begun_on: date, rules: Rulebook, calendar: Calendar) -> Due:
    """The day on which the system receives at the latest, counted from the day the handling came in."""
    return due(rules.term("receive"), begun_on, calendar)


def contact_due(handling: HandlingFacts, rules: Rulebook, calendar: Calendar) -> Due | None:
    """The due date of the first contact (Chongqing regulation art. 18); None before receipt."""
    if handling.received_on is None:
        return None
    return due(rules.term("first_contact"), handling.received_on, calendar)


def rating_due(dispatched_on: date, delivered_on: date | None, rules: Rulebook, calendar: Calendar) -> Due:
    """The end of the rating term: counted from delivery, at the latest so many working days after dispatch."""
    at_latest = due(rules.term("delivery"), dispatched_on, calendar).on
    return due(rules.term("rating"), min(delivered_on or at_latest, at_latest), calendar)


def rating_term(facts: Facts) -> Due | None:
    """The term in which the letter that went out is rated; None while none did."""
    handling = facts.of_handling
    if handling.dispatched_on is None:
        return None
    delivered_on = facts.story.delivered_on(handling.round)
    return rating_due(handling.dispatched_on, delivered_on, facts.rulebook, facts.calendar)


def promise_rating_due(reported_on: date, rules: Rulebook, calendar: Calendar) -> Due:
    """The end of the term to rate a report on a promise, counted as for the reply (Chongqing regulation art. 28)."""
    delivered = due(rules.term("delivery"), reported_on, calendar)
    return due(rules.term("promise_rating"), delivered.on, calendar)


def window_due(rated_on: date, rules: Rulebook, calendar: Calendar) -> Due:
    """The end of the window in which a rating stays sealed and may be corrected."""
    return due(rules.term("rating_window"), rated_on, calendar)


def countersign_due(facts: Facts, co_id: int) -> Due | None:
    """By when a co-unit signs the passage about it, from the draft in which it first stood so; None: none is owed."""
    passage = owed_passage(facts, co_id)
    if not passage:
        return None
    drafts = facts.story.all(Action.DRAFT_REPLY, round=facts.of_handling.round)
    shown_on = next((d.on for d in drafts if letter.passage_of(d.payload["letter"], co_id) == passage), facts.today)
    return due(facts.rulebook.term("countersign"), shown_on, facts.calendar)


def owed_passage(facts: Facts, co_id: int) -> str:
    """The passage that waits for this co-unit's signature; empty when none does."""
    standing = facts.story.letter(facts.of_handling.round)
    passage = letter.passage_of(standing, co_id) if standing else None
    is_accepted = any(co.id == co_id and co.state is CoState.ACCEPTED for co in (*facts.co_handlings, facts.co) if co)
    is_waiting = is_accepted and facts.of_handling.state is S.IN_PROGRESS
    if not passage or not is_waiting or facts.story.co_signature(co_id, passage):
        return ""
    return passage


def return_decision(facts: Facts) -> Due | None:
    """By when the deputies office decides on a request to return the handling; None while there is none."""
    asked = facts.story.last(Action.REQUEST_RETURN)
    if asked is None or facts.of_handling.state is not S.RETURN_REQUESTED:
        return None
    return due(facts.rulebook.term("name_new_unit"), asked.on, facts.calendar)


def round_start(facts: Facts) -> date | None:
    """The day this round began, from round 2 on: that of the order to redo."""
    ordered = facts.story.last(Action.ORDER_REDO)
    return None if ordered is None else ordered.on


def running(facts: Facts, begun_on: date) -> Iterator[Due]:
    """The terms that run for the handling where it stands."""
    handling, rules, calendar = facts.of_handling, facts.rulebook, facts.calendar
    if handling.state is S.ASSIGNED:
        yield receive_due(begun_on, rules, calendar)
    if handling.state in BEFORE_REPLY:
        contact = contact_due(handling, rules, calendar)
        if contact and handling.contacted_on is None and handling.round == 1:
            yield contact
        yield reply_due(handling, rules, calendar, round_start(facts))
    if handling.state is S.REPLIED and (rating := rating_term(facts)):
        yield rating
    if handling.state is S.RATED and handling.rated_on:
        yield window_due(handling.rated_on, rules, calendar)


def behind(facts: Facts) -> Iterator[tuple[date, str]]:
    """The work of the reply that is missing, each with the first day on which that turns the light yellow."""
    handling = facts.of_handling
    if handling.state not in BEFORE_REPLY:
        return
    reply = reply_due(handling, facts.rulebook, facts.calendar, round_start(facts))
    done = {
        "contact": handling.contacted_on or handling.round > 1,
        "plan": handling.planned_on,
        "urge": handling.urged_on,
        "draft": handling.drafted_on,
    }
    for key, on in checkpoints(facts.rulebook, reply, handling.received_on, facts.calendar).items():
        if not done[key]:
            yield on, _BEHIND[key]


def owed(facts: Facts, begun_on: date) -> list[Limits]:
    """Every term that runs for the handling, promises and answers to urgings among them, each with its own light."""
    found = [
        Limits(str(d.term.key), d.on, near_on(d, facts.calendar), f"{d.term.name}快到期", d.on)
        for d in running(facts, begun_on)
    ]
    if facts.of_handling.state in (S.FOLLOW_UP, S.CLOSED):
        found += [
            Limits("promise", p.due_on, p.due_on - PROMISE_NEAR, f"承诺第{p.number}项快到期", p.due_on)
            for p in facts.promises
            if p.is_open
        ]
    # The last working day up to the day that was named, and one before it.
    for term, on in _answers_owed(facts):
        found.append(Limits(term, on, facts.calendar.add_workdays(on + ONE_DAY, -2), "催办要回话", on))
    return found


def next_limits(facts: Facts, begun_on: date) -> Limits:
    """The term that ends first, and the first day on which time or missing work turns the light yellow."""
    found = owed(facts, begun_on)
    if not found:
        return Limits()
    first = min(found, key=lambda each: (each.due_on or date.max, each.term))
    lights = [(each.yellow_on or date.max, each.yellow_reason) for each in found]
    yellow_on, reason = min(lights + list(behind(facts)))
    return Limits(first.term, first.due_on, yellow_on, reason, first.due_on)


def name_of(key: str, rules: Rulebook) -> str:
    """What is owed next, in an officer's words: a term of the rulebook, a promise, an answer."""
    return {"promise": "兑现承诺", ANSWER: "催办回话"}.get(key) or rules.term(key).name


def short_name(key: str, rules: Rulebook) -> str:
    """What is owed next, without what the rulebook says of it in brackets."""
    return name_of(key, rules).partition("（")[0]


def _answers_owed(facts: Facts) -> Iterator[tuple[str, date]]:
    """By when each urging, order and lamp of this handling wants its answer, while it has none; with its term."""
    if facts.of_handling.state in FINAL:
        return
    for urging in facts.story.urgings():
        if not urging.answers and urging.due_on:
            is_lamp = urging.past.action is Action.LIGHT_UP
            yield str(TermKey.LIGHT_UP_ANSWER) if is_lamp else ANSWER, urging.due_on
