"""What was asked and what was answered: the requests with their answers, the plan, the promises, the ratings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.letter import Letter
from suggestions.domain.limits import PROMISE_NEAR
from suggestions.domain.promising import sentences
from suggestions.domain.rulebook import Proof
from suggestions.domain.sight import Sight
from suggestions.domain.story import Past
from suggestions.models import Promise
from suggestions.queries.dues import promise_lamp
from suggestions.queries.lights import Lamp, spoken
from suggestions.queries.looking import Look, moment_text
from suggestions.queries.papers import Paper
from suggestions.queries.past_page import kept_promises, noted, rating_paper
from suggestions.queries.promise_words import BECAME, became
from suggestions.queries.telling import settled

_GIST = 90
_SEALED = "已评，封存"
_LACK: Mapping[Proof, str] = {
    Proof.DATE: "还差：完成日期",
    Proof.FACT: "还差：办成的事实",
    Proof.GROUND: "还差：办不了的依据",
    Proof.LETTER: "还差：上报的文号",
}


@dataclass(frozen=True)
class RequestRow:
    """One request with the gist of its answer."""

    number: int
    text: str
    answer: str = ""
    class_mark: str = ""
    ground: str = ""
    is_lacking: bool = False
    rating: str = ""


@dataclass(frozen=True)
class Requests:
    """The requests; `is_bare` for who sees no answers."""

    caption: str
    rows: tuple[RequestRow, ...]
    is_bare: bool = False


@dataclass(frozen=True)
class PlanRow:
    """One measure of the plan."""

    measure: str
    requests: str
    owner: str
    date_text: str


@dataclass(frozen=True)
class Plan:
    """The newest plan that was submitted."""

    line: str
    caption: str
    rows: tuple[PlanRow, ...]
    hard: str


@dataclass(frozen=True)
class PromiseRow:
    """One promise of the ledger."""

    text: str
    source: str
    owner: str
    date_text: str
    light: Lamp
    is_lacking: bool = False
    past: tuple[str, ...] = ()
    """What became of it: changes with the old values, reports, ratings, release; oldest first."""


@dataclass(frozen=True)
class Promises:
    """The ledger of one handling."""

    caption: str
    rows: tuple[PromiseRow, ...]


def requests_of(look: Look) -> Requests | None:
    """The requests as the handler split them; before that, as the document itself has them; None without any."""
    texts = look.facts.story.requests
    is_split = bool(texts)
    texts = texts or tuple(look.case.suggestion.asked)
    if not texts:
        return None
    if look.sight is Sight.CO_UNIT:
        return Requests("", tuple(RequestRow(n, text) for n, text in enumerate(texts, start=1)), is_bare=True)
    newest = look.facts.story.newest_text
    standing: Letter | None = None if newest is None else newest.payload["letter"]
    round = look.facts.of_handling.round if newest is None else newest.round
    rows = tuple(_request(look, n, text, standing, round) for n, text in enumerate(texts, start=1))
    unsplit = "往年件，没有逐条记录" if look.handling.is_past else "承办人还没有拆分，先按原件自己的编号列出"
    caption = _caption(look, newest) if is_split else unsplit
    return Requests(caption, rows)


def _caption(look: Look, newest: Past | None) -> str:
    if newest is None:
        return "还没有起草复函"
    earlier = "" if newest.round == look.facts.of_handling.round else f"第{newest.round}轮"
    if newest.action is Action.SIGN_REPLY:
        return f"{earlier}签批的复函逐条对照"
    return f"{earlier}第{look.facts.story.draft_number}稿的逐条对照"


def _request(look: Look, number: int, text: str, standing: Letter | None, round: int) -> RequestRow:
    rating = _score(look, number, round)
    answer = None if standing is None else _answer_to(standing, number)
    if answer is None:
        return RequestRow(number, text, rating=rating)
    ground, is_lacking = _ground(look, answer)
    return RequestRow(number, text, gist(answer["text"]), answer["result_class"], ground, is_lacking, rating)


def _answer_to(standing: Letter, number: int) -> Mapping[str, Any] | None:
    found: Iterator[Mapping[str, Any]] = (a for a in standing["answers"] if str(a["request_no"]) == str(number))
    return next(found, None)


def _ground(look: Look, answer: Mapping[str, Any]) -> tuple[str, bool]:
    """What proves the class, and whether it is lacking."""
    wanted = look.facts.rulebook.result_class(answer["result_class"]).proof
    if wanted is not Proof.DATE:
        proof = str(answer.get("proof") or "")
        return (proof, False) if proof else (_LACK[wanted], True)
    if not answer.get("done_on"):
        return _LACK[wanted], True
    on = spoken(date.fromisoformat(answer["done_on"]), look.today)
    numbers = [f"第{p.number}项" for p in look.facts.promises if str(p.request_no) == str(answer["request_no"])]
    return f"{on}完成" + (f"，承诺{'、'.join(numbers)}" if numbers else ""), False


def _score(look: Look, number: int, round: int) -> str:
    """What the deputies said of the answer that is shown, which may be that of the round before."""
    given = look.facts.story.ratings(round)
    if any(not look.sees_rating(past) for past in given):
        return _SEALED
    return "；".join(text for past in given if (text := _score_in(look, past, number)))


def _score_in(look: Look, given: Past, number: int) -> str:
    scores = {str(row["request_no"]): row for row in given.payload["scores"]}
    row = scores.get(str(number))
    if row is None:
        return ""
    label = look.facts.rulebook.ratings[row["score"]].label
    return f"{label}：{row['reason']}" if row.get("reason") else label


def gist(text: str) -> str:
    """The first sentences of a text, about as much as a table cell holds."""
    words = ""
    for sentence in sentences(text):
        if words and len(words) + len(sentence) > _GIST:
            return f"{words}……"
        words += sentence
    return words if len(words) <= 2 * _GIST else f"{words[: 2 * _GIST]}……"


def plan_of(look: Look) -> Plan | None:
    """The newest plan with what became of it; None when none was submitted."""
    story = look.facts.story
    plan = story.plan
    if plan is None:
        return None
    fate = story.after(plan).last(Action.APPROVE_PLAN, Action.RETURN_PLAN, Action.RECALL_PLAN)
    when = "" if fate is None else spoken(fate.on, look.today)
    said = {
        None: "等局长把关",
        Action.APPROVE_PLAN: f"{when}局长审定",
        Action.RETURN_PLAN: f"{when}局长退回",
        Action.RECALL_PLAN: f"{when}承办人取回",
    }[None if fate is None else fate.action]
    units = {str(co.unit_id): co.unit_name for co in look.facts.co_handlings}
    named = [units[code] for code in plan.payload["co_units"] if code in units]
    rows = tuple(_plan_row(look, row) for row in plan.payload["measures"])
    caption = f"谁、做什么、到哪天；协办：{'、'.join(named)}" if named else "谁、做什么、到哪天；不需要协办"
    return Plan(f"第{story.plan_number}稿，{said}", caption, rows, str(plan.payload.get("hardest", "")))


def _plan_row(look: Look, row: Mapping[str, Any]) -> PlanRow:
    on = date.fromisoformat(row["due_on"])
    return PlanRow(row["measure"], f"第{row['request_no']}条", row["owner"], spoken(on, look.today))


def promises_of(look: Look) -> Promises | None:
    """The promises of this handling; None before any letter was drafted and none was made."""
    ledger = [row for row in look.case.promises if row.handling_id == look.handling.id]
    rows = tuple(
        PromiseRow(
            text=row.measure + (f"（凭据：{row.proof}）" if row.fulfilled_on else ""),
            source=f"第{row.request_no}条，“{row.sentence}”" if row.request_no else "往年复函",
            owner=row.owner,
            date_text=spoken(row.due_on, look.today),
            light=promise_lamp(
                row.due_on, row.due_on - PROMISE_NEAR, row.fulfilled_on, look.today, released_on=row.released_on
            ),
            past=tuple(_became(look, row)),
        )
        for row in ledger
    )
    if not rows and look.facts.story.draft is None and not look.handling.is_past:
        return None
    kept = sum(1 for row in ledger if row.fulfilled_on is not None)
    released = sum(1 for row in ledger if row.released_on is not None)
    ended = f"，终止{released}项（按没有兑现统计）" if released else ""
    caption = f"共{len(rows)}项，兑现{kept}项{ended}；没有兑现的，跨年继续跟踪" if rows else ""
    if before := kept_promises(look):
        caption = f"{caption}；{before}" if caption else before
    return Promises(caption, rows)


def _became(look: Look, row: Promise) -> Iterator[str]:
    for past in look.facts.story.all(*BECAME):
        if int(past.payload["promise"]) == row.id:
            yield became(past, look.today)


def ratings_of(look: Look) -> tuple[Paper, ...]:
    """The deputy's ratings, newest first: of a sealed one the unit sees only that it exists."""
    given = look.facts.story.all(Action.RATE, Action.CORRECT_RATING)
    if note := noted(look.facts):
        return (rating_paper(look, note),)
    return (*_challenges(look), *(_rating(look, past) for past in reversed(given)))


