"""Where a suggestion stands, in the sentence that its deputy reads first: who has it, what comes next, by when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from suggestions.domain import limits
from suggestions.domain.deadlines import Due, light, near_before, remaining
from suggestions.domain.rulebook import Unit
from suggestions.domain.states import HandlingState
from suggestions.models import Handling, Post
from suggestions.models.facts import handling_facts
from suggestions.queries.dues import reply_term
from suggestions.queries.lights import ENDS, WORDS, Lamp, days, lamp_of, lamp_of_day, rules_of, spoken
from suggestions.queries.looking import Look, moment_text
from suggestions.queries.parcel import boss, you
from suggestions.queries.past_page import rows_for_deputy

_WEEKDAYS = "一二三四五六日"
_KEEPS_PROMISES = (HandlingState.FOLLOW_UP, HandlingState.CLOSED)


@dataclass(frozen=True)
class Where:
    """Where it stands: one sentence, and who, what next, by when."""

    light: Lamp | None
    lines: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]


def where_of(look: Look, head: Post | None) -> Where:
    """Where it stands; `head` is who heads the unit today, None while nobody does."""
    return Where(light_of(look.handling, look.today), _lines(look), tuple(_rows(look, head)))


def term_of(look: Look) -> Due | None:
    """The term that the deputy follows; what runs inside the unit is not theirs."""
    handling, facts = look.handling, look.facts
    if handling.state in limits.BEFORE_REPLY:
        return reply_term(facts)
    if handling.state is HandlingState.REPLIED:
        return limits.rating_term(facts)
    if handling.state is HandlingState.RATED and handling.rated_on:
        return limits.window_due(handling.rated_on, facts.rulebook, facts.calendar)
    return None


def light_of(handling: Handling, today: date) -> Lamp | None:
    """The light that the deputy follows, of the list and of the page alike; None while no term of theirs runs."""
    follows_promise = handling.is_past or handling.state in _KEEPS_PROMISES
    if follows_promise and handling.next_due == "promise" and (on := handling.next_due_on):
        return lamp_of_day(on, on - limits.PROMISE_NEAR, today, Unit.DAYS)
    if handling.state in ENDS:
        return lamp_of(handling, today) if handling.is_past else ENDS[handling.state]
    rules, calendar = rules_of(handling.suggestion), days()
    if handling.state in limits.BEFORE_REPLY:
        on, near = handling.reply_due_on, limits.reply_term(handling_facts(handling), rules).near
    elif handling.state is HandlingState.REPLIED and handling.rating_due_on:
        on, near = handling.rating_due_on, rules.term("rating").near
    elif handling.state is HandlingState.RATED and handling.rated_on:
        window = limits.window_due(handling.rated_on, rules, calendar)
        on, near = window.on, window.term.near
    else:
        return None
    kind = light(today, near_before(on, near, calendar), on)
    return Lamp(kind, WORDS[kind], remaining(today, on, Unit.WORKDAYS, calendar))


def _lines(look: Look) -> tuple[str, ...]:
    """The one sentence, broken where one breathes."""
    unit, head, whom = look.handling.unit.name, boss(look), you(look)
    has_promise = any(promise.is_open for promise in look.facts.promises)
    if look.handling.is_past:
        return ("往年答复过了，", "答应的事还在落实" if has_promise else "没有未了的承诺")
    return {
        HandlingState.ASSIGNED: (f"交给{unit}了，", "等他们签收"),
        HandlingState.RECEIVED: (f"{unit}收到了，", f"等{head}本人看原件"),
        HandlingState.PLANNING: (f"{head}看过原件了，", "正在拟办理方案"),
        HandlingState.PLAN_REVIEW: ("方案拟好了，", f"等{head}本人审定"),
        HandlingState.IN_PROGRESS: ("方案定了，", f"{unit}正在办"),
        HandlingState.SIGNING: ("复函写好了，", f"在{head}手里等签字"),
        HandlingState.SIGNED: (f"{head}签字了，", "正在编号、送出"),
        HandlingState.REPLIED: ("复函送来了，", f"等{whom}评价"),
        HandlingState.RATED: (f"{whom}评过了，", "还封存着，没有公布"),
        HandlingState.CONTESTED: (f"{whom}不满意，", "等人代工委督办"),
        HandlingState.FOLLOW_UP: ("答复过了，", "正在兑现承诺" if has_promise else "正在跟踪落实"),
        HandlingState.CLOSED: ("办结以后，", "有承诺重新打开了") if has_promise else ("办结了",),
        HandlingState.RETURN_REQUESTED: (f"{unit}说这件不归它办，", "等人代工委决定"),
        HandlingState.REASSIGNED: ("改由别的单位办了",),
        HandlingState.TERMINATED: ("建议撤回了，", "不再办理"),
    }[look.handling.state]


def _rows(look: Look, head: Post | None) -> Iterator[tuple[str, str, str]]:
    if look.handling.is_past:
        yield from rows_for_deputy(look)
    who = _holder(look, head)
    if who:
        moved = next((e for e in reversed(look.facts.story.events) if not e.is_evidence), None)
        yield "在谁手里", who, f"{moment_text(moved.at, look.today)}起" if moved else ""
    if coming := _NEXT.get(look.handling.state):
        strong, detail = (words.format(boss=boss(look), you=you(look)) for words in coming)
        yield "下一步", strong, detail
    term = term_of(look)
    if term is not None:
        yield "最晚", f"{spoken(term.on, look.today)}，星期{_WEEKDAYS[term.on.weekday()]}", _why(term)
    promise = min((p for p in look.facts.promises if p.is_open), key=lambda p: p.due_on, default=None)
    if look.handling.state in _KEEPS_PROMISES and promise and not look.handling.is_past:
        yield "说好的事", promise.measure, f"{spoken(promise.due_on, look.today)}前，{promise.owner}负责"
    given = look.shown_rating()
    if given is not None:
        label = look.facts.rulebook.ratings[given.payload["overall"]].label
        yield f"{you(look)}的评价", label, "承办单位现在看不到" if look.handling.state is HandlingState.RATED else ""


def _why(term: Due) -> str:
    """What is said when the last day is a day off or a make-up day."""
    return "放假安排还没有公布，先按周末休息算" if term.is_provisional else ""


def _holder(look: Look, head: Post | None) -> str:
    unit = look.handling.unit.name
    handler = look.handling.handler.name if look.handling.handler else ""
    director = f"{unit}{boss(look)}"
    if head is not None:
        director = f"{unit}{head.title}{'（主持工作）' if head.is_acting else ''} {head.person.name}"
    return {
        HandlingState.ASSIGNED: f"{unit}办公室",
        HandlingState.RECEIVED: director,
        HandlingState.PLANNING: f"{unit} {handler}",
        HandlingState.PLAN_REVIEW: director,
        HandlingState.IN_PROGRESS: f"{unit} {handler}",
        HandlingState.SIGNING: director,
        HandlingState.SIGNED: f"{unit}办公室",
        HandlingState.REPLIED: you(look),
        HandlingState.RATED: "人代工委",
        HandlingState.CONTESTED: "人代工委",
        HandlingState.FOLLOW_UP: f"{unit} {handler}",
        HandlingState.RETURN_REQUESTED: "人代工委",
    }.get(look.handling.state, "")


_NEXT: Mapping[HandlingState, tuple[str, str]] = {
    HandlingState.ASSIGNED: ("{boss}看{you}的原件", "每一份都要本人看"),
    HandlingState.RECEIVED: ("拟办理方案", "{boss}批示谁来办"),
    HandlingState.PLANNING: ("{boss}审定方案", "谁做、做什么、到哪天"),
    HandlingState.PLAN_REVIEW: ("按方案办理", "办的人会来找{you}"),
    HandlingState.IN_PROGRESS: ("写复函，逐条答复", "{boss}要亲自签"),
    HandlingState.SIGNING: ("把复函送给{you}", "在这里能看，也会送纸质的"),
    HandlingState.SIGNED: ("把复函送给{you}", "在这里能看，也会送纸质的"),
    HandlingState.REPLIED: ("请{you}评价", "满意不满意，照实评"),
    HandlingState.RATED: ("公布评价", "到期自动公布，也可以提前"),
    HandlingState.CONTESTED: ("重新办理，或者开会协调", "由人代工委决定"),
    HandlingState.FOLLOW_UP: ("落实完，办结", ""),
    HandlingState.RETURN_REQUESTED: ("换一个单位办，或者接着办", "由人代工委决定，期限不停"),
    HandlingState.REASSIGNED: ("由新的单位办", "在您的建议里另有一件，从交给它那天起算期限"),
}
