"""Opinions of co-units and versions of the reply: each a paper with its head, its fate and two lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from suggestions.domain import letter
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import Due, Light
from suggestions.domain.labels import STATES
from suggestions.domain.limits import countersign_due
from suggestions.domain.sight import Sight
from suggestions.domain.states import CoState, HandlingState, Life
from suggestions.domain.story import Past
from suggestions.models import CoHandling
from suggestions.queries.dues import countersign_lamp
from suggestions.queries.lights import OWED, Lamp, lamp_of_co, spoken
from suggestions.queries.looking import Look, moment_text

_MARKS = {"same": "same", "old": "del", "new": "ins"}
_CONTEXT = 18


@dataclass(frozen=True)
class Paper:
    """A version, an opinion or a rating."""

    head: str
    line: str = ""
    tag: str = ""
    is_hand: bool = False
    light: Lamp | None = None
    links: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    diffs: tuple[tuple[tuple[str, str], ...], ...] = ()
    """For each text that the director changed, its pieces: ("same" | "del" | "ins", text)."""


def co_papers(look: Look) -> tuple[Paper, ...]:
    """The opinions owed to this handling; for a co-unit its own alone."""
    if look.sight is Sight.CO_UNIT:
        return () if look.own_co is None else (_opinion(look, look.own_co),)
    here = (co for co in look.case.co_handlings if co.handling_id == look.handling.id)
    return tuple(_opinion(look, co) for co in here)


def _opinion(look: Look, co: CoHandling) -> Paper:
    events = [e for e in look.facts.story.events if e.co_handling_id == co.id]
    released = next((e for e in reversed(events) if e.action is Action.RELEASE_CO_OPINION), None)
    term = "" if co.state is CoState.CANCELLED else f"{spoken(co.due_on, look.today)}到期"
    line = f"{spoken(released.on, look.today)}送来" + (f"，{term}" if term else "") if released else term
    signing = countersign_due(look.facts, co.id)
    return Paper(
        head=co.unit.name,
        line=f"{line}；会签{spoken(signing.on, look.today)}到期" if signing else line,
        tag="" if is_signed(look, co) else STATES[Life.CO_HANDLING][co.state],
        light=_light(look, co, signing),
        paragraphs=tuple(_said(look, co, events)),
    )


def _light(look: Look, co: CoHandling, signing: Due | None) -> Lamp | None:
    if co.state in OWED:
        return lamp_of_co(co, look.today)
    if is_signed(look, co):
        return Lamp(Light.DONE, "已会签")
    return None if signing is None else countersign_lamp(signing, look.facts)


def _passage(look: Look, co: CoHandling) -> str:
    standing = look.facts.story.letter(look.facts.of_handling.round)
    return "" if standing is None else letter.passage_of(standing, co.id) or ""


def signature(look: Look, co: CoHandling) -> Past | None:
    """The co-unit's countersignature of, or dissent from, exactly the passage that stands now."""
    passage = _passage(look, co)
    return look.facts.story.co_signature(co.id, passage) if passage else None


def is_signed(look: Look, co: CoHandling) -> bool:
    """Whether the co-unit countersigned exactly the passage that stands now."""
    given = signature(look, co)
    return given is not None and given.action is Action.COUNTERSIGN


def _said(look: Look, co: CoHandling, events: list[Past]) -> Iterator[str]:
    is_own = co.unit_id == look.facts.actor.unit_id
    if co.question:
        yield f"请它说清：{co.question}"
    yield from _sent_back(look, events)
    if is_own and co.state is CoState.INVITED:
        returned = next((e for e in reversed(events) if e.action is Action.RETURN_CO_OPINION), None)
        if returned:
            yield f"{spoken(returned.on, look.today)}本单位局长退回：{returned.payload['reason']}"
    opinion = _visible_opinion(look, events, is_own=is_own)
    if opinion:
        yield opinion
    elif co.state is CoState.GIVEN:
        yield "意见已经写好，等它的局长审定后送来。"
    passage = _passage(look, co)
    if passage and co.state is CoState.ACCEPTED:
        yield f"复函里写到{'贵单位' if is_own else '它'}的一段：“{passage}”"
        yield _signature(look, co, passage)
    if co.state is CoState.SILENT:
        yield "逾期没有答复，人代工委督办过；复函会写明“逾期未复”。"


def _sent_back(look: Look, events: list[Past]) -> Iterator[str]:
    for past in events:
        if past.action is Action.SEND_BACK_CO_OPINION:
            yield f"{spoken(past.on, look.today)}退回重报：{past.payload['reason']}"


def _visible_opinion(look: Look, events: list[Past], *, is_own: bool) -> str:
    """The newest opinion; for the main unit the newest that its director released."""
    given = [e for e in events if e.action is Action.GIVE_CO_OPINION]
    if not (is_own or look.sight in (Sight.OFFICE, Sight.AUDIT)):
        releases = [e.seq for e in events if e.action is Action.RELEASE_CO_OPINION]
        given = [e for e in given if releases and e.seq < releases[-1]]
    return str(given[-1].payload["opinion"]) if given else ""


