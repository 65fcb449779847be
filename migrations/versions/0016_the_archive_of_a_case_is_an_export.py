"""The archive of a case is an export

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-30 00:00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("export_job") as batch_op:
        batch_op.add_column(sa.Column("handling_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_export_job_handling_id_handling"), "handling", ["handling_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("export_job") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_export_job_handling_id_handling"), type_="foreignkey")
        batch_op.drop_column("handling_id")
