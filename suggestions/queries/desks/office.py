"""The desks of a unit's office: what the clerk receives and sends, what the reviewer endorses."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists

from suggestions.domain import guards, letter
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.states import ANSWERED, Role, span
from suggestions.domain.states import HandlingState as S
from suggestions.extensions import db
from suggestions.models import Handling, Person, Post
from suggestions.models.actors import has_reviewer
from suggestions.queries.desks import publishing
from suggestions.queries.desks.items import Desk, Group, Todo, greet, group, of_handling
from suggestions.queries.docket import docket, handlings
from suggestions.queries.hand_overs.waiting import waiting as lists_waiting
from suggestions.queries.lights import spoken

WORKING = span(S.PLANNING, S.FOLLOW_UP)
_NOT_OF_THE_LETTER = tuple(
    action
    for action in A
    if action
    not in (
        *(A.DRAFT_REPLY, A.SIGN_REPLY, A.VOID_SIGNATURE, A.CORRECT_REPLY, A.ENDORSE, A.REFUSE_ENDORSEMENT),
        *publishing.TOLD,
    )
)
_SHOWN = 5


def clerk_desk(actor: Actor, now: datetime) -> Desk:
    """What waits for a unit's office: to receive, to number and send; to endorse, where nobody else reviews."""
    today = now.date()
    is_reviewed = has_reviewer(db.session(), actor.unit_id, today)
    states = (S.ASSIGNED, S.SIGNED) if is_reviewed else (S.ASSIGNED, S.SIGNED, S.IN_PROGRESS)
    is_kept_open = Handling.is_past & (Handling.next_due == "promise")
    is_orphaned = (Handling.handler_id.is_(None) | is_left(today)) & (Handling.state.in_(WORKING) | is_kept_open)
    is_unpublished = publishing.unpublished()
    is_mine = Handling.state.in_(states) | is_orphaned | is_unpublished
    wanted = handlings(Handling.unit_id == actor.unit_id, is_mine)
    found = db.session.execute(wanted.add_columns(is_orphaned, is_unpublished)).all()
    rows = [row for row, *_ in found]
    signed = [row for row in rows if row.state is S.SIGNED]
    drafted = [] if is_reviewed else [row for row in rows if row.state in (S.SIGNED, S.IN_PROGRESS)]
    sent = [row for row, _, is_open in found if is_open]
    judged = docket(actor, now, [*(drafted or signed), *sent], without=_NOT_OF_THE_LETTER, is_reviewed=is_reviewed)
    arrived = [
        of_handling(
            row, actor, today, f"{spoken(row.assigned_on, today)}交办，等签收；收到那天起算首次联系。", act=A.RECEIVE
        )
        for row in rows
        if row.state is S.ASSIGNED
    ]
    orphaned = [
        of_handling(row, actor, today, _why_unnamed(row), act=A.NAME_HANDLER)
        for row, is_unheld, _ in found
        if is_unheld
    ]
    ready = [_to_send(row, judged.facts(row), today) for row in signed]
    unpublished = [publishing.to_publish(row, judged.facts(row), today) for row in sent]
    waiting = [item for row in drafted for item in _to_endorse(row, judged.facts(row), today)]
    waiting += [i for row in sent if not is_reviewed for i in publishing.text_to_endorse(row, judged.facts(row), today)]
    endorsing = group("g-endorse", "待审核", waiting, help="本单位没有审核人，由办公室审核", short="待审核")
    return Desk(
        hand_overs=lists_waiting(db.session(), actor),
        greeting=greet(actor, len(arrived) + len(ready) + len(waiting) + len(unpublished)),
        groups=(
            group("g-receive", "待签收", arrived, help="不签收，第三个工作日由系统代签收", short="待签收"),
            *(
                (
                    group(
                        "g-name", "待指定承办人", orphaned, help="承办人离岗的、移交过来的，都要有人接", short="待指定"
                    ),
                )
                if orphaned
                else ()
            ),
            group("g-send", "待编号、用印、发出", ready, help="签的是哪一封，发的就是哪一封", short="待发出"),
            *(() if is_reviewed else (endorsing,)),
            *((_publishing(unpublished),) if unpublished else ()),
        ),
    )


