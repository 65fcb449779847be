"""The hand-written expected table of the straight way (`expected_table.txt`), read into plain data for the tests.

`EXPECTED` names for every allowed (life, action, state, actor) the state it leads to; whatever is absent is refused.
Where the regulation makes a permission depend on a fact ("paper: supervisor"), `EXPECTED` holds the ordinary case
(`ORDINARY_FACTS`), `expected_when` any other one, `POSSIBLE` all of them together, and `RULES` every permission with
its facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

Key = tuple[str, str, str, str]
"""Life, action, state and actor, in this order."""

LIVES = ("suggestion", "handling", "co_handling")
NOTHING = "-"
"""The state before the step that creates the life."""

TABLE_FILE = Path(__file__).with_name("expected_table.txt")


class TableError(ValueError):
    """A line of the expected table that cannot be read, with its number."""


@dataclass(frozen=True)
class Rule:
    """One permission: this actor may take this action in this state while every fact holds or does not hold."""

    life: str
    action: str
    state: str
    target: str
    actor: str
    needs: frozenset[str]
    forbids: frozenset[str]

    @property
    def key(self) -> Key:
        """Life, action, state and actor."""
        return (self.life, self.action, self.state, self.actor)

    def holds(self, facts: frozenset[str]) -> bool:
        """Whether the permission is given where exactly these facts are true."""
        return self.needs <= facts and not self.forbids & facts


@dataclass(frozen=True)
class Sight:
    """The answer (200 or 404) to one actor who asks for a row of one life: 200 where one set of conditions holds."""

    life: str
    actor: str
    conditions: tuple[tuple[frozenset[str], frozenset[str]], ...]

    def answer(self, facts: frozenset[str]) -> int:
        """The status where exactly these facts are true."""
        return 200 if any(needs <= facts and not forbids & facts for needs, forbids in self.conditions) else 404


class Table:
    """The table as it is read line by line; every mistake raises TableError with the line's number."""

    def __init__(self, text: str) -> None:
        """Read the whole text; raise TableError at the first mistake."""
        self.actors: dict[str, str] = {}
        self.facts: dict[str, str] = {}
        self.states: dict[str, dict[str, str]] = {life: {} for life in LIVES}
        self.final: dict[str, set[str]] = {life: set() for life in LIVES}
        self.actions: dict[str, list[str]] = {life: [] for life in LIVES}
        self.rules: list[Rule] = []
        self.sights: dict[tuple[str, str], Sight] = {}
        self._line = 0
        for self._line, raw in enumerate(text.splitlines(), start=1):
            line = raw.split("#", 1)[0].strip()
            if line:
                self._read([field.strip() for field in line.split("|")])
        self._check_whole()

    def _fail(self, why: str) -> NoReturn:
        raise TableError(f"{TABLE_FILE.name}, line {self._line}: {why}")

    def _read(self, fields: list[str]) -> None:
        if not all(fields):
            self._fail("an empty field")
        match fields:
            case ["actor", code, meaning]:
                self._declare(self.actors, code, meaning)
            case ["fact", code, meaning]:
                self._declare(self.facts, code, meaning)
            case ["state", life, code, name, ("open" | "final") as kind]:
                self._known(life, LIVES, "life")
                self._declare(self.states[life], code, name)
                if kind == "final":
                    self.final[life].add(code)
            case ["actions", life, names]:
                self._known(life, LIVES, "life")
                self._declare_actions(life, self._listed(names))
            case ["see", life, actor, answer]:
                self._see(life, actor, answer)
            case [life, action, move, who] if life in LIVES:
                self._rule(life, action, move, who)
            case _:
                self._fail(f"not a line of this table: {' | '.join(fields)}")

    def _declare(self, words: dict[str, str], code: str, meaning: str) -> None:
        if not code.isidentifier():
            self._fail(f"{code} is not a code")
        if code in words:
            self._fail(f"{code} declared twice")
        words[code] = meaning

    def _declare_actions(self, life: str, names: list[str]) -> None:
        for name in names:
            if name in self.actions[life]:
                self._fail(f"action {name} declared twice")
            self.actions[life].append(name)

    def _known(self, word: str, words: Iterable[str], kind: str) -> None:
        if word not in words:
            self._fail(f"unknown {kind} {word}")

    def _listed(self, field: str) -> list[str]:
        parts = [part.strip() for part in field.split(",")]
        if not all(parts):
            self._fail(f"an empty place in the list {field}")
        if len(set(parts)) != len(parts):
            self._fail(f"a repetition in the list {field}")
        return parts

    def _conditions(self, text: str) -> tuple[str, frozenset[str], frozenset[str]]:
        """Split `word?fact+!fact` into the word, the facts that must hold and those that must not."""
        word, mark, tail = text.partition("?")
        needs: set[str] = set()
        forbids: set[str] = set()
        for term in tail.split("+") if mark else ():
            fact = term.removeprefix("!")
            self._known(fact, self.facts, "fact")
            (forbids if term.startswith("!") else needs).add(fact)
        return word, frozenset(needs), frozenset(forbids)

    def _rule(self, life: str, action: str, move: str, who: str) -> None:
        self._known(action, self.actions[life], f"action of {life}")
        sources, arrow, target = (part.strip() for part in move.partition("->"))
        if not arrow:
            self._fail(f"no arrow in {move}")
        if target != "=":
            self._known(target, self.states[life], f"state of {life}")
        for state in self._listed(sources):
            if state != NOTHING:
                self._known(state, self.states[life], f"state of {life}")
            elif target == "=":
                self._fail("nothing cannot stay as it is")
            if state == target:
                self._fail("a state that stays is written =")
            for actor_text in self._listed(who):
                actor, needs, forbids = self._conditions(actor_text)
                self._known(actor, self.actors, "actor")
                self._add(Rule(life, action, state, state if target == "=" else target, actor, needs, forbids))

    def _add(self, rule: Rule) -> None:
        for other in self.rules:
            if other.key == rule.key and not (rule.needs & other.forbids or rule.forbids & other.needs):
                self._fail(f"{' '.join(rule.key)} is already said by another line")
        self.rules.append(rule)

    def _see(self, life: str, actor: str, answer: str) -> None:
        self._known(life, LIVES, "life")
        self._known(actor, self.actors, "actor")
        conditions = []
        for text in self._listed(answer):
            status, needs, forbids = self._conditions(text)
            if status not in ("200", "404"):
                self._fail(f"{status} is neither 200 nor 404")
            if status == "200":
                conditions.append((needs, forbids))
        if (life, actor) in self.sights:
            self._fail(f"what {actor} sees is said twice")
        self.sights[life, actor] = Sight(life, actor, tuple(conditions))

    def _check_whole(self) -> None:
        for life, names in self.actions.items():
            said = {rule.action for rule in self.rules if rule.life == life}
            if missing := [name for name in names if name not in said]:
                self._fail(f"no line for {life}: {', '.join(missing)}")
        for life in LIVES:
            if {actor for of, actor in self.sights if of == life} != self.actors.keys() - {"system"}:
                self._fail(f"every person, and only persons, needs one line on seeing a {life}")
        used = {fact for rule in self.rules for fact in rule.needs | rule.forbids}
        for sight in self.sights.values():
            used |= {fact for needs, forbids in sight.conditions for fact in needs | forbids}
        if idle := self.facts.keys() - used:
            self._fail(f"facts that no line uses: {', '.join(sorted(idle))}")


