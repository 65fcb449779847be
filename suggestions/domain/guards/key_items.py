"""What must be true before a suggestion becomes a key item, and before its supervision is planned or reported on."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard


def is_key_item(facts: Facts) -> Iterator[str]:
    """The chairpersons' meeting has made it a key item (Chongqing regulation art. 32)."""
    if not facts.of_suggestion.is_key:
        yield "还差：这件没有列为重点督办；主任会议定了以后，先“列为重点督办”。"


def is_not_key_item(facts: Facts) -> Iterator[str]:
    """The mark is set once, by a step or with the handover list (Chongqing regulation art. 32)."""
    if facts.of_suggestion.is_key:
        yield "已经列为重点督办，不用再列；要写明谁来督、怎么督，请“定督办方案”。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.MARK_KEY: (is_not_key_item,),
    A.PLAN_SUPERVISION: (is_key_item,),
    A.REPORT_SUPERVISION: (is_key_item,),
}
