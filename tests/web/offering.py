"""What a case page offers to one person, read from its HTML, and what the table written by hand lets this person do."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.actions import Action as A
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Person, Post, Promise, Suggestion
from tests.domain.deciding import BESIDE
from tests.domain.expected import RULES

Row = tuple[Life, int]
Offered = set[tuple[Life, int, A]]
PLACES = {"suggestions": Life.SUGGESTION, "handlings": Life.HANDLING, "co-handlings": Life.CO_HANDLING}
_LINK = re.compile(r'(?:href|action)="/(suggestions|handlings|co-handlings)/(\d+)/([a-z-]+)(?:\?[^"]*)?"')
_LACKING = re.compile(
    r'<h3>(?:<svg.*?</svg>)?([^<]+?) <span class="fine">还差\d+项</span></h3>\s*<ul class="missing">(.*?)</ul>',
    re.DOTALL,
)
_LACKING_TO_DEPUTIES = re.compile(r"<strong>还不能([^<]+)</strong></p>\s*<ul[^>]*>(.*?)</ul>", re.DOTALL)


@dataclass
class Page:
    """The steps on a page: those with a link, and those that wait, by label, each with its sentences."""

    links: dict[tuple[Life, int, A], str] = field(default_factory=dict)
    waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def labels(self) -> set[str]:
        """The labels of everything that waits, without the unit's name that some bear."""
        return {label.partition("（")[0] for label in self.waiting}


def read(text: str) -> Page:
    """Read the main part of a case page."""
    main = text[text.index("<main") : text.index("</main>")]
    page = Page()
    for place, id, address in _LINK.findall(main):
        name = address.replace("-", "_")
        if name in A._value2member_map_:
            page.links[PLACES[place], int(id), A(name)] = f"/{place}/{id}/{address}"
    for label, sentences in (*_LACKING.findall(main), *_LACKING_TO_DEPUTIES.findall(main)):
        told = tuple(html.unescape(s).strip() for s in re.findall(r"<li>(.*?)</li>", sentences, re.DOTALL))
        page.waiting[html.unescape(label).strip()] = told
    return page


@dataclass(frozen=True)
class Somebody:
    """A person with the one hat that they wear in the practice house."""

    person: Person
    post: Post

    def relation(self, life: Life, suggestion: Suggestion, handling: Handling | None, co: CoHandling | None) -> str:
        """The column of the hand-written table in which this person stands to a row; empty where there is none."""
        role, unit = self.post.role, self.post.unit_id
        if role is Role.DEPUTY:
            joint = {c.person_id for c in suggestion.cosigners}
            along = select(Suggestion.lead_id).where(Suggestion.merged_into_id == suggestion.id)
            merged = [] if handling is None else list(db.session.scalars(along))
            is_lead = self.person.id in (suggestion.lead_id, *merged)
            return "lead_deputy" if is_lead else "joint_deputy" if self.person.id in joint else "other_deputy"
        if role in (Role.SUPERVISOR, Role.INSPECTOR, Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR):
            return role.value
        if life is Life.CO_HANDLING and co is not None and unit == co.unit_id:
            return {Role.HANDLER: "co_handler", Role.DIRECTOR: "co_director"}.get(role, "")
        if handling is None or unit != handling.unit_id:
            return "foreign_director" if role is Role.DIRECTOR else ""
        if role is Role.HANDLER:
            return "named_handler" if handling.handler_id == self.person.id else "other_handler"
        return role.value

    def facts(self, suggestion: Suggestion, handling: Handling | None, co: CoHandling | None) -> frozenset[str]:
        """The facts of the hand-written table as they stand for this person, from the rows and the record alone."""
        found = {"paper"} if suggestion.is_on_paper else set()
        if "secrecy" in (self.post.endorsement_kinds or ()):
            found.add("secrecy")
        if co is not None:
            found.add("own_invitation" if co.is_own_invitation else "named_at_assignment")
        found |= (
            {"invited"}
            if any(c.person_id == self.person.id and not c.confirmed_at for c in suggestion.cosigners)
            else set()
        )
        found |= {"past_case"} if suggestion.state == "past" else set()
        if handling is None:
            return frozenset(found)
        found |= {"unnamed"} if handling.handler_id is None else set()
        story = events(handling)
        reads = [e.actor_id for e in story if e.action == A.READ_ORIGINAL and e.round == handling.round]
        ratings = [e for e in story if e.action in (A.RATE, A.CORRECT_RATING) and e.round == handling.round]
        found |= {"government_unit"} if handling.unit.is_government else set()
        found |= {"new_director"} if reads and self.person.id not in reads else set()
        found |= {"lapsed"} if any(e.action == A.LAPSE_RATING for e in story) and not ratings else set()
        found |= {"dissatisfied"} if ratings and ratings[-1].payload["overall"] == "dissatisfied" else set()
        return frozenset(found)


