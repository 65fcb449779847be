"""Key items: each version of the supervision plan is kept, and each report with its files."""

from datetime import date

from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid
from suggestions.usecases import filing
from suggestions.usecases.taking import Taking


def plan_supervision(taking: Taking) -> None:
    """Keep the plan as its next version."""
    taking.payload["version"] = len(taking.facts.story.all(Action.PLAN_SUPERVISION)) + 1


def report_supervision(taking: Taking) -> None:
    """Keep the files; Invalid when the supervision is dated before the suggestion was assigned."""
    assigned = taking.suggestion.assigned_on
    if assigned is not None and date.fromisoformat(taking.fields["held_on"]) < assigned:
        raise Invalid("还有一处要改：", {"held_on": f"督办的日期不能早于交办之日（{assigned}）。"})
    files = filing.keep(taking, taking.fields["files"])
    taking.payload["files"] = [{"name": file.name, "sha256": file.sha256} for file in files]
