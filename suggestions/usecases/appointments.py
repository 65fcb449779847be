"""Appointments: most take effect at once, a director's when a second person confirms it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select

from suggestions import clock
from suggestions.documents import safety, store
from suggestions.documents.safety import MediaType
from suggestions.domain import rulebook
from suggestions.domain.errors import Invalid, Missing, NotAllowed, Stale
from suggestions.domain.facts import SYSTEM, Actor
from suggestions.domain.labels import ROLES
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.extensions import db
from suggestions.models import Appointment, AppointmentState, Person, Post, Unit
from suggestions.usecases import office, outbox
from suggestions.usecases.filing import Upload
from suggestions.usecases.office import refuse_self
from suggestions.usecases.transaction import use_case

CONFIRMERS = frozenset({Role.SECADMIN, Role.SUPERVISOR})
"""Who may be the second person: another security administrator, or the congress's deputies office."""
SCANS = frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG})
"""What a scan may be: what a browser shows in the page."""
_COMMAND_LINE = "命令行"
_DECIDED = {
    AppointmentState.CONFIRMED: "已经确认了这项任命",
    AppointmentState.REFUSED: "没有同意这项任命",
    AppointmentState.WITHDRAWN: "已经撤回了这项任命",
}


@dataclass(frozen=True)
class Standin:
    """On what paper somebody stands in for a director (主持工作): its number and its scan."""

    document: str
    scan: Upload | None


@use_case
def grant(
    person: Person,
    role: Role,
    *,
    unit: Unit | None = None,
    title: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
    endorsement_kinds: Sequence[str] = (),
    standin: Standin | None = None,
    by: Actor = SYSTEM,
) -> Post | Appointment:
    """Give a post at once, or propose a director's for a second person to confirm; Invalid when it cannot be held.

    With `standin` the person leads the unit from one day to another (主持工作), on a document with its scan; this too
    waits for the second person. Only while nobody holds or held any post, at the first run, a director is appointed
    directly.
    """
    refuse_self(person.id, by)
    unit = unit if role in UNIT_ROLES else None
    kinds = endorsement_kinds if role is Role.REVIEWER else ()
    known = rulebook.load(current_app.config["RULEBOOK"], clock.today()).endorsements
    if role is Role.REVIEWER and not (kinds and set(kinds) <= set(known)):
        raise Invalid("没有任职。", {"endorsement_kinds": "请至少选一种审核，否则审核人没有事可办。"})
    if not person.is_active:
        raise Invalid(f"{person.name}的账号停用了，先启用再任职。")
    is_first_run = db.session.scalar(select(Post.id).limit(1)) is None
    if standin is not None:
        _refuse_standin(standin, role, title, to_on)
    if role is Role.DIRECTOR and (standin or not is_first_run):
        start = from_on or clock.today()
        return _propose(person, unit, title=title, from_on=start, to_on=to_on, standin=standin, by=by)
    return office.appoint(
        person, role, unit=unit, title=title, from_on=from_on, to_on=to_on, endorsement_kinds=kinds, by=by
    )


def _refuse_standin(standin: Standin, role: Role, title: str, to_on: date | None) -> None:
    faults = {
        "is_acting": "只有局长这个岗位能由人主持工作。" if role is not Role.DIRECTOR else "",
        "title": "主持工作的，请写本人的职务，如“副局长”。" if not title else "",
        "to_on": "主持工作要写明到哪一天为止。" if to_on is None else "",
        "document": "请写批准主持工作的文件号。" if not standin.document else "",
        "scan": "请附文件的扫描件。" if standin.scan is None else "",
    }
    if any(faults.values()):
        raise Invalid("没有任职。", {name: fault for name, fault in faults.items() if fault})


def _keep_scan(scan: Upload | None) -> tuple[str, str]:
    if scan is None:
        return "", ""
    if safety.accept(scan.data, scan.name) not in SCANS:
        raise Invalid("没有任职。", {"scan": "扫描件请用PDF、JPG或PNG。"})
    return scan.name, store.keep(scan.data)


