"""The five seals of a handling: what the director did in person in each round, with the evidence that opens."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Text, or_, select, type_coerce
from sqlalchemy.orm import Session

from suggestions.domain.actions import Action
from suggestions.domain.canonical import canonical
from suggestions.domain.guards import SEAL_ACTIONS
from suggestions.domain.labels import ACTIONS, PROOFS, SEALS, URGING_FORMS
from suggestions.domain.lifecycle import TABLES
from suggestions.domain.states import HandlingState, Life, Seal
from suggestions.domain.story import Past
from suggestions.models import Event
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look, full_moment, moment_text, short_hash

Facts = tuple[tuple[str, str], ...]
Repeats = Mapping[tuple[int, str], int]
"""How often one person wrote one remark under a personal step, over all cases."""

_HEADINGS: Mapping[Seal, str] = {
    Seal.READ: "亲自阅看原件",
    Seal.PLAN: "亲自审定方案",
    Seal.URGE: "亲自督促办理",
    Seal.SIGN: "亲自签批复函",
    Seal.COORDINATE: "亲自协调落实",
}
_BOUND: Mapping[Seal, str] = {
    Seal.READ: "原件指纹",
    Seal.PLAN: "方案指纹",
    Seal.URGE: "当时案卷指纹",
    Seal.SIGN: "复函指纹",
    Seal.COORDINATE: "当时案卷指纹",
}
_NOT_YET: Mapping[Seal, str] = {
    Seal.READ: "原件每一份都由局长本人打开看完，写下批示，这枚印才算数。",
    Seal.PLAN: "方案报上来以后，由局长本人看过最新一稿、答出最难的是哪一条，这枚印才算数。",
    Seal.URGE: "督促、听取汇报或者现场检查，由局长本人写明发现了什么、要求做到什么。方案审定以后至少要有一次。",
    Seal.SIGN: "复函报签以后，由局长本人看清全文、写下批语、当场确认，这枚印才算数。",
    Seal.COORDINATE: "办结前至少要有一次：同谁协调、定了什么、到现场看了什么。",
}
NOT_RECORDED = "无记录"
_TOO_EARLY = "这一次在方案审定以前，这枚印照算；报签复函以前，还要由局长本人再督促、听取汇报或者现场检查一次。"
_RETURNS: Mapping[Seal, Action] = {Seal.PLAN: Action.RETURN_PLAN, Seal.SIGN: Action.RETURN_REPLY}
_TAKES_BACK = (Action.VOID_SIGNATURE, Action.CORRECT_REPLY)
_COUNTED = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九")


@dataclass(frozen=True)
class Proof:
    """What a seal opens: the evidence, or the sentence of what it takes."""

    heading: str
    remark: str = ""
    sentence: str = ""
    facts: Facts = ()
    hashes: Facts = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SealView:
    """One of the five: earned, waiting for the director, or not yet called for."""

    key: str
    character: str
    name: str
    state: str
    line: str
    proof: Proof


@dataclass(frozen=True)
class EarlierRound:
    """The seals of a round before this one: they stay with whoever earned them."""

    label: str
    seals: tuple[SealView, ...]


def same_remarks(session: Session, look: Look) -> Repeats:
    """How often each remark of this handling's seals was written by the same person, over all cases; one statement."""
    written = {(e.actor_id, str(e.payload.get("remark", ""))) for e in look.facts.story.all(*SEAL_ACTIONS.values())}
    if not written:
        return {}
    text = type_coerce(Event.payload, Text)
    alike = [text.contains(_fragment(remark), autoescape=True) for _, remark in sorted(written)]
    rows = session.execute(
        select(Event.actor_id, Event.payload).where(
            Event.actor_id.in_({person for person, _ in written}),
            Event.action.in_([action.value for action in SEAL_ACTIONS.values()]),
            or_(*alike),
        )
    )
    return Counter((actor_id or 0, str(payload.get("remark", ""))) for actor_id, payload in rows)


def _fragment(remark: str) -> str:
    """How the remark stands in a stored payload."""
    return canonical({"remark": remark}).decode("ascii")[1:-1]


