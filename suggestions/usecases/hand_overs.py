"""Handing over and taking over: two acts of office, each in person, bound to the list that was shown."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.errors import Invalid, Missing, NotAllowed, NotNow, Stale
from suggestions.domain.facts import Actor
from suggestions.domain.hand_over import (
    CHANGES,
    GROUNDS,
    Change,
    Content,
    Stage,
    changes,
    digest_of,
    may_read,
    may_stand_in,
)
from suggestions.extensions import db
from suggestions.models import Event, HandOver, HandOverItem, Person, Post
from suggestions.models.actors import is_office_of_deputies_there
from suggestions.models.hand_over_list import content_of
from suggestions.usecases import outbox, record
from suggestions.usecases.accounts import Presence, WrongProof, count_failure, prove_presence
from suggestions.usecases.transaction import use_case

_LONGEST_GROUND = 300
_CHANGED = "清单在您打开以后变了，没有记下；请看过现在的清单再签。"


@dataclass(frozen=True)
class InPlace:
    """Why somebody signs in a giver's place: a ground of the list, and the own words to it."""

    ground: str = ""
    words: str = ""


def hand_over(
    id: int, *, by: Actor, digest: str, presence: Presence | None, in_place: InPlace | None = None
) -> HandOver:
    """Sign a list as the giver, or on a ground in the place of a giver who is gone.

    Checks in the order of every step: may see it (Missing), rule (NotAllowed), form (Invalid), state (NotNow), what
    was shown (Stale), proof of presence (Invalid, counted; Locked). Signing anew replaces a signature under a list
    that has changed; both acts stay in the office chain.
    """
    try:
        return _hand_over(id, by, digest, presence, in_place or InPlace())
    except WrongProof:
        _count(by, presence, "hand_over")
        raise


def take_over(id: int, *, by: Actor, digest: str, presence: Presence | None) -> HandOver:
    """Sign a list as the taker, exactly as the giver signed it; checks and errors as of `hand_over`."""
    try:
        return _take_over(id, by, digest, presence)
    except WrongProof:
        _count(by, presence, "take_over")
        raise


def _count(by: Actor, presence: Presence | None, where: str) -> None:
    person = db.session.get(Person, by.person_id)
    if presence is not None and presence.password and person is not None and person.username:
        count_failure(person.username, where)


@use_case
def _hand_over(id: int, by: Actor, digest: str, presence: Presence | None, in_place: InPlace) -> HandOver:
    found, ground, words = _read(id, by), in_place.ground, in_place.words.strip()
    is_own = by.person_id == found.giver_id
    if not is_own:
        _refuse_stranger(found, by)
        _refuse_without_ground(ground, words)
    if found.stage in (Stage.TAKEN, Stage.VOID):
        raise NotNow("这份清单已经了结，不用再签。")
    now = content_of(db.session(), found)
    if digest != digest_of(now):
        raise Stale(_CHANGED)
    if found.stage is Stage.GIVEN and found.digest == digest:
        raise NotNow(f"{found.given_by_name}已经签过这份清单，在等{found.taker.name}接收。")
    proof = prove_presence(db.session.get_one(Person, by.person_id), presence)
    event = _note(
        "hand_over",
        by,
        proof,
        digest,
        hand_over=found.id,
        change=found.change.value,
        unit=found.unit_id,
        giver=found.giver_id,
        taker=found.taker_id,
        content=now,
        **({} if is_own else {"ground": ground, "ground_words": words}),
    )
    found.stage, found.content, found.digest = Stage.GIVEN, dict(now), digest
    found.given_by_id, found.given_by_name = by.person_id, by.name
    found.given_at, found.given_seq = event.at, event.seq
    found.ground, found.ground_words = ("", "") if is_own else (ground, words)
    who = by.name if is_own else f"{by.name}代{found.giver.name}"
    _tell({found.taker_id}, event, f"{who}在{found.unit.name}的工作交接清单上签了字，请您看过接收。", found)
    return found


