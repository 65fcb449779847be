"""Who may: noun phrases true of the acting person, so that a table row reads as a sentence."""

from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.states import UNIT_ROLES, HandlingState, Role, SuggestionState


def _of_unit(facts: Facts, role: Role) -> bool:
    return facts.actor.role is role and facts.handling is not None and facts.actor.unit_id == facts.handling.unit_id


def _of_co_unit(facts: Facts, role: Role) -> bool:
    return facts.actor.role is role and facts.co is not None and facts.actor.unit_id == facts.co.unit_id


def system(facts: Facts) -> bool:
    """The program itself, when a step or a term causes a step."""
    return facts.actor.role is Role.SYSTEM


def supervisor(facts: Facts) -> bool:
    """The congress's deputies office (人代工委)."""
    return facts.actor.role is Role.SUPERVISOR


def inspector(facts: Facts) -> bool:
    """The government's inspection office (政府督查室), for the government's units."""
    return facts.actor.role is Role.INSPECTOR and (facts.handling is None or facts.handling.is_government)


def any_deputy(facts: Facts) -> bool:
    """A deputy to the congress today, whoever leads."""
    return facts.actor.role is Role.DEPUTY and not facts.actor.is_former


def clerk(facts: Facts) -> bool:
    """A clerk of a bureau: for a handover where the house is one bureau's alone, for past years of the own unit."""
    return facts.actor.role is Role.CLERK


def lead_deputy(facts: Facts) -> bool:
    """The deputy who leads the suggestion (领衔代表), to the end, also when the own term is over (换届).

    Of a handling also those who lead what was merged into the suggestion.
    """
    if facts.actor.role is not Role.DEPUTY or facts.suggestion is None:
        return False
    if facts.handling is not None:
        return facts.actor.person_id in facts.lead_names
    return facts.suggestion.lead_id == facts.actor.person_id


def only_lead_deputy(facts: Facts) -> bool:
    """The lead deputy where no other one rates, so that opening the own rating opens nobody else's."""
    return lead_deputy(facts) and len(facts.lead_names) == 1


def last_to_rate(facts: Facts) -> bool:
    """Whether every other lead deputy has rated this round."""
    rated = {rating.actor_id for rating in facts.story.ratings(facts.of_handling.round)}
    return not set(facts.lead_names) - rated - {facts.actor.person_id}


def others_rate_too(facts: Facts) -> bool:
    """Whether another lead deputy is still to rate this round."""
    return not last_to_rate(facts)


def somebody_rated(facts: Facts) -> bool:
    """Whether at least one of several lead deputies rated this round."""
    return bool(facts.story.ratings(facts.of_handling.round))


def nobody_rated(facts: Facts) -> bool:
    """Whether no rating of this round came in."""
    return not somebody_rated(facts)


def supervision_is_planned(facts: Facts) -> bool:
    """Whether this key item has a supervision plan, which is now changed."""
    return facts.story.last(Action.PLAN_SUPERVISION) is not None


def nobody_planned_supervision(facts: Facts) -> bool:
    """Whether this key item has no supervision plan yet."""
    return not supervision_is_planned(facts)


def deputy_of_suggestion(facts: Facts) -> bool:
    """A deputy who leads the suggestion or has signed it."""
    return lead_deputy(facts) or (
        any_deputy(facts)
        and facts.suggestion is not None
        and bool(facts.suggestion.cosigners.get(facts.actor.person_id))
    )


def invited_deputy(facts: Facts) -> bool:
    """A deputy invited to sign who has not confirmed yet."""
    return (
        any_deputy(facts)
        and facts.suggestion is not None
        and facts.suggestion.cosigners.get(facts.actor.person_id) is False
    )


def joint_deputy_who_must_agree(facts: Facts) -> bool:
    """A joint deputy who has not agreed yet, where the rulebook asks that all do (Shanghai art. 10)."""
    return (
        any_deputy(facts)
        and facts.rulebook.withdrawal_needs_all
        and facts.suggestion is not None
        and facts.suggestion.cosigners.get(facts.actor.person_id) is True
        and facts.actor.person_id not in facts.story.agreed_to_withdraw
    )


def supervisor_of_paper(facts: Facts) -> bool:
    """The deputies office, for a suggestion that came on paper."""
    return supervisor(facts) and (facts.suggestion is None or facts.suggestion.is_on_paper)


