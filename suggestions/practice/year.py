"""A practice year: a district's 300 suggestions as they stand on 10 June, written as the steps would have left them.

Playing them through the door takes minutes. Here rows and events are written directly, chained as the door chains
them, so that `flask verify` and `flask recount` find them right; the same year comes out every time.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from suggestions import clock
from suggestions.domain import letter, rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.canonical import digest
from suggestions.domain.deadlines import due, near_on
from suggestions.domain.facts import SYSTEM, Actor
from suggestions.domain.rulebook import Rulebook
from suggestions.domain.states import HANDLING_ENDS, CoState, Life, Role
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as Written
from suggestions.domain.workdays import Calendar
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Person, Post, Promise, Suggestion, Unit
from suggestions.models.actors import actor_of
from suggestions.models.calendar import calendar
from suggestions.models.case import Case
from suggestions.practice.people import settle
from suggestions.usecases import housekeeping, office, offline, record
from suggestions.usecases.judging import reset_limits
from suggestions.usecases.recounting import recount
from suggestions.usecases.transaction import use_case

TODAY = date(2026, 6, 10)
_HANDED_ON = date(2026, 2, 9)
_BEGAN_AT = datetime.combine(_HANDED_ON, time(9), clock.CHINA)
SILENT = ("区林业局", "团区委", "区残联")
"""The units that contacted no deputy at all this year."""
_TOPICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "区民政局": (
        "养老服务",
        ("增设社区老年食堂", "开放社区活动室晚间时段", "补齐居家养老上门服务", "整理小区地名标牌"),
    ),
    "区教委": ("教育", ("增加小学课后托管点", "调整校门口放学时段", "改造农村学校厕所", "增设公办幼儿园学位")),
    "区住房城乡建委": (
        "城市建设",
        ("加快老旧小区加装电梯", "修补老楼外墙渗漏", "规范物业维修资金使用", "改造地下管网"),
    ),
    "区城市管理局": ("城市管理", ("增设公共厕所", "整治占道经营", "更换破损路灯", "规范共享单车停放")),
    "区卫生健康委": ("卫生健康", ("延长社区医院夜间门诊", "充实家庭医生队伍", "配齐村卫生室药品", "开展学生视力筛查")),
    "区人力社保局": ("劳动就业", ("办好零工市场", "增加技能培训班次", "整治欠薪", "帮助返乡人员就业")),
    "区公安分局": ("交通", ("优化学校周边红绿灯", "治理摩托车炸街", "增设过街人行道", "加强夜间巡逻")),
    "区规划自然资源局": ("城市建设", ("补建街道停车场", "公开闲置地块用途", "保护老街历史建筑", "明确口袋公园用地")),
    "区市场监管局": ("市场监管", ("抽检校园周边食品", "规范农贸市场计量", "整治预付卡跑路", "公示电梯维保信息")),
    "区医保局": ("医疗保障", ("开通异地就医直接结算", "简化慢病用药手续", "增加乡镇医保服务点", "公开门诊报销比例")),
    "区司法局": ("法治", ("充实村居法律顾问", "设立夜间调解室", "办好青少年法治课", "方便老人办公证")),
    "区财政局": ("财政", ("保障村级公共服务经费", "公开民生项目资金", "提高环卫工人补贴", "支持社区食堂运营")),
    "区委组织部": ("基层党建", ("稳定社区工作者队伍", "办好党群服务中心", "选派驻村干部")),
    "区林业局": ("生态环境", ("补植行道树", "防治松材线虫病", "开放森林步道")),
    "团区委": ("青少年", ("办好暑期托管班", "扶持青年创业", "关爱留守儿童")),
    "区残联": ("残疾人福利", ("改造盲道", "增加康复器具租借点", "开展残疾人就业帮扶")),
}
_PLACES = (
    "临江街道",
    "石井坡街道",
    "上河街道",
    "云栖社区",
    "滨江村",
    "书香路片区",
    "北门片区",
    "龙泉镇",
    "白鹤镇",
    "柳林村",
)
_FATES = (
    *(("closed", 88), ("followed", 62), ("waiting", 24), ("lapsed", 12), ("sealed", 6), ("late_reply", 20)),
    *(("redone", 4), ("contested", 3), ("received", 3), ("planning", 6), ("plan_review", 4), ("drafted", 9)),
    *(("signing", 6), ("extended", 10), ("young", 28), ("new", 8), ("withdrawn", 3)),
)
_SECRET = 4
NUMBER = sum(many for _, many in _FATES) + _SECRET
"""How many suggestions the year has."""
_LATE = frozenset({"received", "planning", "plan_review", "drafted", "signing"})
_BETWEEN_SESSIONS = frozenset({"waiting", "sealed", "young", "new"})
_PROMISED = tuple(
    (due_on, kept_on)
    for due_on, kept_on in (
        ((4, 20), (4, 15)),
        ((6, 20), None),
        ((9, 30), None),
        ((5, 15), None),
        ((6, 28), None),
        ((4, 30), (5, 12)),
        ((12, 20), None),
        ((6, 30), None),
        ((6, 5), (6, 3)),
    )
)


@dataclass
class _House:
    """The people, the calendar and the law of the year."""

    rules: Rulebook
    days: Calendar
    units: dict[str, Unit]
    posts: dict[tuple[Role, int | None], Actor]
    deputies: list[Actor]
    dice: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311 nothing here is secret

    def of(self, role: Role, unit_id: int | None = None) -> Actor:
        return self.posts[role, unit_id]

    def workday(self, on: date, *later: int) -> date:
        """The working day on or after a day, some days drawn later."""
        return self.days.next_workday(on + timedelta(days=self.dice.randint(*later) if later else 0))

    def term(self, key: str, start: date, months: int = 0) -> date:
        return due(self.rules.term(key), start, self.days, extended_months=months).on


@dataclass
class _Tale:
    """One suggestion on its way: its rows, and its events as they come."""

    house: _House
    fate: str
    suggestion: Suggestion
    handling: Handling
    lead: Actor
    opinions: list[CoHandling] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    at: datetime = _BEGAN_AT

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

    def tell(self) -> None:
        """Everything that happened, from the handover on."""
        handling, suggestion = self.handling, self.suggestion
        self.at = datetime.combine(handling.assigned_on, time(9), clock.CHINA)
        words = {"title": suggestion.title, "content": suggestion.content, "lead": self.lead.name, "joint": []}
        self._of_suggestion(A.IMPORT_HANDOVER, self.house.of(Role.SUPERVISOR), None, Written.ASSIGNED, words)
        day = {"assigned_on": f"{handling.assigned_on}", "reply_due_on": f"{handling.reply_due_on}"}
        self.add(A.BEGIN, SYSTEM, unit=handling.unit.name, to=S.ASSIGNED, **day)
        for co in self.opinions:
            moves = ("", CoState.INVITED)
            self.add(
                A.INVITE_CO_OPINION, SYSTEM, co=co, moves=moves, unit=co.unit.name, question="", due_on=f"{co.due_on}"
            )
        if self.fate != "new":
            self._begun()
        self._give_opinions()

    def _of_suggestion(self, action: A, by: Actor, came: Written | None, to: Written, words: dict[str, Any]) -> None:
        entry = record.Entry(Life.SUGGESTION, action, by, words, from_state=came, to_state=to)
        self.suggestion.state = to
        with clock.pinned(self.at):
            self.events.append(record.add_to_case(self.suggestion, entry))

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
            words = {
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
        elif fate in _LATE:
            self._late()
        elif fate != "young":
            self._answered()

    def _extended(self) -> None:
        words = {"months": 2, "explanation": "要等资金批下来。", "delivery": "in_person"}
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
            words = {
                "demand": "答复期限过了，请写明卡在哪里，哪天答复。",
                "answer_due_on": f"{self.house.workday(on, 3, 5)}",
            }
            pressed = self.add(A.SUPERVISE, by, on, **words)
            if self.house.dice.random() < 0.5 and self.handling.handler_id:
                on = min(self.house.workday(on, 1, 3), TODAY)
                self.add(A.ANSWER_URGING, Role.HANDLER, on, urging=str(pressed.seq), answer="本周内答复。")

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
        signed = {"letter": text, "edits": [], "remark": "办了的写清楚，没办的也写清楚。"}
        self.add(A.SIGN_REPLY, Role.DIRECTOR, on, to=S.SIGNED, content_hash=letter.content_hash(text), **signed)
        rating_due = due(self.house.rules.term("delivery"), on, self.house.days).on
        rating_due = self.house.term("rating", rating_due)
        handling.document_number = f"{handling.unit.name}函〔2026〕{self.suggestion.number}-{handling.round}号"
        handling.dispatched_on, handling.rating_due_on = on, rating_due
        handling.result_class, handling.publication = result, text["publication"]
        words = {"document_number": handling.document_number, "delivery": "in_person", "rating_due_on": f"{rating_due}"}
        more = {"copies": "", "gap_reason": "", "has_receipt_form": True, "letters": ""}
        self.add(A.DISPATCH, Role.CLERK, to=S.REPLIED, content_hash=letter.content_hash(text), **words, **more)

    def _rate(self, on: date, overall: str, opens_to: S | None = None) -> None:
        reason = "只说了打算，没有说哪天办。" if overall == "dissatisfied" else ""
        scores = [{"request_no": "1", "score": overall, "reason": ""}]
        words = {"scores": scores, "attitude": "satisfied", "result": overall, "overall": overall, "reason": reason}
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
        remark = {"remark": "这次我自己去。", "files": [], "handler": str(handling.handler_id), "handler_name": ""}
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
            (month, day), kept = self.house.dice.choice(_PROMISED)
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
            names = ("sentence", "measure", "owner", "evidence", "number")
            told = {name: getattr(promise, name) for name in names}
            self.add(A.ADD_PROMISE, Role.HANDLER, request_no="1", due_on=f"{promise.due_on}", **told)

    def _afterwards(self) -> None:
        house, handling = self.house, self.handling
        for promise in sorted((p for p in self.promises if p.fulfilled_on), key=lambda p: p.fulfilled_on or TODAY):
            promise.fulfilled_on = max(promise.fulfilled_on or TODAY, self.at.date())
            words = {"number": promise.number, "measure": promise.measure, "due_on": f"{promise.due_on}", "files": []}
            self.add(A.FULFIL_PROMISE, Role.HANDLER, promise.fulfilled_on, promise="", proof=promise.proof, **words)
        if house.dice.random() < 0.4:
            self._contact(min(house.workday(self.at.date(), 1, 5), TODAY), ("visit", "phone"))
        if handling.publication == "proactive" and house.dice.random() < 0.8:
            self._published()
        if self.fate == "closed":
            words = {"with_whom": "街道", "remark": "现场定了。", "checked": "看了两处。"}
            self.add(A.COORDINATE, Role.DIRECTOR, **words)
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
        text = {"number": self.handling.number_text, "title": self.suggestion.title, "unit": self.handling.unit.name}
        text |= {"document_number": self.handling.document_number or "", "text": "已经办了，见附图。"}
        self.add(A.DRAFT_PUBLIC_TEXT, Role.CLERK, content_hash=digest(text), **text)
        opinion = {"kind": "secrecy", "of": "public_text", "opinion": "可以公开。"}
        self.add(A.ENDORSE, Role.REVIEWER, content_hash=digest(text), **opinion)
        self.add(A.PUBLISH, Role.CLERK, content_hash=digest(text), **text)
        self.handling.published_on = self.at.date()

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


def suggestion_asks(suggestion: Suggestion) -> list[str]:
    """The one request of a suggestion of the year."""
    return [suggestion.title.removeprefix("关于").removesuffix("的建议") + "，写明哪天办。"]


def letter_of(tale: _Tale, result_class: str) -> dict[str, Any]:
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


def load_year() -> bool:
    """Fill an empty database with people and the year; False, and nothing done, when anything is in it."""
    if any(db.session.scalar(select(table.id).limit(1)) is not None for table in (Person, Suggestion)):
        return False
    with clock.pinned(datetime.combine(_HANDED_ON, time(8), clock.CHINA)):
        office.seed_calendar()
        settle()
    with clock.pinned(datetime.combine(TODAY, time(8), clock.CHINA)):
        write_year()
        _register_secrets()
        recount()
    housekeeping.set_practice_day(TODAY)
    return True


@use_case
def write_year() -> None:
    """The year's suggestions into a house that has its people and its calendar."""
    house = _house()
    tales = list(_rows(house))
    for tale in tales:
        tale.tell()
        db.session.add_all(tale.promises)
    db.session.flush()
    for tale in tales:
        if tale.handling.state not in HANDLING_ENDS:
            case = Case(
                suggestion=tale.suggestion,
                cosigners=(),
                files=(),
                handlings=(tale.handling,),
                co_handlings=tuple(tale.opinions),
                promises=tuple(tale.promises),
                events=tuple(tale.events),
            )
            reset_limits(case, tale.handling)


