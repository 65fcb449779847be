"""Re-dating: what a handling owes, counted anew when the holidays of a year are announced."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import or_, select

from suggestions.domain import limits
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import Due, due, near_on
from suggestions.domain.facts import SYSTEM, Facts
from suggestions.domain.holidays import Notice
from suggestions.domain.states import FINAL, HANDLING_ENDS, CoState, HandlingState, Life
from suggestions.domain.workdays import NEXT_YEARS_REACH, Calendar
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Promise, Setting
from suggestions.models.calendar import SECONDS_KEPT, calendar
from suggestions.models.case import Case, load_case
from suggestions.usecases.judging import facts_for, limits_of
from suggestions.usecases.taking import Taking
from suggestions.usecases.transaction import use_case

OWED = "redating_owed"
_LAMPS_REACH = timedelta(days=31)
"""So long before its answer is due a lamp was lit at most; the day itself stands in the record alone."""
_CO_OWED = (CoState.INVITED, CoState.GIVEN, CoState.SENT_BACK)


@dataclass(frozen=True)
class _Moved:
    """A day that a row keeps, and the day that it is now."""

    what: str
    row: Handling | CoHandling | Promise
    column: str
    term: Due

    @property
    def was(self) -> date:
        kept: date = getattr(self.row, self.column)
        return kept


@dataclass(frozen=True)
class _Answer:
    """The answer to a lamp: its day is kept in the record alone, and moved there."""

    urging: int
    was: date
    term: Due
    what: str = "回应亮灯期限"


def redate(taking: Taking) -> None:
    """Keep the new days, and write into the event which day each was."""
    moved, answers = list(_moved(taking.case, taking.facts)), list(_answers(taking.facts))
    changes: list[_Moved | _Answer] = [*moved, *answers]
    taking.payload["changes"] = [
        {"what": each.what, "was": each.was.isoformat(), "now": each.term.on.isoformat()} for each in changes
    ]
    if answers:
        taking.payload["answers"] = {str(each.urging): each.term.on.isoformat() for each in answers}
    for each in moved:
        setattr(each.row, each.column, each.term.on)
        if isinstance(each.row, CoHandling):
            each.row.yellow_on, each.row.red_after = near_on(each.term, taking.facts.calendar), each.term.on


def owe(notice: Notice) -> None:
    """Note that cases are to be counted anew from this year on, until every process knows the new days."""
    since = _reach(notice).isoformat()
    value = f"{datetime.now(UTC).isoformat()} {since}"
    if (held := db.session.get(Setting, OWED)) is None:
        db.session.add(Setting(key=OWED, value=value))
    else:
        held.value = f"{value.split(maxsplit=1)[0]} {min(held.value.split()[1], since)}"


def _reach(notice: Notice) -> date:
    """The first day that a notice may move: a term that ended just before its first day off is none of them."""
    return min([date(notice.year, 1, 1), *(day.on for day in notice.days)]) - NEXT_YEARS_REACH


def begins_again() -> date | None:
    """The first day that an announcement may have moved, while cases are still to be counted anew."""
    owed = db.session.get(Setting, OWED)
    return None if owed is None else date.fromisoformat(owed.value.split()[1])


def reached(since: date) -> list[int]:
    """Ids of the handlings that keep a day from `since` on."""
    is_signing = (CoHandling.state == CoState.ACCEPTED) & (CoHandling.red_after >= since)
    co_owed = select(CoHandling.id).where(
        CoHandling.handling_id == Handling.id,
        (CoHandling.state.in_(_CO_OWED) & (CoHandling.due_on >= since)) | is_signing,
    )
    promised = select(Promise.id).where(Promise.handling_id == Handling.id, Promise.rating_due_on >= since)
    keeps = or_(Handling.reply_due_on >= since, Handling.next_due_on >= since, Handling.rating_due_on >= since)
    lit = select(Event.seq).where(
        Event.handling_id == Handling.id, Event.action == Action.LIGHT_UP, Event.on >= since - _LAMPS_REACH
    )
    in_time = Handling.state.not_in(HANDLING_ENDS) & (keeps | co_owed.exists() | lit.exists())
    return list(db.session.scalars(select(Handling.id).where(in_time | promised.exists()).order_by(Handling.id)))


def is_moved(handling_id: int, days: Calendar | None = None) -> bool:
    """Whether a handling keeps a day that is another one by the working-day table, or by the one that is given."""
    suggestion_id = db.session.scalars(select(Handling.suggestion_id).where(Handling.id == handling_id)).one()
    case = load_case(db.session(), suggestion_id)
    facts = facts_for(case, SYSTEM, Life.HANDLING, handling_id)
    facts = replace(facts, calendar=days) if days else facts
    row = case.handling(handling_id)
    found = limits_of(facts, row)
    kept = (row.next_due_on, row.yellow_on, row.red_after)
    is_lit_otherwise = kept != (found.due_on, found.yellow_on, found.red_after)
    return is_lit_otherwise or any(_moved(case, facts)) or any(_answers(facts))


def would_move(notice: Notice) -> int:
    """How many handlings this notice would move, were it taken in now."""
    known = calendar(db.session())
    days = {on: day for on, day in known.days.items() if on.year != notice.year} | {day.on: day for day in notice.days}
    new = Calendar(days, known.announced_years | {notice.year})
    return sum(is_moved(id, new) for id in reached(_reach(notice)))


@use_case
def settle() -> None:
    """Forget that cases are to be counted anew, once no process can still be counting by the old days."""
    owed = db.session.get(Setting, OWED)
    if owed and datetime.now(UTC) - datetime.fromisoformat(owed.value.split()[0]) > timedelta(seconds=2 * SECONDS_KEPT):
        db.session.delete(owed)


def _moved(case: Case, facts: Facts) -> Iterator[_Moved]:
    """Every day that is kept on a row of the handling and is another one now."""
    return (each for each in _kept(case, facts) if each.was != each.term.on)


def _answers(facts: Facts) -> Iterator[_Answer]:
    """Every lamp whose answer is owed by another day now; a day that somebody named stays what it is."""
    if facts.of_handling.state in FINAL:
        return
    for urging in facts.story.urgings(Action.LIGHT_UP):
        if urging.due_on and not urging.answers:
            term = due(facts.rulebook.term("light_up_answer"), urging.past.on, facts.calendar)
            if term.on != urging.due_on:
                yield _Answer(urging.past.seq, urging.due_on, term)


def _kept(case: Case, facts: Facts) -> Iterator[_Moved]:
    handling, rules, days = facts.of_handling, facts.rulebook, facts.calendar
    row = case.handling(handling.id)
    if handling.state in limits.BEFORE_REPLY:
        reply = limits.reply_due(handling, rules, days, limits.round_start(facts))
        yield _Moved("答复期限", row, "reply_due_on", reply)
    if handling.state is HandlingState.REPLIED and (rating := limits.rating_term(facts)):
        yield _Moved("评价期限", row, "rating_due_on", rating)
    for promise in case.promises:
        if promise.handling_id == row.id and promise.rating_due_on and promise.reported_on:
            term = limits.promise_rating_due(promise.reported_on, rules, days)
            yield _Moved(f"承诺第{promise.number}项评价期限", promise, "rating_due_on", term)
    for co in case.co_handlings:
        if co.handling_id == row.id and co.state in _CO_OWED:
            yield _Moved(f"{co.unit.name}协办意见期限", co, "due_on", due(rules.term(co.term), co.started_on, days))
        elif co.red_after and (signing := limits.countersign_due(facts, co.id)):
            yield _Moved(f"{co.unit.name}协办会签期限", co, "red_after", signing)
