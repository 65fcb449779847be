"""The command that sends what waits in the outbox."""

import click
from flask import current_app
from flask.cli import with_appcontext

from suggestions.notify.ways import ways
from suggestions.usecases import delivering


@click.command("deliver")
@with_appcontext
def deliver_command() -> None:
    """Send what is due by e-mail and work chat, each message once; safe to run twice, and several at once."""
    try:
        found = ways(current_app.config["MAIL_URL"], current_app.config["WEBHOOK_URL"])
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    if found and not current_app.config["SITE_URL"]:
        raise click.ClickException("还没有设 SITE_URL（大家打开本系统的地址），消息里写不出网页地址。")
    done = delivering.deliver(found, current_app.config["SITE_URL"])
    click.echo(f"发出{done.sent}条，没有送到{done.failed}条，不知道送到没有{done.unknown}条。")
