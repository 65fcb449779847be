"""What belongs into the archive of a case (归档卷): every paper, letter, original and attachment that one may see."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from suggestions.documents.archive import Cover, Kept, Piece, bound
from suggestions.documents.papers.parts import Form, Paper, Part, Text
from suggestions.domain.errors import Missing
from suggestions.domain.states import Life
from suggestions.models import File
from suggestions.queries.case_papers import entries_of
from suggestions.queries.case_papers.common import day, head, unit_of
from suggestions.queries.case_papers.entry import Entry, Kind
from suggestions.queries.file_seen import files_for
from suggestions.queries.looking import Look, Reader, look_at, short_hash
from suggestions.queries.past_page import past_reply

_PAPERS, _LETTERS, _ORIGINALS, _OTHERS = "一、办理文书", "二、复函", "三、建议原件", "四、附件"

_WITH_LETTERS = frozenset({Kind.LETTER, Kind.RECEIPT, Kind.PROMISE_RECEIPT})
"""Letters have a place of their own, and the receipt forms are bound in behind them."""


@dataclass(frozen=True)
class Archive:
    """An archive ready to be bound, and the name of its file."""

    name: str
    cover: Cover
    pieces: tuple[Piece, ...]

    def write(self, target: IO[bytes], note: Callable[[], object]) -> None:
        """Bind it into an open file, `note` called after each piece; NotNow when it cannot be drawn or bound here."""
        with tempfile.TemporaryDirectory(prefix="archive-") as folder:
            path = bound(self.cover, self.pieces, Path(folder), note)
            with path.open("rb") as made:
                shutil.copyfileobj(made, target)


def whole_look(session: Session, handling_id: int, reader: Reader) -> Look:
    """The case for who may take its archive along; Missing for deputies and co-units, who have single papers of it."""
    look = look_at(session, Life.HANDLING, handling_id, reader)
    if not look.is_whole:
        raise Missing
    return look


def archive_of(session: Session, handling_id: int, reader: Reader) -> Archive:
    """The archive as this person may see it; Missing as for `whole_look`."""
    look = whole_look(session, handling_id, reader)
    pieces = (*_papers(session, look), *_letters(session, look), *_files(look))
    return Archive(f"归档卷-{look.handling.number_text}", _cover(look), pieces)


def _cover(look: Look) -> Cover:
    suggestion, handling = look.case.suggestion, look.handling
    state = "已办结" if handling.closed_on else "还没有办结，装订的是到现在为止的材料"
    lines = (
        (("交办日期", day(handling.assigned_on)), ("办结日期", day(handling.closed_on))),
        (("情况", state),),
        (("记录", f"到第{suggestion.chain_seq}号（指纹 {short_hash(suggestion.chain_hash)}）"),),
        (("装订日期", day(look.today)), ("装订人", look.facts.actor.name)),
    )
    return Cover(f"{handling.number_text}建议办理归档卷", unit_of(look), Form(head(look, *lines).lines))


def _papers(session: Session, look: Look) -> Iterator[Piece]:
    return (_piece(session, _PAPERS, entry) for entry in entries_of(look) if entry.kind not in _WITH_LETTERS)


def _letters(session: Session, look: Look) -> Iterator[Piece]:
    yield from (_piece(session, _LETTERS, entry) for entry in entries_of(look) if entry.kind is Kind.LETTER)
    past = past_reply(look)
    if past is not None:
        blocks: tuple[Part, ...] = (Form([(pair,) for pair in past.facts]), *(Text(b.text) for b in past.blocks))
        yield Piece(_LETTERS, "当年的复函（往年件清单里的文字）", lambda: Paper("当年的复函", "", blocks))


def _piece(session: Session, group: str, entry: Entry) -> Piece:
    title = f"{entry.kind.label}（{entry.line}）" if entry.line else entry.kind.label
    return Piece(group, title, lambda: entry.make(session))


def _files(look: Look) -> Iterator[Piece]:
    for is_original, group in ((True, _ORIGINALS), (False, _OTHERS)):
        yield from (_kept(group, file) for file in files_for(look) if file.is_original is is_original)


def _kept(group: str, file: File) -> Piece:
    return Piece(group, file.name, Kept(file.name, file.sha256, file.size))
