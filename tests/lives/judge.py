"""What the regulation answers to a step, before anybody takes it: which refusal, or where it leads."""

from dataclasses import dataclass

from tests.lives.forms import is_well_formed
from tests.lives.must import BOUND, PERSONAL, is_meant, is_true
from tests.lives.then import on_paper
from tests.lives.trying import Try
from tests.lives.who import allowed, sees
from tests.lives.world import World


@dataclass(frozen=True)
class Answer:
    """A refusal by its number (404, 403, 422, 409), or 0 and the state that the row reaches."""

    refusal: int
    target: str = ""


def judge(world: World, t: Try) -> Answer:
    """In the order of the regulation: sight, rule, form, state, freshness, everything that must be true, presence."""
    if not world.wears(t.who):
        return Answer(403)
    if not sees(world, t):
        return Answer(404)
    ways = allowed(world, t)
    if not ways:
        return Answer(403)
    if not is_well_formed(world, t):
        return Answer(422)
    if t.row.state not in ways or t.is_stale or (t.is_unseen and t.action in BOUND):
        return Answer(409)
    if not is_true(world, t):
        return Answer(409)
    if t.action in PERSONAL and not t.has_proof:
        return Answer(422)
    if not is_meant(world, t):
        return Answer(422)
    if t.action == "confirm_on_paper" and not _stands_on_paper(world, on_paper(t)):
        return Answer(409)
    return Answer(0, ways[t.row.state])


def _stands_on_paper(world: World, t: Try) -> bool:
    is_here = t.row.state in allowed(world, t) and is_well_formed(world, t)
    return is_here and is_true(world, t) and is_meant(world, t)
