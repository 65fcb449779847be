"""The steps that one person may take now: what the tables, the rules and the guards say, for every page alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from suggestions.domain import guards, letter, paper, publication
from suggestions.domain.actions import Action
from suggestions.domain.facts import CoFacts, Facts
from suggestions.domain.lifecycle import TABLES, Step, may_take
from suggestions.domain.states import ANSWERED, CoState, HandlingState, Life, State, SuggestionState, span

_ORDER: Mapping[Life, tuple[State, ...]] = {
    Life.SUGGESTION: (SuggestionState.DRAFTING, SuggestionState.SUBMITTED, SuggestionState.ASSIGNED),
    Life.HANDLING: (*span(HandlingState.ASSIGNED, HandlingState.FOLLOW_UP), HandlingState.CLOSED),
    Life.CO_HANDLING: (
        CoState.INVITED,
        CoState.SENT_BACK,
        CoState.GIVEN,
        CoState.RELEASED,
        CoState.ACCEPTED,
    ),
}
"""The way that leads to the end; what stands outside it ends early."""


@dataclass(frozen=True)
class Offer:
    """A row that begins where the case stands and names this person, with every sentence that stands before it."""

    step: Step
    missing: tuple[str, ...] = ()
    co: CoFacts | None = None
    """The co-handling that the step is taken on, where it is one."""

    @property
    def is_open(self) -> bool:
        """Whether nothing is lacking."""
        return not self.missing


def open_to(facts: Facts) -> list[Offer]:
    """Every row that this person may take now on the row acted upon and on what is owed to it; never a system's row."""
    return list(_offers(facts))


def _offers(facts: Facts) -> Iterator[Offer]:
    if facts.co is not None:
        yield from _rows(Life.CO_HANDLING, facts.co.state, facts)
    elif facts.handling is not None:
        yield from _rows(Life.HANDLING, facts.handling.state, facts)
        for co in facts.co_handlings:
            yield from _rows(Life.CO_HANDLING, co.state, replace(facts, co=co))
    elif facts.suggestion is not None:
        yield from _rows(Life.SUGGESTION, facts.suggestion.state, facts)


def _rows(life: Life, state: State, facts: Facts) -> Iterator[Offer]:
    for step in TABLES[life]:
        if state in step.origins and may_take(step, facts) and (step.when is None or step.when(facts)):
            yield Offer(step, tuple(guards.missing(step.action, facts)), facts.co)


def with_something(offers: list[Offer], facts: Facts) -> list[Offer]:
    """The offers without those that nothing calls for: no urging to answer, no contact to confirm, nobody overdue."""
    return [
        offer
        for offer in offers
        if offer.step.action not in _NEEDS or _NEEDS[offer.step.action](replace(facts, co=offer.co))
    ]


def _has_contact_to_judge(facts: Facts) -> bool:
    return any(contact.verdict is None and not contact.is_attempt for contact in facts.story.contacts())


def _has_text_to_endorse(facts: Facts) -> bool:
    """Whether this person answers for any kind; of a letter that went out only its public text is endorsed."""
    return bool(facts.endorses) and (
        facts.of_handling.state not in ANSWERED or publication.drafted(facts.story) is not None
    )


def _has_class_to_settle(facts: Facts) -> bool:
    """Whether a challenge waits for this very person: the first for the director, the insistence for the office."""
    return not guards.missing(Action.SETTLE_CLASS, facts)


