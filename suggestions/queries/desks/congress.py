"""The desks above the units: the deputies office (人代工委), and the government's inspection office (督查室)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select, true
from sqlalchemy.orm import joinedload

from suggestions.domain import rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import Light, due, light, near_on
from suggestions.domain.facts import Actor
from suggestions.domain.labels import ACTIONS, STATES
from suggestions.domain.states import ANSWERED, HANDLING_ENDS, CoState, Life, Role
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import SuggestionState as Written
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Suggestion, Unit
from suggestions.models.counting import counted_handlings
from suggestions.queries.counts import scope_of
from suggestions.queries.desks import deciding
from suggestions.queries.desks.items import Desk, Figure, Group, Place, Todo, greet, group
from suggestions.queries.desks.posts import Staffed, posts_of_units
from suggestions.queries.desks.to_decide import look_over
from suggestions.queries.desks.watching import Watch, watch
from suggestions.queries.lights import OWED, WORDS, Lamp, days, lamp_of, spoken
from suggestions.queries.pressing import Pressed, pressed
from suggestions.queries.visible import co_handlings_for, handlings_for, suggestions_for
from suggestions.queries.waiting import handling_waits_for

_RECENT = timedelta(days=28)
_TO_ASSIGN = (Written.SUBMITTED, Written.DRAFTING)


@dataclass(frozen=True)
class Lit:
    """A handling that is red or yellow."""

    page: Place
    form: Place
    light: Lamp
    number: str
    title: str
    unit: str
    stage: str
    next: str


@dataclass(frozen=True)
class UnitRow:
    """A unit in the small table: its handlings, what of them is answered and late, what it owes to others."""

    id: int
    name: str
    main: int
    replied: int
    over: int
    near: int
    rated: int
    co_total: int
    co_given: int
    co_over: int


@dataclass(frozen=True)
class CongressDesk(Desk):
    """What is to be decided, what is red and yellow, unit by unit, and where a needed post is empty."""

    figures: tuple[Figure, ...]
    lights: tuple[Lit, ...]
    units: tuple[UnitRow, ...]
    unstaffed: tuple[Staffed, ...]
    watch: Watch
    pressed: tuple[Pressed, ...] = ()
    """Who pressed lately and what came of it, the newest first; told to the inspection office."""


def supervisor_desk(actor: Actor, now: datetime) -> CongressDesk:
    """What waits for the deputies office: to assign, to supervise, to watch."""
    today = now.date()
    looked = look_over(actor, today, is_of_office=True)
    rows = [each.row for each in looked]
    also = (
        deciding.releases([each.row for each in looked if each.is_release_asked], actor, today),
        deciding.on_paper([each.row for each in looked if each.is_on_paper], actor, today),
        deciding.insisted([each.row for each in looked if each.is_insisted], actor, today),
    )
    written = list(
        db.session.scalars(
            select(Suggestion)
            .where(suggestions_for(actor), or_(Suggestion.state.in_(_TO_ASSIGN), deciding.UNPLANNED))
            .options(joinedload(Suggestion.lead))
            .order_by(Suggestion.submitted_on, Suggestion.id)
        )
    )
    groups = (
        group(
            "g-assign",
            "待交办",
            (_to_assign(row, today) for row in written if row.state in _TO_ASSIGN),
            help="审查、编号、交给承办单位",
            short="待交办",
        ),
        *deciding.with_proposals(_to_decide(rows, actor, today), looked, actor),
        deciding.unplanned([row for row in written if row.state not in _TO_ASSIGN], actor),
        *(each for each in also if each.items),
        deciding.unrated(rows, actor, today),
    )
    return _desk(actor, today, rows, groups, posts_of_units(today, only_missing=True))


def inspector_desk(actor: Actor, now: datetime) -> CongressDesk:
    """What the inspection office watches: the government's units, red, yellow and disputed."""
    today = now.date()
    looked = look_over(actor, today, is_of_office=False)
    rows = [each.row for each in looked]
    returned, extended, contested = _to_decide(rows, actor, today)
    groups = (
        *deciding.with_proposals((contested, _told(returned), _told(extended)), looked, actor),
        deciding.dissented(actor, today),
    )
    recent = pressed(db.session(), actor, today - _RECENT, today)
    return replace(_desk(actor, today, rows, groups, ()), pressed=tuple(recent)[::-1])


def _to_decide(rows: Sequence[Handling], actor: Actor, today: date) -> tuple[Group, Group, Group]:
    """Returns, extensions and disputes."""
    asked = (deciding.returned, deciding.extended, deciding.contested)
    returned, extended, contested = (of(rows, actor, today) for of in asked)
    return returned, extended, contested


def _told(group: Group) -> Group:
    """What the deputies office decides, on which the inspection office may give an opinion."""
    return replace(group, help="等人代工委决定", items=tuple(replace(item, form=None) for item in group.items))


