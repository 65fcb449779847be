"""Earlier suggestions that are like one: why, what was answered, and what became of what was promised."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log

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
NEAR_TITLE, NEAR_BOTH, NEAR_TEXT = 0.45, 0.2, 0.4
"""What part of the shorter title, or text, the other one has too: by itself, or of both together."""
SAME_REPLY, SAME_TITLE = 90, 70
"""From how many hundredths on two replies are the same, and a title is put again."""
_LOOKED_AT, _LONGEST, _READ, _SHORT, _EXCERPT = 20_000, 2_000, 200, 15, 90
_FRAME = re.compile(r"^关于|的建议$|[《》、，。“”\s]")
_SALUTATION = re.compile(r"^.{0,300}?答复如下[：:。]?\s*", re.DOTALL)
_SIGN = re.compile(r"[^一-鿿A-Za-z0-9]")
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
    texts: tuple[str, ...]
    """The last reply of each unit, in full."""
    merge_url: str
    same_reply: str = ""
    """Which other one was answered in the same words; empty when none was."""


def alike_of(session: Session, case: Case, reader: Reader) -> list[Alike]:
    """The earlier suggestions most like this one that the reader may see, the likest first; at most `LIMIT`.

    Likeness gives hints with their reasons; whether two are the same a person decides.
    """
    own = case.suggestion
    seen = (suggestions_for(reader.actor), Suggestion.id != own.id, Suggestion.state != SuggestionState.DRAFTING)
    query = select(Suggestion.id, Suggestion.title, Suggestion.lead_id).where(*seen).order_by(Suggestion.id.desc())
    titles = {row.id: row for row in session.execute(query.limit(_LOOKED_AT))}
    near = _near_titles(own.title, {id: row.title for id, row in titles.items()})
    # Texts are read of the nearest titles and of the same deputy alone: reading all of them takes too long.
    read = (
        sorted(near, key=near.__getitem__, reverse=True)[:_READ]
        + [id for id, row in titles.items() if own.lead_id is not None and row.lead_id == own.lead_id][:_READ]
    )
    texts = select(Suggestion).where(Suggestion.id.in_(set(read)))
    texts = texts.options(load_only(Suggestion.id, Suggestion.title, Suggestion.content, Suggestion.lead_id))
    scored = [
        (*judged, row.id) for row in session.scalars(texts) if (judged := _judge(own, row, near.get(row.id, 0.0)))
    ]
    best = sorted(scored, key=lambda each: (-each[0], -each[2]))[:LIMIT]
    shown = [_shown(session, case, id, reasons, reader) for _, reasons, id in best]
    mine = _own_replies(case)
    return [replace(one, same_reply=_mark(mine, one, shown)) for one in shown]


def _pairs(text: str) -> list[str]:
    """Every two signs that stand together: what Chinese words are made of, without a dictionary."""
    signs = _SIGN.sub("", text)
    return [signs[at : at + 2] for at in range(len(signs) - 1)]


def _near_titles(title: str, others: Mapping[int, str]) -> dict[int, float]:
    """What part of each title is in this one, a word counting for the more the fewer titles have it."""
    pairs = {id: set(_pairs(core(other))) for id, other in others.items()}
    own = set(_pairs(core(title)))
    had = Counter(pair for each in (own, *pairs.values()) for pair in each)
    weight = {pair: log((len(pairs) + 2) / (number + 0.5)) for pair, number in had.items()}

    def weigh(found: set[str]) -> float:
        return sum(weight[pair] for pair in found)

    least = weigh(own)
    near = {id: weigh(own & each) / min(least, weigh(each)) for id, each in pairs.items() if own & each}
    return {id: part for id, part in near.items() if part >= NEAR_BOTH}


def nearest_title(title: str, others: Mapping[int, str]) -> tuple[int, int] | None:
    """Of titles made bare by `core`, the key of the one that hardly differs, and how near it is in hundredths."""
    found = process.extractOne(core(title), others, scorer=fuzz.ratio, score_cutoff=SAME_TITLE)
    return None if found is None else (found[2], int(found[1]))


def _judge(own: Suggestion, other: Suggestion, title: float) -> tuple[float, tuple[str, ...]] | None:
    """How like another one is, with the reasons; None when it is not."""
    ours, theirs = set(_pairs(own.content[:_LONGEST])), set(_pairs(other.content[:_LONGEST]))
    least = min(len(ours), len(theirs))
    text = len(ours & theirs) / least if least >= _SHORT else title
    is_near = title >= NEAR_TITLE or text >= NEAR_TEXT or (title >= NEAR_BOTH and text >= NEAR_BOTH)
    if not is_near:
        return None
    is_same_lead = own.lead_id is not None and own.lead_id == other.lead_id
    places = sorted(_places(own) & _places(other))
    reasons = (
        f"标题都有：{'、'.join(_common(own.title, other.title))}" if title >= NEAR_BOTH else "",
        f"正文相近（{text:.0%}）" if text >= NEAR_BOTH and least >= _SHORT else "",
        "同一位领衔代表" if is_same_lead else "",
        f"同一处地方：{'、'.join(places)}" if places else "",
    )
    return title + text + 0.2 * is_same_lead + 0.1 * len(places), tuple(reason for reason in reasons if reason)


def _common(title: str, other: str) -> Iterator[str]:
    """The words that two titles share, each as long as it is in both, as they stand in the first."""
    theirs, word, before = set(_pairs(core(other))), "", -1
    for at, pair in enumerate(_pairs(core(title))):
        if pair not in theirs:
            continue
        if at == before + 1 and word:
            word += pair[1]
        else:
            yield from [word] if word else []
            word = pair
        before = at
    yield from [word] if word else []


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
        texts=_own_replies(other) if reads else (),
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
        said = "".join(f"：{_excerpt(text)}" for text in _texts(story)[:1])
        if sent is not None:
            yield f"{handling.unit.name}{_day(sent.on)}答复{kind}{said}"
        elif noted is not None and noted.payload["replied_on"]:
            yield f"{handling.unit.name}{_day(date.fromisoformat(noted.payload['replied_on']))}答复{kind}{said}"


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _excerpt(text: str) -> str:
    bare = " ".join(text.split()).rstrip("。")
    return bare if len(bare) <= _EXCERPT else f"{bare[:_EXCERPT]}……"


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
        return [_SALUTATION.sub("", noted.payload["reply"])] if noted.payload["reply"] else []
    sent = [story.signed_as_sent(past) for past in reversed(story.all(Action.DISPATCH))]
    return ["\n".join(answer["text"] for answer in past.payload["letter"]["answers"]) for past in sent if past]


def _own_replies(case: Case) -> tuple[str, ...]:
    """The last reply of each unit."""
    return tuple(text for handling in case.handlings for text in _texts(case.story(handling.id))[:1])


def _mark(mine: Sequence[str], one: Alike, found: Sequence[Alike]) -> str:
    """Which other one was answered in the same words: this suggestion itself, or another of the list."""
    if said := _same("两件的答复几乎一样（{:.0f}%），请看是不是照抄。", mine, one.texts):
        return said
    others = (
        _same(f"{other.number}的答复和这件几乎一样（{{:.0f}}%），同样的答复给过两次。", one.texts, other.texts)
        for other in found
        if other is not one
    )
    return next(filter(None, others), "")


def _same(said: str, ours: Sequence[str], theirs: Sequence[str]) -> str:
    """The sentence, when a reply says just what another one does; empty when none does."""
    most = max((fuzz.ratio(one, two) for one in ours for two in theirs), default=0.0)
    return said.format(most) if most >= SAME_REPLY else ""
