"""One life in both worlds at once: every step is judged by the model first, taken in the house, and compared."""

import random
from contextvars import Context
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient

from suggestions import clock
from suggestions.extensions import db
from suggestions.queries.verification import verify
from suggestions.usecases.recounting import verify_counts
from tests.lives import forms, law
from tests.lives import help as helping
from tests.lives.house import DEPUTIES, NEWCOMERS, House, told
from tests.lives.judge import Answer, judge
from tests.lives.then import stand
from tests.lives.then_more import tick
from tests.lives.trying import Try
from tests.lives.who import sees
from tests.lives.words import Writer
from tests.lives.world import FINAL, UNIT_ROLES, Case, Co, Handling, Person, World
from tests.web.visitor import Visitor

# Only the system takes these, or a rulebook by which nobody lives here.
LEFT_OUT = {
    "draft", "import_handover", "complete", "begin", "lapse_rating", "terminate", "reinvite_co_opinion", "agree_withdrawal",
}  # fmt: skip
ACTIONS = sorted(action for action in [*forms.FORMS, *helping.PLAIN] if action not in LEFT_OUT)
OF_SUGGESTION = {
    "revise", "invite_cosigner", "cosign", "remove_cosigner", "submit", "return_for_revision", "decline", "assign",
    "merge", "unmerge", "mark_key", "plan_supervision", "report_supervision", "mark_cross_year", "add_unit", "change_lead", "talk_alone", "withdraw",
}  # fmt: skip
OF_CO = {
    "give_co_opinion", "return_co_opinion", "release_co_opinion", "accept_co_opinion", "send_back_co_opinion",
    "countersign", "dissent", "go_on_without", "cancel_co_opinion",
}  # fmt: skip


class Disagreement(AssertionError):
    """The house and the regulation do not say the same."""


