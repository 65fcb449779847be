"""From a post to the acting person."""

from datetime import date

from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.models.person import Post


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
        stood_in_by="" if today is None else stood_in_by(post, today),
    )
