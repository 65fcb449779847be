"""Publication: the public text is prepared, endorsed, published or withheld."""

from suggestions.domain import publication
from suggestions.domain.canonical import digest
from suggestions.domain.errors import NotNow
from suggestions.usecases.taking import Taking


def draft_public_text(taking: Taking) -> None:
    """Freeze what everybody would read: the office's text under the letter's number and title; NotNow without one."""
    standing = publication.sent_letter(taking.facts.story)
    if standing is None:
        raise NotNow("还不能“拟公开稿”：", ["还差：复函还没有发出。"])
    taking.payload = {
        "document_number": standing[0].payload["document_number"],
        "number": taking.of_handling.number_text,
        "title": taking.suggestion.title,
        "unit": taking.of_handling.unit.name,
        "text": taking.fields["text"],
    }
    taking.content_hash = digest(taking.payload)


def endorse(taking: Taking) -> None:
    """Note that the opinion is of the public text, which is looked at for secrecy alone."""
    taking.payload |= {"kind": "secrecy", "of": "public_text"}


def refuse_endorsement(taking: Taking) -> None:
    """Note which text was refused."""
    endorse(taking)


def publish(taking: Taking) -> None:
    """Keep in the record the very text that everybody reads from now on."""
    taking.payload = publication.content(taking.facts.story) or {}


def withhold(taking: Taking) -> None:
    """Take the text down where it was published."""
    taking.of_handling.published_on = None
