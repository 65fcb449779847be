"""Who sees a row, and who may ever take a step there: by the hand-written table of the regulation."""

from functools import cache

from tests.domain.expected import expected_when
from tests.lives.trying import Try
from tests.lives.world import UNIT_ROLES, World

_ANSWERED = ("replied", "rated", "contested", "follow_up")
# What the regulation's rows say beside their own table of states: who invites, and what the office adds.
_BESIDE = {
    ("handling", "invite_co_opinion", state, "named_handler"): state
    for state in ("planning", "plan_review", "in_progress")
} | {("suggestion", "talk_alone", "assigned", "supervisor"): "assigned"}


@cache
def _table(facts: frozenset[str]) -> dict[tuple[str, str], dict[str, dict[str, str]]]:
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for (life, action, state, actor), target in {**expected_when(facts), **_BESIDE}.items():
        found.setdefault((life, action), {}).setdefault(actor, {})[state] = target
    return found


def sees(world: World, t: Try) -> bool:
    """Whether this person may see the row."""
    person = world.people[t.who]
    handlings = [t.handling] if t.handling else t.case.handlings
    match person.role:
        case "auditor":
            return True
        case "supervisor":
            return t.case.state != "drafting"
        case "inspector":
            return any(world.units[h.unit].is_government for h in handlings)
        case "deputy":
            return t.who in (t.case.lead, *t.case.cosigners, *(other.lead for other in t.case.merged))
        case role if role in UNIT_ROLES:
            if t.co and t.co.unit == person.unit:
                return True
            owed = {co.unit for h in handlings for co in h.cos} if t.co is None else set()
            return person.unit in {h.unit for h in handlings} | owed
    return False


def relations(world: World, t: Try) -> set[str]:
    """What this person is to the row, in the words of the table."""
    person, found = world.people[t.who], set()
    if person.role in ("supervisor", "inspector", "auditor"):
        return {person.role}
    if person.role == "deputy":
        if t.who in (t.case.leads() if t.handling else [t.case.lead]):
            found.add("lead_deputy")
        if t.who in t.case.cosigners and (t.action == "cosign") != t.case.cosigners[t.who]:
            found.add("joint_deputy")
        return found
    if t.handling and t.handling.unit == person.unit:
        found.add({"handler": "other_handler"}.get(person.role, person.role))
        if person.role == "handler" and _is_in_charge(t):
            found = {"named_handler"}
        elif t.action in ("record_contact", "answer_urging"):
            found.discard("other_handler")
    if t.co and t.co.unit == person.unit:
        found |= {"co_handler"} if person.role == "handler" else {"co_director"} if person.role == "director" else set()
    return found


def _is_in_charge(t: Try) -> bool:
    """The named handler; where nobody is named yet, any of the unit's handlers answers and talks to the deputy."""
    return t.h.handler == t.who or (not t.h.handler and t.action in ("record_contact", "answer_urging"))


def allowed(world: World, t: Try) -> dict[str, str]:
    """From which states this person may take this step, and where each leads."""
    h, facts = t.handling, {"secrecy"}
    if h:
        facts |= {"government_unit"} if world.units[h.unit].is_government else set()
        facts |= set() if world.holder(h.unit, "reviewer") else {"nobody_reviews"}
        facts |= {"new_director"} if (h.round, t.who) not in h.read else set()
        facts |= {"lapsed"} if h.word(t.who) is None else set()
        facts |= {"dissatisfied"} if any(r.is_bad for r in h.sealed()) else set()
    if t.co:
        facts.add("own_invitation" if t.co.is_own else "named_at_assignment")
    of_action = _table(frozenset(facts)).get((t.life, t.action), {})
    found: dict[str, str] = {}
    for relation in relations(world, t):
        found |= of_action.get(relation, {})
    if t.action == "open_rating" and len(t.case.leads()) != 1:
        return {}
    if t.action == "rate" and "replied" in found and not _is_last(t):
        found["replied"] = "replied"
    return found


def _is_last(t: Try) -> bool:
    return all(t.h.word(other) for other in t.case.leads() if other != t.who)
