"""One suggestion for its deputy: where it stands, who has it, what comes next, by when; whom to call; what to do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from suggestions.domain.actions import Action
from suggestions.domain.labels import ACTIONS, CONTACT_FORMS
from suggestions.domain.states import HandlingState, Life, Role, SuggestionState
from suggestions.models import Cosigner, Person, Post, Promise, Suggestion
from suggestions.models.case import Case
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look, Reader, look_from
from suggestions.queries.parcel import Leg, way_of
from suggestions.queries.past_page import noted
from suggestions.queries.rehandling import rehandling_of
from suggestions.queries.standing import Where, term_of, where_of
from suggestions.queries.step_bar import CannotView, CanView, step_bar
from suggestions.queries.steps import Offer, open_to, with_something

_LANDLINE = 7


@dataclass(frozen=True)
class Task:
    """A thing that waits for the deputy, with its button and sometimes a second one."""

    head: str
    detail: str
    label: str
    url: str
    other_label: str = ""
    other_url: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    """What the button sends at once; empty: it leads to a form."""


@dataclass(frozen=True)
class Block:
    """One unit's handling of the suggestion."""

    heading: str
    version: int
    where: Where
    handler_name: str
    handler_phone: str
    phone_text: str
    light_up_url: str
    cannot: tuple[CannotView, ...]
    tasks: tuple[Task, ...]
    plan: tuple[tuple[str, str], ...]
    way: tuple[Leg, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DeputyPage:
    """A suggestion that was assigned, as one of its deputies follows it."""

    number: str
    role_line: str
    title: str
    blocks: tuple[Block, ...]
    files: tuple[tuple[str, str], ...]
    can: tuple[CanView, ...]
    cannot: tuple[CannotView, ...]
    list_url: str


def deputy_page(session: Session, case: Case, reader: Reader) -> DeputyPage:
    """The page of a suggestion that units handle; Missing when it is not this deputy's. Its case must be loaded."""
    current_first = sorted(case.handlings, key=lambda row: row.state is HandlingState.REASSIGNED)
    looks = [look_from(session, case, Life.HANDLING, handling.id, reader) for handling in current_first]
    heads = _heads(session, looks)
    whole = look_from(session, case, Life.SUGGESTION, case.suggestion.id, reader)
    bar = step_bar(whole.facts, reader.url)
    return DeputyPage(
        number=case.suggestion.number_text,
        role_line=role_line(case, reader),
        title=case.suggestion.title,
        blocks=tuple(_block(look, heads.get(look.handling.unit_id), is_one=len(looks) == 1) for look in looks),
        files=tuple((file.name, reader.url("files.file", id=file.id)) for file in case.files if file.is_original),
        can=bar.can,
        cannot=bar.cannot,
        list_url=reader.url("desks.desk"),
    )


def role_line(case: Case, reader: Reader) -> str:
    """What this deputy is to a case."""
    person_id = reader.actor.person_id
    return role_words(
        case.suggestion, case.cosigners, person_id, is_along=person_id in {other.lead_id for other in case.merged}
    )


def role_words(suggestion: Suggestion, cosigners: Iterable[Cosigner], person_id: int, *, is_along: bool) -> str:
    """您领衔，附议3人; to a joint deputy, who leads: nobody is one before confirming it in person."""
    is_draft = suggestion.state is SuggestionState.DRAFTING
    joint = {each.person_id for each in cosigners if each.confirmed_at or not is_draft}
    if suggestion.lead_id == person_id:
        return f"您领衔，附议{len(joint)}人" if joint else "您领衔"
    if is_along:
        return "您的建议并入本件，一起办、一起答复"
    own = "您附议" if person_id in joint else "请您附议"
    return f"{suggestion.lead.name}代表领衔，{own}" if suggestion.lead else own


def _heads(session: Session, looks: list[Look]) -> dict[int, Post]:
    """Who heads each of the units today; one statement."""
    if not looks:
        return {}
    today = looks[0].today
    posts = session.scalars(
        select(Post)
        .join(Post.person)
        .where(
            Post.role == Role.DIRECTOR,
            Post.unit_id.in_([look.handling.unit_id for look in looks]),
            Post.from_on <= today,
            Post.to_on.is_(None) | (Post.to_on >= today),
        )
        .options(contains_eager(Post.person).load_only(Person.id, Person.name))
        .order_by(Post.is_acting, Post.id)
    )
    return {post.unit_id: post for post in posts if post.unit_id is not None}


def _block(look: Look, head: Post | None, *, is_one: bool) -> Block:
    handling = look.handling
    offers = {offer.step.action: offer for offer in with_something(open_to(look.facts), look.facts)}
    lamp = offers.get(Action.LIGHT_UP)
    phone = handling.unit.phone
    return Block(
        heading="" if is_one else f"{handling.number_text} {handling.unit.name}",
        version=handling.version,
        where=where_of(look, head),
        handler_name=handling.handler.name if handling.handler else handling.unit.name,
        handler_phone="".join(sign for sign in phone if sign.isdigit() or sign == "+"),
        phone_text=_phone_text(phone),
        light_up_url=look.url("steps.handling", id=handling.id, action="light-up") if lamp and lamp.is_open else "",
        cannot=tuple(CannotView(ACTIONS[action], offer.missing) for action, offer in offers.items() if offer.missing),
        tasks=tuple(_tasks(look, offers)),
        plan=_plan(look),
        way=way_of(look),
        links=(*_links(look), *_further(look, offers)),
    )


def _phone_text(phone: str) -> str:
    """A number as one reads it out: 5550 0127."""
    digits = phone.rpartition("-")[2]
    return f"{digits[:-4]} {digits[-4:]}" if len(digits) > _LANDLINE else phone


def _links(look: Look) -> tuple[tuple[str, str], ...]:
    """The letter once it went out, and what proves the kept promises."""
    sent = look.facts.story.last(Action.DISPATCH)
    kept = look.facts.story.all(Action.FULFIL_PROMISE, Action.REPORT_PROMISE)
    digests = [str(file["sha256"]) for past in kept for file in past.payload.get("files", ())]
    story = look.facts.story
    is_taken_up = sent is not None and story.is_corrected(sent)
    now = "看复函（正在更正）" if is_taken_up else "看复函"
    letter = [(now, look.url("cases.letter", id=look.handling.id))] if sent else []
    if note := noted(look.facts):
        letter = [("看当年的复函", look.url("cases.letter", id=look.handling.id))] if note["reply"] else []
        scans = look.files([str(file["sha256"]) for file in note["files"]])
        letter += [(f"当年的复函：{file.name}", look.url("files.file", id=file.id)) for file in scans]
    letter += [
        (f"看更正以前的复函（{e.payload['document_number']}）", look.url("cases.letter", id=look.handling.id, sent=n))
        for n, e in enumerate(story.all(Action.DISPATCH), start=1)
        if e is not sent and story.is_corrected(e)
    ]
    if rehandling_of(look.facts):
        letter.append(("两次答复对照", look.url("cases.replies", id=look.handling.id)))
    proofs = [(f"兑现凭据：{file.name}", look.url("files.file", id=file.id)) for file in look.files(digests)]
    return (*letter, *proofs)


_BESIDES = {
    Action.CHALLENGE_CLASS: "对办理结果的分类有异议",
    Action.RECORD_DELIVERY: "登记哪一天收到复函",
}


def _further(look: Look, offers: Mapping[Action, Offer]) -> Iterator[tuple[str, str]]:
    """What a deputy may do besides, without being waited for, and the papers to take along."""
    for action, text in _BESIDES.items():
        if action in offers and offers[action].is_open:
            yield text, _form(look, action)
    yield "文书", look.url("case_papers.page", id=look.handling.id)


def _plan(look: Look) -> tuple[tuple[str, str], ...]:
    """The approved plan: what, and by whom until when."""
    approved = look.facts.story.last(Action.APPROVE_PLAN)
    plan = next(
        (e for e in look.facts.story.all(Action.SUBMIT_PLAN) if approved and e.seq == approved.payload["plan"]), None
    )
    if plan is None:
        return ()
    return tuple(
        (row["measure"], f"{row['owner']}，{spoken(date.fromisoformat(row['due_on']), look.today)}前")
        for row in plan.payload["measures"]
    )


def _tasks(look: Look, offers: Mapping[Action, Offer]) -> Iterator[Task]:
    """What waits for this deputy: to rate, to open or correct the rating, to say whether a contact was so."""
    ready = {action for action, offer in offers.items() if offer.is_open}
    until = look.handling.rating_due_on
    if Action.RATE in ready:
        late = look.handling.state is not HandlingState.REPLIED
        detail = "过了期限，也可以补评" if late else f"请在{spoken(until, look.today)}前评" if until else ""
        yield Task("已经答复，请您评价", detail, "去评价", _form(look, Action.RATE))
    if Action.OPEN_RATING in ready:
        window = term_of(look)
        day = f"{spoken(window.on, look.today)}以后自动公布" if window else ""
        corrects = Action.CORRECT_RATING in ready
        yield Task(
            "您的评价还封存着",
            f"{day}，也可以现在公布" if day else "可以现在公布",
            "现在公布",
            _form(look, Action.OPEN_RATING),
            "更正一次" if corrects else "",
            _form(look, Action.CORRECT_RATING) if corrects else "",
        )
    elif Action.CORRECT_RATING in ready:
        yield Task("您的评价还封存着", "各位领衔代表的评价一并公布", "更正一次", _form(look, Action.CORRECT_RATING))
    if Action.RATE_PROMISE in ready:
        yield from _promise_tasks(look)
    if Action.CONFIRM_CONTACT in ready:
        yield from _contact_tasks(look)


def _promise_tasks(look: Look) -> Iterator[Task]:
    for row in look.case.promises:
        if row.handling_id == look.handling.id and row.rating_due_on is not None:
            address = look.url("steps.handling", id=look.handling.id, action="rate-promise", promise=row.id)
            head = f"报告了落实情况，请您评价：{row.measure}"
            yield Task(head, rate_until(row, look.today), "去评价", address)


def rate_until(promise: Promise, today: date) -> str:
    """By when a report on a promise is rated, or that it may be rated late."""
    on = promise.rating_due_on
    return f"请在{spoken(on, today)}前评" if on and on >= today else "过了期限，也可以补评"


def _contact_tasks(look: Look) -> Iterator[Task]:
    for contact in look.facts.story.contacts():
        if contact.verdict is None and not contact.is_attempt:
            words = contact.past.payload
            on = spoken(date.fromisoformat(words["contacted_on"]), look.today)
            chosen = {"contact": str(contact.past.seq)}
            agreed = f"；商定：{words['agreed']}" if words.get("agreed") else ""
            yield Task(
                f"{on}{CONTACT_FORMS[words['form']]}，有这回事吗？",
                f"{look.handling.unit.name}记的：{words['people']}{agreed}",
                "有，确认",
                look.url("steps.handling", id=look.handling.id, action="confirm-contact"),
                "没有这回事",
                look.url("steps.handling", id=look.handling.id, action="deny-contact", **chosen),
                chosen,
            )


def _form(look: Look, action: Action) -> str:
    return look.url("steps.handling", id=look.handling.id, action=action.replace("_", "-"))
