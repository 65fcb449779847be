"""The yearly round of reports on a desk: which cases still owe their deputies a report, and until when."""

from dataclasses import replace
from datetime import date

from flask import current_app
from sqlalchemy import ColumnElement, case, func, select

from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import near_on
from suggestions.domain.facts import Actor
from suggestions.domain.promise_round import Round, round_on
from suggestions.domain.rulebook import Unit
from suggestions.extensions import db
from suggestions.models import Handling, Promise
from suggestions.queries.desks.items import Group, group, of_handling
from suggestions.queries.docket import handlings
from suggestions.queries.lights import days, lamp_of_day, spoken
from suggestions.queries.promise_filters import is_reported, owes_report

_SHOWN = 5


def round_of_house(today: date) -> Round:
    """The round of reports by the rulebook of the house."""
    return round_on(rulebook.load(current_app.config["RULEBOOK"], today), today)


def owed_reports(actor: Actor, today: date, whose: ColumnElement[bool], *, act: Action | None = None) -> Group:
    """The cases that still owe a report of the round, each with how many promises were reported and how many not."""
    round = round_of_house(today)
    reported = func.sum(case((is_reported(round), 1), else_=0))
    counted = (
        select(Promise.handling_id, func.count(), reported)
        .join(Handling, Handling.id == Promise.handling_id)
        .where(whose, owes_report(round))
        .group_by(Promise.handling_id)
        .having(func.count() > reported)
    )
    owed = {id: (total, done) for id, total, done in db.session.execute(counted)}
    rows = db.session.scalars(handlings(Handling.id.in_(owed))).all() if owed else ()
    lamp = lamp_of_day(round.closes_on, near_on(round.due, days()), today, Unit.WORKDAYS)
    items = (
        replace(
            of_handling(row, actor, today, _wait(round, *owed[row.id], today), act=act),
            light=lamp,
            due_on=round.closes_on,
        )
        for row in rows
    )
    return group(
        "g-report",
        f"{round.year}年第四季度报告承诺落实情况",
        items,
        help="本年度和上一年的承诺，逐项报告代表，附回执",
        short="承诺报告",
        shown=_SHOWN,
    )


def _wait(round: Round, total: int, done: int, today: date) -> str:
    until = spoken(round.closes_on, today)
    said = f"要在{until}前报告" if today <= round.closes_on else f"应当在{until}前报告"
    return f"承诺{total}项{said}；已报告{done}项，还差{total - done}项。"
