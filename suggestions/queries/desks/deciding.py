"""What the deputies office decides on its desk: returns, extensions, disputes, releases, entries from paper."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from suggestions.domain import paper, rulebook
from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import due, light, near_before, near_on
from suggestions.domain.facts import Actor
from suggestions.domain.labels import ACTIONS
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import Life, Role, SuggestionState
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, Handling, Suggestion
from suggestions.models.case import load_case
from suggestions.queries.desks.items import Group, Place, Todo, group, of_co_handling, of_handling
from suggestions.queries.desks.to_decide import Looked
from suggestions.queries.lights import WORDS, Lamp, days, lamp_of_day, rules_of, spoken
from suggestions.queries.visible import handlings_for
from suggestions.queries.waiting import lead_text

_SHOWN = 30


UNPLANNED: ColumnElement[bool] = and_(
    Suggestion.is_key.is_(True),
    Suggestion.state == SuggestionState.ASSIGNED,
    ~exists().where(Event.suggestion_id == Suggestion.id, Event.action == A.PLAN_SUPERVISION).correlate(Suggestion),
)
"""A key item that is being handled without a supervision plan."""


def _last_said(action: A) -> ScalarSelect[int]:
    said = select(func.coalesce(func.max(Event.seq), 0)).where(
        Event.co_handling_id == CoHandling.id, Event.action == action
    )
    return said.correlate(CoHandling).scalar_subquery()


def returned(rows: Sequence[Handling], actor: Actor, today: date) -> Group:
    """Requests to return a handling: another unit is named, or this one goes on."""
    items = (_to_return(row, actor, today) for row in rows if row.state is S.RETURN_REQUESTED)
    return group("g-return", "申请退办", items, help="重新确定承办单位，或者不同意；期限不停", short="退办")


def _to_return(row: Handling, actor: Actor, today: date) -> Todo:
    """A request to return, with the light of the term in which the deputies office decides (art. 16)."""
    asked = row.return_asked_on or today
    calendar = days()
    term = due(rulebook.load(row.suggestion.rulebook, row.suggestion.ruled_on).term("name_new_unit"), asked, calendar)
    kind = light(today, near_on(term, calendar), term.on)
    wait = f"{row.unit.name}{spoken(asked, today)}申请退办，{spoken(term.on, today)}前要决定。"
    todo = of_handling(row, actor, today, wait, act=A.GRANT_RETURN, meta=(row.unit.name,))
    return replace(todo, light=Lamp(kind, WORDS[kind]), due_on=term.on)


def extended(rows: Sequence[Handling], actor: Actor, today: date) -> Group:
    """Requests for an extension, where the rulebook asks for consent."""
    items = (
        of_handling(
            row,
            actor,
            today,
            f"{spoken(row.extension_asked_on, today)}申请延期，现在的期限到{spoken(row.reply_due_on, today)}。",
            act=A.GRANT_EXTENSION,
            meta=(row.unit.name,),
        )
        for row in rows
        if row.extension_asked_on is not None
    )
    return group("g-extension", "申请延期", items, help="签批复函时还没有决定的，自动失效", short="延期")


def contested(rows: Sequence[Handling], actor: Actor, today: date) -> Group:
    """Ratings that were not satisfied: done again, or settled in conference."""
    items = (_dispute(row, actor, today) for row in rows if row.state is S.CONTESTED)
    return group("g-contested", "代表不满意", items, help="责成重新办理，或召集双方协调", short="不满意")


def _dispute(row: Handling, actor: Actor, today: date) -> Todo:
    if actor.role is Role.INSPECTOR:
        return of_handling(
            row, actor, today, "代表评价不满意，等人代工委督办。", act=A.SUPERVISE, meta=(row.unit.name,)
        )
    rules = rulebook.load(row.suggestion.rulebook, row.suggestion.ruled_on)
    if row.round > rules.redo_limit:
        wait = f"已经重新办理过{rules.redo_limit}次，代表仍不满意：请召集双方，作出协调结论。"
        return of_handling(row, actor, today, wait, act=A.CONCLUDE_DISPUTE, meta=(row.unit.name,))
    wait = "代表评价不满意：责成重新办理，或者召集双方协调。"
    return of_handling(row, actor, today, wait, act=A.ORDER_REDO, meta=(row.unit.name,))


def with_proposals(groups: Iterable[Group], looked: Sequence[Looked], actor: Actor) -> tuple[Group, ...]:
    """The groups with what the inspection office thinks of each; it is asked where it has not said anything."""
    said = {each.row.id: each.proposal for each in looked}
    return tuple(
        replace(each, items=tuple(_with_proposal(item, said[item.page.id], actor) for item in each.items))
        for each in groups
    )


def _with_proposal(item: Todo, said: str, actor: Actor) -> Todo:
    if said:
        return replace(item, wait=f"{item.wait}督查室意见：{said}。")
    if actor.role is Role.INSPECTOR:
        return replace(item, form=Place(Life.HANDLING, item.page.id, A.PROPOSE), label=ACTIONS[A.PROPOSE])
    return item


def _undated(id: str, heading: str, items: Iterable[Todo], *, help: str, short: str) -> Group:
    """What no term runs for: the handling's next one is not that of this decision."""
    return group(id, heading, (replace(item, light=None, due_on=None) for item in items), help=help, short=short)


