"""Progress and contacts, newest first, as far as this person's sight goes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from suggestions.domain.actions import Action
from suggestions.domain.labels import (
    CONTACT_FORMS,
    CONTACT_RANKS,
    CONTACT_STAGES,
    CONTACT_VERDICTS,
    URGING_FORMS,
)
from suggestions.domain.sight import Sight
from suggestions.domain.states import Role
from suggestions.domain.story import Contact, Past
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look, moment_text
from suggestions.queries.telling import TELL
from suggestions.queries.urging_words import after_urging

_WITH_FILES = (Action.RECORD_CONTACT, Action.ATTACH, Action.FULFIL_PROMISE, Action.REPORT_PROMISE)
_GIVEN_ON = (Action.REASSIGN, Action.GRANT_RETURN)


@dataclass(frozen=True)
class Entry:
    """One thing that happened: a square for the director's hand, filled for a contact with the deputy."""

    kind: str
    head: str
    time_iso: str
    time_text: str
    who: tuple[str, ...]
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Progress:
    """The timeline and its sum."""

    line: str
    items: tuple[Entry, ...]


def progress_of(look: Look, beside: Sequence[tuple[datetime, Entry]] = ()) -> Progress:
    """What was done, said and asked; remarks made inside the unit only for who may read them.

    `beside` is what acts of office tell of the case, each with its moment.
    """
    contacts = {contact.past.seq: contact for contact in look.facts.story.contacts()}
    told = [(past.at, entry_of(look, past, contacts)) for past in reversed(look.facts.story.events)]
    entries = [entry for _, entry in sorted((*beside, *told), key=lambda each: each[0], reverse=True)]
    line = "往年的办理经过没有记录" if look.handling.is_past else _sum(list(contacts.values()))
    return Progress(line, tuple(entry for entry in entries if entry is not None))


def _sum(contacts: list[Contact]) -> str:
    met = [contact for contact in contacts if not contact.is_attempt]
    if not met:
        return "还没有联系过代表"
    confirmed = sum(1 for contact in met if contact.verdict == "confirmed")
    denied = sum(1 for contact in met if contact.verdict == "denied")
    parts = [f"联系{len(met)}次", f"代表已确认{confirmed}次" if confirmed else "", f"否认{denied}次" if denied else ""]
    return "，".join(part for part in parts if part)


def entry_of(look: Look, past: Past, contacts: Mapping[int, Contact]) -> Entry | None:
    """One event as it is told; None for what is told elsewhere, or not to this person."""
    if past.action is Action.RECORD_CONTACT:
        return _contact(look, contacts[past.seq])
    if past.action is Action.COMMENT and not look.sees_comments:
        return None
    if past.action not in TELL:
        return None
    kind, head, tell = TELL[past.action]
    asked_by = past.payload.get("answer_due_on")
    by = f"{spoken(date.fromisoformat(asked_by), look.today)}前回复" if asked_by else ""
    if past.action is Action.URGE:
        head = f"局长{URGING_FORMS[past.payload['form']]}"
    return Entry(
        kind=kind,
        head=head,
        time_iso=past.at.isoformat(timespec="minutes"),
        time_text=moment_text(past.at, look.today),
        who=(look.who(past),),
        text="\n".join(part for part in (*tell(past), by, *after_urging(look, past)) if part),
        links=tuple(_links(look, past)),
    )


def _contact(look: Look, contact: Contact) -> Entry:
    past = contact.past
    on = date.fromisoformat(past.payload["contacted_on"])
    words = past.payload
    ranked = CONTACT_RANKS.get(str(words.get("rank", "")))
    told = [
        f"{ranked}带队" if ranked else "",
        f"地点：{words['place']}" if words.get("place") else "",
        f"代表说：{words['asked']}" if words.get("asked") else "",
        f"商定：{words['agreed']}" if words.get("agreed") else "",
        f"代表说没有这回事：{contact.reason}" if contact.verdict == "denied" and contact.reason else "",
    ]
    verdict = "" if contact.is_attempt else CONTACT_VERDICTS[contact.verdict]
    stage = CONTACT_STAGES[look.facts.story.contact_stage(past)]
    return Entry(
        kind="plain" if contact.is_attempt or contact.verdict == "denied" else "met",
        head=f"{stage}：{CONTACT_FORMS[words['form']]}",
        time_iso=on.isoformat(),
        time_text=spoken(on, look.today),
        who=tuple(part for part in (str(words.get("people", "")), verdict) if part),
        text="\n".join(part for part in told if part),
        links=tuple(_links(look, past)),
    )


def _links(look: Look, past: Past) -> Iterator[tuple[str, str]]:
    if past.action in _GIVEN_ON and look.is_whole and look.facts.actor.role is Role.SUPERVISOR:
        for handling in look.case.handlings:
            if handling.unit.name == past.payload["unit_name"] and handling.id != look.handling.id:
                yield f"看{handling.unit.name}承办的这一件", look.url("cases.handling", id=handling.id)
    if look.sight is Sight.CO_UNIT or past.action not in _WITH_FILES:
        return
    digests = [str(file["sha256"]) for file in past.payload.get("files", ())]
    for file in look.files(digests):
        yield file.name, look.url("files.file", id=file.id)
