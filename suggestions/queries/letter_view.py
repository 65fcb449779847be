"""The reply letter as it will be printed: the words of one version in the form of a letter, edits marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suggestions.documents.letters.parts import title_lines
from suggestions.documents.words import in_chinese
from suggestions.domain import letter
from suggestions.domain.actions import Action
from suggestions.domain.facts import CoFacts, Facts
from suggestions.domain.story import Past, Story
from suggestions.models import Suggestion
from suggestions.models.case import Case
from suggestions.queries.letter_marks import addressed_to, contact_of, letterhead_of, marks
from suggestions.queries.visible import may_read_names

Piece = tuple[str, str]
"""("same" | "del" | "ins", text): what a hand left, struck and wrote."""
Words = str | tuple[Piece, ...]

RECEIPT_FORM = "代表建议、批评和意见答复函回执"
_MARKS = {"same": "same", "old": "del", "new": "ins"}
_LONGEST_HEADING = 40
HIDDEN_NAME = "有关代表"
"""What is written to a unit in place of a name that a deputy asked to be hidden from it."""


@dataclass(frozen=True)
class Answer:
    """The answer to one request; without heading for what the co-units said."""

    heading: str
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True)
class Sheet:
    """A reply letter, ready to be drawn; what is not known before signing or dispatch is empty."""

    unit: str
    number_text: str
    class_mark: str
    title_lines: tuple[str, ...]
    salutation: str
    opening: Words
    answers: tuple[Answer, ...]
    co_sentences: tuple[str, ...]
    signed_by: str
    closing: Words
    date_text: str
    contact_line: str
    publication: str
    copies: str
    attachments: tuple[str, ...]
    edits: int = 0
    """How many of its texts a hand changed."""
    publication_mark: str = ""
    warning: str = ""
    """What it is not yet: 未签发; empty once it went out."""
    evidence: str = ""
    """The short code of the event by which it went out."""


@dataclass(frozen=True)
class _Version:
    """A version of the letter with what became of it, and the text before the director's edits."""

    text: letter.Letter
    draft: Past
    before: letter.Letter | None = None
    signed: Past | None = None
    dispatched: Past | None = None


def letter_of(case: Case, facts: Facts, *, draft: int | None = None) -> Sheet | None:
    """The letter that stands, with the director's edits marked; a draft by its number; None when there is none.

    Edits that are not signed yet are taken from the facts' own words.
    """
    version = _numbered(facts.story, draft) if draft is not None else _standing(facts)
    return None if version is None else _sheet(case, facts, version)


def dispatched_letter_of(case: Case, facts: Facts, *, number: int | None = None, to: str = "") -> Sheet | None:
    """The newest letter that went out, or the one of this number, as it went out: without a mark of earlier words.

    With a name, the one that was addressed to this deputy alone.
    """
    letters = facts.story.all(Action.DISPATCH)
    at = len(letters) if number is None else number
    if not 0 < at <= len(letters):
        return None
    sent = letters[at - 1]
    signed = facts.story.signed_as_sent(sent)
    draft = None if signed is None else _draft_before(facts.story, signed)
    if signed is None or draft is None:
        return None
    return _sheet(case, facts, _Version(addressed_to(signed.payload["letter"], to), draft, None, signed, sent))


def _numbered(story: Story, number: int) -> _Version | None:
    drafts = story.all(Action.DRAFT_REPLY)
    if not 0 < number <= len(drafts):
        return None
    past = drafts[number - 1]
    return _Version(past.payload["letter"], past)


def _standing(facts: Facts) -> _Version | None:
    newest = facts.story.newest_text
    if newest is None:
        return None
    text: letter.Letter = newest.payload["letter"]
    if newest.action is Action.DRAFT_REPLY:
        edited = letter.with_edits(text, facts.words) if facts.words else text
        return _Version(edited, newest, before=text)
    draft = _draft_before(facts.story, newest)
    if draft is None:
        return None
    sent = facts.story.after(newest).last(Action.DISPATCH, round=newest.round)
    return _Version(text, draft, draft.payload["letter"], newest, sent)