def _challenges(look: Look) -> Iterator[Paper]:
    """Each challenge to the class of result and each answer, newest first, with both classes."""
    for past in reversed(look.facts.story.all(Action.CHALLENGE_CLASS, Action.SETTLE_CLASS)):
        line, words = f"{look.who(past)}，{moment_text(past.at, look.today)}", past.payload
        reasons = (str(words["reason"]),)
        if past.action is Action.SETTLE_CLASS:
            head = "人代工委裁定分类" if words["is_final"] else "局长答复分类异议"
            yield Paper(head, line, tag=settled(past), is_hand=not words["is_final"], paragraphs=reasons)
        else:
            tag = f"现定{words['was']}类，认为应当是{words['result_class']}类"
            yield Paper("分类异议", line, tag=tag, paragraphs=reasons)


def _rating(look: Look, past: Past) -> Paper:
    story = look.facts.story
    later = story.after(past)
    opened = later.last(Action.OPEN_RATING, round=past.round)
    corrected = [e for e in later.all(Action.CORRECT_RATING, round=past.round) if e.actor_id == past.actor_id]
    name = "更正后的评价" if past.action is Action.CORRECT_RATING else "代表评价"
    head = f"第{past.round}轮{name}" if look.facts.of_handling.round > 1 else name
    line = f"{look.who(past)}，{moment_text(past.at, look.today)}"
    if mark := past.payload.get("on_paper"):
        line += f"，代录（{mark['entered_by']}录入，{mark['confirmed_by']}核对）"
    if not look.sees_rating(past):
        if not past.payload["opens_after"]:
            return Paper(head, line, tag="封存", paragraphs=("代表已经评价；等并案的各位领衔代表都评过，再一并公布。",))
        until = spoken(date.fromisoformat(past.payload["opens_after"]), look.today)
        return Paper(head, line, tag="封存", paragraphs=(f"代表已经评价，封存到{until}；代表也可以提前公布。",))
    tag = "已更正" if corrected else f"{spoken(opened.on, look.today)}公布" if opened else "封存，承办单位看不到"
    return Paper(head, line, tag=tag, paragraphs=tuple(_words(look, past)))


def _words(look: Look, past: Past) -> Iterator[str]:
    labels = {code: rating.label for code, rating in look.facts.rulebook.ratings.items()}
    words = past.payload
    yield f"总的评价：{labels[words['overall']]}；态度：{labels[words['attitude']]}；结果：{labels[words['result']]}。"
    if words.get("reason"):
        yield f"理由：{words['reason']}"
    if words.get("is_pressed") and look.sees_pressure:
        yield "（另告人代工委：有人打招呼、托人情。承办单位看不到这一条。）"
