"""An e-mail address is proven by a code before anything else goes there

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-30 00:30:00
"""

import sqlalchemy as sa
from alembic import op

from suggestions.models.base import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "email_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("salt", sa.String(40), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("guesses", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("last_error", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_email_code_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_code")),
    )
    op.create_index(op.f("ix_email_code_person_id"), "email_code", ["person_id"])
    with op.batch_alter_table("reach") as batch_op:
        # Whoever wrote an address before was never asked for a code: they are asked now.
        batch_op.add_column(sa.Column("is_email_proven", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("reach") as batch_op:
        batch_op.alter_column("is_email_proven", server_default=None)
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(sa.Column("asked_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_column("asked_at")
    with op.batch_alter_table("reach") as batch_op:
        batch_op.drop_column("is_email_proven")
    op.drop_table("email_code")
