"""The deputy's own list: first what waits for the deputy, then where each suggestion stands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Actor
from suggestions.domain.lifecycle import TABLES
from suggestions.domain.states import ANSWERED, FINAL, Life
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as Written
from suggestions.extensions import db
from suggestions.models import Event, Handling, Promise, Suggestion
from suggestions.queries.deputy_page import rate_until, role_words
from suggestions.queries.desks.items import Place
from suggestions.queries.lights import Lamp, spoken
from suggestions.queries.standing import light_of
from suggestions.queries.visible import suggestions_for

_CAN_ANSWER_CONTACT = next(s.origins for s in TABLES[Life.HANDLING] if s.action is A.CONFIRM_CONTACT)
_NOW: Mapping[S, str] = {
    S.ASSIGNED: "交给了{unit}，等签收",
    S.RECEIVED: "{unit}收到了，局长正在看您的原件",
    S.PLANNING: "局长看过原件，{handler}在拟办理方案",
    S.PLAN_REVIEW: "方案拟好了，在局长手里等审定",
    S.IN_PROGRESS: "方案定了，{handler}正在办",
    S.SIGNING: "复函写好了，在局长手里等签字",
    S.SIGNED: "局长签了复函，正在编号、发出",
    S.REPLIED: "复函已经送出，等{lead}评价",
    S.RATED: "{lead}评过了，还没有公布",
    S.CONTESTED: "不满意，等人代工委督办",
    S.FOLLOW_UP: "正在兑现答应的事",
    S.CLOSED: "办结了",
    S.RETURN_REQUESTED: "{unit}说不归它办，等人代工委决定",
    S.TERMINATED: "撤回了，不再办理",
}
_WRITTEN: Mapping[Written, str] = {
    Written.DRAFTING: "还没有提交",
    Written.SUBMITTED: "提交了，等人代工委交办",
    Written.ASSIGNED: "交办了",
    Written.MERGED: "并入别的建议一起办理",
    Written.CLOSED: "办结了",
    Written.DECLINED: "没有作为建议处理，说明在里面",
    Written.OFFLINE: "涉密件，不在本系统流转",
    Written.WITHDRAWN: "撤回了",
    Written.PAST: "往年件",
}


@dataclass(frozen=True)
class Task:
    """Something that waits for the deputy, with its one button."""

    head: str
    detail: str
    label: str
    form: Place


@dataclass(frozen=True)
class Own:
    """One suggestion of the deputy, as a parcel: where it stands and what comes next by when."""

    page: Place
    number: str
    title: str
    role_line: str
    now: str
    next: str = ""
    light: Lamp | None = None


@dataclass(frozen=True)
class DeputyDesk:
    """What waits for a deputy, the own suggestions, and those that have ended."""

    deputy_name: str
    tasks: tuple[Task, ...]
    suggestions: tuple[Own, ...]
    past: tuple[Own, ...]


def deputy_desk(actor: Actor, now: datetime) -> DeputyDesk:
    """The suggestions that a deputy leads or signed, and the deputy's own next steps."""
    today = now.date()
    rows = list(
        db.session.scalars(
            select(Suggestion)
            .where(suggestions_for(actor))
            .options(joinedload(Suggestion.lead), selectinload(Suggestion.cosigners))
            .order_by(Suggestion.number.nulls_first(), Suggestion.id)
        )
    )
    handlings = _handlings([row.id for row in rows])
    own = [row for row in rows if row.lead_id == actor.person_id]
    led = {row.merged_into_id or row.id for row in own} | {row.id for row in own}
    said = _said([h for id in sorted(led) for h in handlings[id]], actor)
    tasks = [task for row in rows for task in _tasks(row, handlings[row.id], said, actor, today)]
    along = {row.merged_into_id for row in own}
    owns = [
        (row, each) for row in rows for each in _owns(row, handlings[row.id], actor, today, is_along=row.id in along)
    ]
    promised = {
        row.id for row in rows if any(h.next_due == "promise" or h.id in said.reports for h in handlings[row.id])
    }
    return DeputyDesk(
        deputy_name=actor.name,
        tasks=tuple(tasks),
        suggestions=tuple(own for row, own in owns if row.state not in FINAL or row.id in promised),
        past=tuple(own for row, own in owns if row.state in FINAL and row.id not in promised),
    )


def _handlings(ids: Sequence[int]) -> dict[int, list[Handling]]:
    found: dict[int, list[Handling]] = defaultdict(list)
    query = select(Handling).where(Handling.suggestion_id.in_(ids)).order_by(Handling.id)
    options = (joinedload(Handling.unit), joinedload(Handling.handler), joinedload(Handling.suggestion))
    for handling in db.session.scalars(query.options(*options)):
        found[handling.suggestion_id].append(handling)
    return found


@dataclass(frozen=True)
class _Said:
    """The handlings whose lead this deputy is, with what waits for a word; those rated in this round."""

    led: frozenset[int]
    contacts: Mapping[int, Event]
    """The oldest contact not answered, by handling."""
    reports: Mapping[int, Sequence[Promise]]
    """The promises reported on and not rated, by handling."""
    rated: frozenset[int]


