"""What can be taken along by its code, at once or made in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO

from sqlalchemy.orm import Session

from suggestions.documents.ledgers import workbook
from suggestions.domain.facts import Actor
from suggestions.queries.counts import Asked, Scope
from suggestions.queries.ledgers import ledger

MEDIA_TYPES = {"xlsx": workbook.MEDIA_TYPE, "zip": "application/zip"}
"""By the ending of a file."""
_ROWS = 3_000


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


def export(session: Session, actor: Actor, scope: Scope, asks: Asked, *, code: str, today: date) -> Export:
    """What is asked for, as this person may read it; Missing for what there is none of, or no right to."""
    made = ledger(session, actor, scope, asks, code=code, today=today)
    return Export(made.title, made.length, "xlsx", _ROWS, partial(workbook.write, made))
