"""Random lives of one handling: what happened on which day, from the handover to wherever it was left alone."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.domain.oracle.days import AFTER, BEFORE, DAY, Days
from tests.domain.oracle.law import LAWS, Law, law_of

LAST = date(2027, 11, 30)


@dataclass(frozen=True)
class Happening:
    """One thing that happened; `which` co-unit, urging or promise, until when, by how many months."""

    on: date
    what: str
    which: int = 0
    until: date | None = None
    months: int = 0


@dataclass(frozen=True)
class Life:
    """One handling: under whose law, handed over when, entered when, and everything that happened, in order."""

    place: str
    reply: str
    assigned_on: date
    entered_on: date
    happenings: tuple[Happening, ...]
    notice: int = -1
    """Which invented notice of the coming year came out; none when negative."""
    noticed_on: date = date.max

    @property
    def law(self) -> Law:
        return law_of(self.place, self.assigned_on)

    def days(self, today: date) -> Days:
        """The days as they were known on this day."""
        return AFTER[self.notice] if self.notice >= 0 and today >= self.noticed_on else BEFORE

    def until(self, today: date) -> tuple[Happening, ...]:
        return tuple(each for each in self.happenings if each.on <= today)


@dataclass
class _Telling:
    """A life while it is thought up: the day it has come to, and what happened so far."""

    dice: Random
    law: Law
    reply: str
    on: date
    pace: int
    so_far: list[Happening] = field(default_factory=list)

    def later(self) -> date:
        self.on += self.dice.randrange(2 * self.pace) * DAY
        return self.on

    def perhaps(self, chance: float) -> bool:
        return self.dice.random() < chance

    def note(self, what: str, which: int = 0, until: date | None = None, months: int = 0) -> None:
        self.so_far.append(Happening(self.on, what, which, until, months))

    def is_left_alone(self) -> bool:
        return self.perhaps(0.06)


def random_life(dice: Random) -> Life:
    """Think up one life; turns of years, ends of months and the days around a new notice come often."""
    place = dice.choice(list(LAWS))
    reply = dice.choice(("ordinary", "ordinary", "complex"))
    assigned_on = _first_day(dice, LAWS[place].since)
    entered_on = assigned_on + dice.choice((0, 0, 0, 0, 1, 4, 12)) * DAY
    notice = dice.choice((-1, 0, 1, 2))
    life = Life(place, reply, assigned_on, entered_on, (), notice, date(2026, 11, 20) + dice.randrange(45) * DAY)
    told = _Telling(dice, life.law, reply, entered_on, dice.choice((2, 8, 25)))
    received_on = life.law.terms["receive"].ends(entered_on, life.days(entered_on))
    if told.perhaps(0.6):
        received_on = min(received_on, entered_on + dice.randrange(3) * DAY)
    _tell(told, received_on)
    beside = [*_opinions(dice, entered_on), *_urgings(dice, told)]
    happenings = sorted([*told.so_far, *beside], key=lambda each: each.on)
    return Life(place, reply, assigned_on, entered_on, tuple(happenings), notice, life.noticed_on)


def _first_day(dice: Random, since: date) -> date:
    on = since + dice.randrange((LAST - since).days) * DAY
    if dice.random() < 0.3:
        on = on.replace(day=28) + dice.randrange(4) * DAY
    elif dice.random() < 0.3:
        on = max(since, date(2026, 8, 1) + dice.randrange(200) * DAY)
    return on


def _tell(told: _Telling, received_on: date) -> None:
    if told.is_left_alone():
        return
    told.on = received_on
    told.note("received")
    if told.perhaps(0.8):
        told.so_far.append(Happening(told.on + told.dice.randrange(2 * told.pace) * DAY, "contacted"))
    if told.perhaps(0.2):
        told.later()
        told.note("return_asked")
        told.later()
        if told.is_left_alone():
            return
        told.note("return_refused")
    rounds = 1
    while _goes_on(told, rounds) and rounds < 3:
        rounds += 1


def _goes_on(told: _Telling, round: int) -> bool:
    """Tell one round; whether the handling was ordered to be done again."""
    for what, chance in (("planned", 1.0), ("urged", 0.9), ("drafted", 1.0), ("signed", 1.0)):
        if told.is_left_alone():
            return False
        told.later()
        if told.perhaps(chance):
            told.note(what)
        if what != "signed" and told.perhaps(0.15):
            _extension(told, round)
    told.later()
    told.note("dispatched")
    if told.perhaps(0.5):
        told.later()
        told.so_far.append(Happening(told.on, "delivered"))
    told.later()
    if told.is_left_alone():
        return False
    if told.perhaps(0.2):
        told.note("lapsed")
    else:
        told.note("rated")
        told.later()
        told.note("opened")
        if told.perhaps(0.4):
            told.note("contested")
            told.later()
            if told.perhaps(0.7):
                told.note("redo")
                return True
        told.note("concluded")
    _follow_up(told)
    return False


def _extension(told: _Telling, round: int) -> None:
    cap = told.law.terms[f"reply_{told.reply}" if round == 1 else "redo"].cap
    redone = [n for n, each in enumerate(told.so_far) if each.what == "redo"]
    granted = sum(each.months for each in told.so_far[redone[-1] if redone else 0 :] if each.what == "extended")
    if cap <= granted:
        return
    if not told.law.needs_consent or told.perhaps(0.6):
        told.note("extended", months=told.dice.randint(1, cap - granted))


def _follow_up(told: _Telling) -> None:
    for which in range(told.dice.randrange(3)):
        told.note("promised", which=which, until=told.on + told.dice.randrange(-10, 60) * DAY)
    for which in range(3):
        told.later()
        if any(each.what == "promised" and each.which == which for each in told.so_far) and told.perhaps(0.5):
            told.note("reported", which=which)
            told.note("kept", which=which)
    if told.perhaps(0.3):
        told.note("closed")


def _opinions(dice: Random, entered_on: date) -> list[Happening]:
    found = []
    for which in range(dice.choice((0, 0, 1, 1, 2))):
        on = entered_on + dice.choice((0, 0, dice.randrange(40))) * DAY
        found.append(Happening(on, "asked_at_handover" if on == entered_on else "invited", which))
        for what in ("sent_back", "answered"):
            on += dice.randrange(50) * DAY
            if dice.random() < 0.5:
                found.append(Happening(on, what, which))
    return found


def _urgings(dice: Random, told: _Telling) -> list[Happening]:
    found = []
    received = next((each.on for each in told.so_far if each.what == "received"), None)
    if received is None:
        return []
    for which in range(dice.choice((0, 0, 1, 2))):
        on = received + dice.randrange(1, 120) * DAY
        found.append(Happening(on, "pressed", which, until=on + timedelta(days=dice.randrange(1, 20))))
        if dice.random() < 0.5:
            found.append(Happening(on + dice.randrange(1, 25) * DAY, "replied_to", which))
    return found
