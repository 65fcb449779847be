"""Reads cases and says how everything in them that the statistics count stands now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, contains_eager

from suggestions.domain import counting, rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.counting import Kind, Reached, Row, Said
from suggestions.domain.rulebook import Rulebook
from suggestions.domain.states import HANDLING_ENDS, CoState, HandlingState, SuggestionState
from suggestions.domain.story import Past, Story
from suggestions.models.case import Case
from suggestions.models.co_handling import CoHandling
from suggestions.models.counted_round import Sent, round_row, sent_in
from suggestions.models.counted_secret import secret_row
from suggestions.models.event import Event
from suggestions.models.handling import Handling
from suggestions.models.promise import Promise
from suggestions.models.suggestion import Suggestion

_COUNTED_SUGGESTIONS = frozenset({"assigned", "closed", "withdrawn", "offline"})
"""A withdrawn one counts only while others are merged into it, or for what its deputy had said of the reply."""
_TOLD = (
    *(A.BEGIN, A.RECEIVE, A.READ_ORIGINAL, A.APPROVE_PLAN),
    *(A.RECORD_CONTACT, A.CONFIRM_CONTACT, A.DENY_CONTACT, A.GRANT_EXTENSION),
    *(A.DISPATCH, A.CORRECT_REPLY, A.RATE, A.CORRECT_RATING),
    *(A.OPEN_RATING, A.LAPSE_RATING, A.WAIVE_RATING, A.SETTLE_CLASS),
    *(A.ORDER_REDO, A.PUBLISH, A.WITHHOLD, A.CLOSE),
    *(A.RELEASE_CO_OPINION,),
)
STAGES = ("receive", "read", "plan", "reply", "rate", "close")
"""The stages whose waiting time is measured, each up to the event that ends it, in the first round."""
_ENDS: Mapping[str, tuple[A, ...]] = {
    "receive": (A.RECEIVE,),
    "read": (A.READ_ORIGINAL,),
    "plan": (A.APPROVE_PLAN,),
    "reply": (A.DISPATCH,),
    "rate": (A.OPEN_RATING, A.LAPSE_RATING, A.WAIVE_RATING),
    "close": (A.CLOSE,),
}


@dataclass(frozen=True)
class Counted:
    """One standing as it should be stored."""

    kind: str
    target_id: int
    round: int
    suggestion_id: int
    handling_id: int | None
    year: int
    unit_id: int | None
    category: str
    lead_id: int | None
    is_lead_hidden: bool
    shape: str
    marks: str

    @property
    def values(self) -> dict[str, Any]:
        """The columns with their values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


Cell = tuple[int, str, str, str]
"""Year, dimension, key, and what is counted there."""


def cells(standing: Any) -> Iterator[Cell]:
    """Where a standing, stored or not, is counted."""
    year, shape = standing.year, standing.shape
    yield year, "all", "", shape
    if standing.kind in (Kind.SUGGESTION, Kind.HANDLING):
        few = counting.narrow(shape)
        yield year, "year", "", few
        yield year, "category", standing.category, few
        if standing.unit_id is not None:
            yield year, "unit", str(standing.unit_id), few
    for mark in filter(None, standing.marks.split(" ")):
        dim, _, value = mark.partition(":")
        key = standing.kind if standing.unit_id is None else f"{standing.kind}{standing.unit_id}"
        yield year, dim, key, value


def read_cases(session: Session, ids: Sequence[int]) -> list[Case]:
    """The cases of these ids with what is counted in them, in five statements for all of them."""
    rows = session.scalars(select(Suggestion).where(Suggestion.id.in_(ids)).order_by(Suggestion.id)).all()
    handlings = session.scalars(
        select(Handling).where(Handling.suggestion_id.in_(ids)).order_by(Handling.suggestion_id, Handling.id)
    ).all()
    cos = session.scalars(
        select(CoHandling)
        .join(CoHandling.handling)
        .where(Handling.suggestion_id.in_(ids))
        .options(contains_eager(CoHandling.handling))
        .order_by(CoHandling.id)
    ).all()
    promises = session.scalars(
        select(Promise).join(Handling).where(Handling.suggestion_id.in_(ids)).order_by(Promise.id)
    ).all()
    case_of = {handling.id: handling.suggestion_id for handling in handlings}
    redone = [handling.id for handling in handlings if handling.round > 1]
    told = or_(Event.action.in_(_TOLD), and_(Event.action == A.SIGN_REPLY, Event.handling_id.in_(redone)))
    events = session.scalars(
        select(Event).where(Event.suggestion_id.in_(ids), told).order_by(Event.suggestion_id, Event.seq)
    ).all()
    story = {id: tuple(of) for id, of in groupby(events, lambda event: event.suggestion_id)}
    return [
        Case(
            suggestion=row,
            cosigners=(),
            files=(),
            handlings=tuple(h for h in handlings if h.suggestion_id == row.id),
            co_handlings=tuple(co for co in cos if case_of.get(co.handling_id) == row.id),
            promises=tuple(p for p in promises if case_of.get(p.handling_id) == row.id),
            events=story.get(row.id, ()),
        )
        for row in rows
    ]


