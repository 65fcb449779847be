"""A handling can change hands, and its term be extended

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-23 16:35:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_UNIQUE = "uq_handling_suggestion_id_unit_id"
_HANDLER = "ck_handling_work_has_handler"
_WORK = "state NOT IN ('in_progress','signing','signed','replied','rated','contested') OR handler_id IS NOT NULL"
_TRANSFERRED = f"{_WORK} OR transferred_on IS NOT NULL"
_COLUMNS = ("extension_asked_on", "return_asked_on", "transferred_on")
_IN_CHARGE = sa.text("state <> 'reassigned'")


def upgrade() -> None:
    op.add_column("handling", sa.Column("extended_months", sa.Integer(), nullable=False, server_default="0"))
    for name in _COLUMNS:
        op.add_column("handling", sa.Column(name, sa.Date(), nullable=True))
    _change_rules(_TRANSFERRED, unique=False)
    op.create_index(
        "uq_handling_unit_in_charge",
        "handling",
        ["suggestion_id", "unit_id"],
        unique=True,
        sqlite_where=_IN_CHARGE,
        postgresql_where=_IN_CHARGE,
    )


def downgrade() -> None:
    op.drop_index("uq_handling_unit_in_charge", table_name="handling")
    _change_rules(_WORK, unique=True)
    for name in ("extended_months", *_COLUMNS):
        op.drop_column("handling", name)


def _change_rules(work_has_handler: str, *, unique: bool) -> None:
    is_made_anew = op.get_context().dialect.name == "sqlite"
    if is_made_anew:
        # Foreign keys point to the table that is made anew.
        _watch_foreign_keys("OFF")
    with op.batch_alter_table("handling") as batch:
        batch.drop_constraint(op.f(_HANDLER), type_="check")
        batch.create_check_constraint(op.f(_HANDLER), work_has_handler)
        if unique:
            batch.create_unique_constraint(op.f(_UNIQUE), ["suggestion_id", "unit_id"])
        else:
            batch.drop_constraint(op.f(_UNIQUE), type_="unique")
    if is_made_anew:
        broken = op.get_bind().exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows point to what is not there: {broken[:5]}")
        _watch_foreign_keys("ON")


def _watch_foreign_keys(how: str) -> None:
    """Said between two transactions: inside one the pragma is not heard."""
    for words in ("COMMIT", f"PRAGMA foreign_keys={how}", "BEGIN"):
        op.execute(words)
