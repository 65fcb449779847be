"""What must be true before a suggestion is submitted."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard


def lead_is_in_office(facts: Facts) -> Iterator[str]:
    """Who submits is a deputy today: a former one follows what was submitted, and submits nothing more."""
    if facts.actor.is_former:
        yield "您的代表任期已满，不能再提交建议；已经提交的，照样跟踪和评价。"


def suggestion_is_written(facts: Facts) -> Iterator[str]:
    """There is a title and a text."""
    if not facts.of_suggestion.title.strip():
        yield "还差：没有标题。"
    if not facts.of_suggestion.content.strip():
        yield "还差：没有正文。"
    if facts.of_suggestion.lead_id is None:
        yield "还差：没有领衔代表。"
    if facts.of_suggestion.is_on_paper and not facts.of_suggestion.files:
        yield "还差：纸质建议没有附扫描件。"


def all_cosigners_confirmed(facts: Facts) -> Iterator[str]:
    """No invited joint deputy is still to confirm."""
    waiting = sum(1 for confirmed in facts.of_suggestion.cosigners.values() if not confirmed)
    if waiting:
        yield f"还差：有{waiting}位联名代表没有本人确认；等他们确认，或者取消邀请。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.SUBMIT: (lead_is_in_office, suggestion_is_written, all_cosigners_confirmed),
}
