"""How a suggestion of the practice year is answered, rated, done again, published and closed."""

from datetime import date, timedelta
from typing import Any

from benchmarks.year.plan import PROMISED, TODAY
from benchmarks.year.told import Told
from suggestions.domain import letter
from suggestions.domain.actions import Action as A
from suggestions.domain.canonical import digest
from suggestions.domain.deadlines import due
from suggestions.domain.facts import SYSTEM
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import Role
from suggestions.domain.states import SuggestionState as Written
from suggestions.extensions import db
from suggestions.models import Promise, Suggestion


class Ending(Told):
    """A suggestion from its reply on."""

    def _drafted(self, on: date, result_class: str) -> dict[str, Any]:
        text = letter_of(self, result_class)
        content = letter.content_hash(text)
        self.add(A.DRAFT_REPLY, Role.HANDLER, on, letter=text, content_hash=content)
        self.handling.drafted_on = self.at.date()
        self.add(A.ENDORSE, Role.REVIEWER, kind="secrecy", opinion="不涉密。", draft=1, content_hash=content)
        return text

    def _answered(self) -> None:
        house, handling, dice = self.house, self.handling, self.house.dice
        result = {"closed": "A", "followed": "B"}.get(self.fate) or dice.choice("AAABC")
        if self.fate in ("waiting", "sealed"):
            on = house.workday(date(2026, 5, 28), 0, 6)
        elif self.fate == "late_reply":
            on = house.workday(handling.reply_due_on, 2, 20)
        else:
            on = min(house.workday(date(2026, 4, 7), 0, 30), handling.reply_due_on)
        on = max(on, self.at.date())
        if self.fate in ("closed", "followed") and (self.fate == "followed" or dice.random() < 0.3):
            self._promise(on)
        self._reply(on, result)
        if self.fate == "waiting":
            return
        if self.fate == "lapsed":
            self.add(A.LAPSE_RATING, SYSTEM, house.workday(date(2026, 5, 29)), to=S.FOLLOW_UP)
        elif self.fate == "sealed":
            self._rate(date(2026, 6, 9), dice.choice(("satisfied", "mostly_satisfied", "dissatisfied")))
        elif self.fate in ("redone", "contested"):
            self._rate(house.workday(on, 3, 8), "dissatisfied", S.CONTESTED)
            if self.fate == "redone":
                self._redo()
        else:
            overall = dice.choices(("satisfied", "mostly_satisfied", "understood"), (62, 30, 8))[0]
            self._rate(min(house.workday(on, 2, 12), date(2026, 6, 5)), overall, S.FOLLOW_UP)
        if self.fate in ("closed", "followed", "lapsed", "late_reply"):
            self._afterwards()

    def _reply(self, on: date, result: str) -> None:
        handling = self.handling
        text = self._drafted(on - timedelta(days=1) if on > self.at.date() else on, result)
        self.add(A.SUBMIT_REPLY, Role.HANDLER, to=S.SIGNING)
        signed: dict[str, Any] = {"letter": text, "edits": [], "remark": "办了的写清楚，没办的也写清楚。"}
        self.add(A.SIGN_REPLY, Role.DIRECTOR, on, to=S.SIGNED, content_hash=letter.content_hash(text), **signed)
        rating_due = due(self.house.rules.term("delivery"), on, self.house.days).on
        rating_due = self.house.term("rating", rating_due)
        handling.document_number = f"{handling.unit.name}函〔2026〕{self.suggestion.number}-{handling.round}号"
        handling.dispatched_on, handling.rating_due_on = on, rating_due
        handling.result_class, handling.publication = result, text["publication"]
        words: dict[str, Any] = {
            "document_number": handling.document_number,
            "delivery": "in_person",
            "rating_due_on": f"{rating_due}",
        }
        more: dict[str, Any] = {"copies": "", "gap_reason": "", "has_receipt_form": True, "letters": ""}
        self.add(A.DISPATCH, Role.CLERK, to=S.REPLIED, content_hash=letter.content_hash(text), **words, **more)

    def _rate(self, on: date, overall: str, opens_to: S | None = None) -> None:
        reason = "只说了打算，没有说哪天办。" if overall == "dissatisfied" else ""
        scores = [{"request_no": "1", "score": overall, "reason": ""}]
        words: dict[str, Any] = {
            "scores": scores,
            "attitude": "satisfied",
            "result": overall,
            "overall": overall,
            "reason": reason,
        }
        opens_after = f"{self.house.term('rating_window', on)}"
        self.add(A.RATE, self.lead, on, to=S.RATED, is_pressed=False, opens_after=opens_after, **words)
        self.handling.rated_on = on
        if opens_to is not None:
            self.add(A.OPEN_RATING, SYSTEM, self.house.workday(on, 4, 5), to=opens_to)

    def _redo(self) -> None:
        on = self.house.workday(self.at.date(), 2, 4)
        handling = self.handling
        reply_due = self.house.term("redo", on)
        self.add(A.ORDER_REDO, Role.SUPERVISOR, on, to=S.RECEIVED, reason="写明哪天办。", reply_due_on=f"{reply_due}")
        handling.round, handling.reply_due_on, handling.extended_months = 2, reply_due, 0
        handling.planned_on = handling.urged_on = handling.drafted_on = None
        handling.dispatched_on = handling.rated_on = handling.rating_due_on = handling.result_class = None
        handling.document_number = None
        remark: dict[str, Any] = {
            "remark": "这次我自己去。",
            "files": [],
            "handler": str(handling.handler_id),
            "handler_name": "",
        }
        self.add(A.READ_ORIGINAL, Role.DIRECTOR, self.house.workday(on, 1, 2), to=S.PLANNING, **remark)
        if int(self.suggestion.number or 0) % 2:
            return
        self.add(A.SUBMIT_PLAN, Role.HANDLER, to=S.PLAN_REVIEW, measures=[], hardest="日期。", co_units=[])
        self.add(A.APPROVE_PLAN, Role.DIRECTOR, to=S.IN_PROGRESS, plan=self.events[-1].seq, remark="同意。")
        handling.planned_on = self.at.date()
        self._reply(self.house.workday(self.at.date(), 2, 4), "A")
        self._rate(min(self.house.workday(self.at.date(), 1, 2), date(2026, 6, 4)), "satisfied", S.FOLLOW_UP)

    def _promise(self, on: date) -> None:
        for _ in range(self.house.dice.choice((1, 1, 2))):
            nth = len(self.promises) + 1
            (month, day), kept = self.house.dice.choice(PROMISED)
            if self.fate == "closed":
                (month, day), kept = (5, 20), (5, 18)
            promise = Promise(
                handling_id=self.handling.id,
                number=nth,
                request_no=1,
                sentence=f"将于2026年{month}月{day}日前完成。",
                measure=f"{self.suggestion.title.removeprefix('关于').removesuffix('的建议')}，第{nth}处",
                owner=self.house.of(Role.HANDLER, self.handling.unit_id).name,
                due_on=date(2026, month, day),
                evidence="现场照片",
                made_on=on,
                fulfilled_on=date(2026, *kept) if kept else None,
                proof="照片见附件。" if kept else "",
            )
            self.promises.append(promise)
            db.session.add(promise)
            db.session.flush()
            names = ("sentence", "measure", "owner", "evidence", "number")
            told: dict[str, Any] = {name: getattr(promise, name) for name in names}
            self.add(A.ADD_PROMISE, Role.HANDLER, request_no="1", due_on=f"{promise.due_on}", **told)

    def _afterwards(self) -> None:
        house, handling = self.house, self.handling
        for promise in sorted((p for p in self.promises if p.fulfilled_on), key=lambda p: p.fulfilled_on or TODAY):
            promise.fulfilled_on = max(promise.fulfilled_on or TODAY, self.at.date())
            words: dict[str, Any] = {
                "number": promise.number,
                "measure": promise.measure,
                "due_on": f"{promise.due_on}",
                "files": [],
            }
            self.add(
                A.FULFIL_PROMISE,
                Role.HANDLER,
                promise.fulfilled_on,
                promise=str(promise.id),
                proof=promise.proof,
                **words,
            )
        if house.dice.random() < 0.4:
            self._contact(min(house.workday(self.at.date(), 1, 5), TODAY), ("visit", "phone"))
        if handling.publication == "proactive" and house.dice.random() < 0.8:
            self._published()
        if self.fate == "closed":
            closing: dict[str, Any] = {"with_whom": "街道", "remark": "现场定了。", "checked": "看了两处。"}
            self.add(A.COORDINATE, Role.DIRECTOR, **closing)
            handling.coordinated_on = self.at.date()
            self.add(
                A.CLOSE,
                Role.DIRECTOR,
                min(house.workday(self.at.date(), 0, 4), TODAY),
                to=S.CLOSED,
                conclusion="办结。",
            )
            handling.closed_on = self.at.date()
            self._of_suggestion(A.COMPLETE, SYSTEM, Written.ASSIGNED, Written.CLOSED, {})

    def _published(self) -> None:
        text: dict[str, Any] = {
            "number": self.handling.number_text,
            "title": self.suggestion.title,
            "unit": self.handling.unit.name,
        }
        text |= {"document_number": self.handling.document_number or "", "text": "已经办了，见附图。"}
        self.add(A.DRAFT_PUBLIC_TEXT, Role.CLERK, content_hash=digest(text), **text)
        opinion: dict[str, Any] = {"kind": "secrecy", "of": "public_text", "opinion": "可以公开。"}
        self.add(A.ENDORSE, Role.REVIEWER, content_hash=digest(text), **opinion)
        self.add(A.PUBLISH, Role.CLERK, content_hash=digest(text), **text)
        self.handling.published_on = self.at.date()


def suggestion_asks(suggestion: Suggestion) -> list[str]:
    """The one request of a suggestion of the year."""
    return [suggestion.title.removeprefix("关于").removesuffix("的建议") + "，写明哪天办。"]


def letter_of(tale: Told, result_class: str) -> dict[str, Any]:
    """The text of a reply."""
    title, unit = tale.suggestion.title, tale.handling.unit
    answer = {
        "request_no": "1",
        "text": "已经办了，现场请您看。",
        "result_class": result_class,
        "proof": "现场照片",
        "done_on": "",
    }
    return {
        "addressees": [tale.lead.name],
        "answers": [answer],
        "opening": f"您提出的《{title}》（{tale.handling.number_text}）收悉，现答复如下：",
        "closing": "感谢您的关心。",
        "form": {"contact": f"（联系人：承办科室；电话：{unit.phone}）", "letterhead": "", "version": 0},
        "not_promises": [],
        "number": tale.handling.number_text,
        "passages": [],
        "publication": "proactive" if int(tale.suggestion.number or 0) % 9 else "withheld",
        "publication_ground": "" if int(tale.suggestion.number or 0) % 9 else "含个人情况。",
        "requests": suggestion_asks(tale.suggestion),
        "result_class": result_class,
        "title": title,
    }
