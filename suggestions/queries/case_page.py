"""The case page: where one handling stands, what this person can do, what is missing; then all they may see of it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.labels import STATES
from suggestions.domain.limits import owed_passage
from suggestions.domain.sight import Sight
from suggestions.domain.states import CoState, HandlingState, Life
from suggestions.models.facts import suggestion_facts
from suggestions.queries import past_page
from suggestions.queries.answers import (
    Plan,
    Promises,
    Requests,
    plan_of,
    promises_of,
    ratings_of,
    requests_of,
)
from suggestions.queries.case_papers import PaperLine, lines_of
from suggestions.queries.dues import DueView, due_of
from suggestions.queries.hand_overs.of_case import hand_overs_of
from suggestions.queries.key_item_view import KeyItem, key_item_of
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look, Reader, look_at
from suggestions.queries.original import Original, original_of, signers
from suggestions.queries.papers import Paper, co_papers, signature, versions_of
from suggestions.queries.record_view import RecordView, record_of
from suggestions.queries.rehandling import rehandling_of
from suggestions.queries.seals import (
    EarlierRound,
    SealView,
    earlier_rounds,
    same_remarks,
    seals_line,
    seals_of,
    unrecorded_seals,
)
from suggestions.queries.step_bar import CannotView, CanView, StepBar, step_bar
from suggestions.queries.timeline import Progress, progress_of
from suggestions.queries.waiting import co_handling_words, handling_waits_for

_STAGES = ("签收", "阅示", "方案", "办理中", "签批", "发出", "评价", "跟踪", "办结")
_AT_STAGE = {
    HandlingState.ASSIGNED: 0,
    HandlingState.RECEIVED: 1,
    HandlingState.PLANNING: 2,
    HandlingState.PLAN_REVIEW: 2,
    HandlingState.IN_PROGRESS: 3,
    HandlingState.SIGNING: 4,
    HandlingState.SIGNED: 5,
    HandlingState.REPLIED: 6,
    HandlingState.RATED: 6,
    HandlingState.CONTESTED: 6,
    HandlingState.FOLLOW_UP: 7,
    HandlingState.CLOSED: 8,
    HandlingState.RETURN_REQUESTED: 2,
    HandlingState.REASSIGNED: 2,
    HandlingState.TERMINATED: 8,
}
_HAND = {
    Action.RETURN_PLAN: ("退回方案", "reason", "看方案", "#plan"),
    Action.RETURN_REPLY: ("退回复函", "reason", "看复函各稿", "#reply"),
    Action.URGE: ("督促", "demand", "", ""),
}


@dataclass(frozen=True)
class Reply:
    """The versions of the reply."""

    entries: tuple[Paper, ...]
    url: str
    replies_url: str = ""
    """Where both replies are read side by side; empty in a first round."""


@dataclass(frozen=True)
class CasePage:
    """One handling as one person sees it; a part that this person may not see is None or empty."""

    register_url: str
    number: str
    category: str
    tags: tuple[str, ...]
    role_line: str
    title: str
    who: tuple[tuple[str, str], ...]
    due: DueView | None
    stages: tuple[tuple[str, str], ...]
    can: tuple[CanView, ...]
    cannot: tuple[CannotView, ...]
    waiting: str
    seals: tuple[SealView, ...]
    seals_line: str
    earlier_seals: tuple[EarlierRound, ...]
    hand_note: tuple[tuple[str, str, str], ...]
    original: Original
    requests: Requests | None
    plan: Plan | None
    key_item: KeyItem | None
    progress: Progress | None
    co: tuple[Paper, ...]
    reply: Reply | None
    promises: Promises | None
    ratings: tuple[Paper, ...]
    record: RecordView | None
    papers: tuple[PaperLine, ...]
    papers_url: str
    is_past: bool = False


def case_page(session: Session, handling_id: int, reader: Reader) -> CasePage:
    """The page of one handling; Missing when this person may not see it. A deputy has a page of their own."""
    look = look_at(session, Life.HANDLING, handling_id, reader)
    bar = _bar(look)
    if not look.is_whole:
        return _page(look, bar)
    repeats = same_remarks(session, look)
    seals = unrecorded_seals() if look.handling.is_past else seals_of(look, repeats)
    return _page(
        look,
        bar,
        seals=seals,
        seals_line=seals_line(seals),
        earlier_seals=earlier_rounds(look, repeats),
        hand_note=_hand_note(look),
        plan=plan_of(look),
        progress=progress_of(look, hand_overs_of(session, look)),
        reply=_reply(look),
        promises=promises_of(look),
        ratings=ratings_of(look),
        record=record_of(look),
    )


def _page(
    look: Look,
    bar: StepBar,
    *,
    seals: tuple[SealView, ...] = (),
    seals_line: str = "",
    earlier_seals: tuple[EarlierRound, ...] = (),
    hand_note: tuple[tuple[str, str, str], ...] = (),
    plan: Plan | None = None,
    progress: Progress | None = None,
    reply: Reply | None = None,
    promises: Promises | None = None,
    ratings: tuple[Paper, ...] = (),
    record: RecordView | None = None,
) -> CasePage:
    suggestion, handling = look.case.suggestion, look.handling
    return CasePage(
        register_url=look.url("register.register"),
        number=handling.number_text,
        category=suggestion.category,
        tags=tuple(_tags(look)),
        role_line=f"主办 {handling.unit.name}",
        title=suggestion.title,
        who=tuple(_who(look)),
        due=due_of(look),
        stages=_stages(look) if look.is_whole and not handling.is_past else (),
        can=bar.can,
        cannot=bar.cannot,
        waiting=_waiting(look),
        seals=seals,
        seals_line=seals_line,
        earlier_seals=earlier_seals,
        hand_note=hand_note,
        original=original_of(look),
        requests=requests_of(look),
        plan=plan,
        key_item=key_item_of(look),
        progress=progress,
        co=co_papers(look),
        reply=reply,
        promises=promises,
        ratings=ratings,
        record=record,
        papers=lines_of(look),
        papers_url=look.url("case_papers.page", id=handling.id),
        is_past=handling.is_past,
    )


def _bar(look: Look) -> StepBar:
    """Steps on the handling and its co-handlings; the deputies office also finds those on the suggestion here."""
    if look.sight is not Sight.OFFICE:
        return step_bar(look.facts, look.url)
    of_suggestion = Facts(
        actor=look.facts.actor,
        now=look.facts.now,
        today=look.facts.today,
        rulebook=look.facts.rulebook,
        calendar=look.facts.calendar,
        suggestion=suggestion_facts(look.case),
        story=look.case.story(None),
    )
    return step_bar(look.facts, look.url, of_suggestion)


def _tags(look: Look) -> list[str]:
    suggestion, handling = look.case.suggestion, look.handling
    tags = [
        "重点督办" if suggestion.is_key else "",
        "跨年度跟踪" if suggestion.is_cross_year else "",
        "无法评价" if suggestion.is_lead_gone and not look.facts.lead_names else "",
        "分办" if handling.part is not None else "",
        "协办件" if look.sight is Sight.CO_UNIT else "",
    ]
    if look.is_whole:
        tags.append(f"第{handling.round}轮" if handling.round > 1 else "")
        tags += _class_tags(look)
        tags += past_page.tags_of(suggestion) if handling.is_past else [STATES[Life.HANDLING][handling.state]]
    return [tag for tag in tags if tag]


def _class_tags(look: Look) -> list[str]:
    """That the class of result is challenged, and from which one to which it was changed."""
    story, round = look.facts.story, look.facts.of_handling.round
    settled = story.all(Action.SETTLE_CLASS, round=round)
    was, now = (settled[0].payload["was"], settled[-1].payload["result_class"]) if settled else ("", "")
    return [f"{was}类改为{now}类" if was != now else "", "分类异议，待答复" if story.class_challenge(round) else ""]


def _who(look: Look) -> list[tuple[str, str]]:
    return [(label, text) for label, text in (*signers(look), *_workers(look)) if text]


def _workers(look: Look) -> tuple[tuple[str, str], ...]:
    if not look.is_whole:
        return ()
    handling = look.handling
    units = [
        co.unit.name
        for co in look.case.co_handlings
        if co.handling_id == handling.id and co.state is not CoState.CANCELLED
    ]
    return (("协办", "、".join(units)), ("承办人", handling.handler.name if handling.handler else ""))


def _stages(look: Look) -> tuple[tuple[str, str], ...]:
    here = _AT_STAGE[look.handling.state]
    return tuple(
        (label, "past" if at < here else "here" if at == here else "ahead") for at, label in enumerate(_STAGES)
    )


def _waiting(look: Look) -> str:
    if look.own_co is not None and look.sight is Sight.CO_UNIT:
        if look.own_co.state in (CoState.SILENT, CoState.CANCELLED):
            return f"这一件的协办{STATES[Life.CO_HANDLING][look.own_co.state]}。"
        if given := signature(look, look.own_co):
            said = "已经会签" if given.action is Action.COUNTERSIGN else "已经提出会签不同意见"
            return f"{said}，现在没有等您办的；复函里的这一段再改一个字，会再请贵单位会签。"
        names = look.own_co.unit.name, look.handling.unit.name
        is_to_sign = bool(owed_passage(look.facts, look.own_co.id))
        return f"现在等{co_handling_words(look.own_co.state, *names, is_to_sign=is_to_sign)}。"
    if look.handling.state is HandlingState.CLOSED:
        return past_page.waiting_of(look) if look.handling.is_past else "这一件已经办结。"
    if look.handling.state is HandlingState.REASSIGNED:
        return "这一件已经改由别的单位承办，在这里只能看。"
    if look.handling.state is HandlingState.TERMINATED:
        return "建议已经撤回，这一件不用再办；评价和承诺留在这里。"
    return f"现在等{handling_waits_for(look.handling, look.facts.actor)}。"


def _hand_note(look: Look) -> tuple[tuple[str, str, str], ...]:
    """The director's last demand, as long as it is the last word in its matter."""
    last = look.facts.story.last(*_HAND, Action.SUBMIT_PLAN, Action.SUBMIT_REPLY, round=look.facts.of_handling.round)
    if last is None or last.action not in _HAND:
        return ()
    did, field, label, address = _HAND[last.action]
    text = f"局长{spoken(last.on, look.today)}{did}：“{last.payload[field]}”"
    return ((text, label, address),)


def _reply(look: Look) -> Reply | None:
    note = past_page.noted(look.facts)
    entries = versions_of(look) if note is None else (past_page.reply_paper(look, note),)
    if not entries and look.handling.state is not HandlingState.IN_PROGRESS:
        return None
    return Reply(
        entries,
        look.url("cases.letter", id=look.handling.id) if entries and (note is None or note["reply"]) else "",
        look.url("cases.replies", id=look.handling.id) if rehandling_of(look.facts) else "",
    )