@dataclass
class Life:
    """A house and its model, side by side."""

    app: Flask
    house: House = field(default_factory=House)
    writer: Writer = field(default_factory=Writer)
    log: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world: World = self.house.world()
        begun = (("关于充电棚的建议", DEPUTIES[0], ""), ("关于电动车充电的建议", DEPUTIES[1], law.CONSENTING))
        for title, lead, rulebook in begun:
            id = self.house.draft(lead, title, rulebook)
            self.world.cases.append(Case(id, title, lead, events=[("suggestion", "draft")], rulebook=rulebook))

    # What can be tried

    def rows(self, action: str) -> list[tuple[Case, Handling | None, Co | None]]:
        """Every row that an action could be tried on."""
        handlings = [(case, h) for case in self.world.cases for h in case.handlings]
        if action in OF_SUGGESTION:
            return [(case, None, None) for case in self.world.cases]
        if action in OF_CO:
            return [(case, h, co) for case, h in handlings for co in h.cos]
        return [(case, h, None) for case, h in handlings]

    def people(self, t: Try) -> list[str]:
        """Those who have something to do with a row, and whoever presses, reads or leads."""
        units = {h.unit for h in t.case.handlings} | {co.unit for h in t.case.handlings for co in h.cos}
        found = [p.name for p in self.world.people.values() if p.unit in units or p.role not in UNIT_ROLES]
        return [name for name in found if self.world.people[name].from_on <= self.world.today]

    def tries(self, action: str) -> list[Try]:
        """Every way to try an action: each row with each person."""
        life = "suggestion" if action in OF_SUGGESTION else "co_handling" if action in OF_CO else "handling"
        rows = [Try(life, action, "", *row) for row in self.rows(action)]
        return [Try(t.life, action, who, t.case, t.handling, t.co) for t in rows for who in self.people(t)]

    def likely(self, action: str, dice: random.Random) -> Try | None:
        """A try that the model takes for possible, with its words; None when there is none now."""
        ways = self.tries(action)
        dice.shuffle(ways)
        for t in ways:
            if not self._begins(t):
                continue
            self.writer.fill(self.world, t, dice)
            if judge(self.world, t).refusal == 0:
                return t
        return None

    def hasty(self, action: str, dice: random.Random) -> None:
        """Whoever takes this step here tries it at once, whether or not everything is true that must be."""
        if ways := [t for t in self.tries(action) if self._begins(t)]:
            t = dice.choice(ways)
            self.writer.fill(self.world, t, dice)
            self.attempt(t)

    def _begins(self, t: Try) -> bool:
        return t.row.state in helping.begins(self.world, t)

    # What is done

    def attempt(self, t: Try) -> Answer:
        """Judge, take, compare."""
        said = judge(self.world, t)
        self.log.append(f"{self.world.today} {t.who} {t.action} {t.row.id} {t.row.state} -> {said}")
        ended = [row for row in self._rows() if row.state in FINAL]
        answer = self.house.take(t)
        if answer != said.refusal:
            raise Disagreement(f"the house says {answer}, the regulation {said}: {t}\n{self.story()}")
        if not said.refusal:
            self.done[t.action] = self.done.get(t.action, 0) + 1
            stand(self.world, t, said.target)
            if t.action == "assign":
                self.done[f"assign {len(t.words['main_units'])}"] = 1
        self.compare()
        for row in ended:
            if row.state not in FINAL and t.action not in ("reopen", "approve_plan"):
                raise Disagreement(f"{row} moved though it had ended")
        return said

    def compare(self) -> None:
        """Both worlds say the same of every case, and the records hold."""
        try:
            self.house.learn(self.world)
        except (ValueError, KeyError) as strange:
            raise Disagreement(f"what was born is not the same: {strange}\n{self.story()}") from strange
        for case in self.world.cases:
            real, said = self.house.stands(case.id), told(case)
            for name in real.keys() | said.keys():
                if real.get(name) != said.get(name):
                    here = f"{name} of case {case.id}:\nhouse {real.get(name)}\nmodel {said.get(name)}"
                    raise Disagreement(f"{here}\n{self.story()}")
            if not self.house.is_unbroken(case.id):
                raise Disagreement(f"the record of case {case.id} does not hold\n{self.story()}")

    def pass_days(self, days: int) -> None:
        """Days pass; the system does what is due."""
        day = self.world.today + timedelta(days=days)
        self.log.append(f"until {day}")
        self.house.go_to(day)
        self.world.today = day
        tick(self.world)
        for case in self.world.cases:
            # Reminders move nothing; they have tests of their own, and here only take their place in the record.
            case.events += [("handling", "remind")] * (
                self.house.reminders(case.id) - case.events.count(("handling", "remind"))
            )
        self.compare()

    def change_director(self, unit: str, days: int) -> None:
        """A newcomer becomes director tomorrow, or stands in for so many days (0: for good)."""
        today, tomorrow = self.world.today, self.world.today + timedelta(days=1)
        free = [name for name in NEWCOMERS if name not in self.world.people and name.endswith(unit)]
        if not free or self._is_stood_in(unit):
            return
        last = tomorrow + timedelta(days=days) if days else date.max
        old = next((p for p in self.world.people.values() if self._leads(p, unit)), None)
        if not days and old:
            self.house.leave(old.name, today)
            old.to_on = today
        self.house.appoint(free[0], unit, tomorrow, last if days else None, is_acting=bool(days))
        id = self.house.actor(free[0]).person_id
        self.world.people[free[0]] = Person(free[0], id, "director", unit, tomorrow, last, is_acting=bool(days))
        self.log.append(f"{free[0]} leads, {days}")
        self.done["stand in" if days else "new director"] = 1
        self.pass_days(1)

    def end_term(self, deputy: str) -> None:
        """A deputy's term is over; what they lead is theirs to follow to its end."""
        person = self.world.people[deputy]
        if person.serves(self.world.today + timedelta(days=1)):
            self.house.leave(deputy, self.world.today)
            person.to_on = self.world.today
            self.log.append(f"the term of {deputy} is over")
            self.done["term over"] = 1
            self.pass_days(1)

    def _leads(self, p: Person, unit: str) -> bool:
        return (p.unit, p.role) == (unit, "director") and not p.is_acting and p.serves(self.world.today)

    def _is_stood_in(self, unit: str) -> bool:
        return any(p.unit == unit and p.is_acting and p.to_on > self.world.today for p in self.world.people.values())

    # What is seen

    def look(self, who: str, case: Case, handling: Handling) -> None:
        """Somebody opens the case page: it opens or is not there, says whose turn it is, and keeps what is sealed."""
        t = Try("handling", "look", who, case, handling)
        if not self.world.people[who].serves(self.world.today) or self.world.people[who].role == "secadmin":
            return
        helping.read_pages(self, t)

    def open_pages(self) -> None:
        """Every kind of person opens every handling and its published letter: is it there, as the model says."""
        # What was read here would keep the browsers from logging in.
        db.session.rollback()
        handlings = [(case, h) for case in self.world.cases for h in case.handlings]
        units = {unit for _, h in handlings for unit in (h.unit, *(co.unit for co in h.cos))}
        people = [self.world.holder(unit, role) for unit in sorted(units) for role in ("director", "handler")]
        leads = [case.lead for case in self.world.cases]
        for who in filter(None, (*people, *leads, "inspector", "auditor", "supervisor")):
            codes = Context().run(self._visit, who, [h.id for _, h in handlings])
            for (case, h), code in zip(handlings, codes, strict=True):
                may = (sees(self.world, Try("handling", "look", who, case, h)), bool(h.published))
                expected = tuple(200 if each else 404 for each in may) if self.world.wears(who) else (0, 0)
                if code != expected:
                    raise Disagreement(f"{who} gets {code} for handling {h.id}, not {expected}\n{self.story()}")

    def _visit(self, who: str, handlings: list[int]) -> list[tuple[int, ...]]:
        """In a context of its own, so that nobody is somebody else; 0 for whoever is not let in at all."""
        with clock.pinned(self.house.moment):
            client = Visitor(self.app, who).client
            return [tuple(_code(client, f"/{page}/{id}") for page in ("handlings", "published")) for id in handlings]

    def end(self) -> None:
        """At the end the whole record holds, and every page opens."""
        self.open_pages()
        faults = (*verify().faults, *verify_counts().faults)
        if faults:
            raise Disagreement(f"{faults}\n{self.story()}")

    def story(self) -> str:
        """The last steps, for whoever looks into a disagreement."""
        return "\n".join(self.log[-40:])

    def _rows(self) -> list[Case | Handling | Co]:
        handlings = [h for case in self.world.cases for h in case.handlings]
        return [*self.world.cases, *handlings, *(co for h in handlings for co in h.cos)]


def _code(client: FlaskClient, path: str) -> int:
    answer = client.get(path, follow_redirects=True)
    return 0 if answer.request.path in ("/login", "/hats") else answer.status_code
