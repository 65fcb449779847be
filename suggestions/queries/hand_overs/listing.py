"""One hand-over list as a person sees it: what stands on it, what changed since it was signed, what they can sign."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, joinedload

from suggestions import clock
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor
from suggestions.domain.hand_over import (
    CHANGES,
    GROUNDS,
    STAGES,
    Change,
    Content,
    Stage,
    changes,
    digest_of,
    may_read,
    may_stand_in,
)
from suggestions.domain.labels import PROOFS
from suggestions.domain.states import Role
from suggestions.models import Event, HandOver
from suggestions.models.actors import is_office_of_deputies_there
from suggestions.models.event import OFFICE
from suggestions.models.hand_over_list import content_of
from suggestions.queries.hand_overs.waiting import concerned, heading
from suggestions.queries.lights import spoken
from suggestions.queries.looking import full_moment
from suggestions.queries.paging import Page

_NOTHING: Content = {"items": [], "opinions": []}
"""What stands on a list that was overtaken before anybody signed it."""
GIVE, TAKE = "give", "take"


@dataclass(frozen=True)
class Signature:
    """Who signed, when, how confirmed, and where it stands in the record."""

    role: str
    who: str
    at: str
    proof: str
    record: str
    hash: str
    ground: str = ""


@dataclass(frozen=True)
class ListPage:
    """One list, ready for a page and for paper."""

    id: int
    heading: str
    unit: str
    change: Change
    stage: Stage
    stage_text: str
    giver: str
    taker: str
    opened_text: str
    content: Content
    digest: str
    changes: tuple[str, ...]
    signatures: tuple[Signature, ...]
    act: str = ""
    """What this person can sign now: `give`, `take` or nothing."""
    is_in_place: bool = False
    note: str = ""
    """Whom the list waits for, when it is not this person."""

    @property
    def is_signed(self) -> bool:
        """Whether both signed it."""
        return self.stage is Stage.TAKEN


def list_page(session: Session, id: int, actor: Actor) -> ListPage:
    """One list; Missing when there is none or this person may not read it."""
    parts = joinedload(HandOver.unit), joinedload(HandOver.giver), joinedload(HandOver.taker)
    found = session.scalar(select(HandOver).where(HandOver.id == id).options(*parts))
    if found is None or not may_read(found.parties, actor):
        raise Missing
    is_ended = found.stage in (Stage.TAKEN, Stage.VOID)
    now = (found.content or _NOTHING) if is_ended else content_of(session, found)
    differs = changes(found.content, now) if found.stage is Stage.GIVEN and found.content is not None else ()
    is_stale = found.stage is Stage.GIVEN and digest_of(now) != found.digest
    act, is_in_place = _act(session, found, actor, is_stale=is_stale)
    return ListPage(
        id=found.id,
        heading=heading(found.change, found.giver.name, found.taker.name),
        unit=found.unit.name,
        change=found.change,
        stage=found.stage,
        stage_text="签过以后有变动，等移交人重新签" if is_stale else STAGES[found.stage],
        giver=found.giver.name,
        taker=found.taker.name,
        opened_text=spoken(found.opened_on, clock.today()),
        content=now,
        digest=digest_of(now),
        changes=differs,
        signatures=tuple(_signatures(session, found)),
        act=act,
        is_in_place=is_in_place,
        note="" if act else _note(found, actor, is_stale=is_stale),
    )


def _act(session: Session, found: HandOver, actor: Actor, *, is_stale: bool) -> tuple[str, bool]:
    if found.stage is Stage.OPEN or is_stale:
        if actor.person_id == found.giver_id:
            return GIVE, False
        is_asked = found.change is Change.DIRECTOR and actor.role in (Role.SUPERVISOR, Role.CLERK)
        has_supervisor = is_asked and is_office_of_deputies_there(session, clock.today())
        if may_stand_in(found.parties, actor, has_supervisor=has_supervisor):
            return GIVE, True
    elif found.stage is Stage.GIVEN and actor.person_id == found.taker_id and _wears(found, actor):
        return TAKE, False
    return "", False


def _wears(found: HandOver, actor: Actor) -> bool:
    return actor.role is found.change.role and actor.unit_id == found.unit_id and not actor.is_former


def _note(found: HandOver, actor: Actor, *, is_stale: bool) -> str:
    if found.stage is Stage.OPEN or is_stale:
        again = "重新签" if is_stale else "签字移交"
        mine = f"，{'您' if actor.person_id == found.taker_id else found.taker.name}再签字接收"
        return f"现在等{found.giver.name}{again}{mine}。"
    if found.stage is Stage.GIVEN and actor.person_id == found.taker_id:
        return f"请以{found.unit.name}{CHANGES[found.change]}的身份登录，再签字接收。"
    return f"现在等{found.taker.name}签字接收。" if found.stage is Stage.GIVEN else ""


def _signatures(session: Session, found: HandOver) -> Iterator[Signature]:
    wanted = [seq for seq in (found.given_seq, found.taken_seq) if seq is not None]
    if not wanted:
        return
    query = select(Event).where(Event.chain == OFFICE, Event.seq.in_(wanted)).order_by(Event.seq)
    events: Mapping[int, Event] = {event.seq: event for event in session.scalars(query)}
    if found.given_seq is not None and (event := events.get(found.given_seq)):
        why = f"{GROUNDS[found.ground]}：{found.ground_words}" if found.ground else ""
        said = f"代{found.giver.name}签" if found.ground else ""
        yield _signature("移交人", event, said, why)
    if found.taken_seq is not None and (event := events.get(found.taken_seq)):
        yield _signature("接收人", event)


def _signature(role: str, event: Event, said: str = "", why: str = "") -> Signature:
    acting = "（主持工作）" if event.is_acting else ""
    who = f"{event.actor_name}，{event.unit_name}{event.actor_title}{acting}" + (f"，{said}" if said else "")
    proof = PROOFS.get(event.proof or "", "没有当场确认")
    return Signature(role, who, full_moment(event.at), proof, f"机关事务第{event.seq}号", event.hash, why)


@dataclass(frozen=True)
class Line:
    """A list in the list of lists."""

    id: int
    heading: str
    unit: str
    stage_text: str
    is_unsigned: bool
    opened_text: str
    signed_text: str


@dataclass(frozen=True)
class Lists:
    """One page of the lists that a person may read, those not signed first."""

    lines: tuple[Line, ...]
    page: Page


def lists(session: Session, actor: Actor, page: int) -> Lists:
    """The lists that this person may read, the unsigned first, then the newest."""
    seen = readable(actor)
    total = session.scalar(select(func.count()).select_from(HandOver).where(seen)) or 0
    at = Page.nearest(page, total)
    is_ended = HandOver.stage.in_((Stage.TAKEN, Stage.VOID))
    parts = joinedload(HandOver.unit), joinedload(HandOver.giver), joinedload(HandOver.taker)
    query = select(HandOver).where(seen).options(*parts).order_by(is_ended, HandOver.id.desc())
    rows = session.scalars(query.offset(at.before).limit(at.length)).all()
    return Lists(tuple(_line(row) for row in rows), at)


def readable(actor: Actor) -> ColumnElement[bool]:
    """`may_read` said once more for whole lists."""
    everything = actor.role in (Role.SUPERVISOR, Role.AUDITOR) and not actor.is_former
    return true() if everything else concerned(actor)


def _line(row: HandOver) -> Line:
    today = clock.today()
    signed = [
        f"移交{spoken(row.given_at.astimezone(clock.CHINA).date(), today)}" if row.given_at else "",
        f"接收{spoken(row.taken_at.astimezone(clock.CHINA).date(), today)}" if row.taken_at else "",
    ]
    return Line(
        id=row.id,
        heading=heading(row.change, row.giver.name, row.taker.name),
        unit=row.unit.name,
        stage_text=STAGES[row.stage],
        is_unsigned=row.stage in (Stage.OPEN, Stage.GIVEN),
        opened_text=spoken(row.opened_on, today),
        signed_text="，".join(filter(None, signed)) or "还没有签",
    )