def _propose(
    person: Person,
    unit: Unit | None,
    *,
    title: str,
    from_on: date,
    to_on: date | None,
    standin: Standin | None,
    by: Actor,
) -> Appointment:
    office.refuse_post(person, Role.DIRECTOR, unit, from_on, to_on, is_acting=standin is not None)
    assert unit is not None
    same = select(Appointment.id).where(
        Appointment.state == AppointmentState.PROPOSED,
        Appointment.person_id == person.id,
        Appointment.unit_id == unit.id,
    )
    if db.session.scalar(same) is not None:
        raise Invalid(f"{person.name}任{unit.name}局长已经提出，正等第二个人确认。")
    scan_name, scan_sha256 = _keep_scan(standin.scan) if standin else ("", "")
    proposal = Appointment(
        person_id=person.id,
        unit_id=unit.id,
        role=Role.DIRECTOR,
        title=title or ROLES[Role.DIRECTOR],
        is_acting=standin is not None,
        document=standin.document if standin else "",
        scan_name=scan_name,
        scan_sha256=scan_sha256,
        from_on=from_on,
        to_on=to_on,
        proposed_by_id=None if by.role is Role.SYSTEM else by.person_id,
        proposed_by_name=_COMMAND_LINE if by.role is Role.SYSTEM else by.name,
        proposed_at=clock.now(),
    )
    db.session.add(proposal)
    db.session.flush()
    event = office.note(
        "propose_appointment",
        by,
        appointment=proposal.id,
        person=person.id,
        role=Role.DIRECTOR,
        unit=unit.id,
        from_on=from_on.isoformat(),
        to_on=to_on.isoformat() if to_on else None,
        **({"is_acting": True, "document": proposal.document, "scan": scan_sha256} if standin else {}),
    )
    db.session.flush()
    what = "主持工作" if proposal.is_acting else ""
    text = f"{proposal.proposed_by_name}提出由{person.name}任{unit.name}{proposal.title}{what}，请您确认。"
    outbox.tell(_second_persons(proposal), event, text=text, address=f"/appointments/{proposal.id}")
    return proposal


def _second_persons(proposal: Appointment) -> set[int]:
    today = clock.today()
    query = (
        select(Post.person_id)
        .join(Post.person)
        .where(
            Post.role.in_(CONFIRMERS),
            Post.from_on <= today,
            Post.to_on.is_(None) | (Post.to_on >= today),
            Person.is_active,
            Person.id.not_in([proposal.person_id, proposal.proposed_by_id or 0]),
        )
    )
    return set(db.session.scalars(query))


def _open(id: int) -> Appointment:
    proposal = db.session.scalar(
        select(Appointment).where(Appointment.id == id).with_for_update(),
        execution_options={"populate_existing": True},
    )
    if proposal is None:
        raise Missing()
    if proposal.state is not AppointmentState.PROPOSED:
        raise Stale(f"{proposal.decided_by_name}{_DECIDED[proposal.state]}，您不用再办。")
    return proposal


def _refuse_first_person(proposal: Appointment, by: Actor) -> None:
    if by.role not in CONFIRMERS:
        raise NotAllowed("任命由安全管理员或人代工委确认。")
    if by.person_id == proposal.proposed_by_id:
        raise NotAllowed("您提出的任命不能由您自己确认，请另一位安全管理员或人代工委确认。")
    if by.person_id == proposal.person_id:
        raise NotAllowed("对您本人的任命不能由您自己确认。")


def _decide(proposal: Appointment, state: AppointmentState, by: Actor, reason: str = "") -> None:
    proposal.state, proposal.reason = state, reason
    proposal.decided_by_id, proposal.decided_by_name, proposal.decided_at = by.person_id, by.name, clock.now()


@use_case
def confirm(id: int, *, by: Actor) -> Post:
    """Make a proposal a post, as the second person; Invalid when the post can no longer be held, Stale when decided."""
    proposal = _open(id)
    _refuse_first_person(proposal, by)
    if not proposal.person.is_active:
        raise Invalid(f"{proposal.person.name}的账号停用了，先启用再确认。")
    _decide(proposal, AppointmentState.CONFIRMED, by)
    post = office.appoint(
        proposal.person,
        proposal.role,
        unit=proposal.unit,
        title=proposal.title,
        from_on=proposal.from_on,
        to_on=proposal.to_on,
        is_acting=proposal.is_acting,
        document=proposal.document,
        by=by,
    )
    office.note("confirm_appointment", by, appointment=id, post=post.id, proposed_by=proposal.proposed_by_id)
    return post


@use_case
def refuse(id: int, *, reason: str, by: Actor) -> None:
    """Not agree to a proposal, as the second person and with a reason."""
    proposal = _open(id)
    _refuse_first_person(proposal, by)
    if not reason.strip():
        raise Invalid("没有办。", {"reason": "不同意要写明理由，提出的人看得到。"})
    _decide(proposal, AppointmentState.REFUSED, by, reason.strip()[:500])
    office.note("refuse_appointment", by, appointment=id, reason=proposal.reason)


@use_case
def withdraw(id: int, *, by: Actor) -> None:
    """Take a proposal back: who proposed it, or for one of the command line any security administrator."""
    proposal = _open(id)
    if by.role is not Role.SECADMIN or proposal.proposed_by_id not in (None, by.person_id):
        raise NotAllowed("任命由提出的人撤回。")
    _decide(proposal, AppointmentState.WITHDRAWN, by)
    office.note("withdraw_appointment", by, appointment=id)