@use_case
def _take_over(id: int, by: Actor, digest: str, presence: Presence | None) -> HandOver:
    found = _read(id, by)
    if by.person_id != found.taker_id:
        raise NotAllowed(f"这份清单由{found.taker.name}本人接收。")
    _refuse_without_post(found, by)
    if found.stage in (Stage.TAKEN, Stage.VOID):
        raise NotNow("这份清单已经了结，不用再签。")
    if found.stage is Stage.OPEN or found.content is None:
        raise NotNow(f"{found.giver.name}还没有签，现在还不能接收。")
    now = content_of(db.session(), found)
    if found.digest != digest_of(now):
        raise Stale("移交人签过以后清单又变了，要请移交人重新签；没有记下。", changes(found.content, now))
    if digest != found.digest:
        raise Stale(_CHANGED)
    proof = prove_presence(db.session.get_one(Person, by.person_id), presence)
    event = _note("take_over", by, proof, digest, hand_over=found.id, given=found.given_seq, giver=found.giver_id)
    found.stage, found.taken_at, found.taken_seq = Stage.TAKEN, event.at, event.seq
    _keep_items(found, now)
    given = {id for id in (found.giver_id, found.given_by_id) if id is not None}
    _tell(given, event, f"{by.name}接收了{found.unit.name}的工作交接清单。", found)
    return found


def _read(id: int, by: Actor) -> HandOver:
    found = db.session.scalar(
        select(HandOver).where(HandOver.id == id).with_for_update(), execution_options={"populate_existing": True}
    )
    if found is None or not may_read(found.parties, by):
        raise Missing
    return found


def _refuse_stranger(found: HandOver, by: Actor) -> None:
    has_supervisor = is_office_of_deputies_there(db.session(), clock.today())
    if not may_stand_in(found.parties, by, has_supervisor=has_supervisor):
        raise NotAllowed(
            f"这份清单由{found.giver.name}本人移交；本人不能签的，由{stands_in(found, has_supervisor)}代签。"
        )
    post = db.session.get(Post, by.post_id)
    if post is None or post.person_id != by.person_id or not post.is_held_on(clock.today()):
        raise NotAllowed(f"您今天不任{by.unit_name}{by.title or '这个岗位'}，没有签。")


def stands_in(found: HandOver, has_supervisor: bool) -> str:
    """Who signs in the place of a giver who is gone."""
    if found.change is Change.HANDLER:
        return "本单位局长"
    return "人代工委" if has_supervisor else "本单位办公室"


def _refuse_without_ground(ground: str, words: str) -> None:
    faults = {}
    if ground not in GROUNDS:
        faults["ground"] = "请选本人为什么不能签。"
    if not words or len(words) > _LONGEST_GROUND:
        faults["words"] = f"请写明情况，如哪一天离任、凭什么文件，不超过{_LONGEST_GROUND}个字。"
    if faults:
        raise Invalid("没有签。", faults)


def _refuse_without_post(found: HandOver, by: Actor) -> None:
    post = db.session.get(Post, by.post_id)
    holds = post is not None and (post.person_id, post.unit_id, post.role) == (
        by.person_id,
        found.unit_id,
        found.change.role,
    )
    if not holds or post is None or not post.is_held_on(clock.today()):
        raise NotAllowed(f"请以{found.unit.name}{CHANGES[found.change]}的身份接收。")


def _note(action: str, by: Actor, proof: str, digest: str, **payload: Any) -> Event:
    return record.add_to_office(
        record.Entry(life="office", action=action, actor=by, payload=payload, proof=proof, content_hash=digest)
    )


def _tell(people: set[int], event: Event, text: str, found: HandOver) -> None:
    db.session.flush()
    outbox.tell(people - {event.actor_id}, event, text=text, address=f"/hand-overs/{found.id}")


def _keep_items(found: HandOver, signed: Content) -> None:
    """A director's list keeps which handlings went over, so that each case can say so."""
    if found.change is Change.DIRECTOR:
        db.session.add_all(
            HandOverItem(hand_over_id=found.id, handling_id=item["handling"]) for item in signed["items"]
        )