def _draft_before(story: Story, signed: Past) -> Past | None:
    return next((e for e in reversed(story.all(Action.DRAFT_REPLY)) if e.seq < signed.seq), None)


def _sheet(case: Case, facts: Facts, version: _Version) -> Sheet:
    text, suggestion = version.text, case.suggestion
    handling = case.handling(facts.of_handling.id)
    texts = _marked(text, version.before)
    sent = version.dispatched
    signed = version.signed
    # A letter stays that of the unit that signed it, whoever took over its promises since.
    signer = signed.unit_name if signed else handling.unit.name
    unit = letterhead_of(text, full_name(signer, suggestion.congress))
    return Sheet(
        unit=unit,
        number_text=str(sent.payload["document_number"]) if sent else "",
        class_mark=str(text["result_class"]),
        title_lines=title_lines((unit, f"关于{meeting_of(suggestion)}{handling.number_text}建议的复函")),
        salutation=_salutation(text, suggestion, case.merged, facts),
        opening=_one(texts["opening"]),
        answers=(*_answers(text, texts), *_passages(text)),
        co_sentences=tuple(_co_sentences(text, facts, signed)),
        signed_by=_signed_by(signed),
        closing=_one(texts["closing"]),
        date_text=f"{signed.on.year}年{signed.on.month}月{signed.on.day}日" if signed else "",
        contact_line=contact_of(text, version.draft.actor_name, handling.unit.phone),
        publication=_publication(text, facts),
        copies=full_stop(str(sent.payload.get("copies") or "")) if sent else "",
        attachments=(RECEIPT_FORM,),
        edits=sum(1 for pieces in texts.values() if any(op != "same" for op, _ in pieces)),
        **marks(text, facts, signed, sent),
    )


def full_name(unit: str, area: str) -> str:
    """A unit's name as it stands on a letterhead: 区民政局 of 云山区 is 云山区民政局."""
    return f"{area[:-1]}{unit}" if area and unit.startswith(area[-1]) else unit


def meeting_of(suggestion: Suggestion) -> str:
    """The meeting as a letter's title names it: 区第十九届人民代表大会第六次会议; empty when it is not known."""
    if not suggestion.congress or not suggestion.term:
        return ""
    session = f"第{in_chinese(suggestion.session)}次会议" if suggestion.session else ""
    between = "闭会期间" if suggestion.series == "between" else ""
    return f"{suggestion.congress[-1]}第{in_chinese(suggestion.term)}届人民代表大会{session}{between}"


def _marked(text: letter.Letter, before: letter.Letter | None) -> Mapping[str, Sequence[Piece]]:
    after = letter.edited_fields(text)
    old = letter.edited_fields(before) if before is not None else after
    return {
        name: [(_MARKS[op], part) for op, part in letter.differences(old.get(name, words), words)] or [("same", words)]
        for name, words in after.items()
    }


def _one(pieces: Sequence[Piece]) -> Words:
    """Plain words where nobody changed anything."""
    if all(op == "same" for op, _ in pieces):
        return "".join(text for _, text in pieces)
    return tuple(pieces)


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[Words]:
    """The pieces cut at line breaks, blank paragraphs left out."""
    current: list[Piece] = []
    for op, text in pieces:
        first, *following = text.split("\n")
        current.append((op, first))
        for line in following:
            if any(part.strip() for _, part in current):
                yield _one(current)
            current = [(op, line)]
    if any(part.strip() for _, part in current):
        yield _one(current)


def _answers(text: letter.Letter, texts: Mapping[str, Sequence[Piece]]) -> Iterator[Answer]:
    requests = list(text.get("requests", ()))
    for place, answer in enumerate(text["answers"], start=1):
        number = int(answer["request_no"])
        asked = requests[number - 1] if number <= len(requests) else ""
        heading = f"{in_chinese(place)}、{_about(asked, number)}（{answer['result_class']}类）"
        yield Answer(heading, tuple(_paragraphs(texts[f"answer_{answer['request_no']}"])))


