"""Facts made by hand for the tests of this folder: one case in district 云山, on 10 March 2026."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.facts import (
    SYSTEM,
    Actor,
    CoFacts,
    Facts,
    FileFacts,
    HandlingFacts,
    PromiseFacts,
    SuggestionFacts,
)
from suggestions.domain.states import CoState, HandlingState, Role, SuggestionState
from suggestions.domain.story import Past, Story
from suggestions.domain.workdays import Calendar, seed_days, seed_years

BOOK = rulebook.load("chongqing")
CALENDAR = Calendar({day.on: day for day in seed_days()}, frozenset(seed_years()))
TODAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 2, tzinfo=UTC)
UNIT, CO_UNIT, FOREIGN, OTHER_CO_UNIT, SIBLING = 1, 2, 3, 4, 5

PEOPLE: Mapping[str, Actor] = {
    "director": Actor(11, "沈怀远", Role.DIRECTOR, unit_id=UNIT),
    "named_handler": Actor(12, "韩冬梅", Role.HANDLER, unit_id=UNIT),
    "other_handler": Actor(13, "潘一舟", Role.HANDLER, unit_id=UNIT),
    "reviewer": Actor(14, "方志诚", Role.REVIEWER, unit_id=UNIT, endorsement_kinds=("secrecy",)),
    "clerk": Actor(15, "何雨", Role.CLERK, unit_id=UNIT),
    "co_handler": Actor(21, "许倩", Role.HANDLER, unit_id=CO_UNIT),
    "co_director": Actor(22, "马国强", Role.DIRECTOR, unit_id=CO_UNIT),
    "co_reviewer": Actor(24, "宋洁", Role.REVIEWER, unit_id=CO_UNIT, endorsement_kinds=("secrecy",)),
    "co_clerk": Actor(25, "白露", Role.CLERK, unit_id=CO_UNIT),
    "other_co_handler": Actor(26, "唐宁", Role.HANDLER, unit_id=OTHER_CO_UNIT),
    "sibling_director": Actor(28, "袁立", Role.DIRECTOR, unit_id=SIBLING),
    "foreign_director": Actor(31, "赵文博", Role.DIRECTOR, unit_id=FOREIGN),
    "foreign_handler": Actor(32, "罗明", Role.HANDLER, unit_id=FOREIGN),
    "foreign_clerk": Actor(35, "谭小雪", Role.CLERK, unit_id=FOREIGN),
    "lead_deputy": Actor(41, "陈立群", Role.DEPUTY),
    "joint_deputy": Actor(42, "刘素芬", Role.DEPUTY),
    "other_deputy": Actor(43, "杨秀英", Role.DEPUTY),
    "supervisor": Actor(51, "周敏", Role.SUPERVISOR),
    "inspector": Actor(52, "郑海", Role.INSPECTOR),
    "sysadmin": Actor(61, "卢翔", Role.SYSADMIN),
    "secadmin": Actor(62, "冯立", Role.SECADMIN),
    "auditor": Actor(63, "邱林", Role.AUDITOR),
    "system": SYSTEM,
}

FILE = FileFacts(1, "第001号.docx", "a" * 64)
SUGGESTION = SuggestionFacts(
    id=1,
    version=1,
    state=SuggestionState.ASSIGNED,
    number="001",
    title="关于老旧小区加装电梯的建议",
    content="一、简化手续。二、给予补助。",
    lead_id=41,
    is_on_paper=False,
    is_key=False,
    entered_by_id=51,
    cosigners={42: True},
    files=(FILE,),
)
HANDLING = HandlingFacts(
    id=7,
    version=1,
    state=HandlingState.IN_PROGRESS,
    unit_id=UNIT,
    unit_name="区民政局",
    is_government=True,
    endorsement_kinds=None,
    round=1,
    handler_id=12,
    assigned_on=date(2026, 2, 9),
    reply_term="ordinary",
    received_on=date(2026, 2, 9),
    contacted_on=None,
    planned_on=None,
    urged_on=None,
    drafted_on=None,
    dispatched_on=None,
    rated_on=None,
    reply_due_on=date(2026, 5, 9),
    rating_due_on=None,
    result_class=None,
)
CO = CoFacts(
    id=9,
    version=1,
    handling_id=7,
    state=CoState.ACCEPTED,
    unit_id=CO_UNIT,
    unit_name="区人力社保局",
    is_own_invitation=False,
    due_on=date(2026, 3, 27),
    opinion="已核定配套用房两处。",
)
PROMISE = PromiseFacts(
    id=3,
    number=1,
    handling_id=7,
    request_no=1,
    measure="建成电梯20部",
    sentence="我局将在6月底前建成电梯20部。",
    owner="韩冬梅",
    due_on=date(2026, 6, 30),
    is_open=True,
)
LETTER: Mapping[str, Any] = {
    "opening": "您提出的建议收悉，现答复如下：",
    "answers": [
        {"request_no": "1", "text": "手续已由七项减为三项。", "result_class": "A", "proof": "文件", "done_on": ""},
        {"request_no": "2", "text": "每部补助二十万元。", "result_class": "A", "proof": "文件", "done_on": ""},
    ],
    "passages": [],
    "closing": "感谢您的关心。",
    "result_class": "A",
    "publication": "proactive",
    "publication_ground": "",
    "not_promises": [],
}


def letter(**changes: Any) -> dict[str, Any]:
    """A complete letter, with changes."""
    return {**LETTER, **changes}


def answer(text: str, result_class: str = "A", proof: str = "文件", done_on: str = "") -> list[dict[str, str]]:
    """The answers of a letter whose first one says this."""
    first = {"request_no": "1", "text": text, "result_class": result_class, "proof": proof, "done_on": done_on}
    return [first, LETTER["answers"][1]]


def past(seq: int, action: Action, who: str = "director", **more: Any) -> Past:
    """A step that was taken on the first of March, so many minutes after nine; `payload` and the rest as given."""
    actor = PEOPLE[who]
    at = datetime(2026, 3, 1, 1, tzinfo=UTC) + timedelta(minutes=seq)
    plain: dict[str, Any] = {"round": 1, "payload": {}, "on": date(2026, 3, 1), "at": at, "hash": f"{seq:064d}"}
    return Past(
        seq=seq,
        action=action,
        actor_id=actor.person_id,
        actor_name=actor.name,
        actor_title="",
        unit_name="区民政局",
        **(plain | more),
    )


REQUESTS = past(2, Action.SPLIT_REQUESTS, "named_handler", payload={"requests": [{"text": "简化"}, {"text": "补助"}]})


def facts(who: str = "director", *story: Past, **changes: Any) -> Facts:
    """The facts of one person looking at the handling, with a story, and with other facts changed."""
    base = Facts(
        actor=PEOPLE[who],
        now=NOW,
        today=TODAY,
        rulebook=BOOK,
        calendar=CALENDAR,
        suggestion=SUGGESTION,
        handling=HANDLING,
        handlings=(HANDLING,),
        story=Story(story),
    )
    return replace(base, **changes)
