"""What a unit asks of the deputies office in writing: to return a case (退办申请), and for a later day (延期申请)."""

from collections.abc import Iterator
from functools import partial

from suggestions.documents.papers.parts import Form, Heading, Paper, Part
from suggestions.domain import proposing
from suggestions.domain.actions import Action
from suggestions.domain.due_lines import months_text
from suggestions.domain.labels import DELIVERY_WAYS
from suggestions.domain.story import Past
from suggestions.queries.case_papers.common import Pair, day, head, signature, source
from suggestions.queries.case_papers.entry import Entry, Kind
from suggestions.queries.looking import Look, full_moment

_ON_RETURN = {Action.GRANT_RETURN: "同意退办", Action.REFUSE_RETURN: "不同意退办", Action.RETRACT_RETURN: "收回申请"}
_ON_EXTENSION = {Action.GRANT_EXTENSION: "同意延期", Action.REFUSE_EXTENSION: "不同意延期"}


def returns(look: Look) -> Iterator[Entry]:
    """Each request to return the case."""
    for past in look.facts.story.all(Action.REQUEST_RETURN):
        decided = next(iter(look.facts.story.after(past).all(*_ON_RETURN)), None)
        said = _ON_RETURN[decided.action] if decided else "等人代工委决定"
        yield Entry(Kind.RETURN_REQUEST, partial(_return, look, past, decided), f"{day(past.on)}申请，{said}", past.seq)


def _return(look: Look, past: Past, decided: Past | None, _session: object) -> Paper:
    asked: list[tuple[Pair, ...]] = [(("情况和理由", str(past.payload["reason"])),), *_asked_by(past)]
    dates = ((("交办日期", day(look.handling.assigned_on)), ("答复期限", day(look.handling.reply_due_on))),)
    decision = [*_proposed(look, past), *_decision(look, decided, _ON_RETURN)]
    return _request(look, "代表建议退办申请", dates, asked, decision)


def extensions(look: Look) -> Iterator[Entry]:
    """Each request for a later day."""
    for past in look.facts.story.all(Action.REQUEST_EXTENSION):
        decided = next(iter(look.facts.story.after(past).all(*_ON_EXTENSION)), None)
        said = _ON_EXTENSION[decided.action] if decided else "还没有决定"
        line = f"{day(past.on)}申请延长{months_text(past.payload['months'])}，{said}"
        yield Entry(Kind.EXTENSION_REQUEST, partial(_extension, look, past, decided), line, past.seq)


def _extension(look: Look, past: Past, decided: Past | None, _session: object) -> Paper:
    words = past.payload
    asked: list[tuple[Pair, ...]] = [
        (("延长多久", months_text(words["months"])),),
        (("给代表的书面说明", str(words["explanation"])),),
        (("怎么送到代表手里", DELIVERY_WAYS.get(words["delivery"], str(words["delivery"]))),),
        *_asked_by(past),
    ]
    decision = [*_proposed(look, past), *_decision(look, decided, _ON_EXTENSION)]
    if decided is not None and decided.action is Action.GRANT_EXTENSION:
        decision.append((("答复期限改到", day(decided.payload["reply_due_on"])),))
    dates = ((("交办日期", day(look.handling.assigned_on)),),)
    return _request(look, "代表建议延期答复申请", dates, asked, decision)


def _request(
    look: Look,
    title: str,
    dates: tuple[tuple[Pair, ...], ...],
    asked: list[tuple[Pair, ...]],
    decision: list[tuple[Pair, ...]],
) -> Paper:
    blocks: tuple[Part, ...] = (
        head(look, *dates),
        Heading("一、申请"),
        Form(asked),
        Heading("二、决定"),
        Form(decision),
        source(look),
    )
    return Paper(title, look.handling.unit.name, blocks)


def _asked_by(past: Past) -> list[tuple[Pair, ...]]:
    return [(("申请人", signature(past)), ("申请时间", full_moment(past.at)))]


def _proposed(look: Look, past: Past) -> list[tuple[Pair, ...]]:
    """What the inspection office thought of it."""
    given = proposing.proposal_on(look.facts.story, past)
    if given is None:
        return []
    return [(("督查室意见", f"{given.payload['label']}：{given.payload['reason']}"),), *_asked_by_office(look, given)]


def _asked_by_office(look: Look, given: Past) -> list[tuple[Pair, ...]]:
    return [(("提出人", look.who(given, with_title=True)), ("提出时间", full_moment(given.at)))]


def _decision(look: Look, decided: Past | None, words: dict[Action, str]) -> list[tuple[Pair, ...]]:
    """What was decided by whom; room to write where nothing is decided yet."""
    if decided is None:
        return [(("人代工委意见", "\n\n\n"),), (("签名、日期", "\n"),)]
    said = words[decided.action] if decided.actor_id else "按规定不须经同意，即时延长"
    if unit := decided.payload.get("unit_name"):
        said += f"，改由{unit}承办"
    if reason := decided.payload.get("reason"):
        said += f"：{reason}"
    who = (("决定人", look.who(decided, with_title=True)), ("决定时间", full_moment(decided.at)))
    return [(("结果", said),), who]