def _desk(
    actor: Actor, today: date, rows: Sequence[Handling], groups: tuple[Group, ...], unstaffed: tuple[Staffed, ...]
) -> CongressDesk:
    units = unit_rows(actor, today)
    watched = watch(actor, scope_of(db.session(), actor, tuple(unit.id for unit in units)), today)
    lamps = [(row, lamp_of(row, today)) for row in rows]
    lit = sorted(
        ((row, lamp) for row, lamp in lamps if lamp.kind in (Light.OVER, Light.NEAR)),
        key=lambda pair: (pair[1].rank, pair[0].red_after or date.max, pair[0].id),
    )
    total, replied = sum(u.main for u in units), sum(u.replied for u in units)
    figures = (
        Figure("交办", str(total), ()),
        Figure("未答复", str(total - replied), (("answered", "no"),)),
        Figure("已答复", str(replied), (("answered", "yes"),)),
        Figure("超期", str(sum(u.over for u in units)), (("light", "over"),)),
        Figure("临近", str(sum(u.near for u in units)), (("light", "near"),)),
        Figure("协办意见超期", str(watched.late_opinions), (("light", "co_over"),)),
        Figure("催办逾期未复", str(watched.unanswered), (("show", "over"),), "urgings.register"),
        Figure("本月到期的承诺", str(watched.promised), (("show", "month"),), "promises.register"),
        *(
            [Figure("第四季度待报告的承诺", str(watched.unreported), (("show", "report"),), "promises.register")]
            if watched.unreported
            else ()
        ),
    )
    count = sum(1 for g in groups if g.id != "g-unrated" for item in g.items if item.form)
    return CongressDesk(
        greeting=greet(actor, count),
        groups=groups,
        figures=figures,
        lights=tuple(_lit(row, lamp, actor) for row, lamp in lit),
        units=units,
        unstaffed=unstaffed,
        watch=watched,
    )


def _to_assign(row: Suggestion, today: date) -> Todo:
    lead = f"{row.lead.name}代表" if row.lead else "领衔代表未定"
    page = Place(Life.SUGGESTION, row.id)
    if row.state is Written.DRAFTING or row.submitted_on is None:
        form = Place(Life.SUGGESTION, row.id, A.SUBMIT)
        return Todo(
            page, row.number_text, row.title, "纸质建议，录入后还没有提交。", None, (lead,), (), form, ACTIONS[A.SUBMIT]
        )
    calendar = days()
    term = due(rulebook.load(row.rulebook, row.ruled_on).term("assign"), row.submitted_on, calendar)
    kind = light(today, near_on(term, calendar), term.on)
    return Todo(
        page=page,
        number=row.number_text,
        title=row.title,
        wait=f"{spoken(row.submitted_on, today)}提交，{spoken(term.on, today)}前要交办。",
        light=Lamp(kind, WORDS[kind]),
        meta=(lead,),
        form=Place(Life.SUGGESTION, row.id, A.ASSIGN),
        label=ACTIONS[A.ASSIGN],
        due_on=term.on,
    )


def _lit(row: Handling, lamp: Lamp, actor: Actor) -> Lit:
    return Lit(
        page=Place(Life.HANDLING, row.id),
        form=Place(Life.HANDLING, row.id, A.SUPERVISE),
        light=lamp,
        number=row.number_text,
        title=row.suggestion.title,
        unit=row.unit.name,
        stage=STATES[Life.HANDLING][row.state],
        next=handling_waits_for(row, actor),
    )


def _times(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def unit_rows(actor: Actor, today: date) -> tuple[UnitRow, ...]:
    """Every unit with a handling or an opinion owed, in one statement."""
    is_open = Handling.state.not_in(HANDLING_ENDS)
    is_over = is_open & (Handling.red_after < today)
    is_near = is_open & (Handling.red_after >= today) & (Handling.yellow_on <= today)

    main = (
        select(
            Handling.unit_id,
            func.count().label("main"),
            _times(Handling.state.in_(ANSWERED)).label("replied"),
            _times(is_over).label("over"),
            _times(is_near).label("near"),
            _times(Handling.rated_on.is_not(None)).label("rated"),
        )
        .where(handlings_for(actor), counted_handlings(), Handling.state != S.REASSIGNED)
        .group_by(Handling.unit_id)
        .subquery()
    )
    counted = CoHandling.state != CoState.CANCELLED
    is_given = CoHandling.state.in_((CoState.RELEASED, CoState.ACCEPTED))
    co = (
        select(
            CoHandling.unit_id,
            _times(counted).label("total"),
            _times(is_given).label("given"),
            _times(CoHandling.state.in_(OWED) & (CoHandling.red_after < today)).label("late"),
        )
        .where(co_handlings_for(actor))
        .group_by(CoHandling.unit_id)
        .subquery()
    )
    shown = Unit.is_government if actor.role is Role.INSPECTOR else true()
    query = (
        select(Unit, main, co)
        .outerjoin(main, main.c.unit_id == Unit.id)
        .outerjoin(co, co.c.unit_id == Unit.id)
        .where(shown, or_(main.c.main > 0, co.c.total > 0))
        .order_by(func.coalesce(main.c.over, 0).desc(), func.coalesce(main.c.main, 0).desc(), Unit.id)
    )
    return tuple(
        UnitRow(
            id=row.Unit.id,
            name=row.Unit.name,
            main=row.main or 0,
            replied=row.replied or 0,
            over=row.over or 0,
            near=row.near or 0,
            rated=row.rated or 0,
            co_total=row.total or 0,
            co_given=row.given or 0,
            co_over=row.late or 0,
        )
        for row in db.session.execute(query)
    )
