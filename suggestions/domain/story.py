"""The story of one handling, told from its events: requests, plan, contacts, drafts, seals, rating."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.canonical import digest

REAL_CONTACT_FORMS = ("visit", "meeting", "research", "phone", "message", "mail")
ATTEMPT = "attempt"
_IN_PERSON = ("visit", "meeting", "research")
_LEADERS = ("head", "deputy_head")


@dataclass(frozen=True)
class Past:
    """A step that was taken, as the guards and the pages read it."""

    seq: int
    action: Action
    round: int
    actor_id: int
    actor_name: str
    actor_title: str
    unit_name: str
    at: datetime
    on: date
    payload: Mapping[str, Any]
    handling_id: int | None = None
    co_handling_id: int | None = None
    is_acting: bool = False
    actor_role: str = ""
    is_evidence: bool = False
    proof: str | None = None
    content_hash: str | None = None
    hash: str = ""


@dataclass(frozen=True)
class Contact:
    """A contact with the deputy and what the deputy said of it: None, "confirmed" or "denied"."""

    past: Past
    verdict: str | None
    reason: str = ""

    @property
    def is_attempt(self) -> bool:
        """Whether nobody was reached."""
        return self.past.payload.get("form") == ATTEMPT

    @property
    def counts(self) -> bool:
        """Whether it is a contact: somebody was reached, and the deputy does not say otherwise."""
        return self.verdict != "denied" and self.past.payload.get("form") in REAL_CONTACT_FORMS

    @property
    def is_in_person(self) -> bool:
        """Whether it was face to face."""
        return self.past.payload.get("form") in _IN_PERSON

    @property
    def is_by_leader(self) -> bool:
        """Whether the head or a leader in charge went; nobody knows it of contacts noted without a rank."""
        return self.past.payload.get("rank") in _LEADERS


@dataclass(frozen=True)
class Urging:
    """An urging with its answers, whoever pressed."""

    past: Past
    answers: tuple[Past, ...]
    due_on: date | None = None
    """By when an answer is wanted: as it was asked, or as holidays that were announced since moved it."""


@dataclass(frozen=True)
class Endorsement:
    """What a reviewer said of one version of the draft."""

    past: Past
    kind: str
    is_given: bool
    content_hash: str


@dataclass(frozen=True)
class Story:
    """The events of one handling and its co-handlings, oldest first."""

    events: tuple[Past, ...] = ()

    def all(self, *actions: Action, round: int | None = None) -> tuple[Past, ...]:
        """Every event of these actions, of one round if asked."""
        return tuple(e for e in self.events if e.action in actions and (round is None or e.round == round))

    def last(self, *actions: Action, round: int | None = None) -> Past | None:
        """The newest event of these actions, of one round if asked."""
        return next(iter(reversed(self.all(*actions, round=round))), None)

    def after(self, past: Past | None) -> "Story":
        """The story since an event; the whole of it for None."""
        return self if past is None else Story(tuple(e for e in self.events if e.seq > past.seq))

    @property
    def head(self) -> str:
        """The hash of the newest event that changed something others decide on."""
        return next((e.hash for e in reversed(self.events) if not e.is_evidence), "")

    @property
    def requests(self) -> tuple[str, ...]:
        """The numbered requests that the reply must answer, as the handler split them."""
        split = self.last(Action.SPLIT_REQUESTS)
        return tuple(row["text"] for row in split.payload["requests"]) if split else ()

    @property
    def plan(self) -> Past | None:
        """The newest plan that was submitted."""
        return self.last(Action.SUBMIT_PLAN)

    @property
    def plan_number(self) -> int:
        """Which version the newest plan is."""
        return len(self.all(Action.SUBMIT_PLAN))

    def approval(self, round: int) -> Past | None:
        """The director's approval of this round's plan."""
        return self.last(Action.APPROVE_PLAN, round=round)

    @property
    def draft(self) -> Past | None:
        """The newest frozen draft of the reply."""
        return self.last(Action.DRAFT_REPLY)

    @property
    def draft_number(self) -> int:
        """Which version the newest draft is."""
        return len(self.all(Action.DRAFT_REPLY))

    def earned(self, action: Action, round: int) -> tuple[Past, ...]:
        """The personal steps of an action that count in a round: a signature that was taken back counts no more."""
        taken = self.all(action, round=round)
        if action is not Action.SIGN_REPLY:
            return taken
        back = self.last(Action.VOID_SIGNATURE, Action.CORRECT_REPLY, round=round)
        return tuple(e for e in taken if back is None or e.seq > back.seq)

    def signature(self, round: int) -> Past | None:
        """The director's signature that stands in this round."""
        return next(iter(reversed(self.earned(Action.SIGN_REPLY, round))), None)

    def letter(self, round: int) -> Mapping[str, Any] | None:
        """The text that stands now: the signed one while the signature stands, otherwise the newest draft.

        A draft is of this round, and newer than a correction of the letter that had gone out.
        """
        since = self.after(self.last(Action.CORRECT_REPLY, round=round))
        newest = self.signature(round) or since.last(Action.DRAFT_REPLY, round=round)
        return None if newest is None else newest.payload["letter"]

    def is_void(self, signed: Past) -> bool:
        """Whether this signature was taken back before its letter went out."""
        return self.after(signed).last(Action.VOID_SIGNATURE, round=signed.round) is not None

    @property
    def newest_text(self) -> Past | None:
        """The newest draft or signature that holds a text, of any round; a signature taken back is passed over."""
        texts = reversed(self.all(Action.DRAFT_REPLY, Action.SIGN_REPLY))
        return next((e for e in texts if e.action is Action.DRAFT_REPLY or not self.is_void(e)), None)

    def is_corrected(self, sent: Past) -> bool:
        """Whether the letter of this dispatch was taken up again to be corrected."""
        return self.after(sent).last(Action.CORRECT_REPLY, round=sent.round) is not None

    def delivered_on(self, round: int) -> date | None:
        """The day a round's letter came to the deputy, as it was handed over or registered; None when nobody said."""
        said = self.last(Action.DISPATCH, Action.RECORD_DELIVERY, round=round)
        on = said and said.payload.get("delivered_on")
        return date.fromisoformat(on) if on else None

    def signed_as_sent(self, sent: Past) -> Past | None:
        """The signature under the letter that went out with this dispatch."""
        return next((e for e in reversed(self.all(Action.SIGN_REPLY, round=sent.round)) if e.seq < sent.seq), None)

    def contacts(self, round: int | None = None) -> tuple[Contact, ...]:
        """Contacts with the deputy's word on each, newest word first in force."""
        verdicts = {int(e.payload["contact"]): e for e in self.all(Action.CONFIRM_CONTACT, Action.DENY_CONTACT)}
        found = []
        for past in self.all(Action.RECORD_CONTACT, round=round):
            said = verdicts.get(past.seq)
            verdict = None if said is None else "confirmed" if said.action is Action.CONFIRM_CONTACT else "denied"
            found.append(Contact(past, verdict, "" if said is None else str(said.payload.get("reason", ""))))
        return tuple(found)

    def contact_stage(self, contact: Past) -> str:
        """When a contact was recorded: before the round's plan (b), during the work (d), or after the reply (a)."""
        approved, sent = self.approval(contact.round), self.last(Action.DISPATCH, round=contact.round)
        if sent is not None and contact.seq > sent.seq:
            return "a"
        return "b" if approved is None or contact.seq < approved.seq else "d"

    @property
    def first_contact_on(self) -> date | None:
        """The day of the first contact that counts."""
        on = (date.fromisoformat(str(c.past.payload["contacted_on"])) for c in self.contacts() if c.counts)
        return next(on, None)

    def urgings(self, *actions: Action) -> tuple[Urging, ...]:
        """Urgings by the director, the supervisor, the inspector and the deputy, each with its answers."""
        wanted = actions or (Action.URGE, Action.SUPERVISE, Action.LIGHT_UP)
        answers, moved = self.all(Action.ANSWER_URGING), self._moved_answers()
        return tuple(
            Urging(
                e,
                tuple(a for a in answers if int(a.payload["urging"]) == e.seq),
                _day(moved.get(e.seq) or e.payload.get("answer_due_on")),
            )
            for e in self.all(*wanted)
        )

    def _moved_answers(self) -> dict[int, str]:
        """The day that an answer is wanted by since the holidays were announced, by the urging's number."""
        days = (past.payload.get("answers", {}) for past in self.all(Action.REDATE))
        return {int(seq): on for each in days for seq, on in each.items()}

    def endorsements(self) -> tuple[Endorsement, ...]:
        """Every opinion of a reviewer, each bound to the text it was given on."""
        return tuple(
            Endorsement(e, str(e.payload["kind"]), e.action is Action.ENDORSE, e.content_hash or "")
            for e in self.all(Action.ENDORSE, Action.REFUSE_ENDORSEMENT)
        )

    def standing_endorsement(self, kind: str, content_hash: str) -> Endorsement | None:
        """The newest opinion of a kind on exactly this text."""
        return next(
            (e for e in reversed(self.endorsements()) if e.kind == kind and e.content_hash == content_hash), None
        )

    def co_signature(self, co_id: int, passage: str) -> Past | None:
        """The co-unit's countersignature of, or dissent from, exactly this passage, since it was last asked."""
        wanted, found = digest(passage), None
        for e in self.all(Action.COUNTERSIGN, Action.DISSENT, Action.REINVITE_CO_OPINION):
            if e.co_handling_id != co_id:
                continue
            if e.action is Action.REINVITE_CO_OPINION:
                found = None
            elif e.content_hash == wanted:
                found = e
        return found

    @property
    def agreed_to_withdraw(self) -> frozenset[int]:
        """The joint deputies who agreed to a withdrawal of the words as they stand."""
        since = self.after(self.last(Action.REVISE))
        return frozenset(e.actor_id for e in since.all(Action.AGREE_WITHDRAWAL))

    def opened_files(self, person_id: int, round: int) -> frozenset[str]:
        """Digests of the files that this person opened with the own account in this round."""
        opened = self.all(Action.OPEN_ORIGINAL, round=round)
        return frozenset(str(e.payload["sha256"]) for e in opened if e.actor_id == person_id)

    def class_challenge(self, round: int) -> Past | None:
        """The challenge to this round's class of result that nobody has answered."""
        newest = self.last(Action.CHALLENGE_CLASS, Action.SETTLE_CLASS, round=round)
        return newest if newest is not None and newest.action is Action.CHALLENGE_CLASS else None

    def class_settled(self, round: int) -> Past | None:
        """The newest answer to a challenge of this round's class: the director's, then the deputies office's."""
        return self.last(Action.SETTLE_CLASS, round=round)

    @property
    def rating(self) -> Past | None:
        """The rating that counts: the corrected one where it was corrected."""
        return self.last(Action.RATE, Action.CORRECT_RATING)

    def ratings(self, round: int) -> tuple[Past, ...]:
        """The newest word of each lead deputy on a round; one that came on paper is theirs, whoever entered it."""
        newest = {past.actor_id: past for past in self.all(Action.RATE, Action.CORRECT_RATING, round=round)}
        return tuple(newest.values())

    def sealed_ratings(self, round: int) -> tuple[Past, ...]:
        """The newest word of each lead deputy on a round that was not opened yet."""
        return self.after(self.last(Action.OPEN_RATING, round=round)).ratings(round)

    def own_rating(self, round: int, person_id: int) -> Past | None:
        """What this deputy said last of a round."""
        return next((past for past in self.ratings(round) if past.actor_id == person_id), None)

    def is_rating_open(self, round: int) -> bool:
        """Whether the unit may read this round's rating."""
        return self.last(Action.OPEN_RATING, round=round) is not None


def _day(said: object) -> date | None:
    return date.fromisoformat(str(said)) if said else None
