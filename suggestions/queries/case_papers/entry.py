"""A paper that a case has: its kind, what it is made of, and how it is made; and who may see which kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeAlias

from sqlalchemy.orm import Session

from suggestions.documents.letters.parts import LetterPaper
from suggestions.documents.papers.parts import Paper
from suggestions.domain.sight import Sight
from suggestions.queries.looking import Look

Drawable: TypeAlias = Paper | LetterPaper
WHOLE = frozenset({Sight.UNIT, Sight.OFFICE, Sight.INSPECTOR, Sight.AUDIT})
"""Who sees the work of a handling."""
AND_DEPUTY = WHOLE | {Sight.DEPUTY}
AND_CO_UNIT = WHOLE | {Sight.CO_UNIT}


class Kind(StrEnum):
    """The papers by their addresses, each with its name in the trade."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """A kind and its name."""
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    HANDLING_SLIP = "handling-slip", "办理单"
    READING_SLIP = "reading-slip", "阅批单"
    PLAN = "plan", "办理方案"
    CONTACTS = "contacts", "联系登记表"
    URGING_SLIP = "urging-slip", "督办单"
    SUPERVISION_PLAN = "supervision-plan", "督办方案"
    SUPERVISION_REPORT = "supervision-report", "督办情况报告"
    CO_OPINION = "co-opinion", "协办意见函"
    RETURN_REQUEST = "return-request", "退办申请"
    EXTENSION_REQUEST = "extension-request", "延期申请"
    EXPLANATION = "explanation", "延期说明"
    LETTER = "letter", "复函"
    RECEIPT = "receipt", "答复函回执"
    PROMISE_REPORT = "promise-report", "承诺事项落实情况函"
    PROMISE_RECEIPT = "promise-receipt", "承诺事项落实情况回执"
    PUBLIC_VERSION = "public-version", "公开文本对照"
    FIVE_PROOFS = "five-proofs", "五个亲自履职卡"


@dataclass(frozen=True)
class Entry:
    """One paper that can be made now."""

    kind: Kind
    make: Callable[[Session], Drawable]
    line: str = ""
    """Which of its kind it is: whose, and of which day."""
    record: int = 0
    """The number of the record that it is made of; 0 for a kind of which a case has one."""


@dataclass(frozen=True)
class Maker:
    """How the papers of a kind are found in a case, who may see them, and what is missing where there are none."""

    kind: Kind
    entries: Callable[[Look], Iterator[Entry]]
    lacking: str
    seen_by: frozenset[Sight] = WHOLE
