"""The promises of two years in one package: the ledger, each report letter with its receipt, and a contents sheet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Row, select

from suggestions import clock
from suggestions.documents.ledgers import workbook
from suggestions.documents.ledgers.sheet import Column, Kind, Ledger, Sheet, Value
from suggestions.documents.papers import as_word
from suggestions.domain.promise_round import Round
from suggestions.domain.states import Life
from suggestions.models import Handling, Promise, Suggestion, Unit
from suggestions.models.promise_round import owes_report
from suggestions.queries.case_papers import letters
from suggestions.queries.case_papers.entry import Entry
from suggestions.queries.ledgers import promises
from suggestions.queries.ledgers.asking import ORDER, Asking, number_of
from suggestions.queries.looking import Reader, look_at
from suggestions.queries.statistics_list import promise_words

LEDGER, CONTENTS = "01-承诺事项台账.xlsx", "00-目录.xlsx"
_COLUMNS = (
    Column("序号", Kind.COUNT, 7),
    Column("承办单位", width=20),
    Column("编号", width=10),
    Column("标题", Kind.LONG, 46),
    Column("第几项", Kind.COUNT, 8),
    Column("要做的事", Kind.LONG, 40),
    Column("完成期限", Kind.DATE, 12),
    Column("怎样了", width=16),
    Column("最近报告日期", Kind.DATE, 12),
    Column("落实情况函", Kind.LONG, 44),
    Column("回执", Kind.LONG, 44),
    Column("缺什么", Kind.LONG, 40),
)
_NOT_REPORTED = "还没有向代表报告落实情况，所以没有函和回执"
_EARLIER = "这一年第四季度还没有报告，附的是{on}的函"


@dataclass(frozen=True)
class Package:
    """A package that is written promise by promise: its title, and how many promises are due a report."""

    asking: Asking
    round: Round

    @property
    def title(self) -> str:
        """The name that an office would give its file."""
        return f"{self.round.year}年第四季度承诺事项落实情况报告"

    @property
    def length(self) -> int:
        """How many promises this year's round is about."""
        return self.asking.count(self._due())

    def _due(self) -> Any:
        return (
            select(Promise.id, Promise.handling_id, Promise.number.label("nth"), Promise.measure, Promise.due_on)
            .add_columns(Promise.fulfilled_on, Promise.released_on, Promise.reported_on, Handling.part)
            .add_columns(Suggestion.number, Suggestion.title, Unit.name.label("unit"))
            .select_from(Promise)
            .join(Handling, Handling.id == Promise.handling_id)
            .join(Suggestion, Suggestion.id == Handling.suggestion_id)
            .join(Unit, Unit.id == Handling.unit_id)
            .where(owes_report(self.round), self.asking.of_units(Handling.unit_id))
            .order_by(Unit.id, *ORDER, Promise.number)
        )

    def write(self, target: IO[bytes], note: Callable[[], object] = lambda: None) -> None:
        """Write the package; `note` is called after each promise. Nothing that is missing stops it: it is named."""
        with ZipFile(target, "w", ZIP_DEFLATED) as made:
            rows = list(self._rows(made, note))
            made.writestr(LEDGER, _book(promises.ledger(self.asking)))
            made.writestr(CONTENTS, _book(Ledger(f"{self.title}目录", (Sheet("目录", _COLUMNS, rows),), len(rows))))

    def _rows(self, made: ZipFile, note: Callable[[], object]) -> Iterator[Sequence[Value]]:
        reader = Reader(self.asking.actor, clock.now(), _no_address)
        number = 0
        for portion in self.asking.portions(self._due(), Promise.id):
            for row in portion:
                number += 1
                names = self._papers(made, row, reader)
                on = row.reported_on
                missing = "" if names else _NOT_REPORTED
                if names and on is not None and on < self.round.opens_on:
                    missing = _EARLIER.format(on=on.isoformat())
                letter, receipt = names or ("", "")
                yield (
                    *(number, row.unit, number_of(row.number, row.part), row.title, row.nth, row.measure, row.due_on),
                    *(promise_words(row, self.asking.today), on, letter, receipt, missing),
                )
                note()

    def _papers(self, made: ZipFile, row: Row[Any], reader: Reader) -> tuple[str, str] | None:
        """The newest report letter of a promise and its receipt, put into the package; None without a report."""
        if row.reported_on is None:
            return None
        look = look_at(self.asking.session, Life.HANDLING, row.handling_id, reader)
        place = f"{_safe(row.unit)}/第{number_of(row.number, row.part)}号-承诺第{row.nth}项"
        names = []
        for entries, name in ((letters.promise_reports, "落实情况函"), (letters.promise_receipts, "回执")):
            entry = _newest(entries(look), row.id, look)
            if entry is None:
                return None
            made.writestr(f"{place}-{name}.docx", as_word.render(entry.make(self.asking.session)))
            names.append(f"{place}-{name}.docx")
        return names[0], names[1]


def _newest(entries: Iterator[Entry], promise_id: int, look: Any) -> Entry | None:
    told = {past.seq for past in look.facts.story.events if int(past.payload.get("promise") or 0) == promise_id}
    return next((entry for entry in reversed(list(entries)) if entry.record in told), None)


def _safe(name: str) -> str:
    """A unit's name as a folder."""
    return name.replace("/", "／").replace("\\", "＼").strip(". ") or "单位"


def _book(made: Ledger) -> bytes:
    kept = BytesIO()
    workbook.write(made, kept)
    return kept.getvalue()


def _no_address(*_: object, **__: object) -> str:
    return ""
