"""A suggestion can be merged, withdrawn, led by another, or come from a past year; a handling can end before its time

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-23 16:30:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Table, name of the check, what it said, what it says.
CHECKS = (
    (
        "suggestion",
        "ck_suggestion_assigned_has_number",
        "state IN ('drafting','submitted','declined') OR number IS NOT NULL",
        "state IN ('drafting','submitted','merged','declined','withdrawn') OR number IS NOT NULL",
    ),
    (
        "handling",
        "ck_handling_received_has_date",
        "state IN ('assigned') OR received_on IS NOT NULL",
        "state IN ('assigned','reassigned','terminated','past') OR received_on IS NOT NULL",
    ),
)
MERGED_INTO = "fk_suggestion_merged_into_id_suggestion"


def _say(old_first: bool) -> None:
    for table, name, said, says in CHECKS:
        before, after = (said, says) if old_first else (says, said)
        if op.get_bind().dialect.name == "sqlite":
            _rewrite(table, before, after)
        else:
            op.drop_constraint(op.f(name), table, type_="check")
            op.create_check_constraint(op.f(name), table, after)


def _rewrite(table: str, before: str, after: str) -> None:
    # The way that sqlite.org/lang_altertable.html gives for a check: a table made anew would lose what refers to it.
    bind = op.get_bind()
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar()
    bind.exec_driver_sql("PRAGMA writable_schema=ON")
    changed = bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ? AND instr(sql, ?) > 0",
        (before, after, table, before),
    )
    if changed.rowcount != 1:
        raise RuntimeError(f"the check of {table} is not the one this migration knows")
    bind.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema=OFF")


def upgrade() -> None:
    op.execute(
        f"ALTER TABLE suggestion ADD COLUMN merged_into_id INTEGER CONSTRAINT {MERGED_INTO} REFERENCES suggestion (id)"
    )
    op.create_index(op.f("ix_suggestion_merged_into_id"), "suggestion", ["merged_into_id"])
    op.add_column("suggestion", sa.Column("is_cross_year", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("suggestion", sa.Column("is_lead_gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("suggestion", sa.Column("outside", sa.Text(), nullable=True))
    op.add_column("handling", sa.Column("waived_on", sa.Date(), nullable=True))
    _say(old_first=True)


def downgrade() -> None:
    _say(old_first=False)
    op.drop_column("handling", "waived_on")
    op.drop_column("suggestion", "outside")
    op.drop_column("suggestion", "is_lead_gone")
    op.drop_column("suggestion", "is_cross_year")
    op.drop_index(op.f("ix_suggestion_merged_into_id"), "suggestion")
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("suggestion") as batch:
            batch.drop_column("merged_into_id")
    else:
        op.drop_column("suggestion", "merged_into_id")