def _about(request: str, number: int) -> str:
    """A request as a heading says it: 关于……, cut at a pause when it is long."""
    words = request.strip().rstrip("。；;.！!").lstrip("一二三四五六七八九十、（）() 0123456789.．")
    words = words.removeprefix("建议").removeprefix("关于").removesuffix("的建议").lstrip("：:，, ")
    if not words:
        return f"关于第{number}条建议"
    if len(words) > _LONGEST_HEADING:
        cut = max(words.rfind(pause, 0, _LONGEST_HEADING) for pause in "。；，")
        words = words[:cut] if cut > 0 else f"{words[: _LONGEST_HEADING - 1]}…"
    return f"关于{words}"


def _passages(text: letter.Letter) -> Iterator[Answer]:
    passages = tuple(p["text"] for p in text.get("passages", ()) if p["text"].strip())
    if passages:
        yield Answer("", passages)


def _left_out(co: CoFacts, story: Story) -> Past | None:
    """The step that left this co-unit out of the letter, gone on without it or cancelled; None while it is asked."""
    asked = story.all(Action.GO_ON_WITHOUT, Action.CANCEL_CO_OPINION, Action.REINVITE_CO_OPINION)
    last = next((e for e in reversed(asked) if e.co_handling_id == co.id), None)
    return None if last is None or last.action is Action.REINVITE_CO_OPINION else last


def _co_sentences(text: letter.Letter, facts: Facts, signed: Past | None) -> Iterator[str]:
    """What became of each co-unit's signature; once the letter is signed, as it stood at that moment."""
    story = facts.story if signed is None else Story(tuple(e for e in facts.story.events if e.seq < signed.seq))
    round = facts.of_handling.round if signed is None else signed.round
    agreed: list[str] = []
    others: list[str] = []
    for co in facts.co_handlings:
        passage = letter.passage_of(text, co.id)
        if left_out := _left_out(co, story):
            if left_out.action is Action.GO_ON_WITHOUT and left_out.round == round:
                others.append(f"{co.unit_name}的协办意见逾期未复。")
            continue
        if not passage:
            continue
        given = story.co_signature(co.id, passage)
        if given is None:
            if signed is not None or letter.is_silent_on(passage, co, facts):
                others.append(f"{co.unit_name}未会签。")
        elif given.action is Action.COUNTERSIGN:
            agreed.append(co.unit_name)
        else:
            others.append(f"{co.unit_name}对以上内容有不同意见：{full_stop(str(given.payload['reason']))}")
    if agreed:
        yield f"{'、'.join(agreed)}对以上内容已会签。"
    yield from others


def _signed_by(signed: Past | None) -> str:
    if signed is None:
        return ""
    acting = "（主持工作）" if signed.is_acting else ""
    return f"此复函已经{signed.unit_name}{signed.actor_title}{acting}{signed.actor_name}审签。"


def _salutation(text: letter.Letter, suggestion: Suggestion, merged: Sequence[Suggestion], facts: Facts) -> str:
    names: list[Any] = list(text.get("addressees", ()))
    hidden = {each.lead.name for each in (suggestion, *merged) if each.is_name_hidden and each.lead}
    if not may_read_names(facts.actor) and hidden & set(names):
        names = [name for name in names if name not in hidden]
        return f"{HIDDEN_NAME}{'、' if names else ''}{'、'.join(names)}{'代表' if names else ''}："
    return f"{'、'.join(names)}代表：" if names else f"{HIDDEN_NAME}："


def _publication(text: letter.Letter, facts: Facts) -> str:
    mark = text.get("publication")
    if not mark:
        return ""
    chosen = facts.rulebook.publications[mark]
    return chosen.label if chosen.needs_ground else "此件公开发布"


def full_stop(words: str) -> str:
    """The words with a full stop, unless they end with a closing sign; empty for none."""
    words = words.strip()
    return words if not words or words[-1] in "。！？" else f"{words}。"
