"""What happens to a suggestion of the practice year, from the handover on."""

from datetime import date, datetime, time
from typing import Any

from benchmarks.year.ending import Ending, suggestion_asks
from benchmarks.year.plan import LATE, SILENT, TODAY
from suggestions import clock
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import SYSTEM
from suggestions.domain.states import CoState, Role
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as Written


class Tale(Ending):
    """A suggestion from its handover to wherever it got."""

    def tell(self) -> None:
        """Everything that happened, from the handover on."""
        handling, suggestion = self.handling, self.suggestion
        self.at = datetime.combine(handling.assigned_on, time(9), clock.CHINA)
        words: dict[str, Any] = {
            "title": suggestion.title,
            "content": suggestion.content,
            "lead": self.lead.name,
            "joint": [],
        }
        self._of_suggestion(A.IMPORT_HANDOVER, self.house.of(Role.SUPERVISOR), None, Written.ASSIGNED, words)
        day: dict[str, Any] = {"assigned_on": f"{handling.assigned_on}", "reply_due_on": f"{handling.reply_due_on}"}
        self.add(A.BEGIN, SYSTEM, unit=handling.unit.name, to=S.ASSIGNED, **day)
        for co in self.opinions:
            moves = ("", CoState.INVITED)
            self.add(
                A.INVITE_CO_OPINION, SYSTEM, co=co, moves=moves, unit=co.unit.name, question="", due_on=f"{co.due_on}"
            )
        if self.fate != "new":
            self._begun()
        self._give_opinions()

    def _begun(self) -> None:
        house, handling, fate = self.house, self.handling, self.fate
        handling.received_on = house.workday(handling.assigned_on, 0, 2)
        self.add(A.RECEIVE, Role.CLERK, handling.received_on, to=S.RECEIVED)
        if fate == "received":
            return
        handler = house.of(Role.HANDLER, handling.unit_id)
        read_on = house.workday(handling.received_on, 1, 6)
        self.add(
            A.READ_ORIGINAL,
            Role.DIRECTOR,
            read_on,
            to=S.PLANNING,
            remark="先去现场看，再同代表商量怎么办。",
            files=[],
            handler=str(handler.person_id),
            handler_name=handler.name,
        )
        handling.handler_id = handler.person_id
        self.add(A.SPLIT_REQUESTS, Role.HANDLER, requests=[{"text": text} for text in suggestion_asks(self.suggestion)])
        self._contact(house.workday(read_on, 1, 8), ("visit", "phone", "meeting"))
        if fate == "withdrawn":
            self._withdrawn()
        elif fate == "planning":
            self._pressed()
        elif fate != "young" or house.dice.random() < 0.7:
            self._planned()

    def _withdrawn(self) -> None:
        self.add(A.TERMINATE, SYSTEM, to=S.TERMINATED)
        self._of_suggestion(
            A.WITHDRAW, self.lead, Written.ASSIGNED, Written.WITHDRAWN, {"reason": "已经当面说清楚了。"}
        )

    def _planned(self) -> None:
        house, handling, fate = self.house, self.handling, self.fate
        handler = house.of(Role.HANDLER, handling.unit_id)
        planned_on = house.workday(self.at.date(), 3, 10)
        measure = {"request_no": "1", "measure": "看现场，定做法", "owner": handler.name, "due_on": f"{planned_on}"}
        self.add(
            A.SUBMIT_PLAN,
            Role.HANDLER,
            planned_on,
            to=S.PLAN_REVIEW,
            measures=[measure],
            hardest="第1条，钱从哪里来。",
            co_units=[str(co.unit_id) for co in self.opinions],
        )
        if fate == "plan_review":
            self._pressed()
            return
        approved = house.workday(planned_on, 1, 4)
        remark = "同意，先做得了的先做。"
        self.add(A.APPROVE_PLAN, Role.DIRECTOR, approved, to=S.IN_PROGRESS, plan=self.events[-1].seq, remark=remark)
        handling.planned_on = approved
        if house.dice.random() < 0.75:
            answer_by = house.workday(approved, 12, 12)
            words: dict[str, Any] = {
                "form": "urge",
                "remark": "进度慢了。",
                "demand": "三天内到现场。",
                "answer_due_on": f"{answer_by}",
            }
            urged = self.add(A.URGE, Role.DIRECTOR, house.workday(approved, 4, 9), **words)
            handling.urged_on = urged.on
            self.add(A.ANSWER_URGING, Role.HANDLER, urging=str(urged.seq), answer="已经去过，照商定的办。")
        if house.dice.random() < 0.5:
            self._contact(house.workday(self.at.date(), 2, 9), ("visit", "research", "phone"))
        if fate == "extended":
            self._extended()
        elif fate in LATE:
            self._late()
        elif fate != "young":
            self._answered()

    def _extended(self) -> None:
        words: dict[str, Any] = {"months": 2, "explanation": "要等资金批下来。", "delivery": "in_person"}
        asked = self.add(A.REQUEST_EXTENSION, Role.DIRECTOR, date(2026, 4, 28), **words)
        handling = self.handling
        handling.extended_months, handling.reply_due_on = 2, self.house.term("reply_ordinary", handling.assigned_on, 2)
        until = f"{handling.reply_due_on}"
        self.add(A.GRANT_EXTENSION, SYSTEM, months=2, reply_due_on=until, request=asked.seq)

    def _late(self) -> None:
        if self.fate == "drafted":
            self._drafted(self.house.workday(date(2026, 5, 20), 0, 15), "B")
        elif self.fate == "signing":
            self._drafted(self.house.workday(date(2026, 5, 25), 0, 10), "A")
            self.add(A.SUBMIT_REPLY, Role.HANDLER, to=S.SIGNING)
        self._pressed()

    def _pressed(self) -> None:
        """Whoever watches presses what is late; some answer."""
        if self.house.dice.random() < 0.7:
            by = self.house.of(self.house.dice.choice((Role.SUPERVISOR, Role.INSPECTOR)))
            on = self.house.workday(date(2026, 5, 26), 0, 13)
            words: dict[str, Any] = {
                "demand": "答复期限过了，请写明卡在哪里，哪天答复。",
                "answer_due_on": f"{self.house.workday(on, 3, 5)}",
            }
            pressed = self.add(A.SUPERVISE, by, on, **words)
            if self.house.dice.random() < 0.5 and self.handling.handler_id:
                on = min(self.house.workday(on, 1, 3), TODAY)
                self.add(A.ANSWER_URGING, Role.HANDLER, on, urging=str(pressed.seq), answer="本周内答复。")

    def _give_opinions(self) -> None:
        """What the other units gave, too late or in time; a few gave nothing."""
        for co in self.opinions:
            if self.fate in ("new", "young") or co.unit.name in SILENT:
                continue
            self.at = max(self.at, datetime.combine(co.due_on, time(9), clock.CHINA))
            words: dict[str, Any] = {"co": co, "moves": (CoState.INVITED, CoState.GIVEN)}
            self.add(A.GIVE_CO_OPINION, Role.HANDLER, opinion="我们能做的已经列了单子。", **words)
            self.add(A.RELEASE_CO_OPINION, Role.DIRECTOR, co=co, moves=(CoState.GIVEN, CoState.RELEASED))
            co.state, co.opinion, co.yellow_on, co.red_after = CoState.RELEASED, "我们能做的已经列了单子。", None, None
