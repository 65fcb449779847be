"""The step bar: what this person can do now, and what not and why, as the page draws it."""

from collections.abc import Iterable
from dataclasses import dataclass

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.states import Life
from suggestions.queries.looking import Url
from suggestions.queries.steps import Offer, main_of, open_to, with_something

_ICONS = {
    Action.RECORD_CONTACT: "phone",
    Action.RECORD_PROGRESS: "plan",
    Action.ATTACH: "clip",
    Action.DRAFT_REPLY: "pen",
    Action.ADD_PROMISE: "flag",
    Action.FULFIL_PROMISE: "check",
    Action.LIGHT_UP: "lamp",
    Action.SUPERVISE: "bell",
    Action.ANSWER_URGING: "reply",
}
_TWINS = frozenset({Action.REFUSE_ENDORSEMENT, Action.DISSENT, Action.REFUSE_EXTENSION, Action.REFUSE_RELEASE})
"""The other answer to the same question: what stands before it is already said of the first."""


_ALSO_OF_HANDLING = frozenset({Action.ENTER_ON_PAPER, Action.CONFIRM_ON_PAPER})
"""Offered on the handling and on the suggestion alike, for other matters."""


@dataclass(frozen=True)
class CanView:
    """A step that can be taken now."""

    label: str
    url: str
    icon: str = ""
    is_main: bool = False
    is_personal: bool = False


@dataclass(frozen=True)
class CannotView:
    """A step that cannot be taken yet, with every sentence of what is missing."""

    label: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class StepBar:
    """Everything that this person may do here."""

    can: tuple[CanView, ...]
    cannot: tuple[CannotView, ...]


def step_bar(facts: Facts, url: Url, *more: Facts) -> StepBar:
    """The steps on the row acted upon, then those on further rows; the first main step is the only one."""
    can: list[CanView] = []
    cannot: list[CannotView] = []
    for judged in (facts, *more):
        offers = _on_the_page(with_something(open_to(judged), judged))
        main = None if any(view.is_main for view in can) else main_of(offers, judged)
        if main is not None:
            can.insert(0, _can(main, judged, url, is_main=True))
        can += [_can(offer, judged, url) for offer in offers if offer.is_open and offer is not main]
        cannot += [
            CannotView(_label(offer, judged), offer.missing)
            for offer in offers
            if not offer.is_open and offer.step.action not in _TWINS
        ]
    return StepBar(tuple(can), tuple(cannot))


def _on_the_page(offers: Iterable[Offer]) -> list[Offer]:
    """Files of the original are opened in the reading room, which is open though they are not read yet."""
    found = []
    for offer in offers:
        if offer.step.action is Action.READ_ORIGINAL:
            found.append(Offer(offer.step))
        elif offer.step.action is not Action.OPEN_ORIGINAL:
            found.append(offer)
    return found


def _label(offer: Offer, facts: Facts) -> str:
    label = ACTIONS[offer.step.action]
    if offer.step.life is Life.SUGGESTION and offer.step.action in _ALSO_OF_HANDLING:
        return f"{label}（联名、撤回）"
    if offer.co is not None and offer.co.unit_id != facts.actor.unit_id:
        return f"{label}（{offer.co.unit_name}）"
    return label


def _can(offer: Offer, facts: Facts, url: Url, *, is_main: bool = False) -> CanView:
    step = offer.step
    return CanView(
        label=_label(offer, facts),
        url=address_of(offer, facts, url),
        icon=_ICONS.get(step.action, ""),
        is_main=is_main,
        is_personal=step.personal is not None,
    )


def address_of(offer: Offer, facts: Facts, url: Url) -> str:
    """Where the form of a step is."""
    step = offer.step
    if step.life is Life.CO_HANDLING and offer.co is not None:
        return url("steps.co_handling", id=offer.co.id, action=step.address)
    if step.life is Life.HANDLING:
        return url("steps.handling", id=facts.of_handling.id, action=step.address)
    return url("steps.suggestion", id=facts.of_suggestion.id, action=step.address)
