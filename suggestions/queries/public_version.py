"""The public text of a letter beside the letter itself, what it is warned of, and who looked at it for secrecy when."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from suggestions.domain import publication
from suggestions.domain.actions import Action
from suggestions.domain.canonical import digest
from suggestions.domain.errors import Missing
from suggestions.domain.letter import Letter, content_hash
from suggestions.domain.privacy import findings
from suggestions.domain.publication import Pieces, side_by_side
from suggestions.domain.story import Past, Story
from suggestions.models import Suggestion
from suggestions.queries.letter_marks import contact_of
from suggestions.queries.letter_page import Which, letter_from
from suggestions.queries.letter_paper import paper_of
from suggestions.queries.looking import Look, full_moment

NOT_SENT = "复函发出以后才有公开稿可以对照。"
_OWN_TEXT = "还没有拟公开稿；右边是系统从复函里去掉称呼、联系人和电话以后的底稿。"


@dataclass(frozen=True)
class Checked:
    """One look at a text for secrecy: of which text, with what result, by whom, when, in which words."""

    what: str
    result: str
    who: str
    when: str
    words: str


@dataclass(frozen=True)
class PublicVersion:
    """The two texts side by side; each row holds the pieces of either paragraph, empty where the other stands alone."""

    number: str
    title: str
    document_number: str
    standing: str
    rows: tuple[tuple[Pieces, Pieces], ...]
    warnings: tuple[str, ...]
    checked: tuple[Checked, ...]
    is_drafted: bool
    back_url: str


def public_version(look: Look) -> PublicVersion:
    """The two texts; Missing for who does not see the work, and before a letter went out."""
    if not look.is_whole:
        raise Missing
    standing = publication.sent_letter(look.facts.story)
    if standing is None:
        raise Missing(NOT_SENT)
    sent, letter = standing
    drafted = publication.drafted(look.facts.story)
    text = str(drafted.payload["text"]) if drafted else publication.default_text(letter)
    paper = paper_of(letter_from(look, Which(sent=len(look.facts.story.all(sent.action)))))
    internal = (*paper.addressees, *(block.text for block in paper.blocks), *paper.notes)
    public = [line.strip() for line in text.split("\n") if line.strip()]
    return PublicVersion(
        number=look.handling.number_text,
        title=look.case.suggestion.title,
        document_number=str(sent.payload["document_number"]),
        standing=_standing(look, drafted),
        rows=tuple(side_by_side(internal, public)),
        warnings=warnings_on(text, letter, look.handling.unit.phone, (look.case.suggestion, *look.case.merged)),
        checked=tuple(_checked(look.facts.story, letter, drafted)),
        is_drafted=drafted is not None,
        back_url=look.url("cases.handling", id=look.handling.id),
    )


def warnings_on(text: str, letter: Letter, phone: str, suggestions: Collection[Suggestion]) -> tuple[str, ...]:
    """What in a public text may point at a person, each with its sentence and place; the contact line may stay."""
    own = f"{contact_of(letter, '', phone)} {phone}"
    hidden = [each.lead.name for each in suggestions if each.is_name_hidden and each.lead]
    return tuple(found.text for found in findings(text, own_lines=own, hidden_names=hidden))


def _standing(look: Look, drafted: Past | None) -> str:
    """What became of the public text so far."""
    decided = publication.decision(look.facts.story)
    if decided is not None and decided.action is Action.PUBLISH:
        return f"{full_moment(decided.at)}公开"
    if decided is not None:
        return f"{full_moment(decided.at)}决定不公开：{decided.payload['ground']}"
    return f"{full_moment(drafted.at)}{drafted.actor_name}拟稿，还没有公开" if drafted else _OWN_TEXT


def _checked(story: Story, letter: Letter, drafted: Past | None) -> Iterator[Checked]:
    """Every look for secrecy: at the letter before it was signed or sent, and at the public text."""
    texts = {content_hash(letter): "复函"} | ({digest(dict(drafted.payload)): "公开稿"} if drafted else {})
    for given in story.endorsements():
        if given.kind == "secrecy":
            past = given.past
            yield Checked(
                texts.get(given.content_hash, "以前的稿"),
                "通过" if given.is_given else "没有通过",
                f"{past.actor_name} {past.actor_title}".strip(),
                full_moment(past.at),
                str(past.payload.get("opinion" if given.is_given else "reason", "")),
            )
