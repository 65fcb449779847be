"""Long work in a process of its own: it outlives the request and the browser, and this house's settings go along."""

import os
import subprocess
import sys
from pathlib import Path

from flask import current_app

_SETTINGS = {
    "DATABASE_URL": "SQLALCHEMY_DATABASE_URI",
    "SECRET_KEY": "SECRET_KEY",
    "FILES_DIR": "FILES_DIR",
    "RULEBOOK": "RULEBOOK",
    "HOUSE": "HOUSE",
    "CONGRESS": "CONGRESS",
    "SITE_URL": "SITE_URL",
    "MAIL_URL": "MAIL_URL",
    "WEBHOOK_URL": "WEBHOOK_URL",
}


def launch(*command: str) -> None:
    """Start a command of `flask` and leave it alone; who wants to know how far it is looks into the database."""
    config = current_app.config
    environment = {**os.environ, **{name: str(config[key]) for name, key in _SETTINGS.items()}}
    environment["PRACTICE"] = "1" if config["PRACTICE"] else ""
    subprocess.Popen(  # noqa: S603 - the command and its arguments are this house's own
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=Path(current_app.root_path).parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
