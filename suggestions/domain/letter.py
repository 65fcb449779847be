"""The reply as plain data: what is asked of its text before it may be signed, and what the director changed."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.canonical import digest
from suggestions.domain.facts import CoFacts, Facts, PromiseFacts
from suggestions.domain.promising import is_promising, sentences
from suggestions.domain.rulebook import Rulebook
from suggestions.domain.states import CoState

Letter = Mapping[str, Any]

_ALIKE = 0.6


def content_hash(letter: Letter) -> str:
    """What a signature or an endorsement is bound to: every word, addressee, class and mark of the letter."""
    return digest(dict(letter))


def promising_sentences(letter: Letter) -> list[str]:
    """Sentences that speak of the future (将、计划、拟、力争、……前): each must be a promise or be marked as none."""
    texts = [answer["text"] for answer in letter["answers"]]
    texts += [passage["text"] for passage in letter.get("passages", ())]
    texts.append(letter["closing"])
    return [s for text in texts for s in sentences(text) if is_promising(s)]


def _is_alike(one: str, other: str) -> bool:
    return one == other or difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE


def unaccounted_sentences(letter: Letter, promises: Sequence[PromiseFacts]) -> list[str]:
    """Promising sentences that have neither a ledger entry nor a mark with a reason."""
    marked = [row["sentence"] for row in letter.get("not_promises", ()) if row["reason"]]
    known = [promise.sentence for promise in promises] + marked
    return [s for s in promising_sentences(letter) if not any(_is_alike(s, k) for k in known)]


def _class_faults(answer: Mapping[str, Any], rulebook: Rulebook) -> Iterator[str]:
    number, code = answer["request_no"], answer["result_class"]
    wanted = rulebook.result_class(code).proof
    if wanted == "date" and not answer.get("done_on"):
        yield f"还差：第{number}条诉求定为{code}类，没有写明完成日期。"
    elif wanted != "date" and not answer.get("proof"):
        needed = {"fact": "办成的事实", "ground": "办不了的依据", "letter": "上报的文号"}[wanted]
        yield f"还差：第{number}条诉求定为{code}类，没有写明{needed}。"


def text_faults(letter: Letter, facts: Facts) -> list[str]:
    """What the text of the reply still lacks, one sentence each; the same before submitting and before signing."""
    faults: list[str] = []
    answers = {str(answer["request_no"]): answer for answer in letter["answers"]}
    for number, _request in enumerate(facts.story.requests, start=1):
        answer = answers.get(str(number))
        if answer is None or not answer["text"].strip():
            faults.append(f"还差：第{number}条诉求没有答复。")
        else:
            faults += _class_faults(answer, facts.rulebook)
    faults += [
        f"还差：“{sentence}”说的是以后的事，请记入承诺，或者在起草页注明为什么不是承诺。"
        for sentence in unaccounted_sentences(letter, facts.promises)
    ]
    if not letter.get("publication"):
        faults.append("还差：没有定公开属性。")
    elif facts.rulebook.needs_ground(letter["publication"]) and not letter.get("publication_ground"):
        faults.append("还差：不主动公开，没有写明理由。")
    return faults


def passage_of(letter: Letter, co_id: int) -> str | None:
    """What the letter says of one co-handling's opinion."""
    return next((p["text"] for p in letter.get("passages", ()) if int(p["co_handling"]) == co_id), None)


def is_silent_on(passage: str, co: CoFacts, facts: Facts) -> bool:
    """Whether the co-unit let the rulebook's days pass since the passage was put before it (未会签)."""
    drafts = facts.story.all(Action.DRAFT_REPLY, round=facts.of_handling.round)
    first = next((d for d in drafts if passage_of(d.payload["letter"], co.id) == passage), None)
    if first is None:
        return False
    term = facts.rulebook.term("countersign")
    return facts.calendar.workdays_between(first.on, facts.today) > term.amount


def is_of_earlier_round(co: CoFacts, facts: Facts) -> bool:
    """Whether the opinion was accepted, or gone without, for an earlier round and was not asked for anew."""
    ended = (Action.ACCEPT_CO_OPINION, Action.GO_ON_WITHOUT)
    last = next((e for e in reversed(facts.story.all(*ended)) if e.co_handling_id == co.id), None)
    return co.state in (CoState.ACCEPTED, CoState.SILENT) and last is not None and last.round < facts.of_handling.round


def is_to_ask_anew(co: CoFacts, facts: Facts) -> bool:
    """Whether a plan that names the unit asks it again: its opinion was cancelled, or is one of an earlier round."""
    return co.state is CoState.CANCELLED or is_of_earlier_round(co, facts)


def opinions_owed(facts: Facts) -> list[str]:
    """Which co-units' opinions have not come or are not accepted yet, whatever the text says."""
    settled = (CoState.SILENT, CoState.CANCELLED, CoState.ACCEPTED)
    owing = [co.unit_name for co in facts.co_handlings if co.state not in settled]
    return [f"还差：{name}的协办意见还没有到或者还没有采用。" for name in owing]


def co_faults(letter: Letter, facts: Facts) -> list[str]:
    """Which co-handlings have not been settled under this text: not accepted, not mentioned, not signed."""
    faults = opinions_owed(facts)
    for co in facts.co_handlings:
        if co.state is not CoState.ACCEPTED:
            continue
        passage = passage_of(letter, co.id)
        if not passage and is_of_earlier_round(co, facts):
            continue
        if not passage:
            faults.append(f"还差：复函没有写到{co.unit_name}的意见。")
        elif facts.story.co_signature(co.id, passage) is None and not is_silent_on(passage, co, facts):
            faults.append(f"还差：{co.unit_name}还没有会签复函中写到它的那一段。")
    return faults


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """The edits from one text to another as ("same" | "old" | "new", text), in reading order."""
    parts: list[tuple[str, str]] = []
    for op, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            parts.append(("same", old[a:b]))
            continue
        if b > a:
            parts.append(("old", old[a:b]))
        if d > c:
            parts.append(("new", new[c:d]))
    return parts


def edited_fields(letter: Letter) -> dict[str, str]:
    """The texts that a director may edit at signing, by the name of their form field."""
    answers = {f"answer_{answer['request_no']}": answer["text"] for answer in letter["answers"]}
    return {"opening": letter["opening"], **answers, "closing": letter["closing"]}


def with_edits(letter: Letter, edits: Mapping[str, Any]) -> dict[str, Any]:
    """The letter with the director's texts in place of the drafted ones."""
    changed = dict(letter)
    for key in ("opening", "closing"):
        changed[key] = edits.get(key, letter[key])
    changed["answers"] = [
        {**answer, "text": edits.get(f"answer_{answer['request_no']}", answer["text"])} for answer in letter["answers"]
    ]
    return changed
