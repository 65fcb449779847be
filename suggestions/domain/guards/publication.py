"""What must be true before a letter is published."""

from collections.abc import Iterator, Mapping

from suggestions.domain import publication
from suggestions.domain.actions import Action as A
from suggestions.domain.canonical import digest
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard


def mark_lets_it_be_published(facts: Facts) -> Iterator[str]:
    """The director did not sign the letter as one that stays closed."""
    standing = publication.sent_letter(facts.story)
    if standing is None:
        yield "还差：复函还没有发出。"
    elif facts.rulebook.needs_ground(standing[1]["publication"]):
        label = facts.rulebook.publications[standing[1]["publication"]].label
        yield f"局长签批时定为“{label}”，不能公开；请写明理由，办“不公开复函”。"


def public_text_is_endorsed(facts: Facts) -> Iterator[str]:
    """A secrecy endorsement was given on exactly this public text."""
    text = publication.content(facts.story)
    if text is None:
        yield "还差：还没有拟公开稿。"
        return
    found = facts.story.standing_endorsement("secrecy", digest(text))
    if found is None:
        yield "还差：这一稿公开稿没有保密审核意见，请审核人审。"
    elif not found.is_given:
        yield f"还差：公开稿保密审核没有通过：{found.past.payload.get('reason', '')}"


def not_public_yet(facts: Facts) -> Iterator[str]:
    """The same text is not published twice."""
    standing, text = publication.published(facts.story), publication.content(facts.story)
    if standing is not None and text is not None and standing.content_hash == digest(text):
        yield "这一稿已经公开了。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.PUBLISH: (mark_lets_it_be_published, public_text_is_endorsed, not_public_yet),
}