def seals_of(look: Look, repeats: Repeats) -> tuple[SealView, ...]:
    """The five seals of this round, in their order."""
    return tuple(_seal(look, seal, look.facts.of_handling.round, repeats) for seal in Seal)


def earlier_rounds(look: Look, repeats: Repeats) -> tuple[EarlierRound, ...]:
    """The seals of every round before this one, newest round first."""
    return tuple(
        EarlierRound(f"第{round}轮", tuple(_seal(look, seal, round, repeats) for seal in Seal))
        for round in range(look.facts.of_handling.round - 1, 0, -1)
    )


def unrecorded_seals() -> tuple[SealView, ...]:
    """The five of a case of a past year: nothing is known of them here, and nothing can be made up for."""
    sentence = "往年件不是在这里办的，这一步当年怎么办的，这里没有记录，也不能补。"
    return tuple(
        SealView(f"{seal}-1", *SEALS[seal], "none", NOT_RECORDED, Proof(_HEADINGS[seal], sentence=sentence))
        for seal in Seal
    )


def seals_line(seals: Iterable[SealView]) -> str:
    """How many are earned, and that none can be earned by anybody else or afterwards."""
    seals = tuple(seals)
    if all(seal.line == NOT_RECORDED for seal in seals):
        return "往年件，五个亲自无记录，不计入履职统计。"
    earned = sum(1 for seal in seals if seal.state == "earned")
    if earned == len(Seal):
        return "五枚都由局长本人取得。"
    return f"已得{earned}枚。缺一枚不能办结；不能代办，不能补录。"


def _seal(look: Look, seal: Seal, round: int, repeats: Repeats) -> SealView:
    character, name = SEALS[seal]
    earned = look.facts.story.earned(SEAL_ACTIONS[seal], round)
    key = f"{seal}-{round}"
    if earned:
        last = earned[-1]
        line = spoken(last.on, look.today) + (f" 共{len(earned)}次" if len(earned) > 1 else "")
        proof = evidence(look, seal, last, repeats)
        if seal is Seal.URGE and _is_before_plan(look, last, round):
            return SealView(
                key, character, name, "earned", f"{line}，报签还差一次", replace(proof, sentence=_TOO_EARLY)
            )
        return SealView(key, character, name, "earned", line, proof)
    is_waiting = round == look.facts.of_handling.round and _is_waiting(look, seal)
    taken = look.facts.story.all(SEAL_ACTIONS[seal], round=round)
    if taken and not is_waiting:
        return SealView(key, character, name, "void", "撤回了，要重签", _void(look, seal, taken[-1], repeats))
    returned = _returned(look, seal, round)
    line = "等局长" if is_waiting else f"退回{_times(returned)}次" if returned else "还没有"
    sentence = _NOT_YET[seal] + (f"这一轮已经退回过{_times(returned)}次。" if returned else "")
    state = "waits" if is_waiting else "none"
    return SealView(key, character, name, state, line, Proof(_HEADINGS[seal], sentence=sentence))


def _is_before_plan(look: Look, last: Past, round: int) -> bool:
    """Whether the newest urging of a round came before its plan was approved: it does not count for the reply."""
    approved = look.facts.story.approval(round)
    return approved is None or last.seq < approved.seq


def _is_waiting(look: Look, seal: Seal) -> bool:
    """Whether the director can, and should, take this step where the handling stands."""
    state = look.handling.state
    if seal is Seal.URGE and look.facts.story.approval(look.facts.of_handling.round) is None:
        return False
    if seal is Seal.COORDINATE and state is not HandlingState.FOLLOW_UP:
        return False
    return any(row.personal is seal and state in row.origins for row in TABLES[Life.HANDLING])


def _returned(look: Look, seal: Seal, round: int) -> int:
    return len(look.facts.story.all(_RETURNS[seal], round=round)) if seal in _RETURNS else 0


def _times(count: int) -> str:
    return _COUNTED[count] if count < len(_COUNTED) else str(count)