TABLE = Table(TABLE_FILE.read_text(encoding="utf-8"))

ACTORS: tuple[str, ...] = tuple(TABLE.actors)
"""Every column of the table: a person in one fixed relation to the case, and the system."""

STATES: dict[str, tuple[str, ...]] = {life: tuple(states) for life, states in TABLE.states.items()}
"""The states of each life in the regulation's order, without the empty beginning."""

FINAL: dict[str, frozenset[str]] = {life: frozenset(states) for life, states in TABLE.final.items()}
"""The states of each life that end it."""

ACTIONS: dict[str, tuple[str, ...]] = {life: tuple(names) for life, names in TABLE.actions.items()}
"""The actions of the straight way for each life."""

RULES: tuple[Rule, ...] = tuple(TABLE.rules)
"""Every permission with the facts it depends on."""

FACTS: frozenset[str] = frozenset(TABLE.facts)
"""Every fact on which a permission may depend."""

ORDINARY_FACTS: frozenset[str] = frozenset({"government_unit", "handed_over", "named_at_assignment", "secrecy"})
"""The ordinary case: online, a bureau with a secrecy reviewer, co-units named at assignment, nobody dissatisfied."""

if not ORDINARY_FACTS <= FACTS:
    raise TableError(f"ordinary facts that the table does not declare: {sorted(ORDINARY_FACTS - FACTS)}")


def expected_when(facts: Iterable[str]) -> dict[Key, str]:
    """What is allowed, and where it leads, when exactly these facts are true; KeyError for an undeclared fact."""
    true = frozenset(facts)
    if unknown := true - FACTS:
        raise KeyError(f"facts that the table does not declare: {sorted(unknown)}")
    return {rule.key: rule.target for rule in RULES if rule.holds(true)}


def sees_when(facts: Iterable[str]) -> dict[tuple[str, str], int]:
    """The status each (life, actor) gets when exactly these facts are true."""
    true = frozenset(facts)
    return {key: sight.answer(true) for key, sight in TABLE.sights.items()}


EXPECTED: dict[Key, str] = expected_when(ORDINARY_FACTS)
"""Target state of every allowed (life, action, state, actor) in the ordinary case; anything absent is refused."""

POSSIBLE: dict[Key, frozenset[str]] = {
    rule.key: frozenset(other.target for other in RULES if other.key == rule.key) for rule in RULES
}
"""Every target of each (life, action, state, actor) allowed under some facts; absent here means refused always."""

SEES: dict[tuple[str, str], int] = sees_when(ORDINARY_FACTS)
"""200 or 404 for every (life, actor) in the ordinary case."""
