"""What people do in a life: go on as usual, do what the time has come for, meddle, read; and bring it to its end."""

import random

from tests.lives import help as helping
from tests.lives.life import ACTIONS, Disagreement, Life
from tests.lives.trying import Try
from tests.lives.world import FINAL, Case, Handling

RARE = ("decline", "withdraw", "return_for_revision", "correct_reply", "void_signature")


def rows(life: Life) -> list[tuple[Case, Handling]]:
    """The handlings that have not ended."""
    return [(case, h) for case in life.world.cases for h in case.handlings if h.state not in FINAL]


def ordinary(life: Life, dice: random.Random) -> bool:
    """One step of the ordinary way, of whoever's turn it is; False when nobody can go on."""
    handlings = rows(life)
    if not handlings or (dice.random() < 0.05):
        return any(_try(life, dice, action) for action in ("cosign", "submit", "assign"))
    case, handling = dice.choice(handlings)
    left = [a for a in helping.NEXT[handling.state] if not helping.is_done(life.world, case, handling, a)]
    return any(_try(life, dice, action, handling) for action in left)


def _try(life: Life, dice: random.Random, action: str, on: Handling | None = None) -> bool:
    ways = [t for t in life.tries(action) if on is None or t.handling is on]
    dice.shuffle(ways)
    for t in ways:
        if t.row.state not in helping.begins(life.world, t):
            continue
        life.writer.fill(life.world, t, dice)
        if life.attempt(t).refusal == 0:
            return True
    return False


def meddle(life: Life, dice: random.Random, action: str) -> None:
    """One try of anybody."""
    ways = life.tries(action)
    if not ways:
        return
    t = dice.choice(ways)
    life.writer.fill(life.world, t, dice)
    chance = dice.random()
    if chance < 0.15:
        life.writer.spoil(t, dice)
    t.is_stale, t.is_unseen, t.has_proof = 0.15 <= chance < 0.2, 0.2 <= chance < 0.27, not 0.27 <= chance < 0.35
    life.attempt(t)


def read(life: Life, dice: random.Random) -> None:
    """Two people who have something to do with a handling, or nothing, open its page."""
    handlings = [(case, h) for case in life.world.cases for h in case.handlings]
    sealed = [(case, h) for case, h in handlings if h.sealed()]
    if not handlings:
        return
    case, handling = dice.choice(sealed or handlings)
    people = life.people(Try("handling", "look", "", case, handling))
    own = [p.name for p in life.world.people.values() if p.unit == handling.unit and p.from_on <= life.world.today]
    for who in {dice.choice((*people, "auditor", "supervisor")), dice.choice(own)}:
        life.look(who, case, handling)


def willing(life: Life, dice: random.Random, action: str) -> None:
    """This action, or another one for which the time has come."""
    for wanted in (action, *dice.sample(ACTIONS, 8)):
        if wanted in RARE and dice.random() < 0.7:
            continue
        if t := life.likely(wanted, dice):
            life.attempt(t)
            return


def to_the_end(life: Life, dice: random.Random) -> None:
    """Ordinary people, each doing their own part, bring every handling to its end from wherever it stands."""
    for _ in range(60):
        for _ in range(30):
            if not ordinary(life, dice):
                break
        if not rows(life):
            return
        life.pass_days(3)
    raise Disagreement(f"stuck: {[(h.id, h.state) for _, h in rows(life)]}\n{life.story()}")
