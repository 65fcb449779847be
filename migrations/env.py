"""Runs the migrations on the application's own engine; one change a file, its message a sentence."""

from typing import Any

from alembic import context
from flask import current_app

from suggestions.models import Base
from suggestions.models.base import Code, PlainData, UtcDateTime

_PLAIN = {UtcDateTime: "sa.DateTime(timezone=True)", PlainData: "sa.Text()", Code: "sa.String(length=40)"}


def _render_item(kind: str, item: Any, _autogen: Any) -> str | bool:
    """Write our own column types as what the database sees, so that a migration never imports the application."""
    return _PLAIN.get(type(item), False) if kind == "type" else False


with current_app.extensions["migrate"].db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=_render_item,
        compare_type=False,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
