"""The yearly round of reports on a desk: which cases still owe their deputies a report, and until when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import current_app
from sqlalchemy import ColumnElement

from suggestions.domain import rulebook
from suggestions.domain.actions import Action
from suggestions.domain.deadlines import near_on
from suggestions.domain.promise_round import Round, round_on
from suggestions.domain.rulebook import Unit
from suggestions.domain.states import ANSWERED
from suggestions.models import Handling
from suggestions.models.promise_round import owing as owing_of
from suggestions.queries.desks.items import Group, Todo, group, of_handling
from suggestions.queries.docket import Docket
from suggestions.queries.lights import days, lamp_of_day, spoken

_SHOWN = 5


def round_of_house(today: date) -> Round:
    """The round of reports by the rulebook of the house."""
    return round_on(rulebook.load(current_app.config["RULEBOOK"], today), today)


def owing(today: date) -> ColumnElement[bool]:
    """A handling with a promise on which the round's report is still owed, ended or not."""
    return owing_of(round_of_house(today))


def owed_reports(rows: Sequence[Handling], judged: Docket, today: date, *, act: Action | None = None) -> Group:
    """The cases that still owe a report of the round, each with how many promises were reported and how many not."""
    round = round_of_house(today)
    found = [todo for row in rows if (todo := _owed(row, judged, round, today, act))]
    help = "本年度和上一年的承诺，逐项报告代表，附回执"
    heading = f"{round.year}年第四季度报告承诺落实情况"
    return group("g-report", heading, found, help=help, short="承诺报告", shown=_SHOWN)


def _owed(row: Handling, judged: Docket, round: Round, today: date, act: Action | None) -> Todo | None:
    kept_on = (event.on for event in judged.events.get(row.id, ()) if event.action == Action.KEEP_PAST)
    if row.state not in ANSWERED or next(kept_on, round.closes_on) > round.closes_on:
        return None
    owed = [p for p in judged.promises.get(row.id, ()) if p.released_on is None and round.is_about(p.made_on)]
    done = sum(1 for p in owed if p.reported_on is not None and p.reported_on >= round.opens_on)
    if done == len(owed):
        return None
    until = spoken(round.closes_on, today)
    said = f"要在{until}前报告" if today <= round.closes_on else f"应当在{until}前报告"
    wait = f"承诺{len(owed)}项{said}；已报告{done}项，还差{len(owed) - done}项。"
    lamp = lamp_of_day(round.closes_on, near_on(round.due, days()), today, Unit.WORKDAYS)
    return replace(of_handling(row, judged.actor, today, wait, act=act), light=lamp, due_on=round.closes_on)