_NEEDS: Mapping[Action, Callable[[Facts], bool]] = {
    Action.ANSWER_URGING: lambda f: any(not urging.answers for urging in f.story.urgings()),
    Action.CONFIRM_CONTACT: _has_contact_to_judge,
    Action.DENY_CONTACT: _has_contact_to_judge,
    Action.GRANT_EXTENSION: lambda f: f.of_handling.extension_asked_on is not None,
    Action.REFUSE_EXTENSION: lambda f: f.of_handling.extension_asked_on is not None,
    Action.FULFIL_PROMISE: lambda f: any(promise.is_open for promise in f.promises),
    Action.CHANGE_PROMISE: lambda f: any(promise.is_open for promise in f.promises),
    Action.REPORT_PROMISE: lambda f: any(not promise.is_released for promise in f.promises),
    Action.RATE_PROMISE: lambda f: any(promise.is_to_rate for promise in f.promises),
    Action.RELEASE_PROMISE: lambda f: any(promise.is_open for promise in f.promises),
    Action.AGREE_RELEASE: lambda f: any(promise.is_release_asked for promise in f.promises),
    Action.REFUSE_RELEASE: lambda f: any(promise.is_release_asked for promise in f.promises),
    Action.PROPOSE: lambda f: not guards.missing(Action.PROPOSE, f),
    Action.ENDORSE: _has_text_to_endorse,
    Action.REFUSE_ENDORSEMENT: _has_text_to_endorse,
    Action.ENTER_ON_PAPER: lambda f: bool(paper.rows_now(f)),
    Action.CONFIRM_ON_PAPER: lambda f: bool(paper.waiting(f.story)),
    Action.SETTLE_CLASS: _has_class_to_settle,
    Action.GO_ON_WITHOUT: lambda f: f.today > f.of_co.due_on,
    Action.REMOVE_COSIGNER: lambda f: bool(f.of_suggestion.cosigners),
    Action.MARK_KEY: lambda f: not guards.missing(Action.MARK_KEY, f),
    Action.MARK_CROSS_YEAR: lambda f: not guards.missing(Action.MARK_CROSS_YEAR, f),
    Action.PLAN_SUPERVISION: lambda f: f.of_suggestion.is_key,
    Action.REPORT_SUPERVISION: lambda f: f.of_suggestion.is_key,
}


def main_of(offers: list[Offer], facts: Facts) -> Offer | None:
    """The one open offer that moves the case on; else the one that prepares it; None when neither is called for."""
    ready = [offer for offer in offers if offer.is_open]
    for offer in ready:
        if offer.step.action is Action.ORDER_REDO or _moves_on(offer, facts):
            return offer
    for action, is_called_for in _PREPARES.items():
        for offer in ready:
            if offer.step.action is action and is_called_for(replace(facts, co=offer.co)):
                return offer
    return None


def _moves_on(offer: Offer, facts: Facts) -> bool:
    step = offer.step
    order = _ORDER[step.life]
    here = _standing(offer, facts)
    return step.to in order and here in order and order.index(step.to) > order.index(here)


def _standing(offer: Offer, facts: Facts) -> State:
    if offer.co is not None:
        return offer.co.state
    return facts.of_handling.state if offer.step.life is Life.HANDLING else facts.of_suggestion.state


def _urging_is_due(facts: Facts) -> bool:
    handling = facts.of_handling
    approved = facts.story.approval(handling.round)
    pressed = facts.story.after(approved).last(Action.URGE, round=handling.round)
    return handling.state is HandlingState.IN_PROGRESS and pressed is None


def _coordination_is_due(facts: Facts) -> bool:
    handling = facts.of_handling
    done = facts.story.last(Action.COORDINATE, round=handling.round)
    return handling.state is HandlingState.FOLLOW_UP and done is None


def _endorsement_is_due(facts: Facts) -> bool:
    is_public = facts.of_handling.state in ANSWERED
    standing = publication.content(facts.story) if is_public else facts.story.letter(facts.of_handling.round)
    if standing is None:
        return False
    text = letter.content_hash(standing)
    if is_public:
        return facts.story.standing_endorsement("secrecy", text) is None
    return any(facts.story.standing_endorsement(kind, text) is None for kind in facts.endorses)


def _signature_is_due(facts: Facts) -> bool:
    standing = facts.story.letter(facts.of_handling.round)
    passage = None if standing is None else letter.passage_of(standing, facts.of_co.id)
    return bool(passage) and facts.story.co_signature(facts.of_co.id, passage or "") is None


def _always(_facts: Facts) -> bool:
    return True


_PREPARES: Mapping[Action, Callable[[Facts], bool]] = {
    Action.SPLIT_REQUESTS: lambda f: not f.story.requests,
    Action.DRAFT_REPLY: _always,
    Action.ENDORSE: _endorsement_is_due,
    Action.COUNTERSIGN: _signature_is_due,
    Action.PUBLISH: _always,
    Action.URGE: _urging_is_due,
    Action.SETTLE_CLASS: _always,
    Action.CONFIRM_ON_PAPER: _always,
    Action.COORDINATE: _coordination_is_due,
    Action.FULFIL_PROMISE: lambda f: f.of_handling.state is HandlingState.FOLLOW_UP,
    Action.RATE_PROMISE: _always,
    Action.AGREE_RELEASE: _always,
    Action.COSIGN: _always,
    Action.ANSWER_URGING: _always,
}
"""Steps that lead nowhere by themselves, in the order in which they are called for."""
