"""The five-proofs card (五个亲自履职卡): every personal step of every round with all that proves it."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from suggestions.documents.papers.parts import Heading, NewPage, Paper, Part, Table, Text
from suggestions.domain.guards import SEAL_ACTIONS
from suggestions.domain.states import Seal
from suggestions.domain.story import Past
from suggestions.queries.case_papers.common import head, signature, source
from suggestions.queries.case_papers.entry import Entry, Kind
from suggestions.queries.looking import Look
from suggestions.queries.seals import (
    Repeats,
    SealView,
    earlier_rounds,
    evidence,
    same_remarks,
    seals_line,
    seals_of,
    unrecorded_seals,
)

_HOW = "局长本人在系统里当场确认才取得；不能代办，不能补录。主持工作的同志取得的，注明主持工作。指纹都是SHA-256。"


def cards(look: Look) -> Iterator[Entry]:
    """One card, with the seals earned so far."""
    taken = sum(1 for seal in Seal if look.facts.story.earned(SEAL_ACTIONS[seal], look.facts.of_handling.round))
    line = "往年件，无记录" if look.handling.is_past else f"第{look.facts.of_handling.round}轮，已得{taken}枚"
    yield Entry(Kind.FIVE_PROOFS, lambda session: _card(look, session), line)


def _card(look: Look, session: Session) -> Paper:
    blocks: list[Part] = [head(look), Text(_HOW, is_note=True)]
    if look.handling.is_past:
        seals = unrecorded_seals()
        blocks += [Text(seals_line(seals)), _table((seal, [seal.proof.sentence]) for seal in seals)]
        return Paper(Kind.FIVE_PROOFS.label, look.handling.unit.name, tuple(blocks))
    repeats = same_remarks(session, look)
    now = look.facts.of_handling.round
    rounds = [(now, seals_of(look, repeats))]
    rounds += [(now - at, earlier.seals) for at, earlier in enumerate(earlier_rounds(look, repeats), start=1)]
    for round, views in sorted(rounds):
        blocks += [NewPage()] if round > 1 else []
        blocks += [Heading(f"第{round}轮"), Text(seals_line(views), is_note=True)]
        blocks.append(
            _table((view, _said(look, seal, view, round, repeats)) for seal, view in zip(Seal, views, strict=True))
        )
    return Paper(Kind.FIVE_PROOFS.label, look.handling.unit.name, (*blocks, source(look)))


def _table(rows: Iterator[tuple[SealView, list[str]]]) -> Table:
    return Table(
        ("亲自", "凭证"),
        (20, 136),
        [(f"{view.character}　{view.name}", "\n".join(said)) for view, said in rows],
        is_small=True,
    )


def _said(look: Look, seal: Seal, view: SealView, round: int, repeats: Repeats) -> list[str]:
    """Every time the step was taken in a round with its evidence, or what it takes."""
    story = look.facts.story
    taken = story.all(SEAL_ACTIONS[seal], round=round)
    if not taken:
        return [view.line, view.proof.sentence]
    counted = story.earned(SEAL_ACTIONS[seal], round)
    lines: list[str] = []
    for number, past in enumerate(taken, start=1):
        if len(taken) > 1:
            lines.append(f"第{number}次" + ("" if past in counted else "（后来撤回，不再算数）"))
        elif past not in counted:
            lines.append("后来撤回，不再算数")
        lines += _evidence(look, seal, past, repeats)
    return lines


def _evidence(look: Look, seal: Seal, past: Past, repeats: Repeats) -> Iterator[str]:
    proof = evidence(look, seal, past, repeats, is_whole=True)
    yield f"“{proof.remark}”"
    said = {label: f"{label}：{text}" for label, text in proof.facts if label not in ("本人", "单位")}
    yield "　".join((signature(past), *(said.pop(label) for label in ("时间", "确认", "记录号"))))
    yield from said.values()
    yield from (f"{label}：{text.removeprefix('SHA-256 ')}" for label, text in proof.hashes)
