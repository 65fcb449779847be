"""What who decides needs before the eyes: where a case stands, what was asked and why, in the words of the page."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from suggestions.domain import limits, proposing
from suggestions.domain.actions import Action
from suggestions.domain.due_lines import full, months_text
from suggestions.domain.facts import Facts, HandlingFacts
from suggestions.domain.labels import STATES
from suggestions.domain.states import FINAL, UNIT_ROLES, Life
from suggestions.domain.story import Past
from suggestions.queries.key_item_view import facts_of_plan

Shown = dict[str, Any]


def _stands(handling: HandlingFacts) -> str:
    return f"{STATES[Life.HANDLING][handling.state]}，答复期限到{full(handling.reply_due_on)}"


def _standing(facts: Facts) -> Shown:
    handling = facts.of_handling
    co_units = "、".join(co.unit_name for co in facts.co_handlings if co.state not in FINAL)
    return {
        "standing": [
            ("承办单位", handling.unit_name),
            ("办到哪一步", _stands(handling)),
            ("协办单位", co_units or "没有"),
        ]
    }


def _units(facts: Facts) -> Shown:
    return {"units": [(handling.unit_name, _stands(handling)) for handling in facts.handlings]}


def _extended(facts: Facts) -> Shown:
    handling, asked = facts.of_handling, facts.story.last(Action.REQUEST_EXTENSION)
    if asked is None or handling.extension_asked_on is None:
        return {}
    longer = replace(handling, extended_months=handling.extended_months + int(asked.payload["months"]))
    due = limits.reply_due(longer, facts.rulebook, facts.calendar, limits.round_start(facts))
    return {"extended_to": full(due.on), **_proposal(facts)}


def _class(facts: Facts) -> Shown:
    handling, challenge = facts.of_handling, facts.story.class_challenge(facts.of_handling.round)
    kind = facts.rulebook.result_classes.get(handling.result_class or "")
    hides = facts.actor.role in UNIT_ROLES and challenge is not None and not challenge.unit_name
    return {
        "class_now": f"{kind.code}类 {kind.label}" if kind else "还没有定类",
        "challenge": challenge,
        "challenger": "代表" if hides or challenge is None else challenge.actor_name,
    }


def _reasons(facts: Facts) -> Shown:
    given = facts.story.ratings(facts.of_handling.round)
    reasons = [str(rating.payload["reason"]) for rating in given if rating.payload.get("reason")]
    return {"reasons": reasons, **_proposal(facts)}


def _waiting(facts: Facts) -> Past | None:
    of = facts.of_handling
    return proposing.waiting(facts.story, of.state, of.round, is_extension_asked=of.extension_asked_on is not None)


def _proposal(facts: Facts) -> Shown:
    """What the inspection office thinks of what is decided here; None where it gave no opinion."""
    return {"proposal": proposing.proposal_on(facts.story, _waiting(facts))}


def _asked(facts: Facts) -> Shown:
    """What waits for the deputies office, to who gives an opinion on it."""
    asked = _waiting(facts)
    if asked is None:
        return {"waiting": ()}
    who = (("什么时候", f"{full(asked.on)}"), ("承办单位", facts.of_handling.unit_name))
    if asked.action is Action.OPEN_RATING:
        reasons = "；".join(_reasons(facts)["reasons"])
        return {"waiting": (("等决定的", "代表不满意，待督办"), *who, ("代表为什么不满意", reasons or "没有写"))}
    if asked.action is Action.REQUEST_RETURN:
        return {"waiting": (("等决定的", "申请退办"), *who, ("情况和理由", asked.payload["reason"]))}
    longer = f"申请延期{months_text(int(asked.payload['months']))}"
    return {"waiting": (("等决定的", longer), *who, ("给代表的说明", asked.payload["explanation"]))}


def _releases(facts: Facts) -> Shown:
    asked = {str(past.payload["promise"]): past.payload for past in facts.story.all(Action.RELEASE_PROMISE)}
    return {
        "releases": [
            (
                f"承诺第{promise.number}项 {promise.measure}",
                [
                    ("原句", promise.sentence),
                    ("到期", full(promise.due_on)),
                    ("为什么办不了", asked[str(promise.id)]["ground"]),
                    ("给代表的说明", asked[str(promise.id)]["letter"]),
                ],
            )
            for promise in facts.promises
            if promise.is_release_asked
        ]
    }


def _planned(facts: Facts) -> Shown:
    standing = facts.story.last(Action.PLAN_SUPERVISION)
    return {"planned": facts_of_plan(standing.payload) if standing else ()}


SHOWN: Mapping[Action, Callable[[Facts], Shown]] = {
    Action.REASSIGN: _standing,
    Action.TRANSFER: _standing,
    Action.ADD_UNIT: _units,
    Action.REPORT_SUPERVISION: _planned,
    Action.PROPOSE: _asked,
    Action.GRANT_RETURN: _proposal,
    Action.REFUSE_RETURN: _proposal,
    Action.GRANT_EXTENSION: _extended,
    Action.REFUSE_EXTENSION: _extended,
    Action.CHALLENGE_CLASS: _class,
    Action.SETTLE_CLASS: _class,
    Action.ORDER_REDO: _reasons,
    Action.CONCLUDE_DISPUTE: _reasons,
    Action.AGREE_RELEASE: _releases,
}
"""What single decisions show above their form."""
