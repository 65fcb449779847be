"""The codes of a rulebook: units, starting days, parties, and the keys of every term the program asks for."""

from collections.abc import Mapping
from enum import StrEnum


class Unit(StrEnum):
    """What a term is counted in."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"


class Start(StrEnum):
    """The day from which a term is counted; that day itself is never counted."""

    SUBMITTED_ON = "submitted_on"
    ASSIGNED_ON = "assigned_on"
    BEGUN_ON = "begun_on"
    """The day the case came to the unit: later than its assignment where a handover list was taken in afterwards."""
    RECEIVED_ON = "received_on"
    REQUESTED_ON = "requested_on"
    INVITED_ON = "invited_on"
    SENT_BACK_ON = "sent_back_on"
    SHOWN_ON = "shown_on"
    REDO_ON = "redo_on"
    DISPATCHED_ON = "dispatched_on"
    DELIVERED_ON = "delivered_on"
    RATED_ON = "rated_on"
    LIT_ON = "lit_on"

    @property
    def label(self) -> str:
        """What happened on that day, in Chinese, to be read after the date."""
        return START_LABELS[self]


START_LABELS: Mapping[Start, str] = {
    Start.SUBMITTED_ON: "收到代表提交的建议",
    Start.ASSIGNED_ON: "交办",
    Start.BEGUN_ON: "到承办单位",
    Start.RECEIVED_ON: "签收",
    Start.REQUESTED_ON: "收到退办申请",
    Start.INVITED_ON: "邀请协办",
    Start.SENT_BACK_ON: "要求重新提出意见",
    Start.SHOWN_ON: "送会签",
    Start.REDO_ON: "要求重新办理",
    Start.DISPATCHED_ON: "发出",
    Start.DELIVERED_ON: "送达代表",
    Start.RATED_ON: "评价",
    Start.LIT_ON: "亮灯",
}


class Party(StrEnum):
    """Who owes what a term asks for."""

    UNIT = "unit"
    CO_UNIT = "co_unit"
    SUPERVISOR = "supervisor"
    DEPUTY = "deputy"
    SYSTEM = "system"


class Called(StrEnum):
    """Whom a light calls, one after the other."""

    HANDLER = "handler"
    REVIEWER = "reviewer"
    DIRECTOR = "director"
    SUPERVISOR = "supervisor"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        """As an officer says it."""
        return {
            Called.HANDLER: "承办人",
            Called.REVIEWER: "审核人",
            Called.DIRECTOR: "局长",
            Called.SUPERVISOR: "人代工委",
            Called.DEPUTY: "领衔代表",
        }[self]


class TermKey(StrEnum):
    """The terms the program asks a rulebook for; every rulebook must hold them all."""

    ASSIGN = "assign"
    RECEIVE = "receive"
    REQUEST_RETURN = "request_return"
    NAME_NEW_UNIT = "name_new_unit"
    FIRST_CONTACT = "first_contact"
    CO_OPINION = "co_opinion"
    CO_OPINION_INVITED = "co_opinion_invited"
    CO_OPINION_REDO = "co_opinion_redo"
    COUNTERSIGN = "countersign"
    REPLY_ORDINARY = "reply_ordinary"
    REPLY_COMPLEX = "reply_complex"
    REDO = "redo"
    DELIVERY = "delivery"
    RATING = "rating"
    RATING_WINDOW = "rating_window"
    PUBLICATION = "publication"
    PROMISE_RATING = "promise_rating"
    LIGHT_UP_ANSWER = "light_up_answer"
    LIGHT_UP_AGAIN = "light_up_again"
    INSPECTION_REPORT = "inspection_report"


class ExtraKey(StrEnum):
    """The terms that only some places have; a rulebook may leave them out."""

    ACCEPTANCE_NOTICE = "acceptance_notice"


class SeasonKey(StrEnum):
    """The yearly duties the program asks a rulebook for."""

    PROMISE_REPORT = "promise_report"
    ANNUAL_REPORT = "annual_report"


class Scale(StrEnum):
    """What a deputy rates: the whole; its parts (each request, attitude, result); a promise's fulfilment."""

    OVERALL = "overall"
    PART = "part"
    PROMISE = "promise"


class Rated(StrEnum):
    """What a place's text asks the deputy to rate; the program asks for the overall rating everywhere."""

    OVERALL = "overall"
    ATTITUDE = "attitude"
    RESULT = "result"
    PROMISE = "promise"

    @property
    def label(self) -> str:
        """What is rated, in Chinese."""
        return RATED_LABELS[self]


RATED_LABELS: Mapping[Rated, str] = {
    Rated.OVERALL: "总体评价",
    Rated.ATTITUDE: "办理态度",
    Rated.RESULT: "办理结果",
    Rated.PROMISE: "承诺落实情况",
}


class Proof(StrEnum):
    """What a class of result must prove: a fact, a date, a ground, or the number of a letter sent upward."""

    FACT = "fact"
    DATE = "date"
    GROUND = "ground"
    LETTER = "letter"
