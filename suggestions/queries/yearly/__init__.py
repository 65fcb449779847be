"""The annual report on suggestions (关于代表建议办理情况的报告): computed, every figure with its list."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suggestions.domain.counting import Said
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor
from suggestions.domain.states import Role, SuggestionState
from suggestions.models import Handling, Standing, Suggestion, Unit
from suggestions.queries.alike import core, nearest_title
from suggestions.queries.counts import Asked, Scope, kind_of, rows_asked, units_of
from suggestions.queries.sentences import Figures, Piece
from suggestions.queries.statistics import Statistics, statistics
from suggestions.queries.statistics_list import Listed, key_items, listed
from suggestions.queries.statistics_tables import Shown, Table
from suggestions.queries.visible import suggestions_for
from suggestions.queries.yearly.parts import CaseTable, Ground, Section, Sentence
from suggestions.queries.yearly.sections import sections

READERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.DIRECTOR, Role.CLERK)
"""Who writes it: the deputies office of all units, the inspection office of the government's, a bureau its own."""
_NAMED = (
    ("overdue", "超期没有答复的", "现在怎样"),
    ("dissatisfied", "代表不满意的", "现在怎样"),
    ("redone", "责成重新办理的", "第一轮；重新办理以后"),
    ("promises_overdue", "到期没有兑现的承诺", "现在怎样"),
)
"""The parts whose cases are named, with what their table is called."""
_EARLIER = 5_000
"""With how many earlier suggestions titles are compared, the newest first."""


@dataclass(frozen=True)
class AnnualReport:
    """Everything in the report."""

    whose: str
    """The unit whose report it is; empty for all."""
    asks: Asked
    today: date
    opening: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    units: Table | None
    shown: tuple[tuple[str, tuple[Shown, ...]], ...]
    """Every formula by what it is about; none where there is nothing to count."""
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title as it stands on the paper."""
        return f"关于{self.asks.year}年代表建议办理情况的报告"


def annual_report(session: Session, actor: Actor, scope: Scope, asks: Asked, today: date) -> AnnualReport:
    """The report of one year as this person may know it; Missing for who writes none."""
    if actor.role not in READERS or not scope.is_listed:
        raise Missing
    found = statistics(session, scope, asks, today)
    unit = _unit(session, actor, asks)
    past = _past(session, scope, asks)
    opening: list[Sentence] = []
    if found.is_empty:
        opening.append((Piece(f"{asks.year}年，{unit or '各承办单位'}没有交办、可以统计的代表建议。"),))
    if past:
        words = f"另有往年件{past}件，是按往年件清单导入的，没有从交办到办结的全过程记录，只查得到，不进统计。"
        opening.append((Piece(words),))
    return AnnualReport(
        whose=unit,
        asks=asks,
        today=today,
        opening=tuple(opening),
        sections=() if found.is_empty else tuple(sections(_ground(session, actor, found, unit, today))),
        units=next((table for table in found.tables if table.id == "units" and table.lines), None),
        shown=() if found.is_empty else found.groups,
        notes=tuple(_notes(found, today)),
    )


def _unit(session: Session, actor: Actor, asks: Asked) -> str:
    if asks.unit is not None:
        return session.get_one(Unit, asks.unit).name
    return "" if actor.role in (Role.SUPERVISOR, Role.INSPECTOR) else actor.unit_name


def _ground(session: Session, actor: Actor, found: Statistics, unit: str, today: date) -> Ground:
    scope, asks = found.scope, found.asks
    if unit:
        whose = f"{asks.year}年，{unit}共承办代表建议"
    elif actor.role is Role.INSPECTOR:
        whose = f"{asks.year}年，政府系统各承办单位共承办代表建议（按承办件计）"
    else:
        whose = f"{asks.year}年，共交办代表建议"
    tables = {}
    for code, title, how in _NAMED:
        if not found.book.number(code).value:
            continue
        rows = listed(session, actor, scope, asks, code=code, today=today)
        told = _with_redo(session, actor, found, rows.rows, today) if code == "redone" else rows.rows
        tables[code] = CaseTable(code, title, how, told, rows.total - len(rows.rows))
    key = key_items(session, actor, scope, asks, today)
    return Ground(found, Figures(found.book), whose, key, _again(session, actor, scope, asks), tables)


def _with_redo(
    session: Session, actor: Actor, found: Statistics, rows: tuple[Listed, ...], today: date
) -> tuple[Listed, ...]:
    """What the first round came to, and what came of it when it was handled anew."""
    later = listed(session, actor, found.scope, found.asks, code="redo", today=today).rows
    after = {(row.life, row.id): row.how for row in later}
    return tuple(replace(row, how=f"{row.how}；{after.get((row.life, row.id), '见系统')}") for row in rows)


def _past(session: Session, scope: Scope, asks: Asked) -> int:
    """How many cases of that year came in as cases of a past year."""
    year, units = asks.year, units_of(scope, asks)
    query = select(func.count(Handling.suggestion_id.distinct())).where(
        Handling.is_past, Handling.assigned_on.between(date(year, 1, 1), date(year, 12, 31))
    )
    if units is not None:
        query = query.where(Handling.unit_id.in_(units))
    return session.scalar(query) or 0


def _again(session: Session, actor: Actor, scope: Scope, asks: Asked) -> tuple[Listed, ...]:
    """The year's suggestions whose title hardly differs from one of an earlier year, each with the nearest."""
    counted = select(Standing.suggestion_id).where(rows_asked(scope, asks), Standing.kind == kind_of(scope, asks))
    columns = (Suggestion.id, Suggestion.number, Suggestion.title, Suggestion.assigned_on)
    own = session.execute(select(*columns).where(Suggestion.id.in_(counted)).order_by(Suggestion.id)).all()
    earlier = session.execute(
        select(*columns)
        .where(suggestions_for(actor), Suggestion.assigned_on < date(asks.year, 1, 1))
        .where(Suggestion.state != SuggestionState.DRAFTING)
        .order_by(Suggestion.id.desc())
        .limit(_EARLIER)
    ).all()
    titles, before = {row.id: core(row.title) for row in earlier}, {row.id: row for row in earlier}
    found = []
    for row in own:
        if near := nearest_title(row.title, titles):
            one = before[near[0]]
            how = f"{one.assigned_on.year}年第{one.number}号《{one.title}》，标题相近{near[1]}%"
            found.append(Listed(f"第{row.number}号", row.title, "", how, "suggestion", row.id))
    return tuple(found)


def _notes(found: Statistics, today: date) -> list[str]:
    """What has to be said of the whole: what is counted, up to when, and what nobody may pass on yet."""
    day = f"{today.year}年{today.month}月{today.day}日"
    kind = (
        "建议：一件建议不论几家承办，只算一件" if found.counts == "建议" else "承办件：分给几家承办的建议，各家各算一件"
    )
    notes = [f"截至{day}，按系统记录计算，数的是{kind}。改办、撤回、并入别件的和往年件不计。"]
    if found.asks.year == today.year:
        notes.append("这一年还没有过完，数字还会变。")
    hidden = sum(
        times
        for row, times in found.book.cells
        if row.is_latest and Said.SEALED is row.shown and row.said is not row.shown
    )
    if found.scope.is_veiled:
        notes.append("没有公布的评价不在里面。")
    elif hidden:
        notes.append(f"其中{hidden}件评价还没有向承办单位公布，已经算在里面：报告外发以前，请等它公布。")
    return notes
