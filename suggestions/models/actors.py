"""From a post to the acting person."""

from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from suggestions.domain.facts import Actor
from suggestions.domain.states import FINAL, Role, SuggestionState
from suggestions.models.handling import Handling
from suggestions.models.person import Post
from suggestions.models.promise import Promise
from suggestions.models.suggestion import Suggestion

_along = aliased(Suggestion)
_NOT_ON_ITS_WAY = [state for state in SuggestionState if state in FINAL or state is SuggestionState.DRAFTING]


def is_worn_on(session: Session, post: Post, today: date) -> bool:
    """Whether a hat can be worn that day: while the post is held; a deputy's also while a suggestion they lead is open.

    Open is a suggestion on its way, also one that theirs was merged into, and a closed one with a promise that is
    not kept or that waits to be rated.
    """
    if post.is_held_on(today) or post.role is not Role.DEPUTY or post.from_on > today:
        return post.is_held_on(today)
    along = select(_along.merged_into_id).where(_along.lead_id == post.person_id, _along.merged_into_id.is_not(None))
    leads = or_(Suggestion.lead_id == post.person_id, Suggestion.id.in_(along))
    on_its_way = exists().where(leads, Suggestion.state.not_in(_NOT_ON_ITS_WAY))
    promised = exists().where(
        leads,
        Handling.suggestion_id == Suggestion.id,
        Promise.handling_id == Handling.id,
        Promise.released_on.is_(None),
        Promise.fulfilled_on.is_(None) | Promise.rating_due_on.is_not(None),
    )
    return bool(session.scalar(select(or_(on_its_way, promised))))


def has_reviewer(session: Session, unit_id: int | None, today: date) -> bool:
    """Whether anybody holds a reviewer's post in this unit on this day."""
    held = Post.from_on <= today, Post.to_on.is_(None) | (Post.to_on >= today)
    return bool(session.scalar(select(exists().where(Post.unit_id == unit_id, Post.role == Role.REVIEWER, *held))))


def is_office_of_deputies_there(session: Session, today: date) -> bool:
    """Whether anybody of the deputies office works in this house on this day; a bureau's own house has none."""
    held = Post.from_on <= today, Post.to_on.is_(None) | (Post.to_on >= today)
    return bool(session.scalar(select(exists().where(Post.role == Role.SUPERVISOR, *held))))


def stood_in_by(post: Post, today: date) -> str:
    """Who stands in for the holder of a director's post on that day, and until when; empty when nobody does."""
    if post.role is not Role.DIRECTOR or post.is_acting or post.unit is None:
        return ""
    found = (p for p in post.unit.acting_posts if p.is_held_on(today) and p.person_id != post.person_id)
    return next((f"{p.person.name}（{p.from_on}至{p.to_on}）" for p in found), "")


def actor_of(post: Post | None, today: date | None = None) -> Actor:
    """The person wearing this hat; LookupError when there is no post."""
    if post is None:
        raise LookupError("no such post")
    held = (p for p in post.person.posts if today is None or p.is_held_on(today))
    return Actor(
        person_id=post.person_id,
        name=post.person.name,
        role=post.role,
        post_id=post.id,
        unit_id=post.unit_id,
        unit_name=post.unit.name if post.unit else "",
        title=post.title,
        is_acting=post.is_acting,
        endorsement_kinds=tuple(post.endorsement_kinds),
        units=frozenset(p.unit_id for p in held if p.unit_id is not None),
        is_former=today is not None and not post.is_held_on(today),
        stood_in_by="" if today is None else stood_in_by(post, today),
    )
