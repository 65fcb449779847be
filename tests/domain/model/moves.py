"""What can happen next to an abstract case: every step that the real rows, rules and guards let somebody take."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from suggestions.domain import guards, lifecycle, shown
from suggestions.domain.actions import Action as A
from suggestions.domain.errors import NotAllowed, NotNow
from suggestions.domain.facts import Actor
from suggestions.domain.labels import ACTIONS
from suggestions.domain.lifecycle import TABLES, Step
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import FINAL, CoState, Life, Role, State
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as W
from tests.domain.model import telling
from tests.domain.model.case import CO_UNIT, OFFICE, Case, Fate, Hand, Words, people
from tests.domain.model.effects import moved
from tests.domain.model.plain import EARLY, Taken
from tests.domain.model.scene import Scene, choices


class Move(NamedTuple):
    """One step that leads from one case to another."""

    label: str
    to: Case
    action: A | None
    """None for time, and for what befalls people."""
    is_fate: bool = False


def _may_begin(action: A, case: Case, actor: Actor) -> bool:
    """Keeps the search small where persons or units are interchangeable."""
    if actor.person_id == OFFICE[1].person_id:
        return action in (A.ENTER_ON_PAPER, A.CONFIRM_ON_PAPER)
    if action is A.DRAFT:
        return actor.person_id in (41, 51) and Fate.DEPUTY_DEAD not in case.fates
    return True


def _rows_now(life: Life, state: State | None, scene: Scene) -> dict[A, list[Step]]:
    found: dict[A, list[Step]] = {}
    for step in TABLES[life]:
        begins = state in step.origins if state is not None else step.is_start
        if begins and step.action in scene.actions:
            found.setdefault(step.action, []).append(step)
    return found


def _allowed(
    scene: Scene, case: Case, life: Life, state: State | None, at: int, *, is_other: bool = False
) -> Iterator[Taken]:
    """Every step on one row that the house's own rules and guards let somebody take."""
    rows = _rows_now(life, state, scene)
    units = {hand.unit for hand in case.handlings} | {CO_UNIT for hand in case.handlings if hand.co is not None}
    for actor in people(case.fates, frozenset(units)):
        facts = telling.facts(case, scene.book, actor, life, at, is_other=is_other)
        if sight(facts) is Sight.NOTHING:
            continue
        for action, candidates in rows.items():
            if not _may_begin(action, case, actor) or not any(lifecycle.may_take(row, facts) for row in candidates):
                continue
            try:
                step = lifecycle.row_for(life, action, state, facts)
            except (NotAllowed, NotNow):
                continue
            for words in choices(action, scene, case, at, facts):
                said = telling.but(facts, words=words)
                if guards.missing(action, said) or (step.binds and shown.content(step.binds, said) is None):
                    continue
                yield Taken(case, scene.book, step, at, said, words)


def _follow(taken: Taken) -> Case | None:
    """Where the step leads; None where a step that it causes could not be taken, so that all of it is undone."""
    try:
        if taken.step.action is A.CONFIRM_ON_PAPER:
            return _in_name_of_lead(taken)
        return moved(taken)
    except (NotAllowed, NotNow):
        return None


def _in_name_of_lead(taken: Taken) -> Case:
    """The rating that stood on paper, by the same rule and guards as if the deputy were here."""
    assert taken.case.words is not None
    lead = Actor(taken.case.words.lead, "", Role.DEPUTY, title="代表（代录）")
    facts = replace(
        telling.facts(taken.case, taken.book, lead, Life.HANDLING, taken.at), words={"overall": "satisfied"}
    )
    row = lifecycle.row_for(Life.HANDLING, A.RATE, facts.of_handling.state, facts)
    if lacking := guards.missing(A.RATE, facts):
        raise NotNow("还不能评价：", lacking)
    done = moved(Taken(taken.case, taken.book, row, taken.at, facts, {"overall": "satisfied"}))
    return done.with_hand(taken.at, paper="")


