"""The duty report of a director and a year: the paragraph, its formulas, and the five personal steps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from suggestions.documents.papers.parts import Heading, Paper, Table, Text
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor
from suggestions.domain.rates import VERSION
from suggestions.domain.states import Role
from suggestions.models import Post
from suggestions.models.calendar import calendar
from suggestions.queries.counts import Asked, Scope, kind_of, known, margins, scope_of
from suggestions.queries.duty.paragraph import Writer
from suggestions.queries.duty.steps import StepLine, Taken, steps_of
from suggestions.queries.sentences import Figures, Piece, formulas, plain
from suggestions.queries.statistics_list import listed
from suggestions.queries.statistics_tables import Book, Shown

READERS = (Role.DIRECTOR, Role.CLERK)
"""Who reads it: the director the own one, the office's clerk that of each who was director in the year."""
_ABOUT = re.compile(r"^关于(.+?)的?(?:建议|意见)$")
HOW_WAITS = "等的天数按工作日算，从{since}那天起，到局长办的那天止；当天办的是0天。"


@dataclass(frozen=True)
class Holder:
    """Somebody who held the director's post in the year."""

    person_id: int
    name: str
    title: str
    is_acting: bool


@dataclass(frozen=True)
class DutyReport:
    """Everything on the page."""

    unit: str
    year: int
    today: date
    holder: Holder | None
    holders: tuple[Holder, ...]
    pieces: tuple[Piece, ...]
    shown: tuple[Shown, ...]
    steps: tuple[StepLine, ...]

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return plain(self.pieces)


def duty_report(session: Session, actor: Actor, year: int, today: date, *, person_id: int | None = None) -> DutyReport:
    """The report of the reader's unit; Missing for who may not read it, or for a person who was no director then."""
    if actor.role not in READERS or actor.unit_id is None:
        raise Missing
    holders = _holders(session, actor.unit_id, year)
    wanted = actor.person_id if actor.role is Role.DIRECTOR else person_id
    holder = next((each for each in holders if each.person_id == wanted), None)
    if wanted is None:
        holder = next((each for each in holders if not each.is_acting), next(iter(holders), None))
    elif holder is None and actor.role is not Role.DIRECTOR:
        raise Missing
    scope, asks = scope_of(session, actor), Asked(year)
    writer = _writer(session, actor, scope, asks, today)
    steps = steps_of(session, holder.person_id, actor.unit_id, year, calendar(session)) if holder else ()
    return DutyReport(
        unit=actor.unit_name,
        year=year,
        today=today,
        holder=holder,
        holders=holders if actor.role is Role.CLERK else (),
        pieces=(*writer.pieces(), *_in_person(steps)),
        shown=writer.shown(),
        steps=steps,
    )


def _holders(session: Session, unit_id: int, year: int) -> tuple[Holder, ...]:
    query = (
        select(Post)
        .where(Post.unit_id == unit_id, Post.role == Role.DIRECTOR, Post.from_on <= date(year, 12, 31))
        .where(or_(Post.to_on.is_(None), Post.to_on >= date(year, 1, 1)))
        .options(joinedload(Post.person))
        .order_by(Post.from_on.desc(), Post.id.desc())
    )
    found: dict[int, Holder] = {}
    for post in session.scalars(query):
        found.setdefault(post.person_id, Holder(post.person_id, post.person.name, post.title, post.is_acting))
    return tuple(found.values())


def _writer(session: Session, actor: Actor, scope: Scope, asks: Asked, today: date) -> Writer:
    kind = kind_of(scope, asks)
    shapes = margins(session, scope, asks).get(("all", ""), {})
    book = Book(scope, asks, today, kind, known(shapes.items(), scope, kind, asks))
    titles: dict[str, tuple[str, ...]] = {}
    for code in ("understood", "dissatisfied"):
        if book.number(code).value:
            rows = listed(session, actor, scope, asks, code=code, today=today).rows
            titles[code] = tuple(about(row.title) for row in rows)
    return Writer(Figures(book, is_brief=True), actor.unit_name, asks.year, titles)


def about(title: str) -> str:
    """What a suggestion is about: its title without 关于 and 的建议."""
    found = _ABOUT.match(title)
    return found[1] if found else title


def _in_person(steps: tuple[StepLine, ...]) -> Iterator[Piece]:
    if not any(step.times for step in steps):
        return
    yield Piece("本人亲自")
    for at, step in enumerate(steps):
        yield Piece(f"{'，' if at else ''}{step.name}")
        yield Piece(str(step.cases), anchor="steps-h")
        yield Piece("件")
    yield Piece("。")


def paper_of(report: DutyReport) -> Paper:
    """The report as a paper: the paragraph first, then what each figure is made of."""
    who = f"{report.holder.name}，{report.holder.title}" if report.holder else "这一年没有局长任职的记录"
    acting = "（主持工作）" if report.holder and report.holder.is_acting else ""
    day = f"{report.today.year}年{report.today.month}月{report.today.day}日"
    blocks: list[Heading | Text | Table] = [
        Text(report.text),
        Heading("一、每个率怎么算"),
        formulas(report.shown),
        Heading("二、五个亲自"),
        Text(f"{who}{acting}。", is_note=True),
        Table(
            ("哪一步", "件数", "次数", "最早", "最近", "平均等（工作日）", "最长等（工作日）"),
            (18, 10, 10, 18, 18, 16, 16),
            [_line(step) for step in report.steps],
        ),
        *(Text(f"{step.name}：{HOW_WAITS.format(since=step.since)}", is_note=True) for step in report.steps),
    ]
    for step in report.steps:
        if step.taken:
            rows = [(each.number, each.title, day_words(each.on), waited_words(each)) for each in step.taken]
            blocks += [
                Heading(f"{step.name}：{step.times}次"),
                Table(("编号", "建议", "日期", "等了"), (16, 60, 24, 20), rows),
            ]
    blocks.append(Text(f"截至{day}，按系统记录计算，没有公布的评价不在里面。算法版本{VERSION}。", is_note=True))
    return Paper(f"{report.year}年办理人大建议述职材料", report.unit, tuple(blocks))


def _line(step: StepLine) -> tuple[str, ...]:
    days = tuple("" if on is None else day_words(on) for on in (step.first_on, step.last_on))
    longest = "" if step.longest is None else str(step.longest)
    return step.name, str(step.cases), str(step.times), *days, step.average, longest


def day_words(on: date) -> str:
    """A day with its year: 2026年2月9日."""
    return f"{on.year}年{on.month}月{on.day}日"


def waited_words(taken: Taken) -> str:
    """How long a step had waited, and whether it counts no more."""
    waited = "没有等" if taken.waited is None else f"{taken.waited}个工作日"
    return f"{waited}，后来撤回" if taken.is_taken_back else waited
