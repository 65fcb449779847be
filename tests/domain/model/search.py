"""The search: every case that can come about, and from which of them no way leads to an end."""

from collections import deque
from dataclasses import dataclass, field

from suggestions.domain.actions import Action
from suggestions.domain.labels import STATES
from suggestions.domain.states import Life, State
from tests.domain.model.case import Case
from tests.domain.model.moves import Move, moves, rests
from tests.domain.model.scene import Scene


@dataclass
class Found:
    """What a search found: how each case first came about, and the cases that are stuck."""

    scene: Scene
    came: dict[Case, tuple[Case, Move] | None] = field(default_factory=dict)
    steps: int = 0
    taken: set[Action] = field(default_factory=set)
    ends: int = 0
    stuck: list[Case] = field(default_factory=list)

    @property
    def states(self) -> set[tuple[Life, State]]:
        """Every state of the three lives that was reached."""
        found: set[tuple[Life, State]] = set()
        for case in self.came:
            if case.words is not None:
                found.add((Life.SUGGESTION, case.words.state))
            for hand in case.handlings:
                found.add((Life.HANDLING, hand.state))
                if hand.co is not None:
                    found.add((Life.CO_HANDLING, hand.co.state))
        return found

    def way_to(self, case: Case) -> list[str]:
        """The shortest way by which a case comes about, step by step."""
        way: list[str] = []
        before = self.came[case]
        while before is not None:
            way.append(before[1].label)
            before = self.came[before[0]]
        return way[::-1]

    def counterexample(self) -> str:
        """The first case that is stuck, told so that a person can follow it; empty when there is none."""
        if not self.stuck:
            return ""
        case = self.stuck[0]
        steps = [f"  {at}. {label}" for at, label in enumerate(self.way_to(case), start=1)]
        return "\n".join([f"{self.scene.name}：走到这里，再也到不了终点：", *steps, f"  停在：{where(case)}"])


def where(case: Case) -> str:
    """Where a case stands, in an officer's words."""
    parts = [] if case.words is None else [f"建议{STATES[Life.SUGGESTION][case.words.state]}"]
    for hand in case.handlings:
        parts.append(f"第{hand.round}轮{STATES[Life.HANDLING][hand.state]}")
        if hand.co is not None:
            parts.append(f"协办{STATES[Life.CO_HANDLING][hand.co.state]}")
        if hand.promise in ("open", "asked"):
            parts.append("有一项承诺没有兑现")
    return "，".join([*parts, *(fate.value for fate in sorted(case.fates))])


def search(scene: Scene) -> Found:
    """Follow every step from where the scene begins, then go back from the ends over steps that may be relied on."""
    found = Found(scene, dict.fromkeys(scene.seeds))
    before: dict[Case, list[Case]] = {}
    frontier = deque(scene.seeds)
    while frontier:
        case = frontier.popleft()
        for move in moves(case, scene):
            found.steps += 1
            if move.action is not None:
                found.taken.add(move.action)
            if not move.is_fate and move.action not in scene.not_relied_on:
                before.setdefault(move.to, []).append(case)
            if move.to not in found.came:
                found.came[move.to] = (case, move)
                frontier.append(move.to)
    ending = {case for case in found.came if rests(case)}
    found.ends = len(ending)
    back = deque(ending)
    while back:
        for case in before.get(back.popleft(), ()):
            if case not in ending:
                ending.add(case)
                back.append(case)
    found.stuck = [case for case in found.came if case not in ending]
    return found
