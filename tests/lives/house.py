"""The real house beside the model: the same people, the same step through the same door, and what stands there then."""

from collections import Counter
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import func, select, update

from suggestions import clock
from suggestions.domain import chain, lifecycle, shown
from suggestions.domain.actions import Action
from suggestions.domain.errors import DomainError, Missing
from suggestions.domain.facts import Actor
from suggestions.domain.guards import SEAL_ACTIONS
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Person, Post, Promise, Suggestion, Unit
from suggestions.models.actors import actor_of
from suggestions.models.case import load_case
from suggestions.models.event import case_chain
from suggestions.queries.case_page import case_page
from suggestions.queries.deputy_page import deputy_page
from suggestions.queries.looking import Reader
from suggestions.queries.verification import _record
from suggestions.usecases import intake, office, ticking
from suggestions.usecases.accounts import Presence
from suggestions.usecases.filing import Upload
from suggestions.usecases.judging import facts_for, state_of
from suggestions.usecases.step import take
from tests.conftest import EMPTY, TEMPLATES
from tests.lives import world as model
from tests.lives.trying import Try
from tests.lives.words import PHOTO
from tests.web.visitor import PASSWORD

LIVES = "lives"
FIRST_DAY = date(2026, 2, 10)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fea7356081"
    "0000000049454e44ae426082"
)
UNITS = {"区民政局": True, "区财政局": True, "区住房城乡建委": True, "区委组织部": False}
UNREVIEWED = "区住房城乡建委"
DEPUTIES = ("陈立群", "刘素芬", "杨秀英", "邓小红", "周志强")
OFFICES = {
    "supervisor": "supervisor",
    "supervisor2": "supervisor",
    "inspector": "inspector",
    "auditor": "auditor",
    "secadmin": "secadmin",
}
NEWCOMERS = tuple(f"new{n}@{unit}" for unit in UNITS for n in range(3))


def furnish() -> None:
    """Four units with their people, one of them without a reviewer; deputies, the offices above, and newcomers."""

    def create(username: str) -> Person:
        return office.create_user(username, username=username, password=PASSWORD)

    for name, is_government in UNITS.items():
        unit = office.register_unit(name, is_government=is_government)
        for post in ("director", "handler", "handler2", "reviewer", "clerk"):
            role = Role(post.rstrip("2"))
            if post == "reviewer" and name == UNREVIEWED:
                continue
            kinds = ("secrecy",) if role is Role.REVIEWER else ()
            office.appoint(create(f"{post}@{name}"), role, unit=unit, endorsement_kinds=kinds)
    for name in DEPUTIES:
        office.appoint(create(name), Role.DEPUTY)
    for name, post in OFFICES.items():
        office.appoint(create(name), Role(post))
    for name in NEWCOMERS:
        create(name)


TEMPLATES[LIVES] = (EMPTY, furnish)


