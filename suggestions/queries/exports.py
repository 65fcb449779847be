"""What can be taken along by its code: a ledger, or the package of a year's reports on promises."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO

from sqlalchemy.orm import Session

from suggestions.documents.ledgers import workbook
from suggestions.documents.papers import as_pdf
from suggestions.domain.deadlines import due_in_year
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor
from suggestions.domain.promise_round import Round
from suggestions.domain.rulebook import Rulebook, SeasonKey
from suggestions.queries.case_papers.archive import archive_of
from suggestions.queries.counts import Asked, Scope
from suggestions.queries.ledgers import READERS, ledger
from suggestions.queries.ledgers.asking import Asking
from suggestions.queries.looking import Reader
from suggestions.queries.promise_package import Package

PACKAGE, ARCHIVE = "promise-package", "archive"
MEDIA_TYPES = {"xlsx": workbook.MEDIA_TYPE, "zip": "application/zip", "pdf": as_pdf.MEDIA_TYPE}
"""By the ending of a file."""
_ROWS, _LETTERS = 3_000, 20


@dataclass(frozen=True)
class Export:
    """Something to take along: `write` puts it into an open file, and calls its second argument after each row."""

    title: str
    length: int
    ending: str
    at_once: int
    """So many rows are written while the person waits."""
    write: Callable[[IO[bytes], Callable[[], object]], None]

    @property
    def is_large(self) -> bool:
        """Whether nobody should wait for it."""
        return self.length > self.at_once


def export(
    session: Session, actor: Actor, scope: Scope, asks: Asked, *, code: str, today: date, rules: Rulebook
) -> Export:
    """What is asked for, as this person may read it; Missing for what there is none of, or no right to."""
    if code != PACKAGE:
        made = ledger(session, actor, scope, asks, code=code, today=today)
        return Export(made.title, made.length, "xlsx", _ROWS, partial(workbook.write, made))
    if actor.role not in READERS or not scope.is_listed:
        raise Missing
    round = Round(asks.year, due_in_year(rules.season(SeasonKey.PROMISE_REPORT), asks.year))
    package = Package(Asking(session, actor, scope, asks, today), round)
    return Export(package.title, package.length, "zip", _LETTERS, package.write)


def archive_export(session: Session, handling_id: int, reader: Reader) -> Export:
    """The archive of a case, as this person may see it today; Missing for who does not see the work of it."""
    archive = archive_of(session, handling_id, reader)
    return Export(archive.name, len(archive.pieces), "pdf", 0, archive.write)