def _house() -> _House:
    posts: dict[tuple[Role, int | None], Actor] = {}
    deputies = []
    for post in db.session.scalars(select(Post).order_by(Post.id)):
        if post.role is Role.DEPUTY:
            deputies.append(actor_of(post))
        else:
            posts.setdefault((post.role, post.unit_id), actor_of(post))
    for (role, unit), actor in [*posts.items()]:
        if unit is None:
            # Whoever belongs to no unit acts on the cases of each.
            posts |= {(role, id): actor for _, id in [*posts]}
    units = {unit.name: unit for unit in db.session.scalars(select(Unit).order_by(Unit.id))}
    rules = rulebook.load("chongqing", _HANDED_ON)
    return _House(rules, calendar(db.session()), units, posts, deputies)


def _assigned_on(house: _House, fate: str) -> date:
    if fate not in _BETWEEN_SESSIONS:
        return _HANDED_ON
    first = {"new": date(2026, 6, 8), "waiting": date(2026, 3, 16), "sealed": date(2026, 3, 16)}
    return house.workday(first.get(fate, date(2026, 4, 20)), 0, 0 if fate == "new" else 20)


def _rows(house: _House) -> Iterator[_Tale]:
    """The rows of every case, the fates dealt out among the units."""
    dealt = [fate for fate, many in _FATES for _ in range(many)]
    house.dice.shuffle(dealt)
    names = list(_TOPICS)
    # The first units of the list handle more, as in every district.
    weighted = [name for at, name in enumerate(names) for _ in range(3 if at < 6 else 2 if at < 10 else 1)]
    made = []
    for at, fate in enumerate(dealt):
        name = weighted[(at * 7) % len(weighted)]
        category, topics = _TOPICS[name]
        on, lead = _assigned_on(house, fate), house.deputies[(at * 5) % len(house.deputies)]
        what = topics[at % len(topics)]
        suggestion = Suggestion(
            state=Written.ASSIGNED,
            congress="云山区",
            term=19,
            session=6,
            series="recess" if fate in _BETWEEN_SESSIONS else "session",
            number=f"{at + 1:03}",
            title=f"关于在{_PLACES[(at // len(weighted)) % len(_PLACES)]}{what}的建议",
            content=f"群众反映{what}的事多年没有着落。\n建议：{what}，写明哪天办。",
            asked=[],
            category=category,
            lead_id=lead.person_id,
            is_key=at % 37 == 5,
            rulebook=house.rules.name,
            ruled_on=on,
            assigned_on=on,
            chain_seq=0,
            chain_hash="0" * 64,
        )
        handling = Handling(
            state=S.ASSIGNED,
            suggestion=suggestion,
            unit=house.units[name],
            reply_term="ordinary",
            publication="",
            assigned_on=on,
            reply_due_on=house.term("reply_ordinary", on),
        )
        made.append(
            (fate, suggestion, handling, lead, names[(names.index(name) + 3) % len(names)] if at % 4 == 0 else "")
        )
    db.session.add_all(handling for _, _, handling, _, _ in made)
    db.session.flush()
    tales = [_Tale(house, fate, suggestion, handling, lead) for fate, suggestion, handling, lead, _ in made]
    for tale, (*_, other) in zip(tales, made, strict=True):
        if other:
            tale.opinions.append(_owed(house, tale.handling, house.units[other]))
    db.session.add_all(co for tale in tales for co in tale.opinions)
    db.session.flush()
    yield from tales


def _owed(house: _House, handling: Handling, unit: Unit) -> CoHandling:
    term = due(house.rules.term("co_opinion"), handling.assigned_on, house.days)
    return CoHandling(
        state=CoState.INVITED,
        handling=handling,
        unit=unit,
        term="co_opinion",
        started_on=handling.assigned_on,
        due_on=term.on,
        yellow_on=near_on(term, house.days),
        red_after=term.on,
    )


def _register_secrets() -> None:
    supervisor = db.session.scalars(select(Post).where(Post.role == Role.SUPERVISOR).order_by(Post.id)).first()
    unit = db.session.scalars(select(Unit.id).where(Unit.name == "区公安分局")).one()
    told = (("", ""), ("2026-04-07", "satisfied"), ("2026-05-07", ""), ("2026-05-20", "mostly_satisfied"))
    for at, (replied_on, rating) in enumerate(told, start=NUMBER - _SECRET + 1):
        words = {"number": f"第{at}号", "series": "session", "unit": str(unit), "assigned_on": f"{_HANDED_ON}"}
        offline.register_offline(by=actor_of(supervisor), words={**words, "replied_on": replied_on, "rating": rating})
