"""One round of a handling as a row of the statistics: read from its events, the newest word of each in force."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from suggestions.domain import publication
from suggestions.domain.actions import Action as A
from suggestions.domain.counting import CONTACTS, RECEIPTS, Kind, Reached, Row, Said, worst
from suggestions.domain.rulebook import Rulebook
from suggestions.domain.states import HandlingState
from suggestions.domain.story import Story
from suggestions.models.handling import Handling

_BEFORE_REPLY = frozenset(
    {
        HandlingState.ASSIGNED,
        HandlingState.RECEIVED,
        HandlingState.PLANNING,
        HandlingState.PLAN_REVIEW,
        HandlingState.IN_PROGRESS,
        HandlingState.SIGNING,
        HandlingState.SIGNED,
        HandlingState.RETURN_REQUESTED,
    }
)


@dataclass(frozen=True)
class Sent:
    """A letter that went out and stands: when, and within which term it had to."""

    on: date
    due_on: date
    result_class: str
    publication: str


def sent_in(handling: Handling, story: Story, round: int) -> Sent | None:
    """The letter of a round that went out; None when there is none, or it was taken up again to be corrected."""
    sent = story.last(A.DISPATCH, round=round)
    is_now = round == handling.round
    if sent is None or story.is_corrected(sent) or (is_now and handling.state in _BEFORE_REPLY):
        return None
    if is_now:
        return Sent(sent.on, handling.reply_due_on, handling.result_class or "", handling.publication)
    signed = story.signed_as_sent(sent)
    letter: Any = signed.payload["letter"] if signed else {}
    settled = story.class_settled(round)
    result_class = str(settled.payload["result_class"] if settled else letter.get("result_class", ""))
    return Sent(sent.on, _due_in(handling, story, round), result_class, str(letter.get("publication", "")))


def _due_in(handling: Handling, story: Story, round: int) -> date:
    """Until when a round that is over had to be answered, with the extension that it was granted."""
    began = story.last(A.BEGIN) if round == 1 else story.last(A.ORDER_REDO, round=round - 1)
    said = story.last(A.GRANT_EXTENSION, round=round) or began
    return date.fromisoformat(said.payload["reply_due_on"]) if said else handling.reply_due_on


def round_row(handling: Handling, story: Story, round: int, rules: Rulebook, *, is_owing: bool) -> Row:
    """What a round came to."""
    sent = sent_in(handling, story, round)
    is_latest = round == handling.round
    reached = Reached.OPEN if sent is None else Reached.REPLIED
    if is_latest and handling.state is HandlingState.CLOSED:
        reached = Reached.CLOSED
    if handling.state is HandlingState.TERMINATED:
        reached = Reached.ENDED
    said, shown = what_was_said(handling, story, round, rules)
    receipt = story.last(A.RECEIVE, round=1)
    marks = {choice.code for choice in rules.publications.values() if not choice.needs_ground}
    decided = publication.decision(story, round)
    is_withheld = decided is not None and decided.action is A.WITHHOLD
    return Row(
        kind=Kind.HANDLING,
        reached=reached,
        is_first=round == 1,
        is_latest=is_latest,
        is_on_time=sent is not None and sent.on <= sent.due_on,
        said=said,
        shown=shown,
        is_publishable=sent is not None and sent.publication in marks and not is_withheld,
        is_published=is_latest and handling.published_on is not None,
        is_received=receipt is not None and receipt.actor_id != 0,
        is_redone=handling.round > round,
        is_owing=is_owing and is_latest,
        result_class=sent.result_class if sent else "",
        contacts=_contacts(story, round),
        due_on=handling.reply_due_on if sent is None and reached is Reached.OPEN else None,
        still=None if shown in RECEIPTS else _said_before(handling, story, round, rules),
    )


def _said_before(handling: Handling, story: Story, round: int, rules: Rulebook) -> Said | None:
    """The newest rating of the rounds before this one."""
    earlier = (what_was_said(handling, story, each, rules)[1] for each in range(round - 1, 0, -1))
    return next((said for said in earlier if said in RECEIPTS), None)


def level(overall: str, rules: Rulebook) -> Said:
    """What a rating as a whole counts as."""
    rating = rules.ratings[overall]
    if rating.is_satisfied_strictly:
        return Said.SATISFIED
    if rating.is_satisfied_loosely:
        return Said.MOSTLY
    return Said.DISSATISFIED if rating.is_contested else Said.UNDERSTOOD


def what_was_said(handling: Handling, story: Story, round: int, rules: Rulebook) -> tuple[Said, Said]:
    """What the deputy said of a round, and what of it the unit may know; of several deputies the worst counts."""
    if round == handling.round and handling.state is HandlingState.REPLIED:
        return Said.WAITING, Said.WAITING
    silence = Said.WAITING
    if story.last(A.LAPSE_RATING, round=round):
        silence = Said.LAPSED
    elif story.last(A.WAIVE_RATING, round=round):
        silence = Said.WAIVED
    given = story.ratings(round)
    if not given:
        return silence, silence
    opened = story.last(A.OPEN_RATING, round=round)
    read = [past for past in given if opened is not None and past.seq < opened.seq]
    shown = worst(level(past.payload["overall"], rules) for past in read) if read else Said.SEALED
    return worst(level(past.payload["overall"], rules) for past in given), shown


def _contacts(story: Story, round: int) -> str:
    found = set()
    for contact in story.contacts(round):
        if contact.counts:
            found.add(story.contact_stage(contact.past))
            if contact.is_in_person:
                found |= {"m", "l"} if contact.is_by_leader else {"m"}
    return "".join(sign for sign in CONTACTS if sign in found)
