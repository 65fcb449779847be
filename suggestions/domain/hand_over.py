"""The hand-over list (交接清单): what one person leaves to the next, in plain data, and who may read and sign it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.canonical import digest
from suggestions.domain.facts import Actor
from suggestions.domain.guards import SEAL_ACTIONS
from suggestions.domain.labels import SEALS, STATES
from suggestions.domain.states import CoState, HandlingState, Life, Role, Seal
from suggestions.domain.story import Story

FORM = "hand-over-v1"
NOBODY = "还没有"
Content = Mapping[str, Any]


class Change(StrEnum):
    """Whose work goes to another: a unit's director's, or a handler's."""

    DIRECTOR = "director"
    HANDLER = "handler"

    @property
    def role(self) -> Role:
        """The post that changes hands."""
        return Role(self.value)


class Stage(StrEnum):
    """Where a list stands: unsigned, signed by the giver, signed by both, or overtaken by the next change."""

    OPEN = "open"
    GIVEN = "given"
    TAKEN = "taken"
    VOID = "void"


UNSIGNED = (Stage.OPEN, Stage.GIVEN)
CHANGES: Mapping[Change, str] = {Change.DIRECTOR: "局长", Change.HANDLER: "承办人"}
STAGES: Mapping[Stage, str] = {
    Stage.OPEN: "等移交人签",
    Stage.GIVEN: "等接收人签",
    Stage.TAKEN: "双方已签",
    Stage.VOID: "没有接收，已另行交接",
}
GROUNDS: Mapping[str, str] = {
    "left": "已经离任或者调走",
    "ill": "因病不能到场",
    "died": "已经去世",
    "other": "其他原因",
}
"""Why somebody else signs in a giver's place."""
PRESSED_BY: Mapping[Action, str] = {
    Action.URGE: "局长督促",
    Action.SUPERVISE: "督办",
    Action.LIGHT_UP: "代表亮灯",
}
OWED = (CoState.INVITED, CoState.GIVEN, CoState.SENT_BACK)


@dataclass(frozen=True)
class Parties:
    """Between whom a list stands, and of which unit's work."""

    change: Change
    unit_id: int
    giver_id: int
    taker_id: int


def may_read(of: Parties, actor: Actor) -> bool:
    """Whether a person reads this list: both parties, the unit's director and clerk, deputies office and auditor."""
    if actor.person_id in (of.giver_id, of.taker_id):
        return True
    if actor.is_former:
        return False
    if actor.role in (Role.DIRECTOR, Role.CLERK):
        return actor.unit_id == of.unit_id
    return actor.role in (Role.SUPERVISOR, Role.AUDITOR)


def may_stand_in(of: Parties, actor: Actor, *, has_supervisor: bool) -> bool:
    """Whether a person may sign in the place of a giver who is gone: never the taker, for nobody signs both sides.

    For a handler the unit's director; for a director the deputies office, and where the house has none the unit's
    office. An administrator sees no case, so none of them signs for what is in one.
    """
    if actor.is_former or actor.person_id in (of.giver_id, of.taker_id):
        return False
    if of.change is Change.HANDLER:
        return actor.role is Role.DIRECTOR and actor.unit_id == of.unit_id and not actor.stood_in_by
    if has_supervisor:
        return actor.role is Role.SUPERVISOR
    return actor.role is Role.CLERK and actor.unit_id == of.unit_id


def urgings_of(story: Story, round: int) -> Iterator[dict[str, Any]]:
    """The urgings of a round that wait for an answer."""
    for urging in story.urgings():
        past = urging.past
        if not urging.answers and past.round == round:
            yield {
                "by": PRESSED_BY[past.action],
                "on": past.on.isoformat(),
                "demand": " ".join(str(past.payload.get("demand") or past.payload.get("remark", "")).split()),
                "due_on": past.payload.get("answer_due_on"),
            }


