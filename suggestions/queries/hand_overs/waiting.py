"""The lists that wait for a signature, told on a desk in a statement that the desk asks anyway."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, cast, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from suggestions.domain.facts import Actor
from suggestions.domain.hand_over import UNSIGNED, Change, Stage
from suggestions.domain.states import Role
from suggestions.models import HandOver, HandOverItem, Person

_giver, _taker = aliased(Person), aliased(Person)
_COLUMNS: tuple[Any, ...] = (
    HandOver.id.label("list_id"),
    HandOver.change.label("list_change"),
    HandOver.stage.label("list_stage"),
    HandOver.giver_id.label("list_giver_id"),
    HandOver.taker_id.label("list_taker_id"),
    _giver.name.label("list_giver"),
    _taker.name.label("list_taker"),
)


@dataclass(frozen=True)
class Waiting:
    """An unsigned list: between whom, and whose signature it waits for."""

    id: int
    text: str
    is_own: bool
    """Whether it waits for this very person."""


def beside(query: Select[Any], actor: Actor) -> CompoundSelect[Any]:
    """A question of a desk together with the lists that wait there, as one statement; `apart` tells them apart."""
    empty = [cast(null(), column.type) for column in query.selected_columns]
    nothing = [cast(null(), column.type).label(column.name) for column in _COLUMNS]
    return union_all(query.add_columns(*nothing), _lists(actor).with_only_columns(*empty, *_COLUMNS))


def apart(rows: Iterable[Row[Any]], actor: Actor) -> tuple[list[Row[Any]], tuple[Waiting, ...]]:
    """The rows of the desk's own question, and the lists."""
    own: list[Row[Any]] = []
    lists: list[Row[Any]] = []
    for row in rows:
        (own if row.list_id is None else lists).append(row)
    return own, _told(lists, actor)


def waiting(session: Session, actor: Actor) -> tuple[Waiting, ...]:
    """The same lists in a statement of their own."""
    return _told(session.execute(_lists(actor)).all(), actor)


def _lists(actor: Actor) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .select_from(HandOver)
        .join(_giver, _giver.id == HandOver.giver_id)
        .join(_taker, _taker.id == HandOver.taker_id)
        .where(HandOver.stage.in_(UNSIGNED), concerned(actor))
    )


def concerned(actor: Actor) -> ColumnElement[bool]:
    """The lists of which this person is a party, and those of the unit that they lead or whose office they are."""
    own = or_(HandOver.giver_id == actor.person_id, HandOver.taker_id == actor.person_id)
    leads = actor.role in (Role.DIRECTOR, Role.CLERK) and not actor.is_former
    return or_(own, HandOver.unit_id == actor.unit_id) if leads else own


def _told(rows: Sequence[Row[Any]], actor: Actor) -> tuple[Waiting, ...]:
    found = [_line(row, actor) for row in rows]
    return tuple(sorted(found, key=lambda each: (not each.is_own, each.id)))


def _line(row: Row[Any], actor: Actor) -> Waiting:
    is_given = row.list_stage is Stage.GIVEN
    signer, name = (row.list_taker_id, row.list_taker) if is_given else (row.list_giver_id, row.list_giver)
    is_own = signer == actor.person_id
    head = heading(row.list_change, row.list_giver, row.list_taker)
    if is_given:
        rest = f"{row.list_giver}已移交，等{'您' if is_own else name}签字接收。"
        # Whether it has changed since is not asked on a desk: it would cost as much as the list itself.
        rest += "其间有变动的，您要重新签。" if row.list_giver_id == actor.person_id else ""
    else:
        rest = f"等{'您' if is_own else name}签字移交。"
        may = row.list_change is Change.HANDLER and actor.role is Role.DIRECTOR
        rest += f"{name}不能到场的，由您代签。" if may and not is_own else ""
    return Waiting(row.list_id, f"{head}：{rest}", is_own)


def list_of_handling(session: Session, handling_id: int) -> HandOver | None:
    """The unsigned list on which a handling stands since its handler changed; None when it stands on none."""
    on_it = select(HandOverItem.hand_over_id).where(HandOverItem.handling_id == handling_id)
    return _newest(session, HandOver.id.in_(on_it))


def list_to_director(session: Session, unit_id: int, person_id: int) -> HandOver | None:
    """The unsigned list that waits for a unit's new director; None when nothing was to be handed over."""
    is_to = HandOver.unit_id == unit_id, HandOver.taker_id == person_id
    return _newest(session, HandOver.change == Change.DIRECTOR, *is_to)


def _newest(session: Session, *where: ColumnElement[bool]) -> HandOver | None:
    unsigned = select(HandOver).where(HandOver.stage.in_(UNSIGNED), *where)
    return session.scalars(unsigned.order_by(HandOver.id.desc())).first()


def heading(change: Change, giver: str, taker: str) -> str:
    """What a list is called: from whom to whom."""
    return f"{giver}移交{taker}的{'局长工作' if change is Change.DIRECTOR else '承办件'}交接清单"