class House:
    """One copy of the house, on its own clock."""

    def __init__(self) -> None:
        self.moment = datetime.combine(FIRST_DAY, time(8, 40), clock.CHINA)

    def world(self) -> model.World:
        """The model of the house as it was furnished."""
        units = {u.name: model.Unit(u.name, u.id, u.is_government) for u in db.session.scalars(select(Unit))}
        people = {}
        for person in db.session.scalars(select(Person)):
            for post in person.posts:
                unit = post.unit.name if post.unit else ""
                people[person.name] = model.Person(person.name, person.id, str(post.role), unit)
        return model.World(FIRST_DAY, people, units, [])

    def go_to(self, day: date) -> None:
        """Another day begins with the tick."""
        self.moment = datetime.combine(day, time(8, 40), clock.CHINA)
        with clock.pinned(self.moment):
            ticking.tick()

    def draft(self, lead: str, title: str, ruled_by: str) -> int:
        """A deputy begins a suggestion with one file, under the rules of this place where one is named."""
        content, files = "为此，建议：\n一、增设充电棚。\n二、明码标价。", [Upload("原件.png", PIXEL)]
        words = {"title": title, "content": content, "files": files}
        with clock.pinned(self._later()):
            id = intake.draft(by=self.actor(lead), words=words)
        if ruled_by:
            db.session.execute(update(Suggestion).where(Suggestion.id == id).values(rulebook=ruled_by))
            db.session.commit()
        return id

    def _later(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment

    def actor(self, name: str) -> Actor:
        """The person with the hat they wear."""
        posts = db.session.scalars(select(Post).join(Post.person).where(Person.username == name).order_by(Post.id))
        return actor_of(posts.all()[-1])

    def appoint(self, name: str, unit: str, from_on: date, to_on: date | None, *, is_acting: bool) -> None:
        """Give a unit a director, or somebody who stands in."""
        with clock.pinned(self._later()):
            person = db.session.scalars(select(Person).where(Person.username == name)).one()
            of = db.session.scalars(select(Unit).where(Unit.name == unit)).one()
            office.appoint(
                person,
                Role.DIRECTOR,
                unit=of,
                from_on=from_on,
                to_on=to_on,
                is_acting=is_acting,
                document="云委〔2026〕1号",
            )

    def leave(self, name: str, last: date) -> None:
        """End a post."""
        with clock.pinned(self._later()):
            post = db.session.scalars(select(Post).join(Post.person).where(Person.username == name)).one()
            office.end_post(post, to_on=last)

    def take(self, t: Try) -> int:
        """Take the step through the door; 0, or the number of the refusal."""
        with clock.pinned(self._later()):
            try:
                self._take(t)
            except DomainError as refusal:
                db.session.rollback()
                return refusal.status
            finally:
                db.session.expire_all()
        return 0

    def _take(self, t: Try) -> None:
        life, action = Life(t.life), Action(t.action)
        words = {name: self._said(said, t) for name, said in t.words.items() if name != "edits"}
        edits = {"closing": t.words["edits"]} if t.words.get("edits") else None
        by, target = self.actor(t.who), t.row.id
        facts = facts_for(load_case(db.session(), t.case.id), by, life, target, words=edits)
        mine = [row for row in lifecycle.rows(life, action) if lifecycle.may_take(row, facts)]
        here = next((row for row in mine if state_of(facts, life) in row.origins), None)
        binds = here.binds if here else None
        seen = "" if t.is_unseen else shown.content_hash(binds, facts) if binds else None
        take(
            life,
            action,
            target,
            by=by,
            words=words,
            edits=edits,
            version=t.row.version - t.is_stale,
            content_hash="0" * 64 if t.is_unseen else seen,
            presence=Presence(current_app.config["PRACTICE_PASSWORD"]) if t.has_proof else None,
        )

    def _said(self, said: Any, t: Try) -> Any:
        if said == [PHOTO]:
            return [Upload("照片.png", PIXEL)]
        if said == "original":
            case = load_case(db.session(), t.case.id)
            return next(file.sha256 for file in case.files if file.is_original)
        return said

    def page(self, who: str, case_id: int, handling_id: int) -> str | None:
        """All that a person's page of a handling says; None where it is not there for them."""
        with clock.pinned(self.moment):
            actor = self.actor(who)
            reader = Reader(actor, self.moment, lambda endpoint, **values: f"{endpoint} {values}")
            try:
                if actor.role is Role.DEPUTY:
                    return str(asdict(deputy_page(db.session(), load_case(db.session(), case_id), reader)))
                return str(asdict(case_page(db.session(), handling_id, reader)))
            except Missing:
                return None

    def learn(self, world: model.World) -> None:
        """Tell the model the ids of what was born."""
        for case in world.cases:
            query = select(Handling.id).where(Handling.suggestion_id == case.id).order_by(Handling.id)
            for handling, id in zip(case.handlings, db.session.scalars(query), strict=True):
                handling.id = id
            for handling in case.handlings:
                self._learn(handling)

    def _learn(self, handling: model.Handling) -> None:
        query = select(CoHandling.id, Unit.name).join(Unit).where(CoHandling.handling_id == handling.id)
        ids = {unit: id for id, unit in db.session.execute(query).all()}
        for co in handling.cos:
            co.id = ids.get(co.unit, 0)
        numbers = select(Promise.number, Promise.id).where(Promise.handling_id == handling.id)
        known = {promise.number: promise.id for promise in db.session.execute(numbers)}
        for promise in handling.promises:
            promise.id = known[promise.number]

    def reminders(self, case_id: int) -> int:
        """How often the system reminded somebody of a case."""
        query = select(func.count()).where(Event.chain == case_chain(case_id), Event.action == "remind")
        return db.session.scalar(query) or 0

    def stands(self, case_id: int) -> dict[str, Any]:
        """What stands of a case, in the words of the model."""
        case = load_case(db.session(), case_id)
        found: dict[str, Any] = {"suggestion": _of_suggestion(case.suggestion)}
        found["cosigners"] = {c.person.name: c.confirmed_at is not None for c in case.cosigners}
        lives = ("handling" if event.action == "remind" else event.life for event in case.events)
        found["events"] = Counter(zip(lives, (event.action for event in case.events), strict=True))
        for row in case.handlings:
            story, round = case.story(row.id), row.round
            seals = {(r, str(s)) for r in range(1, round + 1) for s, a in SEAL_ACTIONS.items() if story.earned(a, r)}
            found[f"handling {row.id}"] = (*_of_handling(row), frozenset(seals), story.is_rating_open(round))
        for co in case.co_handlings:
            found[f"co {co.id}"] = (
                str(co.state),
                co.version,
                co.unit.name,
                co.handling_id,
                co.is_own_invitation,
                co.due_on,
            )
        for p in case.promises:
            mood = (p.is_open, p.released_on is not None, p.rating_due_on is not None, p.reopened)
            found[f"promise {p.id}"] = (p.handling_id, p.number, p.due_on.isoformat(), p.measure, *mood)
        return found

    def is_unbroken(self, case_id: int) -> bool:
        """Whether the chain of a case holds, and every seal in it was taken by who held the post that day."""
        query = select(Event).where(Event.chain == case_chain(case_id)).order_by(Event.seq)
        events = list(db.session.scalars(query))
        held = all(_held_the_post(event) for event in events if Action(event.action) in SEAL_ACTIONS.values())
        return held and chain.check([_record(event) for event in events]) is None


def _held_the_post(event: Event) -> bool:
    posts = select(Post).where(
        Post.person_id == event.actor_id, Post.unit_id == event.unit_id, Post.role == Role.DIRECTOR
    )
    mine = [post for post in db.session.scalars(posts) if post.is_held_on(event.on)]
    others = select(Post).where(Post.unit_id == event.unit_id, Post.is_acting, Post.person_id != event.actor_id)
    away = any(post.is_held_on(event.on) for post in db.session.scalars(others))
    return bool(mine) and not away and event.proof == "password"


def _of_suggestion(row: Suggestion) -> tuple[Any, ...]:
    lead = row.lead.name if row.lead else ""
    return str(row.state), row.version, lead, row.is_lead_gone, row.is_cross_year, row.merged_into_id


def _of_handling(row: Handling) -> tuple[Any, ...]:
    handler = row.handler.name if row.handler else ""
    return (
        str(row.state), row.version, row.unit.name, row.round, handler, row.part, row.extended_months,
        row.extension_asked_on is not None, row.reply_due_on, row.result_class or "",
    )  # fmt: skip


def told(case: model.Case) -> dict[str, Any]:
    """What stands of a case according to the model."""
    into = case.into.id if case.into else None
    found: dict[str, Any] = {
        "suggestion": (case.state, case.version, case.lead, case.is_lead_gone, case.is_cross_year, into),
        "cosigners": dict(case.cosigners),
        "events": Counter(case.events),
    }
    for h in case.handlings:
        is_open = any(r.is_open for r in h.ratings if r.round == h.round)
        found[f"handling {h.id}"] = (
            h.state, h.version, h.unit, h.round, h.handler, h.part, h.extended, bool(h.asked_months), h.reply_due_on,
            h.result_class, frozenset(h.seals), is_open,
        )  # fmt: skip
        for co in h.cos:
            found[f"co {co.id}"] = (co.state, co.version, co.unit, h.id, co.is_own, co.due_on)
        for p in h.promises:
            mood = (p.is_open, p.is_released, p.is_to_rate, p.reopened)
            found[f"promise {p.id}"] = (h.id, p.number, p.due_on, p.measure, *mood)
    return found
