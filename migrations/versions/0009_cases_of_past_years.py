"""Cases of past years are kept and never counted

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-23 18:05:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_RECEIVED = "ck_handling_received_has_date"
_HAS_DATE = "state IN ('assigned','reassigned','terminated','past') OR received_on IS NOT NULL"


def upgrade() -> None:
    op.add_column("handling", sa.Column("is_past", sa.Boolean(), nullable=False, server_default=sa.false()))
    _require(f"{_HAS_DATE} OR is_past")


def downgrade() -> None:
    _require(_HAS_DATE)
    op.drop_column("handling", "is_past")


def _require(received_has_date: str) -> None:
    is_made_anew = op.get_context().dialect.name == "sqlite"
    if is_made_anew:
        # Foreign keys point to the table that is made anew.
        _watch_foreign_keys("OFF")
    with op.batch_alter_table("handling") as batch:
        batch.drop_constraint(op.f(_RECEIVED), type_="check")
        batch.create_check_constraint(op.f(_RECEIVED), received_has_date)
    if is_made_anew:
        broken = op.get_bind().exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows point to what is not there: {broken[:5]}")
        _watch_foreign_keys("ON")


def _watch_foreign_keys(how: str) -> None:
    """Said between two transactions: inside one the pragma is not heard."""
    for words in ("COMMIT", f"PRAGMA foreign_keys={how}", "BEGIN"):
        op.execute(words)
