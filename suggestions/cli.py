"""The command line: what an operator does; exit status 0 done, 1 refused in plain words, 2 wrong usage."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from sqlalchemy import select

from suggestions import cli_papers, clock
from suggestions.cli_delivering import deliver_command
from suggestions.cli_plain import plainly, refuse
from suggestions.documents.rows import Fault
from suggestions.domain import printing, rulebook, rulebook_printing
from suggestions.domain.facts import Actor
from suggestions.domain.labels import ROLES
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Appointment, Person, Post, Unit
from suggestions.models.actors import actor_of
from suggestions.practice.history import load_practice
from suggestions.practice.people import ACCOUNTS
from suggestions.queries.verification import verify
from suggestions.usecases import (
    appointments,
    export_jobs,
    handover_preview,
    import_jobs,
    importing,
    importing_past,
    office,
    past_preview,
    recounting,
    ticking,
)
from suggestions.usecases.accounts import weakness
from suggestions.usecases.filing import OnDisk


@click.command("load-practice")
@plainly
def load_practice_command() -> None:
    """Load the practice data into an empty database and print the accounts."""
    if not current_app.config["PRACTICE"]:
        refuse("只有练习模式（PRACTICE=1）才装入练习数据。")
    click.echo("装入练习数据，大约半分钟……")
    click.echo("练习数据已装好。" if load_practice() else "库里已有数据，没有动。")
    click.echo(f"练习账号，密码都是 {current_app.config['PRACTICE_PASSWORD']}：")
    for account in ACCOUNTS:
        click.echo(f"  {account.username:<14}{account.name}  {ROLES[account.role]}  {account.unit}")
    click.echo("  另外每个单位有 director@单位名、handler@、reviewer@、clerk@，每位代表可用姓名登录。")


def _importer() -> Actor:
    role = Role.CLERK if current_app.config["HOUSE"] == "bureau" else Role.SUPERVISOR
    today = clock.today()
    posts = db.session.scalars(select(Post).where(Post.role == role).order_by(Post.id))
    found = next((post for post in posts if post.is_held_on(today)), None)
    if found is None:
        refuse(f"没有人任“{ROLES[role]}”，导入要记在一个人名下；请先用 create-user 和 appoint。")
    return actor_of(found)


def _print_faults(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        click.echo(f"第{fault.row}行 {fault.column}“{fault.value}”：{fault.message}", err=True)


@click.command("import-handover")
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--originals", type=click.Path(exists=True, file_okay=False, path_type=Path), help="原件所在的文件夹")
@click.option("--dry-run", is_flag=True, help="只看，不导入")
@click.option("--skip-errors", is_flag=True, help="有错的行不导入，其余照导")
@plainly
def import_handover_command(workbook: Path, originals: Path | None, dry_run: bool, skip_errors: bool) -> None:
    """Import a handover workbook with its originals; every fault is named with row and column."""
    table, papers = _uploads(workbook, originals)
    judged = handover_preview.preview(table, papers)
    _look(judged, dry_run=dry_run, skip_errors=skip_errors)
    for line in judged.new:
        for doubt in line.doubts:
            click.echo(f"第{line.row.row}行 {line.row.original_name}：{doubt.reason}", err=True)
    with click.progressbar(length=len(judged.new), label="入册") as bar:
        done = importing.import_handover(
            table, papers, by=_importer(), is_skipping_errors=skip_errors, note=lambda at, _: bar.update(at - bar.pos)
        )
    _say(done)


@click.command("import-past")
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--originals", type=click.Path(exists=True, file_okay=False, path_type=Path), help="原件和复函所在的文件夹"
)
@click.option("--dry-run", is_flag=True, help="只看，不导入")
@click.option("--skip-errors", is_flag=True, help="有错的行不导入，其余照导")
@plainly
def import_past_command(workbook: Path, originals: Path | None, dry_run: bool, skip_errors: bool) -> None:
    """Import a list of past years with its open promises; every fault is named with row and column."""
    table, papers = _uploads(workbook, originals)
    by = _importer()
    _look(past_preview.preview_past(table, papers, by=by), dry_run=dry_run, skip_errors=skip_errors)
    _say(importing_past.import_past(table, papers, by=by, is_skipping_errors=skip_errors))


def _uploads(workbook: Path, originals: Path | None) -> tuple[OnDisk, list[OnDisk]]:
    papers = [OnDisk(path) for path in sorted(originals.iterdir()) if path.is_file()] if originals else []
    return OnDisk(workbook), papers


def _look(judged: handover_preview.Preview, *, dry_run: bool, skip_errors: bool) -> None:
    """Print every fault; go on only where the list is to be imported."""
    _print_faults(judged.faults)
    if dry_run:
        click.echo(f"共{len(judged.lines)}件，其中新的{len(judged.new)}件，有{len(judged.faults)}处错。没有导入。")
        raise SystemExit(1 if judged.faults else 0)
    if judged.faults and not skip_errors:
        refuse(f"有{len(judged.faults)}处错，一件也没有导入。")


def _say(done: importing.Imported) -> None:
    click.echo(f"导入{done.added}件，原来就有{done.known}件，没有导入{done.left_out}件。")


@click.command("go-on-importing")
@click.argument("job", type=int, required=False)
@plainly
def go_on_importing_command(job: int | None) -> None:
    """Go on with an import that was begun in the browser; without a number, with every one that stopped."""
    for number in [job] if job is not None else import_jobs.waiting():
        click.echo(f"导入{number}：{'做完了。' if import_jobs.go_on(number) else '正由另一个进程做着。'}")


@click.command("register-unit")
@click.argument("name")
@click.option("--not-government", is_flag=True, help="不属于政府部门（政府督查室看不到）")
@click.option("--phone", default="")
@plainly
def register_unit_command(name: str, not_government: bool, phone: str) -> None:
    """Register a unit by its official name."""
    office.register_unit(name, is_government=not not_government, phone=phone)
    click.echo(f"已登记{name}。")


@click.command("create-user")
@click.argument("username")
@click.argument("name")
@click.password_option(prompt="密码", confirmation_prompt="再输一次")
@plainly
def create_user_command(username: str, name: str, password: str) -> None:
    """Create a person with a login."""
    if fault := weakness(password, Person(username=username, name=name)):
        refuse(fault)
    office.create_user(name, username=username, password=password, is_password_given=True)
    click.echo(f"已建账号{username}（{name}）；第一次登录要先改密码。还要用 appoint 任职。")


@click.command("appoint")
@click.argument("username")
@click.argument("role", type=click.Choice([role.value for role in Role if role is not Role.SYSTEM]))
@click.option("--unit", "unit_name", help="承办单位的名称")
@click.option("--title", default="")
@click.option("--from", "from_on", type=click.DateTime(["%Y-%m-%d"]), help="到任日期，默认今天")
@plainly
def appoint_command(username: str, role: str, unit_name: str | None, title: str, from_on: Any) -> None:
    """Give a person a post from a day on; a director's is proposed, once there is anybody to confirm it."""
    person = db.session.scalar(select(Person).where(Person.username == username))
    unit = db.session.scalar(select(Unit).where(Unit.name == unit_name)) if unit_name else None
    if person is None:
        refuse(f"没有账号“{username}”。")
    if unit_name and unit is None:
        refuse(f"没有单位“{unit_name}”，请先用 register-unit 登记。")
    kinds = ("secrecy",) if role == Role.REVIEWER else ()
    start: date | None = from_on.date() if from_on else None
    done = appointments.grant(person, Role(role), unit=unit, title=title, from_on=start, endorsement_kinds=kinds)
    words = f"{person.name}任{unit_name or ''}{title or ROLES[Role(role)]}"
    if isinstance(done, Appointment):
        click.echo(f"已提出{words}，还没有生效：请安全管理员或人代工委登录后在“任命确认”里确认。")
    else:
        click.echo(f"{words}。")


