"""One suggestion of the practice year on its way: its rows, and how its events are chained."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from benchmarks.year.house import House
from benchmarks.year.plan import BEGAN_AT, SILENT
from suggestions import clock
from suggestions.domain.actions import Action as A
from suggestions.domain.canonical import digest
from suggestions.domain.facts import Actor
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import Life, Role
from suggestions.domain.states import SuggestionState as Written
from suggestions.models import CoHandling, Event, Handling, Promise, Suggestion
from suggestions.usecases import record


@dataclass
class Told:
    """One suggestion on its way: its rows, and its events as they come."""

    house: House
    fate: str
    suggestion: Suggestion
    handling: Handling
    lead: Actor
    opinions: list[CoHandling] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    at: datetime = BEGAN_AT

    def add(
        self,
        action: A,
        by: Actor | Role,
        on: date | None = None,
        *,
        to: S | None = None,
        co: CoHandling | None = None,
        **payload: Any,
    ) -> Event:
        """The next event: of the opinion `co`, else of the handling; on a day, or a while after the one before."""
        handling = self.handling
        if on is not None and on > self.at.date():
            self.at = datetime.combine(on, time(9), clock.CHINA)
        self.at = min(self.at + timedelta(minutes=7), datetime.combine(self.at.date(), time(23), clock.CHINA))
        actor = self.house.of(by, handling.unit_id if co is None else co.unit_id) if isinstance(by, Role) else by
        stood = handling.state
        if to is not None:
            handling.state = to
        content = payload.pop("content_hash", None)
        is_personal = action in (A.READ_ORIGINAL, A.APPROVE_PLAN, A.URGE, A.SIGN_REPLY, A.COORDINATE)
        states: tuple[str, str] = (stood, handling.state) if co is None else payload.pop("moves")
        entry = record.Entry(
            life=Life.HANDLING if co is None else Life.CO_HANDLING,
            action=action,
            actor=actor,
            payload=payload,
            handling_id=handling.id,
            co_handling_id=co.id if co else None,
            round=handling.round,
            from_state=None if action in (A.BEGIN, A.INVITE_CO_OPINION) else states[0],
            to_state=states[1],
            proof="password" if is_personal else None,
            content_hash=content or (digest(payload) if is_personal else None),
        )
        with clock.pinned(self.at):
            event = record.add_to_case(self.suggestion, entry)
        self.events.append(event)
        return event

    def _of_suggestion(self, action: A, by: Actor, came: Written | None, to: Written, words: dict[str, Any]) -> None:
        entry = record.Entry(Life.SUGGESTION, action, by, words, from_state=came, to_state=to)
        self.suggestion.state = to
        with clock.pinned(self.at):
            self.events.append(record.add_to_case(self.suggestion, entry))

    def _contact(self, on: date, forms: tuple[str, ...]) -> None:
        if self.handling.unit.name in SILENT:
            return
        contact = self.add(
            A.RECORD_CONTACT,
            Role.HANDLER,
            on,
            form=self.house.dice.choice(forms),
            contacted_on=f"{on}",
            place="社区活动室",
            people="承办人、科长",
            asked="什么时候能办，谁来办。",
            agreed="先看现场，一周内回话。",
        )
        self.handling.contacted_on = self.handling.contacted_on or on
        said = self.house.dice.random()
        if said < 0.04:
            self.add(A.DENY_CONTACT, self.lead, contact=str(contact.seq), reason="没有人来过。")
        elif said < 0.6:
            self.add(A.CONFIRM_CONTACT, self.lead, contact=str(contact.seq))