def _signature(look: Look, co: CoHandling, passage: str) -> str:
    given = look.facts.story.co_signature(co.id, passage)
    if given is None:
        silent = letter.is_silent_on(passage, next(c for c in look.facts.co_handlings if c.id == co.id), look.facts)
        return "过了会签期限没有会签，复函会写明“未会签”。" if silent else "还没有会签。"
    when = moment_text(given.at, look.today)
    if given.action is Action.COUNTERSIGN:
        return f"{when} {given.actor_name}会签。"
    return f"{when} {given.actor_name}提出不同意见，会原样印在复函里：{given.payload['reason']}"


def versions_of(look: Look) -> tuple[Paper, ...]:
    """The versions of the reply, newest first, each with what reviewers, co-units and the director made of it."""
    story = look.facts.story
    drafts = story.all(Action.DRAFT_REPLY)
    papers: list[Paper] = []
    for number, past in enumerate(drafts, start=1):
        following = drafts[number].seq if number < len(drafts) else None
        since = [e for e in story.after(past).events if following is None or e.seq < following]
        papers.append(_draft(look, past, number, since))
        papers += [_signed(look, e, number) for e in since if e.action is Action.SIGN_REPLY]
    return tuple(reversed(papers))


def _draft(look: Look, past: Past, number: int, since: list[Past]) -> Paper:
    returned = next((e for e in since if e.action is Action.RETURN_REPLY), None)
    is_newest = look.facts.story.draft is past
    tag = ""
    if returned is not None:
        tag = "局长退回"
    elif is_newest and past.round == look.facts.of_handling.round:
        tag = {HandlingState.IN_PROGRESS: "起草中", HandlingState.SIGNING: "待签"}.get(look.handling.state, "")
    return Paper(
        head=f"第{number}稿" if past.round == 1 else f"第{past.round}轮，第{number}稿",
        line=f"{past.actor_name}，{moment_text(past.at, look.today)}",
        tag=tag,
        is_hand=returned is not None,
        links=(("看全文", look.url("cases.letter", id=look.handling.id, draft=number)),),
        paragraphs=tuple(_opinions(look, past, since)),
    )


def _opinions(look: Look, draft: Past, since: list[Past]) -> Iterator[str]:
    rules = look.facts.rulebook
    for given in look.facts.story.endorsements():
        if given.content_hash != draft.content_hash:
            continue
        label = rules.endorsement_label(given.kind)
        words = given.past.payload.get("opinion" if given.is_given else "reason", "")
        when = spoken(given.past.on, look.today)
        yield f"{label}{'通过' if given.is_given else '没有通过'}（{given.past.actor_name}，{when}）：{words}"
    for past in since:
        if past.action is Action.RETURN_REPLY:
            yield f"{spoken(past.on, look.today)}{past.actor_name}退回：{past.payload['reason']}"
        elif past.action is Action.RECALL_REPLY:
            yield f"{spoken(past.on, look.today)}{past.actor_name}取回修改。"


def _signed(look: Look, past: Past, number: int) -> Paper:
    edits = past.payload.get("edits", ())
    story = look.facts.story
    letters = story.all(Action.DISPATCH)
    sent = next((e for e in letters if story.signed_as_sent(e) is past), None)
    fate = f"，{spoken(sent.on, look.today)}发出，{sent.payload['document_number']}" if sent else ""
    if story.is_void(past):
        fate = "，这次签批已撤回"
    elif sent is not None and story.is_corrected(sent):
        fate += "，后来更正"
    which = {"sent": letters.index(sent) + 1} if sent is not None else {}
    return Paper(
        head=f"签批的第{number}稿",
        line=f"{past.actor_name}，{moment_text(past.at, look.today)}{fate}",
        tag=f"局长改{len(edits)}处" if edits else "局长签批，没有改动",
        is_hand=True,
        links=() if story.is_void(past) else (("看全文", look.url("cases.letter", id=look.handling.id, **which)),),
        paragraphs=(f"批语：“{past.payload['remark']}”",),
        diffs=tuple(tuple(_with_context(edit["parts"])) for edit in edits),
    )


def _with_context(parts: list[list[str]]) -> Iterator[tuple[str, str]]:
    """The changed words with a few of those around them."""
    last = len(parts) - 1
    for at, (op, text) in enumerate(parts):
        if op == "same" and len(text) > 2 * _CONTEXT:
            before = "" if at == 0 else text[:_CONTEXT]
            after = "" if at == last else text[-_CONTEXT:]
            yield "same", f"{before}……{after}"
        else:
            yield _MARKS[op], text