def _publishing(unpublished: list[Todo]) -> Group:
    help = "拟公开稿，保密审核，再公开；不公开的写明理由"
    return group("g-publish", "待公开", unpublished, help=help, short="待公开", shown=_SHOWN)


def is_left(today: date) -> ColumnElement[bool]:
    """A handling whose handler holds a handler's post in the unit no more, or can log in no more."""
    held = Post.from_on <= today, Post.to_on.is_(None) | (Post.to_on >= today)
    own = Post.person_id == Handling.handler_id, Post.unit_id == Handling.unit_id, Post.role == Role.HANDLER
    there = exists().where(*own, *held, Person.id == Post.person_id, Person.is_active).correlate(Handling)
    return Handling.handler_id.is_not(None) & ~there


def _why_unnamed(row: Handling) -> str:
    if row.handler is not None:
        return f"承办人{row.handler.name}已经不在岗；指定新的承办人，交接清单随之列出。"
    return "往年件还有承诺没有兑现，没有指定承办人。" if row.is_past else "移交过来以后还没有指定承办人。"


def _to_send(row: Handling, facts: Facts, today: date) -> Todo:
    signed = facts.story.signature(row.round)
    wait = (
        f"{signed.actor_name}{spoken(signed.on, today)}签批，等编号、用印、发出。" if signed else "等编号、用印、发出。"
    )
    return of_handling(row, facts.actor, today, wait, act=A.DISPATCH, missing=guards.missing(A.DISPATCH, facts))


def reviewer_desk(actor: Actor, now: datetime) -> Desk:
    """Drafts that wait for an endorsement of a kind that this reviewer holds."""
    today = now.date()
    states = (S.IN_PROGRESS, S.SIGNED)
    rows = list(
        db.session.scalars(
            handlings(
                Handling.unit_id == actor.unit_id,
                Handling.state.in_(states) & Handling.drafted_on.is_not(None) | publishing.to_endorse(),
            )
        )
    )
    judged = docket(actor, now, rows, without=_NOT_OF_THE_LETTER)
    waiting = [
        item
        for row in rows
        for item in (publishing.text_to_endorse if row.state in ANSWERED else _to_endorse)(
            row, judged.facts(row), today
        )
    ]
    return Desk(
        greeting=greet(actor, len(waiting), "现在没有等您审核的稿子"),
        groups=(group("g-endorse", "待审核", waiting, help="审核只对这一稿有效，改一个字要重审", short="待审核"),),
    )


def _to_endorse(row: Handling, facts: Facts, today: date) -> Iterator[Todo]:
    text = facts.story.letter(row.round)
    draft = facts.story.draft
    if text is None or draft is None or draft.round != row.round:
        return
    version = letter.content_hash(text)
    kinds = ("secrecy",) if row.state is S.SIGNED else facts.required_endorsements
    lacking = [
        facts.rulebook.endorsement_label(kind)
        for kind in kinds
        if kind in facts.endorses and facts.story.standing_endorsement(kind, version) is None
    ]
    if lacking:
        wait = f"{draft.actor_name}{spoken(draft.on, today)}的第{facts.story.draft_number}稿，等{'、'.join(lacking)}。"
        wait += _changed(facts, row)
        missing = guards.missing(A.ENDORSE, facts)
        yield of_handling(row, facts.actor, today, wait, act=A.ENDORSE, missing=missing)


def _changed(facts: Facts, row: Handling) -> str:
    versions = [e.payload["letter"] for e in facts.story.all(A.DRAFT_REPLY, A.SIGN_REPLY, round=row.round)]
    if len(versions) < 2:
        return ""
    old, new = (letter.edited_fields(version) for version in versions[-2:])
    names = {"opening": "开头", "closing": "结尾"}
    parts = [names.get(n, f"第{n.removeprefix('answer_')}条答复") for n in new if new[n] != old.get(n)]
    by = "局长签批时" if row.state is S.SIGNED else "比上一稿"
    return f"{by}改了{'、'.join(parts)}。" if parts else f"{by}没有改正文。"
