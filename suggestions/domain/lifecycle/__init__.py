"""The three tables, each driven by one transitions machine, and the check that they are sound."""

from collections.abc import Iterable
from typing import Any

from transitions import EventData, Machine

from suggestions.domain.actions import Action
from suggestions.domain.errors import NotAllowed, NotNow
from suggestions.domain.facts import Facts
from suggestions.domain.labels import ACTIONS, STATES
from suggestions.domain.lifecycle import co_handling, handling, suggestion
from suggestions.domain.lifecycle.step import Binding, Field, Kind, Stage, Step
from suggestions.domain.states import FINAL, CoState, HandlingState, Life, State, SuggestionState

__all__ = [
    "TABLES",
    "Binding",
    "Field",
    "Kind",
    "Stage",
    "Step",
    "check_tables",
    "move",
    "permitted",
    "row_for",
    "rows",
]

TABLES: dict[Life, tuple[Step, ...]] = {
    Life.SUGGESTION: suggestion.TABLE,
    Life.HANDLING: handling.TABLE,
    Life.CO_HANDLING: co_handling.TABLE,
}
STATES_OF: dict[Life, type[SuggestionState] | type[HandlingState] | type[CoState]] = {
    Life.SUGGESTION: SuggestionState,
    Life.HANDLING: HandlingState,
    Life.CO_HANDLING: CoState,
}
_UNBORN = "unborn"


def rows(life: Life, action: Action) -> tuple[Step, ...]:
    """The rows of one action in one life; empty where that life does not know it."""
    return tuple(step for step in TABLES[life] if step.action is action)


def may_take(step: Step, facts: Facts) -> bool:
    """Whether the acting person is one of those whom the row names."""
    return any(rule(facts) for rule in step.who)


def permitted(life: Life, action: Action, facts: Facts) -> tuple[Step, ...]:
    """The rows of an action that this person may ever take here; raises NotAllowed when there is none."""
    found = tuple(step for step in rows(life, action) if may_take(step, facts))
    if not found:
        raise NotAllowed(f"“{ACTIONS[action]}”不由您来办。")
    return found


def row_for(life: Life, action: Action, state: State | None, facts: Facts) -> Step:
    """The row that applies now; raises NotAllowed (somebody else's step) or NotNow (not in this state)."""
    candidates = permitted(life, action, facts)
    for step in candidates:
        if (state in step.origins or (state is None and step.is_start)) and (step.when is None or step.when(facts)):
            return step
    where = "还没有开始" if state is None else f"现在是“{STATES[life][state]}”"
    raise NotNow(f"{where}，不能“{ACTIONS[action]}”。")


class _Mover:
    """What the machine moves: a light object for one request, never a row."""

    __slots__ = ("facts", "state", "step")

    def __init__(self, state: str, facts: Facts, step: Step) -> None:
        self.state = state
        self.facts = facts
        self.step = step


def _only(step: Step) -> Any:
    def is_this_row(event: EventData) -> bool:
        return isinstance(event.model, _Mover) and event.model.step is step

    return is_this_row


def _machine(life: Life) -> Machine:
    machine = Machine(
        model=None,
        states=[_UNBORN, *(state.value for state in STATES_OF[life])],
        initial=None,
        auto_transitions=False,
        queued=False,
        send_event=True,
    )
    for step in TABLES[life]:
        sources: list[Any] = [state.value for state in step.origins] or [_UNBORN]
        machine.add_transition(
            step.action.value, sources, "=" if step.to is None else step.to.value, conditions=[_only(step)]
        )
    return machine


_MACHINES = {life: _machine(life) for life in Life}


def move(step: Step, state: State | None, facts: Facts) -> State | None:
    """Let the machine take the row from where the case stands; the new state, or NotNow when it does not begin here."""
    mover = _Mover(_UNBORN if state is None else state.value, facts, step)
    event = _MACHINES[step.life].events[step.action.value]
    if mover.state not in event.transitions or not event.trigger(mover):
        raise NotNow(f"现在不能“{ACTIONS[step.action]}”。")
    return None if mover.state == _UNBORN else STATES_OF[step.life](mover.state)


def _reached(life: Life) -> set[State]:
    found: set[State] = set()
    grown = True
    while grown:
        grown = False
        for step in TABLES[life]:
            begins = step.is_start or any(origin in found for origin in step.origins)
            if begins and step.to is not None and step.to not in found:
                found.add(step.to)
                grown = True
    return found


def _ending(life: Life) -> set[State]:
    found: set[State] = {state for state in STATES_OF[life] if state in FINAL}
    grown = True
    while grown:
        grown = False
        for step in TABLES[life]:
            if step.to in found:
                new = {origin for origin in step.origins if origin not in found}
                grown = grown or bool(new)
                found |= new
    return found


def _faults_of(step: Step, effects: Iterable[tuple[Stage, Action]]) -> list[str]:
    name = f"{step.life}.{step.action}"
    faults = []
    if step.action not in ACTIONS:
        faults.append(f"{name} has no label")
    if any(not field.label for field in step.asks):
        faults.append(f"{name} asks a field without label")
    if step.personal and not any(field.name == "remark" and field.is_required for field in step.asks):
        faults.append(f"{name} is personal but does not ask the person's own words")
    if step.personal and step.binds is None:
        faults.append(f"{name} is personal but bound to no content")
    if step.has_effect and (step.stage, step.action) not in effects:
        faults.append(f"{name} promises an effect that usecases/{step.stage}.py does not hold")
    return faults


def check_tables(effects: Iterable[tuple[Stage, Action]]) -> list[str]:
    """What is unsound in the tables: unreachable states, traps, rows without label, asked fields or function."""
    held = set(effects)
    faults = []
    for life, table in TABLES.items():
        states = set(STATES_OF[life])
        faults += [f"{life}: state {state} is never reached" for state in sorted(states - _reached(life))]
        faults += [f"{life}: no way ends from {state}" for state in sorted(states - _ending(life))]
        faults += [f"{life}: state {state} has no label" for state in sorted(states) if state not in STATES[life]]
        for step in table:
            faults += _faults_of(step, held)
    return faults