def _said(rows: Sequence[Handling], actor: Actor) -> _Said:
    ids = [row.id for row in rows if row.state in _CAN_ANSWER_CONTACT]
    rounds = {row.id: row.round for row in rows}
    about = (A.RECORD_CONTACT, A.CONFIRM_CONTACT, A.DENY_CONTACT, A.RATE)
    query = select(Event).where(Event.handling_id.in_(ids), Event.action.in_([str(action) for action in about]))
    events = list(db.session.scalars(query.order_by(Event.handling_id, Event.seq)))
    verdicts = (A.CONFIRM_CONTACT, A.DENY_CONTACT)
    said = {(e.handling_id, int(e.payload["contact"])) for e in events if e.action in verdicts}
    found: dict[int, Event] = {}
    for event in events:
        if event.action == A.RECORD_CONTACT and event.handling_id and (event.handling_id, event.seq) not in said:
            found.setdefault(event.handling_id, event)
    own = (e for e in events if e.action == A.RATE and e.actor_id == actor.person_id and e.handling_id is not None)
    rated = frozenset(e.handling_id for e in own if e.handling_id and e.round == rounds[e.handling_id])
    return _Said(frozenset(rounds), found, _reports(rows, actor), rated)


def _reports(rows: Sequence[Handling], actor: Actor) -> dict[int, list[Promise]]:
    ids = [row.id for row in rows if row.state in ANSWERED and row.unit_id not in actor.units]
    query = select(Promise).where(Promise.handling_id.in_(ids), Promise.rating_due_on.is_not(None))
    found: dict[int, list[Promise]] = defaultdict(list)
    for promise in db.session.scalars(query.order_by(Promise.rating_due_on, Promise.id)):
        found[promise.handling_id].append(promise)
    return dict(found)


def _tasks(row: Suggestion, handlings: Sequence[Handling], said: _Said, actor: Actor, today: date) -> Iterator[Task]:
    if row.state is Written.DRAFTING:
        yield from _of_draft(row, actor)
    for handling in handlings:
        if handling.id not in said.led:
            continue
        if handling.state is S.REPLIED and handling.id not in said.rated and handling.unit_id not in actor.units:
            until = f"请在{spoken(handling.rating_due_on, today)}前评。" if handling.rating_due_on else ""
            head = f"{handling.number_text}已经答复，等您评价"
            yield Task(head, until, "去评价", Place(Life.HANDLING, handling.id, A.RATE))
        for promise in said.reports.get(handling.id, ()):
            head = f"{handling.number_text}的承诺办好了没有，等您评价"
            form = Place(Life.HANDLING, handling.id, A.RATE_PROMISE, promise.id)
            yield Task(head, f"{promise.measure.rstrip('。')}。{rate_until(promise, today)}。", "去评价", form)
        if contact := said.contacts.get(handling.id):
            day = spoken(date.fromisoformat(str(contact.payload["contacted_on"])), today)
            head = f"{handling.number_text}：{handling.unit.name}说{day}联系过您"
            detail = f"去的人：{contact.payload.get('people', '')}。有没有这回事？"
            yield Task(head, detail, "去确认", Place(Life.SUGGESTION, handling.suggestion_id))


def _of_draft(row: Suggestion, actor: Actor) -> Iterator[Task]:
    title = f"《{row.title}》" if row.title else "没有标题的草稿"
    if row.lead_id == actor.person_id:
        waiting = sum(1 for cosigner in row.cosigners if cosigner.confirmed_at is None)
        detail = f"还有{waiting}位联名代表没有确认。" if waiting else "改好以后提交。"
        yield Task(f"{title}还没有提交", detail, "接着写", Place(Life.SUGGESTION, row.id, A.REVISE))
    elif any(c.person_id == actor.person_id and c.confirmed_at is None for c in row.cosigners):
        who = f"{row.lead.name}代表" if row.lead else "领衔代表"
        yield Task(
            f"{who}请您联名{title}", "看过以后本人确认，才算联名。", "去看看", Place(Life.SUGGESTION, row.id, A.COSIGN)
        )


def _owns(
    row: Suggestion, handlings: Sequence[Handling], actor: Actor, today: date, *, is_along: bool
) -> Iterator[Own]:
    role_line = role_words(row, row.cosigners, actor.person_id, is_along=is_along)
    if not handlings:
        yield Own(Place(Life.SUGGESTION, row.id), row.number_text, row.title, role_line, _WRITTEN[row.state])
    for handling in (row for row in handlings if row.state is not S.REASSIGNED):
        words = {
            "unit": handling.unit.name,
            "handler": handling.handler.name if handling.handler else "承办人",
            "lead": "您" if row.lead_id == actor.person_id else _lead(row),
        }
        yield Own(
            page=Place(Life.HANDLING, handling.id),
            number=handling.number_text,
            title=row.title,
            role_line=role_line,
            now=_now(handling).format(**words),
            next=_next(handling, today),
            light=light_of(handling, today),
        )


def _now(handling: Handling) -> str:
    if handling.is_past:
        return "往年件，答复过了。"
    if handling.state is S.CLOSED and handling.next_due == "promise":
        return "办结以后，有承诺重新打开了。"
    return f"{_NOW[handling.state]}。"


def _lead(row: Suggestion) -> str:
    return f"{row.lead.name}代表" if row.lead else "领衔代表"


def _next(handling: Handling, today: date) -> str:
    if handling.is_past or handling.next_due == "promise":
        return f"下一项答应的事，最晚{spoken(handling.next_due_on, today)}。" if handling.next_due_on else ""
    if handling.state is S.CLOSED:
        return f"{spoken(handling.closed_on, today)}办结。" if handling.closed_on else ""
    if handling.state in (S.REPLIED, S.RATED, S.CONTESTED, S.FOLLOW_UP, S.TERMINATED):
        return ""
    return f"最晚{spoken(handling.reply_due_on, today)}答复您。"
