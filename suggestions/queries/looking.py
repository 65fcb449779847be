"""What one person sees of one handling: the case, judged for this person, and how far their sight goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from suggestions import clock
from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import Life
from suggestions.domain.story import Past
from suggestions.models import CoHandling, File, Handling
from suggestions.models.case import Case, load_case, suggestion_id_of
from suggestions.models.facts import facts_of
from suggestions.queries.lights import spoken
from suggestions.queries.visible import may_read_names

Url = Callable[..., str]
"""Makes an address from an endpoint and its values; the pages pass flask.url_for."""
_RATINGS = (Action.RATE, Action.CORRECT_RATING)
_SHORT = 4


@dataclass(frozen=True)
class Reader:
    """Who reads, when, and how addresses are made."""

    actor: Actor
    now: datetime
    url: Url


@dataclass(frozen=True)
class Look:
    """A case as one person sees it from one of its rows."""

    case: Case
    facts: Facts
    sight: Sight
    url: Url

    @property
    def handling(self) -> Handling:
        """The handling looked at."""
        return self.case.handling(self.facts.of_handling.id)

    @property
    def today(self) -> date:
        """The day of the look."""
        return self.facts.today

    @property
    def own_co(self) -> CoHandling | None:
        """What the person's own unit owes to this handling; None when it owes nothing."""
        owed = (co for co in self.facts.co_handlings if co.unit_id == self.facts.actor.unit_id)
        found = next(owed, None)
        return None if found is None else self.case.co_handling(found.id)

    @property
    def is_whole(self) -> bool:
        """Whether the work of the handling is seen: plan, contacts, seals, letter, record."""
        return self.sight in (Sight.UNIT, Sight.OFFICE, Sight.INSPECTOR, Sight.AUDIT)

    @property
    def sees_comments(self) -> bool:
        """Whether remarks made inside the unit are read: by the unit, and by who audits it."""
        return self.sight in (Sight.UNIT, Sight.AUDIT)

    @property
    def sees_pressure(self) -> bool:
        """Whether "I was pressed" is read: by the deputies office, and by who audits."""
        return self.sight in (Sight.OFFICE, Sight.AUDIT)

    @property
    def hides_lead(self) -> bool:
        """Whether the lead deputy's name is kept from this person because the deputy asked for it."""
        return self.case.suggestion.is_name_hidden and not may_read_names(self.facts.actor)

    def sees_rating(self, past: Past) -> bool:
        """Whether the content of this rating is read: sealed for the units and the inspector until it is opened."""
        if self.sight in (Sight.OFFICE, Sight.AUDIT):
            return True
        if self.sight is Sight.DEPUTY and past.actor_id == self.facts.actor.person_id:
            return True
        opened = self.facts.story.after(past).last(Action.OPEN_RATING, round=past.round)
        return self.sight is not Sight.CO_UNIT and opened is not None

    def shown_rating(self) -> Past | None:
        """The newest rating of this round whose content this person may read; to a lead deputy the own one first."""
        round = self.facts.of_handling.round
        own = self.facts.story.own_rating(round, self.facts.actor.person_id)
        given = reversed(self.facts.story.all(*_RATINGS, round=round))
        return own or next((past for past in given if self.sees_rating(past)), None)

    def who(self, past: Past, *, with_title: bool = False) -> str:
        """Who took a step, as this person may read it: a deputy with 代表, another body's people with its name."""
        return self.named(past.actor_id, past.actor_name, past.unit_name, past.actor_title, with_title=with_title)

    def named(self, id: int | None, name: str, unit: str, title: str, *, with_title: bool = False) -> str:
        """A name as this person may read it."""
        suggestion = self.case.suggestion
        if not id:
            return "系统"
        hidden = [each for each in (suggestion, *self.case.merged) if each.is_name_hidden and each.lead_id == id]
        if not unit and hidden and not may_read_names(self.facts.actor):
            return "领衔代表"
        leads = {suggestion.lead_id, *(other.lead_id for other in self.case.merged)}
        if not unit and (id in leads or id in self.facts.of_suggestion.cosigners):
            return f"{name}代表"
        if not unit:
            return f"{title} {name}".strip()
        foreign = self.facts.handling is not None and unit != self.facts.handling.unit_name
        return f"{unit + ' ' if foreign else ''}{name}{' ' + title if with_title and title else ''}"

    def files(self, digests: list[str]) -> list[File]:
        """The files of the case with these digests, of the original or of this handling."""
        here = (None, self.facts.handling.id if self.facts.handling else None)
        found = {file.sha256: file for file in self.case.files if file.handling_id in here}
        return [found[digest] for digest in digests if digest in found]


def look_at(session: Session, life: Life, id: int, reader: Reader) -> Look:
    """One person's look at a row; Missing when there is none or this person may not see it."""
    case = load_case(session, suggestion_id_of(session, life, id))
    return look_from(session, case, life, id, reader)


def look_from(session: Session, case: Case, life: Life, id: int, reader: Reader) -> Look:
    """One person's look at a row of a case that is already loaded; Missing when this person may not see it."""
    rules = rulebook.load(case.suggestion.rulebook, case.suggestion.ruled_on)
    facts = facts_of(session, case, actor=reader.actor, now=reader.now, rules=rules, life=life, target_id=id)
    seen = sight(facts)
    if seen is Sight.NOTHING:
        raise Missing
    return Look(case, facts, seen, reader.url)


def moment_text(at: datetime, today: date) -> str:
    """A moment as it is said: 4月20日 09:12, in China's time."""
    local = at.astimezone(clock.CHINA)
    return f"{spoken(local.date(), today)} {local:%H:%M}"


def full_moment(at: datetime) -> str:
    """A moment in full: 2026年2月12日 08:47, in China's time."""
    local = at.astimezone(clock.CHINA)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def full_day(on: date) -> str:
    """A day with its weekday: 2026年5月9日 星期六."""
    return f"{on.year}年{on.month}月{on.day}日 星期{'一二三四五六日'[on.weekday()]}"


def short_hash(hash: str) -> str:
    """A hash as it is compared by eye: its first two groups and its last."""
    return f"{hash[:_SHORT]} {hash[_SHORT : 2 * _SHORT]} … {hash[-_SHORT:]}"
