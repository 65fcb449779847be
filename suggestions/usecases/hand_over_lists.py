"""How a hand-over list comes to stand open: by the appointment or the naming that gave the work to another.

These rows have no meaning in law until somebody signs; the acts that do are in hand_overs.py.
"""

from datetime import timedelta

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.hand_over import UNSIGNED, Change, Stage
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Handling, HandOver, HandOverItem, Post
from suggestions.models.hand_over_list import has_anything
from suggestions.usecases.transaction import use_case

_EVE = timedelta(days=1)
_LOOKS_BACK = timedelta(days=31)


def director_changed(post: Post) -> HandOver | None:
    """Open the list from who led the unit before to who leads it with this post, when there is anything to hand over.

    A list to the one who now leaves that nobody took over stands no longer: what there is goes on with the new one.
    """
    if post.role is not Role.DIRECTOR or post.unit_id is None:
        return None
    before = _before(post)
    if before is None or not has_anything(db.session(), post.unit_id):
        return None
    for old in _unsigned(Change.DIRECTOR, post.unit_id):
        if old.taker_id == before.person_id:
            _end(old)
    return _open(Change.DIRECTOR, post.unit_id, before.person_id, post.person_id)


def appointment_undone(post: Post) -> None:
    """End the list to whoever was appointed by mistake."""
    if post.role is Role.DIRECTOR and post.unit_id is not None:
        for old in _unsigned(Change.DIRECTOR, post.unit_id):
            if old.taker_id == post.person_id:
                _end(old)


def _before(post: Post) -> Post | None:
    """The post of who led the unit before this one began: on its eve whoever stood in, else who left last."""
    eve = post.from_on - _EVE
    others = db.session.scalars(
        select(Post).where(
            Post.unit_id == post.unit_id,
            Post.role == Role.DIRECTOR,
            Post.person_id != post.person_id,
            Post.from_on <= post.from_on,
        )
    ).all()
    return max(others, key=lambda p: (p.is_held_on(eve), p.is_acting, p.to_on or eve, p.id), default=None)


def handler_changed(handling: Handling, before_id: int | None) -> None:
    """Put the handling on the list from its former handler to the one now named.

    It leaves a list on which that former handler did not take it over; back to who gave it, it needs none.
    """
    after_id = handling.handler_id
    if before_id is None or after_id is None or before_id == after_id:
        return
    goes_back = False
    for old in _unsigned(Change.HANDLER, handling.unit_id):
        item = db.session.get(HandOverItem, (old.id, handling.id))
        if item is None:
            continue
        goes_back = goes_back or old.giver_id == after_id
        db.session.delete(item)
        db.session.flush()
        if db.session.scalar(select(HandOverItem.handling_id).where(HandOverItem.hand_over_id == old.id)) is None:
            _end(old)
    if not goes_back:
        found = _open(Change.HANDLER, handling.unit_id, before_id, after_id)
        db.session.add(HandOverItem(hand_over_id=found.id, handling_id=handling.id))


@use_case
def standins_ended() -> int:
    """Open the list from each person whose standing in has ended back to the director; how many. Safe to run twice."""
    today, done = clock.today(), 0
    ended = select(Post).where(Post.role == Role.DIRECTOR, Post.is_acting, Post.to_on < today)
    for acting in db.session.scalars(ended.where(Post.to_on >= today - _LOOKS_BACK)).all():
        if acting.unit_id is None or not has_anything(db.session(), acting.unit_id):
            continue
        leads = _director_on(acting.unit_id)
        handed_on = select(HandOver.id).where(
            HandOver.change == Change.DIRECTOR,
            HandOver.unit_id == acting.unit_id,
            HandOver.giver_id == acting.person_id,
            HandOver.opened_on >= acting.from_on,
        )
        if leads is None or leads.person_id == acting.person_id or db.session.scalar(handed_on) is not None:
            continue
        for old in _unsigned(Change.DIRECTOR, acting.unit_id):
            if old.taker_id == acting.person_id:
                _end(old)
        _open(Change.DIRECTOR, acting.unit_id, acting.person_id, leads.person_id)
        done += 1
    return done


def _director_on(unit_id: int) -> Post | None:
    today = clock.today()
    held = select(Post).where(
        Post.unit_id == unit_id,
        Post.role == Role.DIRECTOR,
        Post.from_on <= today,
        Post.to_on.is_(None) | (Post.to_on >= today),
    )
    return db.session.scalars(held.order_by(Post.is_acting.desc(), Post.id.desc())).first()


def _unsigned(change: Change, unit_id: int) -> list[HandOver]:
    query = select(HandOver).where(HandOver.change == change, HandOver.unit_id == unit_id, HandOver.stage.in_(UNSIGNED))
    return list(db.session.scalars(query.order_by(HandOver.id).with_for_update()))


def _open(change: Change, unit_id: int, giver_id: int, taker_id: int) -> HandOver:
    for known in _unsigned(change, unit_id):
        if (known.giver_id, known.taker_id) == (giver_id, taker_id):
            return known
    opened = HandOver(change=change, unit_id=unit_id, giver_id=giver_id, taker_id=taker_id, opened_on=clock.today())
    db.session.add(opened)
    db.session.flush()
    return opened


def _end(old: HandOver) -> None:
    """A list that nobody will take over is kept as such: its number was told to people."""
    old.stage = Stage.VOID
    db.session.flush()
