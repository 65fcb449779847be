"""What the oracle says of a life on one day: every due date and every light, found by walking over the days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.domain.oracle.days import DAY
from tests.domain.oracle.law import Term
from tests.domain.oracle.lives import Happening, Life

PROMISE_NEAR = 15
ELSEWHERE = ("assign", "countersign", "light_up_answer", "light_up_again", "inspection_report")
"""Terms that run beside a handling; each life asks for one of them."""
BLUE, YELLOW, RED, DARK = "blue", "yellow", "red", "dark"


@dataclass(frozen=True)
class Told:
    """Everything that is asked: terms that run with their ends, the light, other terms, opinions with their lights."""

    owed: tuple[tuple[str, date], ...]
    light: str
    others: tuple[tuple[str, date], ...]
    opinions: tuple[tuple[int, date, str], ...]
    is_sure: bool
    rested: tuple[date, ...]


class _Day:
    """A life as it stood at the end of one day."""

    def __init__(self, life: Life, today: date) -> None:
        self.life, self.today, self.law, self.days = life, today, life.law, life.days(today)
        self.past = life.until(today)
        self.redone_on = self.last("redo")
        self.round = 1 + sum(each.what == "redo" for each in self.past)
        self.of_round = self._since("redo")
        self.received_on = self.last("received")
        self.closed = self.last("closed") is not None
        self.sent = self.last("dispatched", self.of_round)

    def last(self, what: str, among: tuple[Happening, ...] | None = None) -> date | None:
        found = [each.on for each in (self.past if among is None else among) if each.what == what]
        return found[-1] if found else None

    def _since(self, what: str) -> tuple[Happening, ...]:
        places = [n for n, each in enumerate(self.past) if each.what == what]
        return self.past[places[-1] + 1 :] if places else self.past

    def has(self, what: str) -> bool:
        """Whether it happened in this round."""
        return any(each.what == what for each in self.of_round)

    def open(self, begins: str, ends: str) -> Iterator[Happening]:
        """What began and has not ended, each by its number."""
        for each in self.past:
            if each.what == begins and not any(e.what == ends and e.which == each.which for e in self.past):
                yield each

    # ── What runs ──

    def reply(self) -> tuple[str, Term, date, date]:
        """Its name, its term, from when, until when."""
        months = sum(each.months for each in self.of_round if each.what == "extended")
        key = f"reply_{self.life.reply}" if self.redone_on is None else "redo"
        start = self.redone_on or self.life.assigned_on
        term = self.law.terms[key]
        return key, term, start, term.ends(start, self.days, months)

    def running(self) -> Iterator[tuple[str, date, bool]]:
        """Each term that runs with its end, and whether it is near."""
        terms, days = self.law.terms, self.days
        counted: list[tuple[str, date]] = []
        if self.received_on is None:
            counted.append(("receive", self.life.entered_on))
        if self.sent is None:
            if self.received_on and self.round == 1 and not self.has("contacted"):
                counted.append(("first_contact", self.received_on))
            key, term, _, end = self.reply()
            yield key, end, term.is_near(self.today, end, days)
        elif self.has("concluded") or self.has("lapsed"):
            yield from self._promises()
        elif (rated_on := self.last("rated", self.of_round)) is None:
            counted.append(("rating", self.delivered_on()))
        elif not self.has("opened"):
            counted.append(("rating_window", rated_on))
        for key, start in counted:
            end = terms[key].ends(start, days)
            yield key, end, terms[key].is_near(self.today, end, days)
        yield from self._answers()

    def _promises(self) -> Iterator[tuple[str, date, bool]]:
        for promise in self.open("promised", "kept"):
            assert promise.until
            yield "promise", promise.until, (promise.until - self.today).days <= PROMISE_NEAR

    def _answers(self) -> Iterator[tuple[str, date, bool]]:
        if self.closed:
            return
        for urging in self.open("pressed", "replied_to"):
            assert urging.until
            yield "answer", urging.until, self.days.worked_after(self.today, urging.until, 2) <= 1

    def delivered_on(self) -> date:
        """When the letter counts as received: when it was, and at the latest so many working days after it went out."""
        assert self.sent
        at_latest = self.law.terms["delivery"].ends(self.sent, self.days)
        return min(self.last("delivered", self.of_round) or at_latest, at_latest)

    def is_behind(self) -> bool:
        """Whether work is missing that should be there by now."""
        if self.sent is not None:
            return False
        _, _, start, end = self.reply()
        gone, whole = (self.today - start).days, (end - start).days
        if self.received_on and self.round == 1 and not self.has("contacted"):
            counted = self.days.worked_after(self.received_on, self.today - DAY, self.law.contact_behind)
            if counted >= self.law.contact_behind:
                return True
        return (
            (not self.has("planned") and gone * 3 > whole)
            or (not self.has("urged") and gone * 2 > whole)
            or (not self.has("drafted") and gone * 3 > whole * 2)
        )

    # ── What else has a day ──

    def others(self) -> Iterator[tuple[str, date]]:
        terms, days = self.law.terms, self.days
        from_receipt = self.received_on if self.law.returns_from_receipt else None
        yield "request_return", terms["request_return"].ends(from_receipt or self.life.assigned_on, days)
        asked = self.last("return_asked")
        if asked and self.last("return_refused") is None:
            yield "name_new_unit", terms["name_new_unit"].ends(asked, days)
        if self.sent:
            yield "publication", terms["publication"].ends(self.sent, days)
        for each in self.past:
            if each.what == "reported":
                delivered = terms["delivery"].ends(each.on, days)
                yield f"promise_rating {each.which}", terms["promise_rating"].ends(delivered, days)
        key = ELSEWHERE[self.life.assigned_on.day % len(ELSEWHERE)]
        yield key, terms[key].ends(self.life.assigned_on, days)

    def opinions(self) -> Iterator[tuple[int, date, str]]:
        """The opinions that are still owed."""
        for which in (0, 1):
            key, start = self._opinion(which)
            if key and start:
                term = self.law.terms[key]
                end = term.ends(start, self.days)
                yield which, end, _light(self.today, [(end, term.is_near(self.today, end, self.days))])

    def _opinion(self, which: int) -> tuple[str, date | None]:
        key, start = "", None
        for each in self.past:
            if each.which != which:
                continue
            match each.what:
                case "asked_at_handover":
                    received = self.received_on if self.law.opinions_from_receipt else None
                    key, start = "co_opinion", received or self.life.assigned_on
                case "invited":
                    key, start = "co_opinion_invited", each.on
                case "sent_back":
                    key, start = "co_opinion_redo", each.on
                case "answered":
                    key, start = "", None
        return key, start


def _light(today: date, ends: list[tuple[date, bool]], *, is_behind: bool = False) -> str:
    if not ends:
        return DARK
    if any(today > end for end, _ in ends):
        return RED
    return YELLOW if is_behind or any(near for _, near in ends) else BLUE


def tell(life: Life, today: date) -> Told:
    """Say everything that is due and alight on this day."""
    day = _Day(life, today)
    running = sorted(day.running())
    light = _light(today, [(end, near) for _, end, near in running], is_behind=day.is_behind())
    _, _, start, end = day.reply()
    return Told(
        owed=tuple((key, end) for key, end, _ in running),
        light=light,
        others=tuple(sorted(day.others())),
        opinions=tuple(day.opinions()),
        is_sure=day.days.is_sure(start, end),
        rested=day.days.rested(end - timedelta(days=20), end),
    )


def days_to_ask(life: Life, today: date) -> list[date]:
    """The days around which something turns: every end, and where it is near."""
    day = _Day(life, today)
    ends = [end for _, end, _ in day.running()] + [end for _, end, _ in day.opinions()]
    _, _, start, end = day.reply()
    span = (end - start).days
    return [*ends, *(start + span * n // 6 * DAY for n in (2, 3, 4)), *(e - PROMISE_NEAR * DAY for e in ends)]