@click.command("seed-calendar")
def seed_calendar_command() -> None:
    """Fill the working-day table from the holiday library, once."""
    days = office.seed_calendar()
    click.echo(f"工作日历已装入{days}个特别日。" if days else "工作日历已经有了，没有动。")


@click.command("tick")
def tick_command() -> None:
    """Do what is due: receive, lapse, open ratings, take exports away in time; safe to run twice."""
    done = ticking.tick()
    export_jobs.sweep()
    click.echo(
        f"系统签收{done.received}件，逾期未评{done.lapsed}件，公布评价{done.opened}件，重算期限{done.redated}件，亮灯提醒{done.reminded}次。"
    )


@click.command("verify")
def verify_command() -> None:
    """Walk every chain and name the first broken event of each case."""
    found = verify()
    for fault in found.faults:
        click.echo(fault, err=True)
    if found.faults:
        raise SystemExit(1)
    click.echo(f"核验了{found.chains}个案卷、{found.events}条记录，全部首尾相连。")


@click.command("recount")
@click.option("--write", is_flag=True, help="丢掉计数，全部重新数过")
@click.option("--when-new", is_flag=True, help="只在还从来没有数过时重新数")
def recount_command(write: bool, when_new: bool) -> None:
    """Compare the counters with a recount of everything and name what differs; or count anew."""
    if when_new and not recounting.is_never_counted():
        return
    if write or when_new:
        click.echo(f"重新数过，共{recounting.recount()}条。")
        return
    found = recounting.verify_counts()
    for fault in found.faults:
        click.echo(fault, err=True)
    if found.faults:
        raise SystemExit(1)
    click.echo(f"数了{found.standings}条，同计数全部相符。")


@click.command("workflow")
@click.option("--mermaid", is_flag=True, help="只打印流程图")
@click.option("--into", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="写进文件里的标记之间")
def workflow_command(mermaid: bool, into: Path | None) -> None:
    """Print the workflow tables, or their diagram, or renew them in a document."""
    if into:
        into.write_text(printing.put_into(into.read_text(encoding="utf-8")), encoding="utf-8")
        return
    click.echo(printing.mermaid() if mermaid else printing.page(), nl=False)


@click.command("rulebook")
@click.argument("name", required=False)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="the version that holds on this day; else the newest")
@plainly
def rulebook_command(name: str | None, on: datetime | None) -> None:
    """Print a rulebook, every term with its article."""
    wanted = name or current_app.config["RULEBOOK"]
    rules = rulebook.load(wanted, None if on is None else on.date())
    click.echo(rulebook_printing.page(rules, rulebook.versions_of(wanted)), nl=False)


COMMANDS = (
    load_practice_command,
    import_handover_command,
    go_on_importing_command,
    import_past_command,
    register_unit_command,
    create_user_command,
    appoint_command,
    seed_calendar_command,
    tick_command,
    deliver_command,
    verify_command,
    recount_command,
    workflow_command,
    rulebook_command,
    *cli_papers.COMMANDS,
)


def init_app(app: Flask) -> None:
    """Hang the commands on the application."""
    for command in COMMANDS:
        app.cli.add_command(command)
