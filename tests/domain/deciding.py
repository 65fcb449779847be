"""One question, asked twice: what the program decides on a step, and what the table written by hand says of it.

A question is life, action, state, actor and the facts that hold. The answer is "404" (may not see it), "403" (never
this person's step), "409" (not in this state), or the state that the step leads to.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.errors import NotAllowed, NotNow
from suggestions.domain.facts import Facts
from suggestions.domain.lifecycle import row_for
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import CoState, HandlingState, Life, State, SuggestionState
from suggestions.domain.story import Past, Story
from tests.domain.expected import ACTORS, FACTS, NOTHING, RULES, STATES, TABLE, Key, Rule
from tests.domain.making import (
    BOOK,
    CO,
    HANDLING,
    OTHER_CO_UNIT,
    PEOPLE,
    SIBLING,
    SUGGESTION,
    facts,
    past,
)

STATE_OF: dict[str, type[SuggestionState] | type[HandlingState] | type[CoState]] = {
    "suggestion": SuggestionState,
    "handling": HandlingState,
    "co_handling": CoState,
}
SHANGHAI = rulebook.load("shanghai")
OTHER_CO = replace(CO, id=10, unit_id=OTHER_CO_UNIT)
SIBLING_HANDLING = replace(HANDLING, id=8, unit_id=SIBLING)

# What the program has beside the table written by hand, and why.
BESIDE: dict[Key, str] = {
    # The invitation is the handler's act on the handling; the row it bears on the co-handling is the birth.
    **{
        ("handling", "invite_co_opinion", state, "named_handler"): state
        for state in ("planning", "plan_review", "in_progress")
    },
    # Row 29: "the suggestion becomes assigned again", which the system does when a handling is reopened.
    ("suggestion", "reopen", "closed", "system"): "assigned",
    # Both records say who was merged into whom: the system writes it into the other one's.
    ("suggestion", "note_merger", "submitted", "system"): "submitted",
    ("suggestion", "note_merger", "assigned", "system"): "assigned",
    # "none: 无法评价": the handling leaves 待评价 by a step of the system.
    ("handling", "waive_rating", "replied", "system"): "follow_up",
    # "only when the supervisor has spoken with the deputy alone": what was said is noted in a step of its own.
    ("suggestion", "talk_alone", "assigned", "supervisor"): "assigned",
}
# Where the program differs from the table written by hand, the facts under which it does, and why.
DEVIATIONS: dict[tuple[str, str, str], str] = {
    **{
        (
            "import_handover",
            clerk,
            "district",
        ): "whether the house is one bureau's alone is a setting: importing.py asks"
        for clerk in ("clerk", "co_clerk", "foreign_clerk")
    },
    ("invite_cosigner", "supervisor", "paper"): "on paper the signatures stand on the sheet: the office copies them",
    ("remove_cosigner", "supervisor", "paper"): "the same, taken back",
}

# Where nobody may, so that the program refuses for where the case stands and the table for who asks.
REFUSED_ALIKE = {("reopen", "supervisor", "past_case")}


def story_of(state: str, true: frozenset[str]) -> Iterator[Past]:
    """What had happened when a handling stands here: the reading, and the rating where there is one."""
    order = list(STATES["handling"])
    if state in order[order.index("planning") : order.index("closed") + 1]:
        yield past(1, Action.READ_ORIGINAL, "foreign_director" if "new_director" in true else "director")
    if state in ("rated", "contested", "follow_up", "closed") and "lapsed" not in true:
        overall = "dissatisfied" if "dissatisfied" in true else "satisfied"
        yield past(5, Action.RATE, "lead_deputy", payload={"overall": overall})


@cache
def _standing(life: str, state: str, true: frozenset[str]) -> Facts:
    """The facts of nobody in particular, where the row of this life stands here."""
    of_handling = replace(
        HANDLING, is_government="government_unit" in true, handler_id=None if "unnamed" in true else 12
    )
    of_suggestion = replace(SUGGESTION, is_on_paper="paper" in true, cosigners={42: "invited" not in true})
    book = SHANGHAI if "all_must_agree" in true else BOOK
    if life == "suggestion":
        if state == NOTHING:
            return facts("system", suggestion=None, handling=None, handlings=(), rulebook=book)
        of_suggestion = replace(of_suggestion, state=SuggestionState(state))
        sibling = replace(SIBLING_HANDLING, is_government="government_unit" in true)
        has_units = "handed_over" in true
        return facts(
            "system",
            suggestion=of_suggestion,
            handling=None,
            handlings=(of_handling, sibling) if has_units else (),
            co_handlings=(CO, OTHER_CO) if has_units else (),
            rulebook=book,
        )
    of_co = replace(CO, is_own_invitation="own_invitation" in true)
    if life == "handling" and state != NOTHING:
        of_handling = replace(of_handling, state=HandlingState(state))
    if state == "closed" and "past_case" in true:
        of_suggestion = replace(of_suggestion, state=SuggestionState.PAST)
    if life == "co_handling" and state != NOTHING:
        of_co = replace(of_co, state=CoState(state))
    return facts(
        "system",
        suggestion=of_suggestion,
        handling=of_handling,
        handlings=(of_handling, SIBLING_HANDLING),
        co=of_co if life == "co_handling" else None,
        co_handlings=(of_co, OTHER_CO),
        story=Story(tuple(story_of(state, true)) if life == "handling" else ()),
        rulebook=book,
    )


def case(life: str, state: str, actor: str, true: frozenset[str]) -> Facts:
    """The facts of one actor where the row of this life stands here; before it begins, as its forerunner stands."""
    kinds = ("section", "secrecy") if "secrecy" in true else ("section",)
    actor_there = replace(PEOPLE[actor], endorsement_kinds=kinds)
    found = object.__new__(Facts)
    # dataclasses.replace would take most of the time of a million questions.
    found.__dict__.update(
        _standing(life, state, true).__dict__, actor=actor_there, has_reviewer="nobody_reviews" not in true
    )
    return found


class Question(NamedTuple):
    """May this person take this step here, while exactly these facts hold?"""

    life: str
    action: str
    state: str
    actor: str
    facts: frozenset[str]

    @property
    def key(self) -> Key:
        """The question without its facts."""
        return self[:4]


def decided(asked: Question) -> str:
    """What the program decides, in the order of its one door: sight, rule, state."""
    life, action, state, actor, true = asked
    judged = case(life, state, actor, true)
    if state != NOTHING and sight(judged) is Sight.NOTHING:
        return "404"
    here: State | None = None if state == NOTHING else STATE_OF[life](state)
    try:
        row = row_for(Life(life), Action(action), here, judged)
    except NotAllowed:
        return "403"
    except NotNow:
        return "409"
    return state if row.to is None else row.to.value


@cache
def _permissions() -> dict[tuple[str, str, str], tuple[Rule, ...]]:
    found: dict[tuple[str, str, str], list[Rule]] = {}
    for rule in RULES:
        found.setdefault((rule.life, rule.action, rule.actor), []).append(rule)
    return {key: tuple(rules) for key, rules in found.items()}


def written(asked: Question) -> str:
    """What the table written by hand says, and nothing else."""
    life, action, state, actor, true = asked
    if state != NOTHING and actor != "system" and TABLE.sights[life, actor].answer(true) == 404:
        return "404"
    if beside := BESIDE.get(asked.key):
        return beside
    holding = [rule for rule in _permissions().get((life, action, actor), ()) if rule.holds(true)]
    own = any(key[0] == life and key[1] == action and key[3] == actor for key in BESIDE)
    if not holding and not own:
        return "403"
    return next((rule.target for rule in holding if rule.state == state), "409")


def is_named_deviation(asked: Question) -> bool:
    """Whether the program differs here on purpose, by name."""
    missing = {"bureau_only": "district", "secrecy": "no_secrecy"}
    circumstances = asked.facts | {name for fact, name in missing.items() if fact not in asked.facts}
    return any((asked.action, asked.actor, fact) in DEVIATIONS for fact in circumstances)


_ACTIONS = tuple(action.value for action in Action)
_PLACES = tuple((life, state) for life, states in STATE_OF.items() for state in (NOTHING, *(s.value for s in states)))
_FREE = tuple(sorted(FACTS - {"drafting", "handed_over", "named_at_assignment"}))


def question(dice: random.Random) -> Question:
    """One question at random; facts that cannot hold together are made to agree."""
    life, state = dice.choice(_PLACES)
    actor = dice.choice(ACTORS)
    true = {fact for fact in _FREE if dice.random() < 0.4}
    if (life, state) != ("suggestion", "drafting"):
        true.discard("invited")
    if state not in ("follow_up", "closed"):
        true.discard("lapsed")
    if "own_invitation" not in true:
        true.add("named_at_assignment")
    if (life, state) != ("handling", "closed"):
        true.discard("past_case")
    if life != "suggestion" or state in ("assigned", "closed", "withdrawn", "past"):
        true.add("handed_over")
    if (life, state) == ("suggestion", "drafting"):
        true.add("drafting")
    if actor == "reviewer":
        true.discard("nobody_reviews")
    if "nobody_reviews" in true:
        # The office stands in for every kind that the unit must have, secrecy always among them.
        true.add("secrecy")
    if actor == "named_handler" and "unnamed" in true:
        actor = "other_handler"
    return Question(life, dice.choice(_ACTIONS), state, actor, frozenset(true))


def differs(asked: Question) -> bool:
    """Whether program and table answer differently; where nothing is yet, or nobody may, any refusal is as good."""
    program, table = decided(asked), written(asked)
    is_alike = any((asked.action, asked.actor, fact) in REFUSED_ALIKE for fact in asked.facts)
    if (asked.state == NOTHING or is_alike) and {program, table} <= {"403", "409"}:
        return False
    return program != table and not is_named_deviation(asked)


def disagreements(seed: int, count: int) -> list[str]:
    """The questions of so many on which program and table differ, each with both answers."""
    dice, found = random.Random(seed), []
    for _ in range(count):
        asked = question(dice)
        if differs(asked):
            told = f"{asked.life} {asked.action} in {asked.state} by {asked.actor} ({', '.join(sorted(asked.facts))})"
            found.append(f"{told}: the program says {decided(asked)}, the table {written(asked)}")
    return found
