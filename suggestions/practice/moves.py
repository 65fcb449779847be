"""The words in which the stories are told: a move of somebody on a case, every choice named as the form shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Role
from suggestions.practice.people import ACCOUNTS, BUREAU

FEB_9, FEB_10, FEB_11, FEB_12, FEB_13, FEB_14, FEB_24 = (date(2026, 2, day) for day in (9, 10, 11, 12, 13, 14, 24))
"""The working days of the history: the 14th is a working Saturday, the 15th to 23rd are Spring Festival."""

Words = Mapping[str, Any]
_ACCOUNTS = {(account.unit, account.role): account.username for account in reversed(ACCOUNTS)}
_NAMES = {account.username: account.name for account in ACCOUNTS}
_DEPUTIES = {account.name: account.username for account in ACCOUNTS if account.role is Role.DEPUTY}
_TITLE_OF_OTHER_HANDLERS = "承办科室"


@dataclass(frozen=True)
class Move:
    """One step of one person; `of_unit` names the co-unit where the step is on what that unit owes."""

    who: str
    action: A
    words: Words = field(default_factory=dict)
    of_unit: str = ""
    edits: Words | None = None


Story = Mapping[date, Sequence[Move]]
Measure = tuple[str, str, str, str]


def account(role: Role, unit: str) -> str:
    """The account that wears a hat in a unit."""
    return _ACCOUNTS.get((unit, role), f"{role}@{unit}")


def deputy(name: str) -> str:
    """The account of a deputy."""
    return _DEPUTIES.get(name, name)


def answer(request_no: int, text: str, result_class: str, proof: str = "", done_on: str = "") -> dict[str, str]:
    """The answer to one request, with its class and what proves it."""
    return {
        "request_no": str(request_no),
        "text": text,
        "result_class": result_class,
        "proof": proof,
        "done_on": done_on,
    }


@dataclass(frozen=True)
class Desk:
    """A unit with the handler who works on a case: its people's moves, as main unit and as co-unit."""

    unit: str
    handler: str = ""

    @property
    def _handler(self) -> str:
        return self.handler or account(Role.HANDLER, self.unit)

    def _director(self, action: A, **words: Any) -> Move:
        return Move(account(Role.DIRECTOR, self.unit), action, words)

    def _does(self, action: A, **words: Any) -> Move:
        return Move(self._handler, action, words)

    def receives(self) -> Move:
        """The office signs for the suggestion."""
        return Move(account(Role.CLERK, self.unit), A.RECEIVE)

    def opens(self) -> Move:
        """The director opens the paper."""
        return self._director(A.OPEN_ORIGINAL, sha256=".docx")

    def reads(self, remark: str) -> tuple[Move, Move]:
        """The director opens the paper, writes what to do and names the handler."""
        named = _NAMES.get(self._handler, _TITLE_OF_OTHER_HANDLERS)
        return self.opens(), self._director(A.READ_ORIGINAL, remark=remark, handler=named)

    def asks_return(self, reason: str) -> Move:
        """The director says that the suggestion is another unit's."""
        return self._director(A.REQUEST_RETURN, reason=reason)

    def asks_extension(self, months: str, explanation: str, delivery: str) -> Move:
        """The director explains to the deputy why the answer comes later."""
        return self._director(A.REQUEST_EXTENSION, months=months, explanation=explanation, delivery=delivery)

    def splits(self) -> Move:
        """The handler takes the requests as the deputy wrote them."""
        return self._does(A.SPLIT_REQUESTS)

    def plans(self, hardest: str, *measures: Measure, co_units: Sequence[str] = ("不需要协办",)) -> Move:
        """The handler puts a plan before the director."""
        rows = [dict(zip(("request_no", "measure", "owner", "due_on"), row, strict=True)) for row in measures]
        return self._does(A.SUBMIT_PLAN, measures=rows, hardest=hardest, co_units=co_units)

    def approves(self, remark: str) -> Move:
        """The director passes the plan."""
        return self._director(A.APPROVE_PLAN, remark=remark)

    def returns_plan(self, reason: str) -> Move:
        """The director hands the plan back."""
        return self._director(A.RETURN_PLAN, reason=reason)

    def contacts(
        self, form: str, on: date, place: str, people: str, rank: str = "承办人员", *, asked: str, agreed: str
    ) -> Move:
        """The handler notes a talk with the deputy."""
        return self._does(
            A.RECORD_CONTACT,
            form=form,
            contacted_on=on.isoformat(),
            place=place,
            rank=rank,
            people=people,
            asked=asked,
            agreed=agreed,
        )

    def notes(self, progress: str) -> Move:
        """The handler notes what was done, for the deputy to see."""
        return self._does(A.RECORD_PROGRESS, progress=progress, is_shown="1")

    def comments(self, role: Role, comment: str) -> Move:
        """Somebody of the unit notes an opinion for the house alone."""
        return Move(account(role, self.unit), A.COMMENT, {"comment": comment})

    def urges(self, form: str, remark: str, demand: str, answer_due_on: date) -> Move:
        """The director presses in person."""
        return self._director(A.URGE, form=form, remark=remark, demand=demand, answer_due_on=answer_due_on.isoformat())

    def answers_urging(self, of: str, text: str) -> Move:
        """The handler answers whoever pressed."""
        return self._does(A.ANSWER_URGING, urging=of, answer=text)

    def promises(
        self, request_no: int, sentence: str, measure: str, owner: str, due_on: date, *, evidence: str
    ) -> Move:
        """The handler enters a sentence of the reply into the ledger."""
        return self._does(
            A.ADD_PROMISE,
            request_no=str(request_no),
            sentence=sentence,
            measure=measure,
            owner=owner,
            due_on=due_on.isoformat(),
            evidence=evidence,
        )

    def drafts(
        self,
        opening: str,
        answers: Sequence[Words],
        closing: str,
        result_class: str,
        *,
        passages: Mapping[str, str] | None = None,
        not_promises: Mapping[str, str] | None = None,
    ) -> Move:
        """The handler freezes a version of the reply."""
        return self._does(
            A.DRAFT_REPLY,
            opening=opening,
            answers=answers,
            passages=[{"co_handling": unit, "text": text} for unit, text in (passages or {}).items()],
            closing=closing,
            result_class=result_class,
            publication="主动公开",
            not_promises=[{"sentence": text, "reason": reason} for text, reason in (not_promises or {}).items()],
        )

    def endorses(self, opinion: str, kind: str = "保密审核") -> Move:
        """The reviewer lets this version pass."""
        return Move(account(Role.REVIEWER, self.unit), A.ENDORSE, {"kind": kind, "opinion": opinion})

    def submits(self) -> Move:
        """The handler puts the reply before the director."""
        return self._does(A.SUBMIT_REPLY)

    def returns_reply(self, reason: str) -> Move:
        """The director hands the reply back."""
        return self._director(A.RETURN_REPLY, reason=reason)

    def signs(self, remark: str, edits: Words | None = None) -> Move:
        """The director signs, with the own changes where there are any."""
        return Move(account(Role.DIRECTOR, self.unit), A.SIGN_REPLY, {"remark": remark}, edits=edits)

    def sends(self, document_number: str, delivery: str) -> Move:
        """The office numbers and dispatches the reply."""
        words = {
            "document_number": document_number,
            "delivery": delivery,
            "copies": "区人大常委会人代工委，区政府办公室",
            "has_receipt_form": "1",
        }
        return Move(account(Role.CLERK, self.unit), A.DISPATCH, words)

    def coordinates(self, with_whom: str, remark: str, checked: str) -> Move:
        """The director settles something with others."""
        return self._director(A.COORDINATE, with_whom=with_whom, remark=remark, checked=checked)

    def fulfils(self, promise: str, proof: str) -> Move:
        """The handler strikes a promise off."""
        return self._does(A.FULFIL_PROMISE, promise=promise, proof=proof)

    def closes(self, conclusion: str) -> Move:
        """The director ends the handling."""
        return self._director(A.CLOSE, conclusion=conclusion)

    def accepts(self, unit: str) -> Move:
        """The handler takes another unit's opinion into the reply."""
        return Move(self._handler, A.ACCEPT_CO_OPINION, of_unit=unit)

    def sends_back(self, unit: str, reason: str) -> Move:
        """The handler asks for an empty opinion again."""
        return Move(self._handler, A.SEND_BACK_CO_OPINION, {"reason": reason}, of_unit=unit)

    def gives(self, opinion: str) -> Move:
        """As co-unit: the handler writes the opinion."""
        return Move(self._handler, A.GIVE_CO_OPINION, {"opinion": opinion}, of_unit=self.unit)

    def releases(self) -> Move:
        """As co-unit: the director lets the opinion go out."""
        return Move(account(Role.DIRECTOR, self.unit), A.RELEASE_CO_OPINION, of_unit=self.unit)

    def countersigns(self) -> Move:
        """As co-unit: the handler signs the passage about it."""
        return Move(self._handler, A.COUNTERSIGN, of_unit=self.unit)


