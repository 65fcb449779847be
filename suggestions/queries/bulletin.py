"""The weekly bulletin (督办通报): what came in, fell due, was late and why, was pressed and answered."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from suggestions.domain import rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import Light, remaining
from suggestions.domain.facts import Actor
from suggestions.domain.labels import STATES
from suggestions.domain.limits import short_name
from suggestions.domain.rulebook import Unit as Counted
from suggestions.domain.states import HANDLING_ENDS, Life
from suggestions.domain.states import HandlingState as S
from suggestions.domain.story import REAL_CONTACT_FORMS
from suggestions.models import CoHandling, Event, Handling, Person, Promise, Suggestion, Unit
from suggestions.models.counting import counted_handlings
from suggestions.queries.bulletin_parts import Bulletin, Line, Section, week_of
from suggestions.queries.desks.items import Place
from suggestions.queries.lights import OWED, counted_in, days
from suggestions.queries.pressing import pressed
from suggestions.queries.visible import handlings_for
from suggestions.queries.waiting import handling_words

_NEVER = (S.REASSIGNED, S.TERMINATED)


def bulletin(session: Session, actor: Actor, day: date, today: date) -> Bulletin:
    """The week of this day as this office may tell it, in as many statements however many cases there are."""
    first, sunday = week_of(min(day, today))
    last = min(sunday, today)
    week = _Week(session, actor, first, last, sunday >= today)
    return Bulletin(actor.title, first, last, today, tuple(week.sections()))


class _Week:
    """What happened in a week, read once."""

    def __init__(self, session: Session, actor: Actor, first: date, last: date, is_current: bool) -> None:
        self.session, self.actor = session, actor
        self.first, self.last, self.is_current = first, last, is_current
        self.rows = self._handlings()
        self.late = [row for row in self.rows if row.reply_due_on < last and not _is_sent(row, last)]
        self.late.sort(key=lambda row: (row.reply_due_on, row.id))
        self.replied = [row for row in self.rows if self._within(row.dispatched_on)]

    def _within(self, on: date | None) -> bool:
        return on is not None and self.first <= on <= self.last

    def _handlings(self) -> Sequence[Row[Any]]:
        """The handlings that the week has to do with."""
        in_week = [column.between(self.first, self.last) for column in _DAYS]
        late = and_(Handling.reply_due_on < self.last, _not_sent(self.last))
        lit = and_(Handling.yellow_on <= self.last, Handling.state.not_in(HANDLING_ENDS))
        query = self._of_cases(select(Handling.id)).where(Handling.assigned_on <= self.last, or_(late, lit, *in_week))
        return self.session.execute(query.order_by(Unit.id, Handling.id)).all()

    def _of_cases(self, query: Select[Any]) -> Select[Any]:
        """Only what is of cases that this office answers for, with what a line says of them."""
        query = query.join(Suggestion, Suggestion.id == Handling.suggestion_id).join(Unit, Unit.id == Handling.unit_id)
        query = query.outerjoin(Person, Person.id == Handling.handler_id).add_columns(*_COLUMNS)
        return query.where(handlings_for(self.actor), counted_handlings(), Handling.state.not_in(_NEVER))

    def sections(self) -> Iterator[Section]:
        """Every matter, also the empty ones: that nothing was late is news too."""
        head: tuple[str, ...]
        widths: tuple[int, ...]
        case, wide = ("编号", "建议", "承办单位"), (12, 34, 16)
        came = [row for row in self.rows if self._within(row.assigned_on)]
        yield Section("new", "新交办", "新交办", "件", case, wide, tuple(_case(row) for row in came))
        due = [row for row in self.rows if self._within(row.reply_due_on)]
        said = tuple(_case(row, _day(row.reply_due_on), self._answered(row)) for row in due)
        yield Section("due", "本周到期", "到期", "件", (*case, "期限", "答复了没有"), (*wide, 10, 14), said)
        sent = tuple(_case(row, _day(row.dispatched_on), self._in_time(row)) for row in self.replied)
        yield Section("replied", "本周答复", "答复", "件", (*case, "发出", "按期没有"), (*wide, 10, 14), sent)
        late = tuple(self._late(row, *stood) for row, stood in zip(self.late, self._stood(), strict=True))
        note = "超期的天数按自然日，从答复期限的第二天起算。"
        head, widths = (*case, "超期", "卡在哪一步，等谁"), (12, 25, 15, 9, 30)
        yield Section("late", "超期未答复和原因", "超期未答复", "件", head, widths, late, note)
        if self.is_current:
            yield Section("near", "黄灯", "黄灯", "件", (*case, "为什么"), (*wide, 20), tuple(self._near()))
            red, note = tuple(self._red()), "答复没有超期、别的事超期了的。"
            yield Section("red", "其他红灯", "其他红灯", "件", (*case, "什么事", "超期"), (*wide, 12, 12), red, note)
            head, owed = (*case, "哪个单位没有交", "超期"), tuple(self._opinions())
            yield Section("opinions", "协办意见超期", "协办意见超期", "份", head, (12, 28, 16, 14, 12), owed)
        else:
            head, note = (*case, "哪天亮的", "为什么"), "本周里亮起来、系统提醒过的；以前亮着的不再列。"
            yellow, red = tuple(self._turned(Light.NEAR)), tuple(self._turned(Light.OVER))
            yield Section("near", "本周亮起的黄灯", "亮黄灯", "件", head, (12, 28, 16, 10, 20), yellow, note)
            yield Section("red", "本周变红的灯", "变红灯", "件", head, (12, 28, 16, 10, 20), red, note)
        head, widths = (*case, "谁催的", "要求", "回复"), (12, 21, 14, 12, 26, 16)
        yield Section("pressed", "督办、亮灯和回复", "催办", "次", head, widths, tuple(self._pressed()))
        head, widths = ("编号", "承诺", "承办单位", "期限", "怎样了"), (12, 30, 16, 10, 14)
        yield Section("promises", "本周到期的承诺", "承诺到期", "项", head, widths, tuple(self._promises()))
        silent = tuple(self._silent())
        note = "今年交办的件，截至本周末一次也没有联系过；代表否认的联系不算。"
        yield Section(
            "silent", "没有联系过代表的单位", "没有联系过的单位", "个", ("单位", "件数"), (30, 20), silent, note
        )
        note = "本周有答复、件件按期，并且没有超期件的单位。"
        well = tuple(self._well())
        yield Section("well", "办得好的单位", "办得好的单位", "个", ("单位", "本周答复"), (30, 20), well, note)

    def _answered(self, row: Row[Any]) -> str:
        return f"{_day(row.dispatched_on)}答复" if _is_sent(row, self.last) else "还没有答复"

    def _in_time(self, row: Row[Any]) -> str:
        days = (row.dispatched_on - row.reply_due_on).days
        return f"超期{days}天" if days > 0 else "按期"

    def _stood(self) -> list[tuple[S, date]]:
        """Where each late handling stood at the end of the week, and since when."""
        ids = [row.id for row in self.late]
        moves = select(Event.handling_id, Event.to_state, Event.from_state, Event.on).where(
            Event.handling_id.in_(ids), Event.life == Life.HANDLING, Event.to_state.is_not(None), Event.on <= self.last
        )
        found: dict[int, tuple[S, date]] = {}
        for id, to, came, on in self.session.execute(moves.order_by(Event.chain, Event.seq)):
            if to != came:
                found[id] = S(to), on
        return [found.get(row.id, (row.state, row.assigned_on)) for row in self.late]

    def _late(self, row: Row[Any], state: S, since: date) -> Line:
        waits = (self.last - since).days
        why = f"{STATES[Life.HANDLING][state]}，等{handling_words(state, row.handler, '代表')}，已{waits}天"
        return _case(row, f"{(self.last - row.reply_due_on).days}天", why)

    def _near(self) -> Iterator[Line]:
        for row in self.rows:
            is_open = row.state not in HANDLING_ENDS and not (row.red_after and row.red_after < self.last)
            if is_open and row.yellow_on and row.yellow_on <= self.last:
                yield _case(row, row.yellow_reason)

    def _red(self) -> Iterator[Line]:
        """What is late and is not the reply, so that nothing leaves the bulletin by turning from yellow to red."""
        late = {row.id for row in self.late}
        for row in self.rows:
            if row.id not in late and row.state not in HANDLING_ENDS and row.red_after and row.red_after < self.last:
                rules = rulebook.load(row.rulebook, row.ruled_on)
                late_by = remaining(self.last, row.red_after, counted_in(rules, row.next_due), days())
                yield _case(row, short_name(row.next_due, rules), late_by)

    def _opinions(self) -> Iterator[Line]:
        """The opinions that are late, each with the unit that owes it."""
        owing = aliased(Unit)
        query = select(Handling.id, CoHandling.red_after.label("since"), owing.name.label("owing"))
        query = query.join(CoHandling, CoHandling.handling_id == Handling.id).join(
            owing, owing.id == CoHandling.unit_id
        )
        is_late = CoHandling.state.in_(OWED), CoHandling.red_after < self.last
        for row in self.session.execute(
            self._of_cases(query).where(*is_late).order_by(CoHandling.red_after, CoHandling.id)
        ):
            yield _case(row, row.owing, remaining(self.last, row.since, Counted.WORKDAYS, days()))

    def _turned(self, light: Light) -> Iterator[Line]:
        """Every light of a handling that called somebody in this week for the first time, once."""
        of = Event.action == A.REMIND, Event.life == Life.HANDLING
        query = select(Handling.id, Event.payload, Event.on).join(Event, Event.handling_id == Handling.id)
        query = self._of_cases(query).where(*of, Event.on.between(self.first, self.last))
        found = self.session.execute(query.order_by(Event.on, Event.chain, Event.seq))
        called = [row for row in found if row.payload.get("light") == light]
        ids = [row.id for row in called]
        earlier = select(Event.handling_id, Event.payload).where(*of, Event.handling_id.in_(ids), Event.on < self.first)
        told = {(row.handling_id, row.payload.get("key")) for row in self.session.execute(earlier)}
        for row in called:
            if (lamp := (row.id, row.payload["key"])) not in told:
                told.add(lamp)
                yield _case(row, _day(row.on), row.payload["text"])

    def _pressed(self) -> Iterator[Line]:
        """Who pressed in the week, and whether it was answered since."""
        for each in pressed(self.session, self.actor, self.first, self.last):
            until = f"要求{_day(each.due_on)}前回复，还没有" if each.due_on else "还没有"
            said = f"{_day(each.answered_on)}：{each.answer}" if each.answered_on else until
            cells = (each.number, each.title, each.unit, f"{_day(each.on)} {each.by}", each.demand, said)
            yield Line(cells, each.page)

    def _promises(self) -> Iterator[Line]:
        columns = (Promise.measure, Promise.due_on, Promise.fulfilled_on, Promise.handling_id)
        query = (
            select(*columns, *_CASE)
            .join(Handling, Handling.id == Promise.handling_id)
            .join(Suggestion, Suggestion.id == Handling.suggestion_id)
            .join(Unit, Unit.id == Handling.unit_id)
            .where(handlings_for(self.actor), Handling.state.not_in(_NEVER), Promise.released_on.is_(None))
            .where(Promise.due_on.between(*week_of(self.first)))
            .order_by(Promise.due_on, Promise.id)
        )
        for row in self.session.execute(query):
            kept = row.fulfilled_on
            how = f"{_day(kept)}兑现" if kept and kept <= self.last else "还没有兑现"
            cells = (_number(row), row.measure, row.unit, _day(row.due_on), how)
            yield Line(cells, Place(Life.HANDLING, row.handling_id))

    def _silent(self) -> Iterator[Line]:
        year = Handling.assigned_on.between(date(self.last.year, 1, 1), self.last)
        own = handlings_for(self.actor), counted_handlings(), Handling.state.not_in(_NEVER), year
        rows = self.session.execute(
            select(Handling.id, Unit.name).join(Unit, Unit.id == Handling.unit_id).where(*own).order_by(Unit.id)
        ).all()
        told = select(Event.handling_id, Event.seq, Event.action, Event.payload).join(
            Handling, Handling.id == Event.handling_id
        )
        events = self.session.execute(
            told.where(*own, Event.on <= self.last, Event.action.in_((A.RECORD_CONTACT, A.DENY_CONTACT)))
        ).all()
        denied = {(e.handling_id, int(e.payload["contact"])) for e in events if e.action == A.DENY_CONTACT}
        talked = {
            e.handling_id
            for e in events
            if e.action == A.RECORD_CONTACT
            and e.payload.get("form") in REAL_CONTACT_FORMS
            and (e.handling_id, e.seq) not in denied
        }
        by_unit: dict[str, list[int]] = defaultdict(list)
        for id, name in rows:
            by_unit[name].append(id)
        for name, ids in by_unit.items():
            if talked.isdisjoint(ids):
                yield Line((name, f"{len(ids)}件"))

    def _well(self) -> Iterator[Line]:
        late = {row.unit for row in self.late}
        late |= {row.unit for row in self.replied if row.dispatched_on > row.reply_due_on}
        for name, number in Counter(row.unit for row in self.replied).most_common():
            if name not in late:
                yield Line((name, f"{number}件，件件按期"))


_CASE: tuple[Any, ...] = (Suggestion.number, Handling.part, Suggestion.title, Unit.name.label("unit"))
_COLUMNS: tuple[Any, ...] = (
    *_CASE,
    *(Suggestion.rulebook, Suggestion.ruled_on),
    Person.name.label("handler"),
    *(Handling.state, Handling.assigned_on, Handling.reply_due_on, Handling.dispatched_on),
    *(Handling.yellow_on, Handling.yellow_reason, Handling.next_due, Handling.red_after),
)
_DAYS: tuple[Any, ...] = (Handling.assigned_on, Handling.reply_due_on, Handling.dispatched_on)


def _not_sent(last: date) -> Any:
    return or_(Handling.dispatched_on.is_(None), Handling.dispatched_on > last)


def _is_sent(row: Row[Any], last: date) -> bool:
    return row.dispatched_on is not None and row.dispatched_on <= last


def _number(row: Row[Any]) -> str:
    return f"第{row.number}号" if row.part is None else f"第{row.number}-{row.part}号"


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"


def _case(row: Row[Any], *more: str) -> Line:
    return Line((_number(row), row.title, row.unit, *more), Place(Life.HANDLING, row.id))
