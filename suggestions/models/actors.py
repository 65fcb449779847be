"""From a post to the acting person."""

from datetime import date

from suggestions.domain.facts import Actor
from suggestions.models.person import Post


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
    )