def evidence(look: Look, seal: Seal, past: Past, repeats: Repeats, *, is_whole: bool = False) -> Proof:
    """What proves a personal step: who, when, how confirmed, bound to what; with its hashes whole where asked."""
    cut = str if is_whole else short_hash
    remark = str(past.payload.get("remark", ""))
    acting = "（主持工作）" if past.is_acting else ""
    facts = [
        ("本人", f"{past.actor_name} {past.actor_title}{acting}"),
        ("单位", past.unit_name),
        ("时间", full_moment(past.at)),
        ("确认", PROOFS.get(past.proof or "", "没有当场确认")),
        *_BOUND_FACTS[seal](look, past),
        ("记录号", f"第{past.seq}号"),
    ]
    count = repeats.get((past.actor_id, remark), 1)
    if count > 1:
        facts.append(("批示用语", f"相同批示{count}次（本人各件合计）"))
    links = (("看签批的复函", look.url("cases.letter", id=look.handling.id)),) if seal is Seal.SIGN else ()
    hashes = (
        (_BOUND[seal], f"SHA-256 {cut(past.content_hash or '')}"),
        ("本条记录", f"SHA-256 {cut(past.hash)}"),
    )
    return Proof(_HEADINGS[seal], remark, facts=tuple(facts), hashes=hashes, links=links)


def _void(look: Look, seal: Seal, past: Past, repeats: Repeats) -> Proof:
    """The evidence of a step that counts no more, with who took it back and why."""
    back = next(e for e in look.facts.story.after(past).all(*_TAKES_BACK, round=past.round))
    said = f"{spoken(back.on, look.today)}{back.actor_name}{ACTIONS[back.action]}：{back.payload['reason']}"
    return replace(evidence(look, seal, past, repeats), sentence=f"{said}。留着，不再算数；要由局长本人重新取得。")


def _reading(look: Look, past: Past) -> Iterator[tuple[str, str]]:
    digests = [str(digest) for digest in past.payload.get("files", ())]
    names = [f"《{file.name}》" for file in look.files(digests)]
    yield "看过", f"{'、'.join(names)}，共{len(digests)}件，全部打开" if names else "建议正文（没有附文件）"
    if handler := past.payload.get("handler_name"):
        yield "交给", str(handler)


def _plan(look: Look, past: Past) -> Iterator[tuple[str, str]]:
    plans = [e.seq for e in look.facts.story.all(Action.SUBMIT_PLAN)]
    number = plans.index(past.payload["plan"]) + 1 if past.payload.get("plan") in plans else len(plans)
    returned = _returned(look, Seal.PLAN, past.round)
    yield "方案", f"第{number}稿" + (f"，此前退回过{_times(returned)}次" if returned else "")


def _urging(look: Look, past: Past) -> Iterator[tuple[str, str]]:
    yield "方式", URGING_FORMS[past.payload["form"]]
    yield "要求", str(past.payload["demand"])
    yield "期限", f"{spoken(date.fromisoformat(past.payload['answer_due_on']), look.today)}前回复"
    urging = next(u for u in look.facts.story.urgings(Action.URGE) if u.past.seq == past.seq)
    said = "；".join(f"{a.actor_name} {moment_text(a.at, look.today)}：{a.payload['answer']}" for a in urging.answers)
    yield "回应", said or "还没有回复"


def _signing(look: Look, past: Past) -> Iterator[tuple[str, str]]:
    drafts = [e for e in look.facts.story.all(Action.DRAFT_REPLY) if e.seq < past.seq]
    edits = len(past.payload.get("edits", ()))
    yield "复函", f"第{len(drafts)}稿" + (f"，亲笔改了{edits}处" if edits else "，没有改动")


def _coordination(_look: Look, past: Past) -> Iterator[tuple[str, str]]:
    yield "同谁", str(past.payload["with_whom"])
    if checked := past.payload.get("checked"):
        yield "现场", str(checked)


_BOUND_FACTS: Mapping[Seal, Callable[[Look, Past], Iterator[tuple[str, str]]]] = {
    Seal.READ: _reading,
    Seal.PLAN: _plan,
    Seal.URGE: _urging,
    Seal.SIGN: _signing,
    Seal.COORDINATE: _coordination,
}