HAN = Desk(BUREAU, "handler")
PAN = Desk(BUREAU, "handler2")


def confirms(name: str, contact: date) -> Move:
    """The lead deputy says that a talk took place."""
    return Move(deputy(name), A.CONFIRM_CONTACT, {"contact": contact.isoformat()})


def denies(name: str, contact: date, reason: str) -> Move:
    """The lead deputy says that a talk did not take place."""
    return Move(deputy(name), A.DENY_CONTACT, {"contact": contact.isoformat(), "reason": reason})


def lights_up(name: str, demand: str) -> Move:
    """The lead deputy asks for an answer within the rulebook's days."""
    return Move(deputy(name), A.LIGHT_UP, {"demand": demand})


def rates(
    name: str,
    scores: Sequence[tuple[str, str]],
    *,
    attitude: str,
    result: str,
    overall: str,
    reason: str = "",
    is_pressed: bool = False,
) -> Move:
    """The lead deputy rates each request (score and reason), attitude, result and the whole."""
    rows = [{"request_no": str(n), "score": score, "reason": why} for n, (score, why) in enumerate(scores, start=1)]
    words = {"scores": rows, "attitude": attitude, "result": result, "overall": overall, "reason": reason}
    return Move(deputy(name), A.RATE, {**words, "is_pressed": is_pressed})


def opens_rating(name: str) -> Move:
    """The lead deputy lets the unit read the rating now."""
    return Move(deputy(name), A.OPEN_RATING)


def supervises(who: str, demand: str, answer_due_on: date) -> Move:
    """The deputies office or the inspection office presses."""
    return Move(who, A.SUPERVISE, {"demand": demand, "answer_due_on": answer_due_on.isoformat()})


def plans_supervision(leader: str, body: str, visits: Sequence[tuple[date, str, str]], measures: str) -> Move:
    """The deputies office writes down who leads the supervision of a key item, and when they go."""
    rows = [{"on": on.isoformat(), "what": what, "people": people} for on, what, people in visits]
    return Move(
        "supervisor", A.PLAN_SUPERVISION, {"leader": leader, "body": body, "visits": rows, "measures": measures}
    )


def reports_supervision(on: date, people: str, found: str, demand: str) -> Move:
    """The deputies office writes down what a visit found, and what it asks."""
    return Move(
        "supervisor",
        A.REPORT_SUPERVISION,
        {"held_on": on.isoformat(), "people": people, "found": found, "demand": demand},
    )
