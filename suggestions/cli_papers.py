"""The command line for papers that go out: ledgers as workbooks, the director's duty report."""

from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select

from suggestions import clock
from suggestions.cli_plain import plainly, refuse
from suggestions.documents.ledgers import workbook
from suggestions.documents.papers import as_word
from suggestions.domain.facts import Actor
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Unit
from suggestions.queries.counts import Asked, newest_year, scope_of
from suggestions.queries.duty import duty_report, paper_of
from suggestions.queries.ledgers import BOOKS, ledger


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
@click.argument("kind", type=click.Choice(list(BOOKS)))
@click.option("--year", type=click.IntRange(1990, 2999), help="交办年份，默认最近一年")
@click.option("--unit", "unit_name", help="承办单位的名称：按这个单位自己看到的导出，没有公布的评价不在里面")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="存成哪个文件")
@plainly
def export_ledger_command(kind: str, year: int | None, unit_name: str | None, out: Path | None) -> None:
    """Export a ledger as .xlsx, as the deputies office reads it, or as a unit does."""
    session, actor, today = db.session(), reader(unit_name), clock.today()
    asks = Asked(year or newest_year(session, today.year))
    made = ledger(session, actor, scope_of(session, actor), asks, code=kind, today=today)
    path = out or Path(f"{made.title}.xlsx")
    with path.open("wb") as file, click.progressbar(length=made.length, label=made.title) as bar:
        workbook.write(made, file, lambda: bar.update(1))
    click.echo(f"已存成 {path}。")


@click.command("report")
@click.option("--unit", "unit_name", required=True, help="承办单位的名称")
@click.option("--year", type=click.IntRange(1990, 2999), help="哪一年，默认最近一年")
@click.option("--director", help="局长的姓名；一年里有几位局长时用，默认最近到任的一位")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="存成Word文件")
@plainly
def report_command(unit_name: str, year: int | None, director: str | None, out: Path | None) -> None:
    """Print the paragraph for the director's duty report, and store the whole of it as .docx where asked."""
    session, actor, today = db.session(), reader(unit_name), clock.today()
    wanted = year or newest_year(session, today.year)
    found = duty_report(session, actor, wanted, today)
    if director is not None:
        held = next((each for each in found.holders if each.name == director), None)
        if held is None:
            refuse(f"{wanted}年{unit_name}没有叫“{director}”的局长。")
        found = duty_report(session, actor, wanted, today, person_id=held.person_id)
    click.echo(found.text)
    if out is not None:
        out.write_bytes(as_word.render(paper_of(found)))
        click.echo(f"已存成 {out}。")


COMMANDS = (export_ledger_command, report_command)