def _merged(taken: Taken) -> Case | None:
    """Another suggestion joins or leaves: not once a reply that names every lead was submitted."""
    words, case = taken.of_suggestion, taken.case
    is_late = any(hand.state not in EARLY for hand in case.handlings)
    if is_late or words.state not in (W.SUBMITTED, W.ASSIGNED, W.WITHDRAWN):
        return None
    is_merging = taken.step.action is A.MERGE
    if words.state is W.WITHDRAWN or (is_merging and words.other is not W.SUBMITTED):
        return None
    return case.with_words(other=W.MERGED if is_merging else W.SUBMITTED)


def _label(taken: Taken) -> str:
    actor = taken.facts.actor
    return f"{actor.title or actor.name}：{ACTIONS[taken.step.action]}"


def moves(case: Case, scene: Scene) -> Iterator[Move]:
    """Every step from here: the people's, the system's, time's, and what may befall people."""
    words = case.words
    seen: set[tuple[A, Case]] = set()
    for taken in _steps(case, scene, words):
        is_other = taken.facts.suggestion is not None and taken.facts.suggestion.id == 2
        to = _merged(taken) if is_other else _follow(taken)
        if to is not None and to != case and (taken.step.action, to) not in seen:
            seen.add((taken.step.action, to))
            yield Move(_label(taken), to, taken.step.action)
    later = _later(case, scene)
    if later != case:
        yield Move("时间过去，期限到了", later, None)
    for fate in sorted(scene.fates - case.fates):
        if words is not None and words.state is not W.DRAFTING:
            yield Move(f"（{fate.value}）", case._replace(fates=case.fates | {fate}), None, is_fate=True)


def _steps(case: Case, scene: Scene, words: Words | None) -> Iterator[Taken]:
    yield from _allowed(scene, case, Life.SUGGESTION, words.state if words else None, 0)
    if words is not None and words.other is not None:
        yield from _allowed(scene, case, Life.SUGGESTION, words.other, 0, is_other=True)
    for at, hand in enumerate(case.handlings):
        if hand.state not in FINAL or hand.state is S.CLOSED:
            yield from _allowed(scene, case, Life.HANDLING, hand.state, at)
        if hand.co is not None and hand.state not in (S.REASSIGNED, S.TERMINATED):
            yield from _allowed(scene, case, Life.CO_HANDLING, hand.co.state, at)


def _later(case: Case, scene: Scene) -> Case:
    """The case after its terms ran out."""
    for at, hand in enumerate(case.handlings):
        if scene.has_clock and hand.state not in FINAL:
            case = case.with_hand(at, is_late=True)
        if hand.co is not None and hand.co.state in (CoState.INVITED, CoState.GIVEN, CoState.SENT_BACK):
            case = case.with_co(at, is_late=True)
        if hand.letter is not None and hand.letter.has_passage and hand.state is S.IN_PROGRESS:
            case = case.with_hand(at, letter=hand.letter._replace(is_passage_old=True))
    return case


def rests(case: Case) -> bool:
    """Whether all has come to its end: nobody owes anything any more, to anybody."""
    words = case.words
    if words is None:
        return False
    if words.state is W.DRAFTING:
        # A draft is its writer's alone, and no case: nobody waits for one whose writer does not come back.
        return bool(case.fates & {Fate.DEPUTY_DEAD, Fate.DEPUTY_SILENT})
    if not (words.state in FINAL or words.state is W.MERGED):
        return False
    return all(_hand_rests(hand) for hand in case.handlings)


def _hand_rests(hand: Hand) -> bool:
    is_co_over = hand.co is None or hand.co.state in FINAL or hand.co.state is CoState.ACCEPTED
    is_kept = hand.promise not in ("open", "asked") or hand.state is S.TERMINATED
    return hand.state in FINAL and is_co_over and is_kept
