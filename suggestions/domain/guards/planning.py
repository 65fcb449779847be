"""What must be true before a plan is submitted and approved."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard
from suggestions.domain.guards.receipt import director_read_original


def requests_are_split(facts: Facts) -> Iterator[str]:
    """The suggestion is cut into numbered requests."""
    if not facts.story.requests:
        yield "还差：还没有拆分诉求。"


def plan_covers_requests(facts: Facts) -> Iterator[str]:
    """Measure, owner and date stand beside each request (judged on the form's own words)."""
    measures = (facts.words or {}).get("measures", ())
    planned = {str(row["request_no"]) for row in measures}
    for number in range(1, len(facts.story.requests) + 1):
        if facts.words is not None and str(number) not in planned:
            yield f"还差：第{number}条诉求没有措施、责任人和日期。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.SUBMIT_PLAN: (requests_are_split, plan_covers_requests),
    A.APPROVE_PLAN: (director_read_original,),
}
