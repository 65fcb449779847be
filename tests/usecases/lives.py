"""Random lives: people who do whatever the tables let them, in any order, and people who bring any case to its end."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from suggestions import clock
from suggestions.domain import lifecycle, rules
from suggestions.domain.actions import Action as A
from suggestions.domain.errors import DomainError
from suggestions.domain.facts import Facts
from suggestions.domain.lifecycle import Field, Kind, Step
from suggestions.domain.states import FINAL, HandlingState, Life, State
from suggestions.extensions import db
from suggestions.models import CoHandling
from suggestions.models.case import load_case, suggestion_id_of
from suggestions.practice.play import Play
from suggestions.usecases import ticking
from suggestions.usecases.choices import NO_CO_UNIT, options
from suggestions.usecases.filing import Upload
from suggestions.usecases.judging import facts_for, state_of

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fea7356081"
    "0000000049454e44ae426082"
)

# These give the case to people who are not in the cast; tests/usecases/test_assignment.py follows it there.
AWAY = (A.REASSIGN, A.GRANT_RETURN, A.TRANSFER)


@dataclass(frozen=True)
class Attempt:
    """One try: who, what, where the row stood, and where it stood afterwards; `refusal` when it did not move."""

    life: Life
    action: A
    who: str
    before: State
    after: State | None
    refusal: DomainError | None


@dataclass
class Lives:
    """One case of 区民政局 in the hands of people who may do anything."""

    play: Play
    number: str
    dice: random.Random
    people: tuple[str, ...]
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.play.handling(self.number).id

    def co_handlings(self) -> list[CoHandling]:
        return list(db.session.scalars(select(CoHandling).where(CoHandling.handling_id == self.id)))

    def state(self) -> HandlingState:
        return self.play.handling(self.number).state

    def facts(self, life: Life, target: int, who: str) -> Facts:
        with clock.pinned(self.play.moment):
            case = load_case(db.session(), suggestion_id_of(db.session(), life, target))
            return facts_for(case, self.play.actor(who), life, target)

    def some_step(self) -> Attempt:
        """Somebody tries something that the tables name, in the right state or not."""
        rows = [(Life.HANDLING, self.id), *((Life.CO_HANDLING, co.id) for co in self.co_handlings())]
        life, target = self.dice.choice(rows)
        who = self.dice.choice(self.people)
        facts = self.facts(life, target, who)
        taken = [s for s in lifecycle.TABLES[life] if s.origins and rules.system not in s.who and s.action not in AWAY]
        mine = [s for s in taken if lifecycle.may_take(s, facts) and state_of(facts, life) in s.origins]
        step = self.dice.choice(mine if mine and self.dice.random() < 0.85 else taken)
        return self.attempt(life, target, who, step)

    def attempt(self, life: Life, target: int, who: str, step: Step, words: Mapping[str, Any] | None = None) -> Attempt:
        """One try with plausible words; every outcome is kept."""
        facts = self.facts(life, target, who)
        before, refusal = state_of(facts, life), None
        try:
            self.play.step(life, target, who, step.action, words or self.fill(step.asks, facts))
        except DomainError as error:
            db.session.rollback()
            refusal = error
        after = None if refusal else state_of(self.facts(life, target, who), life)
        self.attempts.append(Attempt(life, step.action, who, before, after, refusal))
        return self.attempts[-1]

    def fill(self, asks: tuple[Field, ...], facts: Facts) -> dict[str, Any]:
        """Words that a person might write into this form."""
        return {ask.name: self._word(ask, facts) for ask in asks}

    def _word(self, ask: Field, facts: Facts) -> Any:
        match ask.kind:
            case Kind.DATE:
                return self.play.moment.date().isoformat()
            case Kind.FLAG:
                return "1"
            case Kind.FILES:
                return [Upload("照片.png", PIXEL)]
            case Kind.CHOICE:
                codes = [code for code, _ in self._options(ask.source, facts)]
                return self.dice.choice(codes) if codes else ""
            case Kind.CHOICES:
                codes = [code for code, _ in self._options(ask.source, facts) if code != NO_CO_UNIT]
                return [self.dice.choice(codes)] if codes and self.dice.random() < 0.3 else [NO_CO_UNIT]
            case Kind.ROWS:
                return list(self._rows(ask, facts))
        return f"{ask.label}：已经核实，{self.dice.randint(2, 90)}处。"

    def _options(self, source: str, facts: Facts) -> list[tuple[str, str]]:
        with clock.pinned(self.play.moment):
            return list(options(source, facts))

    def _rows(self, ask: Field, facts: Facts) -> Iterator[dict[str, Any]]:
        sources = {column.name: column.source for column in ask.columns if column.kind is Kind.CHOICE}
        leading = next((name for name, source in sources.items() if source in ("requests", "co_handlings")), "")
        keys = [code for code, _ in self._options(sources[leading], facts)] if leading else ["1", "2"]
        if ask.name == "not_promises":
            return
        for key in keys:
            yield {c.name: key if c.name == leading else self._word(c, facts) for c in ask.columns}

    def to_the_end(self) -> None:
        """Ordinary people, each doing their own part, bring the case to its end from wherever it stands."""
        for _ in range(12):
            if self.state() in FINAL:
                return
            for who, life, target, action in self._help():
                facts = self.facts(life, target, who)
                rows = [s for s in lifecycle.rows(life, action) if state_of(facts, life) in s.origins]
                rows = [s for s in rows if lifecycle.may_take(s, facts)]
                if rows:
                    self.attempt(life, target, who, rows[0], self._sense(action, facts))
                if self.state() in FINAL:
                    return
            self.play.go_to(self.play.moment.date() + timedelta(days=1))
            with clock.pinned(self.play.moment):
                ticking.tick()

    def _sense(self, action: A, facts: Facts) -> dict[str, Any] | None:
        """Words chosen with sense where any words would not do."""
        if action is A.OPEN_ORIGINAL:
            opened = facts.story.opened_files(facts.actor.person_id, facts.of_handling.round)
            left = [f.sha256 for f in facts.of_suggestion.files if f.sha256 not in opened]
            return {"sha256": (left or [facts.of_suggestion.files[0].sha256])[0]}
        if action is A.RECORD_CONTACT:
            return {"form": "visit", "contacted_on": self.play.moment.date().isoformat(), "people": "承办人"}
        if action is A.ENDORSE:
            return {"kind": "secrecy", "opinion": "不涉密。"}
        if action is A.DISPATCH:
            number = f"云山民政函〔2026〕{self.dice.randint(1000, 10**9)}号"
            return {"document_number": number, "delivery": "in_person", "has_receipt_form": "1"}
        if action in (A.RATE, A.CORRECT_RATING):
            scores = [{"request_no": str(n + 1), "score": "satisfied"} for n in range(len(facts.story.requests))]
            return {"scores": scores, "attitude": "satisfied", "result": "satisfied", "overall": "satisfied"}
        if action is A.DRAFT_REPLY:
            return self._letter(facts)
        return None

    def _letter(self, facts: Facts) -> dict[str, Any]:
        cos = [code for code, _ in self._options("co_handlings", facts)]
        day = self.play.moment.date().isoformat()
        return {
            "opening": "您提出的建议收悉，答复如下：",
            "answers": [
                {"request_no": str(n + 1), "text": "已经办成。", "result_class": "A", "proof": "批复", "done_on": day}
                for n in range(len(facts.story.requests))
            ],
            "passages": [{"co_handling": code, "text": "已核定两处。"} for code in cos],
            "closing": "感谢关心。",
            "result_class": "A",
            "publication": "proactive",
        }

    def _help(self) -> Iterator[tuple[str, Life, int, A]]:
        handler = self._handler()
        own = [("clerk", A.RECEIVE), *[("director", A.OPEN_ORIGINAL)] * 3, ("director", A.READ_ORIGINAL)]
        own += [("director", A.RETRACT_RETURN)]
        own += [(handler, A.SPLIT_REQUESTS), (handler, A.SUBMIT_PLAN), ("director", A.APPROVE_PLAN)]
        own += [(handler, A.RECORD_CONTACT), ("director", A.URGE)]
        yield from ((who, Life.HANDLING, self.id, action) for who, action in own)
        for co in self.co_handlings():
            there = co.unit.name
            yield f"handler@{there}", Life.CO_HANDLING, co.id, A.GIVE_CO_OPINION
            yield f"director@{there}", Life.CO_HANDLING, co.id, A.RELEASE_CO_OPINION
            yield handler, Life.CO_HANDLING, co.id, A.ACCEPT_CO_OPINION
        yield handler, Life.HANDLING, self.id, A.DRAFT_REPLY
        yield "reviewer", Life.HANDLING, self.id, A.ENDORSE
        for co in self.co_handlings():
            yield f"handler@{co.unit.name}", Life.CO_HANDLING, co.id, A.COUNTERSIGN
        lead = self.people[-1]
        rest = [(handler, A.SUBMIT_REPLY), ("director", A.SIGN_REPLY), ("reviewer", A.ENDORSE), ("clerk", A.DISPATCH)]
        rest += [
            (lead, A.RATE),
            (lead, A.OPEN_RATING),
            ("supervisor", A.ORDER_REDO),
            ("supervisor", A.CONCLUDE_DISPUTE),
        ]
        rest += [("director", A.COORDINATE), *[(handler, A.FULFIL_PROMISE)] * 4, ("director", A.CLOSE)]
        yield from ((who, Life.HANDLING, self.id, action) for who, action in rest)

    def _handler(self) -> str:
        handling = self.play.handling(self.number)
        return str(handling.handler.username) if handling.handler else "handler"
