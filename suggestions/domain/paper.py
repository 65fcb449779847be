"""What deputies may answer on paper: which of their steps the deputies office enters for them, and what still waits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from suggestions.domain.actions import Action
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.lifecycle import TABLES, may_take
from suggestions.domain.lifecycle.step import Field, Kind, Step
from suggestions.domain.states import Life, Role, State
from suggestions.domain.story import Past, Story


@dataclass(frozen=True)
class OnPaper:
    """A step that may come on paper: whose it is in this case, when it is called for, and to whom it is open."""

    writers: Callable[[Facts], Iterable[int | None]]
    is_called_for: Callable[[Facts], bool] = lambda _facts: True
    is_open_to: Callable[[Facts, int], bool] = lambda _facts, _id: True
    is_of_several: bool = False
    """Whether one sheet may carry several deputies' signatures."""


def _has_contact_to_judge(facts: Facts) -> bool:
    return any(contact.verdict is None and not contact.is_attempt for contact in facts.story.contacts())


def _has_promise_to_rate(facts: Facts) -> bool:
    return any(promise.is_to_rate for promise in facts.promises)


def _leads(facts: Facts) -> Iterable[int]:
    return facts.lead_names


def _has_rated(facts: Facts, id: int) -> bool:
    return facts.story.own_rating(facts.of_handling.round, id) is not None


def _has_not_rated(facts: Facts, id: int) -> bool:
    return not _has_rated(facts, id)


def _signers(facts: Facts) -> Iterable[int]:
    return (*facts.lead_names, *facts.of_suggestion.cosigners)


ON_PAPER: Mapping[Action, OnPaper] = {
    Action.COSIGN: OnPaper(lambda facts: facts.of_suggestion.cosigners, is_of_several=True),
    Action.AGREE_WITHDRAWAL: OnPaper(lambda facts: facts.of_suggestion.cosigners, is_of_several=True),
    Action.WITHDRAW: OnPaper(lambda facts: (facts.of_suggestion.lead_id,)),
    Action.RATE: OnPaper(_leads, is_open_to=_has_not_rated),
    Action.CORRECT_RATING: OnPaper(_leads, is_open_to=_has_rated),
    Action.RATE_PROMISE: OnPaper(_leads, _has_promise_to_rate),
    Action.CONFIRM_CONTACT: OnPaper(_leads, _has_contact_to_judge),
    Action.CHALLENGE_CLASS: OnPaper(_signers),
}
"""The deputies' steps that may come on paper."""


def _here(facts: Facts) -> tuple[Life, State]:
    if facts.handling is not None:
        return Life.HANDLING, facts.handling.state
    return Life.SUGGESTION, facts.of_suggestion.state


def writers(action: Action, facts: Facts) -> tuple[int, ...]:
    """The deputies who could take this step where the row stands, and so may have written it on paper."""
    life, state = _here(facts)
    rows = [row for row in TABLES[life] if row.action is action and state in row.origins]
    if not rows:
        return ()
    step = ON_PAPER[action]
    asked = {id: replace(facts, actor=Actor(id, "", Role.DEPUTY)) for id in step.writers(facts) if id}
    return tuple(
        id for id, judged in asked.items() if step.is_open_to(facts, id) and any(may_take(row, judged) for row in rows)
    )


def rows_now(facts: Facts) -> dict[Action, Step]:
    """The rows that some deputy could take where the handling, or the suggestion, stands; by action."""
    if facts.suggestion is None:
        return {}
    life, state = _here(facts)
    return {
        row.action: row
        for row in TABLES[life]
        if row.action in ON_PAPER
        and state in row.origins
        and ON_PAPER[row.action].is_called_for(facts)
        and writers(row.action, facts)
    }


def asks(step: Step, facts: Facts, chosen: object) -> tuple[Field, ...]:
    """What the form of a row asks: where the office enters for a deputy, also whose paper it is and what it says."""
    if step.action is not Action.ENTER_ON_PAPER:
        return step.asks
    entered = next((row for action, row in rows_now(facts).items() if action == chosen), None)
    if entered is None:
        return step.asks
    action = entered.action
    if ON_PAPER[action].is_of_several:
        whose = (Field("deputies", "哪几位代表签了名", Kind.CHOICES, source=f"paper_{action}"),)
    else:
        whose = (Field("deputies", "哪位代表写的", Kind.CHOICE, source=f"paper_{action}"),)
    is_plain = not ON_PAPER[action].is_of_several and len(set(ON_PAPER[action].writers(facts))) == 1
    return (*step.asks, *(() if is_plain else whose), *entered.asks)


def deputies_of(entry: Past) -> tuple[int, ...]:
    """Whose paper an entry is."""
    return tuple(int(id) for id in entry.payload["deputies"])


def waiting(story: Story) -> tuple[Past, ...]:
    """The entries that nobody confirmed yet; a newer entry of the same deputy's step takes the older one's place."""
    confirmed = {past.payload["entry"] for past in story.all(Action.CONFIRM_ON_PAPER)}
    entries = story.all(Action.ENTER_ON_PAPER)
    return tuple(
        past
        for past in entries
        if past.seq not in confirmed and not any(_replaces(newer, past) for newer in entries if newer.seq > past.seq)
    )


def _replaces(newer: Past, older: Past) -> bool:
    is_of_them = set(deputies_of(newer)) & set(deputies_of(older))
    return newer.payload["entered"] == older.payload["entered"] and bool(is_of_them)
