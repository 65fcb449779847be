"""Takes a practice case from receipt to close, one stage at a time, and knocks at the door in every wrong way."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy import event, func, select

from suggestions import clock
from suggestions.domain import lifecycle, shown
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.lifecycle import Binding
from suggestions.domain.states import HandlingState, Life
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, File, Handling, LoginAttempt, Notice, Person, Promise, Suggestion
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.usecases.accounts import Presence
from suggestions.usecases.judging import facts_for
from suggestions.usecases.step import Taken, take
from tests.conftest import HOUSE, TEMPLATES
from tests.databases import COPY
from tests.web.visitor import PASSWORD

BUREAU = "区民政局"
USUAL_DAY = date(2026, 2, 10)
STAGES = (
    *("received", "read", "planned", "approved", "worked", "drafted", "submitted", "signed", "dispatched"),
    *("rated", "followed", "coordinated", "closed"),
)
WORTH_IT = STAGES.index("planned")
"""Below this stage walking is as quick as a copy."""
SATISFIED = "satisfied"


@dataclass(frozen=True)
class Snapshot:
    """Everything that a refused step must leave as it was."""

    events: int
    notices: int
    handling: tuple[HandlingState, int]
    head: tuple[int, str]
    co_handlings: tuple[tuple[str, int], ...]


@dataclass
class Walk:
    """One case of 区民政局 with its director, handler, clerk and lead deputy."""

    play: Play
    number: str = "010"
    lead: str = "邓小红"
    stages: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.play.handling(self.number).id

    def do(self, who: str, action: A, **words: Any) -> Taken:
        return self.play.handle(self.number, who, action, **words)

    def opened(self) -> None:
        id = self.play.suggestion(self.number).id
        digests = db.session.scalars(select(File.sha256).where(File.suggestion_id == id, File.is_original))
        for sha256 in digests.all():
            self.do("director", A.OPEN_ORIGINAL, sha256=sha256)

    def received(self) -> None:
        self.do("clerk", A.RECEIVE)

    def read(self) -> None:
        self.opened()
        self.do("director", A.READ_ORIGINAL, remark="先把便民点立起来。", handler=self.person("handler"))

    def planned(self) -> None:
        asked = self.play.suggestion(self.number).asked
        self.do("handler", A.SPLIT_REQUESTS, requests=[{"text": text} for text in asked])
        self.replanned()

    def replanned(self, hardest: str = "办公用房") -> None:
        measures = [
            {"request_no": str(number), "measure": "办", "owner": "韩冬梅", "due_on": self.today.isoformat()}
            for number in range(1, self.requests + 1)
        ]
        self.do("handler", A.SUBMIT_PLAN, measures=measures, hardest=hardest, co_units=["none"])

    def approved(self) -> None:
        self.do("director", A.APPROVE_PLAN, remark="最难的是办公用房，我去谈。")

    def worked(self) -> None:
        self.pressed()
        for co in self.co_handlings():
            self.answer(co, f"handler@{co.unit.name}", A.GIVE_CO_OPINION, opinion="已核定两处，共620平方米。")
            self.answer(co, f"director@{co.unit.name}", A.RELEASE_CO_OPINION)
            self.answer(co, "handler", A.ACCEPT_CO_OPINION)

    def pressed(self) -> None:
        on = self.today.isoformat()
        self.do("handler", A.RECORD_CONTACT, form="visit", contacted_on=on, place="镇上", rank="head", people="韩冬梅")
        self.do("director", A.URGE, form="urge", remark="选址没有动静", demand="明天回", answer_due_on=on)

    def written(self, closing: str = "感谢您的关心。") -> None:
        cos = self.co_handlings()
        answers = [
            {"request_no": str(number), "text": "已经办成。", "result_class": "A", "proof": "批复"}
            for number in range(1, self.requests + 1)
        ]
        self.do(
            "handler",
            A.DRAFT_REPLY,
            opening="您提出的建议收悉，现答复如下：",
            answers=answers,
            passages=[{"co_handling": str(co.id), "text": "已核定两处。"} for co in cos],
            closing=closing,
            result_class="A",
            publication="proactive",
        )

    def drafted(self, closing: str = "感谢您的关心。") -> None:
        self.written(closing)
        self.do("reviewer", A.ENDORSE, kind="secrecy", opinion="可公开")
        for co in self.co_handlings():
            self.answer(co, f"handler@{co.unit.name}", A.COUNTERSIGN)

    def submitted(self) -> None:
        self.do("handler", A.SUBMIT_REPLY)

    def signed(self) -> None:
        self.do("director", A.SIGN_REPLY, remark="属实，发。")

    def dispatched(self, document_number: str = "云山民政函〔2026〕1号") -> None:
        words = {"document_number": document_number, "delivery": "in_person", "has_receipt_form": "1"}
        self.do("clerk", A.DISPATCH, **words)

    def rated(self, overall: str = SATISFIED, reason: str = "") -> None:
        self.do(self.lead, A.RATE, **self.rating(overall, reason))

    def rating(self, overall: str = SATISFIED, reason: str = "") -> dict[str, Any]:
        scores = [{"request_no": str(number), "score": SATISFIED} for number in range(1, self.requests + 1)]
        return {"scores": scores, "attitude": SATISFIED, "result": SATISFIED, "overall": overall, "reason": reason}

    def followed(self) -> None:
        self.do(self.lead, A.OPEN_RATING)

    def coordinated(self) -> None:
        self.do("director", A.COORDINATE, with_whom="区住房城乡建委", remark="定了用房", checked="看了两处")

    def closed(self) -> None:
        self.do("director", A.CLOSE, conclusion="办结。")

    def until(self, last: str) -> "Walk":
        """Go on to the named stage, with every stage before it."""
        if not self._begin_from(last):
            for stage in STAGES[len(self.stages) : STAGES.index(last) + 1]:
                getattr(self, stage)()
                self.stages.append(stage)
        return self

    def _begin_from(self, last: str) -> bool:
        """Where nothing has happened yet, begin in a house whose case went this way already."""
        copy, usual = current_app.extensions.get(COPY), Walk(Play(USUAL_DAY))
        is_usual = (self.number, self.stages, self.play.moment) == (usual.number, usual.stages, usual.play.moment)
        is_worth_it = STAGES.index(last) >= WORTH_IT
        if not (is_usual and is_worth_it and copy and copy.template == HOUSE and not copy.is_written) or list(
            db.session
        ):
            return False
        copy.begin_from(template_until(last))
        self.stages = list(STAGES[: STAGES.index(last) + 1])
        self.play.moment = self.last_at()
        return True

    def last_at(self) -> datetime:
        """When the last step of the case was taken."""
        query = select(Event.at).where(Event.suggestion_id == self.play.suggestion(self.number).id)
        return db.session.scalars(query.order_by(Event.seq.desc()).limit(1)).one().astimezone(clock.CHINA)

    def answer(self, co: CoHandling, who: str, action: A, **words: Any) -> Taken:
        return self.play.step(Life.CO_HANDLING, co.id, who, action, words)

    def co_handlings(self) -> list[CoHandling]:
        return list(db.session.scalars(select(CoHandling).where(CoHandling.handling_id == self.id)))

    @property
    def requests(self) -> int:
        return len(self.play.suggestion(self.number).asked)

    @property
    def today(self) -> date:
        return self.play.moment.date()

    def person(self, username: str) -> str:
        return str(db.session.scalars(select(Person.id).where(Person.username == username)).one())

    @contextmanager
    def clock(self) -> Iterator[None]:
        """The clock of the play, held."""
        with clock.pinned(self.play.moment):
            yield

    def facts(self, who: str, life: Life = Life.HANDLING, target_id: int | None = None) -> Facts:
        case = load_case(db.session(), self.play.suggestion(self.number).id)
        with self.clock():
            return facts_for(case, self.play.actor(who), life, target_id or self.id)

    def seen(self, action: A, who: str = "director") -> str | None:
        """The hash of what this person's form shows now."""
        binds = next(step.binds for step in lifecycle.rows(Life.HANDLING, action))
        return shown.content_hash(binds, self.facts(who)) if binds else None

    def hash_of(self, binding: Binding) -> str:
        return shown.content_hash(binding, self.facts("director"))

    def knock(
        self,
        action: A,
        words: Mapping[str, Any],
        *,
        who: str = "director",
        by: Actor | None = None,
        password: str | None = PASSWORD,
        version: int | None = None,
        content_hash: str | None = None,
        key: str | None = None,
    ) -> Taken:
        """Take a step with exactly these things in hand, at the play's moment."""
        with self.clock():
            return take(
                Life.HANDLING,
                action,
                self.id,
                by=by or self.play.actor(who),
                words=words,
                version=version,
                content_hash=content_hash,
                presence=None if password is None else Presence(password),
                key=key,
            )

    def snapshot(self) -> Snapshot:
        db.session.rollback()
        db.session.expire_all()
        handling, suggestion = self.play.handling(self.number), self.play.suggestion(self.number)
        return Snapshot(
            events=count(Event),
            notices=count(Notice),
            handling=(handling.state, handling.version),
            head=(suggestion.chain_seq, suggestion.chain_hash),
            co_handlings=tuple((co.state, co.version) for co in self.co_handlings()),
        )

    def version(self) -> int:
        db.session.expire_all()
        return self.play.handling(self.number).version


def template_until(last: str) -> str:
    """The template of a house whose case has gone to a stage, each made from the one before."""
    at = STAGES.index(last)
    TEMPLATES.setdefault(f"until_{last}", (template_until(STAGES[at - 1]) if at else HOUSE, partial(_go_on, at)))
    return f"until_{last}"


def _go_on(at: int) -> None:
    walk = Walk(Play(USUAL_DAY), stages=list(STAGES[:at]))
    if at:
        walk.play.moment = walk.last_at()
    getattr(walk, STAGES[at])()


def count(model: type[Event | Notice | LoginAttempt | Suggestion | Handling | Person | Promise | File]) -> int:
    """How many rows there are."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@contextmanager
def counted() -> Iterator[dict[str, int]]:
    """Counts what the database is asked inside: statements and commits that had something to write."""
    found = {"statements": 0, "commits": 0}

    def on_statement(*_args: Any) -> None:
        found["statements"] += 1

    def on_commit(_connection: Any) -> None:
        found["commits"] += 1

    engine = db.engine
    event.listen(engine, "before_cursor_execute", on_statement)
    event.listen(engine, "commit", on_commit)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", on_statement)
        event.remove(engine, "commit", on_commit)