def unrated(rows: Sequence[Handling], actor: Actor, today: date) -> Group:
    """Letters that wait for the deputy's rating, each with the light of that term alone."""
    items = (_to_rate(row, actor, today) for row in rows if row.state is S.REPLIED)
    return group("g-unrated", "待评价", items, help="快到期的，先提醒代表", short="待评价")


def _to_rate(row: Handling, actor: Actor, today: date) -> Todo:
    sent = f"{spoken(row.dispatched_on, today)}发出复函，" if row.dispatched_on else ""
    todo = of_handling(row, actor, today, f"{sent}代表还没有评价。")
    if (on := row.rating_due_on) is None:
        return replace(todo, light=None, due_on=None)
    term = rules_of(row.suggestion).term("rating")
    return replace(todo, light=lamp_of_day(on, near_before(on, term.near, days()), today, term.unit), due_on=on)


def insisted(rows: Sequence[Handling], actor: Actor, today: date) -> Group:
    """Challenges to the class of result that the director's answer did not end."""
    wait = "对办理结果的分类有异议，不同意局长的答复，等您裁定；裁定以后不能再提。"
    items = (of_handling(row, actor, today, wait, act=A.SETTLE_CLASS, meta=(row.unit.name,)) for row in rows)
    return _undated("g-class", "分类异议，待裁定", items, help="原来的分类留在复函和案卷里", short="分类异议")


def releases(rows: Sequence[Handling], actor: Actor, today: date) -> Group:
    """Promises whose end was asked: agreed to or refused; until then they count as open."""
    items = (
        of_handling(
            row,
            actor,
            today,
            f"{row.unit.name}申请终止承诺：同意，或者不同意；决定以前仍按没有兑现算。",
            act=A.AGREE_RELEASE,
            meta=(row.unit.name,),
        )
        for row in rows
    )
    return _undated("g-release", "申请终止承诺", items, help="同意以后按没有兑现统计", short="终止")


def unplanned(rows: Sequence[Suggestion], actor: Actor) -> Group:
    """Key items that nobody has planned the supervision of."""
    items = (
        Todo(
            page=Place(Life.SUGGESTION, row.id),
            number=row.number_text,
            title=row.title,
            wait="列为重点督办，还没有督办方案：谁牵头、哪个机构负责、哪几天去。",
            meta=(lead_text(row, actor),),
            form=Place(Life.SUGGESTION, row.id, A.PLAN_SUPERVISION),
            label=ACTIONS[A.PLAN_SUPERVISION],
        )
        for row in rows
    )
    return group("g-key", "重点督办，没有方案", items, help="定了方案，承办单位才知道谁来督办", short="督办方案")


def on_paper(rows: Sequence[Handling], actor: Actor, today: date) -> Group:
    """Ratings and objections that one person entered from paper, and another has yet to compare."""
    items = (
        of_handling(row, actor, today, f"{past.actor_name}{spoken(past.on, today)}代录，等另一位同志核对。", act=act)
        for row in rows
        for past in paper.waiting(load_case(db.session(), row.suggestion_id).story(row.id))
        for act in (None if past.actor_id == actor.person_id else A.CONFIRM_ON_PAPER,)
    )
    return _undated("g-paper", "纸质意见待核对", items, help="录入的和核对的不能是同一个人", short="待核对")


def dissented(actor: Actor, today: date) -> Group:
    """Co-units that did not sign what the main unit wrote of them: a dispute between departments."""
    is_open = Handling.state.in_((S.IN_PROGRESS, S.SIGNING, S.SIGNED))
    query = select(CoHandling).join(CoHandling.handling).join(Handling.suggestion).order_by(CoHandling.id).limit(_SHOWN)
    rows = db.session.scalars(
        query.where(handlings_for(actor), is_open, _last_said(A.DISSENT) > _last_said(A.COUNTERSIGN)).options(
            joinedload(CoHandling.unit),
            contains_eager(CoHandling.handling).options(
                contains_eager(Handling.suggestion).joinedload(Suggestion.lead), joinedload(Handling.unit)
            ),
        )
    )
    items = (
        of_co_handling(co, today, f"{co.unit.name}会签时有不同意见，还没有一致；复函里要写明。") for co in rows.unique()
    )
    return group("g-dissent", "部门意见不一致", items, help="请两家先协商，协商不成的由您协调", short="不一致")
