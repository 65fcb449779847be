"""The practice history: what happened between the handover and the day on which practice begins."""

from datetime import date, datetime, time

from sqlalchemy import select

from suggestions import clock
from suggestions.domain import lifecycle
from suggestions.domain.actions import Action
from suggestions.domain.letter_form import LetterForm
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import Person, Suggestion
from suggestions.practice import HANDOVER, PAST, START
from suggestions.practice.moves import FEB_9, Move
from suggestions.practice.people import settle
from suggestions.practice.play import Play
from suggestions.practice.stories import STORIES
from suggestions.practice.stories.written import write
from suggestions.usecases import housekeeping, importing, importing_past, office
from suggestions.usecases.filing import Upload
from suggestions.usecases.letter_templates import set_letter_template

LATECOMER = "001"
"""The number that is not in the first handover, so that the second import adds a row and somebody can sign for it."""
_SETTLED_AT = datetime.combine(FEB_9, time(8), clock.CHINA)


def load_practice() -> bool:
    """Fill an empty database with calendar, people and history; False, and nothing done, when anything is in it."""
    if any(db.session.scalar(select(table.id).limit(1)) is not None for table in (Person, Suggestion)):
        return False
    with clock.pinned(_SETTLED_AT):
        office.seed_calendar()
        settle()
    play_history()
    return True


def play_history() -> None:
    """Play every story from the handover on, day by day, the cases taking turns; then set the practice day."""
    play = Play(FEB_9)
    workbook, originals = _papers()
    _import(play, workbook, originals, only=frozenset(STORIES))
    _import_past(play)
    for day in sorted({START, *(day for story in STORIES.values() for day in story)}):
        moves = _moves_of(day)
        play.go_to(day, steps=len(moves))
        if day == START:
            _import(play, workbook, originals)
        for number, move in moves:
            _make(play, number, move)
        write(play, day)
    _word_the_letters(play)
    housekeeping.set_practice_day(START)


def _word_the_letters(play: Play) -> None:
    """The clerk of the bureau words its letters, so that the next one gets its number by itself."""
    words = LetterForm(series="云山民政函", copies="区人大常委会人代工委，区政府办公室").words()
    with clock.pinned(play.moment):
        set_letter_template(words, seen_version=0, by=play.actor("clerk"))


def _papers() -> tuple[Upload, list[Upload]]:
    workbook = HANDOVER / "handover.xlsx"
    originals = sorted((HANDOVER / "originals").iterdir())
    return Upload(workbook.name, workbook.read_bytes()), [Upload(file.name, file.read_bytes()) for file in originals]


def _import(play: Play, workbook: Upload, originals: list[Upload], *, only: frozenset[str] | None = None) -> None:
    with clock.pinned(play.moment):
        importing.import_handover(workbook, originals, by=play.actor("supervisor"), only=only)


def _import_past(play: Play) -> None:
    """What was answered the year before: one promise falls due soon after practice begins, one is overdue."""
    workbook = PAST / "past.xlsx"
    papers = [Upload(file.name, file.read_bytes()) for file in sorted((PAST / "papers").iterdir())]
    with clock.pinned(play.moment):
        importing_past.import_past(Upload(workbook.name, workbook.read_bytes()), papers, by=play.actor("supervisor"))


def _moves_of(day: date) -> list[tuple[str, Move]]:
    """The moves of a day, the cases taking turns."""
    turns = [(turn, number, move) for number, story in STORIES.items() for turn, move in enumerate(story.get(day, ()))]
    return [(number, move) for _, number, move in sorted(turns, key=lambda t: t[:2])]


def _make(play: Play, number: str, move: Move) -> None:
    words = move.words
    if move.action is Action.SPLIT_REQUESTS and not words:
        words = {"requests": [{"text": text} for text in play.suggestion(number).asked]}
    if move.of_unit:
        life, target = Life.CO_HANDLING, play.co_handling(number, move.of_unit).id
    else:
        life, target = Life.HANDLING, play.handling(number).id
    if not lifecycle.rows(life, move.action):
        life, target = Life.SUGGESTION, play.suggestion(number).id
    play.step(life, target, move.who, move.action, words, edits=move.edits)
