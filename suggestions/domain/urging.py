"""What became of an urging: the answer, how long it took, what was done on the case after it, and its own light."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import Light, light
from suggestions.domain.rulebook import Rulebook, TermKey, Unit
from suggestions.domain.story import Past, Story, Urging
from suggestions.domain.workdays import Calendar

URGINGS: Mapping[A, str] = {A.URGE: "局长督促", A.SUPERVISE: "督办", A.LIGHT_UP: "代表亮灯"}
FOLLOWED: Mapping[A, str] = {
    A.RECEIVE: "签收",
    A.READ_ORIGINAL: "局长阅看原件",
    A.SUBMIT_PLAN: "报送方案",
    A.APPROVE_PLAN: "局长审定方案",
    A.RECORD_CONTACT: "联系代表",
    A.RECORD_PROGRESS: "记进展",
    A.COORDINATE: "局长协调",
    A.DRAFT_REPLY: "起草复函",
    A.SUBMIT_REPLY: "报签复函",
    A.SIGN_REPLY: "局长签批",
    A.DISPATCH: "发出复函",
    A.FULFIL_PROMISE: "兑现承诺",
}
"""The work that an urging is there to bring about; what was only noted or passed on is none."""


@dataclass(frozen=True)
class Outcome:
    """An urging on one day: by when an answer was due, and the first step of each kind that followed."""

    urging: Urging
    due_on: date | None
    near_on: date | None
    light: Light
    workdays: int | None
    """How many working days the first answer took; None while there is none."""
    unit: Unit
    """What its lateness is counted in: as the rulebook counts for a lamp, in days where somebody named the day."""
    days_late: int
    """How many of these the answer came late, or is late today."""
    followed: tuple[Past, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still owed."""
        return self.light in (Light.OK, Light.NEAR, Light.OVER)

    @property
    def late_text(self) -> str:
        """How late, in words: 5天, 4个工作日; empty when it is not."""
        return f"{self.days_late}{'天' if self.unit is Unit.DAYS else '个工作日'}" if self.days_late else ""


def outcome(
    urging: Urging, story: Story, today: date, calendar: Calendar, *, rules: Rulebook, is_ended: bool
) -> Outcome:
    """What became of an urging until today; a case that has ended owes no answer any more."""
    past = urging.past
    due_on = urging.due_on
    near_on = None if due_on is None else calendar.add_workdays(due_on, -1)
    first = urging.answers[0] if urging.answers else None
    steps: dict[A, Past] = {}
    for step in story.after(past).all(*FOLLOWED):
        steps.setdefault(step.action, step)
    kind = Light.NONE if is_ended and first is None else light(today, near_on, due_on, is_done=first is not None)
    until = first.on if first else today
    unit = rules.term(TermKey.LIGHT_UP_ANSWER).unit if past.action is A.LIGHT_UP else Unit.DAYS
    late = 0
    if due_on is not None and kind is not Light.NONE:
        counted = (until - due_on).days if unit is Unit.DAYS else calendar.workdays_between(due_on, until)
        late = max(counted, 0)
    return Outcome(
        urging=urging,
        due_on=due_on,
        near_on=near_on,
        light=kind,
        workdays=None if first is None else calendar.workdays_between(past.on, first.on),
        unit=unit,
        days_late=late,
        followed=tuple(steps.values()),
    )
