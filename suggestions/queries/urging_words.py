"""What became of an urging, in sentences."""

from datetime import date

from suggestions.domain.deadlines import Light
from suggestions.domain.sight import Sight
from suggestions.domain.states import FINAL
from suggestions.domain.story import Past
from suggestions.domain.urging import FOLLOWED, Outcome, outcome
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look


def answered(found: Outcome, today: date) -> tuple[str, ...]:
    """Each answer, with its day and whose it is."""
    return tuple(f"{spoken(a.on, today)}{a.actor_name}回话：{a.payload['answer']}" for a in found.urging.answers)


def followed(found: Outcome, today: date) -> tuple[str, ...]:
    """How long the answer took, or is late; then the work that was done after the urging."""
    late = f"，晚{found.late_text}" if found.days_late else ""
    took = ""
    if found.workdays is not None:
        took = f"回话用了{found.workdays}个工作日{late}" if found.workdays else f"当天回话{late}"
    elif found.light is Light.OVER:
        took = f"还没有回话，超期{found.late_text}"
    steps = "、".join(f"{FOLLOWED[step.action]}（{spoken(step.on, today)}）" for step in found.followed)
    return tuple(filter(None, (took, f"此后{steps}" if steps else "此后还没有办理动作")))


def after_urging(look: Look, past: Past) -> tuple[str, ...]:
    """What followed this urging on its case; nothing for any other step, and nothing for a unit that only helps."""
    urging = next((urging for urging in look.facts.story.urgings() if urging.past.seq == past.seq), None)
    if urging is None or look.sight is Sight.CO_UNIT:
        return ()
    is_ended = look.handling.state in FINAL
    facts = look.facts
    found = outcome(urging, facts.story, look.today, facts.calendar, rules=facts.rulebook, is_ended=is_ended)
    return followed(found, look.today)
