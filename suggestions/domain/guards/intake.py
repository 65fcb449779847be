"""What must be true before a suggestion is submitted."""

from collections.abc import Iterator, Mapping

from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard
from suggestions.domain.guards.merging import nothing_waits_in_it


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
        on_paper = "；签在纸上的，请“代录纸质意见”，由另一位同志核对" if facts.of_suggestion.is_on_paper else ""
        yield f"还差：有{waiting}位联名代表没有本人确认；等他们确认{on_paper}，或者取消邀请。"


def all_agree_to_withdraw(facts: Facts) -> Iterator[str]:
    """Every joint deputy agrees where the rulebook asks it (Shanghai art. 10)."""
    if not facts.rulebook.withdrawal_needs_all:
        return
    confirmed = {id for id, is_confirmed in facts.of_suggestion.cosigners.items() if is_confirmed}
    waiting = len(confirmed - facts.story.agreed_to_withdraw)
    if waiting:
        yield f"还差：有{waiting}位联名代表没有同意撤回；请他们登录后在本件点“同意撤回”。"


def was_heard_alone(facts: Facts) -> Iterator[str]:
    """Once a reply went out, the deputies office has spoken with the deputy alone since."""
    replied_on = facts.of_suggestion.first_reply_on
    if replied_on is None:
        return
    talk = facts.story.last(A.TALK_ALONE)
    if talk is None:
        yield "还差：复函已经送出，要先由人代工委单独听取您的意见并记下；请联系人代工委。"


def reply_went_out(facts: Facts) -> Iterator[str]:
    """A talk alone is called for only when a reply has gone out."""
    if facts.of_suggestion.first_reply_on is None:
        yield "复函还没有送出，代表可以直接撤回，不用单独听取意见。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.SUBMIT: (lead_is_in_office, suggestion_is_written, all_cosigners_confirmed),
    A.TALK_ALONE: (reply_went_out,),
    A.WITHDRAW: (nothing_waits_in_it, all_agree_to_withdraw, was_heard_alone),
}
