"""The director's desk: five personal steps in their order, and the own record of the year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from suggestions.domain import guards
from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import Light
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.guards import SEAL_ACTIONS
from suggestions.domain.labels import SEALS
from suggestions.domain.states import HANDLING_ENDS, CoState, Seal, span
from suggestions.domain.states import HandlingState as S
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling
from suggestions.queries.desks.items import Desk, Group, Todo, group, of_co_handling, of_handling, present
from suggestions.queries.desks.reports import owed_reports, owing
from suggestions.queries.docket import co_handlings, docket, handlings, owed_or_awaited
from suggestions.queries.hand_overs.waiting import Waiting, apart, beside
from suggestions.queries.lights import OWED, lamp_of, lamp_of_co, spoken

_URGENT = 3
_SHOWN = 5
_UNREAD = (A.ATTACH, A.COMMENT, A.RECORD_PROGRESS, A.OPEN_ORIGINAL, A.RATE, A.CORRECT_RATING)
_ONE_DAY = timedelta(days=1)
_HEADINGS: Mapping[Seal, tuple[str, str]] = {
    Seal.READ: ("待阅原件", "阅完全部原件、附件并写批示"),
    Seal.PLAN: ("待审方案", "看的是哪一稿，批的就是哪一稿"),
    Seal.URGE: ("待督促", "自己写一句话，承办人按期要回"),
    Seal.SIGN: ("待签复函", "一次一件，签的就是印出来的那一封"),
    Seal.COORDINATE: ("待协调", "同谁、定了什么、到现场看了什么"),
}


@dataclass(frozen=True)
class Row:
    """One personal step of the year: how often it was taken, of how often it was due."""

    character: str
    name: str
    done: int
    due: int


@dataclass(frozen=True)
class Record:
    """The own record of a year, counted from events alone."""

    heading: str
    rows: tuple[Row, ...]
    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DirectorDesk(Desk):
    """The five groups, above them what cannot wait, beside them the record of the year."""

    urgent: tuple[Todo, ...]
    record: Record


def director_desk(actor: Actor, now: datetime) -> DirectorDesk:
    """What waits for the director of a unit, in the order of the five personal steps."""
    today = now.date()
    is_open = Handling.state.not_in(HANDLING_ENDS) | (Handling.is_past & (Handling.next_due == "promise"))
    is_open |= owing(today)
    rows = list(db.session.scalars(handlings(Handling.unit_id == actor.unit_id, is_open)))
    is_awaited = owed_or_awaited(actor.unit_id, [row.id for row in rows])
    cos = list(db.session.scalars(co_handlings(is_awaited, Handling.state.not_in(HANDLING_ENDS))))
    awaited = [co for co in cos if co.unit_id != actor.unit_id]
    judged = docket(actor, now, rows, co_handlings=awaited, has_promises=True, without=_UNREAD)
    facts = {row.id: judged.facts(row) for row in rows}
    personal = {
        seal: [item for row in rows for item in _ITEMS[seal](row, facts[row.id], today)] for seal in SEAL_ACTIONS
    }
    five = [
        group(
            f"g-{seal}",
            _HEADINGS[seal][0],
            items,
            help=_HEADINGS[seal][1],
            short=_HEADINGS[seal][0],
            character=SEALS[seal][0],
            shown=_SHOWN,
        )
        for seal, items in personal.items()
    ]
    others = present(
        (
            *_others(rows, facts, [co for co in cos if co.unit_id == actor.unit_id], actor, today),
            owed_reports(rows, judged, today, act=A.REPORT_PROMISE),
        )
    )
    waiting = {seal: {item.page.id for item in items} for seal, items in personal.items()}
    others_turn = {row.id for row in rows if row.state in (S.REPLIED, S.RATED)}
    urgent = _urgent([item for g in (*five, *others) for item in g.items if item.page.id not in others_turn])
    count = sum(1 for g in (*five, *others) for item in g.items if item.form)
    record, hand_overs = _record(
        actor, today, {s: {(r.id, r.round) for r in rows if r.id in ids} for s, ids in waiting.items()}
    )
    return DirectorDesk(
        hand_overs=hand_overs,
        greeting=_greeting(actor, count, len(urgent)),
        groups=(*five, *others),
        urgent=urgent,
        record=record,
    )


def _greeting(actor: Actor, count: int, urgent: int) -> tuple[str, ...]:
    title = actor.title if actor.title.endswith(("长", "主任", "书记")) else ""
    phrases = [f"{actor.name}{title}，", f"{count}件等您" if count else "现在没有等您办的"]
    return (*phrases, f"，{urgent}件不能等") if urgent else tuple(phrases)


def _urgent(items: list[Todo]) -> tuple[Todo, ...]:
    found: dict[object, Todo] = {}
    for item in sorted(items, key=lambda item: item.urgency):
        if item.form and item.light and item.light.kind in (Light.OVER, Light.NEAR):
            found.setdefault(item.page, item)
    return tuple(found.values())[:_URGENT]


def _to_read(row: Handling, facts: Facts, today: date) -> Iterator[Todo]:
    if row.state is S.RECEIVED and row.round > 1:
        wait = "代表不满意，责成重新办理。先看代表写的理由，再看原件。"
    elif row.state is S.RECEIVED and row.received_on:
        wait = f"{spoken(row.received_on, today)}签收，还没有批示和承办人。"
    elif row.state in span(S.PLANNING, S.SIGNING) and any(guards.receipt.director_read_original(facts)):
        wait = "您接任后还没有看过这件的原件；看过才能审方案、签复函。"
    else:
        return
    yield of_handling(row, facts.actor, today, wait, act=A.READ_ORIGINAL)


def _to_approve(row: Handling, facts: Facts, today: date) -> Iterator[Todo]:
    plan = facts.story.plan
    if row.state is not S.PLAN_REVIEW or plan is None:
        return
    hardest = _short(str(plan.payload.get("hardest", "")))
    wait = f"方案第{facts.story.plan_number}稿，{plan.actor_name}{spoken(plan.on, today)}报来。"
    wait += f"最难的是：{hardest}" if hardest else ""
    missing = guards.missing(A.APPROVE_PLAN, facts)
    yield of_handling(row, facts.actor, today, wait, act=A.APPROVE_PLAN, missing=missing)


def _to_urge(row: Handling, facts: Facts, today: date) -> Iterator[Todo]:
    if row.state not in (S.PLANNING, S.IN_PROGRESS):
        return
    lamp = lamp_of(row, today)
    turned = {Light.OVER: row.red_after and row.red_after + _ONE_DAY, Light.NEAR: row.yellow_on}.get(lamp.kind)
    is_behind = turned is not None and (row.urged_on is None or row.urged_on < turned)
    who = f"承办人{row.handler.name}。" if row.handler else ""
    if is_behind:
        late = lamp.rest if lamp.kind is Light.OVER else row.yellow_reason
        wait = f"{late}，转{'红' if lamp.kind is Light.OVER else '黄'}灯以后您还没有督促过。{who}"
    elif row.state is S.IN_PROGRESS and any(guards.reply.director_has_pressed(facts)):
        wait = f"方案审定以后您还没有督促过；不督促，复函不能报签。{who}"
    else:
        return
    yield of_handling(row, facts.actor, today, wait, act=A.URGE)


def _to_sign(row: Handling, facts: Facts, today: date) -> Iterator[Todo]:
    text = facts.story.letter(row.round)
    if row.state is not S.SIGNING or text is None:
        return
    submitted = facts.story.last(A.SUBMIT_REPLY, round=row.round)
    classes = [answer["result_class"] for answer in text["answers"]]
    said = "、".join(f"{code}类{classes.count(code)}条" for code in sorted(set(classes)))
    wait = f"复函第{facts.story.draft_number}稿，{said}"
    wait += f"；{submitted.actor_name}{spoken(submitted.on, today)}报签。" if submitted else "。"
    promised = len(facts.promises)
    wait += f"承诺{promised}项已入台账。" if promised else ""
    missing = guards.missing(A.SIGN_REPLY, facts)
    yield of_handling(row, facts.actor, today, wait, act=A.SIGN_REPLY, missing=missing)


def _to_coordinate(row: Handling, facts: Facts, today: date) -> Iterator[Todo]:
    done = facts.story.after(facts.story.approval(row.round)).last(A.COORDINATE, round=row.round)
    if row.state not in span(S.IN_PROGRESS, S.FOLLOW_UP) or done is not None:
        return
    late = "、".join(co.unit_name for co in facts.co_handlings if co.state in OWED)
    wait = f"{late}的意见还没有到。" if late else ""
    wait += "方案审定以后您还没有协调过；办结以前至少一次。"
    yield of_handling(row, facts.actor, today, wait, act=A.COORDINATE)


_ITEMS = {
    Seal.READ: _to_read,
    Seal.PLAN: _to_approve,
    Seal.URGE: _to_urge,
    Seal.SIGN: _to_sign,
    Seal.COORDINATE: _to_coordinate,
}


def _others(
    rows: list[Handling], facts: Mapping[int, Facts], owed: list[CoHandling], actor: Actor, today: date
) -> Iterator[Group]:
    yield group("g-co", "我单位协办", _owed(owed, today), help="欠别人的，也是期限")
    disputed = [
        of_handling(row, actor, today, _wait_of_class(found), act=A.SETTLE_CLASS)
        for row in rows
        if not guards.missing(A.SETTLE_CLASS, found := facts[row.id])
    ]
    yield group("g-class", "分类异议，待答复", disputed, help="保留或者改变，都要写理由")
    closing = [
        of_handling(row, actor, today, _wait_of_close(facts[row.id]), act=A.CLOSE, missing=missing)
        for row in rows
        if row.state is S.FOLLOW_UP
        for missing in [guards.missing(A.CLOSE, facts[row.id])]
    ]
    promised = [
        of_handling(row, actor, today, _wait_of_promise(facts[row.id], today), act=A.REPORT_PROMISE)
        for row in rows
        if row.is_past and any(promise.is_open for promise in facts[row.id].promises)
    ]
    yield group("g-past", "往年承诺，待落实", promised, help="落实了向代表报告；不计入今年的件数")
    yield group("g-close", "跟踪落实，待办结", closing, help="承诺都兑现、五个亲自都办过，才能办结", shown=_SHOWN)


def _wait_of_class(facts: Facts) -> str:
    said = facts.story.class_challenge(facts.of_handling.round)
    assert said is not None
    return (
        f"现定{said.payload['was']}类，有人认为应当是{said.payload['result_class']}类：{_short(said.payload['reason'])}"
    )


def _wait_of_promise(facts: Facts, today: date) -> str:
    first = min((p for p in facts.promises if p.is_open), key=lambda p: p.due_on)
    return f"承诺第{first.number}项“{_short(first.measure)}”，{spoken(first.due_on, today)}到期，{first.owner}负责。"


def _wait_of_close(facts: Facts) -> str:
    still_open = sum(1 for promise in facts.promises if promise.is_open)
    return f"还有{still_open}项承诺没有兑现。" if still_open else "承诺都已兑现，等您办结。"


def _owed(owed: list[CoHandling], today: date) -> Iterator[Todo]:
    for co in owed:
        lamp = lamp_of_co(co, today)
        if co.state is CoState.GIVEN:
            wait = f"给{co.handling.unit.name}的协办意见已拟好，等您审定。"
            yield of_co_handling(co, today, wait, act=A.RELEASE_CO_OPINION)
        elif co.state in OWED and lamp.kind in (Light.NEAR, Light.OVER):
            yield of_co_handling(co, today, f"{spoken(co.due_on, today)}前应报意见，承办人还没有报上来。")


def _record(
    actor: Actor, today: date, waiting: Mapping[Seal, set[tuple[int, int]]]
) -> tuple[Record, tuple[Waiting, ...]]:
    """The own record of the year; and in the same statement the hand-over lists that wait for a signature."""
    back = aliased(Event)
    taken_back = (
        exists()
        .where(back.chain == Event.chain, back.handling_id == Event.handling_id, back.round == Event.round)
        .where(back.seq > Event.seq, back.action == str(A.VOID_SIGNATURE), Event.action == str(A.SIGN_REPLY))
    )
    asked = select(Event.action, Event.handling_id, Event.round, Event.proof).where(
        Event.actor_id == actor.person_id,
        Event.actor_role == actor.role,
        Event.unit_id == actor.unit_id,
        Event.on >= date(today.year, 1, 1),
        Event.on <= today,
        Event.action.in_([str(action) for action in SEAL_ACTIONS.values()]),
        ~taken_back,
    )
    taken, hand_overs = apart(db.session.execute(beside(asked, actor)), actor)
    rows = []
    for seal, action in SEAL_ACTIONS.items():
        done = {(row.handling_id, row.round) for row in taken if row.action == action}
        rows.append(Row(SEALS[seal][0], SEALS[seal][1], len(done), len(done | waiting[seal])))
    proofs = [row.proof for row in taken]
    line = f"密码确认{proofs.count('password')}次，指纹确认{proofs.count('passkey')}次。"
    title = "主持工作期间履职记录" if actor.is_acting else "本人履职记录"
    return Record(f"{today.year}年{title}", tuple(rows), (line,) if proofs else ()), hand_overs


def _short(text: str, most: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