def director_of_unit(facts: Facts) -> bool:
    """Who holds the director's post (主要负责人, or 主持工作) of the handling unit on this day."""
    return _of_unit(facts, Role.DIRECTOR)


def reviewer_of_unit(facts: Facts) -> bool:
    """A reviewer of the handling unit."""
    return _of_unit(facts, Role.REVIEWER)


def secrecy_reviewer_of_unit(facts: Facts) -> bool:
    """A reviewer of the handling unit who answers for secrecy."""
    return reviewer_of_unit(facts) and "secrecy" in facts.actor.endorsement_kinds


def clerk_of_unit_without_reviewer(facts: Facts) -> bool:
    """The office of the handling unit, where nobody holds a reviewer's post today."""
    return clerk_of_unit(facts) and not facts.has_reviewer


def clerk_of_unit(facts: Facts) -> bool:
    """The office of the handling unit."""
    return _of_unit(facts, Role.CLERK)


def any_handler_of_unit(facts: Facts) -> bool:
    """Any handler of the handling unit."""
    return _of_unit(facts, Role.HANDLER)


def handler_of_case(facts: Facts) -> bool:
    """The handler whom the director named (承办人)."""
    return _of_unit(facts, Role.HANDLER) and facts.of_handling.handler_id == facts.actor.person_id


def any_handler_while_nobody_is_named(facts: Facts) -> bool:
    """Any handler of the handling unit, as long as nobody was named."""
    return any_handler_of_unit(facts) and facts.of_handling.handler_id is None


def any_handler_of_past_case(facts: Facts) -> bool:
    """Any handler of the unit whose past year it was, as long as nobody was named for it."""
    return of_past_case(facts) and any_handler_while_nobody_is_named(facts)


def handler_in_charge(facts: Facts) -> bool:
    """The named handler; any handler of the unit while nobody is named yet."""
    return handler_of_case(facts) or any_handler_while_nobody_is_named(facts)


def anyone_of_unit(facts: Facts) -> bool:
    """Anybody who holds a post in the handling unit."""
    return (
        facts.actor.role in UNIT_ROLES and facts.handling is not None and facts.actor.unit_id == facts.handling.unit_id
    )


def director_without_seal(facts: Facts) -> bool:
    """A director of the unit who has not read this round's original: once read, only a new director reads again."""
    return director_of_unit(facts) and (
        facts.of_handling.state is HandlingState.RECEIVED
        or not any(
            e.actor_id == facts.actor.person_id
            for e in facts.story.all(Action.READ_ORIGINAL, round=facts.of_handling.round)
        )
    )


def co_handler(facts: Facts) -> bool:
    """A handler of the co-handling unit."""
    return _of_co_unit(facts, Role.HANDLER)


def co_director(facts: Facts) -> bool:
    """The director of the co-handling unit."""
    return _of_co_unit(facts, Role.DIRECTOR)


def rating_satisfies(facts: Facts) -> bool:
    """Whether no rating that is still sealed leads to a dispute; the rulebook says which do."""
    return not rating_contests(facts)


def rating_contests(facts: Facts) -> bool:
    """Whether a sealed rating is one that the rulebook calls contested (不满意): of several, one is enough."""
    sealed = facts.story.sealed_ratings(facts.of_handling.round)
    return any(facts.rulebook.is_contesting(rating.payload["overall"]) for rating in sealed)


def lead_deputy_after_lapse(facts: Facts) -> bool:
    """A lead deputy whose rating of this round has not come in though its term has run out."""
    rated = {rating.actor_id for rating in facts.story.ratings(facts.of_handling.round)}
    return lead_deputy(facts) and facts.actor.person_id not in rated


def own_invitation(facts: Facts) -> bool:
    """Whether the main unit itself asked for this opinion, rather than the deputies office at assignment."""
    return facts.of_co.is_own_invitation and handler_of_case(facts)


def named_at_assignment(facts: Facts) -> bool:
    """The deputies office, for an opinion that it asked for itself at assignment."""
    return supervisor(facts) and not facts.of_co.is_own_invitation


def of_past_case(facts: Facts) -> bool:
    """Whether the case is one of a past year (往年件): answered elsewhere, kept here with its open promises."""
    return facts.suggestion is not None and facts.suggestion.state is SuggestionState.PAST


def of_own_case(facts: Facts) -> bool:
    """Whether the case was handled in this program, so that there is a letter and a way of it to go on with."""
    return not of_past_case(facts)
