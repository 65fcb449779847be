"""Planning: the approved plan asks the units that it names."""

from suggestions.domain import letter
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.extensions import db
from suggestions.models import Unit
from suggestions.usecases import births
from suggestions.usecases.choices import NO_CO_UNIT
from suggestions.usecases.taking import Taking


def submit_plan(taking: Taking) -> None:
    """Keep the plan; Invalid when it names co-units and says at once that none is needed."""
    chosen = taking.fields["co_units"]
    if NO_CO_UNIT in chosen and len(chosen) > 1:
        raise Invalid("还不能报送方案。", {"co_units": "选了协办单位，又选了“不需要协办”，只能选一样。"})


def approve_plan(taking: Taking) -> None:
    """Invite the co-units that the plan names: those not named before, and anew those whose part is over."""
    plan = taking.facts.story.plan
    assert plan is not None
    taking.payload["plan"] = plan.seq
    known = {co.unit_id: co for co in taking.facts.co_handlings}
    for code in plan.payload["co_units"]:
        if code == NO_CO_UNIT:
            continue
        if (co := known.get(int(code))) is not None:
            if letter.is_to_ask_anew(co, taking.facts):
                question = "新方案请贵单位再次协办，请说明新的情况和能做什么。"
                taking.cause(Action.REINVITE_CO_OPINION, taking.case.co_handling(co.id), question=question)
        else:
            unit = db.session.get_one(Unit, int(code))
            births.invite(
                taking.of_handling,
                unit,
                question="方案请贵单位协办，请说明情况和能做什么。",
                is_own_invitation=True,
                started_on=taking.today,
                by=taking.facts.actor,
                cause=None,
            )
