"""The command line for papers that go out: ledgers as workbooks, the duty report, the annual report."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

import click
from flask import current_app
from sqlalchemy import select

from suggestions import clock
from suggestions.cli_plain import plainly, refuse
from suggestions.documents.papers import as_word
from suggestions.documents.papers.parts import Heading, Text
from suggestions.domain import rulebook
from suggestions.domain.errors import Missing
from suggestions.domain.facts import Actor
from suggestions.domain.rulebook import Rulebook
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import ExportJob, Post, Unit
from suggestions.models.actors import actor_of
from suggestions.queries.counts import Asked, newest_year, scope_of
from suggestions.queries.duty import DutyReport, duty_report, paper_of
from suggestions.queries.exports import PACKAGE, archive_export, export
from suggestions.queries.ledgers import BOOKS
from suggestions.queries.looking import Reader
from suggestions.queries.yearly import annual_report
from suggestions.queries.yearly.paper import paper_of as annual_paper
from suggestions.usecases import export_jobs


def reader(unit_name: str | None) -> Actor:
    """Who reads: a unit what is its own, or the deputies office everything where no unit is named."""
    if unit_name is None:
        if current_app.config["HOUSE"] == "bureau":
            refuse("请用 --unit 写明是哪个承办单位。")
        return Actor(0, "命令行", Role.SUPERVISOR)
    unit = db.session.scalar(select(Unit).where(Unit.name == unit_name))
    if unit is None:
        refuse(f"没有单位“{unit_name}”，请先用 register-unit 登记。")
    return Actor(0, "命令行", Role.CLERK, unit_id=unit.id, unit_name=unit.name)


@click.command("export-ledger")
@click.argument("kind", type=click.Choice([*BOOKS, PACKAGE]))
@click.option("--year", type=click.IntRange(1990, 2999), help="交办年份，默认最近一年")
@click.option("--unit", "unit_name", help="承办单位的名称：按这个单位自己看到的导出，没有公布的评价不在里面")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="存成哪个文件")
@plainly
def export_ledger_command(kind: str, year: int | None, unit_name: str | None, out: Path | None) -> None:
    """Export a ledger as .xlsx or the yearly reports on promises as .zip, as the deputies office or a unit reads it."""
    session, actor, today = db.session(), reader(unit_name), clock.today()
    asks = Asked(year or newest_year(session, today.year))
    made = export(session, actor, scope_of(session, actor), asks, code=kind, today=today, rules=_rules(today))
    path = out or Path(f"{made.title}.{made.ending}")
    with path.open("wb") as file, click.progressbar(length=made.length, label=made.title) as bar:
        made.write(file, lambda: bar.update(1))
    click.echo(f"已存成 {path}。")


@click.command("report")
@click.argument("kind", type=click.Choice(["duty", "annual"]), default="duty")
@click.option("--unit", "unit_name", help="承办单位的名称；办理情况报告不写，就是全部单位的")
@click.option("--year", type=click.IntRange(1990, 2999), help="哪一年，默认最近一年")
@click.option("--director", help="述职段落：局长的姓名；一年里有几位局长时用，默认最近到任的一位")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="存成Word文件")
@plainly
def report_command(kind: str, unit_name: str | None, year: int | None, director: str | None, out: Path | None) -> None:
    """Print the duty report's paragraph or the annual report, and store the whole of it as .docx where asked."""
    session, today = db.session(), clock.today()
    wanted = year or newest_year(session, today.year)
    if kind == "annual":
        if director is not None:
            refuse("--director 只用于述职段落。")
        actor = reader(unit_name)
        paper = annual_paper(annual_report(session, actor, scope_of(session, actor), Asked(wanted), today))
        click.echo("\n".join(block.text for block in paper.blocks if isinstance(block, Heading | Text)))
    else:
        if unit_name is None:
            refuse("请用 --unit 写明是哪个承办单位。")
        found = _duty(unit_name, wanted, director)
        paper = paper_of(found)
        click.echo(found.text)
    if out is not None:
        out.write_bytes(as_word.render(paper))
        click.echo(f"已存成 {out}。")


def _duty(unit_name: str, year: int, director: str | None) -> DutyReport:
    session, actor, today = db.session(), reader(unit_name), clock.today()
    found = duty_report(session, actor, year, today)
    if director is None:
        return found
    held = next((each for each in found.holders if each.name == director), None)
    if held is None:
        refuse(f"{year}年{unit_name}没有叫“{director}”的局长。")
    return duty_report(session, actor, year, today, person_id=held.person_id)


@click.command("make-export")
@click.argument("job", type=int)
@plainly
def make_export_command(job: int) -> None:
    """Make an export that was begun in the browser."""
    click.echo("做完了。" if export_jobs.go_on(job, partial(_make, job)) else "正由另一个进程做着，或者已经做完。")


def _make(job_id: int, file: IO[bytes], note: Callable[[], object]) -> None:
    """Write what was asked for, as the one who asked may read it today."""
    job = db.session.get_one(ExportJob, job_id)
    session, today = db.session(), clock.today()
    actor = actor_of(db.session.get_one(Post, job.post_id), today)
    if actor.is_former:
        raise Missing("生成这份文件的职务已经不在任，请用现在的职务重新生成。")
    if job.handling_id is not None:
        made = archive_export(session, job.handling_id, Reader(actor, clock.now(), _no_address))
    else:
        asks = Asked(job.year, job.unit_id)
        made = export(session, actor, scope_of(session, actor), asks, code=job.code, today=today, rules=_rules(today))
    made.write(file, note)


def _no_address(*_: object, **__: object) -> str:
    return ""


def _rules(today: date) -> Rulebook:
    return rulebook.load(current_app.config["RULEBOOK"], today)


COMMANDS = (export_ledger_command, report_command, make_export_command)