def events(handling: Handling) -> list[Event]:
    """The record of a handling, oldest first."""
    return list(db.session.scalars(select(Event).where(Event.handling_id == handling.id).order_by(Event.seq)))


def allowed(somebody: Somebody, suggestion: Suggestion, handling: Handling | None, co: CoHandling | None) -> set[A]:
    """What the hand-written table lets this person try on the innermost of these rows."""
    life = Life.CO_HANDLING if co else Life.HANDLING if handling else Life.SUGGESTION
    row = co or handling or suggestion
    who, facts = somebody.relation(life, suggestion, handling, co), somebody.facts(suggestion, handling, co)
    found = {
        A(rule.action)
        for rule in RULES
        if (rule.life, rule.state, rule.actor) == (life.value, row.state.value, who) and rule.holds(facts)
    }
    if handling is not None and handling.handler_id is None and who == "other_handler" and co is None:
        # After a transfer nobody is named yet; rows 9 and 12: "尚无承办人时由本单位任何经办人员".
        found |= {A.RECORD_CONTACT, A.ANSWER_URGING} & {A(r.action) for r in RULES if r.state == row.state.value}
    found |= {A(action) for (of, action, state, actor) in BESIDE if (of, state, actor) == (life, row.state, who)}
    if life is Life.SUGGESTION and row.state == "drafting" and who == "supervisor" and "paper" in facts:
        # Named as a deviation beside the table: on paper the signatures stand on the sheet.
        found |= {A.INVITE_COSIGNER, A.REMOVE_COSIGNER}
    return found


def called_for(action: A, who: Role, suggestion: Suggestion, handling: Handling | None, co: CoHandling | None) -> bool:
    """Whether there is anything to do with a step at all: nobody is asked to answer where nobody has asked."""
    if action in (A.PLAN_SUPERVISION, A.REPORT_SUPERVISION):
        return suggestion.is_key
    if action is A.MARK_KEY:
        return not suggestion.is_key
    if action is A.MARK_CROSS_YEAR:
        return not suggestion.is_cross_year
    if action is A.REMOVE_COSIGNER:
        return bool(suggestion.cosigners)
    if action is A.GO_ON_WITHOUT:
        return co is not None and clock.today() > co.due_on
    if action is A.CONFIRM_ON_PAPER and handling is None:
        of_whole = (Event.suggestion_id == suggestion.id) & Event.handling_id.is_(None)
        story = db.session.scalars(select(Event).where(of_whole)).all()
        return _waits(story, "entry", A.ENTER_ON_PAPER)
    if handling is None or co is not None or action not in _CALLS:
        return True
    promises = list(db.session.scalars(select(Promise).where(Promise.handling_id == handling.id)))
    return _CALLS[action](_Standing(handling, who, events(handling), promises))


def _waits(story: Sequence[Event], name: str, *asking: A) -> bool:
    answered = {e.payload.get(name) for e in story}
    attempts = [e for e in story if e.payload.get("form") == "attempt"]
    return any(e.action in asking and str(e.seq) not in answered and e not in attempts for e in story)


