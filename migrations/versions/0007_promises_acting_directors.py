"""Promises that are changed, reported on, rated, released; and directors who stand in, with their document

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-23 16:25:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _promise() -> tuple[sa.Column, ...]:
    return (
        sa.Column("changed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("rating_due_on", sa.Date(), nullable=True),
        sa.Column("rated", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("reopened", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("release_asked_on", sa.Date(), nullable=True),
        sa.Column("release_ground", sa.Text(), nullable=False, server_default=""),
        sa.Column("released_on", sa.Date(), nullable=True),
    )


def _standing_in() -> tuple[sa.Column, ...]:
    return (
        sa.Column("is_acting", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("document", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("scan_name", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("scan_sha256", sa.String(length=64), nullable=False, server_default=""),
    )


def upgrade() -> None:
    with op.batch_alter_table("appointment") as appointment:
        for column in _standing_in():
            appointment.add_column(column)
        appointment.create_check_constraint(
            "acting_has_document", "NOT is_acting OR (document <> '' AND scan_sha256 <> '' AND to_on IS NOT NULL)"
        )
    with op.batch_alter_table("promise") as promise:
        for column in _promise():
            promise.add_column(column)
        promise.create_check_constraint("released_has_ground", "released_on IS NULL OR release_ground <> ''")
        promise.create_check_constraint("released_is_not_kept", "released_on IS NULL OR fulfilled_on IS NULL")


def downgrade() -> None:
    with op.batch_alter_table("appointment") as appointment:
        appointment.drop_constraint("acting_has_document", type_="check")
        for column in _standing_in():
            appointment.drop_column(column.name)
    with op.batch_alter_table("promise") as promise:
        promise.drop_constraint("released_is_not_kept", type_="check")
        promise.drop_constraint("released_has_ground", type_="check")
        for column in _promise():
            promise.drop_column(column.name)
