"""Suggestions: a deputy's suggestion gets a real answer, from a person who really read it."""

from pathlib import Path
from typing import Any

from flask import Flask

from suggestions import cli, config, database
from suggestions.domain.lifecycle import check_tables
from suggestions.extensions import csrf, db, login_manager, migrate
from suggestions.usecases.effects import held
from suggestions.web import doors

ROOT = Path(__file__).resolve().parent.parent


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """The application; RuntimeError when the workflow tables are unsound or a route does not say who may enter."""
    if faults := check_tables(held()):
        raise RuntimeError("工作流程表有误：" + "；".join(faults))
    app = Flask(__name__, template_folder=str(ROOT / "templates"), instance_path=str(ROOT / "instance"))
    app.config.update(config.settings(Path(app.instance_path)))
    app.config.update(overrides or {})
    Path(app.instance_path).mkdir(exist_ok=True)
    db.init_app(app)
    database.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    login_manager.init_app(app)
    csrf.init_app(app)
    doors.init_app(app)
    cli.init_app(app)
    return app