def standings_of(case: Case) -> list[Counted]:
    """How everything in a case that is counted stands now."""
    if case.suggestion.state.value not in _COUNTED_SUGGESTIONS:
        return []
    rules = rulebook.load(case.suggestion.rulebook, case.suggestion.ruled_on)
    if case.suggestion.state is SuggestionState.OFFLINE:
        return list(_of_secret(case, rules))
    found: list[Counted] = []
    rounds: list[dict[int, tuple[Row, str]]] = []
    for handling in case.handlings:
        if not _is_live(handling):
            continue
        by_round = _rounds(case, handling, rules)
        if by_round:
            rounds.append(by_round)
        found += [_of_handling(case, handling, round, row, marks) for round, (row, marks) in by_round.items()]
    found += _of_suggestion(case, rounds)
    live = {h.id: h for h in case.handlings if _is_live(h)}
    found += [_of_promise(case, live[p.handling_id], p) for p in case.promises if p.handling_id in live]
    counted_cos = (co for co in case.co_handlings if co.handling_id in live and co.state is not CoState.CANCELLED)
    found += [_of_opinion(case, co) for co in counted_cos]
    return found


def _is_live(handling: Handling) -> bool:
    """Whether a handling is in any count: not what another unit took over, nor one of a past year."""
    return handling.state is not HandlingState.REASSIGNED and not handling.is_past


def _year(case: Case) -> int:
    on = case.suggestion.assigned_on or min((h.assigned_on for h in case.handlings), default=None)
    return 0 if on is None else on.year


def _counted(case: Case, kind: Kind, target: int, round: int, row: Row, **more: Any) -> Counted:
    suggestion = case.suggestion
    given: dict[str, Any] = {"handling_id": None, "unit_id": None, "year": _year(case), "marks": "", **more}
    return Counted(
        kind=kind.value,
        target_id=target,
        round=round,
        suggestion_id=suggestion.id,
        category=suggestion.category,
        lead_id=suggestion.lead_id,
        is_lead_hidden=suggestion.is_name_hidden,
        shape=row.shape,
        **given,
    )


def _rounds(case: Case, handling: Handling, rules: Rulebook) -> dict[int, tuple[Row, str]]:
    """What the first round of a handling came to and how it stands now, one row where these are the same."""
    story = case.story(handling.id)
    is_owing = any(p.is_open and p.handling_id == handling.id for p in case.promises)
    is_ended = handling.state is HandlingState.TERMINATED
    found: dict[int, tuple[Row, str]] = {}
    for at, round in enumerate(dict.fromkeys((1, handling.round)), start=1):
        row = round_row(handling, story, round, rules, is_owing=is_owing)
        if is_ended and row.verdict in (Said.WAITING, Said.LAPSED, Said.WAIVED):
            continue
        marks = "" if is_ended else " ".join(_marks(handling, story, round, row))
        found[at] = row, marks
    return found


def _marks(handling: Handling, story: Story, round: int, row: Row) -> Iterator[str]:
    if row.is_latest:
        yield from _course(handling.assigned_on, sent_in(handling, story, round), row, handling.closed_on)
        if handling.state not in HANDLING_ENDS:
            yield f"light:{handling.yellow_on or ''}.{handling.red_after or ''}"
    if row.is_first:
        yield from _waits(handling, story)


def _course(assigned_on: date, sent: Sent | None, row: Row, closed_on: date | None) -> Iterator[str]:
    yield f"course:assigned.{assigned_on:%Y-%m}"
    if sent is not None and row.reached in (Reached.REPLIED, Reached.CLOSED):
        yield f"course:replied.{sent.on:%Y-%m}"
    if row.reached is Reached.CLOSED and not row.is_owing and closed_on is not None:
        yield f"course:closed.{closed_on:%Y-%m}"