def seals_of(story: Story, round: int) -> dict[str, list[str]]:
    """Who took each of the five personal steps of a round and when; what nobody took is left out."""
    found = {}
    for seal, action in SEAL_ACTIONS.items():
        if earned := story.earned(action, round):
            found[seal.value] = [earned[-1].on.isoformat(), earned[-1].actor_name]
    return found


def digest_of(content: Content) -> str:
    """What a signature is bound to."""
    return digest(content)


def day(iso: str | None) -> str:
    """A day with its year: 2026年5月9日; empty for none."""
    on = date.fromisoformat(iso) if iso else None
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def stands(item: Content) -> str:
    """Where a handling stands, with its round after the first."""
    if item["is_past"]:
        return "往年件"
    words = STATES[Life.HANDLING][HandlingState(item["state"])]
    return f"{words}（第{item['round']}轮）" if item["round"] > 1 else words


def terms(item: Content) -> str:
    """What is owed next and until when; before the reply went out also until when that is."""
    said = [f"{item['next']}：{day(item['next_due_on'])}"] if item["next_due_on"] else []
    if item["reply_due_on"] and item["reply_due_on"] != item["next_due_on"]:
        said.append(f"答复：{day(item['reply_due_on'])}")
    return "；".join(said) or "没有期限"


def sealed(item: Content) -> str:
    """The five personal steps, each with who took it when."""
    if item["is_past"]:
        return "无记录"
    took = item["seals"]
    return "；".join(
        f"{SEALS[seal][1]} {day(took[seal.value][0])}{took[seal.value][1]}"
        if seal.value in took
        else f"{SEALS[seal][1]} {NOBODY}"
        for seal in Seal
    )


def promise_words(promise: Content) -> str:
    """A promise: measure, owner, date, proof."""
    proof = f"，凭{promise['evidence']}" if promise["evidence"] else ""
    return f"第{promise['number']}项“{promise['measure']}”，{promise['owner']}负责，{day(promise['due_on'])}到期{proof}"


def urging_words(urging: Content) -> str:
    """An urging that waits: who pressed when for what, and until when the answer is due."""
    until = f"，{day(urging['due_on'])}前要回" if urging["due_on"] else ""
    return f"{day(urging['on'])}{urging['by']}{until}：{urging['demand']}"


def opinion_words(opinion: Content) -> str:
    """An opinion owed to another unit."""
    return f"{STATES[Life.CO_HANDLING][CoState(opinion['state'])]}，{day(opinion['due_on'])}前报{opinion['unit']}"


def changes(signed: Content, now: Content) -> tuple[str, ...]:
    """What differs between the list that was signed and the list of now, one sentence each."""
    return (
        *_changes(signed["items"], now["items"], "handling", _lines),
        *_changes(signed["opinions"], now["opinions"], "co_handling", lambda each: {"协办意见": opinion_words(each)}),
    )


def _lines(item: Content) -> dict[str, str]:
    return {
        "办到哪一步": stands(item),
        "承办人": item["handler"] or NOBODY,
        "期限": terms(item),
        "五个亲自": sealed(item),
        "没有兑现的承诺": "；".join(promise_words(each) for each in item["promises"]) or "没有",
        "没有回复的催办": "；".join(urging_words(each) for each in item["urgings"]) or "没有",
    }


def _changes(old: Sequence[Content], new: Sequence[Content], key: str, lines: Any) -> Iterator[str]:
    before, after = ({each[key]: each for each in side} for side in (old, new))
    for id, item in before.items():
        if id not in after:
            yield f"{item['number']}《{item['title']}》不在清单上了。"
            continue
        was, now = lines(item), lines(after[id])
        for label, text in now.items():
            if was[label] != text:
                yield f"{item['number']} {label}：原为“{was[label]}”，现为“{text}”。"
    for id, item in after.items():
        if id not in before:
            yield f"新增{item['number']}《{item['title']}》。"
