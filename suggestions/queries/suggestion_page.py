"""A suggestion before, or beside, its handlings: the text, who signs it, what this person can do with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from suggestions.domain import rulebook
from suggestions.domain.labels import STATES
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import Life, Role, SuggestionState
from suggestions.models import Suggestion
from suggestions.models.case import Case
from suggestions.models.facts import facts_of
from suggestions.queries.alike import Alike, alike_of
from suggestions.queries.deputy_page import role_line
from suggestions.queries.dues import DueView, due_of_suggestion
from suggestions.queries.key_item_view import KeyItem, key_item_of
from suggestions.queries.lights import Lamp, lamp_of
from suggestions.queries.looking import Look, Reader, look_from
from suggestions.queries.offline import noted_of
from suggestions.queries.original import Original, original_of, signers
from suggestions.queries.record_view import RecordView, record_of
from suggestions.queries.step_bar import CannotView, CanView, step_bar
from suggestions.queries.visible import may_read_names
from suggestions.queries.waiting import handling_waits_for


@dataclass(frozen=True)
class Signer:
    """A joint deputy, and whether they confirmed in person."""

    name: str
    says: str


@dataclass(frozen=True)
class HandlingLine:
    """One of several handlings, in a line."""

    number: str
    unit: str
    url: str
    state: str
    waits_for: str
    light: Lamp


@dataclass(frozen=True)
class SuggestionPage:
    """The suggestion as one person sees it."""

    number: str
    title: str
    state: str
    category: str
    role_line: str
    who: tuple[tuple[str, str], ...]
    due: DueView | None
    signers: tuple[Signer, ...]
    can: tuple[CanView, ...]
    cannot: tuple[CannotView, ...]
    waiting: str
    original: Original | None
    noted: tuple[tuple[str, str], ...]
    handlings: tuple[HandlingLine, ...]
    key_item: KeyItem | None
    along: tuple[tuple[str, str], ...]
    alike: tuple[Alike, ...]
    record: RecordView | None
    back_url: str
    back_label: str


def suggestion_page(session: Session, case: Case, reader: Reader) -> SuggestionPage:
    """The page of a loaded suggestion; Missing when this person may not see it."""
    look = look_from(session, case, Life.SUGGESTION, case.suggestion.id, reader)
    suggestion = case.suggestion
    is_deputy = reader.actor.role is Role.DEPUTY
    bar = step_bar(look.facts, reader.url)
    return SuggestionPage(
        number=suggestion.number_text,
        title=suggestion.title or "（还没有标题）",
        state=STATES[Life.SUGGESTION][suggestion.state],
        category=suggestion.category,
        role_line=role_line(case, reader) if is_deputy else "",
        who=tuple((label, text) for label, text in signers(look) if text and label == "领衔"),
        due=due_of_suggestion(look),
        signers=() if look.sight is Sight.STUB else tuple(_signers(look)),
        can=bar.can,
        cannot=bar.cannot,
        waiting=_waiting(look),
        original=None if suggestion.state is SuggestionState.OFFLINE else original_of(look),
        noted=noted_of(look),
        handlings=tuple(_lines(look, visible_handlings(session, case, reader))),
        key_item=key_item_of(look),
        along=tuple(_along(session, look)),
        alike=tuple(alike_of(session, case, reader)) if _is_to_assign(look) else (),
        record=record_of(look) if look.sight in (Sight.OFFICE, Sight.AUDIT) else None,
        back_url=reader.url("desks.desk") if is_deputy else reader.url("register.register"),
        back_label="我的建议" if is_deputy else "建议登记簿",
    )


def _is_to_assign(look: Look) -> bool:
    """Whether the deputies office is about to decide what becomes of it."""
    return look.sight is Sight.OFFICE and look.case.suggestion.state is SuggestionState.SUBMITTED


def visible_handlings(session: Session, case: Case, reader: Reader) -> list[int]:
    """The handlings of a loaded case that this person may see, by id."""
    rules = rulebook.load(case.suggestion.rulebook, case.suggestion.ruled_on)
    judged = (
        facts_of(
            session, case, actor=reader.actor, now=reader.now, rules=rules, life=Life.HANDLING, target_id=handling.id
        )
        for handling in case.handlings
    )
    return [facts.of_handling.id for facts in judged if sight(facts) is not Sight.NOTHING]


def _signers(look: Look) -> list[Signer]:
    return [
        Signer(cosigner.person.name, "已确认" if cosigner.confirmed_at else "等本人确认")
        for cosigner in look.case.cosigners
        if may_read_names(look.facts.actor) or cosigner.confirmed_at
    ]


def _along(session: Session, look: Look) -> Iterator[tuple[str, str]]:
    """What this suggestion was merged into, and what was merged into it."""
    into = look.case.suggestion.merged_into_id
    whole = [] if into is None else [session.get_one(Suggestion, into)]
    for other in (*whole, *look.case.merged):
        did = "并入了" if other.id == into else "并入本件："
        yield f"{did}{other.number_text}《{other.title}》", look.url("cases.suggestion", id=other.id)


def _waiting(look: Look) -> str:
    return {
        "drafting": "现在等领衔代表写完、提交。",
        "submitted": "现在等人代工委审查、交办。",
        "assigned": "已经交办，各承办单位办理的情况在下面。",
        "merged": "已经并入别的建议一起办理，见下面。",
        "closed": "各承办单位都已办结。",
        "offline": "涉密件不在本系统流转，这里只登记编号。",
        "declined": "不作为建议处理，说明已经告知领衔代表。",
        "withdrawn": "领衔代表撤回了，不再办理。",
        "past": "往年件，已经存档；没有兑现的承诺在下面跟踪。",
    }[look.case.suggestion.state]


def _lines(look: Look, ids: list[int]) -> list[HandlingLine]:
    return [
        HandlingLine(
            number=handling.number_text,
            unit=handling.unit.name,
            url=look.url("cases.handling", id=handling.id),
            state=STATES[Life.HANDLING][handling.state],
            waits_for=handling_waits_for(handling, look.facts.actor),
            light=lamp_of(handling, look.today),
        )
        for handling in look.case.handlings
        if handling.id in ids
    ]
