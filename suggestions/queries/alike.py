"""Earlier suggestions that are like one: why, what was answered, and what became of what was promised."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from suggestions.domain.actions import Action
from suggestions.domain.sight import Sight
from suggestions.domain.states import Life, SuggestionState
from suggestions.domain.story import Story
from suggestions.models import Suggestion
from suggestions.models.case import Case, load_case
from suggestions.queries.looking import Look, Reader, look_from
from suggestions.queries.visible import suggestions_for

LIMIT = 5
"""How many are shown at most: a person reads them all."""
NEAR_TITLE, NEAR_TEXT, SAME_REPLY, SAME_TITLE = 55, 45, 90, 70
"""From how many hundredths on titles are alike, texts are, two replies are the same, and a title is put again."""
_LOOKED_AT, _LONGEST = 20_000, 2_000
_FRAME = re.compile(r"^关于|的建议$|[《》、，。“”\s]")
_PLACE = re.compile(r"[一-鿿]{2,5}?(?:街道|社区|小区|镇|乡|村|大道|公园|医院|学校|小学|中学)")
_NO_PLACE = re.compile(r"^(?:由|各|全区|建议|关于|加强|推进|每个|所有|部分|老旧|新建|一些|本|该)")


@dataclass(frozen=True)
class Alike:
    """One earlier suggestion with the reasons why it is shown."""

    number: str
    title: str
    url: str
    on: str
    reasons: tuple[str, ...]
    replied: tuple[str, ...]
    """Each unit's reply in a line; empty when there is none yet, or this person may not read it."""
    promised: tuple[str, ...]
    same_reply: str
    merge_url: str


def alike_of(session: Session, case: Case, reader: Reader) -> list[Alike]:
    """The earlier suggestions most like this one that the reader may see, the likest first; at most `LIMIT`.

    Likeness gives hints with their reasons; whether two are the same a person decides.
    """
    own = case.suggestion
    query = (
        select(Suggestion)
        .where(suggestions_for(reader.actor), Suggestion.id != own.id, Suggestion.state != SuggestionState.DRAFTING)
        .options(load_only(Suggestion.id, Suggestion.title, Suggestion.content, Suggestion.lead_id))
        .order_by(Suggestion.id.desc())
        .limit(_LOOKED_AT)
    )
    scored = [(*judged, row.id) for row in session.scalars(query) if (judged := _judge(own, row))]
    best = sorted(scored, key=lambda each: (-each[0], -each[2]))[:LIMIT]
    return [_shown(session, case, id, reasons, reader) for _, reasons, id in best]


def nearest_title(title: str, others: Mapping[int, str]) -> tuple[int, int] | None:
    """Of titles made bare by `core`, the key of the one that hardly differs, and how near it is in hundredths."""
    found = process.extractOne(core(title), others, scorer=fuzz.ratio, score_cutoff=SAME_TITLE)
    return None if found is None else (found[2], int(found[1]))


def _judge(own: Suggestion, other: Suggestion) -> tuple[float, tuple[str, ...]] | None:
    """How like another one is, with the reasons; None when it is not."""
    title = fuzz.ratio(core(own.title), core(other.title))
    is_same_lead = own.lead_id is not None and own.lead_id == other.lead_id
    places = sorted(_places(own) & _places(other))
    text = fuzz.ratio(own.content[:_LONGEST], other.content[:_LONGEST]) if title >= NEAR_TITLE / 2 else 0.0
    if title < NEAR_TITLE and text < NEAR_TEXT:
        return None
    reasons = (
        f"标题相近（{title:.0f}%）" if title >= NEAR_TITLE else "",
        f"正文相近（{text:.0f}%）" if text >= NEAR_TEXT else "",
        "同一位领衔代表" if is_same_lead else "",
        f"同一处地方：{'、'.join(places)}" if places else "",
    )
    return title + text + 20 * is_same_lead + 10 * len(places), tuple(reason for reason in reasons if reason)


def core(title: str) -> str:
    """A title without its frame: 关于…的建议."""
    return _FRAME.sub("", title)


def _places(row: Suggestion) -> set[str]:
    found = _PLACE.findall(f"{row.title}。{row.content[:_LONGEST]}")
    return {place for place in found if not _NO_PLACE.match(place)}


def _shown(session: Session, case: Case, id: int, reasons: tuple[str, ...], reader: Reader) -> Alike:
    other = load_case(session, id)
    look = look_from(session, other, Life.SUGGESTION, id, reader)
    reads = look.sight in (Sight.OFFICE, Sight.AUDIT, Sight.UNIT, Sight.INSPECTOR, Sight.DEPUTY)
    row = other.suggestion
    mergeable = look.sight is Sight.OFFICE and case.suggestion.state is SuggestionState.SUBMITTED
    into = row.state in (SuggestionState.SUBMITTED, SuggestionState.ASSIGNED)
    return Alike(
        number=row.number_text,
        title=row.title,
        url=reader.url("cases.suggestion", id=id),
        on=_month(other),
        reasons=reasons,
        replied=tuple(_replies(other)) if reads else (),
        promised=tuple(_promises(other, look)) if reads else (),
        same_reply=_same_reply(case, other) if reads else "",
        merge_url=reader.url("steps.suggestion", id=case.suggestion.id, action="merge", into=id)
        if mergeable and into
        else "",
    )


def _month(case: Case) -> str:
    if case.suggestion.outside and "year" in case.suggestion.outside:
        return f"{case.suggestion.outside['year']}年"
    on = case.events[0].on
    return f"{on.year}年{on.month}月"


def _replies(case: Case) -> Iterator[str]:
    for handling in case.handlings:
        story = case.story(handling.id)
        sent, noted = story.last(Action.DISPATCH), story.last(Action.KEEP_PAST)
        kind = f"，{handling.result_class}类" if handling.result_class else ""
        if sent is not None:
            yield f"{handling.unit.name}{sent.on.year}年{sent.on.month}月{sent.on.day}日答复{kind}"
        elif noted is not None and noted.payload["replied_on"]:
            yield f"{handling.unit.name}{noted.payload['replied_on']}答复{kind}"


def _promises(case: Case, look: Look) -> Iterator[str]:
    if not case.promises:
        return
    kept = sum(1 for p in case.promises if p.fulfilled_on)
    released = sum(1 for p in case.promises if p.released_on)
    late = sum(1 for p in case.promises if p.is_open and p.due_on < look.today)
    yield f"承诺{len(case.promises)}项，已兑现{kept}项"
    if late:
        yield f"{late}项过期没有兑现"
    if released:
        yield f"{released}项已终止，按没有兑现统计"


def _texts(story: Story) -> list[str]:
    """The text of every reply that went out, the last one first."""
    if (noted := story.last(Action.KEEP_PAST)) is not None:
        return [noted.payload["reply"]] if noted.payload["reply"] else []
    sent = [story.signed_as_sent(past) for past in reversed(story.all(Action.DISPATCH))]
    return ["\n".join(answer["text"] for answer in past.payload["letter"]["answers"]) for past in sent if past]


def _same_reply(case: Case, other: Case) -> str:
    """Whether a reply to this one says just what the other one's did; empty when it does not."""
    ours = [text for handling in case.handlings for text in _texts(case.story(handling.id))[:1]]
    theirs = [text for handling in other.handlings for text in _texts(other.story(handling.id))[:1]]
    most = max((fuzz.ratio(one, two) for one in ours for two in theirs), default=0.0)
    return f"两件的答复几乎一样（{most:.0f}%），请看是不是照抄。" if most >= SAME_REPLY else ""
