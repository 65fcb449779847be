"""What the papers of a case have in common: the head that says which case it is, days and people in full, the note."""

from datetime import date

from suggestions.documents.papers.parts import Form, Text
from suggestions.domain.labels import PROOFS
from suggestions.domain.story import Past
from suggestions.queries.letter_view import HIDDEN_NAME, full_name
from suggestions.queries.looking import Look, full_moment, short_hash
from suggestions.queries.original import signers

Pair = tuple[str, str]
NOT_YET = "还没有"


def head(look: Look, *more: tuple[Pair, ...]) -> Form:
    """Which case the paper belongs to, and further lines of one or two pairs; a pair without words is left out."""
    suggestion, handling = look.case.suggestion, look.handling
    (_, lead), (_, joint) = signers(look)
    handler = handling.handler.name if handling.handler and look.is_whole else ""
    lines: list[tuple[Pair, ...]] = [
        (("建议编号", handling.number_text), ("类别", suggestion.category or "没有分类")),
        (("建议标题", suggestion.title),),
        (("领衔代表", lead or "未定"),),
        (("附议代表", joint),),
        (("承办单位", handling.unit.name), ("承办人", handler)) if handler else (("承办单位", handling.unit.name),),
    ]
    return Form([line for line in (*lines, *more) if any(words for _, words in line)])


def day(on: date | str | None) -> str:
    """A day as a paper says it, with its year: 2026年2月9日; `还没有` for none."""
    if not on:
        return NOT_YET
    on = date.fromisoformat(on) if isinstance(on, str) else on
    return f"{on.year}年{on.month}月{on.day}日"


def unit_of(look: Look) -> str:
    """The handling unit's full name, as it stands on its letterhead."""
    return full_name(look.handling.unit.name, look.case.suggestion.congress)


def signature(past: Past) -> str:
    """Who took a personal step: 区民政局局长沈怀远, with 主持工作 where they stood in."""
    return f"{past.unit_name}{past.actor_title}{'（主持工作）' if past.is_acting else ''}{past.actor_name}"


def proof_lines(past: Past) -> tuple[tuple[Pair, ...], ...]:
    """Who took a personal step, when, how confirmed, bound to what, and where it stands in the record."""
    return (
        (("本人", signature(past)), ("时间", full_moment(past.at))),
        (("确认", PROOFS.get(past.proof or "", "没有当场确认")), ("记录号", f"第{past.seq}号")),
        (("内容指纹", f"SHA-256 {past.content_hash}"),),
    )


def names_of_leads(look: Look) -> str:
    """The lead deputies as a letter addresses them, no name shown that was asked to be hidden from this person."""
    names = [name for name in look.facts.lead_names.values() if name]
    if look.hides_lead or not names:
        return f"{HIDDEN_NAME}："
    return f"{'、'.join(names)}代表："


def source(look: Look) -> Text:
    """Up to which record the paper says what the case says; not for deputies, who see only part of it."""
    suggestion = look.case.suggestion
    said = f"按系统记录打印，记录到第{suggestion.chain_seq}号（指纹 {short_hash(suggestion.chain_hash)}）。"
    return Text(said if look.is_whole else "按系统记录打印。", is_note=True)