@dataclass(frozen=True)
class _Standing:
    """What happened to a handling, for whoever would act on it now."""

    handling: Handling
    who: Role
    story: list[Event]
    promises: list[Promise]

    def waits(self, name: str, *asking: A) -> bool:
        """Whether an event of these actions was not answered by another one, which names it."""
        return _waits(self.story, name, *asking)

    @property
    def is_answered(self) -> bool:
        """Whether the letter went out."""
        return self.handling.state in ("replied", "rated", "contested", "follow_up", "closed")

    @property
    def may_be_answered_on_paper(self) -> bool:
        """Whether a deputy could say something on paper: of the letter, of a contact, of a promise after the end."""
        to_rate = any(promise.rating_due_on is not None for promise in self.promises)
        is_open = self.is_answered and self.handling.state != "closed"
        return is_open or to_rate or self.waits("contact", A.RECORD_CONTACT)

    @property
    def waits_for_an_opinion(self) -> bool:
        """Whether the deputies office has something to decide of which the inspection office has said nothing yet."""
        asking = {"return_requested": A.REQUEST_RETURN, "contested": A.OPEN_RATING}.get(self.handling.state)
        if asking is None and self.handling.extension_asked_on is not None:
            asking = A.REQUEST_EXTENSION
        asked = [e.seq for e in self.story if asking is not None and e.action == asking]
        return bool(asked) and asked[-1] not in [e.payload["request"] for e in self.story if e.action == A.PROPOSE]

    @property
    def has_open_promise(self) -> bool:
        """Whether a promise is still to be kept."""
        return any(promise.is_open for promise in self.promises)

    @property
    def is_challenged(self) -> bool:
        """Whether a challenge to the class waits: the first for the director, the insistence for the office."""
        said = [e.action for e in self.story if e.action in (A.CHALLENGE_CLASS, A.SETTLE_CLASS)]
        return said[-1:] == [A.CHALLENGE_CLASS] and (A.SETTLE_CLASS in said) == (self.who is Role.SUPERVISOR)

    @property
    def has_text_to_endorse(self) -> bool:
        """Whether there may be a text to endorse: before it went out the letter, afterwards the public text."""
        return not self.is_answered or any(e.action == A.DRAFT_PUBLIC_TEXT for e in self.story)


_CALLS: Mapping[A, Callable[[_Standing], bool]] = {
    # Opening a file stands in the reading room, where reading the original leads.
    A.OPEN_ORIGINAL: lambda s: False,
    A.PROPOSE: lambda s: s.waits_for_an_opinion,
    A.ANSWER_URGING: lambda s: s.waits("urging", A.URGE, A.SUPERVISE, A.LIGHT_UP),
    A.CONFIRM_CONTACT: lambda s: s.waits("contact", A.RECORD_CONTACT),
    A.DENY_CONTACT: lambda s: s.waits("contact", A.RECORD_CONTACT),
    A.GRANT_EXTENSION: lambda s: s.handling.extension_asked_on is not None,
    A.REFUSE_EXTENSION: lambda s: s.handling.extension_asked_on is not None,
    A.FULFIL_PROMISE: lambda s: s.has_open_promise,
    A.CHANGE_PROMISE: lambda s: s.has_open_promise,
    A.RELEASE_PROMISE: lambda s: s.has_open_promise,
    A.REPORT_PROMISE: lambda s: any(p.released_on is None for p in s.promises),
    A.RATE_PROMISE: lambda s: any(p.rating_due_on is not None for p in s.promises),
    A.AGREE_RELEASE: lambda s: any(p.is_open and p.release_asked_on is not None for p in s.promises),
    A.REFUSE_RELEASE: lambda s: any(p.is_open and p.release_asked_on is not None for p in s.promises),
    A.ENDORSE: lambda s: s.has_text_to_endorse,
    A.REFUSE_ENDORSEMENT: lambda s: s.has_text_to_endorse,
    A.ENTER_ON_PAPER: lambda s: s.may_be_answered_on_paper,
    A.CONFIRM_ON_PAPER: lambda s: s.waits("entry", A.ENTER_ON_PAPER),
    A.SETTLE_CLASS: lambda s: s.is_challenged,
}