def _waits(handling: Handling, story: Story) -> Iterator[str]:
    """How many days each finished stage of the first round took, from the end of the one before."""
    days: list[tuple[str, date]] = [("", handling.assigned_on)]
    for stage in STAGES:
        event: Past | None = next(iter(story.all(*_ENDS[stage], round=1)), None)
        if event is None:
            break
        days.append((stage, max(event.on, days[-1][1])))
    for (_, begun), (stage, ended) in pairwise(days):
        yield f"wait:{stage}.{(ended - begun).days}"


def _of_handling(case: Case, handling: Handling, round: int, row: Row, marks: str) -> Counted:
    ids = {"handling_id": handling.id, "unit_id": handling.unit_id}
    return _counted(case, Kind.HANDLING, handling.id, round, row, marks=marks, **ids)


def _of_suggestion(case: Case, rounds: list[dict[int, tuple[Row, str]]]) -> Iterable[Counted]:
    """The suggestion as the office counts it: once, however many units handle it."""
    if not rounds:
        return
    id = case.suggestion.id
    latest = counting.together([by_round[max(by_round)][0] for by_round in rounds])
    is_redone = any(len(by_round) > 1 for by_round in rounds)
    marks = "" if latest.reached is Reached.ENDED else _months([by_round[max(by_round)][1] for by_round in rounds])
    if not is_redone:
        yield _counted(case, Kind.SUGGESTION, id, 1, latest, marks=marks)
        return
    first = counting.together([by_round[min(by_round)][0] for by_round in rounds])
    yield _counted(case, Kind.SUGGESTION, id, 1, counting.of_round(first, is_first=True, is_latest=False))
    now = counting.of_round(latest, is_first=False, is_latest=True)
    yield _counted(case, Kind.SUGGESTION, id, 2, now, marks=marks)


def _months(marks: list[str]) -> str:
    """When a suggestion was assigned, replied and closed: the last of its handlings, and only when all of them were."""
    each = [[m for m in of.split(" ") if m.startswith("course:")] for of in marks if of]
    found = []
    for what in ("assigned", "replied", "closed"):
        months = [m for of in each for m in of if m.startswith(f"course:{what}.")]
        if months and len(months) == len(each):
            found.append(min(months) if what == "assigned" else max(months))
    return " ".join(found)


def _of_secret(case: Case, rules: Rulebook) -> Iterator[Counted]:
    """A secret item, once for the office and once for the unit that handles it."""
    row, marks = secret_row(case.suggestion.outside or {}, rules)
    unit = (case.suggestion.outside or {})["unit"]
    # It has no handling, so its own id stands for one, where no handling's can be.
    yield _counted(case, Kind.HANDLING, -case.suggestion.id, 1, row, marks=marks, unit_id=unit)
    yield _counted(case, Kind.SUGGESTION, case.suggestion.id, 1, replace(row, kind=Kind.SUGGESTION), marks=marks)


def _of_promise(case: Case, handling: Handling, promise: Promise) -> Counted:
    kept_on = promise.fulfilled_on
    row = Row(
        Kind.PROMISE,
        Reached.ENDED if promise.released_on else Reached.CLOSED if kept_on else Reached.OPEN,
        is_on_time=kept_on is not None and kept_on <= promise.due_on,
        is_changed=promise.changed > 0,
        due_on=promise.due_on if promise.is_open else None,
    )
    ids = {"handling_id": handling.id, "unit_id": handling.unit_id}
    return _counted(case, Kind.PROMISE, promise.id, 1, row, year=promise.made_on.year, **ids)


def _of_opinion(case: Case, co: CoHandling) -> Counted:
    is_given = co.state in (CoState.RELEASED, CoState.ACCEPTED)
    released = [e for e in case.events if e.co_handling_id == co.id and e.action == A.RELEASE_CO_OPINION]
    row = Row(
        Kind.CO_HANDLING,
        Reached.REPLIED if is_given else Reached.ENDED if co.state is CoState.SILENT else Reached.OPEN,
        is_on_time=is_given and bool(released) and released[-1].on <= co.due_on,
        due_on=None if is_given or co.state is CoState.SILENT else co.due_on,
    )
    return _counted(case, Kind.CO_HANDLING, co.id, 1, row, handling_id=co.handling_id, unit_id=co.unit_id)
